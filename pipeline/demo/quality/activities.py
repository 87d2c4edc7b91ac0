"""Activities (aktiviteter) towards the goals: a row an activity and tertial, as its status was reported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pipeline.demo.quality.goal_story import GOALS, ActivityStory, GoalStory
from pipeline.demo.quality.whole import named, tertial_ends, whole
from pipeline.demo.society import Society
from pipeline.demo.tables import Table
from pipeline.demo.times import months_on

_COLUMNS = ("goal", "activity", "metrics", "responsible", "unit", "due", "status", "goal_status", "date", "comment")
REPORTS = 4  # tertials back


def make(society: Society, cases: Mapping[str, Table]) -> Table:
    """The oldest report first."""
    records = [
        _reported(society, goal, activity, place, day)
        for place, day in enumerate(tertial_ends(society.calendar, REPORTS))
        for goal in GOALS
        for activity in goal.activities
    ]
    return whole(society, _COLUMNS, records)


def _reported(society: Society, goal: GoalStory, activity: ActivityStory, place: int, day: Any) -> tuple[Any, ...]:
    latest = place == REPORTS - 1
    ends = np.array([society.calendar.tertial.ends], dtype="datetime64[D]")
    return (
        goal.delivery,
        activity.text,
        named(tuple(dict.fromkeys(target.metric for target in goal.targets))),
        activity.responsible,
        society.organisation.name_of(activity.unit),
        months_on(ends, activity.months_left)[0],
        activity.statuses[place],
        goal.judged if latest else "",
        day,
        activity.comment if latest else "",
    )
