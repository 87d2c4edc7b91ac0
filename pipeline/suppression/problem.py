"""The problem: quantities that are printed in rows, the sums that bind them, and what must not be found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


# Importance that makes a figure cost as much as two of no importance.
_AS_MUCH_AGAIN = 15.0


@dataclass(frozen=True, order=True)
class Target:
    """What a hidden row must not let anyone find: a quantity, or one less another (`less` ≥ 0)."""

    row: int
    quantity: int
    less: int = -1

    @property
    def unsettled(self) -> int:
        """What must be unknown for the target to be: the one of two that is told first with the other."""
        return self.less if self.less >= 0 else self.quantity


def room_of(bounds: sparse.csr_array, values: Floats) -> Floats:
    """How far each bound is from 0."""
    return np.maximum(bounds @ values, 0.0)


@dataclass(frozen=True)
class Problem:
    """What is printed, how it hangs together, and what may be hidden.

    Quantities are numbers ≥ 0, most of them whole. A row prints some of them; a quantity is known when any row that
    prints it is shown, and one that no row prints is known to nobody. Hiding a row hides all that it prints.

    - `values` of each quantity (float, n)
    - `prints_row`, `prints_quantity`: which row prints which quantity (int, pairs)
    - `sums` sparse, n columns: every row of it times `values` is 0, and everybody knows so
    - `sets` sparse, n columns: of the quantities of a row a single unknown one is told by the others, as is the longest
    - `bounds` sparse, n columns: every row of it times `values` is never less than 0, and everybody knows so
    - `room` how far each bound is from 0 (float)
    - `primary` rows that must be hidden; `fixed` rows that must be shown (bool, m)
    - `cost` of hiding a row: how many figures it holds; `importance` ≥ 0 settles between equal costs (float, m)
    - `ordinary` rows are tried first (bool, m): others bind so much that hiding them costs more than themselves
    - `followers`, `leaders`: pairs of rows of which the first is hidden whenever the second is
    - `targets`: what must not be found; those of other than primary rows count once the row is hidden
    """

    values: Floats
    prints_row: Ints
    prints_quantity: Ints
    sums: sparse.csr_array
    sets: sparse.csr_array
    bounds: sparse.csr_array
    room: Floats
    primary: Flags
    fixed: Flags
    cost: Floats
    importance: Floats
    ordinary: Flags
    followers: Ints
    leaders: Ints
    targets: tuple[Target, ...]

    def known(self, hidden: Flags) -> Flags:
        """Which quantities stand in some row that is shown."""
        shown = ~hidden[self.prints_row]
        return np.bincount(self.prints_quantity[shown], minlength=len(self.values)) > 0

    @cached_property
    def told(self) -> Flags:
        """The quantities that the rows which must be shown leave no choice about, one sum after the other."""
        known = np.bincount(self.prints_quantity[self.fixed[self.prints_row]], minlength=len(self.values)) > 0
        while True:
            alone = self.alone_unknown(~known)[1]
            if not len(alone):
                return known
            known[alone] = True

    @cached_property
    def shown_again(self) -> Flags:
        """The quantities that by one sum after the other are one that must be shown, or nothing at all."""
        known = self.rows_print(self.fixed)
        links, is_more = self._links, (self.values > 0).astype(np.int64)
        while True:
            sums, alone = self.alone_unknown(~known)
            others = (links @ (known * is_more))[sums] if len(sums) else sums
            alone = alone[(others <= 1) & ~known[alone]]
            if not len(alone):
                return known
            known[alone] = True

    def alone_unknown(self, unknown: Flags) -> tuple[Ints, Ints]:
        """The sums and sets with a single unknown quantity, and that quantity of each."""
        links = self._links
        counts = links @ unknown.astype(np.int64)
        lone = np.flatnonzero(counts == 1)
        if not len(lone):
            return lone, lone
        few = links[lone]
        kept = unknown[few.indices]
        which = np.repeat(np.arange(len(lone)), np.diff(few.indptr))[kept]
        quantities = np.empty(len(lone), dtype=np.int64)
        quantities[which] = few.indices[kept]
        return lone, quantities

    def stuck_noughts(self, unknown: Flags) -> tuple[Ints, Ints]:
        """Sums of which nothing but noughts is unknown, all on the same side, and each such nought.

        None of them can be more than 0 when none of the others can be less.
        """
        nought = unknown & (self.values == 0)
        sides = [(self._links_of(sign), self._links_of(-sign)) for sign in (1, -1)]
        sums, quantities = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        for own, other in sides:
            stuck = (own @ nought.astype(np.int64) > 0) & (own @ (unknown & ~nought).astype(np.int64) == 0)
            stuck &= other @ unknown.astype(np.int64) == 0
            for one in np.flatnonzero(stuck):
                members = own.indices[own.indptr[one] : own.indptr[one + 1]]
                quantities.append(members[nought[members]])
                sums.append(np.full(len(quantities[-1]), one))
        return np.concatenate(sums), np.concatenate(quantities)

    def movers(self, one: int, quantity: int) -> Ints:
        """The members of a sum that can move when one of its noughts becomes more: what is opposite, or no nought."""
        start, end = self.sums.indptr[one], self.sums.indptr[one + 1]
        members, signs = self.sums.indices[start:end], np.sign(self.sums.data[start:end])
        own = signs[members == quantity][0]
        return members[(signs != own) | (self.values[members] > 0)]

    def members(self, one: int) -> Ints:
        """The quantities of a sum, or of a set; these are numbered after all sums."""
        return self._links.indices[self._links.indptr[one] : self._links.indptr[one + 1]]

    def printers(self, quantity: int) -> Ints:
        """The rows that print a quantity."""
        order, starts = self._printers
        return self.prints_row[order[starts[quantity] : starts[quantity + 1]]]

    def rows_print(self, rows: Flags) -> Flags:
        """The quantities that any of the rows prints."""
        found = np.zeros(len(self.values), dtype=bool)
        found[self.prints_quantity[rows[self.prints_row]]] = True
        return found

    def sums_with(self, quantity: int) -> Ints:
        """The sums that a quantity belongs to."""
        return self._by_quantity.indices[self._by_quantity.indptr[quantity] : self._by_quantity.indptr[quantity + 1]]

    def apart(self, targets: Sequence[Target]) -> list[Target]:
        """Some of the targets, no two of them in one sum: together they might be at odds."""
        chosen, taken = [], np.zeros(self.sums.shape[0], dtype=bool)
        for target in targets:
            sums = self.sums_with(target.quantity)
            if not taken[sums].any():
                taken[sums] = True
                chosen.append(target)
        return chosen

    @cached_property
    def _by_quantity(self) -> sparse.csc_array:
        return self.sums.tocsc()

    def rows_of(self, quantities: Ints) -> Ints:
        """All rows that print any of the quantities."""
        wanted = np.zeros(len(self.values), dtype=bool)
        wanted[quantities] = True
        return np.unique(self.prints_row[wanted[self.prints_quantity]])

    @cached_property
    def weight(self) -> Floats:
        """What hiding a row costs where steps are taken one at a time: figures, the more the more they are missed."""
        return self.cost * (1 + self.importance / _AS_MUCH_AGAIN)

    @cached_property
    def is_nought(self) -> Flags:
        """The rows that print nothing but 0."""
        found = np.ones(len(self.primary), dtype=bool)
        found[self.prints_row[self.values[self.prints_quantity] > 0]] = False
        return found

    @cached_property
    def followers_of(self) -> dict[int, list[int]]:
        """Row → the rows that are hidden with it."""
        found: dict[int, list[int]] = {}
        for follower, leader in zip(self.followers.tolist(), self.leaders.tolist(), strict=True):
            found.setdefault(leader, []).append(follower)
        return found

    @cached_property
    def hideable(self) -> Flags:
        """The quantities that no row prints which must be shown."""
        return ~self.rows_print(self.fixed)

    @cached_property
    def _links(self) -> sparse.csr_array:
        """Sums and sets: which quantities belong to each."""
        return sparse.vstack([(abs(one) > 0).astype(np.int64) for one in (self.sums, self.sets)], format="csr")

    def _links_of(self, sign: int) -> sparse.csr_array:
        return self._signed[0 if sign > 0 else 1]

    @cached_property
    def _signed(self) -> tuple[sparse.csr_array, sparse.csr_array]:
        return (self.sums > 0).astype(np.int64).tocsr(), (self.sums < 0).astype(np.int64).tocsr()

    @cached_property
    def _printers(self) -> tuple[Ints, Ints]:
        order = np.argsort(self.prints_quantity, kind="stable")
        starts = np.searchsorted(self.prints_quantity[order], np.arange(len(self.values) + 1))
        return order, starts

    def is_open(self, unknown: Flags) -> Flags:
        """Which of the targets may be unknown when those quantities are."""
        _, quantities, less = self.target_columns
        return unknown[np.where(less >= 0, less, quantities)]

    @cached_property
    def target_columns(self) -> tuple[Ints, Ints, Ints]:
        """The targets' rows, quantities, and what is taken from these (−1: nothing)."""
        columns = np.array([(one.row, one.quantity, one.less) for one in self.targets], dtype=np.int64).reshape(-1, 3)
        return columns[:, 0], columns[:, 1], columns[:, 2]
