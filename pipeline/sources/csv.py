"""Delimited text → rows. The separator is decided on the headings, and no row is lost."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOBase
from itertools import islice
from pathlib import Path

from pipeline.config import Reading as Limits
from pipeline.sources.bounds import too_long, too_wide
from pipeline.sources.faults import CHANGED, Unreadable
from pipeline.sources.sheet import Row, Sheet, Source
from pipeline.sources.text_encoding import Encoding, survey

SEPARATORS = (";", ",", "\t", "|")
_SAMPLE_LINES = 60
# A record may hold this many cells of the greatest length, and no more: it is held in memory as a whole.
_FULL_CELLS = 10
_BYTE_ORDER_MARK = "\ufeff"  # the file's own is no part of its text; one further down came along as files were joined
_END_OF_FILE = "\x1a"  # Ctrl-Z, which old programs write after the last row
# Excel's own way to say what separates the columns; it shows no row for it.
_NAMED_SEPARATOR = re.compile(r'"?sep=([^\w"\r\n])"?[\r\n]*', re.IGNORECASE)


@dataclass(frozen=True)
class _Shape:
    """What separates the columns, how many the headings' row has, and how many lines stand before the first row."""

    separator: str
    width: int
    preface: int = 0


def read(path: Path, score: Callable[[Sequence[str]], int], limits: Limits) -> Source:
    """Open a delimited file. Raises Unreadable, now or while rows are read, for bytes or quotes without sense.

    `score` tells how many known headings a row names.
    """
    encoding = survey(path)
    shape = _shape(path, encoding, score, limits)
    notes = (f"första raden (sep={shape.separator}) anger skiljetecknet och är ingen rad",) if shape.preface else ()
    rows = _rows(path, encoding, shape, limits)
    return Source(encoding.shown, [Sheet("", rows)], notes, shape.separator, rows.close)


class _Lines:
    """A file's lines; `taken` counts the characters since it was last set to 0, at the end of each record.

    `has_ended`: the sign for the file's end stood on the last line, and was taken away.
    """

    def __init__(self, handle: TextIOBase, limits: Limits) -> None:
        self._readline = handle.readline
        self._most = limits.cell_characters * _FULL_CELLS
        self._next = ""
        self.taken = 0
        self.has_ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._next or self._readline(self._most + 1)
        self._next = ""
        if not line:
            raise StopIteration
        if _END_OF_FILE in line:
            line = self._without_end(line)
        if not self.taken:
            line = line.removeprefix(_BYTE_ORDER_MARK)
        self.taken += len(line)
        if self.taken > self._most:
            raise _TooLong
        return line

    def _without_end(self, line: str) -> str:
        content = line.rstrip("\r\n")
        if not content.endswith(_END_OF_FILE):
            return line
        self._next = self._readline(self._most + 1)
        self.has_ended = not self._next
        return content.rstrip(_END_OF_FILE) if self.has_ended else line


class _TooLong(Exception):
    """A record has grown past all bounds."""


def _shape(path: Path, encoding: Encoding, score: Callable[[Sequence[str]], int], limits: Limits) -> _Shape:
    """The separator that the file names or that lets some row name most columns, and how many fields that row has."""
    sample = _sample(path, encoding, limits)
    named = _NAMED_SEPARATOR.fullmatch(sample[0]) if sample else None
    preface = 1 if named else 0
    separators = (named[1],) if named else SEPARATORS
    best, shape = -1, _Shape(separators[0], 1, preface)
    for separator in separators:
        for record in _leniently(sample[preface:], separator):
            found = score(record)
            if found > best:
                best, shape = found, _Shape(separator, len(record), preface)
    return shape


def _sample(path: Path, encoding: Encoding, limits: Limits) -> list[str]:
    """The first lines, up to one that is too long: the strict reading says where it stands."""
    sample: list[str] = []
    with path.open(encoding=encoding.codec, newline="") as handle:
        lines = _Lines(handle, limits)
        try:
            for line in islice(lines, _SAMPLE_LINES):
                sample.append(line)
                lines.taken = 0
        except UnicodeDecodeError:
            raise Unreadable(CHANGED) from None
        except _TooLong:
            pass
    return sample


def _leniently(lines: list[str], separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=separator)
    except csv.Error:
        # The strict reading says what is wrong and where; a sample only has to show the separator.
        return


def _rows(path: Path, encoding: Encoding, shape: _Shape, limits: Limits) -> Generator[Row, None, None]:
    """The file's records, numbered as Excel numbers rows: a field with line breaks is still in one row."""
    number = 0
    with path.open(encoding=encoding.codec, newline="") as handle, _longest_field(limits):
        lines = _Lines(handle, limits)
        reader = csv.reader(lines, delimiter=shape.separator, strict=True)
        try:
            read = sum(1 for _ in islice(lines, shape.preface))
            lines.taken = last = 0
            for number, record in enumerate(reader, 1):
                lines.taken = 0
                if reader.line_num != last + 1 and _swallowed_rows(record, shape):
                    raise _stray_quote(number)
                if len(record) > limits.columns:
                    _cut_blank_end(record)
                    if len(record) > limits.columns:
                        raise too_wide(limits, "", number)
                last = reader.line_num
                if record or not lines.has_ended:
                    yield number, record
            read += last
        except UnicodeDecodeError:
            raise Unreadable(CHANGED) from None
        except (csv.Error, _TooLong) as fault:
            raise _broken(fault, number + 1, reader.line_num - last, limits) from None
    if read != encoding.lines:
        raise Unreadable(f"har {encoding.lines} textrader men bara {read} kunde läsas; hämta utdraget på nytt")


@contextmanager
def _longest_field(limits: Limits) -> Iterator[None]:
    """The longest field is one setting for the whole of Python; it is put back when the file has been read."""
    before = csv.field_size_limit(limits.cell_characters)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _cut_blank_end(record: list[str]) -> None:
    while record and not record[-1]:
        record.pop()


def _broken(fault: Exception, number: int, lines: int, limits: Limits) -> Unreadable:
    """A field without end that runs over lines was opened by a stray quotation mark; else a cell is too long."""
    is_long = isinstance(fault, _TooLong) or "field larger" in str(fault)
    return too_long(limits, "", number) if is_long and lines <= 1 else _stray_quote(number)


def _swallowed_rows(record: list[str], shape: _Shape) -> bool:
    """Whether a record that spans lines holds more than one whole row: a quotation mark was opened and not meant."""
    if shape.width < 2:  # one column has no separator to count
        return False
    while len(record) > shape.width and not record[-1]:
        record = record[:-1]
    lines = shape.separator.join(record).splitlines()
    return sum(line.count(shape.separator) >= shape.width - 1 for line in lines) > 1


def _stray_quote(number: int) -> Unreadable:
    return Unreadable(
        'ett citattecken (") öppnar ett fält som inte stängs rätt, så raderna efter går inte att skilja åt; ta bort'
        " eller dubblera citattecknet, eller spara om filen som .xlsx",
        row=number,
    )
