"""Bands of days on page and in workbook: as written they pass; another number or a hidden one does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.lastcheck import Finding, Kind
from pipeline.publish import committee_html, committee_workbook
from pipeline.publish.report import Report
from tests.unit.lastcheck.test_committee import BOOK, PAGE, found, in_book, in_charts, on_page
from tests.unit.publish import day_fakes

SPREAD, COURSE = "investigation_days-1-dagar", "investigation_days-1-kvar"


@pytest.fixture
def report() -> Report:
    return day_fakes.report()


@pytest.fixture
def folder(tmp_path: Path, report: Report) -> Path:
    committee_html.write(tmp_path / PAGE, report)
    return tmp_path


def hidden(folder: Path, report: Report) -> list[Finding]:
    return [one for one in found(folder, report) if one.kind is Kind.HIDDEN]


def test_as_written_they_pass(folder: Path, report: Report) -> None:
    assert found(folder, report) == []


def _row(label: str, number: str) -> Callable[[str], str]:
    return lambda page: re.sub(
        rf'(<th scope="row">){label}(</th><td>)[^<]*', rf"\g<1>{label}\g<2>{number}", page, count=1
    )


def test_another_number_in_a_row_is_found(folder: Path, report: Report) -> None:
    on_page(folder, _row("0–30", "4"))
    (one,) = hidden(folder, report)
    assert "0–30" in one.place


def test_a_hidden_band_told_by_itself_is_found(folder: Path, report: Report) -> None:
    on_page(folder, lambda page: page.replace(">över 120<", ">över 180<", 1))
    (one,) = hidden(folder, report)
    assert "över 180" in one.place


@pytest.mark.parametrize("chart", [SPREAD, COURSE])
@pytest.mark.parametrize("name", ["y", "x", "text", "customdata"])
def test_a_point_that_is_no_public_figures_is_found(chart: str, name: str, folder: Path, report: Report) -> None:
    def change(data: Any) -> None:
        trace = data[chart]["data"][0]
        trace[name][-1] = {"y": 1, "x": 5.5, "text": "1", "customdata": "1 utredning"}[name]

    on_page(folder, lambda page: in_charts(page, change))
    assert [chart in one.place for one in hidden(folder, report)] == [True]


def test_a_curve_beyond_what_is_hidden_is_found(folder: Path, report: Report) -> None:
    def change(data: Any) -> None:
        trace = data[COURSE]["data"][0]
        for name, value in (("x", 180), ("y", 0.05), ("text", "5 %"), ("customdata", "5 %")):
            trace[name].append(value)

    on_page(folder, lambda page: in_charts(page, change))
    assert [COURSE in one.place for one in hidden(folder, report)] == [True]


def test_a_number_written_into_a_chart_is_found(folder: Path, report: Report) -> None:
    def change(data: Any) -> None:
        data[SPREAD]["layout"]["annotations"].append({"text": "1"})

    on_page(folder, lambda page: in_charts(page, change))
    assert [SPREAD in one.place for one in hidden(folder, report)] == [True]


class TestWorkbook:
    """The same numbers in the workbook's tables, as numbers and not as words."""

    @pytest.fixture
    def folder(self, tmp_path: Path, report: Report) -> Path:
        committee_workbook.write(tmp_path / BOOK, report)
        return tmp_path

    def test_as_written_they_pass(self, folder: Path, report: Report) -> None:
        assert found(folder, report) == []

    @pytest.mark.parametrize(
        ("table", "at", "number"),
        [
            ("dagar", (1, "C"), 6),  # another number in a band
            ("dagar", (5, "C"), 10),  # a part of what is shown as one
            ("dagar", (1, "D"), 0.5),
            ("kvar", (1, "C"), 0.5),
            ("kvar", (1, "B"), 31),  # a day that no band ends on
        ],
    )
    def test_a_number_that_is_no_public_figures_is_found(
        self, folder: Path, report: Report, table: str, at: tuple[int, str], number: float
    ) -> None:
        sheet, first = _place(folder, f"investigation_days_{table}")
        row, column = at
        cell = f"{column}{first + row}"
        in_book(folder, sheet, lambda part: re.sub(rf'(<c r="{cell}"[^>]*>)<v>[^<]*', rf"\g<1><v>{number}", part))
        assert any(cell[1:] in one.place for one in hidden(folder, report)), hidden(folder, report)

    def test_a_band_of_an_area_that_has_none_is_found(self, folder: Path, report: Report) -> None:
        sheet, first = _place(folder, "investigation_days_dagar")
        in_book(folder, sheet, lambda part: part.replace(f"{day_fakes.CHILDREN}</t></is></c><c r=\"B{first + 1}",
                                                         f"Ingenstans</t></is></c><c r=\"B{first + 1}", 1))  # fmt: skip
        assert hidden(folder, report)


def _place(folder: Path, table: str) -> tuple[str, int]:
    """The part of the file with a table's sheet, and the row of its headings."""
    book = openpyxl.load_workbook(folder / BOOK)
    number, ref = next((n, one.tables[table].ref) for n, one in enumerate(book, 1) if table in one.tables)
    return f"xl/worksheets/sheet{number}.xml", int(re.sub(r"\D", "", ref.partition(":")[0]))
