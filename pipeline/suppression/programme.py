"""Demands as an integer programme: the rows that meet them at the least cost, found exactly by HiGHS."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from pipeline.suppression.problem import Flags, Floats, Ints, Problem


@dataclass(frozen=True, order=True)
class Demand:
    """When all those rows are hidden, at least one of these quantities must be unknown."""

    when: tuple[int, ...]
    among: tuple[int, ...]


def cheapest(problem: Problem, demands: Collection[Demand], settled: Flags) -> Ints:
    """The rows to hide besides those that are settled, at the least cost, so that all demands are met.

    A row that stands beside another is hidden with it.
    """
    programme = _Programme(problem, settled)
    for demand in sorted(demands):
        programme.demand(demand)
    programme.follow()
    answer = milp(
        programme.cost(),
        integrality=programme.integrality(),
        bounds=Bounds(0, 1),
        constraints=programme.constraints(),
        options={"mip_rel_gap": 0.0},
    )
    if answer.x is None:
        raise ArithmeticError(f"the programme has no answer: {answer.message}")
    return np.array([row for row, column in programme.rows.items() if answer.x[column] > 0.5], dtype=np.int64)


class _Programme:
    """One column a row that may be hidden, and one for each quantity that several of them print."""

    def __init__(self, problem: Problem, settled: Flags) -> None:
        self._problem, self._settled = problem, settled
        self.rows: dict[int, int] = {}
        self._unknown: dict[int, int] = {}
        self._columns = 0
        self._entries: list[tuple[int, int, float]] = []
        self._least: list[float] = []

    def demand(self, demand: Demand) -> None:
        """At least one of the quantities is unknown, when all the rows are hidden."""
        conditions = [row for row in demand.when if not self._settled[row]]
        columns = {self._of_quantity(quantity): 1.0 for quantity in demand.among}
        for row in conditions:
            column = self._of_row(row)
            columns[column] = columns.get(column, 0.0) - 1.0
        self._add(columns, 1.0 - len(conditions))

    def follow(self) -> None:
        """Whoever is hidden takes what stands beside it along."""
        followers = self._problem.followers_of
        for leader in list(self.rows):
            for follower in followers.get(leader, ()):
                if not self._settled[follower]:
                    self._add({self._of_row(follower): 1.0, self.rows[leader]: -1.0}, 0.0)

    def _of_row(self, row: int) -> int:
        if row not in self.rows:
            self.rows[row] = self._new()
        return self.rows[row]

    def _of_quantity(self, quantity: int) -> int:
        """The column that is 1 only when every row that prints the quantity is hidden."""
        rows = [row for row in self._problem.printers(quantity).tolist() if not self._settled[row]]
        if len(rows) == 1:
            return self._of_row(rows[0])
        if quantity not in self._unknown:
            self._unknown[quantity] = self._new()
            for row in rows:
                self._add({self._of_row(row): 1.0, self._unknown[quantity]: -1.0}, 0.0)
        return self._unknown[quantity]

    def _new(self) -> int:
        self._columns += 1
        return self._columns - 1

    def _add(self, columns: Mapping[int, float], least: float) -> None:
        self._entries += [(len(self._least), column, number) for column, number in columns.items()]
        self._least.append(least)

    def cost(self) -> Floats:
        """Figures first; importance can never outweigh one of them."""
        rows = np.fromiter(self.rows, dtype=np.int64)
        importance = self._problem.importance[rows]
        cost = np.zeros(self._columns)
        cost[list(self.rows.values())] = self._problem.cost[rows] + 0.5 * importance / (1.0 + importance.sum())
        return cost

    def integrality(self) -> Ints:
        """Rows are hidden or not; what is unknown follows from them."""
        whole = np.zeros(self._columns, dtype=np.int64)
        whole[list(self.rows.values())] = 1
        return whole

    def constraints(self) -> LinearConstraint:
        """All of them."""
        rows, columns, numbers = zip(*self._entries, strict=True)
        matrix = sparse.csr_array((numbers, (rows, columns)), shape=(len(self._least), self._columns))
        return LinearConstraint(matrix, lb=np.array(self._least))
