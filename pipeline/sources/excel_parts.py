"""The parts that describe a workbook (.xlsx, .xlsm): its sheets, texts and formats."""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from pipeline.sources.archive import Archive
from pipeline.sources.faults import Unreadable
from pipeline.sources.markup import Attributes, Damaged, elements, feed
from pipeline.sources.numbers import Format, form

TRUE = ("1", "true")
_MOST_FORMATS = 1_000_000
# What the texts that cells share may take in memory; they are needed until the last sheet is read.
_MOST_BYTES_OF_TEXTS = 600 << 20
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class BookSheet:
    """A sheet of cells: its name, the part that holds it, and whether it is hidden."""

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True)
class Book:
    """What the cells of all sheets refer to. `forms`: what a number is in a cell of each style."""

    sheets: Sequence[BookSheet]
    texts: Sequence[str]
    forms: Sequence[Format]
    is_1904: bool


def book(archive: Archive) -> Book:
    """Read everything but the sheets. Raises Damaged or LookupError for a workbook that lacks something."""
    main = _main_part(archive)
    if main.casefold().endswith(".bin"):
        raise Unreadable("är en binär Excel-arbetsbok (.xlsb), som inte kan läsas; spara den som .xlsx i Excel")
    folder = posixpath.dirname(main)
    relations = _relations(archive, f"{folder}/_rels/{posixpath.basename(main)}.rels")
    by_kind = {kind: _resolved(folder, target) for kind, target in relations.values()}
    sheets, is_1904 = _sheets(archive, main, relations)
    return Book(
        sheets=sheets,
        texts=_texts(archive, by_kind.get("sharedStrings", "")),
        forms=_forms(archive, by_kind.get("styles", "")),
        is_1904=is_1904,
    )


def _main_part(archive: Archive) -> str:
    targets = [target for kind, target in _relations(archive, "_rels/.rels").values() if kind == "officeDocument"]
    if len(targets) != 1:
        raise Damaged
    return _resolved("", targets[0])


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Relation id → kind and target; what lies outside the workbook is left where it is."""
    with archive.open_small(part) as content:
        return {
            given["Id"]: (given["Type"].rpartition("/")[2], given["Target"])
            for _, given in elements(content, "Relationship")
            if given.get("TargetMode") != "External"
        }


def _resolved(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _sheets(archive: Archive, main: str, relations: dict[str, tuple[str, str]]) -> tuple[list[BookSheet], bool]:
    """The sheets of cells in their order (charts and macros are none), and whether days are counted from 1904."""
    sheets, is_1904 = list[BookSheet](), False
    with archive.open_small(main) as content:
        for name, given in elements(content, "sheet", "workbookPr"):
            if name == "workbookPr":
                is_1904 = given.get("date1904") in TRUE
                continue
            kind, target = relations[given["id"]]
            if kind == "worksheet":
                part = _resolved(posixpath.dirname(main), target)
                sheets.append(BookSheet(given["name"], part, given.get("state", "visible") != "visible"))
    return sheets, is_1904


def _forms(archive: Archive, part: str) -> list[Format]:
    if part not in archive:
        return []
    codes: dict[int, str] = {}
    numbers: list[int] = []
    is_of_cells = False

    def formats(_: Attributes) -> None:
        nonlocal is_of_cells
        is_of_cells = True

    def end_of_formats() -> None:
        nonlocal is_of_cells
        is_of_cells = False

    def number_format(given: Attributes) -> None:
        codes[int(given["numFmtId"])] = given.get("formatCode", "")

    def format_of_cells(given: Attributes) -> None:
        if is_of_cells:
            numbers.append(int(given.get("numFmtId", "0")))

    calls = {"cellXfs": formats, "numFmt": number_format, "xf": format_of_cells}
    with archive.open_small(part) as content:
        for _ in feed(content, calls, {"cellXfs": end_of_formats}):
            if len(codes) + len(numbers) > _MOST_FORMATS:
                raise Damaged
    known = {number: form(number, codes) for number in set(numbers)}
    return [known[number] for number in numbers]


def _texts(archive: Archive, part: str) -> list[str]:
    if part not in archive:
        return []
    with archive.open(part) as content:
        return _SharedTexts().read(content)


class _SharedTexts:
    """The texts that cells refer to by number; of one in several letterings the whole, without its phonetics."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._pieces: list[str] = []
        self._bytes = 0
        self._is_phonetic = self._is_text = False

    def read(self, content: IO[bytes]) -> list[str]:
        starts = {"t": self._start_text, "rPh": self._start_phonetics}
        ends = {"t": self._end_text, "rPh": self._end_phonetics, "si": self._end_item}
        for _ in feed(content, starts, ends, self._text):
            if self._bytes > _MOST_BYTES_OF_TEXTS:
                raise Unreadable(
                    "innehåller för mycket text för en arbetsbok; dela upp utdraget eller spara det som .csv"
                )
        return self._texts

    def _start_text(self, _: Attributes) -> None:
        self._is_text = not self._is_phonetic

    def _end_text(self) -> None:
        self._is_text = False

    def _start_phonetics(self, _: Attributes) -> None:
        self._is_phonetic = True

    def _end_phonetics(self) -> None:
        self._is_phonetic = False

    def _text(self, piece: str) -> None:
        if self._is_text:
            self._pieces.append(piece)
            self._bytes += len(piece)

    def _end_item(self) -> None:
        text = unescaped("".join(self._pieces))
        self._pieces.clear()
        self._texts.append(text)
        self._bytes += sys.getsizeof(text)


def unescaped(text: str) -> str:
    """Signs that XML cannot hold are written by their number in workbooks: `_x000D_`."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
