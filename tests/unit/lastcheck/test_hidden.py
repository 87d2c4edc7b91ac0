"""Each place of a hidden figure holds the mark and nothing else; a number left in any of them is found."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import lastcheck
from pipeline.lastcheck import Finding, Kind, book
from pipeline.publish.report import Report
from tests.unit.lastcheck.conftest import secrets
from tests.unit.lastcheck.test_committee import BOOK, PAGE, TABLE, found, in_book, in_charts, on_page

MARK = '<i class="h">skyddad</i>'
_MIDDLE_OF_MARCH = "2026-03-"


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    return shutil.copytree(written, tmp_path / "committee")


def leaks(folder: Path, report: Report, only: str) -> list[Finding]:
    return [one for one in found(folder, report, only) if one.kind is Kind.HIDDEN]


def rows(folder: Path) -> list[list[str]]:
    with (folder / TABLE).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize("column", ["numerator", "denominator", "value", "ci_low", "ci_high", "status", "suppressed"])
def test_a_hidden_row_tells_nothing(column: str, folder: Path, report: Report) -> None:
    heading, *others = rows(folder)
    row = next(one for one in others if one[heading.index("suppressed")] == "true")
    row[heading.index(column)] = {"suppressed": "false", "status": "mål saknas"}.get(column, "3")
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([heading, *others])
    (one,) = found(folder, report, TABLE)
    assert (one.kind, one.place) == (Kind.HIDDEN, f"rad {others.index(row) + 2}")


@pytest.mark.parametrize("how", ["a row of nobody's", "a row twice"])
def test_a_row_that_is_no_figures_does_not_pass(how: str, folder: Path, report: Report) -> None:
    heading, *others = rows(folder)
    extra = list(others[0])
    if how == "a row of nobody's":
        extra[heading.index("category")] = "en text"
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([heading, *others, extra])
    assert [one.kind for one in found(folder, report, TABLE)] == [Kind.UNKNOWN_ROW]


@pytest.mark.parametrize("gone", [1, 2])
def test_a_figure_without_a_row_does_not_pass(gone: int, folder: Path, report: Report) -> None:
    everything = rows(folder)
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(everything[:-gone])
    (one,) = found(folder, report, TABLE)
    assert one.kind is Kind.MISSING_ROW
    assert one.place.endswith(f"där {gone}\N{NO-BREAK SPACE}{'rad' if gone == 1 else 'rader'} fattas")


def test_a_statistic_beside_the_judged_one_is_held_too(folder: Path, report: Report) -> None:
    assert f"<dd>{MARK}</dd>" in (folder / PAGE).read_text(encoding="utf-8")
    on_page(folder, lambda page: page.replace(f"<dd>{MARK}</dd>", "<dd>97 dagar</dd>", 1))
    assert len(leaks(folder, report, PAGE)) == 1


def _in_table(kind: str, label: str, value: str) -> Callable[[str], str]:
    """Put a number in the place of the first mark in a row of a kind of table."""

    def change(page: str) -> str:
        for table in re.finditer(rf'<table class="[^"]*\b{kind}\b.*?</table>', page, re.DOTALL):
            for row in re.finditer(r"<tr.*?</tr>", table[0], re.DOTALL):
                if label in row[0] and MARK in row[0]:
                    changed = row[0].replace(MARK, value, 1)
                    return page.replace(table[0], table[0].replace(row[0], changed))
        return page

    return change


@pytest.mark.parametrize("value", ["3", "3 av 4", "<b>75 %</b>"])
@pytest.mark.parametrize(("kind", "label"), [("numbers", "mars"), ("compare", "Funktionshinder"), ("facts", "Tertial")])
def test_a_number_in_a_row_of_the_page_is_found(
    kind: str, label: str, value: str, folder: Path, report: Report
) -> None:
    on_page(folder, _in_table(kind, label, value))
    assert leaks(folder, report, PAGE)


def test_a_row_of_a_unit_that_is_hidden_is_found(folder: Path, report: Report) -> None:
    row = '<tr><th scope="row">Lilla enheten</th><td>3 av 4</td><td><b>75 %</b></td><td>1–2</td></tr>'
    on_page(folder, lambda page: re.sub(r"(<h4>Enheter</h4>.*?<tbody>)", rf"\1{row}", page, flags=re.DOTALL))
    assert leaks(folder, report, PAGE)


@pytest.mark.parametrize(("name", "value"), [("y", 0.75), ("text", "mars: 3 av 4")])
def test_a_point_or_hover_text_in_a_hidden_month_is_found(
    name: str, value: object, folder: Path, report: Report
) -> None:
    def change(charts: dict[str, object]) -> None:
        for chart in charts.values():
            months = chart["data"][0]  # type: ignore[index]
            for at, day in enumerate(months["x"]):
                if day.startswith(_MIDDLE_OF_MARCH):
                    months[name][at] = value
                    return

    on_page(folder, lambda page: in_charts(page, change))
    (one,) = leaks(folder, report, PAGE)
    assert _MIDDLE_OF_MARCH in one.place


def test_a_point_in_the_small_drawing_is_found(folder: Path, report: Report) -> None:
    on_page(folder, lambda page: page.replace('<polyline points="', '<polyline points="1,1 2,2 3,3 4,4 ', 1))
    assert leaks(folder, report, PAGE)


def hidden_cells(folder: Path, region: str) -> list[tuple[str, int, int]]:
    """Cells of a region's tables that hold the mark: the sheet, and column and row."""
    read = book.read(folder / BOOK)
    return [
        (table.sheet, table.corner[0] + column, table.corner[1] + number)
        for table in read.tables
        if table.name.endswith(region)
        for number, row in enumerate(table.rows)
        for column, cell in enumerate(row)
        if cell == "··"
    ]


