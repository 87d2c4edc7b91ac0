"""Excel workbooks (.xlsx, .xlsm) → rows of text, a row at a time: values only, errors told apart from empty cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from pipeline.config import Reading as Limits
from pipeline.sources.archive import Archive, sound
from pipeline.sources.bounds import Room, demand_few, too_long, too_wide
from pipeline.sources.excel_parts import TRUE, Book, BookSheet, book, unescaped
from pipeline.sources.excel_plain import Cell, WithoutPlainRows
from pipeline.sources.faults import DAMAGED_BOOK, shown
from pipeline.sources.markup import Attributes, Damaged, feed
from pipeline.sources.numbers import Form, text_of_iso, text_of_written
from pipeline.sources.sheet import NOT_COMPUTED, Merge, Row, Sheet, Source

_CHUNK = 1 << 20
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
# Without any of these (or signs of a wider alphabet), nothing in a sheet is hidden or merged.
_SIGNS = (b"hidden", b"mergeCell", b"\0")
_LONGEST_SIGN = max(map(len, _SIGNS))
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def read(archive: Archive, limits: Limits) -> Source:
    """The sheets of an open workbook. Raises Unreadable, now or while rows are read, for what is damaged."""
    with sound(DAMAGED_BOOK):
        content = book(archive)
    return Source("Excel", _sheets(archive, content, Room(limits)))


def _sheets(archive: Archive, content: Book, room: Room) -> Iterator[Sheet]:
    for sheet in content.sheets:
        with sound(DAMAGED_BOOK):
            hidden, merges = _hidden_and_merged(archive, sheet, room)
        rows = _rows(archive, sheet, content, room)
        yield Sheet(sheet.name, rows, sheet.is_hidden, hidden, merges, content.is_1904)


def _hidden_and_merged(archive: Archive, sheet: BookSheet, room: Room) -> tuple[set[int], list[Merge]]:
    """The rows that are hidden, and the cells that are merged; a quick look first tells whether there are any."""
    with archive.open(sheet.part) as part:
        if not _has_signs(part):
            return set(), []
    hidden: set[int] = set()
    merges: list[Merge] = []
    number = last = 0

    def row(given: Attributes) -> None:
        nonlocal number
        number = int(given.get("r", number + 1))
        if given.get("hidden") in TRUE:
            hidden.add(number)

    def value(_: Attributes) -> None:
        nonlocal last
        last = number

    calls = {"row": row, "v": value, "t": value, "mergeCell": lambda given: merges.append(_merge(given["ref"]))}
    with archive.open(sheet.part) as part:
        for _ in feed(part, calls):
            demand_few(merges, shown(sheet.name))
    room.hide(len(hidden), shown(sheet.name))
    return {number for number in hidden if number <= last}, merges


def _has_signs(part: IO[bytes]) -> bool:
    tail = b""
    while chunk := part.read(_CHUNK):
        searched = tail + chunk
        if any(sign in searched for sign in _SIGNS):
            return True
        tail = searched[-_LONGEST_SIGN:]
    return False


def _merge(reference: str) -> Merge:
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = _place(first), _place(last or first)
    return Merge(min(top, bottom), max(top, bottom), min(left, right), max(left, right))


def _place(reference: str) -> tuple[int, int]:
    """`AB12` → row 12 and position 27. Raises Damaged for what lies outside every sheet."""
    found = _REFERENCE.fullmatch(reference)
    if not found or not 1 <= int(found[2]) <= _MOST_ROWS:
        raise Damaged
    return int(found[2]), _position(found[1])


def _position(letters: str) -> int:
    if not 1 <= len(letters) <= len("XFD") or not letters.isascii() or not letters.isalpha():
        raise Damaged
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    if column > _MOST_COLUMNS:
        raise Damaged
    return column - 1


class _Positions(dict[str, int]):
    """Letters → position, remembered."""

    def __missing__(self, letters: str) -> int:
        position = self[letters] = _position(letters)
        return position


def _rows(archive: Archive, sheet: BookSheet, content: Book, room: Room) -> Iterator[Row]:
    with sound(DAMAGED_BOOK), archive.open(sheet.part) as part:
        yield from room.complete(_filled_rows(part, content, room.limits, sheet.name), shown(sheet.name))


def _filled_rows(part: IO[bytes], content: Book, limits: Limits, name: str) -> Iterator[Row]:
    cells = _Cells(content, limits, shown(name))
    starts = {"c": cells.start, "v": cells.start_value, "t": cells.start_value, "row": cells.start_row}
    starts |= {"f": cells.start_formula, "rPh": cells.start_phonetics}
    ends = {
        "c": cells.end,
        "v": cells.end_value,
        "t": cells.end_value,
        "row": cells.end_row,
        "rPh": cells.end_phonetics,
    }
    for _ in feed(WithoutPlainRows(part, cells.plain_row), starts, ends, cells.text):
        yield from cells.rows
        cells.rows.clear()


class _Cells:
    """What is called while a sheet is parsed; rows that hold anything stand in `rows` when they are finished."""

    def __init__(self, content: Book, limits: Limits, sheet: str) -> None:
        self.rows: list[Row] = []
        self._content = content
        self._limits = limits
        self._sheet = sheet
        self._positions = _Positions()
        self._row: list[str] = []
        self._number, self._place = 0, -1
        self._pieces: list[str] = []
        self._length = 0
        self._kind = self._style = ""
        self._is_row = self._is_cell = self._is_value = self._is_formula = self._is_phonetic = False

    def start_row(self, given: Attributes) -> None:
        number = int(given.get("r", self._number + 1))
        if self._is_row or not self._number < number <= _MOST_ROWS:
            raise Damaged
        self._is_row, self._number, self._place = True, number, -1

    def end_row(self) -> None:
        self._is_row = False
        if self._row:
            self.rows.append((self._number, self._row))
            self._row = []

    def plain_row(self, number: int, cells: list[Cell]) -> None:
        """A whole row at once, where it is written plainly."""
        self.start_row({"r": str(number)})
        for letters, style, kind, value, text in cells:
            place = self._positions[letters]
            if place <= self._place:
                raise Damaged
            self._place = place
            if value or text or kind == "e":
                self._put(self._text_of(kind, style, value or text))
        self.end_row()

    def start(self, given: Attributes) -> None:
        reference = given.get("r")
        place = self._place + 1 if reference is None else self._positions[reference.rstrip("0123456789")]
        if self._is_cell or not self._is_row or not self._place < place < _MOST_COLUMNS:
            raise Damaged
        self._is_cell, self._is_formula, self._place = True, False, place
        self._kind, self._style = given.get("t", ""), given.get("s", "")

    def end(self) -> None:
        self._is_cell = False
        if self._pieces or self._is_formula or self._kind == "e":
            value = "".join(self._pieces)
            self._pieces.clear()
            self._length = 0
            self._put(self._text_of(self._kind, self._style, value, is_formula=self._is_formula))

    def start_value(self, _: Attributes) -> None:
        self._is_value = self._is_cell and not self._is_phonetic

    def end_value(self) -> None:
        self._is_value = False

    def start_formula(self, _: Attributes) -> None:
        self._is_formula = True

    def start_phonetics(self, _: Attributes) -> None:
        self._is_phonetic = True

    def end_phonetics(self) -> None:
        self._is_phonetic = False

    def text(self, piece: str) -> None:
        if self._is_value:
            self._pieces.append(piece)
            self._length += len(piece)
            if self._length > self._limits.cell_characters:
                raise too_long(self._limits, self._sheet, self._number)

    def _put(self, text: str) -> None:
        if not text:
            return
        if len(text) > self._limits.cell_characters:
            raise too_long(self._limits, self._sheet, self._number)
        if self._place >= self._limits.columns:
            raise too_wide(self._limits, self._sheet, self._number)
        if len(self._row) < self._place:
            self._row.extend([""] * (self._place - len(self._row)))
        self._row.append(text)

    def _text_of(self, kind: str, style: str, value: str, *, is_formula: bool = False) -> str:
        if kind == "s" and value:
            return self._shared_text(int(value))
        if kind in ("str", "inlineStr"):
            return unescaped(value)
        if kind == "e":
            return value or NOT_COMPUTED
        if not value:
            return NOT_COMPUTED if is_formula else ""
        if kind == "b":
            return "true" if value in TRUE else "false"
        return text_of_iso(value) if kind == "d" else self._number_text(value, style)

    def _number_text(self, value: str, style: str) -> str:
        forms, number = self._content.forms, int(style or "0")
        form = forms[number] if number < len(forms) else Form.NUMBER
        return text_of_written(value, form, is_1904=self._content.is_1904)

    def _shared_text(self, number: int) -> str:
        if number < 0:
            raise Damaged
        return self._content.texts[number]
