"""The figures of a run as tables in its database, for ad hoc questions."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.database import Database, SqlFault, read_only
from pipeline.errors import WrongUse
from pipeline.metrics.preparation import TABLES
from pipeline.model import Figure, Figures, Key, RunInfo

# Column → field of the key; "window" alone is a word of SQL's own.
_OF_KEY = {"window_id" if field.name == "window" else field.name: field.name for field in fields(Key)}


def store(database: Database, figures: Figures, run: RunInfo) -> None:
    """Make `figures` (one row a figure, all windows, nothing hidden) and `run_info` (what made them)."""
    for table in ("figures", "run_info"):
        database.script(TABLES / f"{table}.sql")
    columns = database.columns("figures")
    rows = figures.figures.values()
    database.append("figures", pd.DataFrame({column: [_value(row, column) for row in rows] for column in columns}))
    database.run(
        "insert into run_info values (?, ?, ?, ?, ?)",
        [run.run_id, run.version, figures.period.code, run.today, run.demo],
    )


def _value(figure: Figure, column: str) -> Any:
    """What stands in a column: a field of the figure's key, or of the figure itself."""
    value = getattr(figure.key, _OF_KEY[column]) if column in _OF_KEY else getattr(figure, column)
    return value.value if isinstance(value, Enum) else value


def is_demo(folder: Path) -> bool:
    """Whether the database in `folder` holds nothing real: the invented municipality, or nothing that can be read."""
    try:
        with read_only(folder) as database:
            _, rows = database.named_rows("select demo from run_info")
    except (SqlFault, WrongUse):
        return True
    return all(demo for (demo,) in rows)
