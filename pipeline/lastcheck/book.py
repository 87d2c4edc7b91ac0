"""A workbook of ours opened as written: every part of the archive, its tables' cells and its charts' caches."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from pipeline.lastcheck.findings import Piece
from pipeline.publish import comments
from pipeline.publish.workbook_saving import TABLE_TEXT_URI

_READ = (".xml", ".rels", ".vml")
_REFUSED = ("xl/externallinks/", "xl/embeddings/", "xl/vbaproject", "customxml/")
_SHEET, _TABLE, _CHART = "xl/worksheets/sheet", "xl/tables/", "xl/charts/chart"
_BLOCKS = frozenset(("is", "si", "p"))
_COLOURS = frozenset(("rgb", "val", "lastClr"))
# Attributes that tell of places and sizes, where A1000 is a cell.
_PLACES = frozenset(("r", "ref", "sqref", "topLeftCell", "activeCell", "spans"))
_PLACE = re.compile(r"\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?(?: .*)?|\d+(?::\d+)?")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_ADDRESS = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(.+)")
_REAL_ZIP_ERRORS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError)

Place = tuple[int, int]  # column and row, from 1


@dataclass
class Sheet:
    """A sheet's cells: texts, or numbers as they are written."""

    name: str
    cells: dict[Place, str] = field(default_factory=dict)
    numbers: set[Place] = field(default_factory=set)
    tables: list[str] = field(default_factory=list)  # their parts


@dataclass
class Table:
    """A table: its name, its sheet, and its rows of cells, the heading row first."""

    name: str
    sheet: str
    corner: Place
    rows: list[list[str]]

    def place(self, row: int, column: int) -> str:
        """Where a cell stands, as the analyst looks it up; row and column from 0."""
        return f"bladet {self.sheet}, cell {_letters(self.corner[0] + column)}{self.corner[1] + row}"


@dataclass
class Cache:
    """What a chart keeps of a series' cells: point → text as written. `cells` is empty for points without cells."""

    part: str
    cells: str
    points: dict[int, str] = field(default_factory=dict)


@dataclass
class Book:
    """What was read; `unread` are the parts that could not be."""

    pieces: list[Piece] = field(default_factory=list)
    sheets: dict[str, Sheet] = field(default_factory=dict)  # by name
    tables: list[Table] = field(default_factory=list)
    caches: list[Cache] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def referred(self, cells: str) -> list[tuple[str, bool] | None] | None:
        """The cells of a reference such as 'Blad'!$B$3:$D$3: text and whether a number; None where it leads nowhere."""
        found = _ADDRESS.fullmatch(cells)
        sheet = self.sheets.get((found[1] or found[2]).replace("''", "'")) if found else None
        if found is None or sheet is None:
            return None
        places = _area(found[3])
        return [(sheet.cells[at], at in sheet.numbers) if at in sheet.cells else None for at in places]


def read(file: Path) -> Book:
    """The workbook, whole; what is no archive has one unread part, itself."""
    book = Book()
    try:
        with zipfile.ZipFile(file) as archive:
            _Parts(archive, book).read()
    except _REAL_ZIP_ERRORS:
        book.unread.append("hela filen")
    return book


