"""All extracts of one batch, as typed columns: everything that happens in it, in order."""

from __future__ import annotations

import numpy as np

from pipeline.demo import decisions, investigations, plans, referrals, services
from pipeline.demo.quality import all_extracts
from pipeline.demo.society import Society
from pipeline.demo.tables import Table, rows
from pipeline.demo.times import NO_DAY, Calendar, Column

OVERLAP_DAYS = 240  # how far before the earlier delivery the newest one reaches back


def of(society: Society) -> dict[str, Table]:
    """Extract → its rows, with people and units as positions."""
    referred = referrals.make(society)
    investigated = investigations.make(society, referred)
    decided, spells = decisions.make(society, services.make(society, investigated))
    planned = plans.make(society, spells, decided)
    cases = {
        "units": society.organisation.register(society.calendar),
        "referrals": referred,
        "investigations": investigated,
        "decisions": decided,
        "plans": planned,
    }
    return cases | all_extracts.of(society, cases)


def delivered_earlier(calendar: Calendar, table: Table) -> Table:
    """Investigations as they stood at the earlier delivery."""
    day = np.datetime64(calendar.delivered_before)
    known = rows(table, table["opened"] <= day)
    closed = _as_of(known["closed"], day)
    extended = _as_of(known["extended"], day)
    return known | {
        "closed": closed,
        "extended": extended,
        "extended_until": np.where(np.isnat(extended), NO_DAY, known["extended_until"]),
        "outcome": np.where(np.isnat(closed), "", known["outcome"]).astype(object),
    }


def delivered_last(calendar: Calendar, table: Table) -> Table:
    """Investigations of the newest delivery: what was open or new since, and some that had been delivered before."""
    day = np.datetime64(calendar.delivered_before)
    return rows(table, (table["opened"] > day - OVERLAP_DAYS) | ~(table["closed"] <= day))


def _as_of(days: Column, day: np.datetime64) -> Column:
    return np.where(days <= day, days, NO_DAY)
