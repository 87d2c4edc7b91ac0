"""The database's rows that are older than a day: counted, taken out, and looked for again in the new file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NoReturn

from pipeline import database
from pipeline.database import Database
from pipeline.errors import ProtectionFailed
from pipeline.loading import outlived
from pipeline.privacy import PSEUDONYM_CHARACTERS
from pipeline.retention.folders import delete
from pipeline.schemas import EXTRACTS

_PSEUDONYM = rf"[0-9a-f]{{{PSEUDONYM_CHARACTERS}}}"
# Where one pseudonym ends and the next begins does not show in the file, so every place is looked at.
_ANYWHERE = re.compile(rf"(?=({_PSEUDONYM}))".encode("ascii"))
_CHUNK = 16_000_000
# Tables that repeat an extract's rows, besides the one with the extract's own name: table → column, extract.
_REPEATING = {"plan_decisions": ("plan_id", "plans")}
_PROTECTED = "protected_persons"
_PROTECTED_CASES = "protected_cases"


@dataclass(frozen=True)
class Found:
    """Rows past the day and open ones that stay, by extract (`figures` and `quarantine` beside them)."""

    past: dict[str, int] = field(default_factory=dict)
    standing: dict[str, int] = field(default_factory=dict)


def look_up(folder: Path, before: date) -> Found:
    """What a purge would take out; nothing when there is no database."""
    if not (folder / database.FILE_NAME).exists():
        return Found()
    with database.read_only(folder) as db:
        return _found(db, before)


def remove(folder: Path, before: date) -> int | None:
    """Take the rows out: what is left is written to a new file, which takes the old one's place, and is then searched.

    Returns how many pseudonyms stand in no row any more, all of them searched for in vain; None when there was nothing
    to take out. Raises ProtectionFailed when something is found.
    """
    for place in database.leftovers(folder):
        delete(place)
    if not look_up(folder, before).past:
        return None
    with database.read_only(folder) as db:
        known = _pseudonyms(db)
    with database.rewriting(folder) as db:
        _take_out(db, before)
    with database.read_only(folder) as db:
        remaining = _pseudonyms(db)
    gone = known - remaining
    _demand_gone(folder / database.FILE_NAME, gone, remaining)
    return len(gone)


def fail(left: Sequence[str]) -> NoReturn:
    """Stop, since something is there that should be gone."""
    raise ProtectionFailed(
        f"Gallringen är inte klar: {', '.join(left)} finns kvar. Kör kommandot igen. Hjälper det inte, ta bort"
        " databasen och utdragen som innehåller raderna, och kör rapporten på nya utdrag."
    )


def _found(db: Database, before: date) -> Found:
    past = {name: _count(db, f"loaded.{name}", outlived.condition(name, before)) for name in outlived.ENDED}
    past |= {"quarantine": _count(db, "quarantine", outlived.quarantined(before))}
    past |= {"figures": _count(db, "figures", _is_old(before))} if _has(db, "figures") else {}
    standing = {name: _count(db, f"loaded.{name}", outlived.standing(name, before)) for name in outlived.ENDED}
    return Found(_not_none(past), _not_none(standing))


def _not_none(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def _count(db: Database, table: str, condition: str) -> int:
    return int(db.value(f"select count(*) from {table} where {condition}"))


def _is_old(before: date) -> str:
    return f"as_of < date '{before.isoformat()}'"


def _has(db: Database, table: str) -> bool:
    """Whether the database has a table of its own with that name: a run that was stopped makes fewer."""
    found = "database_name = current_database() and schema_name = 'main'"
    return bool(db.value(f"select count(*) from duckdb_tables() where {found} and table_name = ?", [table]))


def _take_out(db: Database, before: date) -> None:
    """Delete the rows, first those that are judged by others', then what repeats or points out what is gone."""
    for name in ("plans", *(name for name in outlived.ENDED if name != "plans")):
        db.run(f"delete from loaded.{name} where {outlived.condition(name, before)}")
    db.run(f"delete from quarantine where {outlived.quarantined(before)}")
    if _has(db, "figures"):
        db.run(f"delete from figures where {_is_old(before)}")
    for name in outlived.ENDED:
        if _has(db, name):
            _delete_unknown(db, name, EXTRACTS[name].key, name)
    for table, (column, extract) in _REPEATING.items():
        if _has(db, table):
            _delete_unknown(db, table, (column,), extract)
    _forget_protected(db)


def _delete_unknown(db: Database, table: str, columns: Sequence[str], extract: str) -> None:
    """Delete the rows that stand for none of an extract's."""
    same = " and ".join(f"known.{column} is not distinct from own.{column}" for column in columns)
    db.run(f"delete from main.{table} as own where not exists (select 1 from loaded.{extract} as known where {same})")


def _forget_protected(db: Database) -> None:
    """Persons and cases with a protected identity that no row is about any more."""
    if _has(db, _PROTECTED):
        rows = " union all ".join(f"select {column} as id from loaded.{extract}" for extract, column in _secret())
        db.run(
            f"delete from {_PROTECTED} where person_id not in (select id from ({rows}) where id is not null)"
            " and not exists (select 1 from quarantine where contains(content, person_id))"
        )
    if _has(db, _PROTECTED_CASES):
        keys = " union all ".join(
            f"select '{name}' as extract, {EXTRACTS[name].key[0]} as case_id from loaded.{name}"
            for name in outlived.ENDED
        )
        items = "select 'reviews' as extract, item_id as case_id from loaded.reviews"
        db.run(
            f"delete from {_PROTECTED_CASES} where (extract, case_id) not in (select (extract, case_id)"
            f" from ({keys} union all {items}) where case_id is not null)"
            " and not exists (select 1 from quarantine where contains(content, case_id))"
        )


def _secret() -> Iterator[tuple[str, str]]:
    """Extract and column of everything that holds a pseudonym."""
    for extract in EXTRACTS.values():
        yield from ((extract.name, column.name) for column in extract.columns if column.secrecy)


def _pseudonyms(db: Database) -> frozenset[str]:
    """Every person and member of staff that the database knows."""
    every = " union ".join(f"select {column} as id from loaded.{extract}" for extract, column in _secret())
    in_faults = f"select unnest(regexp_extract_all(content, '{_PSEUDONYM}')) as id from quarantine"
    found = db.rows(f"select id from ({every} union {in_faults}) where regexp_full_match(id, '{_PSEUDONYM}')")
    return frozenset(name for (name,) in found)


def _demand_gone(file: Path, gone: frozenset[str], remaining: frozenset[str]) -> None:
    """Search the file's bytes; that the search finds those who remain shows that it would find the others."""
    seen = set[str]()
    for chunk in _chunks(file):
        seen |= {match.decode("ascii") for match in _ANYWHERE.findall(chunk)}
    if seen & gone:
        fail([f"{len(seen & gone)} pseudonymer i databasfilen"])
    if remaining and not remaining <= seen:
        fail(["en databasfil som inte går att söka igenom"])


def _chunks(file: Path) -> Iterator[bytes]:
    """The file's bytes, some at a time; a pseudonym that two chunks share stands whole in the second."""
    before = b""
    with file.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            yield before + piece
            before = piece[1 - PSEUDONYM_CHARACTERS :]