class _Parts:
    """Reads an archive's parts in the order that they refer to each other."""

    def __init__(self, archive: zipfile.ZipFile, book: Book) -> None:
        self._archive = archive
        self._book = book
        self._names: dict[str, str] = {}  # a sheet's part → its name
        self._related: dict[str, list[str]] = {}
        self._refs: dict[str, tuple[str, str]] = {}  # a table's part → its name and place
        self._shared: list[str] = []

    def read(self) -> None:
        infos = self._archive.infolist()
        self._told_of_archive(infos)
        targets: dict[str, str] = {}
        for info in infos:
            if info.filename.endswith(".rels"):
                self._relations(info.filename, targets)
        self._part("xl/workbook.xml", _SheetNames(self, targets))
        strings = _Strings()
        self._part("xl/sharedStrings.xml", strings)
        self._shared = strings.texts
        for info in infos:
            self._rest(info.filename)
        self._assemble()

    def _told_of_archive(self, infos: list[zipfile.ZipInfo]) -> None:
        self._book.pieces.append(Piece("arkivets kommentar", self._archive.comment.decode("utf-8", "replace")))
        for info in infos:
            self._book.pieces.append(Piece("namnet på en del av filen", info.filename))
            self._book.pieces.append(
                Piece(f"{info.filename}, delens kommentar", info.comment.decode("utf-8", "replace"))
            )
        doubles = {info.filename for info in infos}
        if len(doubles) < len(infos):
            self._book.unread.append("delar med samma namn")

    def _relations(self, name: str, targets: dict[str, str]) -> None:
        owner = posixpath.join(posixpath.dirname(posixpath.dirname(name)), posixpath.basename(name)[: -len(".rels")])
        self._part(name, _Relations(self, owner, targets))

    def _rest(self, name: str) -> None:
        lower = name.lower()
        if name.endswith("/") or lower.endswith(".rels") or lower in ("xl/workbook.xml", "xl/sharedstrings.xml"):
            return
        if not lower.endswith(_READ) or lower.startswith(_REFUSED):
            self._book.unread.append(name)
        elif lower.startswith(_SHEET):
            sheet = Sheet(self._names.get(name, name))
            sheet.tables = [part for part in self._related.get(name, ()) if part.startswith(_TABLE)]
            self._book.sheets[sheet.name] = sheet
            self._part(name, _Cells(self._book, sheet, self._shared))
        elif lower.startswith(_TABLE):
            self._part(name, _TableRef(self, name))
        elif lower.startswith(_CHART):
            self._part(name, _Caches(self._book, name))
        else:
            self._part(name, _Part())

    def _assemble(self) -> None:
        for sheet in self._book.sheets.values():
            for part in sheet.tables:
                if part in self._refs:
                    self._book.tables.append(_table(*self._refs[part], sheet))

    def _part(self, name: str, reader: _Part) -> None:
        if name not in self._archive.namelist():
            return
        try:
            reader.begin(name, self._book)
            reader.parse(self._archive.read(name))
        except expat.ExpatError:
            self._book.unread.append(name)

    def named(self, part: str, name: str) -> None:
        self._names[part] = name

    def related(self, owner: str, part: str) -> None:
        self._related.setdefault(owner, []).append(part)

    def placed(self, part: str, name: str, ref: str) -> None:
        self._refs[part] = (name, ref)


