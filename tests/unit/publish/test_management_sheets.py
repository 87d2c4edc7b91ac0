from pathlib import Path

import openpyxl
import pytest

from pipeline.model.management import Finding, Management
from pipeline.publish import management_sheets
from pipeline.publish.forms import HIDDEN
from pipeline.publish.report import Report
from pipeline.publish.workbook import Book
from tests.unit.publish import management_fakes as fakes
from tests.unit.publish.management_fakes import control, drawn, figure, planned, report, requirement


def written(given: Report, folder: Path) -> dict[str, list[list[str]]]:
    book = Book("Rapport", "Period", given.config, given.run)
    book.sheet("Omslag", [20])
    places = management_sheets.sheets(book, given)
    book.save(folder / "bok.xlsx")
    read = openpyxl.load_workbook(folder / "bok.xlsx")
    assert list(places) == read.sheetnames[1:]
    return {
        name: [[str(cell.value) for cell in row if cell.value is not None] for row in read[name].iter_rows()]
        for name in places
    }


@pytest.mark.parametrize(
    ("management", "names"),
    [
        (Management(), []),
        (Management((control(),)), ["Internkontroll"]),
        (Management(requirements=(requirement(),)), ["Kravmatris"]),
        (Management(plan=(planned(due=()),)), ["Uppföljningsplan"]),
    ],
)
def test_only_what_was_delivered_has_a_sheet(management: Management, names: list[str], tmp_path: Path) -> None:
    assert list(written(report(management), tmp_path)) == names


def test_the_sheets_hold_the_words_and_no_hidden_number(tmp_path: Path) -> None:
    management = Management(
        (control("=1+1", probability=2, consequence=4, findings=(Finding("", "Ett barn", "Samtal"),)),),
        (requirement(routine=""),),
        (planned(drawn()),),
    )
    figures = [
        figure("control_deviation", (3, 4), breakdown="control", category="=1+1: Stickprov"),
        figure("plan_current", (2, 3), "stock", level=3, org=fakes.NORTH),
        figure("plan_current", (80, 100), "stock"),
    ]
    sheets = written(report(management, *figures), tmp_path)
    cells = {name: [text for row in rows for text in row] for name, rows in sheets.items()}
    assert "1. =1+1" in cells["Internkontroll"]
    assert cells["Internkontroll"].count(HIDDEN) == 4  # base and share, analysis and action
    assert not {"Ett barn", "Samtal"} & set(cells["Internkontroll"])
    assert "medel: 1" in cells["Internkontroll"]
    assert "■ rutin saknas" in cells["Kravmatris"]
    assert any(text.startswith("Aktuella planer: 80") for text in cells["Kravmatris"])
    assert f"Aktuella planer: {HIDDEN}" in cells["Uppföljningsplan"]
    assert "○ kommer" in cells["Uppföljningsplan"]
