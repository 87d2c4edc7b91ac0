"""What the quick reader of workbooks does not tell, read from the parts of the archive that a workbook is."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from pipeline.errors import WrongUse
from pipeline.sources.sheet import NOT_COMPUTED

Place = tuple[int, int]  # row and column, counted from 1

_CHUNK = 1 << 20
_VALUELESS = (b't="e"', b"t='e'", b"<f")
# A reference to column DA or beyond, or to a row that Excel does not have: without any, every sheet fits in memory.
_FAR = tuple(re.compile(rb"r=%b(?:[D-Zd-z][A-Za-z]|[A-Za-z]{3}|[A-Za-z]+\d{8})" % quote) for quote in (b'"', b"'"))
_LONGEST_SIGN = 16
_MOST_CELLS = 50_000_000


def by_sheet(path: Path) -> dict[str, str]:
    """Sheet name → the part of the archive that holds it."""
    with zipfile.ZipFile(path) as archive:
        book = _target(archive, "", "officeDocument")
        folder = posixpath.dirname(book)
        relations = _relations(archive, f"{folder}/_rels/{posixpath.basename(book)}.rels".lstrip("/"))
        with archive.open(book) as part:
            sheets = [node for node in _parsed(part).iter() if _local(node.tag) == "sheet"]
        return {sheet.attrib["name"]: _resolved(folder, relations[_relation_id(sheet)][1]) for sheet in sheets}


def _target(archive: zipfile.ZipFile, folder: str, kind: str) -> str:
    relations = _relations(archive, f"{folder}_rels/.rels").values()
    return _resolved(folder, next((target for type_, target in relations if type_.endswith(f"/{kind}")), ""))


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Relation id → type and target."""
    with archive.open(part) as content:
        return {node.attrib["Id"]: (node.attrib["Type"], node.attrib["Target"]) for node in _parsed(content)}


def _parsed(content: IO[bytes]) -> ElementTree.Element:
    return ElementTree.parse(content).getroot()  # noqa: S314  # Python's expat stops floods of entities


def _relation_id(sheet: ElementTree.Element) -> str:
    return next(value for name, value in sheet.attrib.items() if name.endswith("}id"))


def _resolved(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def cells_without_value(path: Path, part: str) -> dict[Place, str]:
    """Cells that the quick reader gives as empty though they are not: errors, and formulas never computed.

    Raises WrongUse for a sheet whose cells lie so far apart that the quick reader, which makes room for everything in
    between, would take all memory and fall.
    """
    with zipfile.ZipFile(path) as archive:
        lacks_values, reaches_far = _signs(archive, part)
        if reaches_far:
            with archive.open(part) as content:
                _demand_compact(path, content)
        if not lacks_values:
            return {}
        with archive.open(part) as content:
            return dict(_read_slowly(content))


def _signs(archive: zipfile.ZipFile, part: str) -> tuple[bool, bool]:
    """Whether the sheet may hold cells without value, and cells far to the right; cheap, and never wrong about no."""
    lacks_values = reaches_far = False
    with archive.open(part) as content:
        tail = b""
        while chunk := content.read(_CHUNK):
            searched = tail + chunk
            lacks_values = lacks_values or any(mark in searched for mark in _VALUELESS)
            reaches_far = reaches_far or any(sign.search(searched) for sign in _FAR)
            tail = searched[-_LONGEST_SIGN:]
    return lacks_values, reaches_far


def _demand_compact(path: Path, content: IO[bytes]) -> None:
    bottom, right = (0, ""), (0, "")
    for row in _read_rows(content):
        for cell in row:
            if any(text.strip() for text in cell.itertext()):
                number, column = _place(cell.attrib["r"])
                bottom, right = max(bottom, (number, cell.attrib["r"])), max(right, (column, cell.attrib["r"]))
    if bottom[0] * right[0] > _MOST_CELLS:
        ends = " och ".join(dict.fromkeys((bottom[1], right[1])))
        raise WrongUse(
            f"Filen {path.name}: ett blad är för stort, det har celler ända till {ends}; ta bort det som står långt"
            " utanför tabellen och spara filen."
        )


def _read_slowly(content: IO[bytes]) -> Iterator[tuple[Place, str]]:
    for row in _read_rows(content):
        for cell in row:
            if text := _missing_value(cell):
                yield _place(cell.attrib["r"]), text


def _read_rows(content: IO[bytes]) -> Iterator[ElementTree.Element]:
    for _, node in ElementTree.iterparse(content):  # noqa: S314  # as above
        if _local(node.tag) == "row":
            yield node
            node.clear()


def _missing_value(cell: ElementTree.Element) -> str:
    """The error's own text, a word for a formula without value, or nothing for a cell that was read as it is."""
    value = next((child.text for child in cell if _local(child.tag) == "v"), None)
    if cell.get("t") == "e":
        return value or NOT_COMPUTED
    has_formula = any(_local(child.tag) == "f" for child in cell)
    return NOT_COMPUTED if has_formula and not value and cell.get("t") != "str" else ""


def _place(reference: str) -> Place:
    """`AB12` → row 12, column 28."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]), column
