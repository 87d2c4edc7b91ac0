"""The figures of a run, asked for as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline import database
from pipeline.metrics import store
from pipeline.model import RunInfo, Statistic, Status
from tests.unit import builders

RUN = RunInfo("run", "1.0", date(2026, 9, 8), demo=False, config_sha256="")


def test_a_figure_is_stored_as_it_was_computed() -> None:
    judged = replace(
        builders.share(builders.key("share", 3, "Norr", "Vuxna"), 3, 4),
        ci_low=0.25, ci_high=0.95, target=0.9, status=Status.NOT_MET,
    )  # fmt: skip
    empty = builders.mean(builders.key("days", statistic=Statistic.MEDIAN), None, 0)

    with database.in_memory() as db:
        store(db, builders.figures(judged, empty), {}, RUN)
        columns, rows = db.named_rows("select * from figures where metric in ('share', 'days') order by metric")

    assert [dict(zip(columns, row, strict=True)) for row in rows] == [
        {
            "metric": "days", "statistic": "median", "window_id": "ytd", "level": 1, "org": builders.COMMITTEE,
            "breakdown": "", "category": "", "numerator": None, "denominator": 0, "value": None, "ci_low": None,
            "ci_high": None, "target": None, "status": None, "as_of": date(2026, 8, 31),
        },
        {
            "metric": "share", "statistic": "share", "window_id": "ytd", "level": 3, "org": "Norr",
            "breakdown": "area", "category": "Vuxna", "numerator": 3, "denominator": 4, "value": 0.75, "ci_low": 0.25,
            "ci_high": 0.95, "target": 0.9, "status": "inte uppfyllt", "as_of": date(2026, 8, 31),
        },
    ]  # fmt: skip


def test_the_run_is_stored_with_its_period() -> None:
    with database.in_memory() as db:
        store(db, builders.figures(), {}, RUN)

        assert db.rows("select * from run_info") == [("run", "1.0", "2026T2", date(2026, 9, 8), False)]
