"""What the extracts have columns for: a list of a column that nobody delivered would name every case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipeline.database import Database
from pipeline.model import EXTRACT_NAMES

_PERSONS = ("referrals", "investigations", "decisions", "plans", "care_levels")  # of those that the lists read
_FLAG = "protected_identity"


def columns(database: Database) -> dict[str, set[str]]:
    """Extract → the columns that some file of it has."""
    found: dict[str, set[str]] = defaultdict(set)
    for extract, column in database.rows("select extract, column_name from delivered"):
        found[extract].add(column)
    return found


def lacking(needs: Mapping[str, Sequence[str]], delivered: Mapping[str, set[str]]) -> str:
    """Why the needed columns are not all there, a Swedish sentence; "" when they are. `a or b`: either will do."""
    for extract, names in needs.items():
        if not delivered.get(extract):
            return f"ingen fil med {EXTRACT_NAMES[extract]} har levererats."
        if any(delivered[extract].isdisjoint(name.split(" or ")) for name in names):
            return f"utdraget med {EXTRACT_NAMES[extract]} saknar en kolumn som behövs."
    return ""


def unflagged(delivered: Mapping[str, set[str]], read: Iterable[str]) -> tuple[str, ...]:
    """Of the extracts that are read, those that do not tell who has a protected identity."""
    return tuple(name for name in _PERSONS if name in set(read) and _FLAG not in delivered.get(name, ()))
