"""The workbooks' common ground: sheets, tables, charts and print set-up. Text is never a formula.

Follows the conventions for official statistics in spreadsheets: one table a region, titled, with units in its headers;
real Excel tables with names of their own; nothing empty that means something.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime, time
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.chart._chart import ChartBase
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from pipeline.config import Config
from pipeline.language import Text, code, outside, plural, say
from pipeline.model import RunInfo
from pipeline.publish import marks, workbook_saving
from pipeline.publish.workbook_cells import (
    ACCENT,
    ALARM,
    FONT,
    INK,
    RULE,
    WASH,
    Column,
    Entry,
    Value,
    broken_lines,
    number_format,
    row_height,
)
from pipeline.publish.workbook_saving import TableText

_LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
_LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_GUARDED_STARTS = {*_FORMULA_STARTS, "#"}
_LONGEST_TEXT = 32_767
_HAIRLINE = Side(style="thin", color=RULE)
_HEADER_FILL = PatternFill("solid", fgColor=WASH)
_HEADING_SIZE = 12  # smaller ones are headings under the last of this size or larger
_ORDINARY_ROW = 13.0  # points
_POINTS_A_UNIT, _COLUMN_PADDING = 5.25, 3.75  # of column width, in points
_PRINTED_WIDTH, _PRINTED_HEIGHT = 741, 490  # points of an A4 in landscape inside its margins, on the safe side
_GAP_CM = 0.4
_look = attrgetter(*(part.name for part in fields(Entry) if part.name not in ("value", "link")))
_EMU_A_CM = 360_000  # the drawing's own unit
_MARGIN = 0.6  # inches
_A4 = 9  # the file format's number for the paper


class Book:
    """A workbook under construction; `save` writes it with the same bytes for the same contents."""

    def __init__(self, title: str, subject: str, config: Config, run: RunInfo) -> None:
        self.config, self.run = config, run
        self.workbook = Workbook(write_only=True)
        # There is no public door to the style of cells without one.
        self.workbook._named_styles["Normal"].font = Font(name=FONT, size=10)  # type: ignore[attr-defined]  # noqa: SLF001
        self.sheets: list[Sheet] = []  # in the order of their tabs
        self.styles: dict[tuple[Any, ...], Any] = {}  # how an entry looks → the workbook's style
        self.table_texts: dict[str, TableText] = {}  # by the tables' names: for who cannot see them
        properties = self.workbook.properties
        properties.title, properties.subject = title, subject
        properties.creator = properties.lastModifiedBy = config.municipality.name
        properties.language = _LANGUAGES[code()]
        properties.description = say("Körning {run_id}", run_id=run.run_id) + (
            f". {marks.DEMO_SENTENCE}" if run.demo else ""
        )
        properties.created = datetime.combine(run.today, time())

    def sheet(self, name: str, widths: Sequence[float], print_title: str = "") -> Sheet:
        """A new sheet, A4 landscape, as wide as the paper; `print_title` stands in the middle of each page's head."""
        sheet = Sheet(self, sheet_name(str(name), self.workbook.sheetnames), widths, name, print_title)
        self.sheets.append(sheet)
        return sheet

    def save(self, file: Path) -> None:
        """Write the file. Times inside are the run's day, so that equal contents are equal bytes."""
        written = BytesIO()
        self.workbook.save(written)
        descriptions = [sheet.chart_descriptions for sheet in self.sheets if sheet.chart_descriptions]
        moment = datetime.combine(self.run.today, time())
        workbook_saving.save(written, file, moment, descriptions, self.table_texts)


