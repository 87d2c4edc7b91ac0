"""The shared aggregation: a metric's rows → counts and sums of every cell, computed for all windows at once."""

from __future__ import annotations

import pandas as pd

from pipeline.config import Config
from pipeline.database import Database
from pipeline.model import Level, Metric, Statistic

UNKNOWN, NOT_GIVEN = "okänt", "ej angivet"
_PERSONAL = ("gender", "age_group")  # blank reads "okänt"; every other category reads "ej angivet"
_ORG_COLUMN = {Level.COMMITTEE: "", Level.PROGRAMME: "programme", Level.UNIT: "unit"}

# A cut is one way of grouping: a level, and a breakdown or "" for its total.
Cut = tuple[Level, str]


def cells(database: Database, metric: Metric, breakdowns: list[str], config: Config) -> pd.DataFrame:
    """One row a cell that has rows: window_id, level, org, breakdown, category, n, and what the statistics need.

    The period's own windows are cut in every way; earlier ones only as trends and comparisons need them.
    """
    _place_rows(database, metric, config)
    totals: list[Cut] = [(level, "") for level in Level]
    by_area: list[Cut] = [(Level.COMMITTEE, "area")]
    every: list[Cut] = [(level, breakdown) for level in Level for breakdown in ("", *breakdowns)]
    parts = [
        _cut(database, metric, breakdowns, every, "'report'"),
        _cut(database, metric, breakdowns, totals + by_area, "'last_year', 'last_tertial'"),
        _cut(database, metric, breakdowns, [(Level.COMMITTEE, ""), *by_area], "'month', 'part'"),
    ]
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def _place_rows(database: Database, metric: Metric, config: Config) -> None:
    """`memory.main.placed`: the metric's rows in the programme and area that they belong to on their window's day."""
    areas = [area.lower() for area in config.committee.areas]
    database.run(
        f"""
        create or replace table memory.main.placed as
        with rows_of_metric as (
            {metric.sql}
        ),
        placed as (
            select
                r.* replace (coalesce(r.area, u.area, '{UNKNOWN}') as area),
                coalesce(u.programme, r.area, '{UNKNOWN}') as programme,
                w.series
            from rows_of_metric as r
            inner join windows as w on r.window_id = w.window_id
            left join unit_on_day as u on r.window_id = u.window_id and r.unit = u.unit
        )
        select * from placed where len($areas) = 0 or list_contains($areas, lower(area))
        """,
        {"areas": areas},
    )


def _cut(database: Database, metric: Metric, breakdowns: list[str], cuts: list[Cut], series: str) -> pd.DataFrame:
    grouped = list(dict.fromkeys(column for cut in cuts for column in _columns(cut)))
    cut_by = [breakdown for breakdown in breakdowns if breakdown in grouped]
    each = [metric.per] if metric.per else []
    grouping = ", ".join(f"({', '.join(['window_id', *each, *_columns(cut)])})" for cut in cuts)
    grouping = f"grouping sets ({grouping})"
    rows = _named_categories(breakdowns, series)
    if metric.per:
        # The rows of each observed one (a case worker) within a cell are its value there.
        columns = ", ".join(["window_id", *grouped])
        rows = f"select {columns}, count(*) as value from ({rows}) as r group by {grouping}"
        grouping = columns
    # What no cut groups by has no column here.
    unit, programme = (column if column in grouped else "null" for column in ("unit", "programme"))
    which = " ".join(f"when {breakdown} is not null then '{breakdown}'" for breakdown in cut_by)
    return database.frame(
        f"""
        select
            window_id,
            case when {unit} is not null then {Level.UNIT} when {programme} is not null then {Level.PROGRAMME}
                else {Level.COMMITTEE} end as level,
            coalesce({unit}, {programme}, '') as org,
            {f"case {which} else '' end" if which else "''"} as breakdown,
            coalesce({", ".join([*cut_by, "''"])}) as category,
            {", ".join(["count(*) as n", *_measures(metric)])}
        from ({rows}) as r
        group by {grouping}
        """
    )


def _columns(cut: Cut) -> list[str]:
    level, breakdown = cut
    return [column for column in (_ORG_COLUMN[level], breakdown) if column]


def _named_categories(breakdowns: list[str], series: str) -> str:
    named = ", ".join(
        f"coalesce({b}, '{UNKNOWN if b in _PERSONAL else NOT_GIVEN}') as {b}" for b in breakdowns if b != "area"
    )
    return f"select * {f'replace ({named})' if named else ''} from memory.main.placed where series in ({series})"


def _measures(metric: Metric) -> list[str]:
    counted = "case when hit then person_id end" if Statistic.SHARE in metric.statistics else "person_id"
    needed = {
        Statistic.SHARE: "sum(case when hit then 1 else 0 end) as hits",
        Statistic.MEAN: "sum(value) as total, stddev_samp(value) as deviation",
        Statistic.MEDIAN: "median(value) as median",
        Statistic.P90: "percentile_cont(0.9) within group (order by value) as p90",
        Statistic.PERSONS: f"count(distinct {counted}) as persons",
        Statistic.LONGEST_WAIT: "max(case when hit then wait_days end) as longest_wait",
        Statistic.SPECIAL_REASONS: "sum(case when special_reasons then 1 else 0 end) as special_reasons",
    }
    return [needed[statistic] for statistic in metric.statistics if statistic in needed]
