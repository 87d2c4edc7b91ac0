"""Noughts of places that a metric has no rows of in any window: they are a poor cover for a small group.

Nobody believes that a home for the elderly may have investigated a child. They are shown unless nothing else protects.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from pipeline.disclosure.tables import Cut, Layout, Table
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
        used: Flags = np.zeros(len(level), dtype=np.bool_)
        for table in together:
            used = np.logical_or(used, ((table.rows >= 0) & is_used[table.rows]).any(axis=(0, 2)))
        # One alone on its level would be told by what is above it.
        several = np.isin(level, [one for one in set(level.tolist()) if used[level == one].sum() >= _LEAST_BESIDE])
        for table in together:
            rows = table.rows[:, ~used & several]
            found[rows[rows >= 0]] = True
    return found
