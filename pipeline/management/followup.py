"""The plan of follow-up (uppföljningsplan): what is to be measured, when, and which figures answer it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from pipeline.database import Database
from pipeline.management import schedules
from pipeline.management.masking import masked
from pipeline.management.naming import references
from pipeline.management.ours import Ours
from pipeline.management.register import Register
from pipeline.management.schedules import Schedule
from pipeline.model import Metric, swedish_order
from pipeline.model.goals import Reference
from pipeline.model.management import Measured, PlanItem

_ROWS = """
select
    area,
    unit,
    definition,
    method,
    responsible,
    schedule,
    coalesce(goal, '') as goal,
    coalesce(level, '') as level,
    coalesce(requirement, '') as requirement,
    coalesce(kind, '') as kind,
    metrics
from loaded.followup_plan
"""
# Extracts whose rows are the measurement itself: nothing is there until somebody has measured. For each its day, and
# the names that a category of its figures may have.
_BY_HAND = {
    "reviews": ("reviewed", ("review", "question", "review || ': ' || question")),
    "surveys": ("date", ("survey", "question", "survey || ': ' || question")),
    "vignettes": ("date", ("vignette",)),
    "measurements": ("date", ("measure",)),
    "activities": ("date", ("goal",)),
    "controls": ("date", ("control", "risk || ': ' || control")),
}

# Unit, day, and the names that the row's figures may have.
_Dated = tuple[str | None, date, frozenset[str]]


def read(
    database: Database,
    ours: Ours,
    register: Register,
    day: date,
    metrics: Mapping[str, Metric],
    measures: Collection[str],
) -> tuple[PlanItem, ...]:
    """The committee's plan as of a day, quality area by quality area."""
    rows = _MeasuredByHand(database, ours, register, day)
    found = []
    for area, unit, definition, method, responsible, schedule, *more, named in map(masked, database.rows(_ROWS)):
        if not ours.includes(None, unit):
            continue
        planned = schedules.parse(schedule)
        pointed_at, unknown = references(named, metrics, measures)
        goal, level, requirement, kind = more
        measured = (Measured(one, rows.days(one, metrics.get(one.metric), unit)) for one in pointed_at)
        item = PlanItem(
            area=area, unit=unit, definition=definition, method=method, responsible=responsible, schedule=schedule,
            due=_due(planned, day), scope=register.level(unit), goal=goal, level=level, requirement=requirement,
            kind=kind, measured=tuple(measured), unknown=unknown, unread=planned.unread,
        )  # fmt: skip
        found.append(item)
    return tuple(sorted(found, key=lambda item: tuple(map(swedish_order, (item.area, item.definition, item.unit)))))


def _due(planned: Schedule, day: date) -> tuple[date, ...]:
    before, after = planned.due_before(date(day.year, 1, 1)), planned.due_after(day)
    return tuple(sorted({*([before] if before else []), *planned.due(day.year), *([after] if after else [])}))


class _MeasuredByHand:
    """The days that rows of extracts measured by hand are dated, each extract read when it is first asked for.

    Only rows that count in the committee's figures: those whose unit stands in one of its areas.
    """

    def __init__(self, database: Database, ours: Ours, register: Register, day: date) -> None:
        self._database, self._ours, self._register, self._day = database, ours, register, day
        self._read: dict[str, list[_Dated]] = {}

    def days(self, reference: Reference, metric: Metric | None, unit: str) -> tuple[date, ...] | None:
        """The days of what a reference points at, within what the plan's unit stands for; None when not by hand."""
        extract = next(iter(metric.needs), "") if metric else ""
        if extract not in _BY_HAND:
            return None
        category = reference.category.lower()
        found = {
            dated
            for place, dated, names in self._rows(extract)
            if self._register.is_within(place, unit) and (not category or category in names)
        }
        return tuple(sorted(found))

    def _rows(self, extract: str) -> list[_Dated]:
        if extract not in self._read:
            dated, names = _BY_HAND[extract]
            listed = ", ".join(f"lower({name})" for name in names)
            rows = self._database.rows(
                f"select distinct unit, {dated}, [{listed}] as names from loaded.{extract} where {dated} <= $day",
                {"day": self._day},
            )
            self._read[extract] = [(unit, on, frozenset(found)) for unit, on, found in rows if self._is_ours(unit)]
        return self._read[extract]

    def _is_ours(self, unit: str | None) -> bool:
        return self._ours.owns(self._register.area_of(unit))
