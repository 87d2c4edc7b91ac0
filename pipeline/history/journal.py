"""What was done to the data besides reports: `journal.jsonl`, one line a deed, only ever added to; names nobody.

Each line is an object with `day`, `what` (`purge` or `rotate-key`) and, of a purge, `before` and `removed`, what was
removed and how many.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import access, swapping
from pipeline.errors import WrongUse

NAME = "journal.jsonl"
_PURGE, _ROTATION = "purge", "rotate-key"


def note_purge(folder: Path, today: date, before: date, removed: Mapping[str, int]) -> None:
    """Note that what was older than a day has been removed: what, and how many."""
    _add(folder, {"day": today.isoformat(), "what": _PURGE, "before": before.isoformat(), "removed": dict(removed)})


def note_rotation(folder: Path, today: date) -> None:
    """Note that the key was changed."""
    _add(folder, {"day": today.isoformat(), "what": _ROTATION})


def purged_before(folder: Path) -> date | None:
    """The latest day that data were purged to; None when they never were. Raises WrongUse for a damaged journal."""
    days = [date.fromisoformat(deed["before"]) for deed in _deeds(folder) if deed.get("what") == _PURGE]
    return max(days, default=None)


def _add(folder: Path, deed: Mapping[str, Any]) -> None:
    """Add a line to the journal: a new file takes the old one's place, so that no line of it is ever half."""
    file = folder / NAME
    aside = swapping.aside(file)
    before = file.read_bytes() if file.exists() else b""
    access.make_folder(folder)
    aside.unlink(missing_ok=True)
    try:
        with access.new_file(aside) as stream:
            stream.write(before + json.dumps(deed, ensure_ascii=False).encode() + b"\n")
        swapping.put_file(aside, file)
    finally:
        aside.unlink(missing_ok=True)


def _deeds(folder: Path) -> Iterator[dict[str, Any]]:
    file = folder / NAME
    if not file.exists():
        return
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            deed = json.loads(line)
            if deed["what"] == _PURGE:
                date.fromisoformat(deed["before"])
        except (ValueError, KeyError, TypeError):
            raise WrongUse(
                f"Rad {number} i {file} kan inte läsas. Återställ filen från en säkerhetskopia, eller ta bort raden."
            ) from None
        yield deed
