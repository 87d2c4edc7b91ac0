"""What windows leave of each other, and places of the committee: rows that nobody prints, but bound as all rows are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from pipeline.disclosure.sharing import Group
from pipeline.disclosure.spans import Ways, alike, rows_along
from pipeline.disclosure.tables import Layout, Table
from pipeline.model import Level, Statistic
from pipeline.periods import Days
from pipeline.suppression.problem import Ints

# Persons of several windows may be the same ones; the longest of several waits is no sum; and what had not ended when
# one window closed has when another does.
NOT_OF_TIME = frozenset({Statistic.LONGEST_WAIT, Statistic.VALUE, Statistic.PERSONS, Statistic.COHORT})


@dataclass(frozen=True)
class Gaps:
    """Tables with the least spans between their windows as further windows, and with further places.

    Nowhere is one: what stands in no programme. Others are what a programme holds of the units that it shares with
    others, and what these hold of them.
    `spans` are the same with the spans alone for windows. The further rows are numbered after those of the layout;
    `made_of` (further rows × rows of the layout, ±1) says of which printed rows each is made.
    """

    tables: tuple[Table, ...]
    spans: tuple[Table, ...]
    made_of: sparse.csr_array

    @classmethod
    def of(cls, layout: Layout, groups: Iterable[Group]) -> Gaps:
        """Those of all tables of what adds up over time."""
        filling = _Filling(layout, groups)
        tables = [filling.with_places(table) for table in layout.tables.values()]
        filled = [filling.with_gaps(table) for table in tables]
        spans = [
            replace(whole, windows=whole.windows[own:], rows=whole.rows[own:])
            for whole, table in zip(filled, tables, strict=True)
            if (own := len(table.windows)) < len(whole.windows)
        ]
        return cls(tuple(filled), tuple(spans), filling.made_of())


class _Filling:
    def __init__(self, layout: Layout, groups: Iterable[Group]) -> None:
        self._layout = layout
        self._count = 0
        self._entries: list[tuple[Ints, Ints, Ints]] = []
        level = np.array([org.level for org in layout.orgs], dtype=np.int64)
        self._committee = np.flatnonzero(level == Level.COMMITTEE)
        self._programmes = np.flatnonzero(level == Level.PROGRAMME)
        self._left = list(_left_by_sharing(groups))

    def with_places(self, table: Table) -> Table:
        """The table with what places leave of others as last places."""
        if table.statistic in NOT_OF_TIME:
            return table
        places = [self._left_of(table, *left) for left in self._left]
        if len(self._committee) and len(self._programmes):
            # Where nothing is left in any window, the programmes' sum is known to be the committee's.
            places.append(self._left_of(table, self._committee[:1], self._programmes, only_some=True))
        return replace(table, rows=np.concatenate([table.rows, *places], axis=1))

    def _left_of(self, table: Table, wholes: Ints, parts: Ints, *, only_some: bool = False) -> Ints:
        """What parts leave of wholes together: the rows of one place more (windows × 1 × cuts)."""
        above, below = table.rows[:, wholes], table.rows[:, parts]
        of_above, of_below = (np.where(rows >= 0, self._layout.total[rows], 0.0) for rows in (above, below))
        left = of_above.sum(axis=1) - of_below.sum(axis=1)
        left[~(above >= 0).any(axis=1) | ~(below >= 0).any(axis=1)] = np.nan
        wanted = ~np.isnan(left) & ~(np.nan_to_num(left) < 0).any(axis=0)
        if only_some:
            wanted &= (np.nan_to_num(left) > 0).any(axis=0)
        window, cut = np.nonzero(wanted)
        rows = np.column_stack([above[window, :, cut], below[window, :, cut]])
        made = np.full((len(table.windows), 1, len(table.cuts)), -1, dtype=np.int64)
        made[window, 0, cut] = self._add(rows, np.array([*[1] * len(wholes), *[-1] * len(parts)]))
        return made

    def with_gaps(self, table: Table) -> Table:
        """The table with the spans between its windows as last windows."""
        if table.statistic in NOT_OF_TIME:
            return table
        count = len(self._layout)
        there = (table.rows >= 0) & ((table.rows >= count) | ~np.isnan(self._layout.total[table.rows % count]))
        found: dict[Days, Ints] = {}
        shape = table.rows.shape[1:]
        for group in alike(there):
            for days, way in Ways(table, group.windows).gaps():
                rows = found.setdefault(days, np.full(shape[0] * shape[1], -1, dtype=np.int64))
                rows[group.places] = self._add(*rows_along(table, group.places, way))
        for number, days in enumerate(table.windows):
            if days in found:
                printed = np.where(there[number], table.rows[number], -1).reshape(-1)
                found[days] = np.where(found[days] < 0, printed, found[days])
        return _with_windows(table, found) if found else table

    def _add(self, rows: Ints, signs: Ints) -> Ints:
        made = np.arange(self._count, self._count + len(rows))
        self._count += len(rows)
        which, there = np.repeat(made, rows.shape[1]), rows.reshape(-1) >= 0
        self._entries.append((which[there], rows.reshape(-1)[there], np.tile(signs, len(rows))[there]))
        return made + len(self._layout)

    def made_of(self) -> sparse.csr_array:
        """Of which printed rows; gaps of nowhere are made of other further rows first."""
        count = len(self._layout)
        shape = (self._count, count + self._count)
        if not self._entries:
            return sparse.csr_array((0, count))
        which, rows, signs = (np.concatenate(one) for one in zip(*self._entries, strict=True))
        entries = sparse.csr_array((signs.astype(np.float64), (which, rows)), shape=shape)
        return (entries[:, :count] + entries[:, count:] @ entries[:, :count]).tocsr()


def _left_by_sharing(groups: Iterable[Group]) -> Iterator[tuple[Ints, Ints]]:
    """Of each programme that shares units what its own leave of it, and what it leaves of all its units to others."""
    for group in groups:
        for programme, alone, inside in group.parts():
            if len(alone) < len(inside):
                if len(alone):
                    yield np.array([programme]), alone
                yield inside, np.array([programme])


def _with_windows(table: Table, found: Mapping[Days, Ints]) -> Table:
    shape = table.rows.shape[1:]
    more: Iterable[Ints] = [rows.reshape(1, *shape) for rows in found.values()]
    return replace(table, windows=(*table.windows, *found), rows=np.concatenate([table.rows, *more]))
