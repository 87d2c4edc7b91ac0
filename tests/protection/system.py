"""Lines over unknown numbers, and which sums of these they leave no choice about: linear programming, nothing else."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from pipeline.model import Key
from tests.protection.knowledge import Cell, Truth

_NEARLY = 1 - 1e-5

Term = dict[int, float]


@dataclass(frozen=True)
class Sought:
    """Something of a hidden row that must not be known."""

    key: Key
    what: str
    term: Term
    truth: int
    cells: Mapping[str, Cell]
    publication: int = 1


@dataclass
class System:
    """Unknown numbers of rows, and the lines that hold for them: low ≤ terms ≤ high."""

    truth: Truth
    index: dict[tuple[object, ...], int] = field(default_factory=dict)
    true: list[int] = field(default_factory=list)
    lines: list[tuple[Term, float, float]] = field(default_factory=list)

    def variable(self, name: tuple[object, ...], true: int) -> int:
        if name not in self.index:
            self.index[name] = len(self.index)
            self.true.append(true)
        return self.index[name]

    def line(self, term: Term, low: float, high: float) -> None:
        """Hold `low ≤ term ≤ high`; it must be so in truth, or the attacker would be fooled."""
        term = {i: c for i, c in term.items() if c}
        value = sum(c * self.true[i] for i, c in term.items())
        if not low - 1e-6 <= value <= high + 1e-6:
            raise AssertionError(
                f"untrue: {low} ≤ {value} ≤ {high} of {[n for n, i in self.index.items() if i in term]}"
            )
        if term:
            self.lines.append((term, low, high))


def less(term: Term, other: Term, times: float = 1.0) -> Term:
    found = dict(term)
    for index, coefficient in other.items():
        found[index] = found.get(index, 0.0) - times * coefficient
    return found


def determined(system: System, read: list[tuple[Term, float, float]], sought: Sequence[Sought]) -> list[Sought]:
    """Those that no other whole number fits."""
    lines = [*system.lines, *read]
    count = len(system.true)
    true = np.array(system.true, dtype=float)
    part_of = _components(lines, count, sought)
    found: list[Sought] = []
    by_part: dict[int, list[Sought]] = defaultdict(list)
    for one in sought:
        if not one.term:
            found.append(one)
        else:
            by_part[part_of[next(iter(one.term))]].append(one)
    lines_of: dict[int, list[tuple[Term, float, float]]] = defaultdict(list)
    for line in lines:
        lines_of[part_of[next(iter(line[0]))]].append(line)
    for part, mine in by_part.items():
        found += _Programme(lines_of[part], true, mine).determined()
    return found


def _components(lines: Sequence[tuple[Term, float, float]], count: int, sought: Sequence[Sought]) -> np.ndarray:
    left, right = [], []
    for term in [*(line[0] for line in lines), *(one.term for one in sought)]:
        first, *others = term or [0]
        left += [first] * len(others)
        right += others
    graph = coo_array((np.ones(len(left)), (left, right)), shape=(count, count))
    return connected_components(graph, directed=False)[1]


class _Programme:
    """One linear programme, asked again and again with other aims."""

    def __init__(self, lines: Sequence[tuple[Term, float, float]], true: np.ndarray, sought: Sequence[Sought]) -> None:
        used = sorted({i for term, *_ in lines for i in term} | {i for one in sought for i in one.term})
        self._at = {index: n for n, index in enumerate(used)}
        self._true = true[used]
        self._sought = list(sought)
        equal = [(t, low) for t, low, high in lines if low == high]
        below = [(t, high) for t, low, high in lines if low != high and np.isfinite(high)]
        below += [({i: -c for i, c in t.items()}, -low) for t, low, high in lines if low != high]
        self._equal, self._below = self._matrix(equal), self._matrix(below)
        self._aims = self._matrix([(one.term, 0) for one in sought])

    def _matrix(self, rows: Sequence[tuple[Term, float]]) -> tuple[csr_array, np.ndarray] | tuple[None, None]:
        if not rows:
            return None, None
        entries = [(n, self._at[i], c) for n, (term, _) in enumerate(rows) for i, c in term.items()]
        row, column, value = zip(*entries, strict=True) if entries else ((), (), ())
        matrix = csr_array((value, (row, column)), shape=(len(rows), len(self._at)))
        return matrix, np.array([right for _, right in rows], dtype=float)

    def determined(self) -> list[Sought]:
        aims, _ = self._aims
        truth = np.array([one.truth for one in self._sought], dtype=float)
        pending = np.ones(len(self._sought), dtype=bool)
        draw = random.Random(len(self._at))
        for number in range(8):
            if not pending.any():
                return []
            signs = [1, -1][number] if number < 2 else np.array([draw.choice((-1, 1)) for _ in self._sought])
            weights = pending * signs / (1 + truth)
            pending &= ~self._moved(aims.T @ weights, aims, truth)
        for number in np.flatnonzero(pending):
            for sign in (1, -1):
                if pending[number]:
                    pending &= ~self._moved(sign * aims[[number], :].toarray()[0], aims, truth)
        return [one for one, is_left in zip(self._sought, pending, strict=True) if is_left]

    def _moved(self, aim: np.ndarray, aims: csr_array, truth: np.ndarray) -> np.ndarray:
        """Which of those sought differ by a whole one or more in what fits and has the most of `aim`."""
        found = linprog(
            -aim, self._below[0], self._below[1], self._equal[0], self._equal[1],
            bounds=(0, 1e6), method="highs",
        )  # fmt: skip
        if found.x is None:
            raise AssertionError(f"the attacker's own lines fit no numbers: {found.message}")
        return np.abs(aims @ found.x - truth) >= _NEARLY
