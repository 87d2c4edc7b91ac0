"""What reading came to, for a next run on the very same extracts: its rows are then taken over and not read again.

The rows stand in the database of the last run; beside it lies how they were accounted for, under a key that holds all
that reading depends on. Where the key or the database is another, or anything is amiss, everything is read anew.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from pipeline import config as configuration
from pipeline import database, plain_files
from pipeline.config import Config
from pipeline.database import Database
from pipeline.model import Quality
from pipeline.places import ROOT
from pipeline.sources import SourceFile

FOLDER = "reading"
_FILE = "reading.json"
_CODE = ("pipeline/**/*.py", "profiles/*.toml", "sql/**/*.sql", "requirements.lock")


class Memory:
    """What the last run on `processed` read; `note` and then, when its database is in place, `keep` replace it."""

    def __init__(self, processed: Path) -> None:
        self._processed = processed
        self._noted: tuple[str, Quality] | None = None

    def recall(self, db: Database, key: str, tables: Sequence[str]) -> Quality | None:
        """Fill the tables, which are empty, as reading would; None, and nothing filled, where that cannot be had."""
        folder = self._processed / FOLDER
        try:
            kept = json.loads(plain_files.checked(folder, _FILE, plain_files.sums(folder)))
            if (kept["key"], kept["database"]) != (key, self._database()):
                return None
            quality = TypeAdapter(Quality).validate_python(kept["quality"])
        except (*plain_files.UNREADABLE, KeyError, ValueError):
            return None
        if not db.take_over(self._processed / database.FILE_NAME, tables):
            return None
        self.note(key, quality)
        return quality

    def note(self, key: str, quality: Quality) -> None:
        """Remember what was read until it can be kept."""
        self._noted = key, quality

    def keep(self) -> None:
        """Keep what was noted; the database that stands now is the one that holds its rows."""
        if self._noted is None:
            return
        key, quality = self._noted
        told = TypeAdapter(Quality).dump_python(quality, mode="json")
        with suppress(OSError):  # the next run is slower without it, and else the same
            text = json.dumps({"key": key, "database": self._database(), "quality": told}, ensure_ascii=False)
            plain_files.replace_all(self._processed / FOLDER, {_FILE: text.encode()})

    def _database(self) -> list[int]:
        """What tells the database's file from any other."""
        stat = (self._processed / database.FILE_NAME).stat()
        return [stat.st_size, stat.st_mtime_ns]


def key_of(config: Config, today: date, delivered: Iterable[SourceFile], beside: Sequence[str], secret: bytes) -> str:
    """A hash of all that reading depends on: files, names and days, configuration, day, key of persons, program."""
    files = sorted((one.name, one.extract, one.scope, one.delivered.isoformat(), one.sha256) for one in delivered)
    of_key = hashlib.sha256(secret).hexdigest()
    known = [files, sorted(beside), configuration.fingerprint(config), today.isoformat(), of_key, _program()]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()


@cache
def _program() -> str:
    """A hash of the program's own files, its locked libraries and the Python that runs it."""
    digest = hashlib.sha256(sys.version.encode())
    for pattern in _CODE:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(file.relative_to(ROOT).as_posix().encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
