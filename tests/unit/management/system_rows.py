"""A database with a few rows of internal control, requirements and the plan, and the metrics that they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pipeline import database
from pipeline.config import Committee, Limits
from pipeline.loading import TABLES
from pipeline.management import system
from pipeline.model import Metric
from pipeline.model.management import Management
from pipeline.periods import Period
from tests.unit import builders

DAY = date(2026, 8, 31)
METRICS: Mapping[str, Metric] = {
    one.metric_id: one
    for one in (
        builders.metric("plan_current", title="Insatser med aktuell plan", needs={"plans": ()}),
        builders.metric("review_fulfilled", title="Ja-svar", headline_by="question", needs={"reviews": ()}),
        builders.metric("measure", title="Egna mått", headline_by="measure", needs={"measurements": ()}),
    )
}
_EXTRACTS = (
    "units", "referrals", "investigations", "decisions", "plans", "care_levels", "coordinated_plans", "incidents",
    "reviews", "surveys", "vignettes", "measurements", "activities", "controls", "followup_plan", "requirements",
)  # fmt: skip

Row = Mapping[str, Any]


def read(
    areas: tuple[str, ...] = (), period: str = "2026T2", limits: Limits | None = None, **rows: Iterable[Row]
) -> Management:
    """What those rows come to in a period's report."""
    config = builders.config(limits=limits or Limits())
    config = config.model_copy(update={"committee": Committee(name=config.committee.name, areas=areas)})
    with database.in_memory() as db:
        db.run("create schema loaded")
        for extract in _EXTRACTS:
            db.script(TABLES / f"{extract}.sql")
        for extract, own in rows.items():
            for row in own:
                places = ", ".join("?" * len(row))
                db.run(f"insert into loaded.{extract} ({', '.join(row)}) values ({places})", list(row.values()))
        return system.read(db, config, Period.parse(period), METRICS)


def control(day: date = DAY, **more: Any) -> Row:
    """A row of internal control."""
    return {"risk": "Fel belopp", "control": "Stickprov", "date": day, **more}


def requirement(text: str = "Planen är aktuell", **more: Any) -> Row:
    """A row of the requirement matrix that lacks nothing but what `more` takes away."""
    whole = {
        "routine": "Rutinen", "revised": date(2026, 1, 1), "next_revision": date(2027, 1, 1), "method": "Granskning",
        "responsible": "Chefen", "metrics": "plan_current",
    }  # fmt: skip
    return {"regulation": "Lagen", "requirement": text, **whole, **more}


def planned(schedule: str = "T1, T2, T3", unit: str = "Norr", **more: Any) -> Row:
    """A row of the plan of follow-up."""
    fixed = {"area": "Delaktighet", "definition": "Aktuella planer", "method": "Utdrag", "responsible": "Chefen"}
    return {**fixed, "unit": unit, "schedule": schedule, **more}


def register(unit: str, area: str, programme: str = "") -> Row:
    """A row of the unit register."""
    return {"unit": unit, "programme": programme or area, "area": area}


def review(day: date, unit: str = "Norr", question: str = "Hörd?") -> Row:
    """A row of a file review."""
    return {"review": "Barn", "unit": unit, "item_id": "1", "question": question, "answer": "ja", "reviewed": day}
