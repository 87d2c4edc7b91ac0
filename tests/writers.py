"""Tables written in every form that is read, for tests: `write(path, rows)` goes by the path's suffix."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlwt

Rows = Sequence[Sequence[object]]
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".tsv")
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "table", "text", "style"))
_SCHEMAS = "http://schemas.openxmlformats.org"
_MAIN = f"{_SCHEMAS}/spreadsheetml/2006/main"
_PACKAGE = f"{_SCHEMAS}/package/2006"
_RELATIONS = f"{_SCHEMAS}/officeDocument/2006/relationships"
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = f'<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0"/>'


def write(
    path: Path, rows: Rows, *, sheet: str = "Blad1", encoding: str = "utf-8", separator: str | None = None
) -> Path:
    """Write a table. Sheet is for workbooks; encoding and separator (tab in .tsv, else ;) for texts."""
    suffix = path.suffix.lower()
    if suffix in _BOOKS:
        _BOOKS[suffix](path, rows, sheet)
    else:
        separator = separator or ("\t" if suffix == ".tsv" else ";")
        path.write_bytes(text(rows, separator).encode(encoding))
    return path


def text(rows: Rows, separator: str = ";") -> str:
    """A table as delimited text, quoted where it has to be."""
    lines = io.StringIO()
    csv.writer(lines, delimiter=separator, lineterminator="\r\n").writerows(
        ["" if cell is None else cell for cell in row] for row in rows
    )
    return lines.getvalue()


def _write_xlsx(path: Path, rows: Rows, sheet: str) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value not in (None, ""):
                cell = page.cell(number, column)
                cell.value = value
                if isinstance(value, str) and not value.startswith("#"):
                    cell.data_type = "s"  # a text that opens with = is no formula here
    book.save(path)


def _write_xls(path: Path, rows: Rows, sheet: str) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet)
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    moment = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm:ss")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value not in (None, ""):
                style = moment if isinstance(value, datetime) else day if isinstance(value, date) else None
                page.write(number, column, value, *([style] if style else []))
    book.save(str(path))


def _write_ods(path: Path, rows: Rows, sheet: str) -> None:
    write_ods(path, ods_table(sheet, "".join(ods_row("".join(map(ods_cell, row))) for row in rows)))


def write_ods(path: Path, tables: str, styles: str = "", manifest: str = _MANIFEST) -> Path:
    """An OpenDocument spreadsheet of tables that are written out."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _ODS_TYPE, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def ods_table(name: str, rows: str, attributes: str = "") -> str:
    """A sheet of an OpenDocument spreadsheet."""
    return f"<table:table table:name={quoteattr(name)} {attributes}>{rows}</table:table>"


def ods_row(cells: str, attributes: str = "") -> str:
    """A row of such a sheet."""
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def ods_cell(value: object, attributes: str = "") -> str:
    """A cell of such a row, as LibreOffice writes it."""
    if value in (None, ""):
        return f"<table:table-cell {attributes}/>"
    kind, given = _ods_value(value)
    shown = f"<text:p>{_ods_text(str(value))}</text:p>".replace("\n", "</text:p><text:p>")
    return f'<table:table-cell office:value-type="{kind}" {given} {attributes}>{shown}</table:table-cell>'


def _ods_value(value: object) -> tuple[str, str]:
    if isinstance(value, bool):
        return "boolean", f'office:boolean-value="{str(value).lower()}"'
    if isinstance(value, int | float):
        return "float", f'office:value="{value!r}"'
    if isinstance(value, date):
        return "date", f'office:date-value="{value.isoformat()}"'
    return "string", ""


def _ods_text(text: str) -> str:
    return escape(text).replace("\t", "<text:tab/>").replace(" ", '<text:s text:c="1"/>')


def raw_book(path: Path, rows: str, texts: str = "", parts: dict[str, str | bytes] | None = None) -> Path:
    """A workbook (.xlsx) of rows and shared texts that are written out; `parts` go before its own."""
    every: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="Blad1" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{texts}</sst>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (every | (parts or {})).items():
            archive.writestr(name, content)
    return path


def _relations(*targets: tuple[str, str]) -> str:
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


_BOOKS: dict[str, Callable[[Path, Rows, str], None]] = {
    ".xlsx": _write_xlsx,
    ".xlsm": _write_xlsx,
    ".xls": _write_xls,
    ".ods": _write_ods,
}
