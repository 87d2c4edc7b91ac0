"""How a headline has gone over time: a chart, and the same numbers as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.language import say
from pipeline.model import Break, Figure, Figures, Metric
from pipeline.periods import Window
from pipeline.publish import charts, forms, signals, system_changes, words


@dataclass(frozen=True)
class Course:
    """A trend chart and the same numbers as rows: when, what else is to be said of that time, n of N, outcome.

    `breaks` names the changes of case system that are drawn, and `warning` tells what they mean for the reader.
    """

    chart_id: str
    title: str
    measure: str  # statistic and unit of the axis
    description: str
    chart: dict[str, Any]
    lines: tuple[tuple[str, bool], ...]  # name, whether it is the law's
    step_name: str  # what the steps are; empty without steps
    parts: tuple[tuple[str, str, str, str], ...]
    months: tuple[tuple[str, str, str, str], ...]
    breaks: tuple[str, ...]
    warning: str
    has_band: bool
    has_signals: bool
    is_rolling: bool
    chance: str  # what the months show beyond chance


def course(metric: Metric, figure: Figure, figures: Figures, chart_id: str) -> Course | None:
    """The course of a headline's months and parts of a year; None where no month can be shown."""
    months = _trend(metric, figure, figures, "month")
    parts = _trend(metric, figure, figures, "part")
    if not any(_is_seen(point) for _, point in months):
        return None
    breaks = figures.breaks_in(metric, [window for window, _ in months])
    warning = system_changes.told(breaks)
    found = signals.band(metric, months, breaks)
    return Course(
        chart_id=chart_id,
        title=f"{metric.question} {figure.key.category}".strip(),
        measure=_measure(metric),
        description=f"{_description(metric, months)} {warning}".strip(),
        chart=charts.trend(metric, months, parts, figure, breaks),
        lines=tuple((name, is_law) for _, name, is_law in charts.reference_lines(metric, figure)),
        step_name=_step_name(metric, parts),
        parts=tuple(_part(metric, w, point) for w, point in reversed(parts)),
        months=tuple(_month(metric, w, point, breaks) for w, point in reversed(months)),
        breaks=tuple(f"{system_changes.name(one)}, {forms.month(one.day)}" for one in breaks),
        warning=warning,
        has_band=found is not None,
        has_signals=found is not None and bool(found.months),
        is_rolling=bool(signals.rolling(metric, months)),
        chance=signals.told(found),
    )


def values(metric: Metric, figure: Figure, figures: Figures) -> list[float | None]:
    """The 24 months of a headline, oldest first; None where nothing can be shown."""
    return [None if point.suppressed else point.value for _, point in _trend(metric, figure, figures, "month")]


def _measure(metric: Metric) -> str:
    name = forms.capital(words.STATISTICS.get(metric.judged, metric.judged.value))
    return f"{name}, {metric.unit}" if metric.judged.is_distribution else name


def _trend(metric: Metric, figure: Figure, figures: Figures, series: str) -> list[tuple[Window, Figure]]:
    return figures.trend(metric, None, series, breakdown=figure.key.breakdown, category=figure.key.category)


def _month(metric: Metric, window: Window, point: Figure, breaks: Sequence[Break]) -> tuple[str, str, str, str]:
    note = system_changes.in_month(breaks, window)
    return forms.month(window.ends), note, words.base(point), words.outcome(metric, point, after_base=True)


def _part(metric: Metric, window: Window, point: Figure) -> tuple[str, str, str, str]:
    when, outcome = f"{forms.window_label(window)} {window.ends.year}", words.outcome(metric, point, after_base=True)
    level = charts.step_level(window, point)
    if metric.judged.is_count and level is not None:
        outcome = say("{outcome} ({level} i månaden)", outcome=outcome, level=forms.number(level, 1))
    return when, "", words.base(point), outcome


def _step_name(metric: Metric, parts: Sequence[tuple[Window, Figure]]) -> str:
    if not any(_is_seen(point) for _, point in parts):
        return ""
    return say("tertialets medel per månad") if metric.judged.is_count else say("hela tertialet")


def _description(metric: Metric, months: Sequence[tuple[Window, Figure]]) -> str:
    seen = [(window, point) for window, point in months if _is_seen(point)]
    by_value = sorted(seen, key=lambda pair: pair[1].value or 0.0)
    lowest, highest, last = (_told(metric, *pair) for pair in (by_value[0], by_value[-1], seen[-1]))
    return say("Lägst {lowest} och högst {highest}; senast {last}.", lowest=lowest, highest=highest, last=last)


def _told(metric: Metric, window: Window, point: Figure) -> str:
    outcome = words.outcome(metric, point, after_base=True)
    return say("{outcome} i {month}", outcome=outcome, month=forms.month(window.ends))


def _is_seen(point: Figure) -> bool:
    return not point.suppressed and point.value is not None
