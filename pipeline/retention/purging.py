"""Taking away everything about persons that is older than a period, and proving that it is gone.

The extracts are never touched: they are told of instead, since the next report would load what they still hold. What
the committee got stays, as does the register of what was published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline import audit, history, loading, places, starting
from pipeline.config import Config
from pipeline.errors import WrongUse
from pipeline.model import EXTRACT_NAMES
from pipeline.periods import Period
from pipeline.progress import Progress
from pipeline.publish import forms
from pipeline.retention import delivered, folders, rows

_OTHER_NAMES = {"quarantine": "underkända rader", "figures": "siffror"}


@dataclass(frozen=True)
class Part:
    """One thing that is purged: what it is called (Swedish), and how many there are."""

    name: str
    count: int


@dataclass(frozen=True)
class Purge:
    """What a purge came to.

    `standing`: extract → rows older than the day that stay, since their case is open. `delivered`: file → rows of it
    that the next report would load again. `unread`: delivered files that could not be looked through. `proofs`: what
    shows that everything is gone (Swedish sentences).
    """

    before: date
    is_done: bool
    parts: tuple[Part, ...]
    proofs: tuple[str, ...]
    standing: Mapping[str, int]
    delivered: Mapping[str, int]
    unread: tuple[str, ...]


def purge(config: Config, before: Period, today: date, progress: Progress, *, dry_run: bool = False) -> Purge:
    """Take away what is older than a period; with `dry_run` only say what that is.

    Raises DatabaseBusy when a run is under way, WrongUse when the period has not begun or the register or database
    cannot be read, ProtectionFailed when something is found after it has been taken away.
    """
    limit = before.starts
    if limit > today:
        raise WrongUse(f"Perioden {before.code} har inte börjat, så allt skulle gallras. Ange en tidigare period.")
    with starting.only_run(config):
        progress.step("Letar upp det som är äldre" if dry_run else "Gallrar")
        found, proofs = (_looked_up(config, limit), ()) if dry_run else _purged(config, limit, today)
        progress.step("Ser efter vad utdragen innehåller")
        brought, unread = delivered.past(config, limit, today)
    return Purge(limit, not dry_run, found.parts, proofs, found.standing, brought, unread)


@dataclass(frozen=True)
class _Found:
    parts: tuple[Part, ...]
    standing: Mapping[str, int]
    places: tuple[folders.Place, ...]


def _looked_up(config: Config, limit: date) -> _Found:
    in_database = rows.look_up(config.paths.processed, limit)
    faults = history.past(starting.history_folder(config), limit)
    places = folders.past(config, limit)
    parts = [
        *(Part(_name(name), count) for name, count in in_database.past.items()),
        Part("rättade fel i felregistret", faults.faults),
        Part("leveranser i felregistret", faults.deliveries),
        Part("dolda tal ur tidigare rapporter", faults.hidden),
        Part("rader i loggen", audit.past(config.paths.processed, limit)),
        *(Part(f"filer i {place.name}", len(place.files)) for place in places),
    ]
    return _Found(tuple(part for part in parts if part.count), in_database.standing, tuple(places))


def _purged(config: Config, limit: date, today: date) -> tuple[_Found, tuple[str, ...]]:
    of_history = starting.history_folder(config)
    found = _looked_up(config, limit)
    pseudonyms = rows.remove(config.paths.processed, limit)
    history.forget(of_history, limit)
    audit.forget(config.paths.processed, limit)
    folders.remove(found.places)
    # What was asked may name what is gone; no file of such is needed.
    folders.delete(config.paths.processed / places.SHELL_HISTORY)
    folders.delete(config.paths.processed / loading.memory.FOLDER)
    # Once more, from the start, everything that was to go is looked for.
    left = _looked_up(config, limit).parts
    if left:
        rows.fail([f"{part.count} {part.name}" for part in left])
    history.note_purge(of_history, today, limit, {part.name: part.count for part in found.parts})
    return found, tuple(_proofs(found, pseudonyms))


def _proofs(found: _Found, pseudonyms: int | None) -> Iterator[str]:
    if not found.parts:
        return
    yield "Allt i tabellen har eftersökts på nytt efteråt: 0 rader, 0 fel och 0 filer hittades."
    if pseudonyms is not None:
        yield (
            "Databasen är skriven på nytt till en fil som aldrig har innehållit raderna."
            f" Pseudonymer som inte längre finns i någon rad: {forms.number(pseudonyms)}; filens innehåll har"
            " genomsökts tecken för tecken, och ingen av dem finns där."
        )


def _name(part: str) -> str:
    return _OTHER_NAMES.get(part) or f"rader om {EXTRACT_NAMES[part]}"
