"""The shared aggregation: a metric's rows → counts and sums of every cell, computed for all windows at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.metrics import placing
from pipeline.model import Level, Metric, Statistic

if TYPE_CHECKING:
    import pandas as pd

_PROTECTED = "count(case when is_protected then 1 end) as protected"
_ORG_COLUMN = {Level.COMMITTEE: "", Level.PROGRAMME: "programme", Level.UNIT: "in_unit"}
_CELL = ("window_id", "level", "org", "breakdown", "category")

Cell = tuple[str, int, str, str, str]  # window_id, level, org, breakdown, category
# A cut is one way of grouping: a level, and a breakdown or "" for its total.
Cut = tuple[Level, str]
# Cuts of the windows of some series.
Layer = tuple[list[Cut], str]


class Engine(Protocol):
    """Where metrics are counted: it has the prepared tables, and runs the portable subset of SQL on them."""

    def keep(self, name: str, select: str) -> None:
        """Keep the rows of a SELECT under a name, in the place of those that had it before."""

    def frame(self, sql: str) -> pd.DataFrame:
        """The result as a pandas frame."""


@dataclass(frozen=True)
class Overview:
    """A report of many: programmes as totals only, and no units.

    `without`: metric id → programmes whose rows do not count in it.
    """

    without: Mapping[str, Collection[str]]


class Rows:
    """A metric's rows, placed where they belong in the organisation, to be summed in every way that is told.

    The period's own windows are cut in every way; earlier ones only as trends and comparisons need them. A row without
    a unit stands on the committee's level alone.
    """

    def __init__(self, engine: Engine, metric: Metric, breakdowns: list[str], overview: Overview | None = None) -> None:
        self._engine, self._metric, self._breakdowns = engine, metric, breakdowns
        self._layers = _layers(metric, breakdowns, overview=overview is not None)
        without = overview.without.get(metric.metric_id, ()) if overview else ()
        engine.keep("placed", placing.on_any_engine(metric, without=without))

    def cells(self) -> Iterator[tuple[Cell, Mapping[str, Any]]]:
        """Each cell that has rows, with `n` and what the statistics need; sums are exact decimals as floats.

        `protected`: how many of the rows are about persons with protected identity.
        """
        yield from self._summed(_measures(self._metric))

    def observed(self) -> Iterator[tuple[Cell, Mapping[str, Any]]]:
        """Each cell's days under observation: `observed_days`, how many ended on them, how many rows had them."""
        measures = ["sum(case when is_over then 1 else 0 end) as ended", "count(*) as observed", _PROTECTED]
        yield from self._summed(measures, ("observed_days",))

    def days(self) -> Iterator[tuple[Cell, Mapping[str, Any]]]:
        """The committee's `rows` of each `day` of value, in the period's own windows, in what the metric is told by."""
        yield from self._in_days("value", ["count(*) as rows", _PROTECTED])

    def days_observed(self) -> Iterator[tuple[Cell, Mapping[str, Any]]]:
        """The same of each day of observation, those that ended on it apart from those still running."""
        measures = []
        for name, which in (("ended", "is_over"), ("running", "not is_over")):
            measures.append(f"count(case when {which} then 1 end) as {name}_rows")
            measures.append(f"count(case when {which} and is_protected then 1 end) as {name}_protected")
        yield from self._in_days("observed_days", measures)

    def _in_days(self, column: str, measures: list[str]) -> Iterator[tuple[Cell, Mapping[str, Any]]]:
        told: list[Layer] = [([(Level.COMMITTEE, self._metric.headline_by)], "'report'")]
        for cell, row in self._summed(measures, (column,), told):
            yield cell, {**row, "day": row[column]}

    def answers(self) -> Iterator[tuple[Cell, Mapping[str, Any]]]:
        """Each cell's answers: `item`, `answer` (in small letters), how many raters gave it."""
        yield from self._summed(["count(*) as raters"], ("item", "answer"))

    def _summed(
        self, measures: list[str], each: tuple[str, ...] = (), layers: list[Layer] | None = None
    ) -> Iterator[tuple[Cell, Mapping[str, Any]]]:
        for cuts, series in layers or self._layers:
            frame = self._cut(cuts, series, measures, each)
            columns = list(frame.columns)
            for values in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
                row = dict(zip(columns, values, strict=True))
                window_id, level, org, breakdown, category = (row[name] for name in _CELL)
                if org or int(level) == Level.COMMITTEE:
                    yield (window_id, int(level), org, breakdown, category), row

    def _cut(self, cuts: list[Cut], series: str, measures: list[str], each: tuple[str, ...]) -> pd.DataFrame:
        grouped = list(dict.fromkeys(column for cut in cuts for column in _columns(cut)))
        cut_by = {breakdown: _column(breakdown) for breakdown in self._breakdowns if _column(breakdown) in grouped}
        per = [self._metric.per] if self._metric.per else []
        sets = ", ".join(f"({', '.join(['window_id', *per, *each, *_columns(cut)])})" for cut in cuts)
        grouping = f"grouping sets ({sets})"
        rows = _named_categories(self._breakdowns, series, each)
        if per:
            # The rows of each observed one (a case worker) within a cell are its value there.
            columns = ", ".join(["window_id", *grouped])
            rows = f"select {columns}, count(*) as value from ({rows}) as r group by {grouping}"
            grouping = columns
        # What no cut groups by has no column here.
        unit, programme = (column if column in grouped else "null" for column in ("in_unit", "programme"))
        which = " ".join(f"when {column} is not null then '{breakdown}'" for breakdown, column in cut_by.items())
        return self._engine.frame(
            f"""
            select
                window_id,
                case when {unit} is not null then {Level.UNIT} when {programme} is not null then {Level.PROGRAMME}
                    else {Level.COMMITTEE} end as level,
                coalesce({unit}, {programme}, '') as org,
                {f"case {which} else '' end" if which else "''"} as breakdown,
                coalesce({", ".join([*cut_by.values(), "''"])}) as category,
                {", ".join([*each, *measures])}
            from ({rows}) as r
            group by {grouping}
            """
        )


