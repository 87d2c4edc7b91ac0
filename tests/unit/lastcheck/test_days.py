"""Bands of days on the page: as written they pass; a number in a hidden band's place, or another's, does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.lastcheck import Finding, Kind
from pipeline.publish import committee_html
from pipeline.publish.report import Report
from tests.unit.lastcheck.test_committee import PAGE, found, in_charts, on_page
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
