"""Workbooks of Öppna jämförelser: every layout gives the same truth, and what cannot be read is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.comparison import oppna_jamforelser
from pipeline.comparison.oppna_jamforelser import Workbook
from pipeline.comparison.oppna_jamforelser.headings import Heading, heading, numbered
from pipeline.comparison.oppna_jamforelser.words import load
from pipeline.config import Reading
from pipeline.errors import WrongUse
from pipeline.model.comparison import Indicator, Kind, Mean, Missing, Source
from tests import writers
from tests.unit.comparison import workbooks
from tests.unit.comparison.workbooks import AREA, NAMES, PLAN, ROUTINE, TEXTS, UNITS, WAIT, YEAR

TODAY = date(2026, 5, 12)
CODES = {name: code for code, name in NAMES.items()}
TITLE = "Öppna jämförelser 2025, ekonomiskt bistånd"


def read(path: Path) -> Workbook:
    return oppna_jamforelser.read_workbook(path, Reading(), CODES)


def said(indicators: Sequence[Indicator]) -> workbooks.Held:
    return {
        (one.title, seen.party.code, seen.year, seen.gender): seen.missing if seen.value is None else seen.value
        for one in indicators
        for seen in one.observations
    }


def book(tmp_path: Path, *rows: Sequence[object], title: str = TITLE, name: str = "bok.xlsx") -> Path:
    return writers.write(tmp_path / name, [[title], *rows])


@pytest.mark.parametrize("layout", workbooks.LAYOUTS)
def test_every_layout_gives_the_same_truth(layout: str, tmp_path: Path):
    found = read(workbooks.LAYOUTS[layout](tmp_path))
    expected = workbooks.HELD[layout]
    assert (found.area, found.year) == (AREA, YEAR)
    given = said(found.indicators)
    assert given.keys() == expected.keys()
    for key, value in expected.items():
        assert given[key] == (value if isinstance(value, Missing) else pytest.approx(value)), key
    assert {one.title: one.unit for one in found.indicators} == {title: UNITS[title] for title, *_ in expected}
    assert found.notes == ()


@pytest.mark.parametrize("title", ["Rang", "Färg", "Placering", "Rang 2025", "rang (kvinnor)"])
def test_ranks_and_colours_beside_an_indicator_are_none(title: str):
    assert heading(["Andel brukare", title], load()).is_passed_over


def test_there_are_enough_layouts():
    assert len(workbooks.LAYOUTS) >= 6


def test_counties_and_the_nation_are_told_apart_and_nobody_knows_how_their_means_are_made(tmp_path: Path):
    found = read(workbooks.three_sheets(tmp_path))
    parties = {seen.party.code: seen.party for one in found.indicators for seen in one.observations}
    assert (parties["0000"].kind, parties["0000"].name, parties["0000"].mean) == (Kind.NATION, "Riket", Mean.UNKNOWN)
    assert (parties["01"].kind, parties["01"].name, parties["01"].mean) == (
        Kind.COUNTY, "Stockholms län", Mean.UNKNOWN)  # fmt: skip
    assert (parties["0182"].kind, parties["0182"].name, parties["0182"].mean) == (
        Kind.MUNICIPALITY, "Nacka", Mean.NONE)  # fmt: skip


def test_descriptions_are_kept_and_answers_explained(tmp_path: Path):
    found = {one.title: one for one in read(workbooks.three_sheets(tmp_path)).indicators}
    assert {title: one.description for title, one in found.items()} == TEXTS
    assert "100 betyder ja" in found[ROUTINE].note
    assert found[WAIT].note == ""


def test_a_workbook_s_own_words_on_its_marks_go_before_the_usual(tmp_path: Path):
    rows = (["X = uppgiften är skyddad av sekretess", "", ""], ["Kommunkod", "Kommun", "Andel klara"],
            ["0180", "Stockholm", "X"], ["0182", "Nacka", 5], ["0580", "Linköping", ".."])  # fmt: skip
    (one,) = read(book(tmp_path, *rows)).indicators
    assert [seen.missing for seen in one.observations] == [Missing.SECRET, None, Missing.SECRET]
    (usual,) = read(book(tmp_path, *rows[1:])).indicators
    assert [seen.missing for seen in usual.observations] == [Missing.NONE, None, Missing.SECRET]


def test_what_cannot_be_read_is_told_and_has_no_value(tmp_path: Path):
    found = read(book(
        tmp_path,
        ["Kommunkod", "Kommun", "Andel klara", "Andel sena"],
        ["0180", "Stockholm", "ungefär 5", 6],
        ["0182", "Nacka", "", "#SAKNAS!"],
        ["018001", "Rinkeby", 5, 6],
        ["0200", "Ingenstans", 5, 6],
        ["", "Okända", 5, 6],
        ["0580", "Linköping", 7, 120],
    ))  # fmt: skip
    assert said(found.indicators) == {
        ("Andel klara", "0180", 2025, "T"): Missing.NONE, ("Andel klara", "0182", 2025, "T"): Missing.NONE,
        ("Andel klara", "0580", 2025, "T"): 7.0, ("Andel sena", "0180", 2025, "T"): 6.0,
        ("Andel sena", "0182", 2025, "T"): Missing.NONE, ("Andel sena", "0580", 2025, "T"): Missing.NONE,
    }  # fmt: skip
    assert found.notes == (
        "Blad Blad1: 1 rad (rad 5) gäller delar av en kommun och lästes inte.",
        "Blad Blad1: 1 rad (rad 6) har en kod som inte är någon kommuns eller något läns och lästes inte.",
        "Blad Blad1: 1 rad (rad 7) har ett namn men ingen kod, och lästes inte: kör python -m pipeline compare fetch,"
        " som hämtar kommunernas koder, och importera filen igen.",
        "Blad Blad1, kolumnen ”Andel klara”: 1 cell (rad 3) är varken tal, ja, nej eller något känt tecken och räknas"
        " som uppgift saknas.",
        "Blad Blad1, kolumnen ”Andel sena”: 1 cell (rad 4) är varken tal, ja, nej eller något känt tecken och räknas"
        " som uppgift saknas.",
        "Andel sena: 1 värde utanför 0–100 procent är inte med.",
    )


def test_columns_that_say_the_same_are_left_out_and_told(tmp_path: Path):
    found = read(book(tmp_path, ["Kommunkod", "Kommun", "Klara", "klara", "Sena"], ["0180", "Stockholm", 5, 6, 7]))
    assert said(found.indicators) == {("Sena", "0180", 2025, "T"): 7.0}
    assert found.notes == ("Blad Blad1: flera kolumner heter ”Klara” och ingen av dem lästes.",)


def test_the_same_title_in_two_groups_or_units_is_two_indicators(tmp_path: Path):
    path = tmp_path / "bok.xlsx"
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in ([TITLE], [None, None, "Barn", None, "Vuxna"], ["Kommunkod", "Kommun", "Klara", "Klara, antal", "Klara"],
                ["0180", "Stockholm", 5, 60, 7]):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("C2:D2")
    made.save(path)
    assert {one.title: one.observations[0].value for one in read(path).indicators} == {
        "Barn: Klara": 5.0, "Klara (antal)": 60.0, "Vuxna: Klara": 7.0}  # fmt: skip


def test_shares_of_one_that_are_called_per_cent_are_not_guessed_at(tmp_path: Path):
    found = read(book(tmp_path, ["Kommunkod", "Kommun", "Andel klara", "Dagar"], ["0180", "Stockholm", 0.85, 3],
                      ["0182", "Nacka", 1, 4]))  # fmt: skip
    assert {one.title for one in found.indicators} == {"Dagar"}
    assert "formatera cellerna som procent" in found.notes[0]


def test_a_nation_s_value_outside_all_municipalities_is_not_taken(tmp_path: Path):
    rows = [[f"01{number}", f"Kommun {number}", 50 + number] for number in range(14, 28)]
    found = read(book(tmp_path, ["Kommunkod", "Kommun", "Andel klara"], *rows, ["00", "Riket", 0.7]))
    (nation,) = [seen for seen in found.indicators[0].observations if seen.party.kind is Kind.NATION]
    assert (nation.value, nation.missing) == (None, Missing.NONE)
    assert found.notes == ("Andel klara: rikets värde ligger utanför alla kommuners och är inte med.",)


def test_different_values_of_one_municipality_are_neither(tmp_path: Path):
    found = read(book(tmp_path, ["Kommunkod", "Kommun", "Klara"], ["0180", "Stockholm", 5], ["0180", "Stockholm", 6],
                      ["0182", "Nacka", 6], ["0182", "Nacka", 6]))  # fmt: skip
    assert said(found.indicators) == {("Klara", "0180", 2025, "T"): Missing.NONE, ("Klara", "0182", 2025, "T"): 6.0}
    assert found.notes == ("Klara: Stockholm har olika värden på olika ställen i boken (2025); inget av dem är med.",)


@pytest.mark.parametrize(
    ("rows", "title", "name", "message"),
    [
        ([["Rubrik", "Annan"], ["a", 1]], TITLE, "bok.xlsx",
         "Filen bok.xlsx: inget blad har en rubrikrad med Kommunkod, Kommun, Län eller Riket och indikatorer efter."
         " Kontrollera att det är en arbetsbok med Öppna jämförelser; heter rubriken något annat, lägg till ordet i"
         " sql/oppna_jamforelser.toml."),
        ([["Kommunkod", "Kommun", "Klara"], ["0180", "Stockholm", 5]], "Öppna jämförelser 2025", "bok.xlsx",
         "Filen bok.xlsx: det framgår inte vilket område arbetsboken gäller. Skriv området i filens namn, till exempel"
         " oppna-jamforelser-2025-funktionsnedsattning.xlsx. Områdena står i sql/oppna_jamforelser.toml."),
        ([["Kommunkod", "Kommun", "Klara"], ["0180", "Stockholm", 5]], "Ekonomiskt bistånd", "bok.xlsx",
         "Filen bok.xlsx: det framgår inte vilket år arbetsboken gäller. Skriv året i filens namn, till exempel"
         " oppna-jamforelser-2025-funktionsnedsattning.xlsx."),
        ([["Kommun", "Klara"], ["Någonstans", 5], ["Annorstädes", 6]], TITLE, "bok.xlsx",
         "Filen bok.xlsx: inget värde kunde läsas. Blad Blad1: 2 rader (rad 3–4) har ett namn men ingen kod, och lästes"
         " inte: kör python -m pipeline compare fetch, som hämtar kommunernas koder, och importera filen igen."),
    ],
)  # fmt: skip
def test_what_is_no_such_workbook_is_refused_with_a_sentence(
    rows: list[list[object]], title: str, name: str, message: str, tmp_path: Path
):
    with pytest.raises(WrongUse) as fault:
        read(book(tmp_path, *rows, title=title, name=name))
    assert str(fault.value) == message


def test_a_damaged_workbook_is_refused_with_a_sentence(tmp_path: Path):
    path = tmp_path / "bok.xlsx"
    path.write_bytes(workbooks.three_sheets(tmp_path).read_bytes()[:2000])
    with pytest.raises(WrongUse, match=r"^Filen bok\.xlsx kan inte läsas som en Excel-arbetsbok"):
        read(path)


def test_the_file_s_name_settles_what_the_titles_leave_open(tmp_path: Path):
    rows = (["Kommunkod", "Kommun", "Klara"], ["0180", "Stockholm", 5])
    found = read(book(tmp_path, *rows, title="Jämförelser 2024–2025", name="2025-ekonomiskt-bistand.xlsx"))
    assert (found.area, found.year) == ("Ekonomiskt bistånd", 2025)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["Andel klara"], Heading("Andel klara", unit="%")),
        (["12. Klara i tid, kvinnor (%)"], Heading("Klara i tid", "12", gender="K", unit="%")),
        (["12 månader utan nya insatser"], Heading("12 månader utan nya insatser")),
        (["Samverkan", "Klara", "2024", "Män"], Heading("Klara", group="Samverkan", gender="M", year=2024)),
        (["Klara", "Antal svarande"], Heading("Klara", is_passed_over=True)),
        (["Barn- och\nungdoms\u00ad\nvård"], Heading("Barn- och ungdomsvård")),
        (["Totalt"], Heading("")),
        (["Andel brukare 2024"], Heading("Andel brukare 2024", year=2024, unit="%")),
        (["Svarsfrekvens (%)"], Heading("Svarsfrekvens", unit="%", is_passed_over=True)),
    ],
)
def test_headings_say_indicator_gender_year_and_unit(parts: list[str], expected: Heading):
    assert heading(parts, load()) == expected


def test_a_number_is_told_from_a_title():
    assert [numbered(text) for text in ("Indikator 7", "BoU12 : Klara", "90 dagar")] == [
        ("7", ""), ("BoU12", "Klara"), ("", "90 dagar")]  # fmt: skip


# --- kept and read again --------------------------------------------------------------------------------------------


def test_what_is_kept_is_read_again_whole(tmp_path: Path):
    found = read(workbooks.three_sheets(tmp_path))
    told = oppna_jamforelser.keep(tmp_path / "kept", found, TODAY)
    assert told == ("Öppna jämförelser 2025, Funktionsnedsättning: 3 indikatorer för 5 kommuner sparades.",)
    stored, warnings = oppna_jamforelser.stored(tmp_path / "kept", "0182")
    assert warnings == ()
    all_but_other_counties = {key: value for key, value in said(found.indicators).items() if key[1] not in ("05", "12")}
    assert said(stored) == all_but_other_counties
    assert {(one.source, one.fetched, one.description) for one in stored} == {
        (Source.OPPNA_JAMFORELSER, TODAY, text) for text in TEXTS.values()}  # fmt: skip
    own = {seen.party.code for one in stored for seen in one.observations if seen.party.kind is Kind.OWN}
    assert own == {"0182"}


def test_indicators_that_nothing_is_compared_with_are_named(tmp_path: Path):
    found = read(workbooks.one_sheet(tmp_path))
    told = oppna_jamforelser.keep(tmp_path / "kept", found, TODAY, [f"{AREA}: {PLAN.lower()}"])
    assert told[1:] == (
        f"Indikatorer som ingenting jämförs med, men som sparas: ”{WAIT}”. Skriv en sådan i sql/comparisons.toml, med"
        f' source = "oppna_jamforelser" och area = "{AREA}", för att se den i rapporten.',
    )


def test_an_indicator_gets_the_id_that_is_wanted_whatever_its_case(tmp_path: Path):
    oppna_jamforelser.keep(tmp_path / "kept", read(workbooks.old_workbook(tmp_path)), TODAY)
    wanted = f"funktionsnedsättning: {PLAN.upper()}"
    stored, _ = oppna_jamforelser.stored(tmp_path / "kept", "0182", [wanted])
    assert {one.indicator_id for one in stored} == {wanted, f"{AREA}: {WAIT}"}


def test_the_same_area_and_year_again_takes_its_place_and_another_year_goes_beside(tmp_path: Path):
    home = tmp_path / "kept"

    def keep(year: int, value: float) -> str:
        rows = (["Kommunkod", "Kommun", "Klara"], ["0180", "Stockholm", value])
        made = read(book(tmp_path, *rows, title=f"Öppna jämförelser {year}, ekonomiskt bistånd"))
        return oppna_jamforelser.keep(home, made, TODAY)[0]

    assert keep(2024, 1).endswith("sparades.")
    assert keep(2025, 2).endswith("sparades.")
    assert keep(2025, 3).endswith("ersatte de tidigare.")
    stored, _ = oppna_jamforelser.stored(home, "0182")
    assert said(stored) == {("Klara", "0180", 2024, "T"): 1.0, ("Klara", "0180", 2025, "T"): 3.0}
    assert [file.name for file in home.iterdir() if file.name.startswith(".")] == []


def test_a_damaged_one_is_told_and_the_others_stand(tmp_path: Path):
    home = tmp_path / "kept"
    oppna_jamforelser.keep(home, read(workbooks.three_sheets(tmp_path)), TODAY)
    rows = (["Kommunkod", "Kommun", "Klara"], ["0180", "Stockholm", 1])
    oppna_jamforelser.keep(home, read(book(tmp_path, *rows)), TODAY)
    (damaged,) = [place for place in home.iterdir() if "Funktionsnedsättning" in (place / "workbook.csv").read_text()]
    (damaged / "indicators.csv").write_text("title\n")
    stored, warnings = oppna_jamforelser.stored(home, "0182")
    assert [one.title for one in stored] == ["Klara"]
    assert warnings == (
        f"Öppna jämförelser i {damaged} kan inte läsas (indicators.csv är inte som den skrevs) och är inte med."
        " Importera arbetsboken på nytt.",
    )


def test_nothing_is_kept_where_nothing_has_been_imported(tmp_path: Path):
    assert oppna_jamforelser.stored(tmp_path / "none", "0182") == ((), ())


def test_what_is_kept_is_for_the_user_alone(tmp_path: Path):
    oppna_jamforelser.keep(tmp_path / "kept", read(workbooks.one_sheet(tmp_path)), TODAY)
    (place,) = (tmp_path / "kept").iterdir()
    assert place.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in place.iterdir())
