"""The charts of days: what is hidden is no bar and no point, and the tables say the same as the charts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.model import Figures
from pipeline.publish import committee_html, day_bands
from pipeline.publish.day_bands import Picture
from tests.answers import protect
from tests.unit.publish import day_fakes, fakes
from tests.unit.publish.day_fakes import CHILDREN, ELDERLY, METRIC

RUNNING = ((8, 12), (17, 6), (19, 7), (26, 7), (9, 6), (5, 5))


def pictures(figures: Figures, of: str = CHILDREN) -> dict[str, Picture]:
    metric = day_fakes.metrics()[METRIC]
    headline = figures.get(metric, breakdown="area", category=of)
    assert headline is not None
    return {one.chart_id: one for one in day_bands.pictures(metric, headline, figures, "x")}


def public(by_days: Sequence[int], cohort: Sequence[tuple[int, int]] = RUNNING) -> Figures:
    return protect(day_fakes.with_bands(by_days, cohort), day_fakes.metrics(), fakes.config())


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_bar_is_so_many_rows_and_those_of_hidden_bands_are_one() -> None:
    one = pictures(day_fakes.figures())["x-dagar"]
    (trace,) = one.chart["data"]
    assert trace["x"] == [0.5, 1.5, 2.5, 3.5, 5]
    assert trace["y"] == [5, 12, 18, 25, 11]
    assert trace["text"] == ["5", "12", "18", "25", "11"]
    assert trace["marker"]["pattern"]["shape"] == ["", "", "", "", "/"]
    assert [row[0] for row in one.rows] == ["0–30", "31–60", "61–90", "91–120", "över 120"]
    assert [row[1] for row in one.rows] == ["5", "12", "18", "25", "11"]
    assert plain(one.sentence) == "11 av 71 (15 %) tog längre tid än 120 dagar."
    assert one.note == ""


def test_the_limit_stands_between_its_band_and_the_next() -> None:
    layout = pictures(day_fakes.figures())["x-dagar"].chart["layout"]
    (line,) = layout["shapes"]
    assert (line["x0"], line["x1"]) == (4, 4)
    (name,) = layout["annotations"]
    assert (name["text"], name["name"]) == ("120\N{NO-BREAK SPACE}dagar", "inside")


def test_a_band_that_cannot_be_told_is_a_mark_and_no_bar() -> None:
    one = pictures(public((20, 15, 12, 9, 2, 1)))["x-dagar"]
    (trace,) = one.chart["data"]
    assert 5 not in [at + 0.5 for at in trace["x"]]
    assert [row[1:] for row in one.rows][-2:] == [("··", "··")] * 2
    assert [note["text"] for note in one.chart["layout"]["annotations"]].count("··") == 2
    assert one.sentence == ""
    assert one.note == "Stapeln saknas där antalet är för litet för att visas."


@pytest.mark.parametrize(
    ("by_days", "sentence"),
    [
        ((20, 15, 12, 9, 6, 5), "11 av 67 (16 %) tog längre tid än 120 dagar."),
        ((20, 15, 12, 9, 0, 0), "Ingen av dem tog längre tid än 120 dagar."),
    ],
)
def test_how_many_took_longer_is_said(by_days: Sequence[int], sentence: str) -> None:
    assert plain(pictures(public(by_days))["x-dagar"].sentence) == sentence


def test_the_curve_falls_from_all_and_has_a_point_at_each_band() -> None:
    one = pictures(public((20, 15, 12, 9, 6, 5)))["x-kvar"]
    (trace,) = one.chart["data"]
    assert trace["x"] == [0, 30, 60, 90, 120, 180]
    assert trace["y"][0] == 1
    # 127 begin and 12 are followed no further than 30 days: 8 of 121.
    assert trace["y"][1] == round(1 - 8 / 121, 4)
    assert trace["y"][2] == round((1 - 8 / 121) * (1 - 17 / (107 - 3)), 4)
    assert trace["y"] == sorted(trace["y"], reverse=True)
    assert [row[1] for row in one.rows] == trace["text"][1:]
    assert one.note == ""


def test_the_curve_ends_before_what_is_hidden() -> None:
    one = pictures(day_fakes.figures())["x-kvar"]
    assert one.chart["data"][0]["x"] == [0, 30, 60, 90, 120]
    assert one.note == "Kurvan slutar där antalet blir för litet för att visas."


def test_there_is_no_curve_of_one_point() -> None:
    cohort = ((20, 3), (12, 5), (9, 5), (8, 0), (6, 0), (0, 0))
    assert "x-kvar" not in pictures(public((20, 15, 12, 9, 6, 5), cohort))


def test_a_metric_without_bands_has_no_pictures() -> None:
    metric = fakes.metric(METRIC)
    headline = fakes.figures().get(metric, breakdown="area", category=ELDERLY)
    assert headline is not None
    assert day_bands.pictures(metric, headline, fakes.figures(), "x") == ()


def test_they_stand_on_the_page_with_their_numbers_in_tables() -> None:
    page = committee_html.page(day_fakes.report())
    assert page.count('class="numbers bands"') == page.count("-dagar-title") // 2 + page.count("-kvar-title") // 2 == 4
    assert "Hur fördelar sig antalet dagar? Barn och unga" in page
