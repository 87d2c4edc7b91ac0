"""What chance does to a metric's months (XmR), and which of them are more than chance, in words.

Reckoned from the published months alone: limits that rested on a hidden figure could be reckoned back to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pipeline.language import later, say
from pipeline.model import Break, Figure, Metric, Statistic
from pipeline.periods import Window
from pipeline.publish import forms
from pipeline.statistics import Signal, Xmr, xmr

FEWEST_POINTS = 6  # limits on fewer say nothing
FEWEST_ROWS = 10  # a month; on fewer, one case moves a share by ten percentage points
_MONTHS_OF_A_YEAR = 12
_RETOLD = frozenset({"activities"})  # extracts whose rows say how the same things stand, each month anew

Points = Sequence[tuple[Window, Figure]]


@dataclass(frozen=True)
class Band:
    """The limits of chance around a series of months, from a month on, and the months that are more than chance."""

    since: date  # the first day of the first month that is reckoned with
    mean: float
    low: float
    high: float
    months: tuple[tuple[date, frozenset[Signal]], ...]  # the month's last day
    is_trial: bool


def band(metric: Metric, months: Points, breaks: Sequence[Break] = ()) -> Band | None:
    """The band of a metric's months; None on too few points, or where the months are too small to be judged one by one.

    A change of case system starts the series anew. The state on a day has none: from one month to the next it is mostly
    the same cases, so the months move too little for limits that take them to be independent.
    """
    if not metric.flow:
        return None
    start = breaks[-1].day if breaks else date.min
    points = [(window, value(point)) for window, point in months if window.ends >= start]
    given = [at for _, at in points if at is not None]
    if len(given) < FEWEST_POINTS or is_small(metric, months):
        return None
    found = xmr([at for _, at in points])
    if found is None:
        return None
    low, high = _within(metric, found)
    signals = tuple((window.ends, one) for (window, _), one in zip(points, found.signals, strict=True) if one)
    return Band(points[0][0].starts, found.mean, low, high, signals, found.is_trial)


def is_small(metric: Metric, months: Points) -> bool:
    """Whether a share's months are too small to be judged one by one: half of them have fewer than `FEWEST_ROWS`."""
    if metric.judged is not Statistic.SHARE:
        return False
    rows = sorted(point.denominator or 0 for _, point in months if not point.suppressed)
    return bool(rows) and rows[len(rows) // 2] < FEWEST_ROWS


def rolling(metric: Metric, months: Points) -> list[tuple[Window, float | None]]:
    """Twelve months put together, month by month, for a flow whose months are small; empty for others.

    The windows overlap, so that no test for signals is made of them. Not for what tells the same things anew month
    after month: its months do not add up.
    """
    if _RETOLD & metric.needs.keys():
        return []
    if not metric.flow or not is_small(metric, months) or len(months) < _MONTHS_OF_A_YEAR:
        return []
    return [
        (months[last][0], _together([point for _, point in months[last - _MONTHS_OF_A_YEAR + 1 : last + 1]]))
        for last in range(_MONTHS_OF_A_YEAR - 1, len(months))
    ]


def told(found: Band | None) -> str:
    """One sentence on what the months show beyond chance; empty without limits."""
    if found is None:
        return ""
    trial = say("Gränserna är preliminära, eftersom månaderna är färre än tolv.") if found.is_trial else ""
    if not found.months:
        return f"{say('Månaderna varierar inte mer än slumpen kan förklara.')} {trial}".rstrip()
    parts = [_sentence(name, [day for day, one in found.months if signal in one]) for signal, name in _NAMES.items()]
    return " ".join(filter(None, (*parts, trial)))


_NAMES = {
    Signal.OUTSIDE: later("Mer än slumpen kan förklara: {months}."),
    Signal.RUN: later(
        "Minst sju månader i rad på samma sida om medelvärdet, vilket tyder på en verklig förändring: {months}."
    ),
    Signal.TWO_OF_THREE: later(
        "Två av tre månader långt från medelvärdet, vilket tyder på en verklig förändring: {months}."
    ),
}


def _sentence(pattern: str, days: Sequence[date]) -> str:
    return say(pattern, months=forms.listed([_span(run) for run in _runs(days)])) if days else ""


def _runs(days: Sequence[date]) -> list[list[date]]:
    """Months that follow one another."""
    numbered = [(day.year * 12 + day.month - at, day) for at, day in enumerate(days)]
    return [[day for _, day in run] for _, run in groupby(numbered, key=lambda pair: pair[0])]


def _span(run: Sequence[date]) -> str:
    first, last = forms.month(run[0]), forms.month(run[-1])
    return first if len(run) == 1 else say("{first} till {last}", first=first, last=last)


def value(point: Figure) -> float | None:
    """A month's value as it may be shown: None where it is hidden or there was nothing to measure."""
    return None if point.suppressed or point.value is None else round(point.value, 4)


def _within(metric: Metric, found: Xmr) -> tuple[float, float]:
    """Limits cut where no figure can lie: a share within 0–1, days and counts from 0."""
    if metric.judged is Statistic.ALPHA:
        return found.low, min(found.high, 1.0)
    return max(found.low, 0.0), min(found.high, 1.0) if metric.judged.is_share else found.high


def _together(points: Sequence[Figure]) -> float | None:
    rows = sum(point.denominator or 0 for point in points)
    if any(point.suppressed for point in points) or not rows:
        return None
    return round(sum(point.numerator or 0 for point in points) / rows, 4)
