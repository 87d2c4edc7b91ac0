"""The commands `compare fetch` and `compare import`: what there is to compare with is brought in and kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipeline import comparison, starting
from pipeline.config import Config
from pipeline.metrics import catalogue
from pipeline.progress import Progress


def fetch(config: Config, today: date, progress: Progress) -> tuple[str, ...]:
    """Fetch from Kolada; Swedish sentences on what came. Raises WrongUse, and DatabaseBusy beside another run."""
    return comparison.fetch(
        starting.history_folder(config), config, today, lambda: starting.only_run(config), progress.step
    )


def bring_in(file: Path, config: Config, today: date) -> tuple[str, ...]:
    """Take in a file; Swedish sentences on what it held. Raises WrongUse, and DatabaseBusy beside another run."""
    return comparison.bring_in(
        file,
        starting.history_folder(config),
        config,
        catalogue.read(),
        today,
        lambda: starting.only_run(config),
    )
