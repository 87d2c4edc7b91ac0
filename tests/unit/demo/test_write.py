"""What is written: files, their forms and their repeatability."""

from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from pipeline import config, demo
from pipeline.demo.extracts import of as invent
from pipeline.demo.parts import CASES, parts
from pipeline.demo.sizes import SCALES
from pipeline.demo.society import Society
from pipeline.demo.tables import length
from pipeline.demo.times import Calendar
from pipeline.schemas import EXTRACTS
from pipeline.sources import files
from pipeline.sources.profiles import load
from tests.unit.demo import delivered
from tests.unit.demo.delivered import DELIVERED, DELIVERED_BEFORE, FILES, TODAY


def contents(files: list[Path]) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in files}


def test_the_files_are_named_after_their_extract_and_delivery(small: Path) -> None:
    assert sorted(file.name for file in small.iterdir()) == sorted(FILES)


def test_the_same_command_gives_the_same_bytes_on_another_day_of_the_same_tertial(small: Path, tmp_path: Path) -> None:
    again = demo.write(tmp_path / "new" / "folder", demo.Size.SMALL, demo.DEFAULT_SEED, date(2027, 1, 6))
    assert contents(again) == contents(sorted(small.iterdir()))


def test_another_seed_gives_another_municipality(small: Path, tmp_path: Path) -> None:
    other = contents(demo.write(tmp_path, demo.Size.SMALL, demo.DEFAULT_SEED + 1, TODAY))
    same = {FILES[name][0] for name in FILES if other[name] == (small / name).read_bytes()}
    assert same <= {"units", "goals", "activities", "controls", "followup_plan", "requirements"}


@pytest.mark.parametrize(
    ("today", "last_delivery"),
    [
        (date(2026, 9, 6), "2026-05-07"),
        (date(2026, 9, 7), "2026-09-07"),
        (date(2027, 1, 6), "2026-09-07"),
        (date(2027, 1, 7), "2027-01-07"),
    ],
)
def test_extracts_are_delivered_a_week_after_the_tertial_and_never_in_the_future(
    today: date, last_delivery: str
) -> None:
    assert str(Calendar.on(today).delivered) == last_delivery


def test_four_whole_years_end_with_the_last_delivered_tertial() -> None:
    calendar = Calendar.on(TODAY)
    assert (calendar.starts, calendar.tertial.ends) == (delivered.STARTS, delivered.ENDS)


@pytest.mark.parametrize("name", FILES)
def test_the_headings_are_the_contracts_own(small: Path, name: str) -> None:
    extract = EXTRACTS[FILES[name][0]]
    wording = load().wording(extract.name, extract.names, extract.required)
    columns = next(part.columns for part in parts(demo.Size.SMALL) if name.startswith(f"{part.stem}_"))
    assert set(extract.required) <= set(columns)
    assert delivered.headings(small / name) == [wording.heading(column) for column in columns]


def test_every_extract_is_delivered_under_a_name_that_config_knows(small: Path) -> None:
    assert {extract for extract, _ in FILES.values()} == set(EXTRACTS)
    found = files.find(small, config.DEFAULT_FILES)
    assert {file.name: file.extract for file in found} == {name: extract for name, (extract, _) in FILES.items()}


def test_files_that_are_not_of_cases_lack_columns_that_nobody_asks_for(small: Path) -> None:
    complaints = delivered.headings(small / f"synpunkter_{DELIVERED}.csv")
    deviations = delivered.headings(small / f"avvikelser_{DELIVERED}.xlsx")
    assert "Synpunktstyp" in complaints
    assert "Synpunktstyp" not in deviations
    assert "Allvarlighetsgrad" in deviations
    assert "Allvarlighetsgrad" not in complaints


def test_cells_that_hold_a_separator_are_quoted(small: Path) -> None:
    text = (small / f"kravmatris_{DELIVERED}.csv").read_text(encoding="cp1252")
    assert '"Mått varje tertial; granskning av akter i maj"' in text
    assert ";Mått varje månad;" in text


def test_tabs_stand_between_the_cells_of_a_tsv_file(small: Path) -> None:
    first = (small / f"enkäter_{DELIVERED}.tsv").read_bytes().split(b"\r\n")[0]
    assert first.startswith("\ufeffUndersökning\tEnhet\t".encode())


def test_numbers_have_a_comma_in_text_files(small: Path) -> None:
    values = [row["Täljare"] for row in delivered.of(small, "measurements")]
    assert any("," in value for value in values)
    assert not any("." in value for value in values)


def test_the_files_come_in_three_forms(small: Path) -> None:
    with_bom = (small / f"aktualiseringar_{DELIVERED}.csv").read_bytes()
    windows = (small / f"beslut_{DELIVERED}.csv").read_bytes()
    assert with_bom.startswith(b"\xef\xbb\xbfAktualiserings-ID;")
    assert "Återupptagen".encode("cp1252") in windows
    with pytest.raises(UnicodeDecodeError):
        windows.decode("utf-8")
    with ZipFile(small / f"genomförandeplaner_{DELIVERED}.xlsx") as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_workbook_has_titles_above_and_a_total_below(small: Path) -> None:
    path = small / f"genomförandeplaner_{DELIVERED}.xlsx"
    lines = delivered.lines(path)
    assert lines[0][0] == "Genomförandeplaner"
    assert lines[1][0].startswith("Urval: ")
    assert not any(lines[3])
    assert lines[-1][:2] == ["Totalt", str(len(delivered.rows(path)))]


