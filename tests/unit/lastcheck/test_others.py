"""Our hidden figures among others': a number in a table, a chart or a cell is found, and others' values are not."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.lastcheck import Finding, Kind, book
from pipeline.model.comparison import Comparisons
from pipeline.publish import comparison_sheet
from pipeline.publish.report import Report
from tests.unit.lastcheck.conftest import write
from tests.unit.lastcheck.test_committee import BOOK, PAGE, found, in_book, in_charts, on_page
from tests.unit.publish import comparison_fakes as fake

MARK = '<i class="h">skyddad</i>'
CHART = "investigation_days-andra-1"
OURS = "Exempelköping (vi)"


def _comparisons() -> Comparisons:
    """Beside the area that is hidden: an indicator of three years, and two files, one of them with it hidden too."""
    known = fake.comparisons()
    area = {"statistic": "mean", "breakdown": "area", "category": "Funktionshinder"}
    files = (
        fake.delivery("Ekvik", 80, "investigation_days", **area),
        fake.delivery("Granstad", None, "investigation_days", **area),
    )
    return replace(known, deliveries=files)


@pytest.fixture(scope="module")
def compared(report: Report) -> Report:
    return replace(report, comparisons=_comparisons())


@pytest.fixture(scope="module")
def clean(compared: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("compared"), compared)


@pytest.fixture
def folder(clean: Path, tmp_path: Path) -> Path:
    return shutil.copytree(clean, tmp_path / "committee")


def leaks(folder: Path, report: Report, only: str) -> list[Finding]:
    return [one for one in found(folder, report, only) if one.kind is Kind.HIDDEN]


def _row(kind: str, label: str, value: str) -> Callable[[str], str]:
    """Put something in the place of the last mark in the first such row of a kind of table."""

    def change(page: str) -> str:
        for table in re.finditer(rf'<table class="[^"]*\b{kind}\b.*?</table>', page, re.DOTALL):
            for row in re.finditer(r"<tr.*?</tr>", table[0], re.DOTALL):
                if label in row[0] and MARK in row[0]:
                    changed = value.join(row[0].rsplit(MARK, 1))
                    return page.replace(table[0], table[0].replace(row[0], changed))
        return page

    return change


def test_others_values_and_marks_are_none_of_ours(folder: Path, compared: Report) -> None:
    page = (folder / PAGE).read_text(encoding="utf-8")
    assert page.count("Vår siffra: Funktionshinder") == 2
    assert OURS in page
    assert found(folder, compared) == []


@pytest.mark.parametrize(("kind", "label"), [("others", "Vår siffra: Funktionshinder"), ("exchange", OURS)])
@pytest.mark.parametrize("value", ["97 dagar", "2 av 3"])
def test_a_number_in_our_row_is_found(kind: str, label: str, value: str, folder: Path, compared: Report) -> None:
    on_page(folder, _row(kind, label, value))
    assert leaks(folder, compared, PAGE)


def test_a_number_in_our_row_of_the_years_is_found(folder: Path, compared: Report) -> None:
    def change(page: str) -> str:
        start = page.index(f'id="{CHART}-text"')
        return page[:start] + page[start:].replace(MARK, "97 dagar", 1)

    on_page(folder, change)
    assert len(leaks(folder, compared, PAGE)) == 1


def test_a_dot_in_our_row_is_found(folder: Path, compared: Report) -> None:
    empty = '<td class="axis" aria-hidden="true"></td>'

    def change(page: str) -> str:
        row = next(one for one in re.findall(r"<tr class=\"own\">.*?</tr>", page) if OURS in one and empty in one)
        return page.replace(row, row.replace(empty, empty.replace("></td>", ' style="--v:42.0"></td>')))

    on_page(folder, change)
    assert leaks(folder, compared, PAGE)


def _own_point(chart: dict[str, Any]) -> None:
    chart["data"].append({"type": "scatter", "x": [2026], "y": [97.0], "text": [""]})


def _own_value_in_a_gap(chart: dict[str, Any]) -> None:
    chart["data"][0]["y"][1] = 97.0


def _hover_text_without_a_point(chart: dict[str, Any]) -> None:
    chart["data"].append({"type": "scatter", "x": [2026], "y": [None], "text": ["Vår siffra: 97 dagar"]})


def _name_beside(chart: dict[str, Any]) -> None:
    chart["layout"]["annotations"][0]["text"] = "vår siffra 97"


def _height_of_a_name(chart: dict[str, Any]) -> None:
    chart["layout"]["annotations"][0]["y"] = 97.0


def _line_across(chart: dict[str, Any]) -> None:
    chart["layout"]["shapes"] = [{"type": "line", "y0": 97, "y1": 97}]


def _unreadable(chart: dict[str, Any]) -> None:
    chart["data"][0]["y"] = {"bdata": "AAAA", "dtype": "f8"}


@pytest.mark.parametrize("change", [
    _own_point, _own_value_in_a_gap, _hover_text_without_a_point, _name_beside, _height_of_a_name, _line_across,
    _unreadable,
])  # fmt: skip
def test_what_is_nobodys_in_the_chart_is_found(
    change: Callable[[dict[str, Any]], None], folder: Path, compared: Report
) -> None:
    on_page(folder, lambda page: in_charts(page, lambda charts: change(charts[CHART])))  # type: ignore[arg-type]
    (one,) = leaks(folder, compared, PAGE)
    assert CHART in one.place


def test_a_chart_of_an_indicator_that_the_report_has_not_does_not_pass(folder: Path, compared: Report) -> None:
    without = replace(compared, comparisons=replace(_comparisons(), pairs={}))
    assert any(CHART in one.place for one in leaks(folder, without, PAGE))


@pytest.mark.parametrize("table", [comparison_sheet.BESIDE, comparison_sheet.EXCHANGED])
def test_a_number_in_our_row_of_the_workbook_is_found(table: str, folder: Path, compared: Report) -> None:
    read = next(one for one in book.read(folder / BOOK).tables if one.name == table)
    ours = ("Vår siffra: Funktionshinder", OURS)
    number, column = next(
        (number, column)
        for number, row in enumerate(read.rows)
        if row[2] in ours
        for column, cell in enumerate(row)
        if cell == "··"
    )
    place = read.place(number, column).rpartition(" ")[2]
    names = re.findall(r'<sheet name="([^"]*)" sheetId="(\d+)"', _part(folder, "xl/workbook.xml"))
    sheet = next(at for name, at in names if name == comparison_sheet.NAME)
    in_book(
        folder,
        f"xl/worksheets/sheet{sheet}.xml",
        lambda x: re.sub(rf'<c r="{place}"[^>]*>.*?</c>', f'<c r="{place}" t="n"><v>3</v></c>', x, count=1),
    )
    assert len(leaks(folder, compared, BOOK)) == 1


def _part(folder: Path, part: str) -> str:
    with zipfile.ZipFile(folder / BOOK) as archive:
        return archive.read(part).decode("utf-8")
