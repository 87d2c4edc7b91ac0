"""Figures laid out as tables of numbers: which rows are printed, and what each of them counts.

A row is what is shown or hidden together: the figures of one metric, of statistics that stand on the same rows, in one
window and place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np

from pipeline.model import Figure, Figures, Key, Level, Metric, Statistic
from pipeline.model.figures import OTHER_DECIMALS
from pipeline.model.revisions import PublishedFigure
from pipeline.periods import Days
from pipeline.suppression.problem import Flags, Floats, Ints

_ROUNDED_AWAY = 0.5 * 10**-OTHER_DECIMALS
# Sums of days are made of means that were divided and multiplied again: what is left by that is nothing.
CRUMB = 1e-6
_TOGETHER = {Statistic.MEDIAN: Statistic.MEAN, Statistic.P90: Statistic.MEAN}


class Cut(NamedTuple):
    """A category of a breakdown; both empty for the total."""

    breakdown: str
    category: str


_ALL = Cut("", "")


class Org(NamedTuple):
    """A place in the organisation."""

    level: int
    name: str


@dataclass(frozen=True)
class Table:
    """The rows of statistics of a metric that stand on the same rows.

    `rows` numbers them (int: windows × organisation × cuts; −1 where there is none). Windows with the same days have a
    place each when they come from the same report, and another when they come from an earlier one.
    """

    metric: Metric
    statistic: Statistic
    windows: tuple[Days, ...]
    cuts: tuple[Cut, ...]
    rows: Ints

    def cuts_of(self, breakdown: str) -> Ints:
        """The numbers of a breakdown's cuts; of the total's only one for the empty breakdown."""
        return np.array([number for number, cut in enumerate(self.cuts) if cut.breakdown == breakdown], dtype=np.int64)

    def at(self, cut: Cut) -> Ints | None:
        """The rows of a cut (windows × organisation)."""
        return self.rows[:, :, self.cuts.index(cut)] if cut in self.cuts else None


@dataclass(frozen=True)
class Layout:
    """All rows by number, and the tables that they stand in; the columns are of rows.

    `total` rows stand behind them, `part` of these in the numerator, `summed` is the sum of the values of a mean and
    `value` a value that was delivered (NaN where there is none), `protected` how many are of protected identity.
    `keys` are the figures of a row of the run's own; rows of earlier publications have none, and `was_hidden` there.
    Nor have the noughts of categories that a window does not list (`is_unlisted`).
    """

    orgs: tuple[Org, ...]
    tables: Mapping[tuple[str, Statistic], Table]
    keys: Sequence[Sequence[Key]]
    table: Sequence[Table]
    place: Ints  # window, organisation and cut, by number
    total: Floats
    part: Floats
    summed: Floats
    value: Floats
    protected: Floats
    is_earlier: Flags
    was_hidden: Flags
    is_unlisted: Flags

    def __len__(self) -> int:
        return len(self.total)


_Place = tuple[int, int, int]
_NOTHING = (0.0, 0.0, 0.0, float("nan"), 0.0)


class _Sheet:
    """A table that is being filled."""

    def __init__(self, metric: Metric, statistic: Statistic) -> None:
        self.metric, self.statistic = metric, statistic
        self.windows: dict[object, int] = {}
        self.days: list[Days] = []
        self.cuts: dict[Cut, int] = {}
        self.rows: dict[_Place, int] = {}

    def window(self, name: object, days: Days) -> int:
        number = self.windows.setdefault(name, len(self.windows))
        if number == len(self.days):
            self.days.append(days)
        return number

    def table(self, orgs: int) -> Table:
        rows = np.full((len(self.windows), orgs, len(self.cuts)), -1, dtype=np.int64)
        if self.rows:
            rows[tuple(np.array(list(self.rows)).T)] = list(self.rows.values())
        return Table(self.metric, self.statistic, tuple(self.days), tuple(self.cuts), rows)


class _Rows:
    """The columns of a layout that is being filled."""

    def __init__(self) -> None:
        self.sheets: dict[tuple[str, Statistic], _Sheet] = {}
        self.orgs: dict[Org, int] = {}
        self.keys: list[list[Key]] = []
        self.sheet: list[_Sheet] = []
        self.place: list[_Place] = []
        self.numbers: list[tuple[float, float, float, float, float]] = []
        self.hidden: list[bool] = []

    def add(self, metric: Metric, figure: Figure, window: object, days: Days, *, is_own: bool) -> None:
        key = figure.key
        statistic = Statistic(key.statistic)
        kind = _TOGETHER.get(statistic, statistic)
        sheet = self.sheets.get((key.metric, kind))
        if sheet is None:
            sheet = self.sheets[key.metric, kind] = _Sheet(metric, kind)
        place = (
            sheet.window(window, days),
            self.orgs.setdefault(Org(int(key.level), key.org), len(self.orgs)),
            sheet.cuts.setdefault(Cut(key.breakdown, key.category), len(sheet.cuts)),
        )
        row = sheet.rows.get(place)
        if row is None:
            row = sheet.rows[place] = len(self.keys)
            self.keys.append([])
            self.sheet.append(sheet)
            self.place.append(place)
            self.numbers.append(_numbers(figure, statistic))
            self.hidden.append(figure.suppressed)
        elif statistic is Statistic.MEAN:
            self.numbers[row] = _numbers(figure, statistic)
        if is_own:
            self.keys[row].append(key)

    def add_absent(self, sheet: _Sheet) -> None:
        """Noughts for categories that a window does not list, where those that it lists make up the committee's total.

        Another window may list them, of a later report or of other days.
        """
        listed = self._listed(sheet)
        committee = {number for org, number in self.orgs.items() if org.level == Level.COMMITTEE}
        for (window, org), of_breakdown in listed.items():
            if org not in committee:
                continue
            whole = self._total(of_breakdown.get("", {}))
            for breakdown, rows in of_breakdown.items():
                if breakdown not in ("", sheet.metric.outcome) and self._total(rows) == whole:
                    orgs = [other for at, other in listed if at == window and breakdown in listed[at, other]]
                    absent = [cut for one, cut in sheet.cuts.items() if one.breakdown == breakdown and cut not in rows]
                    self._add_noughts(sheet, [(window, other, cut) for other in orgs for cut in absent])

    def _listed(self, sheet: _Sheet) -> dict[tuple[int, int], dict[str, dict[int, int]]]:
        """Window and organisation → breakdown → cut → row."""
        cuts = list(sheet.cuts)
        found: dict[tuple[int, int], dict[str, dict[int, int]]] = {}
        for (window, org, cut), row in sheet.rows.items():
            found.setdefault((window, org), {}).setdefault(cuts[cut].breakdown, {})[cut] = row
        return found

    def _total(self, rows: Mapping[int, int]) -> float:
        return sum(self.numbers[row][0] for row in rows.values())

    def _add_noughts(self, sheet: _Sheet, places: Iterable[_Place]) -> None:
        for place in places:
            if place not in sheet.rows:
                sheet.rows[place] = len(self.keys)
                self.keys.append([])
                self.sheet.append(sheet)
                self.place.append(place)
                self.numbers.append(_NOTHING)
                self.hidden.append(False)


def _place_of(figure: Figure) -> tuple[str, ...]:
    key = figure.key
    return key.metric, key.statistic, key.window, str(int(key.level)), key.org, key.breakdown, key.category


def _numbers(figure: Figure, statistic: Statistic) -> tuple[float, float, float, float, float]:
    total, mean = figure.denominator, figure.value if figure.exact is None else figure.exact
    missing = float("nan")
    return (
        missing if total is None else float(total),
        missing if figure.numerator is None else float(figure.numerator),
        _summed(mean, total, is_rounded=figure.exact is None) if statistic is Statistic.MEAN else missing,
        float(figure.value) if statistic is Statistic.VALUE and figure.value is not None else missing,
        float(figure.protected),
    )


def _summed(mean: float | None, total: float | None, *, is_rounded: bool) -> float:
    """What the values come to together; a published mean is rounded, and its readers look for a whole number too."""
    if total == 0:
        return 0.0
    if mean is None or total is None:
        return float("nan")
    whole = float(round(mean * total))
    is_near = abs(whole - mean * total) <= _ROUNDED_AWAY * total + CRUMB
    return whole if is_rounded and is_near else float(mean * total)


def lay_out(figures: Figures, metrics: Mapping[str, Metric], earlier: Iterable[PublishedFigure] = ()) -> Layout:
    """The figures of a run, and after them those of earlier publications in the same places.

    Left out is what was not measured at all (no denominator), and earlier figures of what no longer is.
    """
    rows = _Rows()
    days = {name: Days.of(window) for name, window in figures.windows.items()}
    every_figure = chain(figures.figures.values(), figures.spreads.values())
    for figure in sorted((one for one in every_figure if one.denominator is not None), key=_place_of):
        key = figure.key
        rows.add(metrics[key.metric], figure, key.window, days[key.window], is_own=True)
    own = len(rows.keys)
    for one in earlier:
        metric = metrics.get(one.figure.key.metric)
        if metric is not None and (one.figure.denominator is not None or one.figure.suppressed):
            of = Days(one.is_stock, one.starts, one.ends)
            rows.add(metric, one.figure, (one.publication, of), of, is_own=False)
    told = len(rows.keys)
    for sheet in rows.sheets.values():
        rows.add_absent(sheet)
    tables = {id(sheet): sheet.table(len(rows.orgs)) for sheet in rows.sheets.values()}
    numbers = np.array(rows.numbers, dtype=np.float64).reshape(-1, 5)
    every = np.arange(len(rows.keys))
    is_earlier = (every >= own) & (every < told)
    return Layout(
        orgs=tuple(rows.orgs),
        tables={name: tables[id(sheet)] for name, sheet in rows.sheets.items()},
        keys=rows.keys,
        table=[tables[id(sheet)] for sheet in rows.sheet],
        place=np.array(rows.place, dtype=np.int64).reshape(-1, 3),
        total=numbers[:, 0],
        part=numbers[:, 1],
        summed=numbers[:, 2],
        value=numbers[:, 3],
        protected=numbers[:, 4],
        is_earlier=is_earlier,
        was_hidden=is_earlier & np.array(rows.hidden, dtype=bool),
        is_unlisted=every >= told,
    )
