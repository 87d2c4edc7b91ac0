"""What of the plan of follow-up was due, and what came of it; from the plan's days and public figures alone.

What is drawn from a case system has come when its extract was delivered on the due day or later; the unit may then
have had nothing to measure. What is measured by
hand (reviews, surveys, values, …) has come when something is dated since the due day before; dated after the due day
it is late. Where the unit's figures are hidden, nothing is told: that nothing was measured would tell of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from pipeline.language import later
from pipeline.model import Figure, Figures, Level, Metric
from pipeline.model.management import Measured, PlanItem
from pipeline.periods import year_back
from pipeline.publish.forms import HIDDEN
from pipeline.publish.outcomes import title
from pipeline.publish.words import NOTHING, Mark, Verdict

if TYPE_CHECKING:
    from pipeline.publish.report import Report


class State(StrEnum):
    """How a due day stands, in the words of the report; from the gravest."""

    MISSING = "saknas"
    UNFOLLOWED = "utan mått"
    PROTECTED = HIDDEN
    NOTHING = NOTHING
    LATE = "gjord sent"
    DONE = "gjord"
    COMING = "kommer"


_MARKS = {
    State.MISSING: Mark.NOT_MET,
    State.LATE: Mark.MET,
    State.DONE: Mark.MET,
    State.COMING: Mark.NO_TARGET,
}
_GRAVITY = tuple(State)
LEGEND = (State.DONE, State.LATE, State.MISSING, State.COMING, State.NOTHING, State.UNFOLLOWED)


def verdict(state: State) -> Verdict:
    """The state as it is printed, its word with its shape."""
    return Verdict(_MARKS.get(state, Mark.NONE), later(state.value))


@dataclass(frozen=True)
class Due:
    """A due day of something in the plan: how it stands, and which figures are missing."""

    day: date
    state: State
    missing: tuple[str, ...] = ()


def due_days(item: PlanItem, report: Report) -> tuple[Due, ...]:
    """Every due day of the report's year, oldest first, as of the period's last day."""
    year = report.figures.period.year
    return tuple(_due(item, place, report) for place, day in enumerate(item.due) if day.year == year)


def next_due(item: PlanItem, report: Report) -> date | None:
    """The first due day after the period."""
    return next((day for day in item.due if day > report.figures.period.ends), None)


def _due(item: PlanItem, place: int, report: Report) -> Due:
    day = item.due[place]
    if day > report.figures.period.ends:
        return Due(day, State.COMING)
    if not item.measured:
        return Due(day, State.UNFOLLOWED)
    found = [(one, _state(one, item, place, report)) for one in item.measured]
    gravest = min((state for _, state in found), key=_GRAVITY.index)
    missing = tuple(name(one, report) for one, state in found if state is State.MISSING)
    return Due(day, gravest, missing)


def name(one: Measured, report: Report) -> str:
    """What the figure is called."""
    metric = report.metrics.get(one.reference.metric)
    return title(one.reference, metric) if metric else one.reference.metric


def _state(one: Measured, item: PlanItem, place: int, report: Report) -> State:
    figures, metric = report.figures, report.metrics.get(one.reference.metric)
    if metric is None or metric.metric_id in figures.missing:
        return State.MISSING
    due = item.due[place]
    if one.days is None:
        delivered = figures.known_to.get(metric.metric_id)
        if delivered is not None and delivered < due:
            return State.MISSING
        return State.NOTHING if _is_empty(one, metric, item, figures, due) else State.DONE
    if _is_hidden(one, metric, item, figures):
        return State.PROTECTED
    return _by_hand(one.days, item.due, place, figures.period.ends)


def _by_hand(days: Sequence[date], due: Sequence[date], place: int, last: date) -> State:
    """Each day belongs to the due day that follows it; the first of two before that one may be a late earlier one."""
    before = due[place - 1] if place else year_back(due[place])
    if any(before < day <= due[place] for day in days):
        return State.DONE
    following = due[place + 1] if place + 1 < len(due) else last
    later = [day for day in days if due[place] < day <= min(following, last)]
    is_spare = following > last or len(later) > 1
    return State.LATE if later and is_spare else State.MISSING


def _is_hidden(one: Measured, metric: Metric, item: PlanItem, figures: Figures) -> bool:
    windows = [w.window_id for w in figures.windows.values() if w.series == "report"]
    return any(figure.suppressed for window in windows for figure in _figures(one, metric, item, figures, window))


def _is_empty(one: Measured, metric: Metric, item: PlanItem, figures: Figures, due: date) -> bool:
    """Whether all that the report shows of a time with the due day in it is that there was nothing to measure."""
    windows = [w for w in figures.windows.values() if w.series == "report" and w.starts <= due <= w.ends]
    found = [figure for window in windows for figure in _figures(one, metric, item, figures, window.window_id)]
    return bool(found) and all(f.value is None and not f.suppressed and f.denominator == 0 for f in found)


def _figures(one: Measured, metric: Metric, item: PlanItem, figures: Figures, window: str) -> Iterator[Figure]:
    """The total that follows the item in a window and, where one category does, that."""
    for total in figures.by_org(metric, item.scope, window=window):
        if item.scope is not Level.COMMITTEE and total.key.org.casefold() != item.unit.casefold():
            continue
        yield total
        for known in figures.breakdown(metric, metric.headline_by, window=window) if one.reference.category else ():
            if known.key.category.casefold() == one.reference.category.casefold():
                key = replace(total.key, breakdown=known.key.breakdown, category=known.key.category)
                if key in figures.figures:
                    yield figures.figures[key]
