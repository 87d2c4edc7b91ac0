"""Incidents (avvikelser, synpunkter, lex Sarah …): those that just happen, and investigations that took too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from pipeline.demo.chance import Quantiles, drifting
from pipeline.demo.quality.incident_story import (
    EXPLAINED,
    FORGOTTEN,
    INCIDENTS,
    OVERRUN_DAYS,
    OVERRUN_RECORDED,
    REPORTED_TO_IVO,
    CategoryStory,
    IncidentStory,
)
from pipeline.demo.society import Society
from pipeline.demo.story import Area
from pipeline.demo.tables import Table, length, numbered, rows, stacked, texts
from pipeline.demo.times import NO_DAY, Calendar, Column, days_on, weekday_of

WEEKDAYS = np.array((1.1, 1.1, 1.0, 1.0, 0.9, 0.35, 0.35))
CLOSED_AFTER: Quantiles = ((0, 1), (0.5, 26), (0.85, 74), (0.95, 110), (1, 240))
REPORTED_AFTER: Quantiles = ((0, 3), (0.7, 40), (1, 75))
OVERRUN_NOTICED: Quantiles = ((0, 1), (0.6, 10), (1, 40))
COMPLAINTS = "synpunkt"
PRAISE, PRAISED = "beröm", "Bemötande"  # nobody asks for the cause of that


def make(society: Society, cases: Mapping[str, Table]) -> Table:
    """All kinds in the order they came in; two files hold them, see `complaints` and `others`."""
    found = [_of_kind(society, kind, story) for kind, story in INCIDENTS.items()]
    table = stacked([*found, _overruns(society, cases["investigations"])])
    table = rows(table, np.argsort(table["received"], kind="stable"))
    moved = society.organisation.after_reorganisation(table["unit"])
    unit = np.where(table["received"] >= np.datetime64(society.calendar.reorganised), moved, table["unit"])
    return table | {
        "incident_id": numbered("H", society.first_id(), length(table)),
        "unit": society.organisation.names[unit],
        "source_system": texts("", length(table)),
    }


def complaints(calendar: Calendar, table: Table) -> Table:
    """What users and relatives think, from the municipality's own form."""
    return rows(table, table["kind"] == COMPLAINTS)


def others(calendar: Calendar, table: Table) -> Table:
    """What staff report in the system for deviations."""
    return rows(table, table["kind"] != COMPLAINTS)


def _of_kind(society: Society, kind: str, story: IncidentStory) -> Table:
    unit = np.concatenate([np.full(count, position) for position, count in _by_unit(society, story)])
    received = _days(society, story, len(unit))
    names = society.chance.pick({name: one.weight for name, one in story.categories.items()}, len(unit))
    return _told(society, kind, story, names, {"unit": unit, "received": received}) | {
        "investigation_id": texts("", len(unit))
    }


def _by_unit(society: Society, story: IncidentStory) -> Iterator[tuple[int, int]]:
    volume = society.scale.volume / len(society.scale.districts) * society.calendar.years
    for position, unit in enumerate(society.organisation.units):
        concerned = unit.area in story.areas and set(unit.roles) & set(story.roles)
        # A part of an incident is one now and then.
        count = story.a_year * volume * (0.5 + unit.share / 2) + society.chance.uniform(1)[0]
        yield position, int(count) if concerned else 0


def _days(society: Society, story: IncidentStory, count: int) -> Column:
    calendar = society.calendar
    days = np.arange(np.datetime64(calendar.starts), np.datetime64(calendar.delivered) + 1)
    weights = WEEKDAYS[weekday_of(days)] * (1 + story.growth * calendar.years * calendar.progress(days))
    return days[society.chance.place(weights.tolist(), count)]


def _overruns(society: Society, investigations: Table) -> Table:
    """Deviations that tell of an investigation of a child which took too long."""
    days = np.where(
        np.isnat(investigations["closed"]), np.datetime64(society.calendar.delivered), investigations["closed"]
    )
    late = (days - investigations["opened"]).astype(int) > OVERRUN_DAYS
    found = rows(investigations, late & (investigations["area"] == Area.CHILDREN))
    received = days_on(found["opened"], OVERRUN_DAYS + society.chance.days(OVERRUN_NOTICED, length(found)))
    share = drifting(society.calendar.progress(received), OVERRUN_RECORDED)
    recorded = society.chance.happens(share, length(found)) & ~np.isnat(society.calendar.known(received))
    recorded &= received >= np.datetime64(society.calendar.starts)
    found, received = rows(found, recorded), received[recorded]
    category = texts("Handläggningstid", length(found))
    story = INCIDENTS["avvikelse"]
    table = _told(society, "avvikelse", story, category, {"unit": found["unit"], "received": received})
    return table | {
        "submitter": texts("personal", length(found)),
        "investigation_id": found["investigation_id"],
    }


def _told(society: Society, kind: str, story: IncidentStory, category: Column, table: Table) -> Table:
    chance, count = society.chance, len(category)
    closed = society.calendar.known(days_on(table["received"], chance.days(CLOSED_AFTER, count)))
    closed = np.where(chance.happens(FORGOTTEN, count), NO_DAY, closed)
    serious = chance.happens(story.serious or 0, count)
    feedback = chance.pick(story.feedback, count) if story.feedback else texts("", count)
    praised = feedback == PRAISE
    category = np.where(praised, PRAISED, category).astype(object)
    explained = ~np.isnat(closed) & chance.happens(EXPLAINED, count) & ~praised
    return table | {
        "kind": texts(kind, count),
        "feedback": feedback,
        "submitter": chance.pick(story.submitters, count),
        "external": _answered(chance.happens(story.external or 0, count), story.external),
        "category": category,
        "severity": _graded(society, story, count),
        "recurrence": _graded(society, story, count),
        "serious": _answered(serious, story.serious),
        "reported_to_ivo": _reported(society, table["received"], serious),
        "cause": _chosen(society, story, category, explained, "causes"),
        "action": _chosen(society, story, category, explained, "actions"),
        "closed": closed,
    }


def _answered(answers: Column, asked: float | None) -> Column:
    return np.where(answers, 1, 0) if asked is not None else np.full(len(answers), -1)


def _graded(society: Society, story: IncidentStory, count: int) -> Column:
    return society.chance.place(story.severity, count) + 1 if story.severity else np.full(count, -1)


def _reported(society: Society, received: Column, serious: Column) -> Column:
    chance, count = society.chance, len(received)
    day = society.calendar.known(days_on(received, chance.days(REPORTED_AFTER, count)))
    return np.where(serious & chance.happens(REPORTED_TO_IVO, count), day, NO_DAY)


def _chosen(society: Society, story: IncidentStory, category: Column, told: Column, attribute: str) -> Column:
    """One of the category's texts for each row that tells anything."""
    draws = society.chance.uniform(len(category)).tolist()
    chosen = [
        _one(story.categories[name], attribute, draw) if said else ""
        for name, draw, said in zip(category.tolist(), draws, told.tolist(), strict=True)
    ]
    return np.array(chosen, dtype=object)


def _one(story: CategoryStory, attribute: str, draw: float) -> str:
    texts: tuple[str, ...] = getattr(story, attribute)
    return texts[int(draw * len(texts))]