@pytest.mark.parametrize("region", ["_utfall", "_manad", "_area", "_niva3"])
def test_a_number_in_a_cell_of_the_workbook_is_found(region: str, folder: Path, report: Report) -> None:
    cells = hidden_cells(folder, region)
    assert cells
    sheet, column, row = cells[0]
    place = f"{chr(ord('A') + column - 1)}{row}"
    names = re.findall(r'<sheet name="([^"]*)" sheetId="(\d+)"', _part(folder, "xl/workbook.xml"))
    number = next(number for name, number in names if name == sheet)
    in_book(
        folder,
        f"xl/worksheets/sheet{number}.xml",
        lambda x: re.sub(rf'<c r="{place}"[^>]*>.*?</c>', f'<c r="{place}" t="n"><v>3</v></c>', x, count=1),
    )
    assert [one.place for one in leaks(folder, report, BOOK)] == [f"bladet {sheet}, cell {place}"]


def test_a_number_behind_a_chart_is_found(folder: Path, report: Report) -> None:
    name = "xl/worksheets/sheet{}.xml"
    number = next(
        n for n in range(1, 30) if "Diagramunderlag</t></is></c></row>" in _part(folder, name.format(n))[:2000]
    )
    table = next(t for t in book.read(folder / BOOK).tables if t.name == "diagramunderlag")
    column = table.rows[0].index("2026-03")
    place = table.place(1, column).rpartition(" ")[2]
    cell, row = f'<c r="{place}" t="n"><v>0.75</v></c>', table.corner[1] + 1
    in_book(
        folder, name.format(number), lambda x: re.sub(rf'(<row r="{row}".*?)</row>', rf"\1{cell}</row>", x, count=1)
    )
    assert leaks(folder, report, BOOK)


def test_a_value_left_in_a_charts_cache_is_found(folder: Path, report: Report) -> None:
    at = next(t for t in book.read(folder / BOOK).tables if t.name == "diagramunderlag").rows[0].index("2026-03") - 3
    point = f'<pt idx="{at}"><v>0.75</v></pt></numCache>'
    in_book(folder, "xl/charts/chart1.xml", lambda x: x.replace("</numCache>", point, 1))
    (one,) = leaks(folder, report, BOOK)
    assert "chart1.xml" in one.place


def _part(folder: Path, name: str) -> str:
    import zipfile

    with zipfile.ZipFile(folder / BOOK) as archive:
        return archive.read(name).decode() if name in archive.namelist() else ""


def test_no_secrets_and_nothing_hidden_is_nothing_found(folder: Path, report: Report) -> None:
    assert lastcheck.committee(folder, report, secrets()) == ()
