"""A few rows, prepared, and what the lists and the quarter's report say of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from pipeline import cases, database, metrics
from pipeline.config import Config
from pipeline.database import Database
from pipeline.metrics import citations
from pipeline.model.cases import Unexecuted, Watch
from pipeline.periods import Period
from pipeline.places import ROOT
from pipeline.schemas import EXTRACTS
from tests.unit import builders

CHILDREN, ELDERLY = "Barn och unga", "Äldreomsorg"
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "units": {"unit": "Norr", "programme": "Barn", "area": CHILDREN},
    "referrals": {"person_id": "p", "unit": "Mottagningen", "area": CHILDREN, "kind": "anmälan"},
    "investigations": {"person_id": "p", "unit": "Norr", "area": CHILDREN},
    "decisions": {
        "person_id": "p", "unit": "Bistånd", "area": ELDERLY, "law": "SoL", "service": "Hemtjänst", "result": "bifall",
    },
    "plans": {"unit": "Hemtjänsten"},
    "care_levels": {"person_id": "p", "unit": "Hemtjänsten", "service": "Hemtjänst", "level": 2},
    "incidents": {"unit": "Norr", "kind": "avvikelse"},
}  # fmt: skip


class Case:
    """Rows by table; every column of every extract is delivered unless `undelivered` says otherwise."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.undelivered: set[tuple[str, str]] = set()
        db.run("create schema loaded")
        for table in (*EXTRACTS, "delivered", "protected_persons", "protected_cases"):
            db.script(ROOT / "sql" / "tables" / f"{table}.sql")

    def add(self, table: str, **row: Any) -> None:
        row = {**DEFAULTS[table], **row}
        columns, marks = ", ".join(row), ", ".join("?" for _ in row)
        self.db.run(f"insert into loaded.{table} ({columns}) values ({marks})", list(row.values()))
        if row.get("protected_identity"):
            self.db.run("insert or ignore into protected_persons values (?)", [row["person_id"]])

    def protect(self, extract: str, case_id: str) -> None:
        """Say that a case is about somebody with a protected identity, as the loading does."""
        self.db.run("insert into protected_cases values (?, ?)", [extract, case_id])

    def _prepare(self, config: Config, period: Period, today: date) -> None:
        for extract in EXTRACTS.values():
            for name in extract.names:
                if (extract.name, name) not in self.undelivered:
                    self.db.run("insert into delivered values (?, ?)", [extract.name, name])
        metrics.prepare(self.db, config, period, today)

    def watch(self, today: date, period: Period, delivered: Mapping[str, date] | None = None, **config: Any) -> Watch:
        settings = builders.config().model_copy(update=config)
        self._prepare(settings, period, today)
        deliveries = delivered or dict.fromkeys(EXTRACTS, today)
        return cases.watch(self.db, settings, period, today, deliveries, citations.read())

    def unexecuted(self, period: Period, today: date | None = None, **config: Any) -> Unexecuted:
        day = today or period.ends
        settings = builders.config().model_copy(update=config)
        self._prepare(settings, period, day)
        return cases.unexecuted(self.db, settings, period, {"decisions": day}, citations.read())


@pytest.fixture
def case() -> Iterator[Case]:
    with database.in_memory() as db:
        yield Case(db)