class Sheet:
    """A sheet that is written from the top down."""

    def __init__(self, book: Book, name: str, widths: Sequence[float], full_name: str, print_title: str) -> None:
        self.name, self.full_name = name, full_name
        self.row = 1  # the row that is written next
        self._book = book
        self.chart_descriptions: list[str] = []
        self.tables = 0  # how many it has got
        self._titles = ["", "", ""]  # the sheet's, the last heading under it, and the last one under that
        self.raw = book.workbook.create_sheet(name)
        self._widths = widths
        self._used = 0.0  # points of the page's height
        self._repeated = 0.0
        self._page_height = _page_height(widths)
        for number, width in enumerate(widths, 1):
            self.raw.column_dimensions[get_column_letter(number)].width = width
        self._set_up_print(full_name, print_title)

    def freeze(self, rows: int, columns: int = 0) -> None:
        """Keep the first rows and columns in view, and repeat those rows on paper; before anything is written."""
        self.raw.freeze_panes = f"{get_column_letter(columns + 1)}{rows + 1}"
        self.raw.print_title_rows = f"1:{rows}"

    def title(self, text: str) -> None:
        """The sheet's heading, with DEMODATA under it when the figures are invented."""
        self._titles = [str(text), "", ""]
        self.append([Entry(text, bold=True, size=16, color=ACCENT, wrap=False)])
        self.append([Entry(marks.DEMO_SENTENCE, bold=True, color=ALARM, wrap=False) if self._book.run.demo else None])
        self._repeated = self._used

    def heading(self, text: str, size: int = 12) -> str:
        """A heading within the sheet; returns its place, for links."""
        place = self.place()
        self._titles[1:] = [self._titles[1], str(text)] if size < _HEADING_SIZE else [str(text), ""]
        self.append([Entry(text, bold=True, size=size, color=ACCENT, wrap=False)])
        return place

    def lines(self, text: str, color: str = INK, bold: bool = False) -> None:
        """Running text, broken into rows as wide as the sheet's columns, since merged cells do not grow."""
        for line in broken_lines(str(text), self._widths):
            self.append([Entry(line, color=color, bold=bold, wrap=False)])

    def blank(self) -> None:
        """An empty row."""
        self.append([])

    def place(self) -> str:
        """The next row's first cell, for links."""
        return self.cell(1, self.row)

    def cell(self, column: int, row: int) -> str:
        """A cell, as links and chart series name it."""
        return f"{quote_sheetname(self.name)}!${get_column_letter(column)}${row}"

    def append(self, values: Iterable[Entry | Value]) -> None:
        """Write the next row, high enough for its text."""
        entries = [_spoken(value if isinstance(value, Entry) else Entry(value)) for value in values]
        height = row_height(entries, self._widths)
        if height:
            self.raw.row_dimensions[self.row].height = height
        self.raw.append([self._made(entry) for entry in entries])
        self.row += 1
        self._used += height or _ORDINARY_ROW

    def table(
        self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Entry | Value]], *, filters: bool = False
    ) -> None:
        """Write a heading row and at least one row as a real Excel table; its name must be its own in the workbook.

        `filters` gives the headings buttons for choosing and sorting.
        """
        columns = _told_apart(columns)
        first = self._table_heading(columns)
        for row in rows:
            cells = zip(row, columns, strict=True)
            self.append([column.dress(value, first=not number) for number, (value, column) in enumerate(cells)])
        self._make_table(name, columns, first, filters=filters)

    def long_table(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[str | int]]) -> None:
        """As `table`, for very many rows: without styles, with buttons for choosing and sorting."""
        columns = _told_apart(columns)
        first = self._table_heading(columns)
        for row in rows:
            self.raw.append([self._plain(value) for value in row])
            self.row += 1
        self._make_table(name, columns, first, filters=True)

    def _table_heading(self, columns: Sequence[Column]) -> int:
        headings = enumerate(columns)
        self.append([column.dress(column.heading, first=not number, header=True) for number, column in headings])
        return self.row - 1

    def _make_table(self, name: str, columns: Sequence[Column], first: int, filters: bool) -> None:
        ref = f"A{first}:{get_column_letter(len(columns))}{self.row - 1}"
        table = Table(displayName=name, ref=ref, tableStyleInfo=TableStyleInfo(name=None, showRowStripes=False))
        table.tableColumns = [TableColumn(id=n, name=column.heading) for n, column in enumerate(columns, 1)]
        if filters:
            table.autoFilter = AutoFilter(ref=ref)
        with warnings.catch_warnings():
            # It only reminds of the columns, which have just been given.
            warnings.filterwarnings("ignore", "In write-only mode")
            self.raw.add_table(table)
        self.tables += 1
        self._book.table_texts[name] = self._table_text(columns, self.row - 1 - first)

    def _table_text(self, columns: Sequence[Column], rows: int) -> TableText:
        sheet, *headings = self._titles
        headed_by = ", ".join(filter(None, headings)) or sheet
        named = ", ".join(column.heading for column in columns)
        return TableText(
            headed_by,
            plural("{rows} rad. Kolumner: {named}.", "{rows} rader. Kolumner: {named}.", rows).format(
                rows=rows, named=named
            ),
        )

    def chart(
        self, chart: ChartBase, column: int, row: int, centimetres: tuple[float, float], description: str
    ) -> None:
        """Put a chart of some width and height with its corner in a cell; the description is for who cannot see it."""
        size = XDRPositiveSize2D(*(int(side * _EMU_A_CM) for side in centimetres))
        corner = AnchorMarker(col=column - 1, colOff=int(_GAP_CM * _EMU_A_CM), row=row - 1)
        chart.anchor = OneCellAnchor(_from=corner, ext=size)  # type: ignore[assignment]  # the stubs know only its cell
        self.raw.add_chart(chart)
        self.chart_descriptions.append(str(description))

    def width_from(self, column: int) -> float:
        """The width of a column and all after it, in the columns' own unit."""
        return sum(self._widths[column - 1 :])

    def column_after(self, column: int, width: float) -> int:
        """The first column that begins so far to the right of where one begins, in the columns' own unit."""
        columns = range(column, len(self._widths) + 1)
        return next((one for one in columns if sum(self._widths[column - 1 : one - 1]) >= width), column)

    def page_break(self) -> None:
        """Start the next row on a new page of paper."""
        self.raw.row_breaks.append(Break(id=self.row - 1))
        self._used = self._repeated

    def keep_together(self, rows: int) -> None:
        """Start on a new page of paper unless so many ordinary rows fit on this one, or would not fit on any."""
        needed = rows * _ORDINARY_ROW
        if self._used + needed > self._page_height and self._repeated + needed <= self._page_height:
            self.page_break()

    def make_room(self, row: int) -> None:
        """Leave rows empty until the given one, for charts that are higher than the table beside them."""
        while self.row < row:
            self.blank()

    def _made(self, entry: Entry) -> Cell | None:
        if entry.value is None:
            return None
        cell = WriteOnlyCell(self.raw)
        if isinstance(entry.value, str):
            _set_text(cell, entry.value)
        else:
            cell.value = entry.value
        self._dress(cell, entry)
        return cell

    def _plain(self, value: str | int) -> Cell | str | int:
        if isinstance(value, int) or not value or (value[0] not in _GUARDED_STARTS and value.isprintable()):
            return value
        cell = WriteOnlyCell(self.raw)
        _set_text(cell, value)
        return cell

    def _dress(self, cell: Cell, entry: Entry) -> None:
        look = (cell.quotePrefix, bool(entry.link), *_look(entry))
        styles = self._book.styles
        # openpyxl compares every part of a new style with all that exist: thrice the time of all else together.
        if look in styles:
            cell._style = styles[look]  # type: ignore[attr-defined]  # noqa: SLF001
        else:
            _style(cell, entry)
            styles[look] = cell._style  # type: ignore[attr-defined]  # noqa: SLF001
        if entry.link:
            cell.hyperlink = Hyperlink(ref="", location=entry.link, display=str(entry.value))

    def _set_up_print(self, full_name: str, print_title: str) -> None:
        sheet, run, config = self.raw, self._book.run, self._book.config
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.page_margins.top = sheet.page_margins.bottom = _MARGIN
        sheet.page_margins.header = sheet.page_margins.footer = _MARGIN / 2
        sheet.oddHeader.left.text = _in_header(", ".join(config.sender))
        sheet.oddHeader.center.text = marks.DEMO_WORD if run.demo else None
        sheet.oddHeader.right.text = _in_header(print_title)
        sheet.oddFooter.left.text = _in_header(
            say("{full_name}. Körning {run_id}", full_name=full_name, run_id=run.run_id)
        )
        sheet.oddFooter.right.text = say("Sida &P av &N")


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """A name that Excel allows, at most 31 characters, not among those taken; cut at a word."""
    clean = " ".join(_NOT_IN_SHEET_NAMES.sub(" ", wanted).split())
    short = clean if len(clean) <= _LONGEST_SHEET_NAME else clean[: _LONGEST_SHEET_NAME - 1].rsplit(" ", 1)[0] + "…"
    used = {name.casefold() for name in taken}
    number, name = 1, short
    while name.casefold() in used:
        number += 1
        name = f"{short[: _LONGEST_SHEET_NAME - 1 - len(str(number))]} {number}"
    return name


