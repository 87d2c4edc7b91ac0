"""Workbooks of Excel 97–2003 (.xls) → rows of text: values only, errors told apart from empty cells."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError

from pipeline.config import Reading as Limits
from pipeline.sources.bounds import Room, demand_few, too_long
from pipeline.sources.faults import DAMAGED_BOOK, PROTECTED, Unreadable, shown
from pipeline.sources.numbers import Form, form_of_code, text_of
from pipeline.sources.sheet import Merge, Row, Sheet, Source

_MB = 1 << 20
# The whole file is held in memory; a full sheet of this kind (65,536 rows, 256 columns) is smaller.
_LARGEST_MB = 256
_DAMAGE = (
    XLRDError,
    CompDocError,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,  # a record may claim any size
    NameError,
    RuntimeError,
    TypeError,
    ValueError,
)


def read(path: Path, limits: Limits) -> Source:
    """Open a workbook. Raises Unreadable, now or while sheets are asked for, for what is damaged or protected."""
    if path.stat().st_size > _LARGEST_MB * _MB:
        raise Unreadable(f"är för stor för en .xls-fil, över {_LARGEST_MB} MB; spara den som .xlsx eller .csv")
    with _sound():
        book = _opened(path)
    return Source("Excel 97–2003", _sheets(book, Room(limits)), close=book.release_resources)


@contextmanager
def _sound() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as fault:
        is_protected = isinstance(fault, XLRDError) and "encrypted" in str(fault)
        raise Unreadable(PROTECTED if is_protected else DAMAGED_BOOK) from None


def _opened(path: Path) -> xlrd.Book:
    """With formats, which also tell what is hidden and merged; some programs write them so that only values remain."""
    opened = partial(xlrd.open_workbook, path, logfile=_Silence(), on_demand=True, ragged_rows=True)
    try:
        return opened(formatting_info=True)
    except _DAMAGE:
        return opened()


class _Silence:
    """Takes what xlrd says of a file that it finds odd: what matters is whether it can be read."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


def _sheets(book: xlrd.Book, room: Room) -> Iterator[Sheet]:
    for index in range(book.nsheets):
        with _sound():
            sheet = book.sheet_by_index(index)
            hidden = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden and row < sheet.nrows}
            merges = [Merge(top + 1, end, left, last - 1) for top, end, left, last in sheet.merged_cells]
            demand_few(merges, shown(sheet.name))
            room.hide(len(hidden), shown(sheet.name))
        yield Sheet(sheet.name, _sound_rows(sheet, room), sheet.visibility != 0, hidden, merges)
        book.unload_sheet(index)


def _sound_rows(sheet: Any, room: Room) -> Iterator[Row]:
    with _sound():
        yield from room.complete(_rows(sheet, room.limits), shown(sheet.name))


def _rows(sheet: Any, limits: Limits) -> Iterator[Row]:
    """The rows that hold anything, each up to its last filled cell."""
    form_at, is_1904 = _forms(sheet), bool(sheet.book.datemode)
    for row in range(sheet.nrows):
        cells = enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True))
        texts = [
            text_of(value, form_at(row, place), is_1904=is_1904) if kind == xlrd.XL_CELL_DATE else _text(kind, value)
            for place, (kind, value) in cells
        ]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            if max(map(len, texts)) > limits.cell_characters:
                raise too_long(limits, shown(sheet.name), row + 1)
            yield row + 1, texts


def _forms(sheet: Any) -> Callable[[int, int], Form]:
    """A function that tells what the number in a cell of a day or time is; days, where no formats were read."""
    book = sheet.book
    if not book.formatting_info:
        return lambda row, place: Form.DAY
    elapsed = {key for key, found in book.format_map.items() if form_of_code(found.format_str or "") is Form.ELAPSED}
    by_style = [Form.ELAPSED if style.format_key in elapsed else Form.DAY for style in book.xf_list]
    return lambda row, place: by_style[sheet.cell_xf_index(row, place)]


def _text(kind: int, value: Any) -> str:
    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind == xlrd.XL_CELL_NUMBER:
        return text_of(value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "true" if value else "false"
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "#N/A")
    return ""
