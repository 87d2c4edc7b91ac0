"""Activities towards the goals, as they stood on a day, and what has become of each goal.

Source: the extract contract's *activities*. Rows dated after the day have not happened. A goal's status is the one that
the municipality last gave it (`goal_status`), else computed of its activities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pipeline.database import Database
from pipeline.management.naming import natural_order, nearest, references
from pipeline.management.ours import Ours
from pipeline.management.warnings import merged
from pipeline.model import Figures, Key, Metric, Warned
from pipeline.model.goals import Activity, ActivityStatus, Goals, PursuedGoal
from pipeline.model.references import comparable, told_as
from pipeline.privacy import mask

_EXTRACT = "activities"
_COLUMNS = ("goal", "activity", "metrics", "responsible", "unit", "due", "status", "goal_status", "date", "comment")
_ROWS = f"""
select {", ".join(_COLUMNS)}
from loaded.activities
where date <= ?
order by date, source_system, goal, activity, unit
"""
_LEAST_FIRST = (ActivityStatus.NOT_JUDGED, ActivityStatus.NOT_DONE, ActivityStatus.PARTLY, ActivityStatus.DONE)

Row = Mapping[str, Any]


def read(
    database: Database,
    ours: Ours,
    metrics: Mapping[str, Metric],
    measures: Collection[str],
    day: date,
    elsewhere: Collection[str] = (),
) -> tuple[tuple[PursuedGoal, ...], tuple[Warned, ...]]:
    """Each goal with its activities by the end of the day, and the faults that were found.

    `measures` are those that measured values were delivered for; `elsewhere` the goals that only other committees have.
    """
    by_goal: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(database, day):
        if ours.includes(None, row["unit"]) and row["goal"] not in elsewhere:
            by_goal[row["goal"]].append(row)
    pursued: list[PursuedGoal] = []
    faults: list[Warned] = []
    for goal, rows in sorted(by_goal.items(), key=lambda item: natural_order(item[0])):
        activities = tuple(_activities(rows, metrics, measures, day))
        faults += _unknown_metrics(activities, metrics, measures)
        judged = _judged(rows)
        if len(judged) > 1:
            faults.append(_judged_apart(goal, judged))
        status = min(judged, key=_LEAST_FIRST.index) if judged else of_goal([a.status for a in activities])
        pursued.append(PursuedGoal(goal, activities, status, is_judged=bool(judged)))
    return tuple(pursued), merged(faults)


def of_goal(statuses: Iterable[ActivityStatus]) -> ActivityStatus:
    """A goal's status by its activities'; those not judged are left out.

    Done when all are, not done when none is even partly, else partly done; not judged when none is.
    """
    known = {status for status in statuses if status is not ActivityStatus.NOT_JUDGED}
    if not known:
        return ActivityStatus.NOT_JUDGED
    return known.pop() if len(known) == 1 else ActivityStatus.PARTLY


def compared(goals: Goals, figures: Figures, metrics: Mapping[str, Metric]) -> tuple[tuple[Key, Key], ...]:
    """The pairs of figures (now, before) that tell what has happened since each activity was begun, each pair once."""
    named = ((one, activity.since) for g in goals.pursued for activity in g.activities for one in activity.references)
    pairs: dict[tuple[Key, Key], None] = {}
    for reference, since in named:
        metric = metrics.get(reference.metric)
        if metric is None:
            continue
        found = (comparable(metric, figures, told, since) for told in told_as(reference, metric, figures))
        pairs |= dict.fromkeys(pair for pair in found if pair is not None)
    return tuple(pairs)


# --- activities -----------------------------------------------------------------------------------------------------


def _rows(database: Database, day: date) -> Iterator[Row]:
    for values in database.rows(_ROWS, [day]):
        yield {
            name: mask(value) if isinstance(value, str) else value for name, value in zip(_COLUMNS, values, strict=True)
        }


def _activities(
    rows: Sequence[Row], metrics: Mapping[str, Metric], measures: Collection[str], day: date
) -> Iterator[Activity]:
    by_activity: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_activity[row["activity"], row["unit"] or ""].append(row)
    in_order = sorted(by_activity.items(), key=lambda item: tuple(map(natural_order, item[0])))
    for (text, unit), own in in_order:
        found, unknown = references(_last(own, "metrics"), metrics, measures)
        status, due = ActivityStatus(own[-1]["status"]), _last(own, "due")
        yield Activity(
            text=text,
            unit=unit,
            responsible=_last(own, "responsible") or "",
            due=due,
            is_late=due is not None and due < day and status is not ActivityStatus.DONE,
            status=status,
            comment=own[-1]["comment"] or "",
            since=own[0]["date"],
            dated=own[-1]["date"],
            references=tuple(reference for reference in found if reference.metric in metrics),
            unknown=unknown,
        )


def _last(rows: Sequence[Row], column: str) -> Any:
    """What the latest row that tells it says."""
    return next((row[column] for row in reversed(rows) if row[column] is not None), None)


# --- goals ----------------------------------------------------------------------------------------------------------


def _judged(rows: Sequence[Row]) -> set[ActivityStatus]:
    """What the municipality said of the goal the last day that it said anything; several when its rows disagree."""
    days = [row["date"] for row in rows if row["goal_status"] is not None]
    return {
        ActivityStatus(row["goal_status"])
        for row in rows
        if days and row["date"] == max(days) and row["goal_status"] is not None
    }


def _judged_apart(goal: str, judged: Collection[ActivityStatus]) -> Warned:
    told = " och ".join(sorted(judged))
    text = f"Målet ”{goal}” har olika bedömningar samma dag ({told}). Den lägsta används."
    return Warned(_EXTRACT, "goal_judged_apart", text, 1)


def _unknown_metrics(
    activities: Iterable[Activity], metrics: Mapping[str, Metric], measures: Collection[str]
) -> Iterator[Warned]:
    for activity in activities:
        for name in activity.unknown:
            text = f"Måttet ”{name}” finns inte bland måtten. {nearest(name, metrics, measures)}"
            yield Warned(_EXTRACT, "activity_metric_unknown", text, 1, (activity.text,))
