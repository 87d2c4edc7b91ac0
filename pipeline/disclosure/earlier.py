"""What earlier publications hid, as far as it can be told from today's figures: that must not be found now either."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from pipeline.disclosure.spans import Ways, alike, rows_along
from pipeline.disclosure.tables import Layout, Table
from pipeline.suppression.problem import Flags, Floats, Ints

_DAY = timedelta(days=1)


def with_hidden_numbers(layout: Layout) -> Layout:
    """The layout with the numbers that were hidden in earlier publications, where they are of the same rows today.

    Those of a window's days are today's, or what today's windows make of those days together. What cannot be told so
    stays unknown.
    """
    if not layout.is_earlier.any():
        return layout
    columns = {name: getattr(layout, name).copy() for name in ("total", "part", "summed")}
    for table in layout.tables.values():
        for number, here in _hidden_windows(layout, table):
            for days_of in (_same_days, _on_ways):
                for places, rows, signs in days_of(layout, table, number, here):
                    hidden = table.rows[number].reshape(-1)[places]
                    for column in columns.values():
                        _fill(column, hidden, column[rows] @ signs)
    return replace(layout, **columns)


def _hidden_windows(layout: Layout, table: Table) -> list[tuple[int, Flags]]:
    """Windows of earlier publications, and their places (as flags) that were hidden."""
    hidden = (table.rows >= 0) & layout.was_hidden[table.rows]
    return [(number, hidden[number]) for number in np.flatnonzero(hidden.any(axis=(1, 2))).tolist()]


def _fill(column: Floats, hidden: Ints, numbers: Floats) -> None:
    missing = np.isnan(column[hidden]) & (numbers >= 0)
    column[hidden[missing]] = numbers[missing]


def _today(layout: Layout, table: Table, here: Flags) -> Flags:
    """Where today's windows have numbers, of some places."""
    there = (table.rows >= 0) & ~layout.is_earlier[table.rows] & ~np.isnan(layout.total[table.rows])
    return np.asarray(there & here)


def _same_days(layout: Layout, table: Table, number: int, here: Flags) -> list[tuple[Ints, Ints, Floats]]:
    """Places, today's rows of the same days, and that these stand for themselves."""
    there = _today(layout, table, here)
    found = []
    for other, days in enumerate(table.windows):
        if days == table.windows[number] and there[other].any():
            places = np.flatnonzero(there[other])
            found.append((places, table.rows[other].reshape(-1)[places][:, None], np.ones(1)))
    return found


def _on_ways(layout: Layout, table: Table, number: int, here: Flags) -> list[tuple[Ints, Ints, Floats]]:
    """Places, and the rows that make up the days together there, added (1) or taken away (−1)."""
    days = table.windows[number]
    found = []
    for group in alike(_today(layout, table, here)) if not days.is_stock else ():
        way = Ways(table, group.windows).between(days.starts, days.ends + _DAY)
        if way is not None:
            found.append((group.places, *rows_along(table, group.places, way)))
    return found
