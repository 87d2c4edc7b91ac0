"""How large each extract came out, column by column: what the next delivery is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pipeline.database import Database
from pipeline.model import Snapshot
from pipeline.schemas.extract import Extract

_COMMON = "common"

# Extract (or `common`) → column → its headings, the one that readers know first.
Words = Mapping[str, Mapping[str, Sequence[str]]]


def take(
    database: Database, extracts: Sequence[Extract], delivered: Mapping[str, date], words: Words
) -> tuple[Snapshot, ...]:
    """The loaded rows of each extract that was delivered, and how many of them have each column filled."""
    return tuple(_snapshot(database, extract, delivered[extract.name], words) for extract in extracts)


def filled(database: Database, extract: Extract) -> tuple[int, dict[str, int]]:
    """An extract's loaded rows, and for each of the contract's columns how many of them have it filled."""
    counts = ", ".join(f"count({name})" for name in extract.names)
    ((rows, *counted),) = database.rows(f"select count(*), {counts} from loaded.{extract.name}")
    return rows, dict(zip(extract.names, counted, strict=True))


def heading(words: Words, extract: Extract, column: str) -> str:
    """What readers call a column: its heading in the standard wording."""
    known = words.get(extract.name, {}).get(column) or words.get(_COMMON, {}).get(column)
    return known[0] if known else column


def _snapshot(database: Database, extract: Extract, delivered: date, words: Words) -> Snapshot:
    rows, counts = filled(database, extract)
    headings = {name: heading(words, extract, name) for name in extract.names}
    return Snapshot(extract.name, delivered, rows, counts, headings)
