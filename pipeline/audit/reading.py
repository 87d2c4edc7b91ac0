"""Reading the log: entries, oldest first, and how many lines could not be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pipeline.audit import storage
from pipeline.errors import WrongUse


@dataclass(frozen=True)
class Entry:
    """A line: when (with the offset from UTC of that place and day), who, which command, of what, rows handed out."""

    at: datetime
    user: str
    command: str
    what: str
    rows: int | None


def read(processed: Path, since: date | None = None) -> tuple[list[Entry], int]:
    """All entries from a day on, oldest first, and how many lines are damaged. Raises WrongUse for a file unread."""
    entries, damaged = [], 0
    for file in storage.files(storage.folder(processed)):
        for line in lines(file):
            entry = parsed(line)
            if entry is None:
                damaged += 1
            elif since is None or entry.at.date() >= since:
                entries.append(entry)
    return entries, damaged


def lines(file: Path) -> Iterator[bytes]:
    """The lines of a file that hold anything. Raises WrongUse where it cannot be read."""
    try:
        content = file.read_bytes()
    except OSError as fault:
        raise WrongUse(f"Loggen {file} kan inte läsas ({fault.strerror or fault}).") from None
    return (line for line in content.split(b"\n") if line.strip())


def parsed(line: bytes) -> Entry | None:
    """The entry of a line; None where it is damaged."""
    try:
        found = json.loads(line)
        rows = found["rows"]
        return Entry(
            at=datetime.fromisoformat(found["at"]),
            user=str(found["user"]),
            command=str(found["command"]),
            what=str(found["what"]),
            rows=None if rows is None else int(rows),
        )
    except (ValueError, KeyError, TypeError):
        return None
