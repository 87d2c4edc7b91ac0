"""Changes of case system in mid-series: the month in which most of a table's rows begin to come from another system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pipeline.database import Database
from pipeline.model import Break, Metric

# The day that places a row in a month. Registers and plans for the year have no course over time.
_DAYS = {
    "referrals": "received",
    "investigations": "opened",
    "decisions": "decided",
    "plans": "established",
    "care_levels": "assessed",
    "coordinated_plans": "established",
    "incidents": "received",
    "reviews": "reviewed",
    "surveys": "date",
    "vignettes": "date",
    "measurements": "date",
    "controls": "date",
}


def find(database: Database, metrics: Mapping[str, Metric]) -> dict[str, tuple[Break, ...]]:
    """Metric id → the changes of case system in the metric's main table (the first that it needs), oldest first."""
    tables = {metric_id: next(iter(metric.needs), "") for metric_id, metric in metrics.items()}
    found = {table: tuple(changes(_leading(database, table))) for table in set(tables.values()) & _DAYS.keys()}
    return {metric_id: found[table] for metric_id, table in tables.items() if found.get(table)}


def changes(leading: Sequence[tuple[date, str]]) -> list[Break]:
    """The changes in a series of months (first day, leading system), oldest first.

    Where two systems are used side by side the lead may pass to and fro. So a system has not been left while it leads
    again later, and one that led only while another both had led before and led after never took over.
    """
    series = _without_guests(leading)
    found = []
    for at in range(1, len(series)):
        (_, before), (day, after) = series[at - 1 : at + 1]
        if before not in {system for _, system in series[at:]}:
            found.append(Break(day, before, after))
    return found


def _without_guests(leading: Sequence[tuple[date, str]]) -> list[tuple[date, str]]:
    spans: dict[str, tuple[date, date]] = {}
    for day, system in leading:
        spans[system] = (spans.get(system, (day, day))[0], day)
    guests = {
        system
        for system, (first, last) in spans.items()
        if any(other_first < first and last < other_last for other_first, other_last in spans.values())
    }
    return [(day, system) for day, system in leading if system not in guests]


def _leading(database: Database, table: str) -> list[tuple[date, str]]:
    """Each month's system with most rows; blank ones tell nothing, and a tie leaves the month out."""
    day = _DAYS[table]
    rows = database.rows(f"""
        with counted as (
            select date_trunc('month', {day}) as month, source_system, count(*) as n
            from loaded.{table}
            where {day} is not null and source_system is not null
            group by month, source_system
        ),
        ranked as (
            select *, max(n) over (partition by month) as most
            from counted
        )
        select cast(month as date), min(source_system)
        from ranked
        where n = most
        group by month
        having count(*) = 1
        order by month
    """)
    return [(month, system) for month, system in rows]
