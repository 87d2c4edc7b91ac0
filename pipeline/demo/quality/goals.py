"""The goal tree (mål): a row a metric and spell of days that its target holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from pipeline.demo.quality.goal_story import GOALS, GoalStory, TargetStory
from pipeline.demo.quality.whole import whole
from pipeline.demo.society import Society
from pipeline.demo.tables import Table
from pipeline.demo.times import NO_DAY, OPEN_END

_COLUMNS = (
    "direction",
    "effect",
    "delivery",
    "metric",
    "statistic",
    "area",
    "unit",
    "target",
    "better",
    "valid_from",
    "valid_to",
)


def make(society: Society, cases: Mapping[str, Table]) -> Table:
    """The goals in the order of the tree."""
    records = [row for goal in GOALS for target in goal.targets for row in _rows(society, goal, target)]
    return whole(society, _COLUMNS, records)


def _rows(society: Society, goal: GoalStory, target: TargetStory) -> Iterator[tuple[Any, ...]]:
    """One row, or two where the value was another before the reorganisation."""
    change = np.datetime64(society.calendar.reorganised)
    if target.before is not None:
        yield _row(society, goal, target, target.before, NO_DAY, change - 1)
    yield _row(society, goal, target, target.value, NO_DAY if target.before is None else change, OPEN_END)


def _row(
    society: Society, goal: GoalStory, target: TargetStory, value: float, first: Any, last: Any
) -> tuple[Any, ...]:
    return (
        goal.direction,
        goal.effect,
        goal.delivery,
        target.metric,
        target.statistic,
        str(target.area),
        society.organisation.name_of(target.unit),
        float(value),
        target.better,
        first,
        last,
    )
