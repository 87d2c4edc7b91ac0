"""Which rows of a table of counts to hide, so that no small group is told, nor found by subtraction.

The table's sums count as known whether it shows them or not: of every way to divide the rows the total is the same, and
stands in some report. A row is hidden whole, since its counts are mostly parts of one another.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import Enum
from itertools import count

import numpy as np

from pipeline.cases import small_groups
from pipeline.cases.small_groups import Sum
from pipeline.suppression import recovered
from pipeline.suppression.plain import plain


class All(Enum):
    """Stands for a key in rows that are sums over it."""

    ALL = "alla"


ALL = All.ALL
# A row by its keys; the sums that are not shown have a number more where a shown one says something else.
Name = tuple[object, ...]


class CannotProtect(Exception):
    """Whatever is hidden, some small group can be found."""


def hidden(
    rows: Sequence[Name], counts: Sequence[Sequence[int]], must: Collection[int], smallest: int
) -> frozenset[int]:
    """The places of the rows to hide.

    `rows`: the keys of each, ALL where it is a sum over that key; no two alike. `counts`: the columns of counts, one
    number ≥ 0 a row. `must`: rows to hide whatever their counts. Raises CannotProtect.
    """
    tables = [_Table(rows, column, smallest) for column in counts]
    first = frozenset(must) | {place for column in counts for place, one in enumerate(column) if 0 < one < smallest}
    if not first:
        return first
    for how in _Known:
        found = _together(tables, rows, first, how)
        if not any(table.is_told(found, how) for table in tables):
            return found
    raise CannotProtect


class _Known(Enum):
    """Which sums count as known, the most first: where some cannot be, the group could not be hidden at all."""

    ALL_SUMS = 2
    TOTAL = 1
    NONE = 0


def _together(tables: Sequence[_Table], rows: Sequence[Name], first: frozenset[int], how: _Known) -> frozenset[int]:
    """What is hidden for the sake of any column is hidden in all, until none needs more."""
    places = {name: place for place, name in enumerate(rows)}
    found = first
    while True:
        names = {rows[place] for place in found}
        more = {places[name] for table in tables for name in table.hide(names, how) if name in places}
        if more <= found:
            return found
        found |= more


class _Table:
    """One column of counts with the sums that bind it; sums that are not shown are reckoned."""

    def __init__(self, rows: Sequence[Name], column: Sequence[int], smallest: int) -> None:
        self._smallest = smallest
        self._shown = dict(zip(rows, column, strict=True))
        self._counts: dict[Name, int] = dict(self._shown)
        self._sums: list[Sum[Name]] = []
        self._add_sums(len(rows[0]))

    def _add_sums(self, keys: int) -> None:
        """From the finest rows to the total: one key after the other is summed over."""
        numbers = count()
        for summed in range(keys):
            level = [name for name in self._counts if _width(name, keys) == summed]
            for key in range(keys):
                for total, parts in _summed_over(level, key).items():
                    reckoned = sum(self._counts[part] for part in parts)
                    # Persons who stand in several rows: the shown sum is less than that of its parts.
                    name = total if self._counts.setdefault(total, reckoned) == reckoned else (*total, next(numbers))
                    self._counts.setdefault(name, reckoned)
                    self._sums.append((name, parts))

    def hide(self, names: Collection[Name], how: _Known) -> frozenset[Name]:
        """The rows to hide when those are hidden for other reasons."""
        return small_groups.hidden(self._counts, self._sums, self._fixed(names, how), self._smallest, names)

    def is_told(self, found: Collection[int], how: _Known) -> bool:
        """Whether the attacker finds a small count of a hidden row."""
        names = list(self._counts)
        number = {name: place for place, name in enumerate(names)}
        concealed = {name for place, name in enumerate(self._shown) if place in found}
        fixed = self._fixed(concealed, how)
        open_ = concealed | {name for name in names if name not in self._shown and name not in fixed}
        sums = [{number[total]: 1.0} | {number[part]: -1.0 for part in parts} for total, parts in self._sums]
        problem = plain(
            list(self._counts.values()), sums,
            primary=(), fixed=(), importance=[1.0] * len(names),
        )  # fmt: skip
        told = recovered(problem, np.array([name in open_ for name in names], dtype=bool))
        return any(0 < self._counts[names[one.target.row]] < self._smallest for one in told)

    def _fixed(self, names: Collection[Name], how: _Known) -> set[Name]:
        """The sums that count as known; nought and what is one row alone are not held on to."""
        sums: Mapping[Name, int] = {total: len(parts) for total, parts in self._sums}
        known = {
            name
            for name, parts in sums.items()
            if parts > 1 and name not in names and not 0 < self._counts[name] < self._smallest
        }
        if how is _Known.ALL_SUMS:
            return {name for name in known if name not in self._shown or _is_total(name)}
        return {name for name in known if _is_total(name)} if how is _Known.TOTAL else set()


def _width(name: Name, keys: int) -> int:
    """Over how many keys a row is a sum; −1 for what is only reckoned beside a shown one."""
    return sum(one is ALL for one in name) if len(name) == keys else -1


def _is_total(name: Name) -> bool:
    return all(one is ALL for one in name)


def _summed_over(names: Sequence[Name], key: int) -> Mapping[Name, list[Name]]:
    found: dict[Name, list[Name]] = {}
    for name in names:
        if name[key] is not ALL:
            found.setdefault((*name[:key], ALL, *name[key + 1 :]), []).append(name)
    return found
