"""Decisions (beslut): the first on each service, and the renewals of those that hold for a time."""

from __future__ import annotations

import numpy as np

from pipeline.demo.services import DELAYED, PLANNED_START, of_each
from pipeline.demo.society import Society
from pipeline.demo.story import AREAS
from pipeline.demo.tables import Table, length, numbered, rows, stacked
from pipeline.demo.times import NO_DAY, OPEN_END, Column, days_on, months_on

KINDS = {"nytt": 0.82, "utökat": 0.1, "": 0.08}
RENEWALS = {"förlängt": 0.82, "omprövning": 0.1, "ändrat": 0.08}
DECIDED_BEFORE_START = 25  # days, at most, for a renewal
EXPIRED_IS_CLOSED = 0.5
EXPIRED = "Beslutet löpte ut"
WITHDRAWN = {"Återtagit ansökan": 6, "Flyttat": 2, "Avliden": 2}
PLANNED_WITHIN = 14
OPEN_END_WRITTEN = 0.5


def make(society: Society, services: Table) -> tuple[Table, Table]:
    """Decisions in the order they were made, and the spells of the services that plans are made for.

    A spell is a time-limited decision's own time, or as long a part of an open-ended one; `decision` is the position
    of its decision.
    """
    spells = _spells(society, services)
    renewed = of_each(spells, "limited") & (spells["part"] > 0)
    first = spells["part"] == 0
    spells["decided"] = np.where(
        renewed,
        days_on(spells["starts"], -society.chance.whole(0, DECIDED_BEFORE_START, len(first))),
        spells["decided"],
    )
    spells = rows(spells, np.lexsort((spells["part"], spells["origin"], spells["decided"])))
    deciding = of_each(spells, "limited") | (spells["part"] == 0)
    spells["decision"] = _decision_of(spells, deciding)
    decisions = _written(society, rows(spells, deciding))
    return decisions, spells


def _spells(society: Society, services: Table) -> Table:
    """Each service cut into spells of its plan's length, as far as the delivery; those that ended before the four
    years are left out, but an open-ended decision's first spell stays, since the decision still holds.
    """
    calendar = society.calendar
    services = services | {"origin": np.arange(length(services))}
    months = of_each(services, "months")
    found, part = [], 0
    alive = np.ones(length(services), dtype=bool)
    while alive.any():
        starts = services["executed"] if part == 0 else months_on(services["executed"], part * months)
        next_starts = months_on(services["executed"], (part + 1) * months)
        alive = alive & ((part == 0) | ((starts < services["ends"]) & (starts <= np.datetime64(calendar.delivered))))
        last = ~(next_starts < services["ends"])
        spell = services | {
            "part": np.full(len(alive), part),
            "starts": starts,
            "next_starts": next_starts,
            "last": last,
            "stops": np.where(last, services["ends"], next_starts),
        }
        gone = spell["stops"] < np.datetime64(calendar.starts)
        kept = alive & ~(gone & (of_each(spell, "limited") | (part > 0)))
        found.append(rows(spell, kept))
        part += 1
    return stacked(found)


def _decision_of(spells: Table, deciding: Column) -> Column:
    """The position among the decisions of each spell's decision."""
    own = np.cumsum(deciding) - 1
    first_of = np.full(spells["origin"].max() + 1, -1)
    first_of[spells["origin"][deciding]] = own[deciding]
    return np.where(deciding, own, first_of[spells["origin"]])


def _written(society: Society, made: Table) -> Table:
    """The extract's columns, with what is not yet known taken away."""
    chance, calendar, count = society.chance, society.calendar, length(made)
    first = made["part"] == 0
    granted = made["result"] != "avslag"
    return {
        "decision_id": numbered("B", society.first_id(), count),
        "referral_id": np.where(first, made["referral_id"], "").astype(object),
        "person": made["person"],
        "unit": made["unit"],
        "area": made["area"],
        "law": made["law"],
        "service": of_each(made, "name").astype(object),
        "service_position": made["service"],
        "kind": np.where(first, chance.pick(KINDS, count), chance.pick(RENEWALS, count)).astype(object),
        "decided": made["decided"],
        "result": made["result"],
        "valid_to": _valid_to(society, made),
        "ordered": _ordered(society, made),
        "executed": _executed(society, made),
        "partly_executed": np.where(made["partly"] & first, 1, 0),
        **_interruption(society, made),
        **_ending(society, made),
        "delay_reason": np.where(first & _waiting_long(society, made), made["delay_reason"], "").astype(object),
        "offer_made": np.where(first, calendar.known(made["offer_made"]), NO_DAY),
        "offer_declined": np.where(first, calendar.known(made["offer_declined"]), NO_DAY),
        "followed_up": _followed_up(society, made),
        **_provider(society, made, granted),
        "source_system": _source_system(society, made, first),
    }


