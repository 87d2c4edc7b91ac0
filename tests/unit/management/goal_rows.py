"""A database with a few rows of the goal tree and the activities, and the metrics that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from pipeline import database
from pipeline.config import Committee
from pipeline.database import Database
from pipeline.loading import TABLES
from pipeline.management import goals
from pipeline.model import Metric, Statistic
from pipeline.model.goals import Goals
from tests.unit import builders

DAY = date(2026, 8, 31)
_MANY = (Statistic.MEAN, Statistic.MEDIAN)
METRICS: Mapping[str, Metric] = {
    one.metric_id: one
    for one in (
        builders.metric("plan_current", title="Insatser med aktuell plan"),
        builders.metric("within_120", title="Klara inom 120 dagar, barn"),
        builders.metric("days", title="Utredningstid", better="lower", statistics=_MANY, headline_by="area"),
        builders.metric("referrals", title="Aktualiseringar", better="", statistics=(Statistic.COUNT,)),
        builders.metric(
            "measure", title="Egna mått", better="", statistics=(Statistic.SHARE, Statistic.VALUE),
            headline_by="measure",
        ),
        builders.metric(
            "rater_agreement", title="Samstämmighet", statistics=(Statistic.ALPHA, Statistic.AGREEMENT)
        ),
    )
}  # fmt: skip

Row = Mapping[str, Any]


@contextmanager
def delivered(**rows: Iterable[Row]) -> Iterator[Database]:
    """The extracts that goals and activities are read from, with those rows."""
    with database.in_memory() as db:
        db.run("create schema loaded")
        for extract in ("units", "referrals", "investigations", "decisions", "measurements", "goals", "activities"):
            db.script(TABLES / f"{extract}.sql")
        for extract, own in rows.items():
            for row in own:
                places = ", ".join("?" * len(row))
                db.run(f"insert into loaded.{extract} ({', '.join(row)}) values ({places})", list(row.values()))
        yield db


def read(areas: tuple[str, ...] = (), day: date = DAY, **rows: Iterable[Row]) -> Goals:
    """The goals of those rows."""
    config = builders.config()
    config = config.model_copy(update={"committee": Committee(name=config.committee.name, areas=areas)})
    with delivered(**rows) as db:
        return goals.read(db, config, METRICS, day)


def goal(metric: str = "plan_current", target: float = 90, **more: Any) -> Row:
    """A row of the goal tree."""
    return {"delivery": "Aktuella planer", "metric": metric, "target": target, **more}


def activity(status: str, text: str = "Utbilda alla", goal: str = "1:1", **more: Any) -> Row:
    """A row of the activities."""
    return {"goal": goal, "activity": text, "status": status, "date": DAY, **more}


def register(unit: str, area: str, programme: str = "") -> Row:
    """A row of the unit register."""
    return {"unit": unit, "programme": programme or area, "area": area}
