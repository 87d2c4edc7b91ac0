"""Invented organisations: rows from a seed, and the internal figures that the pipeline would make of them.

`world(shape)` is the same for the same shape; `figures_of(world, period)` lays the grid of the exchange format.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from statistics import median, quantiles

from hypothesis import strategies as st

from pipeline.judging import judge
from pipeline.metrics import catalogue
from pipeline.model import Figure, Figures, Key, Metric, Statistic
from pipeline.periods import Period, Window, windows
from pipeline.statistics import kaplan_meier_median, round_half_up, wilson
from tests.protection.measures import DISTINCT, FAMILIES, MEASURES, METRICS, Row, counted
from tests.unit.builders import COMMITTEE, config

NOW, EARLIER = Period.parse("2026T2"), Period.parse("2026T1")
AREAS = ("Barn och unga", "Äldreomsorg", "Vuxna")
_CATEGORIES = {
    "gender": ("kvinna", "man", "okänt"),
    "age_group": ("0–6", "7–12", "13–17"),
    "kind": ("synpunkt", "avvikelse", "lex Sarah"),
    "feedback": ("klagomål", "beröm", "förslag"),
}
_BREAKDOWNS = {
    "investigations": ("area", "gender", "age_group"),
    "services": ("area", "gender", "age_group"),
    "incidents": ("area", "kind", "feedback"),
    "decisions": ("area", "gender"),
    "referrals": ("area", "gender", "age_group"),
}
_FIRST_DAY, _DAYS = date(2024, 1, 1), 973  # up to the last day of the later period
_TOTAL = ("", "")

Cut = tuple[str, str]
Where = tuple[str, int, str, str, str]  # window, level, organisation, breakdown, category


@dataclass(frozen=True)
class Shape:
    """What a world is made from; shrinks to one family, one unit and few rows."""

    seed: int = 0
    families: tuple[str, ...] = ("investigations",)
    units: int = 3
    programmes: int = 1
    fewest: int = 0  # rows that every cell has, if any: 0 = no such care is taken
    rows: tuple[int, ...] = (3, 8)  # how many rows a unit may have; drawn for each
    months: bool = False
    rule: str = "default"


@dataclass(frozen=True)
class World:
    """Rows, the units of the register with their programme, and the metrics that are told of them."""

    rows: tuple[Row, ...]
    register: Mapping[str, str]
    metrics: Mapping[str, Metric]
    months: bool = False
    rule: str = "default"

    @property
    def config(self):
        from pipeline.config import Disclosure

        return config(disclosure=Disclosure(rule=self.rule))

    @property
    def places(self) -> frozenset[tuple[str, str]]:
        """Programme and unit of all that may have rows; what has no unit stands in no programme either."""
        return frozenset({(row.programme, row.unit) for row in self.rows} | {(p, u) for u, p in self.register.items()})


@cache
def _catalogue() -> Mapping[str, Metric]:
    return catalogue.read()


def shapes() -> st.SearchStrategy[Shape]:
    """Hypothesis' way to a world: small first."""
    return st.builds(
        Shape,
        seed=st.integers(0, 2**32),
        families=st.lists(st.sampled_from(sorted(FAMILIES)), min_size=1, max_size=2, unique=True).map(tuple),
        units=st.one_of(st.integers(1, 5), st.integers(1, 12)),
        programmes=st.integers(1, 4),
        rows=st.sampled_from([(0, 3), (0, 2, 8), (0, 1, 4, 20), (5, 12), (0, 40), (1, 60)]),
        months=st.sampled_from([False, False, False, True]),
        rule=st.sampled_from(["default", "default", "strict"]),
    )


def any_shape(seed: int) -> Shape:
    """A seeded shape, for long runs without hypothesis."""
    draw = random.Random(seed)
    return Shape(
        seed,
        tuple(draw.sample(sorted(FAMILIES), draw.choice([1, 1, 2]))),
        draw.choice([1, 2, 3, 4, 5, draw.randint(6, 12)]),
        draw.randint(1, 4),
        0,
        draw.choice([(0, 3), (0, 2, 8), (0, 1, 4, 20), (5, 12), (0, 40), (1, 60)]),
        draw.random() < 0.2,
        draw.choice(["default", "default", "strict"]),
    )


