"""The cells of an OpenDocument spreadsheet as text, called for by the parser while it reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TypedDict

from pipeline.config import Reading as Limits
from pipeline.sources.bounds import too_long, too_wide
from pipeline.sources.faults import shown
from pipeline.sources.markup import Attributes, Damaged
from pipeline.sources.numbers import Form, text_of_iso, text_of_timedelta, text_of_written
from pipeline.sources.ods_outline import OFFICE, TABLE, TEXT, times
from pipeline.sources.sheet import ERROR_VALUES, NOT_COMPUTED

_MOST_ROWS = 1 << 20
_ERROR_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_DURATION = re.compile(r"PT(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d{1,9})?)S)?")
_BLANKS = re.compile(r"[ \t\r\n]+")


class _Others(TypedDict):
    other_start: Callable[[Attributes], None]
    other_end: Callable[[], None]


class Cells:
    """Collects rows that hold anything in `rows`: the sheet's index, first row number, times it stands, its texts."""

    def __init__(self, limits: Limits) -> None:
        self.rows: list[tuple[int, int, int, list[str]]] = []
        cell = (self._start_cell, self._end_cell)
        calls: dict[str, tuple[Callable[[Attributes], None], Callable[[], None]]] = {
            "table": (self._start_table, self._end_table),
            "table-row": (self._start_row, self._end_row),
            "table-cell": cell,
            "covered-table-cell": cell,
            "p": (self._start_paragraph, self._end_paragraph),
            "span": (_pass, lambda: None),
            "a": (_pass, lambda: None),
            "s": (self._spaces, lambda: None),
            "tab": (lambda _: self._add("\t"), lambda: None),
            "line-break": (lambda _: self._add("\n"), lambda: None),
        }
        self.starts = {name: start for name, (start, _) in calls.items()}
        self.ends = {name: end for name, (_, end) in calls.items()}
        self.others: _Others = {"other_start": self._start_other, "other_end": self._end_other}
        self._limits = limits
        self._name, self._sheet = "", -1
        self._row_times = self._cell_times = self._place = self._inside_other = 0
        self._next_row = 1
        self._row: list[str] = []
        self._given: Attributes = {}
        self._pieces: list[str] = []
        self._length = 0
        self._is_table = self._is_row = self._is_cell = self._is_paragraph = False
        self._has_paragraph = self._after_blank = False

    def text(self, piece: str) -> None:
        """Text of a paragraph; runs of blanks that are not marked as such are one."""
        if self._is_paragraph and not self._inside_other:
            text = _BLANKS.sub(" ", piece)
            self._add(text[1:] if self._after_blank and text.startswith(" ") else text, after_blank=text.endswith(" "))

    def _add(self, text: str, *, after_blank: bool = False) -> None:
        if self._is_paragraph and not self._inside_other:
            self._length += len(text)
            if self._length > self._limits.cell_characters:
                raise too_long(self._limits, self._name, self._next_row)
            self._pieces.append(text)
            self._after_blank = after_blank

    def _spaces(self, given: Attributes) -> None:
        self._add(" " * min(int(given.get(f"{TEXT}c", "1")), self._limits.cell_characters + 1))

    # Notes and drawings hang on cells, and hold paragraphs of their own that are no values.
    def _start_other(self, _: Attributes) -> None:
        if self._is_cell:
            self._inside_other += 1

    def _end_other(self) -> None:
        if self._is_cell:
            self._inside_other -= 1

    def _start_table(self, given: Attributes) -> None:
        if self._is_table:
            raise Damaged
        self._is_table, self._next_row = True, 1
        self._name = shown(given.get(f"{TABLE}name", ""))
        self._sheet += 1

    def _end_table(self) -> None:
        self._is_table = False

    def _start_row(self, given: Attributes) -> None:
        if self._is_row or not self._is_table:
            raise Damaged
        self._is_row, self._row_times, self._place = True, times(given, "rows"), 0

    def _end_row(self) -> None:
        self._is_row = False
        first, self._next_row = self._next_row, self._next_row + self._row_times
        if self._row:
            if self._next_row > _MOST_ROWS + 1:
                raise Damaged
            self.rows.append((self._sheet, first, self._row_times, self._row))
            self._row = []

    def _start_cell(self, given: Attributes) -> None:
        if self._is_cell or not self._is_row:
            raise Damaged
        self._is_cell, self._given, self._cell_times = True, given, times(given, "columns")
        self._has_paragraph = False
        self._length = 0

    def _end_cell(self) -> None:
        self._is_cell = False
        text = self._text_of("".join(self._pieces))
        self._pieces.clear()
        if text:
            if len(text) > self._limits.cell_characters:
                raise too_long(self._limits, self._name, self._next_row)
            if self._place + self._cell_times > self._limits.columns:
                raise too_wide(self._limits, self._name, self._next_row)
            self._row.extend([""] * (self._place - len(self._row)))
            self._row.extend([text] * self._cell_times)
        self._place += self._cell_times

    def _start_paragraph(self, _: Attributes) -> None:
        if self._is_cell and not self._inside_other:
            if self._is_paragraph:
                raise Damaged
            if self._has_paragraph:
                self._pieces.append("\n")
            self._is_paragraph = self._has_paragraph = self._after_blank = True

    def _end_paragraph(self) -> None:
        if self._inside_other:
            return
        if self._is_paragraph and self._after_blank and self._pieces and self._pieces[-1].endswith(" "):
            self._pieces[-1] = self._pieces[-1][:-1]
        self._is_paragraph = False

    def _text_of(self, text: str) -> str:
        given, kind = self._given, self._given.get(f"{OFFICE}value-type", "")
        if given.get(_ERROR_TYPE) == "error":
            return text if text in ERROR_VALUES else "#VALUE!"  # Err:502 and its like have no name in Excel
        if kind == "percentage":
            return text_of_written(given.get(f"{OFFICE}value", text), Form.PERCENT)
        if kind in ("float", "currency"):
            return _number(given.get(f"{OFFICE}value", text), text)
        if kind == "date":
            return text_of_iso(given.get(f"{OFFICE}date-value", text))
        if kind == "time":
            return _duration(given.get(f"{OFFICE}time-value", text))
        if kind == "boolean":
            return given.get(f"{OFFICE}boolean-value", text)
        if not kind and not text and f"{TABLE}formula" in given:
            return NOT_COMPUTED
        return text if self._has_paragraph else given.get(f"{OFFICE}string-value", text)


def _pass(_: Attributes) -> None:
    """An element that only carries the text in it."""


def _number(written: str, shown: str) -> str:
    """A number; as it is shown where that is the same with zeros before it: `00001`."""
    number = text_of_written(written)
    has_zeros = shown.startswith("0") and shown.isascii() and shown.isdigit() and len(shown) > 1
    return shown if has_zeros and (shown.lstrip("0") or "0") == number else number


def _duration(written: str) -> str:
    """`PT10H30M00S` → `10:30:00`; what is no length of time stays as it is written."""
    found = _DURATION.fullmatch(written)
    if not found:
        return written
    hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups())
    try:
        return text_of_timedelta(timedelta(hours=hours, minutes=minutes, seconds=seconds))
    except OverflowError:
        return written
