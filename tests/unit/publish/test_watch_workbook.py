from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl

from pipeline.model import Citation
from pipeline.model.cases import Watch, WatchRow
from pipeline.publish import watch_workbook
from tests.unit.publish import fakes

LAW = (Citation("20 kap. 2 § socialtjänstlagen (2025:400)"),)
ROW = WatchRow(
    list_id="decision_waiting", demand="Beslut ska verkställas inom tre månader", case_id="=B1", unit="Norr",
    area="Vuxna", subject="Boendestöd", since=date(2026, 6, 1), limit=date(2026, 9, 1), days_left=-9, law=(),
    todo="Erbjud insatsen.", note="Ej påbörjad.",
)  # fmt: skip
ROWS = (
    ROW,
    replace(ROW, case_id="B2", days_left=0),
    replace(ROW, case_id="B3", days_left=1),
    replace(ROW, case_id="B4", days_left=None, limit=None, since=None),
)


def written(folder: Path, found: Watch, demo: bool = False) -> dict[str, list[list[object]]]:
    """File name → the cells of its only sheet."""
    out = folder / "bevakning"
    watch_workbook.write(out, found, fakes.config(), fakes.run_info(demo=demo), "Tertial 2 2026")
    sheets = {file.name: openpyxl.load_workbook(file).worksheets for file in out.iterdir()}
    return {name: [list(row) for row in one.iter_rows(values_only=True)] for name, (one,) in sheets.items()}


def test_each_unit_has_its_own_workbook_with_its_rows_in_order(tmp_path: Path):
    found = Watch(
        date(2026, 9, 10), {"Norr": ROWS, "Råd/stöd": (replace(ROW, unit="Råd/stöd"),)}, {"Söder": 2, "Öst": 0}
    )
    books = written(tmp_path, found)
    assert set(books) == {"Norr.xlsx", "Råd stöd.xlsx", "Söder.xlsx"}
    rows = books["Norr.xlsx"]
    start = next(number for number, row in enumerate(rows) if row[0] == "Läge")
    assert [(row[0], row[1], row[3]) for row in rows[start + 1 :]] == [
        ("9\xa0dagar över", -9, "=B1"), ("sista dagen", 0, "B2"), ("1\xa0dag kvar", 1, "B3"),
        ("att granska", None, "B4"),
    ]  # fmt: skip
    assert [day.date() for day in rows[start + 1][6:8] if isinstance(day, datetime)] == [ROW.since, ROW.limit]
    above = " ".join(str(row[0]) for row in rows[:start])
    assert "10\xa0september 2026" in above
    assert "1\xa0rad över en gräns, 2 nära en gräns, 1 att granska" in above
    assert any("2\xa0rader om personer med skyddade uppgifter" in str(row[0]) for row in books["Söder.xlsx"])


def test_the_headings_stay_in_view_and_text_is_no_formula(tmp_path: Path):
    found = Watch(
        date(2026, 9, 10), {"Norr": ROWS}, {"Norr": 1}, lacking=("Något: utdraget saknas.",),
        old={"plans": date(2026, 9, 1)}, unflagged=("plans",),
    )  # fmt: skip
    watch_workbook.write(tmp_path / "b", found, fakes.config(), fakes.run_info(), "Tertial 2 2026")
    sheet = openpyxl.load_workbook(tmp_path / "b" / "Norr.xlsx").active
    heading = next(row for row in sheet.iter_rows() if row[0].value == "Läge")
    assert sheet.freeze_panes == f"A{heading[0].row + 1}"
    assert heading[0].font.bold
    case = sheet.cell(heading[0].row + 1, 4)
    assert (case.data_type, case.value) == ("s", "=B1")
    texts = [str(row[0].value) for row in sheet.iter_rows(max_row=heading[0].row)]
    for said in (
        "Listan saknas – Något",
        "genomförandeplaner är från 1\xa0september",
        "visar inte vilka som har skyddade",
    ):
        assert any(said in text for text in texts), said


def test_the_law_stands_with_the_case(tmp_path: Path):
    books = written(tmp_path, Watch(date(2026, 9, 10), {"Norr": (replace(ROW, law=LAW),)}, {}))
    assert books["Norr.xlsx"][-1][-1] == "20 kap. 2 § socialtjänstlagen (2025:400)"


def test_an_invented_unit_is_marked_in_name_and_sheet(tmp_path: Path):
    books = written(tmp_path, Watch(date(2026, 9, 10), {"Norr": ROWS}, {}), demo=True)
    assert set(books) == {"Norr-DEMODATA.xlsx"}
    assert books["Norr-DEMODATA.xlsx"][1][0].startswith("DEMODATA")


def test_only_their_owner_can_read_them(tmp_path: Path):
    written(tmp_path, Watch(date(2026, 9, 10), {"Norr": ROWS}, {}))
    assert (tmp_path / "bevakning").stat().st_mode & 0o077 == 0
    assert (tmp_path / "bevakning" / "Norr.xlsx").stat().st_mode & 0o077 == 0
