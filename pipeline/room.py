"""How much room a run needs on disk, and how much there is."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import WrongUse

# A new database is built beside the old one, and sorting spills to disk: twice the extracts' text is enough with a
# margin. Workbooks are packed text.
_TIMES, _PACKED = 2, 8
_BOOKS = (".xlsx", ".xlsm", ".ods")
# The reports, the history and an empty database, whatever the extracts.
_LEAST = 50_000_000


def needed(raw: Path) -> int:
    """Bytes that a run on a folder's extracts may need; generously counted."""
    delivered = (file for file in raw.glob("*") if file.is_file()) if raw.is_dir() else iter(())
    return _LEAST + sum(_TIMES * _unpacked(file) for file in delivered)


def free(folder: Path) -> int:
    """Bytes that are free where a folder lies, or is to lie. Raises OSError when that cannot be told."""
    return shutil.disk_usage(next(place for place in (folder, *folder.absolute().parents) if place.is_dir())).free


def demand(raw: Path, folders: Iterable[Path]) -> None:
    """Raise WrongUse when there is less than a run on the extracts in `raw` needs, on a disk of one of the folders."""
    wanted = needed(raw)
    for folder in folders:
        try:
            there = free(folder)
        except OSError:  # a network drive that does not tell
            continue
        if there < wanted:
            raise WrongUse(
                f"Disken där {folder} ligger har {megabytes(there)} ledigt, men körningen kan behöva"
                f" {megabytes(wanted)}. Frigör utrymme, eller välj en mapp på en annan disk, och kör igen."
            )


def megabytes(size: int) -> str:
    """A size as it is told: `1 200 MB`."""
    return f"{size / 1_000_000:,.0f} MB".replace(",", "\N{NO-BREAK SPACE}")


def _unpacked(file: Path) -> int:
    return file.stat().st_size * (_PACKED if file.suffix.lower() in _BOOKS else 1)
