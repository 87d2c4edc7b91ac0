"""What the rows count, and every sum and bound between those numbers that holds in truth; everybody may know them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from scipy import sparse

from pipeline.disclosure.gaps import Gaps
from pipeline.disclosure.tables import CRUMB, Layout
from pipeline.suppression.problem import Flags, Floats, Ints

_SEED = 20200229
# How much longer than the longest mean that is known anybody's own may be.
_MANY_TIMES = 10.0


class Kind(IntEnum):
    """What is counted of a row. `LONGEST` is no number: that one of several longest times is the longest of all."""

    TOTAL = 0
    PART = 1
    SUMMED = 2
    LONGEST = 3


class Matrices(NamedTuple):
    """What binds quantities, one line for each that is so; the sums that hold by chance apart from the others."""

    sums: sparse.csr_array
    by_chance: sparse.csr_array
    sets: sparse.csr_array
    bounds: sparse.csr_array


@dataclass
class Quantities:
    """The numbers of every row and kind, and what is found out about them.

    A quantity is numbered `kind × rows + row`, the rows of gaps after those of the layout. The remainders of sums come
    last. What no row prints (gaps, remainders) is known only by what it is made of, or not at all.
    """

    layout: Layout
    gaps: Gaps
    values: Floats = field(init=False)
    remainders: list[float] = field(default_factory=list)
    equal: list[Ints] = field(default_factory=list)  # pairs that are one and the same
    less: list[Ints] = field(default_factory=list)  # pairs of which the first is never the greater
    sums: list[tuple[Ints, Floats]] = field(default_factory=list)  # quantities and coefficients of many sums at once
    by_chance: list[tuple[Ints, Floats]] = field(default_factory=list)  # sums that hold now, and need not
    bounds: list[tuple[Ints, Floats]] = field(default_factory=list)  # the same of what is never less than 0
    sets: list[Ints] = field(default_factory=list)  # quantities of many sets of which one alone is told by the others

    def __post_init__(self) -> None:
        layout, made_of = self.layout, self.gaps.made_of
        self._rows = len(layout) + made_of.shape[0]
        self._is_unknown = np.zeros(self._rows, dtype=bool)
        self._is_unknown[: len(layout)] = layout.was_hidden & np.isnan(layout.total)
        longest = np.where(layout.total > 0, 1.0, np.nan)
        of_gaps = [made_of @ one for one in (layout.total, layout.part, layout.summed)]
        of_gaps.append(np.full(made_of.shape[0], np.nan))
        printed = (layout.total, layout.part, layout.summed, longest)
        self.values = np.concatenate([one for both in zip(printed, of_gaps, strict=True) for one in both])

    def of(self, kind: Kind, rows: Ints) -> Ints:
        """The quantities of rows; −1 where there is no row or no such number, −2 where nobody here knows the number."""
        found = np.where(rows >= 0, kind * self._rows + rows, -1)
        missing = (rows >= 0) & np.isnan(self.values[found])
        found[missing] = np.where(self._is_unknown[rows[missing]], -2, -1)
        return found

    def is_of_gap(self, quantities: Ints) -> Flags:
        """Which of the quantities no row prints because they are of gaps."""
        is_of_row = (quantities >= 0) & (quantities < len(self.values))
        return np.asarray(is_of_row & (quantities % self._rows >= len(self.layout)))

    def are_one(self, some: Ints, others: Ints) -> None:
        """Pairs that are the same number, where both are there and agree; of gaps it follows from their windows."""
        some, others = np.broadcast_arrays(some, others)
        there = (some >= 0) & (others >= 0) & ~self.is_of_gap(some) & ~self.is_of_gap(others)
        some, others = some[there], others[there]
        agree = np.isclose(self.values[some], self.values[others], rtol=CRUMB, atol=CRUMB)
        self.equal.append(np.column_stack([some[agree], others[agree]]))

    def never_greater(self, some: Ints, others: Ints) -> None:
        """Pairs of which the first is at most the second, where both are there and it is so."""
        some, others = np.broadcast_arrays(some, others)
        there = (some >= 0) & (others >= 0)
        some, others = some[there], others[there]
        holds = self.values[some] <= self.values[others] + CRUMB
        self.less.append(np.column_stack([some[holds], others[holds]]))

    def add_up(
        self,
        totals: Ints,
        parts: Ints,
        coefficients: Sequence[float] = (),
        *,
        only_exact: bool = False,
        by_chance: bool = False,
    ) -> Flags:
        """Totals (n) that are the sums of parts (n × k, −1 = none), or what is left is a remainder that nobody prints.

        `coefficients` of the parts are 1 unless given. Where the parts are more than the total (persons who stand in
        several) each is at most the total. `only_exact` leaves out sums that do not hold; `by_chance` are those that
        hold in these figures and need not in others: somebody may know them, but not everybody does.

        Returns which do not (n flags).
        """
        there = (totals >= 0) & (parts >= 0).any(axis=1)
        fails = there.copy()
        totals, parts = totals[there], parts[there]
        weights = np.array(coefficients) if len(coefficients) else np.ones(parts.shape[1])
        numbers = np.where(parts >= 0, self.values[parts], 0.0)
        left = self.values[totals] - numbers @ weights
        exact = (np.abs(left) <= CRUMB * (1 + np.abs(self.values[totals]))) & ~(parts == -2).any(axis=1)
        self._sums(self.by_chance if by_chance else self.sums, totals[exact], parts[exact], weights)
        fails[there] = ~exact
        if only_exact:
            return fails
        rest = ~exact
        self._sums(self.sums, totals[rest], parts[rest], weights, left[rest])
        over = left < -CRUMB
        self.never_greater(parts[over], totals[over][:, None])
        return fails

    def never_less(self, some: Ints, others: Ints) -> None:
        """The sum of some (n × k, −1 = none) is at least that of others (n × m), where it is so and all are known."""
        signs = np.array([1.0] * some.shape[1] + [-1.0] * others.shape[1])
        self.never_less_weighed(np.hstack([some, others])[(others >= 0).any(axis=1)], signs)

    def never_less_weighed(self, quantities: Ints, weights: Floats) -> None:
        """Quantities (n × k, −1 = none) times weights (k) are at least 0, where it is so and all are known."""
        quantities = quantities[~(quantities == -2).any(axis=1)]
        holds = np.where(quantities >= 0, self.values[quantities], 0.0) @ weights >= -CRUMB
        self.bounds.append((quantities[holds], np.broadcast_to(weights, quantities[holds].shape)))

    def only_of_somebody(self, sums: Ints, totals: Ints) -> None:
        """Sums that can be more than 0 only where there are rows: no row's own is many times the longest known."""
        there = (sums >= 0) & (totals >= 0)
        sums, totals = sums[there], totals[there]
        mean = self.values[sums] / np.maximum(self.values[totals], 1.0)
        most = _MANY_TIMES * max(1.0, mean.max(initial=0.0))
        self.never_less_weighed(np.column_stack([totals, sums]), np.array([1.0, -1.0 / most]))

    def not_negative(self, quantities: Ints) -> None:
        """Quantities that are never less than 0, where they are there and are not."""
        there = quantities[quantities >= 0]
        there = there[self.values[there] >= -CRUMB]
        self.bounds.append((there[:, None], np.ones((len(there), 1))))

    def share_a_longest(self, totals: Ints, parts: Ints) -> None:
        """The longest of all (n) is that of one of the parts (n × k, −1 = none): one of them unknown is told."""
        there = (totals >= 0) & (parts >= 0).any(axis=1) & ~(parts == -2).any(axis=1)
        self.sets.append(np.column_stack([totals[there], parts[there]]))

    def _sums(
        self,
        among: list[tuple[Ints, Floats]],
        totals: Ints,
        parts: Ints,
        weights: Floats,
        left: Floats | None = None,
    ) -> None:
        if not len(totals):
            return
        quantities = [totals[:, None], parts]
        coefficients = [np.ones((len(totals), 1)), np.broadcast_to(-weights, parts.shape)]
        if left is not None:
            first = len(self.values) + len(self.remainders)
            self.remainders += np.abs(left).tolist()
            quantities.append(np.arange(first, first + len(left))[:, None])
            coefficients.append(np.where(left < 0, 1.0, -1.0)[:, None])
        among.append((np.hstack(quantities), np.hstack(coefficients)))

    # --- all together ------------------------------------------------------------------------------------------------

    def numbered(self) -> tuple[Ints, Floats]:
        """Each quantity's number when those that are one count once (−1: no such), and the values by that number.

        What is of gaps has none: it is told by what it is made of.
        """
        values = np.concatenate([self.values, self.remainders])
        pairs = np.vstack([np.empty((0, 2), dtype=np.int64), *self.equal])
        graph = sparse.csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(values),) * 2)
        number = sparse.csgraph.connected_components(graph, directed=False)[1]
        known = ~np.isnan(values) & ~self.is_of_gap(np.arange(len(values)))
        kept, number[known] = np.unique(number[known], return_inverse=True)
        number[~known] = -1
        found = np.zeros(len(kept))
        found[number[known]] = values[known]
        return number.astype(np.int64), found

    def matrices(self, number: Ints, count: int) -> Matrices:
        """All of it by those numbers."""
        sets = [(quantities, np.ones(quantities.shape)) for quantities in self.sets]
        pairs = np.vstack([np.empty((0, 2), dtype=np.int64), *self.less])
        bounds = [*self.bounds, (pairs, np.broadcast_to([-1.0, 1.0], pairs.shape))]
        made_of = self._made_of(number, count)
        return Matrices(
            sums=_tidy(_matrix(self.sums, len(number)) @ made_of),
            by_chance=_tidy(_matrix(self.by_chance, len(number)) @ made_of),
            sets=_tidy(_matrix(sets, len(number)) @ made_of),
            bounds=_telling(_matrix(bounds, len(number)) @ made_of),
        )

    def _made_of(self, number: Ints, count: int) -> sparse.csr_array:
        """Quantities × numbers: each is its own number, or what a gap is made of."""
        own = np.flatnonzero(number >= 0)
        of_gaps = self.gaps.made_of.tocoo()
        rows, columns, signs = [own], [number[own]], [np.ones(len(own))]
        for kind in (Kind.TOTAL, Kind.PART, Kind.SUMMED):
            column = number[kind * self._rows + of_gaps.col]
            there = column >= 0
            rows.append((kind * self._rows + len(self.layout) + of_gaps.row)[there])
            columns.append(column[there])
            signs.append(of_gaps.data[there])
        entries = (np.concatenate(signs), (np.concatenate(rows), np.concatenate(columns)))
        return sparse.csr_array(entries, shape=(len(number), count))


def _matrix(parts: Sequence[tuple[Ints, Floats]], count: int) -> sparse.csr_array:
    rows, columns, numbers = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)], [np.empty(0)]
    first = 0
    for quantities, coefficients in parts:
        which = np.broadcast_to(np.arange(first, first + len(quantities))[:, None], quantities.shape)
        there = quantities >= 0
        rows.append(which[there])
        columns.append(quantities[there])
        numbers.append(coefficients[there])
        first += len(quantities)
    return sparse.csr_array(
        (np.concatenate(numbers), (np.concatenate(rows), np.concatenate(columns))), shape=(first, count)
    )


def _telling(bounds: sparse.csr_array) -> sparse.csr_array:
    """Each bound once, without those that hold of any numbers ≥ 0."""
    bounds = _tidy(bounds)
    bounds = bounds[np.flatnonzero((bounds < 0).sum(axis=1))]
    marks = bounds @ np.random.default_rng(_SEED).random((bounds.shape[1], 2))
    return bounds[np.sort(np.unique(marks, axis=0, return_index=True)[1])]


def _tidy(matrix: sparse.csr_array) -> sparse.csr_array:
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix[np.flatnonzero(np.diff(matrix.indptr))]