def world(shape: Shape) -> World:
    """Rows and metrics of a shape."""
    draw = random.Random(repr(shape))
    homes = {f"Enhet {n}": f"Program {draw.randint(1, shape.programmes)}" for n in range(1, shape.units + 1)}
    # A unit that the register lacks stands in the programme named as its rows' area: in two, where they have two.
    register = {unit: home for unit, home in homes.items() if draw.random() < 0.8}
    metrics: dict[str, Metric] = {}
    rows: list[Row] = []
    for family in shape.families:
        told = draw.sample(FAMILIES[family], min(len(FAMILIES[family]), draw.randint(1, 4)))
        kept = draw.sample(_BREAKDOWNS[family], draw.choice([1, 1, 2]))
        for metric_id in told:
            metric = _catalogue()[metric_id]
            metrics[metric_id] = replace(
                metric, breakdowns=tuple(b for b in metric.breakdowns if b in kept), yearly=False
            )
        rows += _rows(draw, shape, family, list(homes), register)
    return World(tuple(rows), register, metrics, shape.months, shape.rule)


def _rows(draw: random.Random, shape: Shape, family: str, units: list[str], register: Mapping[str, str]) -> list[Row]:
    rows = []
    areas = draw.sample(AREAS, draw.randint(1, 3))
    skew = {name: draw.choice([(1, 1, 1), (12, 1, 0), (8, 8, 1), (1, 0, 0)]) for name in _CATEGORIES}
    chances = {name: draw.choice([0.05, 0.5, 0.9]) for name in ("plan", "current", "goal", "part", "next", "hit")}
    for unit in [*units, *([""] if draw.random() < 0.3 else [])]:
        own = draw.choice(areas)
        for number in range(draw.randint(0, max(draw.choice(shape.rows), 0))):
            area = own if draw.random() < 0.8 else draw.choice(areas)
            programme = "" if not unit else register.get(unit, area)
            opened = _FIRST_DAY + timedelta(days=int(_DAYS * draw.random() ** draw.choice([0.4, 1])))
            closed = opened + timedelta(days=int(draw.triangular(0, 400, 60)))
            flags = {name for name, chance in chances.items() if draw.random() < chance}
            flags |= {name for name in ("answered", "service", "special") if draw.random() < 0.6}
            flags |= {"other kind"} if draw.random() < 0.2 else set()
            rows.append(
                Row(
                    family,
                    unit,
                    programme,
                    area,
                    opened,
                    closed if draw.random() < 0.8 else None,
                    {name: draw.choices(values, skew[name])[0] for name, values in _CATEGORIES.items()},
                    frozenset(flags),
                    f"p{draw.randint(1, 5 + number)}",
                    draw.choice(["", f"{unit} a", f"{unit} b", "c"]),
                )
            )
    return rows


# --- figures --------------------------------------------------------------------------------------------------------


def windows_of(world: World, period: Period) -> dict[str, Window]:
    """The windows of a period's report; the months only where the world tells them."""
    return {w.window_id: w for w in windows(period) if world.months or w.series != "month"}


def figures_of(world: World, period: Period = NOW) -> Figures:
    """The internal figures, judged, with their changes."""
    spans = windows_of(world, period)
    standing = _programmes(world, period)
    found: dict[Key, Figure] = {}
    for metric in world.metrics.values():
        found.update(_of_metric(world, metric, spans, standing))
    bare = Figures(period, spans, found, {}, {}, {}, standing)
    return judge(bare, world.metrics, world.config)


def _programmes(world: World, period: Period) -> dict[str, frozenset[str]]:
    standing: dict[str, set[str]] = defaultdict(set)
    for programme, unit in world.places:
        if unit:
            standing[unit].add(programme)
    return {unit: frozenset(programmes) for unit, programmes in sorted(standing.items())}


def _of_metric(
    world: World, metric: Metric, spans: Mapping[str, Window], standing: Mapping[str, frozenset[str]]
) -> dict[Key, Figure]:
    cells: dict[str, dict[Where, list[Row]]] = {}
    told = METRICS[metric.metric_id]
    mine = [w for w in spans.values() if (w.kind != "stock") == metric.flow]
    for name in {told.rows, told.hits, told.total, *told.others.values()} - {""}:
        cells[name] = _cells(world, name, metric, mine)
    seen = {
        (breakdown, category)
        for found in cells.values()
        for (window, level, _, breakdown, category) in found
        if level == 1 and breakdown and spans[window].series == "report"
    }
    programmes = sorted({p for p, _ in world.places if p})
    figures = {}
    for window in mine:
        for level, orgs in ((1, [COMMITTEE]), (2, programmes), (3, sorted(standing))):
            for org in orgs:
                for cut in [_TOTAL, *sorted(seen)]:
                    if is_told(window, level, cut[0]):
                        where = (window.window_id, level, org, *cut)
                        for statistic in metric.statistics:
                            key = Key(metric.metric_id, statistic, *where)
                            figures[key] = _figure(key, window, {n: c.get(where, []) for n, c in cells.items()})
    return figures