class _Part:
    """Reads one part: every attribute and every text, in blocks so that letters in pieces are read together."""

    def begin(self, name: str, book: Book) -> None:
        self.where = name
        self._pieces = book.pieces
        self._texts: list[list[str]] = []
        self._seen: set[tuple[str, str]] = set()
        self.open: list[str] = []

    def parse(self, contents: bytes) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._started
        parser.EndElementHandler = self._ended
        parser.CharacterDataHandler = self._met
        parser.CommentHandler = lambda text: self.piece("dold kommentar", text)
        parser.ProcessingInstructionHandler = lambda target, data: self.piece("anvisning", f"{target} {data}")
        parser.EntityDeclHandler = self._refuse
        parser.Parse(contents, True)

    def place(self) -> str:
        return self.where

    def is_free(self) -> bool:
        """Whether what the part tells is the analyst's own words."""
        return False

    def piece(self, what: str, text: str, *, is_number: bool = False, is_told: bool = False) -> None:
        if text.strip():
            where = f"{self.place()}, {what}" if what else self.place()
            self._pieces.append(Piece(where, text, is_number, is_told=is_told, is_free=is_told and self.is_free()))

    def started(self, name: str, given: dict[str, str]) -> None:
        """An element has begun."""

    def ended(self, name: str, text: str) -> None:
        """An element has ended; `text` is all within it, given once, at the block it makes."""
        if text:
            self.piece("", text)

    def _started(self, name: str, given: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self.open.append(local)
        self._texts.append([])
        for attribute, value in given.items():
            self._attribute(attribute.rpartition(":")[2], value)
        self.started(local, given)

    def _ended(self, name: str) -> None:
        local = name.rpartition(":")[2]
        texts = self._texts.pop()
        text = "".join(texts)
        # Runs of one paragraph are read together, and each by itself.
        if local not in _BLOCKS and self._texts and not _BLOCKS.isdisjoint(self.open[:-1]):
            self._texts[-1].append(text)
            if text.strip() and local == "t":
                self.piece("", text)
        else:
            self.ended(local, text)
        self.open.pop()

    def _met(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)

    def _attribute(self, name: str, value: str) -> None:
        if (name, value) in self._seen or (name in _PLACES and _PLACE.fullmatch(value)) or value == TABLE_TEXT_URI:
            return
        self._seen.add((name, value))
        is_colour = name in _COLOURS and re.fullmatch(r"[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?", value)
        if not is_colour:
            self.piece(f"attributet {name}", value)

    def _refuse(self, *_: object) -> None:
        raise expat.ExpatError


class _Relations(_Part):
    def __init__(self, parts: _Parts, owner: str, targets: dict[str, str]) -> None:
        self._parts, self._owner, self._targets = parts, owner, targets

    def started(self, name: str, given: dict[str, str]) -> None:
        if name == "Relationship":
            beside = posixpath.join("/", posixpath.dirname(self._owner), given.get("Target", ""))
            target = posixpath.normpath(beside)[1:]
            self._parts.related(self._owner, target)
            self._targets[f"{self._owner} {given.get('Id', '')}"] = target


class _SheetNames(_Part):
    def __init__(self, parts: _Parts, targets: dict[str, str]) -> None:
        self._parts, self._targets = parts, targets

    def started(self, name: str, given: dict[str, str]) -> None:
        if name == "sheet":
            part = self._targets.get(f"xl/workbook.xml {given.get('r:id', '')}", "")
            self._parts.named(part, given.get("name", ""))


class _Strings(_Part):
    def __init__(self) -> None:
        self.texts: list[str] = []

    def ended(self, name: str, text: str) -> None:
        if name == "si":
            self.texts.append(text)
        super().ended(name, text)


class _TableRef(_Part):
    def __init__(self, parts: _Parts, part: str) -> None:
        self._parts, self._part = parts, part

    def started(self, name: str, given: dict[str, str]) -> None:
        if name == "table" and "displayName" in given:  # not the table's texts, which go by the same name
            self._parts.placed(self._part, given.get("displayName", ""), given.get("ref", ""))


class _Cells(_Part):
    def __init__(self, book: Book, sheet: Sheet, shared: list[str]) -> None:
        self._sheet, self._shared = sheet, shared
        self._at: Place = (0, 0)
        self._type = "n"

    def place(self) -> str:
        if "c" not in self.open:
            return f"bladet {self._sheet.name}"
        return f"bladet {self._sheet.name}, cell {_letters(self._at[0])}{self._at[1]}"

    def started(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self._at, self._type = _corner(given.get("r", "")), given.get("t", "n")

    def ended(self, name: str, text: str) -> None:
        if name == "v" and self._type == "s" and text.isdigit() and int(text) < len(self._shared):
            text = self._shared[int(text)]
        if name in ("v", "is") and text:
            self._sheet.cells[self._at] = text
            if name == "v" and self._type == "n":
                self._sheet.numbers.add(self._at)
        if text:
            self.piece("", text, is_number=name == "v" and self._type == "n", is_told=True)

    def is_free(self) -> bool:
        return self._sheet.name == str(comments.SHEET)


class _Caches(_Part):
    def __init__(self, book: Book, part: str) -> None:
        self._book, self._part = book, part
        self._formula, self._point = "", 0
        self._cache: Cache | None = None

    def started(self, name: str, given: dict[str, str]) -> None:
        if name in ("numRef", "strRef"):
            self._formula = ""
        elif name in ("numCache", "numLit"):
            self._cache = Cache(self._part, self._formula if name == "numCache" else "")
            self._book.caches.append(self._cache)
        elif name == "pt":
            self._point = int(given.get("idx", "0"))

    def ended(self, name: str, text: str) -> None:
        if name == "f":
            self._formula = text
        is_point = name == "v" and self._cache is not None
        if is_point and self._cache is not None:
            self._cache.points[self._point] = text
        if name in ("numCache", "numLit"):
            self._cache = None
        if text:
            self.piece("", text, is_number=is_point)


def _table(name: str, ref: str, sheet: Sheet) -> Table:
    first, _, last = ref.partition(":")
    (left, top), (right, bottom) = _corner(first), _corner(last or first)
    rows = [[sheet.cells.get((column, row), "") for column in range(left, right + 1)] for row in range(top, bottom + 1)]
    return Table(name, sheet.name, (left, top), rows)


def _area(ref: str) -> Iterator[Place]:
    first, _, last = ref.partition(":")
    (left, top), (right, bottom) = _corner(first), _corner(last or first)
    return ((column, row) for row in range(top, bottom + 1) for column in range(left, right + 1))


def _corner(cell: str) -> Place:
    found = _CELL.fullmatch(cell)
    if not found:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(found[2])


def _letters(column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
