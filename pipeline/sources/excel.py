"""Excel workbooks → rows of text: values only, with error cells told apart from empty ones."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from pipeline.errors import WrongUse
from pipeline.sources.profiles import Headings
from pipeline.sources.sheet import NOT_COMPUTED, Row, Sheet, Source

_CHUNK = 1 << 20
_SUSPICIOUS = (b't="e"', b"t='e'", b"<f")
_LONGEST_MARK = 8
_Place = tuple[int, int]  # row and column, counted from 1


def read(path: Path, headings: Headings) -> Source:
    """Open a workbook. Raises WrongUse for what is none, is protected or is damaged."""
    try:
        workbook = CalamineWorkbook.from_path(path)
        parts = _sheet_parts(path)
    except PasswordError:
        raise WrongUse(
            f"Filen {path.name} är skyddad med lösenord; spara en kopia utan lösenord i mappen i stället."
        ) from None
    except (CalamineError, zipfile.BadZipFile, ElementTree.ParseError, KeyError):
        raise WrongUse(_damaged(path)) from None
    return Source("Excel", _sheets(path, workbook, parts))


def _damaged(path: Path) -> str:
    return (
        f"Filen {path.name} kan inte läsas som en Excel-arbetsbok; den är skadad, ofullständig eller av annat slag,"
        " så hämta utdraget på nytt."
    )


def _sheets(path: Path, workbook: CalamineWorkbook, parts: dict[str, str]) -> Iterator[Sheet]:
    for sheet in workbook.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet:
            try:
                content = workbook.get_sheet_by_name(sheet.name)
                faults = _cells_without_value(path, parts[sheet.name])
            except (CalamineError, zipfile.BadZipFile, ElementTree.ParseError, KeyError):
                raise WrongUse(_damaged(path)) from None
            yield Sheet(sheet.name, _rows(content, faults))


def _rows(sheet: CalamineSheet, faults: dict[_Place, str]) -> Iterator[Row]:
    """Rows from the sheet's first, so that numbers agree with Excel; columns from the first that is used."""
    used = [column for _, column in faults] + ([sheet.start[1] + 1] if sheet.start else [])
    left = min(used, default=1)
    margin = [""] * (sheet.start[1] + 1 - left if sheet.start else 0)
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in faults.items():
        by_row.setdefault(row, []).append((column - left, text))
    number = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        texts = margin + [_TEXT_OF[type(cell)](cell) for cell in cells]
        yield number, _marked(texts, by_row.get(number, ()))
    for beyond in range(number + 1, max(by_row, default=0) + 1):
        yield beyond, _marked([], by_row.get(beyond, ()))


def _marked(texts: list[str], faults: Iterable[tuple[int, str]]) -> list[str]:
    for place, text in faults:
        texts.extend([""] * (place + 1 - len(texts)))
        texts[place] = text
    return texts


def _of_float(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def _of_datetime(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time.min else value.isoformat(sep=" ")


_TEXT_OF: dict[type, Callable[[Any], str]] = {
    str: str,
    float: _of_float,
    int: str,
    bool: lambda value: "true" if value else "false",
    datetime: _of_datetime,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: str,
}


def _sheet_parts(path: Path) -> dict[str, str]:
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


def _cells_without_value(path: Path, part: str) -> dict[_Place, str]:
    """Cells that the quick reader gives as empty though they are not: errors, and formulas never computed."""
    with zipfile.ZipFile(path) as archive:
        if not _may_hold_some(archive, part):
            return {}
        with archive.open(part) as content:
            return dict(_read_slowly(content))


def _may_hold_some(archive: zipfile.ZipFile, part: str) -> bool:
    with archive.open(part) as content:
        tail = b""
        while chunk := content.read(_CHUNK):
            searched = tail + chunk
            if any(mark in searched for mark in _SUSPICIOUS):
                return True
            tail = searched[-_LONGEST_MARK:]
    return False


def _read_slowly(content: IO[bytes]) -> Iterator[tuple[_Place, str]]:
    for _, node in ElementTree.iterparse(content):  # noqa: S314  # as above
        if _local(node.tag) == "row":
            for cell in node:
                if text := _missing_value(cell):
                    yield _place(cell.attrib["r"]), text
            node.clear()


def _missing_value(cell: ElementTree.Element) -> str:
    """The error's own text, a word for a formula without value, or nothing for a cell that was read as it is."""
    value = next((child.text for child in cell if _local(child.tag) == "v"), None)
    if cell.get("t") == "e":
        return value or NOT_COMPUTED
    has_formula = any(_local(child.tag) == "f" for child in cell)
    return NOT_COMPUTED if has_formula and not value and cell.get("t") != "str" else ""


def _place(reference: str) -> _Place:
    """`AB12` → row 12, column 28."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(reference[len(letters) :]), column
