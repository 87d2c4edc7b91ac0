"""Coordinated individual plans (SIP), made for some of those whose needs others share the responsibility for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pipeline.demo.chance import Quantiles, drifting
from pipeline.demo.society import Society
from pipeline.demo.story import Area
from pipeline.demo.tables import Table, length, numbered, rows
from pipeline.demo.times import NO_DAY, days_on

MADE = {Area.CHILDREN: 0.2, Area.ADDICTION: 0.26, Area.DISABILITY: 0.1, Area.ELDERLY: 0.1}  # of new decisions
AFTER: Quantiles = ((0, -30), (0.3, 20), (0.8, 90), (1, 240))
PARTICIPATION = (0.78, 0.93)
NOT_SAID = 0.05
FOLLOWED_UP = 0.66
FOLLOWED_UP_AFTER: Quantiles = ((0, 60), (0.6, 160), (1, 330))


def make(society: Society, cases: Mapping[str, Table]) -> Table:
    """Plans in the order they were made."""
    chance, calendar = society.chance, society.calendar
    decisions = cases["decisions"]
    new = rows(decisions, (decisions["result"] != "avslag") & (decisions["kind"] == "nytt"))
    established = days_on(new["decided"], chance.days(AFTER, length(new)))
    share = np.array([MADE.get(area, 0.0) for area in new["area"]])
    made = chance.happens(share, length(new)) & (established >= np.datetime64(calendar.starts))
    new |= {"established": calendar.known(established)}
    table = rows(new, made & ~np.isnat(new["established"]))
    table = rows(table, np.argsort(table["established"], kind="stable"))
    count = length(table)
    progress = calendar.progress(table["established"])
    answer = np.where(chance.happens(drifting(progress, PARTICIPATION), count), 1, 0)
    followed_up = days_on(table["established"], chance.days(FOLLOWED_UP_AFTER, count))
    return {
        "sip_id": numbered("S", society.first_id(), count),
        "person": table["person"],
        "unit": table["unit"],
        "established": table["established"],
        "participation": np.where(chance.happens(NOT_SAID, count), -1, answer),
        "followed_up": np.where(chance.happens(FOLLOWED_UP, count), calendar.known(followed_up), NO_DAY),
        "source_system": table["source_system"],
    }