def is_told(window: Window, level: int, breakdown: str) -> bool:
    """Which figures a window has: the report's own all, trends the committee's, others the totals and its areas."""
    if window.series == "report":
        return True
    if window.series in ("month", "part") and level > 1:
        return False
    return not breakdown or (level == 1 and breakdown == "area")


def _cells(world: World, name: str, metric: Metric, spans: Iterable[Window]) -> dict[Where, list[Row]]:
    measure = MEASURES[DISTINCT[name].among if name in DISTINCT else name]
    found: dict[Where, list[Row]] = defaultdict(list)
    rows = [row for row in world.rows if row.source == measure.source]
    for window in spans:
        for row in rows:
            if not measure.counts(row, window):
                continue
            cuts = [_TOTAL, *((b, row.category(b)) for b in metric.breakdowns)]
            places = [(1, COMMITTEE), *([(2, row.programme), (3, row.unit)] if row.unit else [])]
            for level, org in places:
                for cut in cuts:
                    found[window.window_id, level, org, *cut].append(row)
    return found


def number(name: str, rows: Iterable[Row], window: Window) -> int:
    """A measure over the rows that it counts."""
    if name in DISTINCT:
        return len({DISTINCT[name].who(row) for row in rows})
    return sum(MEASURES[name].weight(row, window) for row in rows)


def _figure(key: Key, window: Window, rows: Mapping[str, list[Row]]) -> Figure:
    told, statistic = METRICS[key.metric], Statistic(key.statistic)
    behind = rows[counted(told, statistic)]
    n = number(counted(told, statistic), behind, window)
    if statistic.is_count:
        return Figure(key, window.ends, None, n, n)
    if statistic is Statistic.SHARE:
        hits = len(rows[told.hits])
        if not n:
            return Figure(key, window.ends, hits, 0)
        low, high = (round(limit, 6) for limit in wilson(hits, n))
        return Figure(key, window.ends, hits, n, round_half_up(hits, n, 6), low, high)
    values = _values(key.metric, statistic, behind, window)
    if statistic is Statistic.KM_MEDIAN:
        value: float | None = kaplan_meier_median(_observed(behind, window)) if behind else None
    elif not values:
        value = None
    else:
        value = _OF_VALUES[statistic](values)
    exact = sum(values) / n if n and statistic is Statistic.MEAN else None
    return Figure(key, window.ends, None, n, value, exact=exact)


def _values(metric: str, statistic: Statistic, rows: list[Row], window: Window) -> list[int]:
    if statistic is Statistic.LONGEST_WAIT:
        return [(window.ends - row.opened).days for row in rows]
    if metric == "open_investigations_per_case_worker":
        each: dict[str, int] = defaultdict(int)
        for row in rows:
            each[row.worker] += 1
        return list(each.values())
    return [row.days for row in rows]


def _observed(rows: list[Row], window: Window) -> list[tuple[int, int, int]]:
    each: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        is_over = row.closed is not None and row.closed <= window.ends
        found = each[row.days if is_over else (window.ends - row.opened).days]
        found[0] += is_over
        found[1] += 1
    return [(days, ended, observed) for days, (ended, observed) in sorted(each.items())]


_OF_VALUES = {
    Statistic.MEAN: lambda values: round_half_up(sum(values), len(values), 2),
    Statistic.MEDIAN: lambda values: float(median(values)),
    Statistic.P90: lambda values: round(quantiles([*values, *values[:1]] if len(values) == 1 else values, n=10,
                                                  method="inclusive")[-1], 2),
    Statistic.LONGEST_WAIT: max,
}  # fmt: skip


def multiplied(world: World, times: int) -> World:
    """Every row stands there so many times, with as many persons and case workers."""
    rows = tuple(
        replace(row, person=f"{row.person} {n}", worker=row.worker and f"{row.worker} {n}")
        for row in world.rows
        for n in range(times)
    )
    return replace(world, rows=rows)
