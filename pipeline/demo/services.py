"""Services from the day they are decided until they end: what happens behind the decisions and the plans.

A service is one row. Time-limited ones are decided again when the time is out (see `decisions`), and long ones get a
new plan from time to time (see `plans`).
"""

from __future__ import annotations

import numpy as np

from pipeline.demo.chance import Quantiles
from pipeline.demo.society import Society
from pipeline.demo.story import AREAS, DELAY_REASONS, SERVICES, Area, AreaStory, Role
from pipeline.demo.tables import Table, length, rows, stacked, texts
from pipeline.demo.times import NO_DAY, Column, days_on

GRANTED = {"bifall": 0.93, "delvis bifall": 0.07}
REFUSED_OF_UNGRANTED = 0.7  # investigations without a service that end in a refusal rather than nothing
TWO_SERVICES = 0.14
WITHDRAWN = 0.05  # granted and never started, of those that are waited for
INTERRUPTED = 0.1
RESUMED = 0.75
INTERRUPTION: Quantiles = ((0, 5), (0.6, 40), (0.85, 85), (1, 210))
OFFERED = 0.75
DECLINED = 0.3
PLANNED_START = 0.5  # of starts within two weeks: the day stands in the case system already
PARTLY = 0.02
DELAYED = 60  # days after which the case worker writes why
COMPANIONS = {"Hemtjänst": ("Trygghetslarm", 0.3), "Daglig verksamhet": ("Ledsagarservice", 0.12)}


def make(society: Society, investigations: Table) -> Table:
    """Services, refusals among them, new ones and those from earlier years that are still running.

    Days are what will happen, also after the delivery; whoever writes an extract takes away what is not yet known.
    """
    areas = []
    for area, story in AREAS.items():
        areas.append(_decided(society, area, story, rows(investigations, investigations["area"] == area)))
        areas.append(_from_earlier_years(society, area, story))
    table = stacked(areas)
    table |= _course(society, table)
    still_there = (table["ends"] >= np.datetime64(society.calendar.starts)) | np.isnat(table["ends"])
    table = rows(table, still_there)
    return stacked([table | {"companion_of": np.full(length(table), -1)}, _companions(society, table)])


def _decided(society: Society, area: Area, story: AreaStory, investigations: Table) -> Table:
    chance = society.chance
    granted = investigations["outcome"] == "insats"
    refused = (investigations["outcome"] == "ingen insats") & (area != Area.CHILDREN)
    refused &= chance.happens(REFUSED_OF_UNGRANTED, len(refused))
    again = granted & chance.happens(TWO_SERVICES, len(granted))
    source = np.concatenate([np.flatnonzero(granted | refused), np.flatnonzero(again)])
    found = rows(investigations, source)
    count = len(source)
    result = np.where(found["outcome"] == "insats", chance.pick(GRANTED, count), "avslag").astype(object)
    return {
        "referral_id": found["referral_id"],
        "person": found["person"],
        "unit": found["unit"],
        "area": texts(area, count),
        "service": _service(society, area, story, count),
        "decided": found["closed"],
        "result": result,
        "source_system": found["source_system"],
    }


def _from_earlier_years(society: Society, area: Area, story: AreaStory) -> Table:
    calendar, chance = society.calendar, society.chance
    first, last = np.datetime64(calendar.services_from), np.datetime64(calendar.starts)
    span = (last - first).astype(int)
    count = round(story.granted_before * society.scale.volume * span / 365.25)
    decided = days_on(np.full(count, first), chance.whole(0, span - 1, count))
    person = society.people.meet(chance, calendar, area, decided)
    return {
        "referral_id": texts("", count),
        "person": person,
        "unit": society.organisation.unit_for(area, Role.INVESTIGATES, society.people.home[person]),
        "area": texts(area, count),
        "service": _service(society, area, story, count),
        "decided": chance.often_on_month_ends(decided),
        "result": chance.pick(GRANTED, count),
        "source_system": texts("Akten", count),
    }


def _service(society: Society, area: Area, story: AreaStory, count: int) -> Column:
    """Positions in `SERVICES`."""
    first = next(n for n, (of_area, _) in enumerate(SERVICES) if of_area is area)
    return first + society.chance.place([service.weight for service in story.services], count)


def of_each(table: Table, attribute: str) -> Column:
    """An attribute of each row's service."""
    return np.array([getattr(service, attribute) for _, service in SERVICES])[table["service"]]


