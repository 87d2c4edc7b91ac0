"""Where series begin, and where they break: the month in which most rows begin to come from another case system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pipeline.database import Database
from pipeline.model import Break, Metric

UNNAMED = "okänt system"
FEWEST_UNNAMED = 10  # rows; fewer than so many without a system may be slips of the pen

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
    found = {table: tuple(changes(leading(_counted(database, table)))) for table in set(tables.values()) & _DAYS.keys()}
    return {metric_id: found[table] for metric_id, table in tables.items() if found.get(table)}


def first_days(database: Database, metrics: Mapping[str, Metric]) -> dict[str, date]:
    """Metric id → the day from which every dated table that it needs has rows; none for a table without rows."""
    needed = {table for metric in metrics.values() for table in metric.needs} & _DAYS.keys()
    found = {table: database.rows(f"select min({_DAYS[table]}) from loaded.{table}")[0][0] for table in needed}
    days = {name: [found[table] for table in metric.needs if found.get(table)] for name, metric in metrics.items()}
    return {name: max(first) for name, first in days.items() if first}


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


def leading(months: Mapping[date, Mapping[str, int]]) -> list[tuple[date, str]]:
    """Each month's system with most rows, oldest first, of the rows by system ("" = none said); a tie leaves one out.

    Rows that tell no system tell nothing beside those that do. But a system that was used before every named one, or
    after them, may be one that does not tell its name: so it is where most rows of the months before the first with a
    name, or after the last, are without, and there are more than a few.
    """
    named = [day for day in sorted(months) if _leader(months[day])]
    unnamed: set[date] = set()
    if named:
        unnamed |= _unnamed(months, [day for day in months if day < named[0]])
        unnamed |= _unnamed(months, [day for day in months if day > named[-1]])
    leaders = ((day, UNNAMED if day in unnamed else _named_leader(months[day])) for day in sorted(months))
    return [(day, system) for day, system in leaders if system]


def _unnamed(months: Mapping[date, Mapping[str, int]], days: Sequence[date]) -> set[date]:
    """Those of the days whose rows mostly tell no system, unless their rows are few."""
    mostly = {day for day in days if _most(months[day]) == [""]}
    return mostly if sum(months[day][""] for day in mostly) >= FEWEST_UNNAMED else set()


def _leader(rows: Mapping[str, int]) -> str:
    """The system that most rows are from; empty where that is none, or two."""
    most = _most(rows)
    return most[0] if len(most) == 1 else ""


def _named_leader(rows: Mapping[str, int]) -> str:
    return _leader({system: count for system, count in rows.items() if system})


def _most(rows: Mapping[str, int]) -> list[str]:
    return [system for system, count in rows.items() if count == max(rows.values())]


def _counted(database: Database, table: str) -> dict[date, dict[str, int]]:
    """Month → system ("" = none said) → rows."""
    day = _DAYS[table]
    months: dict[date, dict[str, int]] = {}
    for month, system, count in database.rows(f"""
        select cast(date_trunc('month', {day}) as date) as month, coalesce(source_system, '') as system, count(*)
        from loaded.{table}
        where {day} is not null
        group by month, system
        order by month, system
    """):
        months.setdefault(month, {})[system] = count
    return months
