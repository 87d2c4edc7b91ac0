"""Delimited text → rows. The separator is decided on the headings, and no row is lost."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO, TextIOBase
from itertools import islice
from pathlib import Path

from pipeline.config import Reading as Limits
from pipeline.sources.block import Block, block
from pipeline.sources.bounds import too_long, too_wide
from pipeline.sources.faults import CHANGED, Unreadable
from pipeline.sources.sheet import Row, Sheet, Source
from pipeline.sources.text_encoding import Encoding, survey

SEPARATORS = (";", ",", "\t", "|")
_SAMPLE_LINES = 60
_CHUNK = 1 << 19  # characters that are read at a time
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
    text = _Text(path, encoding, shape, limits)
    rows = text.rows()
    return Source(encoding.shown, [Sheet("", rows, block=text.block)], notes, shape.separator, rows.close)


class _Lines:
    """A file's lines; `taken` counts the characters since it was last set to 0, at the end of each record.

    `has_ended`: the sign for the file's end stood on the last line, and was taken away.
    """

    def __init__(self, handle: TextIOBase, limits: Limits) -> None:
        self._handle = handle
        self._most = limits.cell_characters * _FULL_CELLS
        self._chunk, self._size = StringIO(), 0
        self._next = ""
        self.taken = 0
        self.has_ended = False

    def chunk(self) -> str:
        """The next lines, many at once, which will still be handed out unless they are skipped; nothing within some."""
        if self._next or self.taken or self._chunk.tell() < self._size:
            return ""
        self._fill()
        text = self._chunk.getvalue()
        return "" if _END_OF_FILE in text or _BYTE_ORDER_MARK in text else text

    def skip(self) -> None:
        """Hand out none of the lines that `chunk` gave."""
        self._chunk.seek(self._size)

    def _fill(self) -> None:
        text = self._handle.read(_CHUNK)
        if text:
            text += self._handle.readline(self._most + 1)
        self._chunk, self._size = StringIO(text, newline=""), len(text)

    def _readline(self) -> str:
        line = self._chunk.readline(self._most + 1)
        if not line:
            self._fill()
            line = self._chunk.readline(self._most + 1)
        return line

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._next or self._readline()
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
        self._next = self._readline()
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


class _Text:
    """A file's records, numbered as Excel numbers rows: a field with line breaks is still in one row."""

    def __init__(self, path: Path, encoding: Encoding, shape: _Shape, limits: Limits) -> None:
        self._path = path
        self._encoding = encoding
        self._shape = shape
        self._limits = limits
        self._lines: _Lines | None = None
        self._number = 0
        self._in_blocks = 0  # lines

    def block(self) -> Block | None:
        """The rows that come next, many at once; nothing where they must be read one by one, and between such."""
        if self._lines is None:
            return None
        try:
            text = self._lines.chunk()
        except UnicodeDecodeError:
            raise Unreadable(CHANGED) from None
        longest = self._limits.cell_characters
        found = text and block(text, self._number + 1, self._shape.separator, self._shape.width, longest)
        if not found:
            return None
        self._lines.skip()
        self._number += found.size
        self._in_blocks += found.size
        return found

    def rows(self) -> Generator[Row, None, None]:
        """Row by row, but for those that a block has given."""
        shape, limits = self._shape, self._limits
        with self._path.open(encoding=self._encoding.codec, newline="") as handle, _longest_field(limits):
            lines = _Lines(handle, limits)
            reader = csv.reader(lines, delimiter=shape.separator, strict=True)
            try:
                read = sum(1 for _ in islice(lines, shape.preface))
                lines.taken = last = 0
                self._lines = lines
                for record in reader:
                    lines.taken = 0
                    self._number += 1
                    if reader.line_num != last + 1 and _swallowed_rows(record, shape):
                        raise _stray_quote(self._number)
                    if len(record) > limits.columns:
                        _cut_blank_end(record)
                        if len(record) > limits.columns:
                            raise too_wide(limits, "", self._number)
                    last = reader.line_num
                    if record or not lines.has_ended:
                        yield self._number, record
                read += last + self._in_blocks
            except UnicodeDecodeError:
                raise Unreadable(CHANGED) from None
            except (csv.Error, _TooLong) as fault:
                raise _broken(fault, self._number + 1, reader.line_num - last, limits) from None
            finally:
                self._lines = None
        if read != self._encoding.lines:
            expected = self._encoding.lines
            raise Unreadable(f"har {expected} textrader men bara {read} kunde läsas; hämta utdraget på nytt")


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
