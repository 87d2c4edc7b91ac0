"""Where the log lies, in what order its files are, and one process at a time in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline import access
from pipeline.errors import WrongUse

FOLDER = Path("history") / "audit"
OPEN = "audit.jsonl"
_CLOSED = re.compile(r"audit-(\d{4,})\.jsonl")
_LOCK = ".lock"
_PATIENCE = 10  # seconds; a line takes a few thousandths of one


def folder(processed: Path) -> Path:
    """Where the log lies, in the folder of the database."""
    return processed / FOLDER


def files(place: Path) -> list[Path]:
    """The log's files, oldest first, the open one last; those that are there."""
    numbered = sorted((int(found[1]), file) for file in place.glob("*") if (found := _CLOSED.fullmatch(file.name)))
    still_open = place / OPEN
    return [*(file for _, file in numbered), *([still_open] if still_open.exists() else [])]


def next_closed(place: Path) -> Path:
    """The name that the open file gets when it is full."""
    numbers = [int(found[1]) for file in place.glob("*") if (found := _CLOSED.fullmatch(file.name))]
    return place / f"audit-{max(numbers, default=0) + 1:04}.jsonl"


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Hold the log while it is written to; the folder is made where it is missing.

    Raises WrongUse where nothing can be written there, or another process holds the log and does not let go.
    """
    lock = FileLock(place / _LOCK, mode=0o600)
    try:
        _make(place)
        lock.acquire(timeout=_PATIENCE)
    except Timeout:
        raise WrongUse(f"Loggen i {place} är upptagen av ett annat kommando. Vänta tills det är klart.") from None
    except OSError as fault:
        raise not_writable(place, fault) from None
    try:
        yield
    finally:
        lock.release()


def _make(place: Path) -> None:
    """The folder, and the one above it, though other processes make them at the same time."""
    for folder in (place.parent, place):
        with suppress(FileExistsError):
            access.make_folder(folder)


def not_writable(place: Path, fault: OSError) -> WrongUse:
    """What is said, and why the command goes no further, when a line cannot be written."""
    return WrongUse(
        f"Loggen över vem som frågar efter vad kan inte skrivas i {place} ({fault.strerror or fault}). Utan logg lämnas"
        " inga uppgifter ut. Se till att du får skriva i mappen och att disken har plats, och kör igen."
    )
