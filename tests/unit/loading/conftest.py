"""A raw folder to put deliveries in, and a loading of it into memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline import database, loading
from pipeline.config import Config
from pipeline.model import FileAccount, Quality, Rejection
from pipeline.schemas import EXTRACTS
from pipeline.sources import profiles

TODAY = date(2026, 9, 8)
FILLED = {
    "units": {"unit": "Barn Väst", "programme": "Myndighet", "area": "Barn och unga"},
    "referrals": {
        "referral_id": "A1",
        "person_id": "k-1",
        "unit": "Barn Väst",
        "area": "Barn och unga",
        "kind": "anmälan",
        "received": "2026-03-01",
    },
    "investigations": {
        "investigation_id": "U1",
        "person_id": "k-1",
        "unit": "Barn Väst",
        "area": "Barn och unga",
        "opened": "2026-03-01",
    },
    "decisions": {
        "decision_id": "B1",
        "person_id": "k-1",
        "unit": "Barn Väst",
        "area": "Barn och unga",
        "law": "SoL",
        "service": "kontaktfamilj",
        "decided": "2026-03-01",
        "result": "bifall",
    },
    "plans": {"plan_id": "P1", "decision_id": "B1", "unit": "Barn Väst", "established": "2026-03-01"},
    "incidents": {"incident_id": "H1", "unit": "Barn Väst", "kind": "avvikelse", "received": "2026-03-01"},
    "reviews": {
        "review": "Egenkontroll",
        "unit": "Barn Väst",
        "item_id": "AKT1",
        "question": "Har barnet kommit till tals?",
        "answer": "ja",
        "reviewed": "2026-03-01",
    },
    "followup_plan": {
        "area": "delaktighet",
        "unit": "Barn Väst",
        "definition": "det som mäts",
        "method": "enkät",
        "responsible": "enhetschef",
        "schedule": "T1",
    },
}
OTHERS = ("quarantine", "delivered", "protected_persons", "protected_cases")
FILES = {
    "units": "enheter.csv",
    "referrals": "aktualiseringar.csv",
    "investigations": "utredningar.csv",
    "decisions": "beslut.csv",
    "plans": "genomförandeplaner.csv",
    "incidents": "avvikelser.csv",
    "reviews": "granskningar.csv",
    "followup_plan": "uppföljningsplan.csv",
}


def headings(extract: str) -> dict[str, str]:
    known = EXTRACTS[extract]
    words = profiles.load().wording(extract, known.names, known.required)
    return {name: words.heading(name) for name in known.names}


def table(extract: str, rows: list[dict[str, str]]) -> list[list[str]]:
    """The heading row and the rows, with the columns that some row speaks of; what a row leaves out is filled in."""
    columns = [name for name in EXTRACTS[extract].names if name in FILLED[extract] or any(name in row for row in rows)]
    words = headings(extract)
    body = [[{**FILLED[extract], **row}.get(name, "") for name in columns] for row in rows]
    return [[words[name] for name in columns], *body]


@dataclass
class Loaded:
    quality: Quality
    tables: dict[str, list[dict[str, Any]]]

    def __getitem__(self, extract: str) -> list[dict[str, Any]]:
        return self.tables[extract]

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        return self.quality.rejections

    @property
    def reasons(self) -> list[str]:
        return [rejection.reason for rejection in self.quality.rejections]

    @property
    def warned(self) -> dict[str, int]:
        return {warned.rule: warned.count for warned in self.quality.warnings}

    def account(self, file: str) -> FileAccount:
        return next(account for account in self.quality.files if account.file == file)


class Raw:
    def __init__(self, folder: Path, config: Config) -> None:
        self.folder = folder
        self.config = config

    def write(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def rows(self, extract: str, *rows: dict[str, str], file: str = "", encoding: str = "utf-8") -> Path:
        lines = [";".join(cells) for cells in table(extract, list(rows))]
        return self.write(file or FILES[extract], "\n".join(lines) + "\n", encoding)

    def load(self, today: date = TODAY) -> Loaded:
        with database.in_memory() as db:
            quality = loading.load(db, self.config, today, self.folder)
            names = [*(f"loaded.{name}" for name in EXTRACTS), *OTHERS]
            tables = {name.removeprefix("loaded."): db.table(f"from {name}").to_pylist() for name in names}
        return Loaded(quality, tables)

    def load_one(self, extract: str, *rows: dict[str, str], today: date = TODAY) -> Loaded:
        self.rows(extract, *rows)
        return self.load(today)


@pytest.fixture
def raw(tmp_path: Path) -> Raw:
    folder = tmp_path / "raw"
    folder.mkdir()
    config = Config.model_validate(
        {
            "municipality": {"name": "Exempelköping", "code": "9999"},
            "committee": {"name": "Socialnämnden"},
            "paths": {"key": tmp_path / "nyckel.key"},
        }
    )
    return Raw(folder, config)
