"""What a reader can know: what each published row counts, and which of those numbers add up to which.

A *cell* is a number in words of rows: a measure, a first and a last day, a place, a category. Rows of other metrics,
statistics, windows or publications that count the same are the same cell. Sums are taken to be known wherever they hold
in truth, as by one who knows that no case lacks a unit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from typing import NamedTuple

from pipeline.model import Figure, Key, Statistic
from pipeline.periods import Window
from tests.protection.measures import DISTINCT, MEASURES, METRICS, SAME_IN, WITHIN, Row, counted
from tests.protection.organisations import World, is_told, number
from tests.unit.builders import COMMITTEE

SMALLEST, STRICT_SMALLEST = 5, 10
TOTAL = ("", "")
Cut = tuple[str, str]
Place = tuple[str, str]
NOWHERE: Place = ("", "")  # where rows without a unit stand


class Cell(NamedTuple):
    """A number in words of rows."""

    measure: str
    starts: date
    ends: date
    level: int
    org: str
    cut: Cut

    def __str__(self) -> str:
        category = f" {self.cut[1]}" if self.cut[0] else ""
        return f"{self.measure} {self.starts:%y%m%d}–{self.ends:%y%m%d} {self.org}{category}"


class Equation(NamedTuple):
    """The whole is the sum of its parts."""

    whole: Cell
    parts: tuple[Cell, ...]
    why: str


@dataclass(frozen=True)
class Publication:
    """What stands in a report: all rows, hidden ones among them, and its windows."""

    figures: Mapping[Key, Figure]
    windows: Mapping[str, Window]

    def hidden(self) -> Iterator[Key]:
        return (key for key, figure in self.figures.items() if figure.suppressed)

    def shown(self) -> Iterator[Figure]:
        return (figure for figure in self.figures.values() if not figure.suppressed)


def always_shown(key: Key) -> bool:
    """The committee's own shares and counts."""
    statistic = Statistic(key.statistic)
    return key.level == 1 and not key.breakdown and not statistic.is_distribution


def is_small(key: Key, n: float, hits: float, rule: str) -> bool:
    """Whether the contract hides a row for its own sake: `n` rows stand behind it, `hits` of them in a numerator."""
    if not n or always_shown(key):
        return False
    if n < SMALLEST:
        return True
    if rule != "strict" or Statistic(key.statistic) is not Statistic.SHARE:
        return False
    rest = n - hits
    return 0 < hits < SMALLEST or 0 < rest < SMALLEST or (0 in (hits, rest) and n < STRICT_SMALLEST)


def days_of(measure: str, window: Window) -> tuple[date, date]:
    """A stock is of one day, whatever its window is called."""
    name = DISTINCT[measure].among if measure in DISTINCT else measure
    return (window.starts, window.ends) if MEASURES[name].flow else (window.ends, window.ends)


def cell(measure: str, key: Key, windows: Mapping[str, Window]) -> Cell:
    """The cell of a measure where a row stands."""
    return Cell(measure, *days_of(measure, windows[key.window]), key.level, key.org, (key.breakdown, key.category))


def cells_of(key: Key, windows: Mapping[str, Window]) -> dict[str, Cell]:
    """What a row tells, when it is shown: `rows`, for shares `hits`, for means `total`."""
    told, statistic = METRICS[key.metric], Statistic(key.statistic)
    found = {"rows": counted(told, statistic)}
    if statistic is Statistic.SHARE:
        found["hits"] = told.hits
    if statistic is Statistic.MEAN:
        found["total"] = told.total
    return {name: cell(measure, key, windows) for name, measure in found.items()}


class Truth:
    """The true numbers, counted from the rows: for saying whether a guess is right, and which sums hold."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._found: dict[tuple[str, date, date], Mapping[tuple[Place, Cut], list[Row]]] = {}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Programme and unit; where no unit is given stands last."""
        return (*sorted(self._world.places - {NOWHERE}), NOWHERE)

    def at(self, measure: str, starts: date, ends: date, places: Iterable[Place], cut: Cut) -> int:
        rows = self._rows(measure, starts, ends)
        behind = [row for place in places for row in rows.get((place, cut), ())]
        return number(measure, behind, Window("", "", "", starts, ends))

    def of(self, cell: Cell) -> int:
        return self.at(cell.measure, cell.starts, cell.ends, self.places_of(cell.level, cell.org), cell.cut)

    def places_of(self, level: int, org: str) -> tuple[Place, ...]:
        if level == 1:
            return self.places
        return tuple(place for place in self.places[:-1] if place[level - 2] == org)

    def _rows(self, measure: str, starts: date, ends: date) -> Mapping[tuple[Place, Cut], list[Row]]:
        name = (measure, starts, ends)
        if name not in self._found:
            rule = MEASURES[DISTINCT[measure].among if measure in DISTINCT else measure]
            window = Window("", "", "", starts, ends)
            found: dict[tuple[Place, Cut], list[Row]] = defaultdict(list)
            for row in self._world.rows:
                if row.source == rule.source and rule.counts(row, window):
                    for cut in [TOTAL, *((b, row.category(b)) for b in self._breakdowns)]:
                        found[(row.programme, row.unit) if row.unit else NOWHERE, cut].append(row)
            self._found[name] = found
        return self._found[name]

    @cached_property
    def _breakdowns(self) -> tuple[str, ...]:
        return tuple(sorted({b for metric in self._world.metrics.values() for b in metric.breakdowns}))


