"""What a file is taken for."""

from __future__ import annotations

import pytest

from pipeline.errors import WrongUse
from pipeline.inspection import headings
from pipeline.inspection.days import DayForm
from pipeline.schemas import EXTRACTS
from tests.unit.inspection.looking import PERSON, columns, guessed_codes, only

PROCAPITA = (
    "Rapport: utredningar;;;;;;",
    ";;;;;;",
    "Utr.nr;Pnr;Handläggande enhet;Verksamhet;Utredningsstart;Utredningsslut;Utr.resultat",
    f"U1;{PERSON};Enhet söder;Barn och unga;260103;260320;Med insats",
    f"U2;{PERSON};Enhet norr;Barn och unga;260110;;",
    f"U3;{PERSON};Enhet norr;Barn och unga;260112;260401;Beviljas ej",
    "Sida 1 av 1;;;;;;",
)
ENGLISH = (
    "Child Unique ID,Gender,DOB,Assessment start,Assessment completed,Outcome,Allocated Team,Notes",
    "C1,Female,13/05/2012,03/02/2026,20/03/2026,Child in need plan,Team north,called mum",
    "C2,Male,01/07/2015,10/02/2026,25/03/2026,No further action,Team north,",
    "C1,Female,13/05/2012,03/05/2026,,,Team south,",
)
DANISH = (
    "CPR-nummer;Køn;Underretning ID;Modtaget dato;Afgørelsesdato;Udfald;Afdeling",
    "X1;Kvinde;R1;01-02-2026;14-02-2026;Undersøgelse iværksættes;Familie",
    "X2;Mand;R2;03-02-2026;28-02-2026;Henlagt;Familie",
)


def test_an_export_with_titles_and_footers_is_understood(proposed):
    sheet = only(proposed(*PROCAPITA))
    assert sheet.extract is EXTRACTS["investigations"]
    assert (sheet.heading.rows, sheet.rows, sheet.is_whole) == ((3,), 3, True)
    assert columns(sheet) == {
        "Utr.nr": "investigation_id",
        "Pnr": "person_id",
        "Handläggande enhet": "unit",
        "Verksamhet": "area",
        "Utredningsstart": "opened",
        "Utredningsslut": "closed",
        "Utr.resultat": "outcome",
    }
    assert sheet.footers == ["Sida"]
    assert not sheet.gaps


def test_a_code_that_is_not_alike_any_is_told_without_a_guess(proposed):
    assert guessed_codes(only(proposed(*PROCAPITA)), "outcome") == {"Med insats": "insats", "Beviljas ej": ""}


def test_an_english_export_is_understood(proposed):
    sheet = only(proposed(*ENGLISH))
    assert sheet.extract is EXTRACTS["investigations"]
    assert columns(sheet) == {
        "Child Unique ID": "person_id",
        "Gender": "gender",
        "DOB": "birth_year",
        "Assessment start": "opened",
        "Assessment completed": "closed",
        "Outcome": "outcome",
        "Allocated Team": "unit",
    }
    assert sheet.unmatched == ["Notes"]
    assert guessed_codes(sheet, "gender") == {"Female": "kvinna", "Male": "man"}
    assert guessed_codes(sheet, "outcome") == {"Child in need plan": "insats", "No further action": "ingen insats"}


def test_the_days_of_each_column_tell_their_form(proposed):
    sheet = only(proposed(*ENGLISH))
    by_column = {one.column.name: sheet.forms.get(one.heading) for one in sheet.matches}
    assert (by_column["opened"], by_column["closed"]) == (DayForm.UNCLEAR, DayForm.DAY_FIRST)


def test_a_key_is_proposed_of_the_person_and_the_day_where_there_is_none(proposed):
    gaps = {gap.column.name: gap for gap in only(proposed(*ENGLISH)).gaps}
    assert gaps.keys() == {"investigation_id", "area"}
    assert gaps["investigation_id"].joined == ("person_id", "opened")
    assert gaps["area"].constant


def test_no_key_is_proposed_that_would_not_tell_rows_apart(proposed):
    doubled = "C2,Male,01/07/2015,10/02/2026,,,Team south,"
    gaps = {gap.column.name: gap for gap in only(proposed(*ENGLISH, doubled)).gaps}
    assert (gaps["investigation_id"].joined, gaps["investigation_id"].joinable) == ((), [])


