"""Answers as a workbook: a sheet with the rows, and one with the question that they answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from pipeline.database import Answer
from pipeline.questions import values

MOST_ROWS = 1_048_575  # that a sheet has room for, less the headings
_LONGEST_TEXT = 32_767
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NARROWEST, _WIDEST, _AIR = 8, 60, 2  # letters
_BOLD = Font(bold=True)


def write(stream: BinaryIO, answer: Answer, most: int, about: Sequence[tuple[str, str]]) -> int:
    """Write at most that many rows; `about` tells of the question, heading and text. Returns how many rows."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Svar")
    names = [column.name for column in answer.columns]
    chunks = answer.chunks(min(most, MOST_ROWS))
    first = next(chunks, [])
    # What is known only afterwards cannot be written before the rows, so the first ones stand for all.
    for place, name in enumerate(names):
        longest = max((len(values.text(row[place])) for row in first), default=0)
        width = min(max(longest, len(name), _NARROWEST), _WIDEST) + _AIR
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, name) for name in names])
    written = 0
    for rows in (first, *([] if not first else chunks)):
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
        written += len(rows)
    if names:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{written + 1}"
    _write_about(book.create_sheet("Fråga"), about)
    book.save(stream)
    return written


def _write_about(sheet: Any, about: Sequence[tuple[str, str]]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, _WIDEST
    for heading, told in about:
        sheet.append([_bold(sheet, heading), _cell(sheet, told)])


def _bold(sheet: Any, text: str) -> Cell:
    cell = _text_cell(sheet, text)
    cell.font = _BOLD
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, bool | int | date | datetime):
        return value
    if isinstance(value, float):
        return values.plain(value)
    return _text_cell(sheet, values.text(value))


def _text_cell(sheet: Any, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_TEXT])
    # Said outright, since openpyxl takes "=…" for a formula and "#N/A" for an error.
    cell.data_type = "s"
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
    return cell
