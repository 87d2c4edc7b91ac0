"""Questions in the log of who asked what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline import audit, database


@contextmanager
def asked(folder: Path, command: str, what: str) -> Iterator[list[int]]:
    """Note a question to the database in `folder` when it has been put, also one that was not answered.

    How many rows were handed out is appended to the list. Raises WrongUse where nothing can be noted: then nothing is
    asked. Where there is no database there is nothing to hand out, and nothing is noted.
    """
    if not (folder / database.FILE_NAME).exists():
        yield []
        return
    audit.demand_writable(folder)
    rows: list[int] = []
    try:
        yield rows
    finally:
        audit.record(folder, command, what, sum(rows) if rows else None)
