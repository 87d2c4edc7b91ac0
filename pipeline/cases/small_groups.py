"""Which counts of tables to hide so that no small group can be told, not even by subtraction.

`pipeline.suppression` chooses them. A few small groups together are no secret to it; here they are one more small
group, since whoever knows how we hide would know each of them by their sum.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from pipeline.suppression import Problem, choose
from pipeline.suppression.plain import plain

Name = TypeVar("Name", bound=Hashable)
# A total and the parts that sum to it.
Sum = tuple[Name, Sequence[Name]]


def hidden(
    counts: Mapping[Name, int],
    sums: Sequence[Sum[Name]],
    always_shown: Collection[Name],
    smallest: int,
    also: Collection[Name] = (),
) -> frozenset[Name]:
    """The names of the counts to hide. Groups of 1 to `smallest` − 1 are small; `always_shown` are never hidden.

    `also`: those that are to be hidden besides, for other reasons.
    """
    small = ({name for name, count in counts.items() if 0 < count < smallest} | set(also)) - set(always_shown)
    tables = _Tables(counts, sums, always_shown, smallest)
    groups: dict[frozenset[Name], None] = {}
    while True:
        concealed = tables.concealed(small, groups)
        told = [group for group in tables.told(concealed) if group not in groups]
        if not told:
            return concealed
        groups |= dict.fromkeys(told)


class _Tables(Generic[Name]):
    """The counts and the sums that bind them."""

    def __init__(
        self, counts: Mapping[Name, int], sums: Sequence[Sum[Name]], always_shown: Collection[Name], smallest: int
    ) -> None:
        self._counts, self._sums, self._fixed, self._smallest = counts, sums, set(always_shown), smallest
        self._number = {name: number for number, name in enumerate(counts)}

    def concealed(self, small: Collection[Name], groups: Collection[frozenset[Name]]) -> frozenset[Name]:
        """What is hidden so that neither the small counts nor the sums of the groups can be told."""
        chosen = choose(self._problem(small, groups))
        return frozenset(name for name, number in self._number.items() if chosen[number])

    def told(self, concealed: Collection[Name]) -> Iterator[frozenset[Name]]:
        """What is hidden in a sum and by that told to be small, or each as small or as great as it can be."""
        for total, parts in self._sums:
            group = frozenset(name for name in parts if name in concealed)
            together = sum(self._counts[name] for name in group)
            is_telling = together < self._smallest or together in {len(group), (self._smallest - 1) * len(group)}
            left = {total, *parts} - group - self._fixed
            if group and left and total not in concealed and is_telling:
                yield group

    def _problem(self, small: Collection[Name], groups: Collection[frozenset[Name]]) -> Problem:
        """Every count is printed by a row of its own, and every group by one that is never shown."""
        counts = list(self._counts.values())
        together = [sum(self._counts[name] for name in group) for group in groups]
        sums = [{self._number[total]: 1.0} | self._less(parts) for total, parts in self._sums]
        sums += [{number: 1.0} | self._less(group) for number, group in enumerate(groups, len(counts))]
        return plain(
            [*counts, *together],
            sums,
            primary={*(self._number[name] for name in small), *range(len(counts), len(counts) + len(groups))},
            fixed={self._number[name] for name in self._fixed},
            importance=[*self._importance(), *together],
        )

    def _less(self, parts: Collection[Name]) -> dict[int, float]:
        return dict.fromkeys(sorted(self._number[name] for name in parts), -1.0)

    def _importance(self) -> list[float]:
        """The smallest is missed least; but a nought tells that there was none, and hides little."""
        most = max(self._counts.values(), default=0) + 1
        return [count or most for count in self._counts.values()]
