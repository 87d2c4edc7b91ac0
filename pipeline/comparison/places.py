"""Where below the history's folder each source's is kept, and what identifies all of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.plain_files import SUMS

FOLDER = "comparisons"
KOLADA, OPPNA_JAMFORELSER, EXCHANGE = "kolada", "oppna_jamforelser", "exchange"
UNFINISHED = "kolada.unfinished"


def below(history: Path, name: str) -> Path:
    """A source's own folder."""
    return history / FOLDER / name


def fingerprint(history: Path) -> str:
    """Hash of all that is kept to compare with, for a run's identity; empty where there is nothing.

    Made of the files' noted hashes: what is kept and is not whole is not read either.
    """
    root = history / FOLDER
    noted = [
        (file.relative_to(root).as_posix(), hashlib.sha256(file.read_bytes()).hexdigest())
        for name in (KOLADA, OPPNA_JAMFORELSER, EXCHANGE)
        for file in sorted((root / name).rglob(SUMS))
        if file.is_file()
    ]
    return hashlib.sha256(repr(noted).encode()).hexdigest() if noted else ""
