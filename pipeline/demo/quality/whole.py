"""What the municipality has once, however many batches it is made in: its goals, plans and controls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np

from pipeline.demo.society import Society
from pipeline.demo.tables import Table, listed, rows
from pipeline.demo.times import Calendar, Column
from pipeline.periods import last_tertial_ended

KEPT_IN = "Ledningssystemet"


def whole(society: Society, names: Sequence[str], records: Sequence[Sequence[Any]]) -> Table:
    """A table of written-down rows, which only the first batch holds."""
    table = listed((*names, "source_system"), [(*record, KEPT_IN) for record in records])
    return table if society.batch == 0 else rows(table, np.arange(0))


def named(metrics: Sequence[str]) -> str:
    """How several metrics are written in a cell: by semicolons, since a name may hold a comma."""
    return "; ".join(metrics)


def tertial_ends(calendar: Calendar, count: int) -> Column:
    """The last days of the latest tertials, oldest first."""
    ends = [calendar.tertial.ends]
    while len(ends) < count:
        ends.append(last_tertial_ended(ends[-1] - timedelta(days=1)).ends)
    return np.array(ends[::-1], dtype="datetime64[D]")
