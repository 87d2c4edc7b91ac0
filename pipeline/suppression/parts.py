"""A problem's parts, which tell nothing of each other, each as a smaller problem of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from scipy import sparse

from pipeline.suppression.connected import chained, connected
from pipeline.suppression.problem import Flags, Ints, Problem, Target


class Part(NamedTuple):
    """A problem, and which rows of the whole its rows are."""

    problem: Problem
    rows: Ints


def parts(problem: Problem, wanted: Flags) -> Iterator[Part]:
    """The parts that any of the wanted rows are in, in the order of their first such rows.

    What is told in any case binds nothing together and is left out.
    """
    pieces = _Pieces(problem)
    for label in dict.fromkeys(pieces.of_row[wanted].tolist()):
        yield pieces.part(label)


class _Pieces:
    """Everything by the piece that it belongs to, and its number there."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        is_open = ~problem.told
        matrices = [_only(one, is_open) for one in (problem.sums, problem.sets, problem.bounds)]
        self.of_row, of_quantity = _labels(problem, is_open, matrices)
        self._rows, self._quantities = _Grouped(self.of_row), _Grouped(of_quantity)
        self._row, self._quantity = self._rows.numbers(), self._quantities.numbers()
        self._matrices = [_Lines(one, of_quantity, self._quantity) for one in matrices]
        self._prints = _Grouped(of_quantity[problem.prints_quantity])
        self._follow = _Grouped(self.of_row[problem.followers])
        self._is_open = is_open
        self._targets = _Grouped(np.where(problem.is_open(is_open), self.of_row[problem.target_columns[0]], -1))

    def part(self, label: int) -> Part:
        """One piece as a problem."""
        whole, rows, quantities = self._problem, self._rows.of(label), self._quantities.of(label)
        prints, follow = self._prints.of(label), self._follow.of(label)
        (sums, _), (sets, _), (bounds, which) = (one.of(label, len(quantities)) for one in self._matrices)
        problem = Problem(
            values=whole.values[quantities],
            prints_row=self._row[whole.prints_row[prints]],
            prints_quantity=self._quantity[whole.prints_quantity[prints]],
            sums=sums,
            sets=sets,
            bounds=bounds,
            room=whole.room[which],
            primary=whole.primary[rows],
            fixed=whole.fixed[rows],
            cost=whole.cost[rows],
            importance=whole.importance[rows],
            ordinary=whole.ordinary[rows],
            followers=self._row[whole.followers[follow]],
            leaders=self._row[whole.leaders[follow]],
            targets=tuple(self._target(whole.targets[one]) for one in self._targets.of(label).tolist()),
        )
        return Part(problem, rows)

    def _target(self, target: Target) -> Target:
        row, less = int(self._row[target.row]), int(self._quantity[target.unsettled])
        if target.less < 0 or not self._is_open[target.quantity]:
            return Target(row, less)
        return Target(row, int(self._quantity[target.quantity]), less)


class _Grouped:
    """Things by their label; those labelled −1 belong to nothing."""

    def __init__(self, label: Ints) -> None:
        self._order = np.argsort(label, kind="stable")
        self._label = label[self._order]

    def of(self, label: int) -> Ints:
        """The things of a label, in their order."""
        first, last = np.searchsorted(self._label, [label, label + 1])
        return self._order[first:last]

    def numbers(self) -> Ints:
        """Each thing's number among those of its label."""
        found = np.empty(len(self._order), dtype=np.int64)
        found[self._order] = np.arange(len(self._order)) - np.searchsorted(self._label, self._label)
        return found


class _Lines:
    """A matrix of which every line belongs to one piece."""

    def __init__(self, matrix: sparse.csr_array, label: Ints, number: Ints) -> None:
        filled = np.flatnonzero(np.diff(matrix.indptr))
        of_line = np.full(matrix.shape[0], -1, dtype=np.int64)
        of_line[filled] = label[matrix.indices[matrix.indptr[filled]]]
        self._lines = _Grouped(of_line)
        self._matrix = sparse.csr_array((matrix.data, number[matrix.indices], matrix.indptr), shape=matrix.shape)

    def of(self, label: int, columns: int) -> tuple[sparse.csr_array, Ints]:
        """The lines of a piece that has so many columns, and their numbers."""
        lines = self._lines.of(label)
        few = self._matrix[lines]
        return sparse.csr_array((few.data, few.indices, few.indptr), shape=(len(lines), columns)), lines


def _labels(problem: Problem, is_open: Flags, matrices: Iterable[sparse.csr_array]) -> tuple[Ints, Ints]:
    """The piece of each row and each quantity (−1 for what is told): what prints, sums, bounds or follows binds."""
    rows, count = len(problem.primary), len(problem.primary) + len(problem.values)
    prints = is_open[problem.prints_quantity]
    pairs = [
        (problem.prints_row[prints], rows + problem.prints_quantity[prints]),
        (problem.followers, problem.leaders),
        *((rows + one, rows + other) for one, other in map(chained, matrices)),
    ]
    label = connected(pairs, count)
    return label[:rows], np.where(is_open, label[rows:], -1)


def _only(matrix: sparse.csr_array, wanted: Flags) -> sparse.csr_array:
    """The matrix without the entries of other columns."""
    kept = matrix.copy()
    kept.data[~wanted[kept.indices]] = 0
    kept.eliminate_zeros()
    return kept
