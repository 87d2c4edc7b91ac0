"""Bands of days in the workbook: tables of numbers, the mark where they are hidden, bars where none is."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pipeline.language import speaking
from pipeline.publish import committee_workbook
from pipeline.publish.report import Report
from tests.answers import protect
from tests.unit.publish import day_fakes, fakes

RUNNING = ((8, 12), (17, 6), (19, 7), (26, 7), (9, 6), (5, 5))


def tables(folder: Path, report: Report) -> tuple[dict[str, list[tuple[object, ...]]], int]:
    """The tables of bands by how their names end, and how many charts of bars the book has."""
    file = folder / "rapport.xlsx"
    committee_workbook.write(file, report)
    book = openpyxl.load_workbook(file)
    found = {
        name.removeprefix(f"{day_fakes.METRIC}_"): [tuple(cell.value for cell in row) for row in sheet[ref]]
        for sheet in book
        for name, ref in sheet.tables.items()
        if name.startswith(day_fakes.METRIC)
    }
    bars = sum(type(chart).__name__ == "BarChart" for sheet in book for chart in sheet._charts)
    return found, bars


def test_the_numbers_are_those_of_the_page(tmp_path: Path) -> None:
    found, bars = tables(tmp_path, day_fakes.report())
    headings, *rows = found["dagar"]
    assert headings == ("Verksamhetsområde", "Dagar", "Utredningar (antal)", "Andel (%)")
    children = [row for row in rows if row[0] == day_fakes.CHILDREN]
    assert [row[1:3] for row in children] == [
        ("0–30", 5),
        ("31–60", 12),
        ("61–90", 18),
        ("91–120", 25),
        ("över 120", 11),
    ]
    assert [row[3] for row in children] == pytest.approx([5 / 71, 12 / 71, 18 / 71, 25 / 71, 11 / 71], abs=1e-6)
    assert {row[0] for row in rows} == {day_fakes.CHILDREN, day_fakes.ELDERLY}
    assert bars == len({row[0] for row in rows if all(r[2] != "··" for r in rows if r[0] == row[0])})
    assert found["kvar"][0] == ("Verksamhetsområde", "Efter (dagar)", "Återstår (%)")
    assert all(isinstance(row[1], int) and 0 <= row[2] <= 1 for row in found["kvar"][1:])  # type: ignore[operator]


def test_a_hidden_band_is_a_mark_and_the_chart_is_left_out(tmp_path: Path) -> None:
    figures = protect(day_fakes.with_bands((20, 15, 12, 9, 2, 1), RUNNING), day_fakes.metrics(), fakes.config())
    found, bars = tables(tmp_path, day_fakes.report(figures=figures))
    assert [row[2:] for row in found["dagar"]][-2:] == [("··", "··")] * 2
    assert bars == 0


def test_in_english(tmp_path: Path) -> None:
    with speaking("en"):
        found, _ = tables(tmp_path, day_fakes.report())
    assert found["dagar"][0][1:] == ("Days", "Investigations (number)", "Share (%)")
    assert found["kvar"][0][1:] == ("After (days)", "Remaining (%)")
