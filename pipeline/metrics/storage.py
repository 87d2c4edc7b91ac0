"""The figures of a run as tables in its database, for ad hoc questions."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pipeline.database import Database, read_only
from pipeline.model import Figures, RunInfo


def store(database: Database, figures: Figures, run: RunInfo) -> None:
    """Make `figures` (one row a figure, all windows, nothing hidden) and `run_info` (what made them)."""
    database.run(
        """
        create table figures (
            metric varchar, statistic varchar, window_id varchar, level tinyint, org varchar, breakdown varchar,
            category varchar, numerator bigint, denominator bigint, value double, ci_low double, ci_high double,
            target double, status varchar, as_of date
        );
        create table run_info (run_id varchar, version varchar, period varchar, today date, demo boolean)
        """
    )
    database.append(
        "figures",
        pd.DataFrame(
            [
                (
                    f.key.metric, str(f.key.statistic), f.key.window, int(f.key.level), f.key.org, f.key.breakdown,
                    f.key.category, f.numerator, f.denominator, f.value, f.ci_low, f.ci_high, f.target,
                    f.status and f.status.value, f.as_of,
                )
                for f in figures.figures.values()
            ],
            columns=[
                "metric", "statistic", "window_id", "level", "org", "breakdown", "category", "numerator", "denominator",
                "value", "ci_low", "ci_high", "target", "status", "as_of",
            ],
        ),
    )  # fmt: skip
    database.run(
        "insert into run_info values (?, ?, ?, ?, ?)",
        [run.run_id, run.version, figures.period.code, run.today, run.demo],
    )


def is_demo(folder: Path) -> bool:
    """Whether the database in `folder` was made of the invented municipality."""
    with read_only(folder) as database:
        return bool(database.value("select demo from run_info"))
