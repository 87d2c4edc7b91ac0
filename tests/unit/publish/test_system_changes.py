"""A change of case system in a trend: drawn, named, told in words and in the tables; and left out where it is not."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.disclosure import PublicFigures
from pipeline.model import Break, Figures
from pipeline.publish import charts, committee_html, committee_workbook, system_changes
from pipeline.publish.packing import unpacked
from tests.answers import protect
from tests.unit.publish import fakes

METRIC = "investigation_within_120_days"
CHANGE = Break(date(2026, 2, 1), "Procapita", "Treserva")
TOLD = (
    "Verksamhetssystemet byttes från Procapita till Treserva i februari 2026. Siffror före och efter bytet kan skilja"
    " sig bara för att uppgifterna registreras på olika sätt."
)


def figures(*breaks: Break) -> PublicFigures:
    changed = replace(fakes.internal_figures(), breaks={METRIC: breaks})
    return protect(changed, fakes.metrics(), fakes.config())


def page(*breaks: Break) -> str:
    return committee_html.page(fakes.report(figures=figures(*breaks)))


def drawn(text: str) -> dict[str, Any]:
    found = re.search(r'id="chart-data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(unpacked(found[1]))[f"{METRIC}-1"]


def book(folder: Path, *breaks: Break) -> Path:
    file = folder / "rapport.xlsx"
    committee_workbook.write(file, fakes.report(figures=figures(*breaks)))
    return file


def trend(*breaks: Break) -> dict[str, Any]:
    every, metric = figures(), fakes.metric(METRIC)
    months = every.trend(metric)
    return charts.trend(metric, months, [], months[-1][1], breaks)


# --- which changes lie in a trend -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "is_in"),
    [(date(2024, 9, 1), False), (date(2024, 10, 1), True), (date(2026, 8, 1), True), (date(2026, 9, 1), False)],
)
def test_a_change_in_the_first_month_or_after_the_last_breaks_nothing(day: date, is_in: bool):
    every: Figures = replace(fakes.internal_figures(), breaks={METRIC: (replace(CHANGE, day=day),)})
    metric = fakes.metric(METRIC)
    windows = [window for window, _ in every.trend(metric)]
    assert (windows[0].ends, windows[-1].ends) == (date(2024, 9, 30), date(2026, 8, 31))
    assert bool(every.breaks_in(metric, windows)) is is_in
    assert every.breaks_in(metric, windows[:1]) == ()


def test_protection_keeps_what_it_does_not_touch():
    public = figures(CHANGE)
    assert public.breaks == {METRIC: (CHANGE,)}
    assert {field.name for field in fields(Figures)} <= set(vars(public))


# --- the chart ------------------------------------------------------------------------------------------------------


def test_a_change_is_a_dashed_line_from_the_foot_up_and_named_above():
    layout = trend(CHANGE)["layout"]
    (line,) = [shape for shape in layout["shapes"] if shape["xref"] == "x" and shape["type"] == "line"]
    assert (line["x0"], line["x1"], line["y0"], line["y1"]) == ("2026-02-01", "2026-02-01", 0, 1)
    assert line["line"]["dash"] == "dash"
    (name,) = [one for one in layout["annotations"] if one["xref"] == "x"]
    assert (name["text"], name["x"], name["yanchor"]) == ("Byte till Treserva", "2026-02-01", "bottom")


def test_a_name_stands_on_the_side_where_there_is_room():
    sides = {}
    for day in (date(2024, 12, 1), date(2026, 6, 1)):
        (name,) = [one for one in trend(replace(CHANGE, day=day))["layout"]["annotations"] if one["xref"] == "x"]
        sides[day.year] = name["xanchor"]
    assert sides == {2024: "left", 2026: "right"}


def test_two_names_do_not_stand_on_each_other():
    later = Break(date(2026, 4, 1), "Treserva", "Combine")
    two, one = trend(CHANGE, later)["layout"], trend(CHANGE)["layout"]
    shifts = [name["yshift"] for name in two["annotations"] if name["xref"] == "x"]
    assert abs(shifts[0] - shifts[1]) >= 15
    assert two["margin"]["t"] - one["margin"]["t"] >= 15


def test_a_series_without_a_change_is_drawn_as_before():
    every, metric = figures(), fakes.metric(METRIC)
    months = every.trend(metric)
    assert trend() == charts.trend(metric, months, [], months[-1][1])
    assert all(shape["xref"] == "paper" for shape in trend()["layout"]["shapes"] if shape["type"] == "line")


def test_a_systems_name_cannot_be_markup_in_a_chart():
    evil = replace(CHANGE, after="<b>T & U</b>")
    (name,) = [one for one in trend(evil)["layout"]["annotations"] if one["xref"] == "x"]
    assert name["text"] == "Byte till &lt;b&gt;T &amp; U&lt;/b&gt;"


# --- the page -------------------------------------------------------------------------------------------------------


def test_the_page_draws_the_change_and_says_it_to_who_cannot_see_it():
    text = page(CHANGE)
    assert [one["text"] for one in drawn(text)["layout"]["annotations"] if one["xref"] == "x"] == ["Byte till Treserva"]
    described = re.search(rf'id="{METRIC}-1-text">(.*?)</p>', text)
    assert described
    assert TOLD in described[1]
    assert f'<p class="small">{TOLD}</p>' in text
    assert '<span class="key-break">Byte till Treserva, februari 2026</span>' in text


def test_the_table_says_it_in_its_month_and_in_no_other():
    rows = re.findall(r'<th scope="row">([^<]*)<span class="span">byte till Treserva</span>', page(CHANGE))
    assert rows == ["februari 2026"]


def test_a_page_without_a_change_does_not_speak_of_any():
    assert "byte till" not in page().lower()
    assert "Verksamhetssystemet byttes" not in page()


def test_several_changes_are_told_in_one_sentence():
    later = Break(date(2026, 4, 1), "Treserva", "Combine")
    assert "till Treserva i februari 2026 och från Treserva till Combine i april 2026." in system_changes.told(
        [CHANGE, later]
    )


# --- the workbook ---------------------------------------------------------------------------------------------------


def test_the_workbook_says_it_by_the_chart_in_its_table_and_in_its_description(tmp_path: Path):
    file = book(tmp_path, CHANGE)
    sheet = openpyxl.load_workbook(file)["Utredningar"]
    cells = [[cell.value for cell in row] for row in sheet[sheet.tables[f"{METRIC}_manad"].ref]]
    assert cells[0][-1] == "Byte av system"
    assert {row[0]: row[-1] for row in cells[1:] if row[-1] != "–"} == {"Februari 2026": "Byte till Treserva"}
    above = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(str(value).startswith("Verksamhetssystemet byttes från Procapita") for value in above)
    drawing = openpyxl.load_workbook(file)["Utredningar"]._charts
    assert drawing
    import zipfile

    with zipfile.ZipFile(file) as parts:
        texts = "".join(parts.read(name).decode() for name in parts.namelist() if "drawings/drawing" in name)
    assert TOLD in texts


def test_a_workbook_without_a_change_has_no_column_for_it(tmp_path: Path):
    sheet = openpyxl.load_workbook(book(tmp_path))["Utredningar"]
    headings = sheet[sheet.tables[f"{METRIC}_manad"].ref][0]
    assert "Byte av system" not in [cell.value for cell in headings]
