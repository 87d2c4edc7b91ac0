"""Delivered files → rows of text with sheet and row number. Nothing but the table's shape is interpreted here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from pipeline.config import Reading as Limits
from pipeline.errors import WrongUse
from pipeline.sources.block import Block, Texts
from pipeline.sources.faults import Unreadable, shown
from pipeline.sources.files import SourceFile, not_opened
from pipeline.sources.opening import Score, opened
from pipeline.sources.sheet import Sheet, Source
from pipeline.sources.table import Batch, Table, tables
from pipeline.sources.wording import Wording

_Item = TypeVar("_Item")

__all__ = ["Batch", "Reading", "SourceFile", "Table", "Texts", "open_source", "read"]


@dataclass(frozen=True)
class Reading:
    """One file being read: how its text was encoded, and its tables, one after the other.

    A table's batches must be used up before the next table is asked for. `notes`: Swedish sentences on how the file
    was read, where that is not as its name says.
    """

    encoding: str
    tables: Iterator[Table]
    notes: tuple[str, ...] = ()


def read(file: SourceFile, wordings: Sequence[Wording], limits: Limits) -> Reading:
    """Open a file and find its tables. Raises WrongUse, at once or while reading, for what cannot be read whole."""

    def score(cells: Sequence[str]) -> int:
        return max(wording.score(cells) for wording in wordings)

    source = open_source(file, score, limits)
    return Reading(source.encoding, _closing(source, tables(source, file.name, wordings)), source.notes)


def open_source(file: SourceFile, score: Score, limits: Limits) -> Source:
    """A file's sheets as they are. Raises WrongUse, at once or while they are read, for what cannot be read whole.

    `score` tells how many known headings a row names; it decides what separates the columns of a text.
    """
    try:
        source = opened(file.path, score, limits)
    except Unreadable as fault:
        raise WrongUse(fault.sentence(file.name)) from None
    except OSError:
        raise WrongUse(not_opened(file.name)) from None
    return replace(source, sheets=_sheets(source, file))


def _closing(source: Source, found: Iterator[Table]) -> Iterator[Table]:
    """The tables; what ends the reading, also a fault, lets go of the file."""
    try:
        yield from found
    finally:
        source.close()


def _sheets(source: Source, file: SourceFile) -> Iterator[Sheet]:
    """The sheets by names that can be told apart and shown."""
    met = set[str]()
    for sheet in _reachable(source.sheets, source, file):
        name = shown(sheet.name)
        if name.casefold() in met:
            raise WrongUse(f"Filen {file.name} har två blad med namnet {name}; byt namn på det ena och spara filen.")
        met.add(name.casefold())
        block = sheet.block and _reachable_block(sheet.block, source, file)
        yield replace(sheet, name=name, rows=_reachable(sheet.rows, source, file), block=block)
    source.close()


def _reachable(items: Iterable[_Item], source: Source, file: SourceFile) -> Iterator[_Item]:
    with _said(source, file):
        yield from items


def _reachable_block(block: Callable[[], Block | None], source: Source, file: SourceFile) -> Callable[[], Block | None]:
    def reached() -> Block | None:
        with _said(source, file):
            return block()

    return reached


@contextmanager
def _said(source: Source, file: SourceFile) -> Iterator[None]:
    """Also a file that was opened may be locked or cut off from us while it is read."""
    try:
        yield
    except Unreadable as fault:
        source.close()
        raise WrongUse(fault.sentence(file.name)) from None
    except OSError:
        source.close()
        raise WrongUse(not_opened(file.name)) from None
