"""The tables that metrics stand on, made from the loaded ones before anything is measured."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pandas as pd

from pipeline.config import Config
from pipeline.database import Database
from pipeline.metrics.placing import COMMITTEE_AREAS
from pipeline.periods import Period, Window, windows
from pipeline.places import ROOT

PREPARED = ROOT / "sql" / "prepared"
TABLES = ROOT / "sql" / "tables"
FOLLOWED_UP = (
    "care_levels", "coordinated_plans", "incidents", "reviews", "surveys", "vignettes", "measurements", "activities",
    "controls",
)  # fmt: skip
_PREPARED = (
    "functions", "windows", "units", "referrals", "investigations", "decisions", "plans", "unit_on_day", "services",
    *FOLLOWED_UP, "waiting",
)  # fmt: skip
# Whose columns a prepared table or view takes over as they are.
_TAKEN_FROM = {
    **{
        table: f"loaded.{table}"
        for table in ("units", "referrals", "investigations", "decisions", "plans", *FOLLOWED_UP)
    },
    "plan_decisions": "loaded.plans",
    "flow_windows": "main.windows",
    "flow_and_year_windows": "main.windows",
    "stock_windows": "main.windows",
}
_LISTS = (
    "child_areas", "not_child_kinds", "plan_exempt_areas", "plan_exempt_services", "execution_exempt_areas",
    "care_level_services",
)  # fmt: skip
_LISTED = "insert into limit_values values (?, lower(?))"
_COMMENTS = """
select schema_name || '.' || table_name, column_name, comment
from duckdb_columns()
where database_name = current_database()
"""


def prepare(database: Database, config: Config, period: Period, today: date) -> dict[str, Window]:
    """Make windows, limits and the prepared tables from `loaded.*`; returns the windows by id.

    Tables: those of `sql/tables/windows.sql` and `limits.sql`, and those of each file of `sql/prepared/`: the windows
    of what happened and of what was so, the extracts with their day counts and flags, and `unit_on_day`, the register
    as it stood on each window's last day. What is noted for a day after `today` has not happened in any of them.
    """
    all_windows = windows(period, _first_year(database, period))
    _write_windows(database, all_windows)
    _write_limits(database, config, today)
    for name in _PREPARED:
        database.script(PREPARED / f"{name}.sql")
    _carry_comments(database)
    return {window.window_id: window for window in all_windows}


def _first_year(database: Database, period: Period) -> int | None:
    """The first year that feedback was given in: it is told for all years in the data."""
    ((first,),) = database.rows("select min(year(received)) from loaded.incidents where kind = 'synpunkt'")
    return None if first is None or first > period.year else int(first)


def _write_windows(database: Database, all_windows: list[Window]) -> None:
    database.script(TABLES / "windows.sql")
    columns = database.columns("windows")
    database.append("windows", pd.DataFrame({name: [getattr(w, name) for w in all_windows] for name in columns}))


def _write_limits(database: Database, config: Config, today: date) -> None:
    limits = config.limits
    database.script(TABLES / "limits.sql")
    database.run("insert into limits values (?, ?, ?)", [limits.plan_grace_days, limits.incident_days, today])
    for name in _LISTS:
        for value in getattr(limits, name):
            database.run(_LISTED, [name, value])
    for area in config.committee.areas:
        database.run(_LISTED, [COMMITTEE_AREAS, area])
    for area, months in limits.plan_current_months.items():
        database.run("insert into plan_months values (lower(?), ?)", [area, months])


def _carry_comments(database: Database) -> None:
    """A column that is taken over as it is keeps its words."""
    words: dict[str, dict[str, str | None]] = defaultdict(dict)
    for table, column, comment in database.rows(_COMMENTS):
        words[table][column] = comment
    comments = [
        f"comment on column {table}.{column} is {_text(told)}"
        for table, source in _TAKEN_FROM.items()
        for column, comment in words[f"main.{table}"].items()
        if comment is None and (told := words[source].get(column))
    ]
    # All in one: each by itself takes five times as long.
    database.run("; ".join(("begin", *comments, "commit")))


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
