"""Assessments of care levels (nivåbedömningar) for the LSS services that are paid by level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from pipeline.demo.chance import Quantiles, drifting
from pipeline.demo.society import Society
from pipeline.demo.tables import Table, length, numbered, rows, stacked
from pipeline.demo.times import NO_DAY, Column, days_on

SERVICES = ("Daglig verksamhet", "Bostad med särskild service")
LEVELS = 6
RAISED, LOWERED = 0.14, 0.06  # of yearly assessments
PRELIMINARY = 0.45
FOLLOWED_UP = 0.85  # preliminary levels that are assessed again
FOLLOWED_UP_AFTER: Quantiles = ((0, 45), (0.7, 85), (0.9, 100), (1, 150))
ASSESSED_A_YEAR = (0.7, 0.9)
JOINT = (0.62, 0.84)
NOT_SAID = 0.06
LONGEST_YEARS = 10


def make(society: Society, cases: Mapping[str, Table]) -> Table:
    """Assessments in the order they were made: at the start, after a preliminary one, and about once a year."""
    services = _services(society, cases["decisions"])
    table = stacked(list(_assessments(society, services)))
    assessed, calendar = table["assessed"], society.calendar
    table = rows(table, (assessed >= np.datetime64(calendar.starts)) & ~np.isnat(calendar.known(assessed)))
    table = rows(table, np.argsort(table["assessed"], kind="stable"))
    new = table["assessed"] >= np.datetime64(calendar.new_system)
    return table | {
        "assessment_id": numbered("N", society.first_id(), length(table)),
        "joint": _joint(society, table["assessed"]),
        "source_system": np.where(new, "Akten Plus", "Akten").astype(object),
    }


def _services(society: Society, decisions: Table) -> Table:
    """One row a person and service, from its first day to its last."""
    granted = np.isin(decisions["service"].astype(str), SERVICES) & (decisions["result"] != "avslag")
    found = rows(decisions, granted & ~np.isnat(decisions["executed"]))
    found = rows(found, np.argsort(found["executed"], kind="stable"))
    together = found["person"] * len(SERVICES) + (found["service"] == SERVICES[1])
    _, first, group = np.unique(together, return_index=True, return_inverse=True)
    delivered = np.datetime64(society.calendar.delivered)
    until = np.fmin(np.fmin(found["ended"], found["valid_to"]), delivered)
    last = np.full(len(first), np.datetime64(society.calendar.services_from))
    np.maximum.at(last, group, until)
    return rows(found, first) | {"until": last}


def _assessments(society: Society, services: Table) -> Iterator[Table]:
    chance, count = society.chance, length(services)
    level = chance.whole(1, LEVELS, count)
    day = days_on(services["executed"], chance.whole(-20, 25, count))
    preliminary = chance.happens(PRELIMINARY, count)
    yield _rows(services, day, level, preliminary)
    again = days_on(day, chance.days(FOLLOWED_UP_AFTER, count))
    followed_up = preliminary & chance.happens(FOLLOWED_UP, count) & (again <= services["until"])
    level = _changed(society, level)
    yield _rows(services, np.where(followed_up, again, NO_DAY), level, np.zeros(count, dtype=bool))
    for year in range(1, LONGEST_YEARS + 1):
        day = days_on(services["executed"], 360 * year + chance.whole(-40, 30, count))
        made = chance.happens(drifting(society.calendar.progress(day), ASSESSED_A_YEAR), count)
        level = np.where(made, _changed(society, level), level)
        yield _rows(services, np.where(made & (day <= services["until"]), day, NO_DAY), level, np.zeros(count, bool))


def _rows(services: Table, day: Column, level: Column, preliminary: Column) -> Table:
    table = {
        "person": services["person"],
        "unit": services["unit"],
        "service": services["service"],
        "assessed": day,
        "level": level,
        "preliminary": np.where(preliminary, 1, 0),
    }
    return rows(table, ~np.isnat(day))


def _changed(society: Society, level: Column) -> Column:
    draw = society.chance.uniform(len(level))
    return np.clip(level + np.select([draw < RAISED, draw > 1 - LOWERED], [1, -1], 0), 1, LEVELS)


def _joint(society: Society, assessed: Column) -> Column:
    chance, count = society.chance, len(assessed)
    joint = np.where(chance.happens(drifting(society.calendar.progress(assessed), JOINT), count), 1, 0)
    return np.where(chance.happens(NOT_SAID, count), -1, joint)
