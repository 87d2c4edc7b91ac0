"""Noughts of places and categories that a metric has no rows of in any window: they are a poor cover for a small group.

Nobody believes that a home for the elderly may have investigated a child. They are shown unless nothing else protects.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from pipeline.disclosure.tables import Cut, Layout, Table
from pipeline.model import Level
from pipeline.suppression.problem import Flags, Ints

_LEAST_BESIDE = 2


def idle(layout: Layout) -> Flags:
    """Which rows are of what is idle. What an earlier publication hid is not."""
    is_used = ~(layout.total <= 0) | layout.was_hidden
    found = np.zeros(len(layout), dtype=bool)
    tables: dict[tuple[str, tuple[Cut, ...]], list[Table]] = defaultdict(list)
    for table in layout.tables.values():
        tables[table.metric.metric_id, table.cuts].append(table)
    level: Ints = np.array([org.level for org in layout.orgs], dtype=np.int64)
    for together in tables.values():
        used: Flags = np.zeros(together[0].rows.shape[1:], dtype=np.bool_)
        for table in together:
            used = np.logical_or(used, _used(table, is_used))
        for table in together:
            cells = ~used & _has_beside(table, used, level)
            rows = table.rows[:, cells]
            found[rows[rows >= 0]] = True
    return found


def _used(table: Table, is_used: Flags) -> Flags:
    """Organisation × cuts: where any window has rows."""
    return np.asarray(((table.rows >= 0) & is_used[table.rows]).any(axis=0))


def _has_beside(table: Table, used: Flags, level: Ints) -> Flags:
    """Where enough else is used on the same level, so that no small group there is told by what is above it."""
    places = np.asarray(used.any(axis=1))
    several = np.isin(level, [one for one in set(level.tolist()) if places[level == one].sum() >= _LEAST_BESIDE])
    found = np.repeat((~places & several)[:, None], len(table.cuts), axis=1)
    for breakdown in dict.fromkeys(cut.breakdown for cut in table.cuts if cut.breakdown):
        cuts = table.cuts_of(breakdown)
        is_sole = used[np.ix_(level == Level.COMMITTEE, cuts)].sum() < _LEAST_BESIDE
        categories = used[:, cuts].sum(axis=1)
        beside = (categories > 0) & (several | (categories >= _LEAST_BESIDE)) & ~is_sole
        found[:, cuts] |= beside[:, None]
    return found
