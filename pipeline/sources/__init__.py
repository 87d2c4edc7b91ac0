"""Delivered files → rows of text with sheet and row number. Nothing but the table's shape is interpreted here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pipeline.errors import WrongUse
from pipeline.sources import csv, excel
from pipeline.sources.files import SourceFile, not_opened
from pipeline.sources.profiles import Headings
from pipeline.sources.sheet import Sheet, Source
from pipeline.sources.table import Batch, Table, tables

_Item = TypeVar("_Item")
_READERS = {
    ".csv": csv.read,
    ".txt": csv.read,
    ".tsv": csv.read,
    ".xlsx": excel.read,
    ".xlsm": excel.read,
}

__all__ = ["Batch", "Reading", "SourceFile", "Table", "read"]


@dataclass(frozen=True)
class Reading:
    """One file being read: how its text was encoded, and its tables, one after the other.

    A table's batches must be used up before the next table is asked for.
    """

    encoding: str
    tables: Iterator[Table]


def read(file: SourceFile, headings: Headings) -> Reading:
    """Open a file by its suffix. Raises WrongUse, at once or while reading, for what cannot be read whole."""
    source = _open(file, headings)
    sheets = (Sheet(sheet.name, _reachable(sheet.rows, file)) for sheet in _reachable(source.sheets, file))
    return Reading(source.encoding, tables(Source(source.encoding, sheets), file.name, headings))


def _open(file: SourceFile, headings: Headings) -> Source:
    suffix = file.path.suffix.lower()
    if suffix not in _READERS:
        raise WrongUse(
            f"Filen {file.name} kan inte läsas: filtypen {suffix or '(ingen)'} stöds inte. Spara den som .xlsx eller"
            " .csv och lägg den i mappen i stället."
        )
    try:
        return _READERS[suffix](file.path, headings)
    except OSError:
        raise WrongUse(not_opened(file.name)) from None


def _reachable(items: Iterable[_Item], file: SourceFile) -> Iterator[_Item]:
    """The items as they come; also a file that was opened may be locked or cut off from us while it is read."""
    try:
        yield from items
    except OSError:
        raise WrongUse(not_opened(file.name)) from None