def test_workbooks_hold_real_dates_and_numbers(small: Path) -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(small / f"genomförandeplaner_{DELIVERED}.xlsx").active
    types = [type(cell.value).__name__ for cell in sheet[6]]
    assert "datetime" in types
    assert "int" in types


@pytest.mark.parametrize("name", [name for name in FILES if not name.endswith(".xlsx")])
def test_a_csv_file_has_blank_lines_and_is_otherwise_even(small: Path, name: str) -> None:
    lines = delivered.lines(small / name)
    assert {len(line) for line in lines} == {0, len(lines[0])}
    assert sum(not any(line) for line in lines) == 2


def test_text_is_untidy_as_in_real_exports(small: Path) -> None:
    units = [row["Enhet"] for row in delivered.of(small, "referrals")]
    assert any(unit.endswith(" ") for unit in units)
    assert any("\N{NO-BREAK SPACE}" in unit for unit in units)
    assert any(unit.isupper() for unit in units)
    assert any(unit.islower() for unit in units)


def test_an_open_end_is_written_as_the_last_day_of_the_calendar(small: Path) -> None:
    assert any(row["Giltig till"] == "9999-12-31" for row in delivered.of(small, "units"))
    assert any(row["Gäller till"] == "9999-12-31" for row in delivered.of(small, "decisions"))


def test_the_newest_delivery_replaces_what_had_been_delivered_before(small: Path) -> None:
    before = {row["Utrednings-ID"]: row for row in delivered.rows(small / f"utredningar_{DELIVERED_BEFORE}.csv")}
    after = {row["Utrednings-ID"]: row for row in delivered.rows(small / f"utredningar_{DELIVERED}.csv")}
    both = before.keys() & after.keys()
    closed_since = [key for key in both if not before[key]["Avslutad"] and after[key]["Avslutad"]]
    assert len(closed_since) >= 10
    assert before.keys() - both
    assert after.keys() - both
    open_before = {key for key, row in before.items() if not row["Avslutad"]}
    assert len(open_before - after.keys()) <= 2, "what was open must come again, but for rows with faults"


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        (f"utredningar_{DELIVERED_BEFORE}.csv", ("Inledd", "Avslutad", "Förlängning beslutad")),
        (f"utredningar_{DELIVERED}.csv", ("Inledd", "Avslutad", "Förlängning beslutad")),
        (f"aktualiseringar_{DELIVERED}.csv", ("Inkommen", "Registrerad", "Skyddsbedömning datum")),
        (f"beslut_{DELIVERED}.csv", ("Beslutsdatum", "Avbrott", "Återupptagen", "Avslutad", "Uppföljd")),
        (f"avvikelser_{DELIVERED}.xlsx", ("Inkommen", "Anmäld till IVO", "Avslutad")),
        (f"granskningar_{DELIVERED}.xlsx", ("Granskad",)),
        (f"nivåbedömningar_{DELIVERED}.xlsx", ("Bedömningsdatum",)),
        (f"sip_{DELIVERED}.csv", ("Upprättad", "Uppföljd")),
        (f"enkäter_{DELIVERED}.tsv", ("Datum",)),
        (f"vinjetter_{DELIVERED}.csv", ("Datum",)),
        (f"mätvärden_{DELIVERED}.csv", ("Datum",)),
        (f"aktiviteter_{DELIVERED}.xlsx", ("Datum",)),
        (f"internkontroll_{DELIVERED}.xlsx", ("Datum",)),
        (f"kravmatris_{DELIVERED}.csv", ("Senast reviderad",)),
        (f"genomförandeplaner_{DELIVERED}.xlsx", ("Upprättad", "Reviderad", "Uppföljd", "Avslutad")),
    ],
)
def test_nothing_is_known_before_it_has_happened(small: Path, name: str, columns: tuple[str, ...]) -> None:
    limit = date.fromisoformat(Path(name).stem[-10:])
    days = [delivered.day(row[column]) for row in delivered.rows(small / name) for column in columns]
    assert max(day for day in days if day) <= limit


def test_some_starts_are_planned_after_the_delivery(small: Path) -> None:
    delivery = date.fromisoformat(DELIVERED)
    planned = [delivered.day(row["Verkställighetsdatum"]) for row in delivered.of(small, "decisions")]
    assert any(day and delivery < day <= delivery + timedelta(days=14) for day in planned)


@pytest.mark.parametrize(
    ("size", "fewest", "most"),
    [
        (demo.Size.SMALL, 4_500, 6_000),
        (demo.Size.CITY, 90_000, 115_000),
        (demo.Size.NATION, 2_000_000, 2_500_000),
    ],
)
def test_each_size_has_its_volume(size: demo.Size, fewest: int, most: int) -> None:
    scale = SCALES[size]
    society = Society.invent(Calendar.on(TODAY), scale, demo.DEFAULT_SEED, 0)
    tables = invent(society)
    rows = scale.batches * sum(length(tables[extract]) for extract in CASES)
    assert fewest <= rows <= most
    assert 0.2 * rows < scale.batches * sum(length(tables[extract]) for extract in tables.keys() - CASES) < 0.8 * rows
