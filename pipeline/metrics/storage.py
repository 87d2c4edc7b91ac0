"""The figures of a run, and what they are made from, as tables in its database, for ad hoc questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.database import Database, SqlFault, read_only
from pipeline.errors import WrongUse
from pipeline.metrics.preparation import TABLES
from pipeline.model import Figure, Figures, FileAccount, Key, Metric, RunInfo

# Column → field of the key; "window" alone is a word of SQL's own.
_OF_KEY = {"window_id" if field.name == "window" else field.name: field.name for field in fields(Key)}


def store(database: Database, figures: Figures, metrics: Mapping[str, Metric], run: RunInfo) -> None:
    """Make `figures` (one row a figure, all windows, nothing hidden), and what they are of and made from.

    That is `metrics` (the catalogue), `files` and `run_info`.
    """
    for table in ("figures", "metrics", "files", "run_info"):
        database.script(TABLES / f"{table}.sql")
    _fill(database, "metrics", (_of_metric(metric, n, figures) for n, metric in enumerate(metrics.values(), start=1)))
    _fill(database, "files", map(_of_file, run.inputs))
    database.append("figures", _figures(figures.figures.values(), database.columns("figures")))
    database.run(
        "insert into run_info values (?, ?, ?, ?, ?)",
        [run.run_id, run.version, figures.period.code, run.today, run.demo],
    )


def _fill(database: Database, table: str, rows: Iterable[Sequence[Any]]) -> None:
    database.append(table, pd.DataFrame(rows, columns=list(database.columns(table))))


def _of_metric(metric: Metric, place: int, figures: Figures) -> list[Any]:
    return [
        metric.metric_id, place, metric.title, metric.section, metric.question, metric.numerator, metric.denominator,
        metric.unit, metric.kind, metric.quality_area, metric.better, metric.judged.value, metric.demanded_by_law,
        figures.missing.get(metric.metric_id, ""),
    ]  # fmt: skip


def _of_file(file: FileAccount) -> list[Any]:
    counts = file.read, file.loaded, file.rejected, file.duplicates, file.superseded
    return [file.file, file.extract, file.delivered, *counts]


def _figures(figures: Iterable[Figure], columns: Iterable[str]) -> pd.DataFrame:
    """A row for each figure; what stands in a column is a field of the figure's key, or of the figure itself."""
    read = attrgetter(*(f"key.{_OF_KEY[column]}" if column in _OF_KEY else column for column in columns))
    return pd.DataFrame(map(read, figures), columns=list(columns))


def is_demo(folder: Path) -> bool:
    """Whether the database in `folder` holds nothing real: the invented municipality, or nothing that can be read."""
    try:
        with read_only(folder) as database:
            _, rows = database.named_rows("select demo from run_info")
    except (SqlFault, WrongUse):
        return True
    return all(demo for (demo,) in rows)
