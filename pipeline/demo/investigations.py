"""Investigations (utredningar): how long they take, and whether longer time is decided."""

from __future__ import annotations

import numpy as np

from pipeline.demo.chance import Quantiles, drifting
from pipeline.demo.society import Society
from pipeline.demo.story import AREAS, Area, AreaStory, Role
from pipeline.demo.tables import Table, length, numbered, rows, stacked, texts
from pipeline.demo.times import NO_DAY, Column, days_on, months_on

BY_OWN_INITIATIVE = 0.03
WITHOUT_CASE_WORKER = 0.02
BOYS_TAKE = 1.025  # times the girls' time
CASES_A_WORKER = 110  # investigations over the four years
EXTENDED = 0.72  # of those that need more than four months
EXTENDED_UNUSED = 0.02
AFTER_THE_FACT = 0.3
EXTENDED_BEFORE_LIMIT: Quantiles = ((0, 0), (0.8, 14), (1, 40))
EXTENDED_AFTER_LIMIT: Quantiles = ((0, 1), (0.8, 20), (1, 45))


def make(society: Society, referrals: Table) -> Table:
    """Investigations of all areas in the order they were opened."""
    areas = [
        _of_area(society, area, story, rows(referrals, referrals["investigated"] & (referrals["area"] == area)))
        for area, story in AREAS.items()
    ]
    table = stacked(areas)
    table = rows(table, np.argsort(table["opened"], kind="stable"))
    table["investigation_id"] = numbered("U", society.first_id(), length(table))
    return table


def _of_area(society: Society, area: Area, story: AreaStory, referrals: Table) -> Table:
    chance, calendar = society.chance, society.calendar
    referrals = rows(referrals, ~np.isnat(referrals["starts"]))
    count = length(referrals)
    opened, person = referrals["starts"], referrals["person"]
    unit = society.organisation.unit_for(area, Role.INVESTIGATES, society.people.home[person])
    finished = chance.often_on_month_ends(days_on(opened, _days(society, story, unit, referrals)))
    # What is open at the reorganisation moves to the new unit.
    moved = society.organisation.after_reorganisation(unit)
    unit = np.where(finished >= np.datetime64(calendar.reorganised), moved, unit)
    closed = calendar.known(finished)
    outcome = np.where(np.isnat(closed), "", chance.pick(story.outcomes, count)).astype(object)
    kind = chance.pick(story.investigation_kinds, count)
    return {
        "referral_id": np.where(chance.happens(BY_OWN_INITIATIVE, count), "", referrals["referral_id"]).astype(object),
        "person": person,
        "unit": unit,
        "area": texts(area, count),
        "kind": np.where(referrals["kind"] == "begäran om yttrande", "Yttrande", kind).astype(object),
        "opened": opened,
        "closed": closed,
        **_extended(society, area, opened, finished),
        "outcome": outcome,
        "case_worker": _case_workers(society, story, unit),
        "source_system": referrals["source_system"],
    }


def _days(society: Society, story: AreaStory, unit: Column, referrals: Table) -> Column:
    usual = society.chance.spread(story.days, len(unit))
    pace = society.organisation.pace()
    progress = society.calendar.progress(referrals["starts"])
    pace_now = drifting(progress, (pace[0][unit], pace[1][unit]))
    boys = np.where(society.people.gender[referrals["person"]] == "Man", BOYS_TAKE, 1.0)
    return np.floor(usual * pace_now * boys + 0.5).astype(int)


def _extended(society: Society, area: Area, opened: Column, finished: Column) -> Table:
    """Extensions of children's investigations; some are decided when the time is already out."""
    chance, calendar = society.chance, society.calendar
    count = len(opened)
    limit = months_on(opened, 4)
    needed = (finished > limit) & chance.happens(EXTENDED, count)
    extended = needed | chance.happens(EXTENDED_UNUSED, count)
    late = needed & chance.happens(AFTER_THE_FACT, count)
    before = days_on(limit, -chance.days(EXTENDED_BEFORE_LIMIT, count))
    after = days_on(limit, chance.days(EXTENDED_AFTER_LIMIT, count))
    day = np.where(late, after, before)
    open_then = (day >= opened) & (day <= finished) & (area == Area.CHILDREN)
    decided = np.where(extended & open_then, calendar.known(day), NO_DAY)
    until = months_on(limit, chance.whole(1, 3, count))
    return {"extended": decided, "extended_until": np.where(np.isnat(decided), NO_DAY, until)}


def _case_workers(society: Society, story: AreaStory, unit: Column) -> Column:
    """Signatures: the unit's code and a number; as many workers as the unit's cases need."""
    count = len(unit)
    workers = np.bincount(unit, minlength=len(society.organisation.units)) // CASES_A_WORKER + 1
    number = (society.chance.uniform(count) * workers[unit]).astype(int) + 1
    codes = society.organisation.codes[unit]
    signatures = np.array([f"{code}{n:02}" for code, n in zip(codes, number, strict=True)], dtype=object)
    return np.where(society.chance.happens(WITHOUT_CASE_WORKER, count), "", signatures).astype(object)
