"""From cases to the rows of `internal/resultat.csv`: levels, breakdowns, the grid of empty cells, figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from . import extracts
from .cases import Case, Number, World
from .days import Window, windows
from .metrics import CATALOGUE, Metric
from .settings import Settings
from .statistics import (
    agreeing_pairs,
    by_item,
    kaplan_meier_median,
    krippendorffs_alpha,
    mean,
    quantile,
    rounded,
    wilson,
    wilson_of_a_sample,
)

Key = tuple[str, str, str, int, str, str, str]


@dataclass(frozen=True)
class Row:
    """What stands in a row of `resultat.csv`, target, status and suppression aside."""

    numerator: Number | None
    denominator: Number | None
    value: Decimal | None
    ci_low: Decimal | None
    ci_high: Decimal | None
    as_of: date


def figures(folder: Path, period: str, settings: Settings) -> dict[Key, Row]:
    """Every row that the period's internal `resultat.csv` must hold, of the extracts in the folder.

    A metric without its extract or column has one row a window on level 1 (of its first statistic), without values.
    """
    world = World(extracts.read(folder), settings)
    flows, stock = windows(period)
    cases = {
        (metric, window): list(metric.cases(world, window)) if metric.is_delivered(world) else None
        for metric in CATALOGUE
        for window in (flows if metric.flow else [stock])
    }
    orgs = list(_orgs(world, stock.ends, [case for some in cases.values() if some for case in some]))
    rows: dict[Key, Row] = {}
    for metric in CATALOGUE:
        own = {window: cases[metric, window] for window in (flows if metric.flow else [stock])}
        for window, some in own.items():
            if some is None:
                key = (metric.name, metric.statistics[0], window.name, 1, settings.committee, "", "")
                rows[key] = Row(None, None, None, None, None, window.ends)
        rows |= _of_metric(world, metric, {window: some for window, some in own.items() if some is not None}, orgs)
    return rows


def _orgs(world: World, day: date, cases: Iterable[Case]) -> Iterator[tuple[int, str]]:
    """The committee; and every unit and programme that stands in the register or in any extract.

    Programmes stand in no extract but the register: those of the extracts are the areas of units that it does not hold.
    Plans and others have no area of their own: their programme is there when a figure counts them.
    """
    found: dict[tuple[int, str], tuple[int, str]] = {}

    def add(level: int, name: str) -> None:
        found.setdefault((level, name.lower()), (level, name))

    add(1, world.settings.committee)
    data = world.extracts
    for row in data.units:
        add(2, row["programme"])
        add(3, row["unit"])
    for row in (*data.referrals, *data.investigations, *data.decisions):
        for unit in (row["unit"], row.get("provider_unit")):
            if unit:
                add(2, world.programme(unit, row["area"], day))
                add(3, unit)
    for unit in data.units_named():
        add(3, unit)
    for case in cases:
        if case.unit is not None:
            add(2, world.programme(case.unit, case.area, day))
    yield from found.values()


def _of_metric(
    world: World, metric: Metric, cases: dict[Window, list[Case]], orgs: list[tuple[int, str]]
) -> dict[Key, Row]:
    cells = {("", "")} | {
        (breakdown, category)
        for in_window in cases.values()
        for case in in_window
        for breakdown, category in case.categories.items()
    }
    rows = {}
    for window, in_window in cases.items():
        standing = _by_org(world, in_window, window.ends)
        for level, org in orgs:
            mine = in_window if level == 1 else standing[level, org.lower()]
            for breakdown, category in cells:
                cell = [case for case in mine if not breakdown or case.categories[breakdown] == category]
                for statistic in metric.statistics:
                    if statistic == "special_reasons" and not world.extracts.delivered("referrals", statistic):
                        continue
                    key = (metric.name, statistic, window.name, level, org, breakdown, category)
                    if breakdown and breakdown == metric.outcome:
                        rows[key] = _share(len(cell), len(mine), window.ends)
                    else:
                        rows[key] = _row(statistic, cell, window.ends)
    return rows


def _by_org(world: World, cases: Iterable[Case], day: date) -> dict[tuple[int, str], list[Case]]:
    """The cases of each programme and unit; a case without a unit stands in none."""
    standing: dict[tuple[int, str], list[Case]] = defaultdict(list)
    for case in cases:
        if case.unit is not None:
            standing[2, world.programme(case.unit, case.area, day).lower()].append(case)
            standing[3, case.unit.lower()].append(case)
    return standing


def _row(statistic: str, cell: list[Case], day: date) -> Row:
    if statistic == "share":
        return _share_of(cell, day)
    if statistic in ("count", "persons", "special_reasons"):
        return _count(_number(statistic, cell), day)
    if statistic in ("alpha", "agreement"):
        return _agreement(statistic, cell, day)
    if statistic == "km_median":
        durations = [case.observed for case in cell if case.observed]
        return _days(kaplan_meier_median(durations), len(durations), day)
    if statistic == "longest_wait":
        waits = [case.value for case in cell if case.hit and case.value is not None]
        return _days(max(waits, default=None), len(waits), day)
    return _distribution(statistic, cell, day)


def _number(statistic: str, cell: list[Case]) -> int:
    if statistic == "persons":
        # Beside a share the persons in the numerator; beside a count, where nothing is hit or missed, all.
        return len({case.person for case in cell if case.hit is not False})
    return sum(case.special_reasons for case in cell) if statistic == "special_reasons" else len(cell)


def _count(number: int, day: date) -> Row:
    """Counts whole; the denominator equals the value."""
    return Row(None, number, Decimal(number), None, None, day)


def _share_of(cell: list[Case], day: date) -> Row:
    parts = [case.part for case in cell]
    strata = {case.stratum for case in cell if case.stratum}
    populations = [stratum.population for stratum in strata if stratum.population is not None]
    known = sum(populations) if strata and len(populations) == len(strata) else None
    return _share(sum(hits for hits, _ in parts), sum(n for _, n in parts), day, known)


def _share(hits: Number, n: Number, day: date, population: int | None = None) -> Row:
    """Shares 0–1 with 6 decimals and a 95 % Wilson interval (none above 1); denominator 0: empty value."""
    if n == 0:
        return Row(hits, n, None, None, None, day)
    share = rounded(Fraction(hits) / Fraction(n), 6)
    if hits > n:
        return Row(hits, n, share, None, None, day)
    low, high = wilson(hits, n) if population is None else wilson_of_a_sample(hits, n, population)
    return Row(hits, n, share, low, high, day)


def _agreement(statistic: str, cell: list[Case], day: date) -> Row:
    """Alpha with 2 decimals; agreement with 6, its numerator the agreeing pairs. The denominator is all pairs."""
    items = by_item(case.answer for case in cell if case.answer)
    agreeing, pairs = agreeing_pairs(items)
    if statistic == "agreement":
        return Row(agreeing, pairs, rounded(Fraction(agreeing, pairs), 6) if pairs else None, None, None, day)
    return _days(krippendorffs_alpha([answer.text for answer in answers] for answers in items), pairs, day)


def _days(value: Number | None, n: Number, day: date) -> Row:
    """Days, means and alpha with 2 decimals; none: empty value."""
    return Row(None, n, None if value is None else rounded(value, 2), None, None, day)


def _distribution(statistic: str, cell: list[Case], day: date) -> Row:
    """Mean (weighted where a row stands for many), median, p90; or the one value there is."""
    if any(case.case_worker for case in cell):
        loads = Counter(case.case_worker for case in cell).values()
        valued: list[tuple[Number, Number]] = [(load, 1) for load in loads]
    else:
        valued = [(case.value, 1 if case.n is None else case.n) for case in cell if case.value is not None]
    values = [value for value, _ in valued]
    if statistic == "mean":
        return _days(mean(valued), sum(weight for _, weight in valued), day)
    if statistic == "value":
        # Several units, or measures: each has its own, on level 3.
        return _days(values[0] if len(values) == len(cell) == 1 else None, len(values), day)
    return _days(quantile({"median": 50, "p90": 90}[statistic], values), len(values), day)