def _valid_to(society: Society, made: Table) -> Column:
    limited, granted = of_each(made, "limited"), made["result"] != "avslag"
    months = of_each(made, "months")
    planned = np.where(np.isnat(made["executed"]), months_on(made["decided"], months), made["next_starts"])
    always = np.where(society.chance.happens(OPEN_END_WRITTEN, len(limited)), OPEN_END, NO_DAY)
    return np.where(granted, np.where(limited, days_on(planned, -1), always), NO_DAY)


def _ordered(society: Society, made: Table) -> Column:
    wait = (made["starts"] - made["decided"]).astype(int).clip(0)
    sent = days_on(made["decided"], np.minimum(society.chance.whole(0, 6, len(wait)), wait))
    return np.where(made["result"] == "avslag", NO_DAY, society.calendar.known(sent))


def _executed(society: Society, made: Table) -> Column:
    """Starts that are known, and some that are planned for the next two weeks."""
    starts, delivered = made["starts"], np.datetime64(society.calendar.delivered)
    planned = (starts <= delivered + PLANNED_WITHIN) & society.chance.happens(PLANNED_START, len(starts))
    return np.where(planned, starts, society.calendar.known(starts))


def _interruption(society: Society, made: Table) -> Table:
    """The interruption belongs to the decision in whose time it falls."""
    reached = np.where(of_each(made, "limited"), made["stops"], made["ends"])
    during = (made["interrupted"] >= made["starts"]) & (made["interrupted"] < reached)
    resumed = during & (made["resumed"] <= reached)
    return {
        "interrupted": np.where(during, society.calendar.known(made["interrupted"]), NO_DAY),
        "resumed": np.where(resumed, society.calendar.known(made["resumed"]), NO_DAY),
    }


def _ending(society: Society, made: Table) -> Table:
    """A service's end; a decision that just runs out is closed by some case workers and left by others."""
    chance, count = society.chance, length(made)
    limited = of_each(made, "limited")
    expired = limited & ~made["last"] & chance.happens(EXPIRED_IS_CLOSED, count)
    really = (made["last"] | ~limited) & (made["result"] != "avslag")
    day = np.where(really, made["ends"], np.where(expired, days_on(made["next_starts"], -1), NO_DAY))
    reasons = np.full(count, EXPIRED, dtype=object)
    for area, story in AREAS.items():
        chosen = really & (made["area"] == area)
        reasons[chosen] = chance.pick(story.end_reasons, int(chosen.sum()))
    withdrawn = np.isnat(made["executed"])
    reasons[withdrawn] = chance.pick(WITHDRAWN, int(withdrawn.sum()))
    ended = society.calendar.known(day)
    return {"ended": ended, "end_reason": np.where(np.isnat(ended), "", reasons).astype(object)}


def _waiting_long(society: Society, made: Table) -> Column:
    """Whether the wait had become long by the delivery."""
    until = np.where(np.isnat(made["executed"]), made["ends"], made["executed"])
    until = np.minimum(until, np.datetime64(society.calendar.delivered))
    return (until - made["decided"]).astype("timedelta64[D]") > np.timedelta64(DELAYED, "D")


def _followed_up(society: Society, made: Table) -> Column:
    """The authority's latest follow-up: once in a time-limited decision, about yearly in an open-ended one."""
    chance, count = society.chance, length(made)
    limited = of_each(made, "limited")
    reached = np.minimum(made["stops"], np.datetime64(society.calendar.delivered))
    reached = np.where(limited, reached, np.minimum(made["ends"], np.datetime64(society.calendar.delivered)))
    share = 0.35 + 0.2 * chance.uniform(count)
    once = days_on(made["starts"], (of_each(made, "months") * 30.4 * share).astype(int))
    years = np.where(np.isnat(made["starts"]), 0, (reached - made["starts"]).astype(int)) // 365
    yearly = days_on(made["starts"], years * 365 - chance.whole(0, 60, count))
    day = np.where(limited, once, np.where(years > 0, yearly, NO_DAY))
    done = chance.happens(_care(society, made, day), count) & (day <= reached)
    return np.where(done & (made["result"] != "avslag"), day, NO_DAY)


def _care(society: Society, made: Table, days: Column) -> Column:
    """How often the service's unit does what it should, on each day."""
    unit = np.where(made["provider"] >= 0, made["provider"], made["unit"])
    first, last = society.organisation.care()
    return np.asarray(first[unit] + (last[unit] - first[unit]) * society.calendar.progress(days))


def _provider(society: Society, made: Table, granted: Column) -> Table:
    inside = granted & (made["provider"] >= 0)
    regi = np.where(inside, society.organisation.provider_types[made["provider"]], "")
    outside = granted & (made["provider"] < 0)
    regi = np.where(outside, np.where(society.chance.happens(0.7, len(regi)), "privat", "egen"), regi)
    return {
        "provider": np.where(inside, made["provider"], -1),
        "provider_type": regi.astype(object),
    }


def _source_system(society: Society, made: Table, first: Column) -> Column:
    """A first decision stands in its referral's system, a renewal in the one used when it was made."""
    new = made["decided"] >= np.datetime64(society.calendar.new_system)
    return np.where(first, made["source_system"], np.where(new, "Akten Plus", "Akten")).astype(object)
