"""Which database is asked, found without reading the whole configuration: who asks waits for nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import config_faults
from pipeline.errors import WrongUse
from pipeline.places import CONFIG_FILE, PROCESSED

if TYPE_CHECKING:  # the whole configuration is read only for answers in files
    from pipeline.config import Paths


def database_folder(file: Path | None, given: Path | None) -> Path:
    """The folder given on the command line, else the configuration's (the project's own unless `file` says which).

    Raises WrongUse with everything that is wrong in the configuration when its folder cannot be told.
    """
    file = file or CONFIG_FILE
    paths = config_faults.parse(config_faults.read(file), file).get("paths", {})
    folder = paths.get("processed", str(PROCESSED)) if isinstance(paths, dict) else None
    if not isinstance(folder, str):
        from pipeline import config

        folder = str(config.load(file).paths.processed)
    return given.absolute() if given is not None else file.resolve().parent / folder


def demand_outside(out: Path, paths: Paths) -> None:
    """Raises WrongUse for an answer's file in a folder of extracts, data or reports: it might take the place of one."""
    for folder in (paths.raw, paths.processed, paths.reports):
        if out.resolve().is_relative_to(folder.resolve()):
            raise WrongUse(
                f"{out} ligger i {folder}, där utdrag, databas eller rapporter ligger. Välj en annan mapp efter --out."
            )
