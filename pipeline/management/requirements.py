"""The requirement matrix (kravmatris): what is demanded, and the routine, method and figures that answer it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from pipeline.database import Database
from pipeline.management.masking import masked
from pipeline.management.naming import references
from pipeline.management.ours import Ours
from pipeline.management.register import Register
from pipeline.model import Level, Metric, swedish_order
from pipeline.model.management import Requirement
from pipeline.model.references import Place

_ROWS = """
select
    regulation,
    requirement,
    coalesce(area, '') as area,
    coalesce(force, '') as force,
    coalesce(unit, '') as unit,
    coalesce(routine, '') as routine,
    case when revised <= $day then revised end as revised,
    next_revision,
    coalesce(method, '') as method,
    coalesce(responsible, '') as responsible,
    metrics
from loaded.requirements
"""


def read(
    database: Database,
    ours: Ours,
    register: Register,
    day: date,
    metrics: Mapping[str, Metric],
    measures: Collection[str],
) -> tuple[Requirement, ...]:
    """The committee's requirements as of a day, by regulation: a routine revised later has not been so yet."""
    found = []
    for (
        regulation,
        requirement,
        area,
        force,
        unit,
        routine,
        revised,
        planned,
        method,
        responsible,
        named,
    ) in map(masked, database.rows(_ROWS, {"day": day})):
        if not ours.includes(register.area(area), unit):
            continue
        pointed_at, unknown = references(named, metrics, measures)
        one = Requirement(
            regulation=regulation, requirement=requirement, area=area, force=force, unit=unit, routine=routine,
            revised=revised, next_revision=planned, method=method, responsible=responsible, references=pointed_at,
            unknown=unknown, place=_place(unit, area, register),
        )  # fmt: skip
        found.append(one)
    return tuple(sorted(found, key=_order))


def _place(unit: str, area: str, register: Register) -> Place:
    """Whose figures answer it: a unit before an area; what is neither stands for the committee."""
    level = register.level(unit) if unit else Level.COMMITTEE
    if level is Level.UNIT:
        return Place(unit=unit)
    return Place(programme=unit) if level is Level.PROGRAMME else Place(area=register.area(area) or "")


def _order(one: Requirement) -> tuple[tuple[str, str], ...]:
    return tuple(map(swedish_order, (one.regulation, one.requirement, one.unit)))
