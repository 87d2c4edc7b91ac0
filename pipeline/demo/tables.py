"""Tables of the invented municipality: columns of equal length by the extract contract's names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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


def listed(names: Sequence[str], records: Sequence[Sequence[Any]]) -> Table:
    """A table of rows that are written down one by one; all values of a column are of one type."""
    columns = zip(*records, strict=True) if records else ([] for _ in names)
    return {name: _column(values) for name, values in zip(names, columns, strict=True)}


def _column(values: Sequence[Any]) -> Column:
    if any(isinstance(value, np.datetime64) for value in values):
        return np.array(values, dtype="datetime64[D]")
    return np.array(values, dtype=object if any(isinstance(value, str) for value in values) else None)
