"""Plans (genomförandeplaner) of the services, their follow-ups and goals."""

from __future__ import annotations

import numpy as np

from pipeline.demo.chance import Quantiles, drifting
from pipeline.demo.services import of_each
from pipeline.demo.society import Society
from pipeline.demo.tables import Table, length, numbered, rows, stacked
from pipeline.demo.times import NO_DAY, Column, days_on

ESTABLISHED_AFTER: Quantiles = ((0, -10), (0.2, 2), (0.6, 13), (0.95, 30), (0.985, 70), (1, 150))
RENEWED_EARLIER = 18  # a service that goes on has its next plan sooner than a new one its first
REVISED, REVISED_AT = 0.88, (0.24, 0.38)  # share of plans, and how far into the plan's time
FOLLOWED_UP, FOLLOWED_UP_AT = 0.86, (0.56, 0.72)
ENDED_IN_SYSTEM = 0.9
UNDATED = 0.015
WITHOUT_DECISION = 0.04
COVERS_COMPANION = 0.6
ANSWERS = {  # ja, nej, not answered; at both ends of the four years
    "participation": ((0.7, 0.95), 0.04),
    "cooperation": ((0.52, 0.6), 0.1),
    "ended_as_planned": ((0.62, 0.68), 0.15),
}
GOALS = {0: 2, 1: 14, 2: 30, 3: 28, 4: 16, 5: 6, 6: 2}
ALL_MEASURABLE = (0.45, 0.68)
KINDS = {"genomförandeplan": 92, "hälsoplan": 3}


def make(society: Society, spells: Table, decisions: Table) -> Table:
    """Plans in the order they were made; one that covers two decisions has a row for each."""
    own = rows(spells, (spells["companion_of"] < 0) & (spells["result"] != "avslag") & ~np.isnat(spells["starts"]))
    own |= _dates(society, own)
    own = rows(own, ~np.isnat(own["established"]))
    own = rows(own, np.argsort(own["established"], kind="stable"))
    count = length(own)
    plans = {
        "plan_id": numbered("P", society.first_id(), count),
        "person": own["person"],
        "kind": _kinds(society, own),
        "unit": np.where(own["provider"] >= 0, own["provider"], own["unit"]),
        **{name: own[name] for name in ("established", "revised", "followed_up", "next_follow_up", "ended")},
        **_answers(society, own),
        **_goals(society, own),
        "decision": own["decision"],
        "origin": own["origin"],
        "part": own["part"],
    }
    plans["established"] = np.where(society.chance.happens(UNDATED, count), NO_DAY, plans["established"])
    plans = stacked([plans, _for_companions(society, spells, plans)])
    plans = rows(plans, np.argsort(plans["plan_id"], kind="stable"))
    return plans | _decision(society, plans, decisions)


def _dates(society: Society, spells: Table) -> Table:
    chance, calendar, count = society.chance, society.calendar, length(spells)
    days = of_each(spells, "months") * 30.4
    stops = np.minimum(spells["stops"], np.datetime64(calendar.delivered) + 1)
    after = chance.days(ESTABLISHED_AFTER, count) - np.where(spells["part"] > 0, RENEWED_EARLIER, 0)
    established = days_on(spells["starts"], after)
    established = chance.often_on_month_ends(established)
    made = chance.happens(_care(society, spells), count) & (established < stops)
    revised = _later(society, established, days, REVISED, REVISED_AT)
    followed_up = _later(society, established, days, FOLLOWED_UP, FOLLOWED_UP_AT)
    revised = np.where(revised < stops, revised, NO_DAY)
    followed_up = np.where(followed_up < stops, followed_up, NO_DAY)
    latest = np.fmax(np.fmax(established, revised), followed_up)
    ended = np.maximum(spells["stops"], established)
    closed = chance.happens(ENDED_IN_SYSTEM, count)
    return {
        "established": np.where(made, established, NO_DAY),
        "revised": revised,
        "followed_up": followed_up,
        "next_follow_up": np.where(chance.happens(0.86, count), days_on(latest, (days * 0.36).astype(int)), NO_DAY),
        "ended": np.where(closed, calendar.known(ended), NO_DAY),
    }


def _care(society: Society, spells: Table) -> Column:
    unit = np.where(spells["provider"] >= 0, spells["provider"], spells["unit"])
    first, last = society.organisation.care()
    care = drifting(society.calendar.progress(spells["starts"]), (first[unit], last[unit]))
    short = np.isin(of_each(spells, "name"), ("Trygghetslarm", "Matdistribution"))
    return np.where(short, 0.15, care)  # they need no plan; some have one


def _later(society: Society, since: Column, days: Column, share: float, between: tuple[float, float]) -> Column:
    count = len(since)
    part = between[0] + (between[1] - between[0]) * society.chance.uniform(count)
    return np.where(society.chance.happens(share, count), days_on(since, (days * part).astype(int)), NO_DAY)


def _kinds(society: Society, own: Table) -> Column:
    placed = np.isin(of_each(own, "name"), ("Familjehem", "HVB"))
    usual = society.chance.pick(KINDS, len(placed))
    return np.where(placed & society.chance.happens(0.5, len(placed)), "vårdplan", usual).astype(object)


def _answers(society: Society, own: Table) -> Table:
    """Yes (1), no (0) and not answered (−1)."""
    chance, count = society.chance, length(own)
    progress = society.calendar.progress(own["established"])
    answers = {}
    for name, (yes, blank) in ANSWERS.items():
        answer = np.where(chance.happens(drifting(progress, yes), count), 1, 0)
        answers[name] = np.where(chance.happens(blank, count), -1, answer)
    answers["ended_as_planned"] = np.where(np.isnat(own["ended"]), -1, answers["ended_as_planned"])
    return answers


def _goals(society: Society, own: Table) -> Table:
    chance, count = society.chance, length(own)
    goals = np.array(list(GOALS))[chance.place(list(GOALS.values()), count)]
    every = chance.happens(drifting(society.calendar.progress(own["established"]), ALL_MEASURABLE), count)
    some = (goals * (0.3 + 0.7 * chance.uniform(count))).astype(int)
    return {
        "goals": goals,
        "measurable_goals": np.where(every, goals, some),
        "subgoals": goals * chance.whole(0, 2, count),
    }


def _for_companions(society: Society, spells: Table, plans: Table) -> Table:
    """The same plan again, for the decision on the service that was granted together with its own."""
    covered = rows(spells, spells["companion_of"] >= 0)
    by_service = {
        (origin, part): decision
        for origin, part, decision in zip(
            covered["companion_of"].tolist(), covered["part"].tolist(), covered["decision"].tolist(), strict=True
        )
    }
    own = zip(plans["origin"].tolist(), plans["part"].tolist(), strict=True)
    decision = np.array([by_service.get(key, -1) for key in own], dtype=int)
    wanted = (decision >= 0) & society.chance.happens(COVERS_COMPANION, len(decision))
    return rows(plans | {"decision": decision}, wanted)


def _decision(society: Society, plans: Table, decisions: Table) -> Table:
    """The decision's id; where it is missing, person and service tell what the plan covers."""
    _, first, copies = np.unique(plans["plan_id"], return_inverse=True, return_counts=True)
    alone = copies[first] == 1  # two rows without a decision would have the same key
    blank = alone & society.chance.happens(WITHOUT_DECISION, length(plans))
    ids = decisions["decision_id"][plans["decision"]]
    return {
        "decision_id": np.where(blank, "", ids).astype(object),
        "service": decisions["service"][plans["decision"]],
        "source_system": decisions["source_system"][plans["decision"]],
    }
