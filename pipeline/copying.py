"""A copy of the last report's database, for other tools: whole, the user's alone, never where git takes it along."""

from __future__ import annotations

import glob
import os
import shutil
import time
from pathlib import Path

from pipeline import access, audit, database
from pipeline.errors import WrongUse

_HALF_AFTER = 3_600  # seconds: a copy that takes longer is none that is still being made
_ANOTHER = "ange en annan fil med --to, i en mapp som är din egen."


def copy(processed: Path, to: Path) -> Path:
    """Copy the database to a file, or into a folder under its own name; returns the file.

    A report that is made meanwhile puts a new database in the old one's place, so what is copied is always one whole.
    Raises WrongUse where there is no database, something lies there already, others could read it, git would take it
    along, or the copy cannot be noted in the log.
    """
    source = processed / database.FILE_NAME
    if not source.exists():
        raise WrongUse(f"Ingen databas finns i {processed}. Kör först: python -m pipeline report")
    file = to / database.FILE_NAME if to.is_dir() else to
    if file.exists():
        raise WrongUse(f"{file} finns redan, så ingenting kopierades. Ta bort filen, eller {_ANOTHER}")
    access.demand_ignored(file, _ANOTHER)
    access.own_folder(file.parent, _ANOTHER)
    audit.record(processed, "copy", str(file.absolute()), None)
    _take_away_halves(file)
    aside = file.with_name(f".{file.name}.new-{os.getpid()}")
    try:
        with source.open("rb") as whole, access.new_file(aside) as stream:
            shutil.copyfileobj(whole, stream)
        aside.rename(file)
    finally:
        aside.unlink(missing_ok=True)
    return file


def _take_away_halves(file: Path) -> None:
    """What is left of copies that were killed on the way is as secret as the whole."""
    for half in file.parent.glob(f".{glob.escape(file.name)}.new-*"):
        if time.time() - half.stat().st_mtime > _HALF_AFTER:
            half.unlink(missing_ok=True)
