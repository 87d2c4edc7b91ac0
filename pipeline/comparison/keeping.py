"""Folders that hold one import each: written aside, put in the old one's place by rename, and seen when damaged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline import plain_files
from pipeline.errors import WrongUse


def put(place: Path, contents: Mapping[str, bytes], what: str) -> None:
    """Let a folder hold these files, by name, and nothing else; what it held before is gone.

    Raises WrongUse when that cannot be; `what` says what was not kept (Swedish, as a sentence begins).
    """
    try:
        plain_files.replace_all(place, contents)
    except OSError:
        raise WrongUse(
            f"{what} kan inte sparas i {place}. Kontrollera att du får skriva i mappen och att disken inte är full, och"
            " försök igen."
        ) from None


def places(folder: Path) -> Iterator[Path]:
    """The folders in a folder by name; those that begin with a full stop were never finished."""
    if folder.is_dir():
        yield from sorted(place for place in folder.iterdir() if place.is_dir() and not place.name.startswith("."))
