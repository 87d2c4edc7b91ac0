"""Writing extracts as analysts get them; the same rows give the same bytes on every machine."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Protocol
from xml.etree import ElementTree

from pipeline.demo.tables import Table, length
from pipeline.schemas.extract import Kind

LINE_END = "\r\n"
OLDEST_YEAR_IN_EXCEL = "1900"
_NUMBER = re.compile(r"-?\d+(,\d+)?")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the oldest moment that a zip archive can hold


@dataclass(frozen=True)
class Form:
    """How an extract is written: a workbook, or a text file with an encoding and a separator."""

    suffix: str
    encoding: str = ""
    separator: str = ";"


WORKBOOK = Form("xlsx")
WINDOWS_1252 = Form("csv", "cp1252")
UTF_8_WITH_BOM = Form("csv", "utf-8-sig")
TABS = Form("tsv", "utf-8-sig", "\t")


class Writer(Protocol):
    """A file that rows are added to, batch by batch."""

    path: Path

    def add(self, table: Table) -> None:
        """Write the rows of a batch."""

    def close(self) -> None:
        """Finish the file."""


class TextWriter:
    """Cells with a separator between them; a blank line and a line of empty cells in every batch."""

    def __init__(self, path: Path, headings: Mapping[str, str], form: Form) -> None:
        self.path = path
        self._columns = list(headings)
        self._separator = form.separator
        self._file: IO[str] = path.open("w", encoding=form.encoding, newline="")
        self._write([self._separator.join(headings.values())])

    def add(self, table: Table) -> None:
        """Write the rows of a batch."""
        columns = (self._quoted(table[name].tolist()) for name in self._columns)
        lines = [self._separator.join(cells) for cells in zip(*columns, strict=True)]
        lines.insert(len(lines) // 3, "")
        lines.insert(2 * len(lines) // 3, self._separator * (len(self._columns) - 1))
        self._write(lines)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()

    def _quoted(self, cells: list[str]) -> list[str]:
        """Cells in quotation marks where what they hold would be read as something else."""
        signs = (self._separator, '"', "\n")
        return [_in_quotes(cell) if any(sign in cell for sign in signs) else cell for cell in cells]

    def _write(self, lines: Sequence[str]) -> None:
        self._file.writelines(f"{line}{LINE_END}" for line in lines)


class ExcelWriter:
    """A workbook with title and filter rows above the headings, real dates and numbers, and a total below."""

    def __init__(self, path: Path, headings: Mapping[str, str], kinds: Mapping[str, Kind], titles: Sequence[str]):
        from openpyxl import Workbook

        self.path = path
        self._columns = list(headings)
        self._kinds = kinds
        self._rows = 0
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet("Utdrag")
        for title in (*titles, None):
            self._sheet.append([title])
        self._sheet.append(list(headings.values()))

    def add(self, table: Table) -> None:
        """Write the rows of a batch, with a blank one among them."""
        cells = [[_cell(text, self._kinds[name]) for text in table[name].tolist()] for name in self._columns]
        for number, row in enumerate(zip(*cells, strict=True)):
            if number == length(table) // 2:
                self._sheet.append([])
            self._sheet.append(row)
        self._rows += length(table)

    def close(self) -> None:
        """Write the total and the file."""
        self._sheet.append(["Totalt", self._rows])
        buffer = BytesIO()
        self._book.save(buffer)
        self.path.write_bytes(_without_clock(buffer))


def _in_quotes(cell: str) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def _cell(text: str, kind: Kind) -> Any:
    """A real date or number where the text is one; faults stay text, as when somebody typed them."""
    if kind is Kind.DATE and text > OLDEST_YEAR_IN_EXCEL:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    if kind is Kind.COUNT and text.isdecimal():
        return int(text)
    if kind is Kind.NUMBER and _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    return text or None


def _without_clock(workbook: BytesIO) -> bytes:
    """The same workbook without the moment it was made, and stored, since compressors differ between machines."""
    result = BytesIO()
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _properties()
            part = zipfile.ZipInfo(name, _LONG_AGO)
            part.create_system = 0
            target.writestr(part, content)
    return result.getvalue()


def _properties() -> bytes:
    from openpyxl.packaging.core import DocumentProperties

    moment = datetime(*_LONG_AGO, tzinfo=UTC).replace(tzinfo=None)
    tree = DocumentProperties(creator="Demokommunen", created=moment, modified=moment).to_tree()
    return ElementTree.tostring(tree)
