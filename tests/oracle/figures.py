"""From cases to the rows of `internal/resultat.csv`: levels, breakdowns, the grid of empty cells, statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from pathlib import Path

from . import extracts
from .cases import Case, World
from .days import Window, windows
from .metrics import CATALOGUE, Metric
from .settings import Settings

Key = tuple[str, str, str, int, str, str, str]

Z = Decimal("1.959963984540054235524594430520551527955")  # the normal distribution's 97.5 % point


@dataclass(frozen=True)
class Row:
    """What stands in a row of `resultat.csv`, target, status and suppression aside."""

    numerator: int | None
    denominator: int | None
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
    A plan has no area of its own: its programme is there when a figure counts the plan.
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
    for plan in data.plans:
        add(3, plan["unit"])
    for case in cases:
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
        for level, org in orgs:
            mine = [case for case in in_window if _stands_in(world, case, level, org, window.ends)]
            for breakdown, category in cells:
                cell = [case for case in mine if not breakdown or case.categories[breakdown] == category]
                for statistic in metric.statistics:
                    if statistic == "special_reasons" and not world.extracts.delivered("referrals", statistic):
                        continue
                    key = (metric.name, statistic, window.name, level, org, breakdown, category)
                    rows[key] = _row(statistic, cell, window.ends)
    return rows


def _stands_in(world: World, case: Case, level: int, org: str, day: date) -> bool:
    if level == 1:
        return True
    name = case.unit if level == 3 else world.programme(case.unit, case.area, day)
    return name.lower() == org.lower()


def _row(statistic: str, cell: list[Case], day: date) -> Row:
    if statistic == "share":
        return _share(sum(case.hit is True for case in cell), len(cell), day)
    if statistic == "count":
        return _count(len(cell), day)
    if statistic == "special_reasons":
        return _count(sum(case.special_reasons for case in cell), day)
    if statistic == "persons":
        # Beside a share the persons in the numerator; beside a count, where nothing is hit or missed, all.
        return _count(len({case.person for case in cell if case.hit is not False}), day)
    if statistic == "longest_wait":
        waits = [case.value for case in cell if case.hit]
        return _days(Fraction(max(waits)) if waits else None, len(waits), day)
    values = sorted(case.value for case in cell)
    if any(case.case_worker for case in cell):
        values = sorted(Counter(case.case_worker for case in cell).values())
    return _days(_distribution(statistic, values), len(values), day)


def _count(number: int, day: date) -> Row:
    """Counts whole; the denominator equals the value."""
    return Row(None, number, Decimal(number), None, None, day)


def _share(hits: int, n: int, day: date) -> Row:
    """Shares 0–1 with 6 decimals and a 95 % Wilson interval; denominator 0: empty value."""
    if n == 0:
        return Row(0, 0, None, None, None, day)
    low, high = wilson(hits, n)
    return Row(hits, n, rounded(Fraction(hits, n), 6), low, high, day)


def _days(value: Fraction | None, n: int, day: date) -> Row:
    """Days and means with 2 decimals; none: empty value."""
    return Row(None, n, None if value is None else rounded(value, 2), None, None, day)


def _distribution(statistic: str, values: list[int]) -> Fraction | None:
    """Mean, or a quantile with linear interpolation; of sorted whole numbers."""
    if not values:
        return None
    if statistic == "mean":
        return Fraction(sum(values), len(values))
    place = Fraction({"median": 50, "p90": 90}[statistic], 100) * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Half up, exactly."""
    units, rest = divmod(value.numerator * 10**decimals, value.denominator)
    return Decimal(units + (2 * rest >= value.denominator)).scaleb(-decimals)


def wilson(hits: int, n: int) -> tuple[Decimal, Decimal]:
    """The 95 % Wilson interval, with 6 decimals."""
    with localcontext() as context:
        context.prec = 40
        share, z2 = Decimal(hits) / n, Z * Z
        middle = (share + z2 / (2 * n)) / (1 + z2 / n)
        half = Z / (1 + z2 / n) * (share * (1 - share) / n + z2 / (4 * n * n)).sqrt()
        low, high = (
            max(Decimal(0), min(Decimal(1), bound)).quantize(Decimal("0.000001"), ROUND_HALF_UP)
            for bound in (middle - half, middle + half)
        )
    return low, high
