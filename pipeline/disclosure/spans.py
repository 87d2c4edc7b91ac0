"""Windows as ways between days: which of them, added and taken away, make up the days between two days.

A window leads from its first day to the day after its last; the days between any two days that windows lead to are
known by the windows on a way between them, those that are walked backwards taken away.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pipeline.disclosure.tables import Table
from pipeline.periods import Days
from pipeline.suppression.problem import Flags, Ints

_DAY = timedelta(days=1)
Way = tuple[tuple[int, float], ...]  # numbers of windows, and +1 or −1


class Alike(NamedTuple):
    """Places of a table (organisation × cut, flat) where the same windows have numbers, and these windows."""

    places: Ints
    windows: tuple[int, ...]


def alike(there: Flags) -> Iterator[Alike]:
    """Places grouped by which windows have numbers there (`there`: windows × organisation × cuts)."""
    flat = there.reshape(len(there), -1)
    patterns, which = np.unique(flat, axis=1, return_inverse=True)
    for number in range(patterns.shape[1]):
        windows = tuple(np.flatnonzero(patterns[:, number]).tolist())
        if windows:
            yield Alike(np.flatnonzero(which.reshape(-1) == number), windows)


class Ways:
    """The ways between days over some windows; of several with the same days the first."""

    def __init__(self, table: Table, windows: Iterable[int]) -> None:
        self.window: dict[tuple[date, date], int] = {}
        for number in windows:
            days = table.windows[number]
            if not days.is_stock:
                self.window.setdefault((days.starts, days.ends + _DAY), number)
        self._from: dict[date, list[tuple[date, int, float]]] = defaultdict(list)
        for (starts, after), number in sorted(self.window.items()):
            self._from[starts].append((after, number, 1.0))
            self._from[after].append((starts, number, -1.0))

    def between(self, starts: date, after: date, without: int = -1) -> Way | None:
        """The shortest way, without a window; None when there is none."""
        back = self._search(starts, without, after)
        return self._walked(back, starts, after) if after in back else None

    def gaps(self) -> Iterator[tuple[Days, Way]]:
        """The least spans that follow from several windows and that no window is of."""
        left = sorted(self._from)
        while left:
            back = self._search(left[0])
            together = [day for day in left if day in back]
            left = [day for day in left if day not in back]
            for starts, after in pairwise(together):
                way = self.between(starts, after)
                if way is not None and len(way) > 1:
                    yield Days(False, starts, after - _DAY), way

    def circles(self) -> list[Way]:
        """Ways that lead back to where they began, from which all others can be put together."""
        found: dict[frozenset[tuple[int, float]], Way] = {}
        tree = self._tree()
        for (starts, after), number in sorted(self.window.items()):
            ways = [self.between(starts, after, without=number)]
            if number not in tree:
                ways.append(self.between_in(tree, starts, after))
            for way in ways:
                if way is not None:
                    circle = (*((one, -sign) for one, sign in way), (number, 1.0))
                    first = min(circle)[1]
                    found.setdefault(frozenset((one, sign * first) for one, sign in circle), circle)
        return list(found.values())

    def between_in(self, tree: frozenset[int], starts: date, after: date) -> Way | None:
        """The way over some windows alone."""
        back = self._search(starts, only=tree)
        return self._walked(back, starts, after) if after in back else None

    def _tree(self) -> frozenset[int]:
        """Windows that lead everywhere once."""
        reached: set[date] = set()
        kept: set[int] = set()
        for day in sorted(self._from):
            if day not in reached:
                back = self._search(day)
                reached.update(back)
                kept.update(step[1] for step in back.values() if step is not None)
        return frozenset(kept)

    def _search(
        self, starts: date, without: int = -1, until: date | None = None, only: frozenset[int] | None = None
    ) -> Mapping[date, tuple[date, int, float] | None]:
        """Each day that is reached, and the step that reached it first."""
        back: dict[date, tuple[date, int, float] | None] = {starts: None}
        waiting = deque([starts])
        while waiting and until not in back:
            day = waiting.popleft()
            for other, number, sign in self._from.get(day, ()):
                if other not in back and number != without and (only is None or number in only):
                    back[other] = (day, number, sign)
                    waiting.append(other)
        return back

    @staticmethod
    def _walked(back: Mapping[date, tuple[date, int, float] | None], starts: date, day: date) -> Way:
        way: list[tuple[int, float]] = []
        while day != starts and (step := back[day]) is not None:
            way.append(step[1:])
            day = step[0]
        return tuple(sorted(way))


def rows_along(table: Table, places: Ints, way: Way) -> tuple[Ints, np.ndarray]:
    """The rows of each place along a way (places × windows), and the signs of the windows."""
    flat = table.rows.reshape(len(table.windows), -1)
    return np.column_stack([flat[number, places] for number, _ in way]), np.array([sign for _, sign in way])
