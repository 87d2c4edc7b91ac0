"""Tables of the invented municipality: columns of equal length by the extract contract's names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.demo.times import Column

Table = dict[str, Column]


def length(table: Table) -> int:
    """Number of rows."""
    return len(next(iter(table.values())))


def rows(table: Table, which: Column) -> Table:
    """The rows that a mask or a list of positions picks."""
    return {name: column[which] for name, column in table.items()}


def stacked(tables: Sequence[Table]) -> Table:
    """One table after the other; all have the same columns."""
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}


def texts(value: str, count: int) -> Column:
    """A column with the same text in every row."""
    return np.full(count, value, dtype=object)


def numbered(prefix: str, first: int, count: int) -> Column:
    """Ids in a series: `A0000001`, `A0000002` …"""
    return np.array([f"{prefix}{number:07}" for number in range(first, first + count)], dtype=object)
