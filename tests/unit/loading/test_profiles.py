"""Deliveries in a case system's own words: read with one profile and no code."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from pipeline.errors import WrongUse


@pytest.fixture
def profile(raw, tmp_path):
    """Writes a profile to a folder of its own, and lets the configuration read from there."""
    folder = tmp_path / "profiler"
    folder.mkdir()
    raw.config = raw.config.model_copy(update={"paths": raw.config.paths.model_copy(update={"profiles": folder})})

    def write(text, name="system"):
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")

    return write


ENGLISH = """
name = "Casebook"
[dates]
order = "day first"
[skip]
rows = ["Printed by *"]
[referrals.headings]
received = ["Date of referral"]
person_id = ["Child ID"]
unit = ["Team"]
outcome = ["Decision"]
[referrals.codes.outcome]
"utredning inleds" = ["Assess", "1A"]
"utredning inleds inte" = ["NFA"]
[referrals.constants]
area = "Barn och unga"
kind = "anmälan"
source_system = "Casebook"
[referrals.derived]
referral_id = { join = ["Child ID", "Date of referral"] }
special_reasons = { filled = "Exception granted" }
decided = { first = ["Decision date", "Closed"] }
birth_year = { year = "DOB" }
"""


def test_a_foreign_export_is_read_by_one_profile(raw, profile):
    profile(ENGLISH)
    raw.write(
        "aktualiseringar.csv",
        "Child ID,Team,Date of referral,Decision,Decision date,Closed,Exception granted,DOB,Ethnicity\n"
        "C1,North,03/04/2026,Assess,05/04/2026,,,04/07/2012,A\n"
        "Printed by A B,,,,,,,,\n"
        "C2,North,04/04/2026,NFA,,06/04/2026,04/04/2026,31/12/2015,B\n",
    )
    loaded = raw.load()
    assert loaded.rejections == ()
    first, second = loaded["referrals"]
    assert first["received"] == date(2026, 4, 3)
    assert (first["area"], first["kind"], first["source_system"]) == ("Barn och unga", "anmälan", "Casebook")
    assert [row["outcome"] for row in (first, second)] == ["utredning inleds", "utredning inleds inte"]
    assert [row["decided"] for row in (first, second)] == [date(2026, 4, 5), date(2026, 4, 6)]
    assert [row["special_reasons"] for row in (first, second)] == [False, True]
    assert [row["birth_year"] for row in (first, second)] == [2012, 2015]
    account = loaded.account("aktualiseringar.csv")
    assert account.ignored_columns == ("Ethnicity",)
    assert "läst med profilen Casebook" in account.notes
    assert "1 rad som profilen hoppar över (rad 3)" in account.skipped
    assert "decided" in loaded.quality.columns["referrals"]


def test_an_id_made_of_a_persons_is_no_plain_text(raw, profile):
    """Whoever reads the database must not find the client's number in the case's."""
    profile(ENGLISH)
    raw.write("aktualiseringar.csv", "Child ID,Team,Date of referral\nC1,North,03/04/2026\n")
    raw.write(
        "utredningar.csv",
        "Aktualiserings-ID;Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Inledd\nx;U1;C1;North;BoU;2026-04-03\n",
    )
    loaded = raw.load()
    (row,) = loaded["referrals"]
    assert "C1" not in row["referral_id"]
    assert "2026" not in row["referral_id"]
    assert row["person_id"] == loaded["investigations"][0]["person_id"]


def test_the_profile_that_fits_the_headings_best_is_chosen_file_by_file(raw, profile):
    profile(ENGLISH)
    profile('name = "Annat"\n[referrals.headings]\nreceived = ["Ankomst"]\n', "annat")
    raw.write("aktualiseringar_1.csv", "Child ID,Team,Date of referral\nC1,North,13/04/2026\n")
    raw.write(
        "aktualiseringar_2.csv",
        "Aktualiserings-ID;Person-ID;Enhet;Verksamhetsområde;Typ;Ankomst\nA1;k1;Väst;BoU;ansökan;2026-04-03\n",
    )
    raw.rows("referrals", {"referral_id": "A2"}, file="aktualiseringar_3.csv")
    loaded = raw.load()
    assert loaded.rejections == ()
    assert [loaded.account(f"aktualiseringar_{n}.csv").notes[:1] for n in (1, 2, 3)] == [
        ("läst med profilen Casebook",),
        ("läst med profilen Annat",),
        (),
    ]


def test_the_configuration_can_say_which_profile_a_file_has(raw, profile):
    """Where headings are the same, only the configuration can tell whose codes they are."""
    profile(
        'name = "Ett"\n[referrals.codes.kind]\n"anmälan" = ["A"]\n[referrals.headings]\nsource = ["Källa"]\n', "ett"
    )
    profile(
        'name = "Två"\n[referrals.codes.kind]\n"ansökan" = ["A"]\n[referrals.headings]\nsource = ["Källa"]\n', "två"
    )
    raw.config = raw.config.model_copy(update={"profiles": {"aktualiseringar*": "två"}})
    raw.rows("referrals", {"kind": "A"})
    assert [row["kind"] for row in raw.load()["referrals"]] == ["ansökan"]


def test_a_profile_that_names_the_file_goes_before_the_contracts_own_words(raw, profile):
    profile('[files]\nreferrals = ["export_akt*"]\n[referrals.codes.kind]\n"ansökan" = ["A"]\n')
    raw.rows("referrals", {"kind": "A"}, file="export_akt_2026.csv")
    assert [row["kind"] for row in raw.load()["referrals"]] == ["ansökan"]


def test_what_a_profile_still_lacks_is_told_with_its_name(raw, profile):
    profile('name = "Casebook"\n[files]\nreferrals = ["akt*"]\n[referrals.headings]\nreceived = ["Date"]\n')
    raw.write("akt.csv", "Aktualiserings-ID;Person-ID;Enhet;Date\nA1;k1;Väst;2026-03-01\n")
    with pytest.raises(WrongUse) as fault:
        raw.load()
    assert str(fault.value) == (
        "Filen akt.csv: rubrikerna Verksamhetsområde, Typ saknas i rubrikraden (rad 1); ange rubriken, ett fast värde"
        " eller hur uppgiften görs i profilen Casebook."
    )


def test_a_profile_that_is_not_there_is_told_of(raw, profile):
    raw.config = raw.config.model_copy(update={"profiles": {"aktualiseringar*": "procapitta"}})
    profile("", "procapita")
    raw.rows("referrals", {})
    with pytest.raises(WrongUse, match=r"Profilen procapitta.*finns inte.*Menade du procapita\?"):
        raw.load()


def test_one_workbook_may_serve_several_extracts(raw, profile):
    profile(
        """
        [files]
        referrals = ["lista*"]
        investigations = ["lista*"]
        [referrals]
        sheets = ["1*"]
        [investigations]
        sheets = ["2*"]
        """
    )
    book = openpyxl.Workbook()
    book.remove(book.active)
    tables = {
        "1 Akt": [
            ["Aktualiserings-ID", "Person-ID", "Enhet", "Verksamhetsområde", "Typ", "Inkommen"],
            ["A1", "k1", "Väst", "BoU", "anmälan", "2026-04-03"],
        ],
        "2 Utr": [
            ["Utrednings-ID", "Person-ID", "Enhet", "Verksamhetsområde", "Inledd"],
            ["U1", "k1", "Väst", "BoU", "2026-04-03"],
            ["U2", "k1", "Väst", "BoU", "2026-04-04"],
        ],
    }
    for title, rows in tables.items():
        for row in rows:
            (book[title] if title in book.sheetnames else book.create_sheet(title)).append(row)
    book.save(raw.folder / "lista.xlsx")
    loaded = raw.load()
    assert (len(loaded["referrals"]), len(loaded["investigations"])) == (1, 2)
    by_extract = {account.extract: account for account in loaded.quality.files}
    assert by_extract["referrals"].read == 1
    assert by_extract["investigations"].read == 2
    assert by_extract["referrals"].skipped == (
        "Blad 2 Utr: 3 rader som profilen system inte tar med, bladet lästes inte",
    )


FAULTY = {
    '[referral.headings]\nreceived = ["x"]': "referral: okänt utdrag. Menade du referrals?",
    '[referrals.headings]\nrecieved = ["x"]': "referrals.headings.recieved: okänd kolumn. Menade du received?",
    '[referrals.headings]\nreceived = "x"': "referrals.headings.received: ska vara en lista med texter",
    '[referrals.codes.kind]\n"anmälning" = ["x"]': (
        "referrals.codes.kind.anmälning: är ingen kod i kolumnen. Menade du anmälan?"
    ),
    '[referrals.codes.referral_id]\n"x" = ["x"]': "referrals.codes.referral_id: har inga koder att översätta till.",
    '[referrals.constants]\nkind = "x"': "referrals.constants.kind: är ingen kod i kolumnen.",
    '[referrals.derived]\nkind = { copy = "x" }': "referrals.derived.kind: ska vara ett av filled, join, first, year",
    '[referrals.derived]\nkind = { filled = ["x"] }': "referrals.derived.kind.filled: ska vara en rubrik",
    '[investigations.merge]\nclosed = "newest"': "investigations.merge.closed: ska vara earliest, latest,",
    '[investigations.merge]\noutcome = ["inget"]': "investigations.merge.outcome: inget är ingen kod i kolumnen.",
    "[investigations.merge]\nclosed = []": "investigations.merge.closed: ska vara earliest, latest,",
    '[investigations.merge]\nclosed = ["2026"]': (
        "investigations.merge.closed: 2026 är ingen kod i kolumnen. Tillåtna är earliest, first, last, latest, latest"
    ),
    '[investigations.merge]\nunit = ["Norr", "Söder"]': (
        "investigations.merge.unit: Norr är ingen kod i kolumnen. Tillåtna är first, last."
    ),
    '[investigations.merge]\nkind = "earliest"': (
        'investigations.merge.kind: "earliest" väljer bland dagar, men kolumnen har inga; skriv "first" eller "last".'
    ),
    '[investigations.merge]\noutcome = "latest"': (
        'investigations.merge.outcome: "latest" väljer bland dagar, men kolumnen har inga; skriv "first", "last" eller'
        " en lista med koder."
    ),
    '[common.merge]\nbirth_year = "latest or open"': (
        'common.merge.birth_year: "latest or open" väljer bland dagar, men kolumnen har inga; skriv "first" eller'
    ),
    '[dates]\norder = "month"': 'dates.order: ska vara "day first" eller "month first".',
    '[skip]\nrow = ["x"]': "skip.row: okänd nyckel. Menade du rows?",
    '[referrals]\nsheet = ["x"]': "referrals.sheet: okänd nyckel. Menade du sheets?",
    "name = 3": "name: ska vara text inom citattecken.",
}


@pytest.mark.parametrize(("text", "told"), FAULTY.items(), ids=range(len(FAULTY)))
def test_a_fault_in_a_profile_is_told_with_its_line(raw, profile, text, told):
    keys = told.split(":")[0].split(".")
    line = next((n for n, row in enumerate(text.splitlines(), 1) if row.strip('"').startswith(tuple(keys))), 1)
    profile(text)
    raw.rows("referrals", {})
    with pytest.raises(WrongUse) as fault:
        raw.load()
    assert told in str(fault.value)
    assert f"system.toml:{line}:" in str(fault.value)


# --- several rows of one key ----------------------------------------------------------------------------------------

SERVICES = """
[investigations.merge]
closed = "latest or open"
opened = "earliest"
extended = "latest"
outcome = ["insats", "ingen insats"]
kind = "first"
case_worker = "last"
"""


def merged(raw, profile, *rows):
    profile('[files]\ninvestigations = ["utredningar*"]\n' + SERVICES)
    return raw.load_one("investigations", *({"investigation_id": "U1", **row} for row in rows))


def test_one_row_a_service_becomes_one_investigation(raw, profile):
    loaded = merged(
        raw,
        profile,
        {"opened": "2026-03-02", "closed": "2026-05-01", "outcome": "ingen insats", "kind": "Barn"},
        {"opened": "2026-03-01", "closed": "2026-06-01", "outcome": "insats", "kind": "Vuxen"},
    )
    (row,) = loaded["investigations"]
    assert (row["opened"], row["closed"], row["outcome"], row["kind"]) == (
        date(2026, 3, 1),
        date(2026, 6, 1),
        "insats",
        "Barn",
    )
    account = loaded.account("utredningar.csv")
    assert (account.read, account.loaded, account.duplicates) == (2, 1, 1)


@pytest.mark.parametrize("still_open", ["", "9999-12-31"])
def test_one_that_is_still_open_keeps_it_open(raw, profile, still_open):
    loaded = merged(raw, profile, {"closed": "2026-05-01"}, {"closed": still_open}, {"closed": "2026-06-01"})
    assert [row["closed"] for row in loaded["investigations"]] == [None]


def test_a_day_that_cannot_be_read_is_not_merged_away(raw, profile):
    loaded = merged(raw, profile, {"opened": "2026-03-01"}, {"opened": "mars"})
    assert loaded["investigations"] == []
    assert [(one.row, one.rule) for one in loaded.rejections] == [
        (2, "conflict"),
        (3, "conflict"),
        (3, "unreadable_date"),
    ]


def test_a_code_that_nobody_knows_is_not_merged_away(raw, profile):
    loaded = merged(raw, profile, {"outcome": "insats"}, {"outcome": "hittepå"})
    assert [(one.row, one.rule) for one in loaded.rejections if one.rule != "conflict"] == [(3, "unknown_code")]


def unlike_in_special_reasons(raw, profile, way, *answers):
    profile(f'[files]\nreferrals = ["aktualiseringar*"]\n[referrals.merge]\nspecial_reasons = {way}\n')
    return raw.load_one("referrals", *({"referral_id": "A1", "special_reasons": answer} for answer in answers))


@pytest.mark.parametrize(("way", "chosen"), [('["ja", "nej"]', True), ('["nej", "ja"]', False)])
@pytest.mark.parametrize("answers", [("J", "N"), ("N", "J"), ("", "ja", "nej"), ("x", "")])
def test_of_answers_the_first_that_the_profile_names_is_chosen(raw, profile, way, chosen, answers):
    loaded = unlike_in_special_reasons(raw, profile, way, *answers)
    assert [row["special_reasons"] for row in loaded["referrals"]] == [chosen]


def test_an_answer_that_nobody_knows_is_not_merged_away(raw, profile):
    loaded = unlike_in_special_reasons(raw, profile, '["ja", "nej"]', "ja", "kanske")
    assert [(one.row, one.rule) for one in loaded.rejections if one.rule != "conflict"] == [(3, "not_yes_no")]


def test_rows_without_an_id_are_not_merged(raw, profile):
    loaded = merged(
        raw,
        profile,
        {"investigation_id": "", "opened": "2026-03-01", "unit": "Väst"},
        {"investigation_id": "", "opened": "2026-03-02", "unit": "Öst"},
    )
    assert {one.rule for one in loaded.rejections} == {"missing"}
    assert [row["content"].count("2026-03-01") for row in loaded["quarantine"]] == [1, 0]


def test_one_more_heading_does_not_make_a_profile_take_over_a_standard_file(raw, profile):
    """Unknown columns are ignored; that some system calls a column so says nothing of this file."""
    profile('[referrals.headings]\ndecided = ["Avslutad"]\noutcome = ["Resultat"]\n')
    raw.write(
        "aktualiseringar.csv",
        "Aktualiserings-ID;Person-ID;Enhet;Verksamhetsområde;Typ;Inkommen;Avslutad;Resultat\n"
        "A1;k1;Väst;BoU;anmälan;2026-03-01;2026-04-01;klart\n",
    )
    loaded = raw.load()
    assert [row["decided"] for row in loaded["referrals"]] == [None]
    assert loaded.account("aktualiseringar.csv").ignored_columns == ("Avslutad", "Resultat")


def test_rows_that_are_whole_are_never_skipped(raw, profile):
    profile('[files]\nreferrals = ["akt*"]\n[skip]\nrows = ["Sida *"]\n')
    raw.write(
        "akt.csv",
        "Enhet;Aktualiserings-ID;Person-ID;Verksamhetsområde;Typ;Inkommen\n"
        "Sida vid sida;A1;k1;BoU;anmälan;2026-03-01\nSida 1;;;;;\n",
    )
    loaded = raw.load()
    assert [row["unit"] for row in loaded["referrals"]] == ["Sida vid sida"]
    assert loaded.account("akt.csv").skipped == ("1 rad som profilen hoppar över (rad 3)",)


def test_rows_that_differ_in_what_is_not_merged_contradict_each_other(raw, profile):
    loaded = merged(raw, profile, {"unit": "Väst"}, {"unit": "Öst"})
    assert {one.rule for one in loaded.rejections} == {"conflict"}


def test_other_keys_and_other_files_are_left_alone(raw, profile):
    profile('[files]\ninvestigations = ["utredningar*"]\n' + SERVICES)
    raw.rows("investigations", {"investigation_id": "U1", "closed": "2026-05-01"}, file="utredningar_1.csv")
    raw.rows(
        "investigations",
        {"investigation_id": "U1", "closed": "2026-06-01"},
        {"investigation_id": "U2", "closed": "2026-07-01"},
        file="utredningar_2.csv",
    )
    loaded = raw.load()
    assert [row["closed"] for row in loaded["investigations"]] == [date(2026, 6, 1), date(2026, 7, 1)]
    assert loaded.account("utredningar_1.csv").superseded == 1


# --- cells and rows that mean something else ------------------------------------------------------------------------


def test_words_for_nothing_and_what_an_empty_cell_holds(raw, profile):
    profile(
        """
        [files]
        investigations = ["utredningar*"]
        [blank]
        texts = ["n/a"]
        [investigations.blank]
        outcome = ["Pågår"]
        [investigations.defaults]
        unit = "Mottagningen"
        """
    )
    loaded = raw.load_one("investigations", {"unit": "N/A", "outcome": "pågår", "kind": "Pågår"})
    assert loaded.rejections == ()
    (row,) = loaded["investigations"]
    assert (row["unit"], row["outcome"], row["kind"]) == ("Mottagningen", None, "Pågår")


def test_rows_of_other_kinds_are_skipped_and_counted(raw, profile):
    profile('[files]\ninvestigations = ["händelser*"]\n[investigations.only]\n"Typ av rad" = ["utredning*"]\n')
    raw.write(
        "händelser.csv",
        "Typ av rad;Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Inledd\n"
        "Utredning inledd;U1;k1;Väst;BoU;2026-03-01\nBesök;;;;;\nutredning;U2;k1;Väst;BoU;2026-03-02\n",
    )
    loaded = raw.load()
    assert [row["investigation_id"] for row in loaded["investigations"]] == ["U1", "U2"]
    assert loaded.account("händelser.csv").skipped == ("1 rad som profilen hoppar över (rad 3)",)


def test_text_is_translated_where_the_profile_says_so(raw, profile):
    profile('[files]\nreferrals = ["aktualiseringar*"]\n[referrals.codes.source]\n"polis" = ["6", "Police"]\n')
    loaded = raw.load_one("referrals", {"source": "6"}, {"referral_id": "A2", "source": "Skola"})
    assert [row["source"] for row in loaded["referrals"]] == ["polis", "Skola"]


def test_a_column_may_be_made_of_columns_by_name(raw, profile):
    profile('[files]\nreferrals = ["akt*"]\n[referrals.derived]\nreferral_id = { join = ["person_id", "received"] }\n')
    raw.write("akt.csv", "Person-ID;Enhet;Verksamhetsområde;Typ;Inkommen\nk1;Väst;BoU;anmälan;2026-03-01\n")
    (row,) = raw.load()["referrals"]
    assert "k1" not in row["referral_id"]


def test_what_is_said_of_all_extracts_and_of_one_both_hold(raw, profile):
    profile(
        """
        [files]
        referrals = ["aktualiseringar*"]
        [common.headings]
        gender = ["Sex"]
        [referrals.headings]
        gender = ["Gender"]
        [common.codes.gender]
        "man" = ["1"]
        [referrals.codes.gender]
        "kvinna" = ["2"]
        """
    )
    for number, heading in enumerate(("Sex", "Gender"), 1):
        raw.write(
            f"aktualiseringar_{number}.csv",
            f"Aktualiserings-ID;Person-ID;Enhet;Verksamhetsområde;Typ;Inkommen;{heading}\n"
            f"A{number};k1;Väst;BoU;anmälan;2026-03-01;{number}\n",
        )
    assert [row["gender"] for row in raw.load()["referrals"]] == ["man", "kvinna"]


def test_a_heading_may_not_stand_under_two_columns(raw, profile):
    profile('[investigations.headings]\nopened = ["Start"]\nextended = ["Start"]\n')
    raw.rows("units", {})
    with pytest.raises(WrongUse, match=r"system\.toml:3: .*Start står redan under opened; skriv extended = "):
        raw.load()


def test_files_that_a_profile_leaves_alone_are_told_of(raw, profile):
    profile('[files]\nignore = ["*header*"]\n')
    raw.rows("units", {})
    raw.write("header.csv", "a;b\n1;2\n")
    assert raw.load().quality.passed_over == ("header.csv",)


def test_an_age_does_not_pass_for_a_year(raw, profile):
    profile('[files]\nreferrals = ["akt*"]\n[referrals.derived]\nbirth_year = { year = "Ålder" }\n')
    raw.write(
        "akt.csv",
        "Aktualiserings-ID;Person-ID;Enhet;Verksamhetsområde;Typ;Inkommen;Ålder\nA1;k1;Väst;BoU;anmälan;2026-03-01;17\n",
    )
    assert [row["birth_year"] for row in raw.load()["referrals"]] == [None]


@pytest.mark.parametrize(("order", "read"), [("day first", date(2026, 3, 4)), ("month first", date(2026, 4, 3))])
def test_years_of_two_digits_are_read_where_the_profile_tells_the_order(raw, profile, order, read):
    profile(f'[files]\nreferrals = ["aktualiseringar*"]\n[dates]\norder = "{order}"\n')
    assert [row["received"] for row in raw.load_one("referrals", {"received": "04/03/26"})["referrals"]] == [read]


def test_years_of_two_digits_are_not_read_otherwise(raw):
    loaded = raw.load_one("referrals", {"received": "24/03/26"})
    assert [one.rule for one in loaded.rejections] == ["unreadable_date"]
