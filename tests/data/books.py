"""Workbooks that take more than rows to make: with sheets, hidden and merged cells, or such as no program writes."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import xlwt

from tests.data.case import SHEET
from tests.data.rows import Table, investigations
from tests.writers import Rows, ods_cell, ods_row, ods_table, raw_book, write, write_ods

Write = Callable[[Path], object]
MB = 1 << 20
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def filled(fill: Callable[[Any], object], rows: Rows | None = None) -> Write:
    """A workbook of rows whose only sheet is then changed by `fill`."""

    def make(path: Path) -> None:
        write(path, investigations({}, {}, {}) if rows is None else rows)
        book = openpyxl.load_workbook(path, keep_vba=False)
        fill(book.worksheets[0])
        book.save(path)

    return make


def sheets(tables: Mapping[str, Table], *, hidden: str = "", state: str = "hidden") -> Write:
    """A workbook with several sheets, of which one may be hidden."""

    def make(path: Path) -> None:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, table in tables.items():
            page = book.create_sheet(name)
            for row in table:
                page.append(row)
            page.sheet_state = state if name == hidden else "visible"
        book.save(path)

    return make


def two_heading_rows(path: Path) -> None:
    """Two headings of one row above, with each column's own below them."""
    upper = ["Ärende", None, "Organisation", None, "Inledd"]
    lower = ["Utrednings-ID", "Person-ID", "Enhet", "Verksamhetsområde", None]
    write(path, [upper, lower, *investigations({}, {})[1:]])
    book = openpyxl.load_workbook(path)
    for merged in ("A1:B1", "C1:D1", "E1:E2"):
        book.worksheets[0].merge_cells(merged)
    book.save(path)


def formula_without_value(path: Path) -> None:
    """A workbook that a program has written and Excel never opened: nobody has computed its formula."""
    filled(lambda page: page.cell(3, 5, "=TODAY()-30"), investigations({}, {}))(path)


def hidden_in_xls(path: Path) -> None:
    """A hidden row and a hidden sheet in the older kind of workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, table in ((SHEET, investigations({}, {})), ("Förra året", investigations({"Utrednings-ID": "U9"}))):
        page = book.add_sheet(name)
        for number, row in enumerate(table):
            for place, value in enumerate(row):
                page.write(number, place, value)
    book.get_sheet(0).row(2).hidden = True
    book.get_sheet(1).visibility = 1
    book.save(str(path))


def hidden_in_ods(path: Path) -> None:
    """A row that a filter hides, and a merged cell, in an OpenDocument spreadsheet."""
    head, first, second, third = investigations({}, {}, {})
    two_rows = 'table:number-rows-spanned="2"'
    rows = [
        ods_row("".join(map(ods_cell, head))),
        ods_row("".join(ods_cell(value, two_rows if value == "Barn Väst" else "") for value in first)),
        ods_row("".join(ods_cell("" if value == "Barn Väst" else value) for value in second)),
        ods_row("".join(map(ods_cell, third)), 'table:visibility="filter"'),
    ]
    write_ods(path, ods_table(SHEET, "".join(rows)))


# --- made to harm, or damaged ---------------------------------------------------------------------------------------


def xml_row(number: int, *texts: str) -> str:
    """A row of texts as it is written in a sheet's part."""
    cells = (
        f'<c r="{chr(ord("A") + place)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        for place, text in enumerate(texts)
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def xml_rows() -> str:
    """One sound investigation and its headings."""
    return "".join(xml_row(number, *map(str, row)) for number, row in enumerate(investigations(), 1))


def raw(rows: str = "", parts: Mapping[str, str | bytes] | None = None, texts: str = "") -> Write:
    """A workbook that is written out: sound rows, and then whatever is given."""
    return lambda path: raw_book(path, xml_rows() + rows, texts, dict(parts or {}))


def with_doctype(doctype: str) -> Write:
    """A workbook whose shared texts open with a document type."""
    return raw(parts={"xl/sharedStrings.xml": f"{doctype}<sst/>"})


def ods_with_doctype(path: Path) -> None:
    """An OpenDocument spreadsheet that opens with a document type."""
    write(path, investigations())
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", '<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>')


def encrypted_ods(path: Path) -> None:
    """An OpenDocument spreadsheet whose manifest says that it is encrypted."""
    manifest = '<manifest:manifest xmlns:manifest="x"><manifest:encryption-data/></manifest:manifest>'
    write_ods(path, ods_table(SHEET, ""), manifest=manifest)


def encrypted_xlsx(path: Path) -> None:
    """What Excel makes of a workbook with a password: a compound file around a package that nobody else can read."""
    path.write_bytes(_COMPOUND + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + b"\x7f\x11" * 2000)


def encrypted_xls(path: Path) -> None:
    """An older workbook that says at its start (record FILEPASS) that the rest of it is encrypted."""
    write(path, investigations())
    interface, password = struct.pack("<HHH", 0xE1, 2, 0x04B0), struct.pack("<HHH", 0x2F, 2, 0x04B0)
    content = path.read_bytes()
    assert content.count(interface) == 1
    path.write_bytes(content.replace(interface, password))


def encrypted_zip(path: Path) -> None:
    """A workbook in which the archive says that its parts are encrypted."""
    raw()(path)
    content = bytearray(path.read_bytes())
    for place in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
        content[place] |= 1
    path.write_bytes(content)


def truncated(path: Path) -> None:
    """The first half of a workbook."""
    write(path, investigations({}, {}))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def a_byte_wrong(path: Path) -> None:
    """A workbook in which one byte in the middle of the sheet is not as it was written."""
    raw()(path)
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    content[part.header_offset + len(part.filename) + part.compress_size // 2] ^= 0xFF
    path.write_bytes(content)


def as_suffix(suffix: str) -> Write:
    """A sound table in the form of another suffix than the file's."""

    def make(path: Path) -> None:
        write(path.with_suffix(suffix), investigations()).rename(path)

    return make


def zipped(name: str, content: bytes) -> bytes:
    """An archive of one file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), content)  # without the hour
    return packed.getvalue()
