"""Which two figures tell what has happened since something was begun."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.model import Figure, Figures
from pipeline.model.goals import Reference
from pipeline.model.references import Place, comparable, then_and_now, told_as
from tests.unit import builders

FLOW, STOCK = builders.metric(), builders.metric(flow=False)
REFERENCE = Reference("share")


def at(*windows: str) -> Figures:
    """A share of 50 of 100 in each window."""
    return builders.figures(*(builders.share(builders.key(window=window), 50, 100) for window in windows))


def before(figure: Figure | None) -> str:
    return "" if figure is None else figure.key.window


@pytest.mark.parametrize(
    ("begun", "window"),
    [
        (date(2026, 4, 30), "tertial_2025t3"),  # the tertial of its first day has not ended before it
        (date(2026, 5, 1), "tertial_2026t1"),
        (date(2026, 8, 31), "tertial_2026t1"),
        (date(2025, 1, 1), ""),
    ],
)
def test_a_flow_is_told_by_whole_tertials(begun: date, window: str) -> None:
    figures = at("tertial", "ytd", "tertial_2026t1", "tertial_2025t3", "month_2024_09", "month_2026_08")
    then, now = then_and_now(REFERENCE, FLOW, figures, begun)
    assert before(then) == (window or "month_2024_09")
    assert now is not None
    assert now.key.window == ("tertial" if window else "month_2026_08")


@pytest.mark.parametrize(
    ("begun", "window"), [(date(2026, 2, 28), "stock_2026_01"), (date(2026, 3, 1), "stock_2026_02")]
)
def test_a_stock_is_told_by_the_last_month_end(begun: date, window: str) -> None:
    then, now = then_and_now(REFERENCE, STOCK, at("stock", "stock_2026_01", "stock_2026_02"), begun)
    assert (before(then), before(now)) == (window, "stock")


def test_without_any_window_before_the_judged_figure_stands_alone() -> None:
    then, now = then_and_now(REFERENCE, FLOW, at("ytd", "tertial"), date(2026, 5, 1))
    assert (before(then), before(now)) == ("", "ytd")
    assert comparable(FLOW, at("ytd", "tertial"), REFERENCE, date(2026, 5, 1)) is None


def test_a_window_with_nothing_to_measure_is_passed_over() -> None:
    empty = builders.share(builders.key(window="tertial_2026t1"), 0, 0)
    full = [builders.share(builders.key(window=one), 5, 10) for one in ("tertial_2025t3", "tertial")]
    then, _ = then_and_now(REFERENCE, FLOW, builders.figures(empty, *full), date(2026, 5, 1))
    assert before(then) == "tertial_2025t3"


def test_a_total_that_would_mislead_is_told_by_category_also_at_a_unit_and_in_a_programme() -> None:
    metric = builders.metric(headline_by="question", breakdowns=("question",))
    asked = [(1, builders.COMMITTEE, "A"), (1, builders.COMMITTEE, "B"), (2, "Barn", "A"), (3, "Norr", "B")]
    cells = [builders.key(level=n, org=org, breakdown="question", category=category) for n, org, category in asked]
    none = builders.share(builders.key(level=3, org="Norr", breakdown="question", category="A"), 0, 0)
    figures = builders.figures(none, *(builders.share(cell, 5, 10) for cell in cells))

    def told(place: Place) -> list[str]:
        return [one.category for one in told_as(REFERENCE, metric, figures, place)]

    assert told(Place()) == ["A", "B"]
    assert told(Place(programme="barn")) == ["A"]
    assert told(Place(unit="norr")) == ["B"]
    assert told(Place(unit="Söder")) == [""]
