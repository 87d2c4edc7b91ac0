"""OpenDocument spreadsheets (.ods) → rows of text, a row at a time: values only, errors told apart from empty cells."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from pipeline.config import Reading as Limits
from pipeline.sources.archive import Archive, sound
from pipeline.sources.bounds import Room
from pipeline.sources.faults import DAMAGED_SPREADSHEET, PROTECTED, Unreadable, shown
from pipeline.sources.markup import feed
from pipeline.sources.ods_cells import Cells
from pipeline.sources.ods_outline import Outline, Outlines
from pipeline.sources.sheet import Row, Sheet, Source

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"


def read(archive: Archive, limits: Limits) -> Source:
    """The sheets of an open spreadsheet. Raises Unreadable, now or while rows are read, for what is damaged."""
    room = Room(limits)
    with sound(DAMAGED_SPREADSHEET):
        _demand_open(archive)
        with archive.open(_CONTENT) as content:
            outlines = Outlines(room).read(content)
    if not outlines:
        raise Unreadable("är inget kalkylblad; spara utdraget som .xlsx, .ods eller .csv")
    return Source("OpenDocument", _sheets(archive, outlines, room))


def _demand_open(archive: Archive) -> None:
    if _MANIFEST in archive:
        with archive.open_small(_MANIFEST) as manifest:
            if b"encryption-data" in manifest.read():
                raise Unreadable(PROTECTED)


def _sheets(archive: Archive, outlines: list[Outline], room: Room) -> Iterator[Sheet]:
    """All sheets stand in one part, which is read once: the rows of each, and nothing for one that is empty."""
    by_sheet = groupby(_rows(archive, room.limits), key=itemgetter(0))
    index, rows = next(by_sheet, (-1, iter(())))
    for number, outline in enumerate(outlines):
        own = (row for _, row in rows) if index == number else iter(())
        complete = room.complete(own, shown(outline.name))
        yield Sheet(outline.name, complete, outline.is_hidden, outline.hidden_rows, outline.merges, outline.is_1904)
        if index == number:
            index, rows = next(by_sheet, (-1, iter(())))


def _rows(archive: Archive, limits: Limits) -> Iterator[tuple[int, Row]]:
    cells = Cells(limits)
    with sound(DAMAGED_SPREADSHEET), archive.open(_CONTENT) as content:
        for _ in feed(content, cells.starts, cells.ends, cells.text, **cells.others):
            for sheet, first, times, texts in cells.rows:
                for number in range(first, first + times):
                    yield sheet, (number, texts.copy())
            cells.rows.clear()
