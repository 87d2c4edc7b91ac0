"""Referrals (aktualiseringar) and their pre-assessments."""

from __future__ import annotations

import numpy as np

from pipeline.demo.chance import Quantiles, drifting
from pipeline.demo.society import Society
from pipeline.demo.story import AREAS, CHILD_REPORT_BY_SCHOOL, Area, AreaStory, Role
from pipeline.demo.tables import Table, length, numbered, rows, stacked, texts
from pipeline.demo.times import NO_DAY, Column, days_on, last_of_month, month_of, weekday_of

WEEKDAYS = np.array((1.15, 1.1, 1.05, 1.0, 0.9, 0.12, 0.12))
MONTH_END = 1.3  # times an ordinary day
SCHOOL_HOLIDAY = (6, 7)  # July and August, counted from January = 0
IN_TIME: Quantiles = ((0, 0), (0.25, 4), (0.7, 11), (1, 14))
LATE: Quantiles = ((0, 15), (0.7, 23), (1, 75))
REGISTERED: Quantiles = ((0, 0), (0.7, 0.4), (0.9, 2), (1, 6))
OUTCOMES = {"utredning inleds": 0.44, "utredning inleds inte": 0.56}
SAME_CASE_WITHIN = 110  # days: a new report on someone under investigation joins that investigation
JOINS = 0.7
SPECIAL_REASONS = 0.35


def make(society: Society) -> Table:
    """All areas' referrals in the order they came.

    Two columns are more than the contract's: `investigated`, and `starts`, the day the investigation begins.
    """
    areas = [_of_area(society, area, story) for area, story in AREAS.items()]
    table = stacked(areas)
    table = rows(table, np.argsort(table["received"], kind="stable"))
    table["referral_id"] = numbered("A", society.first_id(), length(table))
    new = table["received"] >= np.datetime64(society.calendar.new_system)
    table["source_system"] = np.where(new, "Akten Plus", "Akten").astype(object)
    return table


def _of_area(society: Society, area: Area, story: AreaStory) -> Table:
    chance, calendar = society.chance, society.calendar
    received = _received(society, story)
    count = len(received)
    person = society.people.meet(chance, calendar, area, received)
    unit = society.organisation.unit_for(area, Role.RECEIVES, society.people.home[person])
    kind = chance.pick(story.kinds, count)
    table = {
        "person": person,
        "unit": unit,
        "area": texts(area, count),
        "kind": kind,
        "source": _sources(society, story, received),
        "received": received,
        "registered": calendar.known(days_on(received, chance.days(REGISTERED, count))),
        "protection_assessed": _protection_assessed(society, area, kind, received),
    }
    table |= _decided(society, area, story, table)
    table |= _investigated(society, story, table)
    return table


def _received(society: Society, story: AreaStory) -> Column:
    """Days of receipt: seasons, weekdays, ends of months and the trend over the years."""
    calendar = society.calendar
    days = np.arange(np.datetime64(calendar.starts), np.datetime64(calendar.delivered) + 1)
    weights = np.array(story.seasons)[month_of(days)] * WEEKDAYS[weekday_of(days)]
    weights *= 1 + story.growth * calendar.years * calendar.progress(days)
    weights *= np.where(days == last_of_month(days), MONTH_END, 1)
    count = round(story.received * society.scale.volume * calendar.years)
    return days[np.sort(society.chance.place(weights, count))]


def _sources(society: Society, story: AreaStory, received: Column) -> Column:
    usual = society.chance.pick(story.sources, len(received))
    others = {source: weight for source, weight in story.sources.items() if source not in CHILD_REPORT_BY_SCHOOL}
    in_holidays = society.chance.pick(others, len(received))
    return np.where(np.isin(month_of(received), SCHOOL_HOLIDAY), in_holidays, usual)


def _protection_assessed(society: Society, area: Area, kind: Column, received: Column) -> Column:
    """Children at risk are assessed the same day or the next; now and then later or not at all."""
    count = len(received)
    late = 1.4 - 0.6 * society.calendar.progress(received)
    draw = society.chance.uniform(count)
    waited = np.select([draw < 0.02 * late, draw < 0.06 * late, draw < 0.16], [-1, 3, 1], 0)
    assessed = np.where(waited >= 0, days_on(received, waited), NO_DAY)
    asked = (kind == "anmälan") & (area == Area.CHILDREN)
    return np.where(asked, society.calendar.known(assessed), NO_DAY)


def _decided(society: Society, area: Area, story: AreaStory, table: Table) -> Table:
    """Pre-assessments: only reports have one."""
    chance, calendar, received = society.chance, society.calendar, table["received"]
    count = len(received)
    in_time = chance.happens(drifting(calendar.progress(received), story.preassessed), count)
    took = np.where(in_time, chance.days(IN_TIME, count), chance.days(LATE, count))
    decided = days_on(received, took)
    # To the month's last day only where that does not make it late.
    moved = chance.often_on_month_ends(decided)
    decided = np.where((moved - received).astype(int) <= 14, moved, decided)
    decided = np.where(table["kind"] == "anmälan", calendar.known(decided), NO_DAY)
    outcome = np.where(np.isnat(decided), "", chance.pick(OUTCOMES, count))
    joins = _same_case(table["person"], received, outcome) & ~np.isnat(decided) & chance.happens(JOINS, count)
    late = (decided - received).astype("timedelta64[D]") > np.timedelta64(14, "D")
    special = np.where(chance.happens(SPECIAL_REASONS, count), 1, 0)
    return {
        "decided": decided,
        "outcome": np.where(joins, "tillförd pågående utredning", outcome).astype(object),
        "special_reasons": np.where(late & (area == Area.CHILDREN), special, -1),
    }


def _same_case(person: Column, received: Column, outcome: Column) -> Column:
    """Whether the person's referral before this one led to an investigation not long ago."""
    order = np.lexsort((received, person))
    before, after = order[:-1], order[1:]
    recent = (received[after] - received[before]).astype(int) <= SAME_CASE_WITHIN
    same = np.zeros(len(person), dtype=bool)
    same[after] = (person[after] == person[before]) & recent & (outcome[before] == "utredning inleds")
    return same


def _investigated(society: Society, story: AreaStory, table: Table) -> Table:
    count = len(table["kind"])
    share = np.array([story.opened.get(kind, 0.0) for kind in table["kind"]])
    by_kind = society.chance.happens(share, count)
    report = table["kind"] == "anmälan"
    starts = np.where(report, table["decided"], days_on(table["received"], society.chance.whole(0, 3, count)))
    return {
        "investigated": np.where(report, table["outcome"] == "utredning inleds", by_kind) & ~np.isnat(starts),
        "starts": society.calendar.known(starts),
    }
