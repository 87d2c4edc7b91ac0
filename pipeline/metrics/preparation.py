"""The tables that metrics stand on, made from the loaded ones before anything is measured."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pipeline.config import Config
from pipeline.database import Database
from pipeline.periods import Period, Window, windows

PREPARED = Path(__file__).resolve().parents[2] / "sql" / "prepared"
_TABLES = (
    "functions", "day_numbers", "units", "referrals", "investigations", "decisions", "plans", "unit_on_day", "services"
)  # fmt: skip
_LISTS = ("child_areas", "not_child_kinds", "plan_exempt_areas", "plan_exempt_services", "execution_exempt_areas")


def prepare(database: Database, config: Config, period: Period) -> dict[str, Window]:
    """Make windows, limits and the prepared tables from `loaded.*`; returns the windows by id.

    Tables: `windows(window_id, series, kind, starts, ends, prior_starts, prior_ends)` with the views `flow_windows`
    and `stock_windows`, `limits`, `limit_values`, `plan_months`, and one for each file of `sql/prepared/`: the
    extracts with their day counts and flags, and `unit_on_day`, the register as it stood on each window's last day.
    """
    all_windows = windows(period)
    _write_windows(database, all_windows)
    _write_limits(database, config)
    for table in _TABLES:
        database.script(PREPARED / f"{table}.sql")
    return {window.window_id: window for window in all_windows}


def _write_windows(database: Database, all_windows: list[Window]) -> None:
    columns = {"window_id": "varchar", "series": "varchar", "kind": "varchar"}
    columns |= dict.fromkeys(("starts", "ends", "prior_starts", "prior_ends"), "date")
    database.run(f"create table windows ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    database.append("windows", pd.DataFrame({name: [getattr(w, name) for w in all_windows] for name in columns}))
    database.run("create view flow_windows as select * from windows where kind <> 'stock'")
    database.run("create view stock_windows as select * from windows where kind = 'stock'")


def _write_limits(database: Database, config: Config) -> None:
    limits = config.limits
    database.run("create table limits (plan_grace_days integer)")
    database.run("insert into limits values (?)", [limits.plan_grace_days])
    database.run("create table limit_values (name varchar, value varchar)")
    for name in _LISTS:
        for value in getattr(limits, name):
            database.run("insert into limit_values values (?, lower(?))", [name, value])
    database.run("create table plan_months (area varchar, months integer)")
    for area, months in limits.plan_current_months.items():
        database.run("insert into plan_months values (lower(?), ?)", [area, months])
