"""Delivered files → rows of text with sheet and row number. Nothing but the table's shape is interpreted here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.errors import WrongUse
from pipeline.sources import csv, excel
from pipeline.sources.files import SourceFile
from pipeline.sources.profiles import Headings
from pipeline.sources.sheet import Source
from pipeline.sources.table import Batch, Table, tables

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
    return Reading(source.encoding, tables(source, file.name, headings))


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
        raise WrongUse(
            f"Filen {file.name} kan inte öppnas; stäng den i andra program och kontrollera att du har läsbehörighet."
        ) from None
