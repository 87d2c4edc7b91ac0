"""Which delivered files hold rows that are older than a day: each is read by itself, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline import database, loading
from pipeline.config import Config
from pipeline.errors import UserFault
from pipeline.sources import files


def past(config: Config, before: date, today: date) -> tuple[dict[str, int], tuple[str, ...]]:
    """File → rows that the next report would load again, and the files that could not be read."""
    if not config.paths.raw.is_dir() or files.is_empty(config.paths.raw):
        return {}, ()
    found: dict[str, int] = {}
    unread: list[str] = []
    with _throwaway_key(config) as settings:
        for name in _names(config):
            try:
                count = _past(settings, name, before, today)
            except UserFault:
                unread.append(name)
                continue
            if count:
                found[name] = count
    return found, tuple(unread)


def _names(config: Config) -> list[str]:
    entries = (path.name for path in config.paths.raw.iterdir() if path.is_file() and not path.name.startswith("."))
    return sorted(entries, key=files.sort_key)


def _past(config: Config, name: str, before: date, today: date) -> int:
    with database.in_memory() as db:
        loading.load(db, config, today, only=name)
        return sum(loading.outlived.counts(db, before).values())


@contextmanager
def _throwaway_key(config: Config) -> Iterator[Config]:
    """The configuration with a key that is gone afterwards: rows are counted, nobody is told apart."""
    with TemporaryDirectory() as folder:
        paths = config.paths.model_copy(update={"key": Path(folder) / "pseudonym.key"})
        yield config.model_copy(update={"paths": paths})
