"""What somebody does not know, as differences from the truth, and what binds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.optimize import OptimizeResult

from pipeline.suppression.connected import chained, connected
from pipeline.suppression.problem import Flags, Floats, Ints, Problem, Target
from pipeline.suppression.solving import least

CRUMB = 1e-6  # a difference that is no greater is the arithmetic's, and none
STEP = 1 - CRUMB  # another whole number lies at least so far away


@dataclass(frozen=True)
class Guesses:
    """What the attacker does not know, as differences from the truth, and what binds them."""

    quantities: Ints  # column → quantity
    column: Ints  # quantity → column, −1 where known
    values: Floats
    equal: sparse.csr_array  # times the differences = 0
    sums: Ints  # row of `equal` → sum
    at_most: sparse.csr_array  # times the differences ≤ room
    room: Floats
    bounds: Ints  # row of `at_most` → bound
    part: Ints  # column → which part of the whole it belongs to; parts know nothing of each other

    @classmethod
    def of(cls, problem: Problem, unknown: Flags) -> Guesses:
        """Those of the quantities that are unknown."""
        quantities = np.flatnonzero(unknown)
        column = np.full(len(unknown), -1, dtype=np.int64)
        column[quantities] = np.arange(len(quantities))
        equal = problem.sums[:, quantities]
        sums = np.flatnonzero(np.diff(equal.indptr))
        at_most = -problem.bounds[:, quantities]
        bounds = np.flatnonzero(np.diff(at_most.indptr))
        equal, at_most = equal[sums], at_most[bounds]
        return cls(
            quantities=quantities,
            column=column,
            values=problem.values[quantities],
            equal=equal,
            sums=sums,
            at_most=at_most,
            room=problem.room[bounds],
            bounds=bounds,
            part=connected([chained(equal), chained(at_most)], len(quantities)),
        )

    def holds(self, target: Target) -> bool:
        """Whether the target may differ at all: what it is less may, where it is less something."""
        return bool(self.column[target.unsettled] >= 0)

    def around(self, targets: Sequence[Target]) -> Guesses:
        """Only what hangs together with some targets."""
        return self.only(np.unique(self.part[self.column[[one.unsettled for one in targets]]]))

    def directions(self, targets: Sequence[Target]) -> sparse.csr_array:
        """A row a target: times the differences it is the target's own."""
        columns = [
            (row, self.column[quantity], sign)
            for row, one in enumerate(targets)
            for quantity, sign in ((one.quantity, 1.0), (one.less, -1.0))
            if quantity >= 0 and self.column[quantity] >= 0
        ]
        rows, quantities, signs = np.array(columns, dtype=np.float64).reshape(-1, 3).T
        places = (rows.astype(np.int64), quantities.astype(np.int64))
        return sparse.csr_array((signs, places), shape=(len(targets), len(self.quantities)))

    def only(self, parts: Ints) -> Guesses:
        """Those of some parts."""
        return self.among(np.isin(self.part, parts))

    def near(self, targets: Sequence[Target], steps: int) -> Guesses:
        """Only what shares a sum or bound with a target, or does so by that many steps; all else is as in truth."""
        return self.among(self._reached(targets, steps))

    def loosely_near(self, targets: Sequence[Target], steps: int) -> Guesses:
        """The same quantities when all else may be anything: nothing that binds them to it is left.

        What cannot differ here cannot differ at all.
        """
        kept = self._reached(targets, steps)
        others = (~kept).astype(np.int32)
        sums, bounds = (
            np.flatnonzero(one.astype(bool).astype(np.int32) @ others == 0) for one in (self.equal, self.at_most)
        )
        return replace(
            self,
            equal=self.equal[sums],
            sums=self.sums[sums],
            at_most=self.at_most[bounds],
            room=self.room[bounds],
            bounds=self.bounds[bounds],
        ).among(kept)

    def _reached(self, targets: Sequence[Target], steps: int) -> Flags:
        links = sparse.vstack([self.equal, self.at_most]).astype(bool).astype(np.int32).tocsr()
        back = links.T.tocsr()
        kept = np.zeros(len(self.quantities), dtype=bool)
        kept[abs(self.directions(targets)).sum(axis=0) > 0] = True
        for _ in range(steps):
            kept |= back @ (links @ kept.astype(np.int32) > 0).astype(np.int32) > 0
        return kept

    def among(self, wanted: Flags) -> Guesses:
        """Only those of some columns (bool); all others are as in truth."""
        kept = np.flatnonzero(wanted)
        column = np.full(len(self.column), -1, dtype=np.int64)
        column[self.quantities[kept]] = np.arange(len(kept))
        equal, at_most = self.equal[:, kept], self.at_most[:, kept]
        sums, bounds = (np.flatnonzero(np.diff(one.indptr)) for one in (equal, at_most))
        return Guesses(
            quantities=self.quantities[kept],
            column=column,
            values=self.values[kept],
            equal=equal[sums],
            sums=self.sums[sums],
            at_most=at_most[bounds],
            room=self.room[bounds],
            bounds=self.bounds[bounds],
            part=self.part[kept],
        )

    def within(self, reach: float) -> Guesses:
        """The same when nothing is further than `reach` from the truth: without the bounds that are further away."""
        tight = np.flatnonzero(self.room < reach * abs(self.at_most).sum(axis=1))
        return replace(self, at_most=self.at_most[tight], room=self.room[tight], bounds=self.bounds[tight])

    def towards(self, weights: Floats, reach: float) -> OptimizeResult:
        """The differences that go furthest in a direction, each at most `reach` away."""
        return least(
            -weights,
            A_ub=self.at_most if len(self.bounds) else None,
            b_ub=self.room if len(self.bounds) else None,
            A_eq=self.equal if len(self.sums) else None,
            b_eq=np.zeros(len(self.sums)) if len(self.sums) else None,
            bounds=np.column_stack([np.maximum(-self.values, -reach), np.full(len(self.values), reach)]),
        )
