"""Which counts of a table to hide so that no small group can be told, not even by subtraction.

A simple rule for one table with its sums: small counts are hidden, then as many more as it takes, the smallest first,
until what is hidden is neither fixed by a sum nor so small together that the sum tells it.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)
# A total and the parts that sum to it.
Sum = tuple[Name, Sequence[Name]]


def hidden(
    counts: Mapping[Name, int], sums: Sequence[Sum[Name]], always_shown: Collection[Name], smallest: int
) -> frozenset[Name]:
    """The names of the counts to hide. Groups of 1 to `smallest` − 1 are small; `always_shown` are never hidden."""
    hidden = {name for name, count in counts.items() if 0 < count < smallest} - set(always_shown)
    while (more := _one_more(counts, sums, set(always_shown), hidden, smallest)) is not None:
        hidden.add(more)
    return frozenset(hidden)


def _one_more(
    counts: Mapping[Name, int], sums: Sequence[Sum[Name]], fixed: set[Name], hidden: set[Name], smallest: int
) -> Name | None:
    """The next count to hide, the smallest that helps (a zero last); None when no more is needed, or would help."""
    for total, parts in _told(sums, hidden, counts, smallest):
        left = [name for name in (*parts, total) if name not in hidden and name not in fixed]
        if left:
            return min(left, key=lambda name: (counts[name] == 0, counts[name]))
    return None


def _told(
    sums: Sequence[Sum[Name]], hidden: set[Name], counts: Mapping[Name, int], smallest: int
) -> Iterator[Sum[Name]]:
    """The sums by which something hidden can be told, or told to be small: by one alone first, then by several."""
    for total, parts in sums:
        concealed = [name for name in parts if name in hidden]
        together = sum(counts[name] for name in concealed)
        # All as small, or all as great, as a small group can be is as good as told.
        extremes = {len(concealed), (smallest - 1) * len(concealed)}
        if concealed and total not in hidden and (together < smallest or together in extremes):
            yield total, parts
    determined = _determined(sums, hidden)
    for total, parts in sums:
        if determined.intersection((*parts, total)):
            yield total, parts


def _determined(sums: Sequence[Sum[Name]], hidden: set[Name]) -> set[Name]:
    """The hidden names that the sums leave a single value for, whatever the counts are."""
    names = sorted(hidden, key=repr)
    rows = [[Fraction((name in parts) - (name == total)) for name in names] for total, parts in sums]
    reduced = _reduced([row for row in rows if any(row)])
    return {names[row.index(Fraction(1))] for row in reduced if sum(map(bool, row)) == 1}


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """The rows in reduced echelon form, without empty ones."""
    done: list[list[Fraction]] = []
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        rows = [_without(row, pivot, column) for row in rows]
        done = [*(_without(row, pivot, column) for row in done), pivot]
    return done


def _without(row: list[Fraction], pivot: list[Fraction], column: int) -> list[Fraction]:
    return [value - row[column] * of_pivot for value, of_pivot in zip(row, pivot, strict=True)]
