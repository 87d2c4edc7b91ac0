"""What of the log is older than a day: it may name cases that have been purged, so it goes with them."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from pipeline import access
from pipeline.audit import storage
from pipeline.audit.reading import lines, parsed


def past(processed: Path, before: date) -> int:
    """How many entries are older than a day."""
    return sum(_is_past(line, before) for file in storage.files(storage.folder(processed)) for line in lines(file))


def forget(processed: Path, before: date) -> None:
    """Take them away: the only way in which anything leaves the log. Raises WrongUse where it cannot be written."""
    place = storage.folder(processed)
    if not past(processed, before):
        return
    with storage.alone(place):
        try:
            for file in storage.files(place):
                _keep_since(file, before)
        except OSError as fault:
            raise storage.not_writable(place, fault) from None


def _keep_since(file: Path, before: date) -> None:
    every = list(lines(file))
    kept = [line for line in every if not _is_past(line, before)]
    if len(kept) == len(every):
        return
    if not kept:
        file.unlink()
        return
    aside = file.with_name(f".{file.name}.new-{os.getpid()}")
    aside.unlink(missing_ok=True)
    try:
        with access.new_file(aside) as stream:
            stream.write(b"".join(line + b"\n" for line in kept))
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)


def _is_past(line: bytes, before: date) -> bool:
    """A damaged line has no day, and stays."""
    entry = parsed(line)
    return entry is not None and entry.at.date() < before
