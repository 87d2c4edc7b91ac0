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
from pipeline.sources.numbers import Form, Format, Zeros, form_of_code, text_of
from pipeline.sources.sheet import Merge, Row, Sheet, Source

_MB = 1 << 20
# The whole file is held in memory; a full sheet of this kind (65,536 rows, 256 columns) is smaller.
_LARGEST_MB = 256
_NUMBERS = (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE)
_WITHOUT_FORMATS = (
    "arbetsbokens format kunde inte läsas: andelar i procent kan ha lästs som hundradelar, och vad som är dolt eller"
    " sammanslaget märks inte"
)
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
    notes = () if book.formatting_info else (_WITHOUT_FORMATS,)
    return Source("Excel 97–2003", _sheets(book, Room(limits)), notes, close=book.release_resources)


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
        rows = _sound_rows(sheet, room)
        yield Sheet(sheet.name, rows, sheet.visibility != 0, hidden, merges, bool(book.datemode))
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
            text_of(value, form_at(row, place, kind), is_1904=is_1904) if kind in _NUMBERS else _text(kind, value)
            for place, (kind, value) in cells
        ]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            if max(map(len, texts)) > limits.cell_characters:
                raise too_long(limits, shown(sheet.name), row + 1)
            yield row + 1, texts


def _forms(sheet: Any) -> Callable[[int, int, int], Format]:
    """A function that tells what the number in a cell is, by its row, place and kind; only the kind, without formats.

    Which numbers are days or times is for xlrd to say: it knows the formats of old workbooks in other languages.
    """
    book = sheet.book
    if not book.formatting_info:
        return lambda row, place, kind: Form.DAY if kind == xlrd.XL_CELL_DATE else Form.NUMBER
    by_key = {key: form_of_code(found.format_str or "") for key, found in book.format_map.items()}
    found = [by_key.get(style.format_key, Form.NUMBER) for style in book.xf_list]
    by_kind: dict[int, list[Format]] = {
        xlrd.XL_CELL_DATE: [form if form is Form.ELAPSED else Form.DAY for form in found],
        xlrd.XL_CELL_NUMBER: [
            form if form is Form.PERCENT or isinstance(form, Zeros) else Form.NUMBER for form in found
        ],
    }
    return lambda row, place, kind: by_kind[kind][sheet.cell_xf_index(row, place)]


def _text(kind: int, value: Any) -> str:
    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "true" if value else "false"
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "#N/A")
    return ""