def is_cut(level: Level, breakdown: str, *, overview: bool) -> bool:
    """Whether a level is told by a breakdown ("": its totals) at all."""
    return not overview or level == Level.COMMITTEE or (level == Level.PROGRAMME and not breakdown)


def _layers(metric: Metric, breakdowns: list[str], *, overview: bool) -> list[Layer]:
    by_area: list[Cut] = [(Level.COMMITTEE, "area")]
    cuts: list[Cut] = [(level, breakdown) for level in Level for breakdown in ("", *breakdowns)]
    every = [cut for cut in cuts if is_cut(*cut, overview=overview)]
    totals = [(level, breakdown) for level, breakdown in every if not breakdown]
    layers: list[Layer] = [
        (every, "'report'"),
        (_with(totals + by_area, metric.headline_by), "'last_year', 'last_tertial'"),
        (_with([(Level.COMMITTEE, "")], metric.headline_by), "'month', 'part'"),
    ]
    if metric.yearly:
        layers.append((totals + [(Level.COMMITTEE, breakdown) for breakdown in breakdowns], "'year'"))
    return layers


def _with(cuts: list[Cut], breakdown: str) -> list[Cut]:
    """What a metric is told by is followed over time."""
    return list(dict.fromkeys([*cuts, *([(Level.COMMITTEE, breakdown)] if breakdown else [])]))


def _columns(cut: Cut) -> list[str]:
    level, breakdown = cut
    return [column for column in (_ORG_COLUMN[level], _column(breakdown)) if column]


def _column(breakdown: str) -> str:
    """Where a row's category stands: as it reads, beside what the row itself says."""
    if not breakdown:
        return ""
    return "in_area" if breakdown == "area" else f"by_{breakdown}"


def _named_categories(breakdowns: list[str], series: str, each: tuple[str, ...]) -> str:
    named = "".join(f", {said} as {_column(of)}" for of, said in placing.named(breakdowns).items())
    given = "".join(f" and {column} is not null" for column in each)
    return f"select *{named} from placed where series in ({series}){given}"


def _measures(metric: Metric) -> list[str]:
    counted = "case when hit then person_id end" if Statistic.SHARE in metric.statistics else "person_id"
    share, mean = "sum(case when hit then 1 else 0 end) as hits", "sum(value) as total, stddev_samp(value) as deviation"
    if metric.summed:
        share = f"sum({_exact('hits')}) as hits"
        mean = f"sum({_exact('value')} * n) as total"
    needed = {
        Statistic.SHARE: share,
        Statistic.MEAN: mean,
        Statistic.MEDIAN: "median(value) as median",
        Statistic.P90: "percentile_cont(0.9) within group (order by value) as p90",
        Statistic.VALUE: "count(value) as values_given, max(value) as value, count(*) as rows",
        Statistic.PERSONS: f"count(distinct {counted}) as persons",
        Statistic.LONGEST_WAIT: "max(case when hit then wait_days end) as longest_wait",
        Statistic.SPECIAL_REASONS: "sum(case when special_reasons then 1 else 0 end) as special_reasons",
    }
    population = ["case when count(population_part) = count(*) then sum(population_part) end as population"]
    return [
        f"{_number_of_rows(metric)} as n",
        *_protected(metric),
        *(needed[statistic] for statistic in metric.statistics if statistic in needed),
        *(population if metric.finite_population else []),
    ]


def _protected(metric: Metric) -> list[str]:
    """Of what a case worker has, or of rows that stand for many cases, nobody can be told."""
    if metric.per or metric.summed:
        return []
    return [
        _PROTECTED.replace("is_protected", "is_protected and value is not null") if _is_observed(metric) else _PROTECTED
    ]


def _is_observed(metric: Metric) -> bool:
    """Whether some rows are there only for the observation of days."""
    return Statistic.KM_MEDIAN in metric.statistics


def _number_of_rows(metric: Metric) -> str:
    """The rows behind the figures; of those that are observed for days, the ones with a value."""
    if metric.summed:
        return f"coalesce(sum({_exact('n')}), 0)"
    return "count(value)" if _is_observed(metric) else "count(*)"


def _exact(column: str) -> str:
    """Sums of what may have decimals are made of decimals, which add up as on paper."""
    return f"cast({column} as decimal(18, 6))"
