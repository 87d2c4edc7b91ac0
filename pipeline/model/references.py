"""Which figures a reference points at: how it stands now, and how it stood before something was begun."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from pipeline.model.figures import Figure, Figures, Key
from pipeline.model.goals import Reference
from pipeline.model.metrics import Level, Metric, Statistic
from pipeline.periods import PeriodKind, Window


@dataclass(frozen=True)
class Place:
    """Which of a metric's figures: the judged statistic and window, and the committee as a whole, unless said."""

    statistic: Statistic | None = None
    window: str = ""
    area: str = ""
    unit: str = ""
    programme: str = ""

    @property
    def standing(self) -> tuple[Level, str]:
        """On which level its figures stand, and whose they are; "" is the committee."""
        if self.unit:
            return Level.UNIT, self.unit
        return (Level.PROGRAMME, self.programme) if self.programme else (Level.COMMITTEE, "")


EVERYWHERE = Place()
_BEFORE = ("last_year", "last_tertial", "part", "month")


def figure_of(reference: Reference, metric: Metric, figures: Figures, place: Place = EVERYWHERE) -> Figure | None:
    """The figure that a reference points at; None where there is none at all.

    Where no statistic is asked for and nothing stands behind the judged one, a value delivered as it is is taken.
    """
    figure = _find(reference, metric, figures, replace(place, statistic=place.statistic or metric.judged))
    may_be_delivered = place.statistic is None and Statistic.VALUE in metric.statistics
    if may_be_delivered and (figure is None or (figure.value is None and not figure.suppressed)):
        return _find(reference, metric, figures, replace(place, statistic=Statistic.VALUE)) or figure
    return figure


def told_as(reference: Reference, metric: Metric, figures: Figures, place: Place = EVERYWHERE) -> tuple[Reference, ...]:
    """The reference itself, or one for each category with anything in it where the total would mislead."""
    if reference.category or not metric.headline_by or metric.metric_id in figures.missing:
        return (reference,)
    if metric.headline_by == "area" and place.area and not place.unit:
        return (Reference(reference.metric, place.area),)
    level, name = place.standing
    whose = (name or figures.committee).casefold()
    of_level = figures.by_org(metric, level, place.statistic, place.window or None, metric.headline_by)
    rows = [figure for figure in of_level if figure.key.org.casefold() == whose]
    found = [figure for figure in rows if figure.suppressed or figure.denominator]
    return tuple(Reference(reference.metric, figure.key.category) for figure in found) or (reference,)


def then_and_now(
    reference: Reference, metric: Metric, figures: Figures, begun: date
) -> tuple[Figure | None, Figure | None]:
    """How a figure stood before a day and how it stands at the period's end, in windows of the same kind.

    Before: the last window that ended before the day, of the longest kind that both times have whole windows of (a
    year only where the report is a year's: parts of years are not compared with whole ones). Without such a window
    there is none before, and now is the figure that is judged.
    """
    for now in _windows_now(metric, figures):
        earlier = [w for w in figures.windows.values() if w.kind == now.kind and w.series in _BEFORE and w.ends < begun]
        for window in sorted(earlier, key=lambda w: w.ends, reverse=True):
            then = figure_of(reference, metric, figures, Place(window=window.window_id))
            if then is not None and (then.suppressed or then.value is not None):
                same = Place(Statistic(then.key.statistic), now.window_id)
                return then, figure_of(reference, metric, figures, same)
    return None, figure_of(reference, metric, figures)


def comparable(metric: Metric, figures: Figures, reference: Reference, begun: date) -> tuple[Key, Key] | None:
    """The keys of `then_and_now` as (now, before), where both figures are there."""
    then, now = then_and_now(reference, metric, figures, begun)
    return (now.key, then.key) if then is not None and now is not None else None


def _windows_now(metric: Metric, figures: Figures) -> Iterator[Window]:
    """Windows that end with the period, the longest first; of a stock the last day."""
    ends = figures.period.ends
    for kind in _kinds(metric, figures):
        found = (w for w in figures.windows.values() if w.kind == kind and w.ends == ends)
        yield from sorted(found, key=lambda w: w.series != "report")[:1]


def _kinds(metric: Metric, figures: Figures) -> tuple[str, ...]:
    if not metric.flow:
        return ("stock",)
    year = ("ytd",) if figures.period.kind is PeriodKind.YEAR else ()
    return (*year, "half", "tertial", "quarter", "month")


def _find(reference: Reference, metric: Metric, figures: Figures, place: Place) -> Figure | None:
    window = place.window or figures.judged_window(metric)
    breakdown, category, org = "", "", None
    if reference.category or (place.area and not place.unit):
        breakdown = metric.headline_by if reference.category else "area"
        known = (figure.key.category for figure in figures.breakdown(metric, breakdown, place.statistic, window))
        category = _spelt(reference.category or place.area, known)
    level, name = place.standing
    if name:
        own = figures.by_org(metric, level, place.statistic, window)
        org = _spelt(name, (figure.key.org for figure in own))
    return figures.get(metric, place.statistic, window, level=level, org=org, breakdown=breakdown, category=category)


def _spelt(name: str, known: Iterable[str]) -> str:
    """The name as the figures spell it; as it is where they do not know it."""
    return next((one for one in known if one.casefold() == name.casefold()), name)
