"""Writes docs/data-dictionary.md anew: `python -m tests.dictionary`, or `make datadoc`."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline import config, database, loading, metrics
from pipeline.metrics import catalogue
from pipeline.model import RunInfo
from pipeline.places import ROOT
from pipeline.questions import dictionary
from tests.unit import builders

FILE = ROOT / "docs" / "data-dictionary.md"
CASE = ROOT / "tests" / "metrics" / "decision_days_from_application" / "decided_in_the_window"
DAY = date(2026, 12, 1)


def text() -> str:
    """The page as the database of any run would give it: what its tables mean does not depend on their rows."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(CASE, folder / "raw", ignore=shutil.ignore_patterns("expect.csv", "*.toml"))
        settings = builders.config(paths=config.Paths(raw=folder / "raw", key=folder / "key" / "pseudonym.key"))
        with database.in_memory() as db:
            loading.load(db, settings, DAY)
            metrics.prepare(db, settings, builders.PERIOD, DAY)
            run = RunInfo("run", "1.0", DAY, demo=False, config_sha256="")
            metrics.store(db, builders.figures(), catalogue.read(), run)
            metrics.create_views(db, catalogue.read())
            return dictionary.text(db)


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8", newline="\n")
