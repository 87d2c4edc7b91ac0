"""What the months of a metric show beyond chance: limits, signals, and what is said of them."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.model import Break, Figure, Metric, Statistic
from pipeline.periods import Window, month_end
from pipeline.publish import charts, signals
from pipeline.publish.theme import theme
from pipeline.statistics import Signal
from tests.unit.builders import key, metric

FLOW, STOCK = metric(), metric(flow=False)
DAYS = metric(statistics=(Statistic.MEAN,), unit="dagar", better="lower")
STEADY = [80, 82] * 12
ONE_OUTSIDE = [*[70, 90] * 10, 0, *[90, 70, 90]]


def months(values: list[int | None], rows: int = 100, of: Metric = FLOW) -> list[tuple[Window, Figure]]:
    """A series of months from January 2025: per cent of `rows`, or the days of a distribution; None = hidden."""
    points = []
    for at, value in enumerate(values):
        year, month = 2025 + at // 12, at % 12 + 1
        window = Window(f"month_{year}_{month:02}", "month", "month", date(year, month, 1), month_end(year, month))
        where = key(window=window.window_id, statistic=of.judged)
        if value is None:
            figure = Figure(where, window.ends, suppressed=True)
        elif of.judged is Statistic.SHARE:
            figure = Figure(where, window.ends, value * rows // 100, rows, value / 100)
        else:
            figure = Figure(where, window.ends, None, rows, float(value))
        points.append((window, figure))
    return points


def test_chance_is_said_to_explain_a_steady_series() -> None:
    found = signals.band(FLOW, months(STEADY))
    assert found is not None
    assert not found.months
    assert signals.told(found) == "Månaderna varierar inte mer än slumpen kan förklara."


def test_a_month_outside_is_named() -> None:
    found = signals.band(FLOW, months(ONE_OUTSIDE))
    assert found is not None
    assert [(day, Signal.OUTSIDE in one) for day, one in found.months] == [(date(2026, 9, 30), True)]
    assert signals.told(found) == "Mer än slumpen kan förklara: september 2026."


def test_months_in_a_row_are_told_as_one_span() -> None:
    told = signals.told(signals.band(DAYS, months([100, 110] * 8 + [103] * 8, of=DAYS)))
    assert told == (
        "Minst sju månader i rad på samma sida om medelvärdet, vilket tyder på en verklig förändring: maj 2026 till"
        " december 2026."
    )


def test_a_hidden_month_has_no_part_in_the_limits() -> None:
    """Limits that rested on it could be reckoned back to it."""
    hidden = months([*STEADY[:20], None, *STEADY[21:]])
    changed = [
        *hidden[:20],
        (hidden[20][0], Figure(hidden[20][1].key, hidden[20][0].ends, suppressed=True)),
        *hidden[21:],
    ]
    assert signals.band(FLOW, hidden) == signals.band(FLOW, changed)
    assert signals.band(FLOW, hidden) != signals.band(FLOW, months([*STEADY[:20], 10, *STEADY[21:]]))


@pytest.mark.parametrize(
    ("points", "has_limits", "is_trial"), [(5, False, False), (6, True, True), (11, True, True), (12, True, False)]
)
def test_few_points_give_trial_limits_or_none(points: int, has_limits: bool, is_trial: bool) -> None:
    found = signals.band(FLOW, months(STEADY[:points]))
    assert (found is not None) is has_limits
    assert ("Gränserna är preliminära" in signals.told(found)) is is_trial


def test_the_state_on_a_day_has_no_limits() -> None:
    assert signals.band(STOCK, months(STEADY)) is None
    assert signals.told(None) == ""


def test_limits_lie_where_figures_can_lie() -> None:
    share, days = signals.band(FLOW, months([95, 100] * 12)), signals.band(DAYS, months([1, 9] * 12, of=DAYS))
    assert share is not None
    assert share.high == 1.0
    assert days is not None
    assert days.low == 0.0


def test_a_change_of_case_system_starts_the_series_anew() -> None:
    points = months([20, 22] * 6 + [80, 82] * 6)
    changed = Break(date(2026, 1, 1), "Gamla", "Nya")
    found = signals.band(FLOW, points, [changed])
    assert found is not None
    assert (found.since, round(found.mean, 2), found.months) == (date(2026, 1, 1), 0.81, ())


@pytest.mark.parametrize(("rows", "is_small"), [(9, True), (10, False)])
def test_months_on_few_rows_are_put_together_by_twelve(rows: int, is_small: bool) -> None:
    points = months([100, 0] * 12, rows)
    together = signals.rolling(FLOW, points)
    assert signals.is_small(FLOW, points) is is_small
    assert (signals.band(FLOW, points) is None) is is_small
    assert [share for _, share in together] == ([0.5] * 13 if is_small else [])


def test_twelve_months_with_a_hidden_one_are_not_put_together() -> None:
    together = signals.rolling(FLOW, months([100, 0] * 6 + [None] + [0] * 11, 4))
    assert [share is None for _, share in together] == [False] + [True] * 12


def test_the_chart_shows_the_band_and_marks_the_signals() -> None:
    points = months(ONE_OUTSIDE)
    chart = charts.trend(FLOW, points, [], points[-1][1])
    (box,) = [shape for shape in chart["layout"]["shapes"] if shape["type"] == "rect"]
    assert box["fillcolor"] == theme()["chart"]["light"]["band"]
    assert box["y0"] < 0.8 < box["y1"]
    assert [at for at, symbol in enumerate(chart["data"][0]["marker"]["symbol"]) if symbol == "square"] == [20]


def test_the_chart_of_small_months_draws_twelve_together() -> None:
    points = months([100, 0] * 12, 4)
    chart = charts.trend(FLOW, points, [], points[-1][1])
    assert chart["data"][-1]["line"]["dash"] == "dot"
    assert chart["data"][-1]["text"][-1] == "Tolv månader till och med december 2026: 50\N{NO-BREAK SPACE}%"
    assert "shapes" not in chart["layout"]
