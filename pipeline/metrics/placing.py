"""Where a metric's rows belong: in which programme and area, and whose they are, on their window's day."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pipeline.model import Metric

UNKNOWN, NOT_GIVEN = "okänt", "ej angivet"
COMMITTEE_AREAS = "committee_areas"  # the list in `limit_values` that says which areas are the committee's; none = all
_PERSONAL = ("gender", "age_group")  # blank reads "okänt"; every other category reads "ej angivet"


def placed(metric: Metric, sql: str = "") -> str:
    """A SELECT of the metric's rows with `programme`, `series` (of the window) and `is_protected` beside them.

    `unit` and `area` are those that a row is counted in. Only rows of the committee's areas. Needs the prepared tables.
    `sql` is the metric's statement with more columns, where there is one.
    """
    return f"""
        select * exclude (in_unit, in_area) replace (in_unit as unit, in_area as area)
        from ({on_any_engine(metric, sql)}) as p
    """


def on_any_engine(metric: Metric, sql: str = "", without: Collection[str] = ()) -> str:
    """The same rows in the portable subset: where they are counted stands beside what they say, as `in_…`.

    `without`: programmes that are left out. A row's case is one of the extract that the metric needs first, which tells
    whether it is about somebody protected.
    """
    own_extract = next(iter(metric.needs), "")
    named = ", ".join("'" + name.replace("'", "''") + "'" for name in sorted(without))
    left_out = f"and programme not in ({named})" if named else ""
    return f"""
        with rows_of_metric as (
            {sql or metric.sql}
        ),
        placed as (
            select
                r.*,
                coalesce(r.unit, '') as in_unit,
                coalesce(r.area, u.area, '{UNKNOWN}') as in_area,
                case when r.unit is null then '' else coalesce(u.programme, r.area, '{UNKNOWN}') end as programme,
                w.series,
                s.case_id is not null as is_protected
            from rows_of_metric as r
            inner join windows as w on r.window_id = w.window_id
            left join unit_on_day as u on r.window_id = u.window_id and r.unit = u.unit
            left join protected_cases as s on s.extract = '{own_extract}' and r.case_id = s.case_id
        )
        select * from placed
        where (
            lower(in_area) in (select v.value from limit_values as v where v.name = '{COMMITTEE_AREAS}')
            or not exists (select 1 from limit_values as v where v.name = '{COMMITTEE_AREAS}')
        ) {left_out}
    """


def named(breakdowns: Iterable[str]) -> dict[str, str]:
    """Breakdown → what a row's category reads, where a blank one has a word; an area is never blank in placed rows."""
    return {b: f"coalesce({b}, '{UNKNOWN if b in _PERSONAL else NOT_GIVEN}')" for b in breakdowns if b != "area"}
