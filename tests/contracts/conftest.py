"""The invented municipality's database, built as a run builds it, for the tests that ask it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pipeline import config, database, demo, judging, loading, management, metrics
from pipeline.metrics import catalogue
from pipeline.model import Figures, RunInfo
from pipeline.periods import Period
from tests.unit import builders

PERIOD, TODAY = Period.parse("2026T2"), date(2026, 10, 20)


@dataclass(frozen=True)
class Built:
    """The folder of the database, and the figures that were computed on it."""

    folder: Path
    figures: Figures


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("asked")
    demo.write(folder / "raw", demo.Size.SMALL, demo.DEFAULT_SEED, TODAY)
    settings = builders.config(paths=config.Paths(raw=folder / "raw", key=folder / "pseudonym.key"))
    definitions = catalogue.read()
    with database.build(folder / "processed") as db:
        quality = loading.load(db, settings, TODAY)
        windows = metrics.prepare(db, settings, PERIOD, TODAY)
        goals = management.read_goals(db, settings, definitions, PERIOD.ends)
        measured = metrics.measure(db, definitions, settings, PERIOD, windows, {}, {})
        figures = judging.judge(measured, definitions, settings, management.targets(goals, definitions), TODAY)
        run = RunInfo("run", "1.0", TODAY, demo=True, config_sha256="", inputs=quality.files)
        metrics.store(db, figures, definitions, run)
        metrics.create_views(db, definitions)
    return Built(folder / "processed", figures)
