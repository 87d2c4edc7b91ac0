"""Feedback of all years: by unit, by type and by who left it, from public figures of calendar years."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language import later, say
from pipeline.model import Figure, Level, Metric, swedish_order
from pipeline.periods import Window
from pipeline.publish import forms, words
from pipeline.publish.forms import DASH, HIDDEN

if TYPE_CHECKING:
    from pipeline.publish.report import Report

METRIC = "feedback"
ANCHOR, TITLE = "synpunkter-alla-ar", later("Synpunkter alla år")
TOTAL = later("Samtliga")
_CAPTIONS = {
    "feedback": later("Synpunkter efter typ av synpunkt och år"),
    "submitter": later("Synpunkter efter vem som lämnade dem och år"),
}
BREAKDOWNS = (("feedback", later("Typ av synpunkt")), ("submitter", later("Lämnad av")))


@dataclass(frozen=True)
class YearTable:
    """A table of counts: a row a unit or category, a column a year; the committee's total stands first."""

    table_id: str
    caption: str
    first_column: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class FeedbackYears:
    """The tables, and their years as headings, the oldest first."""

    anchor: str
    title: str
    years: tuple[str, ...]
    tables: tuple[YearTable, ...]


def part(report: Report) -> FeedbackYears | None:
    """The tables; None where no feedback was delivered or none ever came."""
    metric, figures = report.metrics.get(METRIC), report.figures
    if metric is None or METRIC in figures.missing:
        return None
    years = sorted((w for w in figures.windows.values() if w.series == "year"), key=lambda window: window.starts)
    by_unit = [figures.by_org(metric, Level.UNIT, window=year.window_id) for year in years]
    total = tuple(_count(figures.get(metric, window=year.window_id)) for year in years)
    if not any(count not in ("0", DASH) for count in total):
        return None
    return FeedbackYears(
        anchor=ANCHOR,
        title=TITLE,
        years=tuple(map(_year, years)),
        tables=(
            YearTable(
                f"{ANCHOR}-enhet",
                say("Synpunkter per enhet och år"),
                say("Enhet"),
                ((TOTAL, total), *_rows(by_unit)),
            ),
            *(_by_category(metric, name, heading, years, total, report) for name, heading in BREAKDOWNS),
        ),
    )


def _by_category(
    metric: Metric, name: str, heading: str, years: Sequence[Window], total: tuple[str, ...], report: Report
) -> YearTable:
    by_category = [report.figures.breakdown(metric, name, window=year.window_id) for year in years]
    caption = _CAPTIONS[name]
    return YearTable(
        f"{ANCHOR}-{name}",
        caption,
        heading,
        ((TOTAL, total), *_rows(by_category, lambda category: words.category(metric, name, category))),
    )


def _rows(
    of_years: Sequence[Sequence[Figure]], called: Callable[[str], str] = forms.capital
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Those with anything in some year, by name."""
    by_name: dict[str, dict[int, Figure]] = {}
    for place, found in enumerate(of_years):
        for figure in found:
            by_name.setdefault(figure.key.category or figure.key.org, {})[place] = figure
    kept = {name: row for name, row in by_name.items() if any(f.suppressed or f.denominator for f in row.values())}
    return tuple(
        (called(name), tuple(_count(kept[name].get(place)) for place in range(len(of_years))))
        for name in sorted(kept, key=swedish_order)
    )


def _count(figure: Figure | None) -> str:
    """A category that nobody had that year has no figure, and is nought."""
    if figure is None:
        return "0"
    if figure.suppressed:
        return HIDDEN
    return DASH if figure.denominator is None else forms.number(figure.denominator)


def _year(window: Window) -> str:
    if (window.ends.month, window.ends.day) == (12, 31):
        return str(window.ends.year)
    return say("{year} till {day}", year=window.ends.year, day=forms.day(window.ends).rsplit(" ", 1)[0])
