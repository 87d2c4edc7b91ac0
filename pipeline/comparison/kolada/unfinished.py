"""Answers of a fetch that has not come to its end: one that was broken off goes on where it was, the same day."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import access


class Unfinished:
    """The answers in a folder, by the path that was asked, of one day and address; those of other days are not seen."""

    def __init__(self, folder: Path, address: str, today: date) -> None:
        self._folder, self._of = folder, f"{address} {today}"

    def get(self, path: str) -> list[Any] | None:
        """The records that a path gave earlier the same day; None where it has not been asked, or was cut short."""
        try:
            kept = json.loads(gzip.decompress(self._file(path).read_bytes()))
        except (OSError, EOFError, ValueError):
            return None
        return kept if isinstance(kept, list) else None

    def put(self, path: str, found: list[Any]) -> None:
        """Keep what a path gave; the file is written aside, so that it is whole once it is there."""
        access.make_folder(self._folder)
        file = self._file(path)
        aside = file.with_name(f"{file.name}.new-{os.getpid()}")
        aside.unlink(missing_ok=True)
        with access.new_file(aside) as stream:
            stream.write(gzip.compress(json.dumps(found).encode(), mtime=0))
        aside.replace(file)

    def clear(self) -> None:
        """Take all of them away: they have been kept where they belong."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _file(self, path: str) -> Path:
        return self._folder / f"{hashlib.sha256(f'{self._of} {path}'.encode()).hexdigest()}.json.gz"