def test_an_unused_heading_that_tells_rows_apart_is_a_candidate_for_the_key(proposed):
    rows = [f"{row},{number}" for number, row in enumerate((*ENGLISH[1:], ENGLISH[2]))]
    sheet = only(proposed(f"{ENGLISH[0]},Line", *rows))
    gap = next(gap for gap in sheet.gaps if gap.column.name == "investigation_id")
    assert (gap.joined, gap.joinable) == ((), [("person_id", "Line")])


def test_days_that_nobody_reads_are_told_where_a_required_day_is_lacking(proposed):
    rows = [row.replace("Assessment start", "DECOM") for row in ENGLISH]
    gaps = {gap.column.name: gap for gap in only(proposed(*rows, extract="utredningar")).gaps}
    assert gaps["opened"].unused == ["DECOM"]
    assert gaps["area"].unused == []


def test_a_danish_export_is_understood(proposed):
    sheet = only(proposed(*DANISH))
    assert sheet.extract is EXTRACTS["referrals"]
    assert columns(sheet) == {
        "CPR-nummer": "person_id",
        "Køn": "gender",
        "Underretning ID": "referral_id",
        "Modtaget dato": "received",
        "Afgørelsesdato": "decided",
        "Udfald": "outcome",
        "Afdeling": "unit",
    }


def test_the_file_name_tells_the_extract_before_any_guess(proposed):
    proposal = proposed(*ENGLISH, name="genomforandeplaner_2026-09-01.csv")
    assert (proposal.told_by, only(proposal).extract.name) == ("name", "plans")


@pytest.mark.parametrize("said", ["utredningar", "investigations", "Utredningar"])
def test_what_is_said_goes_before_the_file_name(proposed, said: str):
    proposal = proposed(*ENGLISH, name="beslut.csv", extract=said)
    assert (proposal.told_by, only(proposal).extract.name) == ("given", "investigations")


def test_headings_on_two_rows_are_read_as_one(proposed):
    sheet = only(
        proposed(
            "Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Utredning;;Beslut",
            ";;;;Start;Slut;Resultat",
            f"U1;{PERSON};Norr;Barn och unga;2026-01-01;2026-02-01;insats",
        )
    )
    assert sheet.heading.rows == (1, 2)
    assert columns(sheet)["Utredning Start"] == "opened"
    assert columns(sheet)["Utredning Slut"] == "closed"


def test_a_flag_that_is_kept_as_a_day_is_made_of_it(proposed):
    sheet = only(
        proposed(
            "Aktualiserings-ID;Person-ID;Enhet;Verksamhetsområde;Typ;Inkommen;Datum synnerliga skäl",
            f"A1;{PERSON};Norr;Barn och unga;anmälan;2026-01-01;2026-01-20",
            f"A2;{PERSON};Norr;Barn och unga;anmälan;2026-01-02;",
        )
    )
    (match,) = [one for one in sheet.matches if one.column.name == "special_reasons"]
    assert match.making == "filled"


def test_cells_that_disagree_speak_against_a_heading(proposed):
    sheet = only(
        proposed(
            "Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Inledd;Avslutad",
            f"U1;{PERSON};Norr;Barn och unga;2026-01-01;pågår",
            f"U2;{PERSON};Norr;Barn och unga;2026-01-02;pågår",
        )
    )
    (match,) = [one for one in sheet.matches if one.column.name == "closed"]
    assert not match.is_sure
    assert match.doubt == "cellerna är inga datum"


def test_a_standard_export_needs_no_profile(proposed):
    sheet = only(
        proposed(
            "Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Inledd",
            f"U1;{PERSON};Norr;Barn och unga;2026-01-01",
        )
    )
    assert sheet.readers[0][0] == "standard"
    assert not sheet.unread


def test_repeated_keys_are_counted(proposed):
    again = f"U1;{PERSON};Enhet söder;Barn och unga;260103;260401;Med insats"
    assert only(proposed(*PROCAPITA[:-1], again)).repeated == 1


def test_only_the_first_rows_of_a_large_file_are_looked_at(proposed):
    rows = [f"U{number};{PERSON};Norr;Barn och unga;2026-01-01" for number in range(2_500)]
    sheet = only(proposed("Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Inledd", *rows))
    assert (sheet.rows, sheet.is_whole) == (1_999, False)


def test_a_heading_that_stands_twice_is_told(proposed):
    sheet = only(
        proposed(
            "Utrednings-ID;Person-ID;Enhet;Enhet;Verksamhetsområde;Inledd",
            f"U1;{PERSON};Norr;Söder;Barn och unga;2026-01-01",
        )
    )
    assert sheet.doubled == ["Enhet"]


