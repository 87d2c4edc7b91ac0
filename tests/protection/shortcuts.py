"""The attacks that need no mathematics: one number missing in a sum, a sum that is 0, the same number elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tests.protection.knowledge import Cell, Equation


def follow(known: Mapping[Cell, int], equations: Iterable[Equation]) -> dict[Cell, str]:
    """Every further cell that falls out, one after the other, with the sum that gave it."""
    values = dict(known)
    told: dict[Cell, str] = {}
    waiting = list(equations)
    found = True
    while found:
        found = False
        for one in waiting:
            for cell, value, how in _fallen(one, values):
                values[cell], told[cell] = value, how
                found = True
    return told


def _fallen(one: Equation, values: Mapping[Cell, int]) -> list[tuple[Cell, int, str]]:
    lacking = [part for part in one.parts if part not in values]
    shown = sum(values[part] for part in one.parts if part in values)
    how = f"{one.why}: {one.whole} = sum of {len(one.parts)}"
    if one.whole not in values:
        return [] if lacking else [(one.whole, shown, how)]
    rest = values[one.whole] - shown
    if len(set(lacking)) == 1:
        return [(lacking[0], rest, how)]
    return [(part, 0, how + ", nothing left") for part in lacking] if not rest else []


def by_cell(equations: Iterable[Equation]) -> dict[Cell, list[Equation]]:
    """The equations that a cell stands in."""
    index: dict[Cell, list[Equation]] = defaultdict(list)
    for one in equations:
        for cell in {one.whole, *one.parts}:
            index[cell].append(one)
    return index
