"""The baseline: hide the smallest further row of every sum with one hidden, until the attacker is content.

It is what a careful person does by hand, over linked tables too. Ours may hide no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.model import Figure, Figures, Key
from tests.protection.attacker import attack
from tests.protection.judge import is_primary
from tests.protection.knowledge import Cell, Equation, Knowledge, Publication, always_shown, cells_of
from tests.protection.organisations import World
from tests.protection.shortcuts import by_cell, follow

_EMPTY = {
    "numerator": None, "denominator": None, "value": None, "ci_low": None, "ci_high": None, "status": None,
    "exact": None, "deviation": None, "suppressed": True,
}  # fmt: skip


class Greedy:
    """One world's rows, some of them hidden."""

    def __init__(self, world: World, figures: Figures) -> None:
        self.world, self.figures = world, figures
        self.hidden = {key for key, figure in figures.figures.items() if is_primary(figure, world.rule)}
        knowledge = Knowledge(world, [self.publication()])
        self._knowledge, self._equations = knowledge, knowledge.equations()
        self._of_cell: dict[Cell, list[Equation]] = by_cell(self._equations)
        self._rows_of: dict[Cell, list[Key]] = defaultdict(list)
        for key in figures.figures:
            for cell in cells_of(key, figures.windows).values():
                self._rows_of[cell].append(key)

    def publication(self) -> Publication:
        figures = self.figures.figures
        return Publication(
            {key: replace(figure, **_EMPTY) if key in self.hidden else figure for key, figure in figures.items()},
            self.figures.windows,
        )

    def run(self) -> bool:
        """Whether the attacker was made content."""
        for _ in range(200):
            while self._hide_beside():
                pass
            recovered = attack(self.world, [self.publication()])
            if not recovered:
                return True
            if not self._hide_for({one.key for one in recovered}):
                return False
        return False

    def _hide_beside(self) -> bool:
        """Hide in the sums that give a hidden row by simple subtraction."""
        known = Knowledge(self.world, [self.publication()]).shown()
        found = follow(known, self._equations)
        given = {cell for cell in found if any(key in self.hidden for key in self._rows_of[cell])}
        shown_too = {key for key in self.hidden for cell in self._needed(key) if cell in known or cell in given}
        return self._hide_for(shown_too)

    def _needed(self, key: Key) -> Iterator[Cell]:
        figure = self.figures.figures[key]
        cells = cells_of(key, self.figures.windows)
        yield cells["rows"]
        if "hits" in cells and figure.numerator:
            yield cells["hits"]
        if "total" in cells and figure.denominator:
            yield cells["total"]

    def _hide_for(self, keys: Iterable[Key]) -> bool:
        hidden = False
        for key in sorted(keys):
            further = self._smallest(key)
            if further is not None:
                self.hidden.add(further)
                hidden = True
        return hidden

    def _smallest(self, key: Key) -> Key | None:
        cells = list(cells_of(key, self.figures.windows).values())
        alike = {row for cell in cells for row in self._rows_of[cell]}
        beside = {
            row
            for cell in cells
            for one in self._of_cell.get(cell, ())
            for other in (one.whole, *one.parts)
            for row in self._rows_of[other]
        }
        for group in (alike, beside):
            free = [row for row in group if row not in self.hidden and not always_shown(row)]
            if free:
                return min(free, key=self._size)
        return None

    def _size(self, key: Key) -> tuple[bool, float, Key]:
        figure: Figure = self.figures.figures[key]
        return not figure.denominator, figure.denominator or 0, key