EPISODES = (
    "KID,DECOM,RNE,LS,PLACE,DEC,URN",
    *(f"{number},{number + 1:02}/04/24,S,C2,U4,,SC0{number}" for number in range(20)),
)


def test_headings_that_nobody_knows_are_told_with_what_they_hold(proposed):
    proposal = proposed(*EPISODES)
    assert not proposal.sheets
    (strange,) = proposal.strange
    assert strange.heading.rows == (1,)
    assert strange.holds == {
        "KID": "tal",
        "DECOM": "datum (DD/MM/ÅÅ)",
        "RNE": "få värden: S",
        "LS": "få värden: C2",
        "PLACE": "få värden: U4",
        "DEC": "tom",
        "URN": "text",
    }


def test_with_an_extract_given_it_is_never_given_up(proposed):
    sheet = only(proposed(*EPISODES, extract="beslut"))
    assert sheet.extract.name == "decisions"
    assert {gap.column.name for gap in sheet.gaps} >= {"decision_id", "decided", "result"}
    assert "DECOM" in sheet.holds


def test_few_values_are_told_when_they_name_nobody(proposed):
    rows = [f"{name},{number},C{number},2026-01-01" for name in ("Anna", "Bo") for number in range(6)]
    (strange,) = proposed("Xname,Xb,Xc,Xd", *rows).strange
    assert strange.holds["Xname"] == "få värden (2 olika)"
    assert strange.holds["Xc"] == "få värden (6 olika)"


@pytest.mark.parametrize(
    "rows",
    [
        ("Anna;Norr;ja", "Bo;Norr;nej"),
        ("Anna;Anna;ja", "Bo;Norr;nej"),
        (f"Anna {PERSON};Norr;ja", "Bo;Söder;nej"),
        ("Brev", "om ingenting"),
        ("Qqq;Www;Eee",),
    ],
)
def test_rows_that_may_be_data_are_never_taken_for_headings(proposed, rows: tuple[str, ...]):
    with pytest.raises(WrongUse, match="ingen rubrikrad hittades"):
        proposed(*rows)


def test_a_code_column_of_which_no_code_is_understood_is_never_sure(proposed):
    sheet = only(
        proposed(
            "Referral ID,Child ID,Team,Area,Referral type,Referral date,ReasonForClosure",
            "R1,C1,North,Children,Referral,13/02/2026,RC1",
            "R2,C2,North,Children,Referral,14/02/2026,RC8",
        )
    )
    (match,) = [one for one in sheet.matches if one.heading == "ReasonForClosure"]
    assert (match.column.name, match.is_sure, match.doubt) == ("outcome", False, "ingen kod känns igen")


def test_gaps_that_a_profile_fills_are_none(proposed, settings):
    (settings.paths.profiles / "london.toml").write_text(
        """
        name = "London"
        [investigations.headings]
        person_id = ["Child Unique ID"]
        opened = ["Assessment start"]
        unit = ["Allocated Team"]
        [investigations.constants]
        area = "Barn och unga"
        [investigations.derived]
        investigation_id = { join = ["person_id", "opened"] }
        """,
        encoding="utf-8",
    )
    sheet = only(proposed(*ENGLISH))
    assert not sheet.gaps
    assert sheet.readers[0][0] == "London"
    assert sheet.unread == {"gender", "birth_year", "closed", "outcome"}


def test_a_file_of_data_without_headings_is_refused_and_nothing_of_it_is_told(proposed):
    with pytest.raises(WrongUse, match="ingen rubrikrad hittades") as fault:
        proposed(f"{PERSON};Anna Svensson;2026-01-01", f"{PERSON};Bo Ek;2026-02-01")
    assert "Anna" not in str(fault.value)


def test_an_unknown_extract_is_refused_with_those_that_are(proposed):
    with pytest.raises(WrongUse, match=r"--extract frukost: inget utdrag heter så.*utredningar"):
        proposed(*ENGLISH, extract="frukost")


def test_a_code_below_that_is_called_as_a_heading_hides_no_headings():
    rows = [(1, ["CHILD", "DECOM", "RNE", "LS", "REASON"]), (2, ["17", "2026-01-01", "S", "V2", "CHILD"])]
    found = headings.plain(rows)
    assert found is not None
    assert found.rows == (1,)