def _told_apart(columns: Sequence[Column]) -> list[Column]:
    """The columns with headings that differ: Excel takes those that are the same but for capitals for damage."""
    taken: set[str] = set()
    told = []
    for column in columns:
        heading, number = str(column.heading), 1
        while heading.casefold() in taken:
            number += 1
            heading = f"{column.heading} ({number})"
        taken.add(heading.casefold())
        told.append(replace(column, heading=heading))
    return told


def _spoken(entry: Entry) -> Entry:
    """The entry with a text of ours as it is said now, which is what is measured and written."""
    if isinstance(entry.value, Text):
        entry = replace(entry, value=str(entry.value))
    return replace(entry, number_format=number_format(entry.number_format)) if outside() else entry


def _style(cell: Cell, entry: Entry) -> None:
    underline: Literal["single"] | None = "single" if entry.link else None
    ink = ACCENT if entry.link else entry.color
    cell.font = Font(name=FONT, size=entry.size, bold=entry.bold, color=f"FF{ink}", underline=underline)
    side: Literal["right", "left"] = "right" if entry.right else "left"
    cell.alignment = Alignment(side, vertical="top", wrap_text=entry.wrap or None, indent=entry.indent)
    if entry.header:
        cell.fill = _HEADER_FILL
    if entry.ruled:
        cell.border = Border(bottom=_HAIRLINE)
    if entry.number_format:
        cell.number_format = entry.number_format


def _set_text(cell: Cell, text: str) -> None:
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_TEXT]
    # Said outright, since openpyxl takes "=…" for a formula and "#N/A" for an error.
    cell.data_type = "s"
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True


def _page_height(widths: Sequence[float]) -> float:
    """How many points of rows a page holds when the columns are shrunk to its width."""
    columns = sum(width * _POINTS_A_UNIT + _COLUMN_PADDING for width in widths)
    scale = min(1.0, _PRINTED_WIDTH / columns)
    return _PRINTED_HEIGHT / scale


def _in_header(text: str) -> str:
    return text.replace("&", "&&")
