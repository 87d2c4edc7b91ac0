"""Delimited text → rows. The encoding is decided on the bytes, the separator on the headings, and no row is lost."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pipeline.errors import WrongUse
from pipeline.sources.profiles import Headings
from pipeline.sources.sheet import Row, Sheet, Source

SEPARATORS = (";", ",", "\t", "|")
_SAMPLE_LINES = 60
_CHUNK = 1 << 20
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 med BOM"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# In UTF-8 that is read with "surrogateescape": a letter of several bytes, and a run of bytes without sense.
_COMPOSED = re.compile(r"[^\x00-\x7f\udc80-\udcff]")
_SENSELESS = re.compile(r"[\udc80-\udcff]+")


@dataclass(frozen=True)
class _Text:
    """How a file's bytes are read as text, and how many lines that gives."""

    codec: str
    shown: str
    lines: int


@dataclass(frozen=True)
class _Shape:
    separator: str
    width: int


def read(path: Path, headings: Headings) -> Source:
    """Open a delimited file. Raises WrongUse, now or while rows are read, for bytes or quotes without sense."""
    text = _survey(path)
    shape = _shape(path, text, headings)
    return Source(text.shown, [Sheet("", _rows(path, text, shape))])


class _NotInEncoding(Exception):
    """Bytes that the encoding has no meaning for: on which line, and whether a letter is cut off by the file's end."""

    def __init__(self, line: int, *, is_cut: bool) -> None:
        super().__init__(line)
        self.line = line
        self.is_cut = is_cut


def _survey(path: Path) -> _Text:
    with path.open("rb") as handle:
        start = handle.read(4)
    for mark, codec, shown in _BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return _decoded(path, codec, shown)
    try:
        return _Text("utf-8", "UTF-8", _count_lines(path, "utf-8"))
    except _NotInEncoding as fault:
        if _is_damaged_utf_8(path):
            raise WrongUse(_damaged(path, "UTF-8", fault)) from None
        return _decoded(path, "cp1252", "Windows-1252")


def _is_damaged_utf_8(path: Path) -> bool:
    """Whether a file that is not UTF-8 was meant to be: in text of another encoding hardly any letter is valid UTF-8.

    One that makes sense for each place that does not is enough: å in Windows-1252 is always a place that does not.
    """
    composed, senseless = 0, 0
    for text in _chunks(path, "utf-8", errors="surrogateescape"):
        composed += sum(1 for _ in _COMPOSED.finditer(text))
        senseless += sum(1 for _ in _SENSELESS.finditer(text))
    return composed >= senseless


def _decoded(path: Path, codec: str, shown: str) -> _Text:
    try:
        return _Text(codec, shown, _count_lines(path, codec))
    except _NotInEncoding as fault:
        if codec != "cp1252":
            raise WrongUse(_damaged(path, shown, fault)) from None
        raise WrongUse(
            f"Filen {path.name} kan inte läsas som {shown}: rad {fault.line} innehåller tecken som inte finns där;"
            " spara om filen som UTF-8 i det program den kommer från."
        ) from None


def _damaged(path: Path, shown: str, fault: _NotInEncoding) -> str:
    what = "slutar mitt i ett tecken" if fault.is_cut else "innehåller tecken som inte går att tyda"
    return (
        f"Filen {path.name} är skriven i {shown} men skadad: rad {fault.line} {what}; hämta utdraget på nytt, eller"
        " rätta raden och spara filen som UTF-8."
    )


def _count_lines(path: Path, codec: str) -> int:
    """Decode the whole file and count its lines, independently of how the rows are read later."""
    lines, last = 0, "\n"
    for text in _chunks(path, codec):
        if "\0" in text:
            raise WrongUse(
                f"Filen {path.name} innehåller nolltecken: den är sparad i UTF-16 utan märke först i filen, eller är"
                " ingen textfil; spara den som .csv (UTF-8) i det program den kommer från."
            )
        lines += _line_ends(text) - (last == "\r" and text.startswith("\n"))
        last = text[-1]
    return lines + (last not in "\r\n")


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _chunks(path: Path, codec: str, errors: str = "strict") -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)(errors)
    lines = 0
    with path.open("rb") as handle:
        chunk = b" "
        while chunk:
            chunk = handle.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as fault:
                # The fault knows which order of bytes the mark gave; "utf-16" would look for a mark again.
                before = fault.object[: fault.start].decode(fault.encoding, errors="ignore")
                raise _NotInEncoding(lines + _line_ends(before) + 1, is_cut=not chunk) from None
            lines += _line_ends(text)
            if text:
                yield text


def _shape(path: Path, text: _Text, headings: Headings) -> _Shape:
    """The separator that lets some row name most columns, and how many fields that row has."""
    with path.open(encoding=text.codec, newline="") as handle:
        sample = list(islice(handle, _SAMPLE_LINES))
    best, shape = -1, _Shape(SEPARATORS[0], 1)
    for separator in SEPARATORS:
        for record in _leniently(sample, separator):
            score = headings.score(record)
            if score > best:
                best, shape = score, _Shape(separator, len(record))
    return shape


def _leniently(lines: list[str], separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=separator)
    except csv.Error:
        # The strict reading says what is wrong and where; a sample only has to show the separator.
        return


def _rows(path: Path, text: _Text, shape: _Shape) -> Iterator[Row]:
    """The file's records, numbered as Excel numbers rows: a field with line breaks is still in one row."""
    number, line = 0, 0
    with path.open(encoding=text.codec, newline="") as handle:
        reader = csv.reader(handle, delimiter=shape.separator, strict=True)
        try:
            for number, record in enumerate(reader, 1):
                if reader.line_num != line + 1 and _swallowed_rows(record, shape):
                    raise WrongUse(_stray_quote(path, number))
                line = reader.line_num
                yield number, record
        except csv.Error:
            raise WrongUse(_stray_quote(path, number + 1)) from None
    if line != text.lines:
        raise WrongUse(
            f"Filen {path.name} har {text.lines} textrader men bara {line} kunde läsas; hämta utdraget på nytt."
        )


def _swallowed_rows(record: list[str], shape: _Shape) -> bool:
    """Whether a record that spans lines holds more than one whole row: a quotation mark was opened and not meant."""
    if shape.width < 2:
        return False
    lines = shape.separator.join(record).splitlines()
    return sum(line.count(shape.separator) >= shape.width - 1 for line in lines) > 1


def _stray_quote(path: Path, number: int) -> str:
    return (
        f'Filen {path.name}, rad {number}: ett citattecken (") öppnar ett fält som inte stängs rätt, så raderna efter'
        " går inte att skilja åt; ta bort eller dubblera citattecknet, eller spara om filen som .xlsx."
    )