def _course(society: Society, table: Table) -> Table:
    """Waiting, start, interruption and end of every service; a refusal has none of them."""
    chance, count = society.chance, length(table)
    granted = table["result"] != "avslag"
    wait, lasts = _durations(society, table["service"])
    executed = days_on(table["decided"], wait)
    withdrawn = (wait > 20) & chance.happens(WITHDRAWN, count)
    withdrawn_on = days_on(table["decided"], 10 + (wait * chance.uniform(count)).astype(int))
    ends = np.where(withdrawn, withdrawn_on, days_on(executed, lasts))
    interrupted, resumed, ends = _interrupted(society, executed, lasts, ends, ~withdrawn)
    none = np.full(count, NO_DAY)
    course = {
        "executed": np.where(withdrawn, NO_DAY, executed),
        "interrupted": interrupted,
        "resumed": resumed,
        "ends": ends,
        **_offers(society, table, wait),
    }
    course = {name: np.where(granted, days, none) for name, days in course.items()}
    course["ends"] = np.where(granted, course["ends"], table["decided"])
    return course | {
        "law": _laws(society, table["service"]),
        "provider": _providers(society, table),
        "partly": granted & chance.happens(PARTLY, count),
        "delay_reason": np.where(granted & (wait > DELAYED), chance.pick(DELAY_REASONS, count), "").astype(object),
    }


def _durations(society: Society, service: Column) -> tuple[Column, Column]:
    """Days of waiting and days the service lasts."""
    wait, lasts = np.zeros(len(service), dtype=int), np.zeros(len(service), dtype=int)
    for position, (_, kind) in enumerate(SERVICES):
        chosen = service == position
        wait[chosen] = society.chance.days(kind.wait, int(chosen.sum()))
        lasts[chosen] = society.chance.days(kind.lasts, int(chosen.sum()))
    return wait, lasts


def _interrupted(
    society: Society, executed: Column, lasts: Column, ends: Column, started: Column
) -> tuple[Column, Column, Column]:
    chance, count = society.chance, len(executed)
    hit = started & (lasts > 60) & chance.happens(INTERRUPTED, count)
    day = days_on(executed, 20 + (chance.uniform(count) * (lasts - 40).clip(0)).astype(int))
    pause = chance.days(INTERRUPTION, count)
    resumes = hit & chance.happens(RESUMED, count)
    resumed = days_on(day, pause)
    # Resumed services go on for a month at least; of the others, half end and half are still waited for.
    ended = days_on(day, 2 * pause + 30)
    ends = np.where(resumes, np.maximum(ends, days_on(resumed, 30)), ends)
    ends = np.where(hit & ~resumes & chance.happens(0.5, count), ended, ends)
    return np.where(hit, day, NO_DAY), np.where(resumes, resumed, NO_DAY), ends


def _offers(society: Society, table: Table, wait: Column) -> Table:
    chance, count = society.chance, length(table)
    offered = of_each(table, "offers") & (wait > 15) & chance.happens(OFFERED, count)
    made = days_on(table["decided"], (wait * (0.3 + 0.5 * chance.uniform(count))).astype(int))
    declined = offered & chance.happens(DECLINED, count)
    return {
        "offer_made": np.where(offered, made, NO_DAY),
        "offer_declined": np.where(declined, days_on(made, chance.whole(1, 9, count)), NO_DAY),
    }


def _laws(society: Society, service: Column) -> Column:
    laws = np.empty(len(service), dtype=object)
    for position, (_, kind) in enumerate(SERVICES):
        chosen = service == position
        laws[chosen] = society.chance.pick(kind.laws, int(chosen.sum()))
    return laws


def _providers(society: Society, table: Table) -> Column:
    """Positions of the units that perform the services; −1 where someone outside the register does."""
    homes = society.people.home[table["person"]]
    providers = np.full(length(table), -1)
    for position, (area, service) in enumerate(SERVICES):
        if service.provided_inside:
            chosen = table["service"] == position
            providers[chosen] = society.organisation.performer_of(area, service.name, homes[chosen])
    return providers


def _companions(society: Society, table: Table) -> Table:
    """Services that are granted together with another and covered by its plan."""
    found = []
    for name, (other, share) in COMPANIONS.items():
        position = next(n for n, (_, service) in enumerate(SERVICES) if service.name == other)
        wanted = of_each(table, "name") == name
        wanted &= (table["result"] != "avslag") & society.chance.happens(share, len(wanted))
        origin = np.flatnonzero(wanted)
        found.append(rows(table, origin) | {"service": np.full(len(origin), position), "companion_of": origin})
    return stacked(found)