class Knowledge:
    """All cells of some publications of one world, and what ties them."""

    def __init__(self, world: World, publications: Sequence[Publication]) -> None:
        self.world, self.publications = world, publications
        self.truth = Truth(world)
        self.cells: set[Cell] = {
            found for p in publications for key in p.figures for found in cells_of(key, p.windows).values()
        }

    def shown(self, only: Iterable[Figure] | None = None) -> dict[Cell, int]:
        """The cells whose numbers can be read; means give their sum only where one whole number fits."""
        known: dict[Cell, int] = {}
        for publication in self.publications:
            for figure in publication.shown():
                if only is None or figure in only:
                    known.update(read(figure, publication.windows))
        return known

    def is_all_in_a_part(self, cell: Cell, shown: Mapping[Cell, int]) -> bool:
        """Whether all its rows stand in a part of them that is shown: that there are no others is about nobody.

        Of no rows a part that is 0 shows none: there may be others, for all that it says.
        """
        parts = (cell._replace(measure=fewer) for fewer, more in WITHIN if more == cell.measure)
        rows = self.truth.of(cell)
        return rows > 0 and any(shown.get(part) == rows for part in parts)

    def equations(self) -> list[Equation]:
        """Every sum and likeness that ties cells together, each true."""
        found = [*self._of_places(), *self._of_categories(), *self._of_time(), *self._of_likeness()]
        return [one for one in found if one.whole not in one.parts]

    def _of_places(self) -> Iterator[Equation]:
        orgs: dict[int, set[str]] = {level: {c.org for c in self.cells if c.level == level} for level in (2, 3)}
        homes = Counter(unit for _, unit in self.truth.places[:-1])
        parents = {(c.measure, c.starts, c.ends, c.cut) for c in self.cells if c.level > 1 and c.measure in MEASURES}
        for measure, starts, ends, cut in sorted(parents):
            at = (measure, starts, ends)
            lacks_none = self.truth.at(*at, [NOWHERE], cut) == 0
            whole = Cell(*at, 1, COMMITTEE, cut)
            if lacks_none and whole in self.cells:
                for level, why in ((2, "programmes"), (3, "units")):
                    yield Equation(whole, tuple(Cell(*at, level, org, cut) for org in sorted(orgs[level])), why)
            for org in sorted(orgs[2]):
                units = sorted({unit for programme, unit in self.truth.places_of(2, org)})
                if all(homes[unit] == 1 for unit in units):
                    yield Equation(Cell(*at, 2, org, cut), tuple(Cell(*at, 3, u, cut) for u in units), "units")

    def _of_categories(self) -> Iterator[Equation]:
        groups: dict[tuple[Cell, str], set[Cell]] = defaultdict(set)
        for one in self.cells:
            if one.cut[0] and one.measure in MEASURES:
                groups[one._replace(cut=TOTAL), one.cut[0]].add(one)
        for (whole, breakdown), parts in groups.items():
            if self.truth.of(whole) == sum(map(self.truth.of, parts)):
                yield Equation(whole, tuple(sorted(parts)), breakdown)

    def _of_time(self) -> Iterator[Equation]:
        groups: dict[tuple[object, ...], set[Cell]] = defaultdict(set)
        for one in self.cells:
            if one.measure in MEASURES and MEASURES[one.measure].flow:
                groups[one.measure, one.level, one.org, one.cut].add(one)
        for spans in groups.values():
            begins: dict[date, list[Cell]] = defaultdict(list)
            for one in spans:
                begins[one.starts].append(one)
            for whole in spans:
                for parts in _tilings(whole, whole.starts, begins):
                    yield Equation(whole, parts, "time")

    def _of_likeness(self) -> Iterator[Equation]:
        by_cell = self.cells
        for (left, left_cut, right, right_cut), one in product(SAME_IN, sorted(by_cell)):
            if one.measure == left and one.cut == left_cut:
                other = one._replace(measure=right, cut=right_cut)
                if other in by_cell:
                    yield Equation(one, (other,), "same rows")


def _tilings(whole: Cell, day: date, begins: Mapping[date, list[Cell]], most: int = 4) -> Iterator[tuple[Cell, ...]]:
    """Ways to lay a window out of shorter ones, end to end, longer ones first."""
    if day > whole.ends:
        yield ()
    elif most:
        for part in sorted(begins.get(day, ()), reverse=True):
            if part.ends <= whole.ends and part != whole:
                for rest in _tilings(whole, part.ends + timedelta(days=1), begins, most - 1):
                    yield (part, *rest)


def read(figure: Figure, windows: Mapping[str, Window]) -> dict[Cell, int]:
    """What one shown row says in whole numbers."""
    cells = cells_of(figure.key, windows)
    found = {}
    if figure.denominator is not None:
        found[cells["rows"]] = int(figure.denominator)
        if "hits" in cells:
            found[cells["hits"]] = int(figure.numerator or 0)
        low, high = sum_between(figure)
        if "total" in cells and low == high:
            found[cells["total"]] = low
    return found


def sum_between(figure: Figure) -> tuple[int, int]:
    """The whole numbers that a mean of two decimals, times its rows, can be."""
    n, value = int(figure.denominator or 0), figure.value or 0.0
    slack = 0.005 * n + 1e-7
    low, high = value * n - slack, value * n + slack
    return max(0, -int(-low // 1) if low > 0 else 0), int(high // 1)


__all__ = [
    "COMMITTEE", "NOWHERE", "TOTAL", "WITHIN", "Cell", "Cut", "Equation", "Knowledge", "Place", "Publication",
    "Truth", "always_shown", "cell", "cells_of", "days_of", "is_small", "is_told", "read", "sum_between",
]  # fmt: skip
