"""Small problems by hand: numbers by name, the rows that print them, and what is hidden or found by name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from pipeline.suppression import Problem, Target, choose, found_out, recovered
from pipeline.suppression.problem import room_of

# A total, and the numbers that sum to it.
Sum = tuple[str, Sequence[str]]


@dataclass
class Sketch:
    """A problem in which every number is printed by a row of its own name, unless `rows` says otherwise.

    `targets` are what must not be found, by row: a number, or one less another; unless given, what each row prints.
    """

    numbers: Mapping[str, float]
    sums: Sequence[Sum] = ()
    small: Collection[str] = ()
    fixed: Collection[str] = ()
    rows: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sets: Sequence[Sequence[str]] = ()
    at_most: Sequence[tuple[str, str]] = ()
    follow: Sequence[tuple[str, str]] = ()
    cost: Mapping[str, float] = field(default_factory=dict)
    importance: Mapping[str, float] = field(default_factory=dict)
    unordinary: Collection[str] = ()
    targets: Sequence[tuple[str, str] | tuple[str, str, str]] | None = None

    def __post_init__(self) -> None:
        self.rows = self.rows or {name: [name] for name in self.numbers}
        self._number = {name: number for number, name in enumerate(self.numbers)}
        self._row = {name: number for number, name in enumerate(self.rows)}

    def problem(self) -> Problem:
        """The same by number."""
        printed = [(self._row[row], self._number[name]) for row, names in self.rows.items() for name in names]
        values = np.array(list(self.numbers.values()), dtype=np.float64)
        bounds = self._matrix([{one: -1.0, other: 1.0} for one, other in self.at_most])
        return Problem(
            values=values,
            prints_row=np.array([row for row, _ in printed], dtype=np.int64),
            prints_quantity=np.array([quantity for _, quantity in printed], dtype=np.int64),
            sums=self._matrix([{total: 1.0} | dict.fromkeys(parts, -1.0) for total, parts in self.sums]),
            sets=self._matrix([dict.fromkeys(names, 1.0) for names in self.sets]),
            bounds=bounds,
            room=room_of(bounds, values),
            primary=self._flags(self.small),
            fixed=self._flags(self.fixed),
            cost=np.array([self.cost.get(row, 1.0) for row in self.rows]),
            importance=np.array([self.importance.get(row, 0.0) for row in self.rows]),
            ordinary=~self._flags(self.unordinary),
            followers=np.array([self._row[one] for one, _ in self.follow], dtype=np.int64),
            leaders=np.array([self._row[other] for _, other in self.follow], dtype=np.int64),
            targets=tuple(self._targets()),
        )

    def _targets(self) -> list[Target]:
        if self.targets is None:
            return [Target(self._row[row], self._number[name]) for row, names in self.rows.items() for name in names]
        return [Target(self._row[row], *(self._number[name] for name in names)) for row, *names in self.targets]

    def _flags(self, names: Collection[str]) -> np.ndarray:
        return np.array([row in names for row in self.rows], dtype=bool)

    def _matrix(self, lines: Sequence[Mapping[str, float]]) -> sparse.csr_array:
        matrix = np.zeros((len(lines), len(self.numbers)))
        for line, members in enumerate(lines):
            for name, sign in members.items():
                matrix[line, self._number[name]] = sign
        return sparse.csr_array(matrix)

    def hidden(self) -> set[str]:
        """The rows that are chosen, once the attacker has been seen to find nothing in them."""
        problem = self.problem()
        chosen = choose(problem)
        assert recovered(problem, chosen) == []
        return self.names(chosen)

    def names(self, chosen: np.ndarray) -> set[str]:
        """Rows by name."""
        return {name for name, is_hidden in zip(self.rows, chosen, strict=True) if is_hidden}

    def found(self, hidden: Collection[str]) -> set[str]:
        """What the attacker finds when those rows are hidden: numbers, and differences as `one - other`."""
        names, problem, flags = list(self.numbers), self.problem(), self._flags(hidden)
        targets = {one.target for one in recovered(problem, flags)}
        assert found_out(problem, flags) == targets
        return {names[one.quantity] + (f" - {names[one.less]}" if one.less >= 0 else "") for one in targets}
