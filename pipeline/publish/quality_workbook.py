"""datakvalitet.xlsx: the same as the page, with every rejected row, to sort and choose among. Internal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.config import Config
from pipeline.model import Quality, RunInfo
from pipeline.publish import faults, forms
from pipeline.publish.account_cells import row_cells, row_columns, share_cell, share_column
from pipeline.publish.faults import Listing, extract_name
from pipeline.publish.forms import DASH
from pipeline.publish.workbook import Book, Sheet
from pipeline.publish.workbook_cells import ALARM, COUNT, Column, Entry, numbers

_MOST_ROWS_A_SHEET = 1_000_000
_MOST_DRESSED_ROWS = 5_000  # beyond this the rows are written plain, to stay small and quick
_OVERVIEW_WIDTHS = (26, *[15] * 6, 22)
_FILE_WIDTHS = (36, 20, 12, 16, 16, *[13] * 5, 11, 38, 34)
_COUNT_WIDTHS = (24, 40, 40, 14)
_ROW_WIDTHS = (18, 24, 27, 28, 11, 8, 18, 20, 20, 54, 46)
_WARNING_WIDTHS = (24, 80, 14, 60)
_ROW_HEADINGS = (
    "Utdrag", "Enhet", "Fel", "Fil", "Blad", "Rad", "Ärende", "Rubrik", "Värde", "Varför", "Att göra",
)  # fmt: skip


def write(file: Path, quality: Quality, config: Config, run: RunInfo) -> None:
    """Write the workbook: overview, files, counts by unit and rule, every rejected row, warnings."""
    book = Book("Datakvalitet", f"Underkända rader och varningar, {config.municipality.name}", config, run)
    found = faults.listings(quality)
    _write_overview(book.sheet("Översikt", _OVERVIEW_WIDTHS, "Datakvalitet"), quality, config)
    _write_files(book.sheet("Filer", _FILE_WIDTHS, "Datakvalitet"), quality)
    _write_counts(book.sheet("Fel per enhet", _COUNT_WIDTHS, "Datakvalitet"), found)
    _write_rows(book, found)
    _write_warnings(book.sheet("Varningar", _WARNING_WIDTHS, "Datakvalitet"), quality)
    book.save(file)


def _write_overview(sheet: Sheet, quality: Quality, config: Config) -> None:
    sheet.freeze(rows=2)
    sheet.title("Datakvalitet")
    limit = config.limits.rejected_percent
    above = quality.above(limit)
    sheet.lines("Endast för internt bruk: bladen nämner enskilda ärenden.", bold=True)
    if above:
        names = forms.listed([extract_name(extract) for extract in above])
        sheet.lines(f"Över gränsen {forms.number(limit, 1)} %: {names}.", color=ALARM, bold=True)
        sheet.lines(faults.STOPPED, color=ALARM, bold=True)
    sheet.lines(faults.EVERY_ROW)
    sheet.blank()
    rows = [
        [
            extract_name(extract),
            *row_cells(total),
            share_cell(total),
            Entry("över gränsen", color=ALARM, bold=True) if extract in above else "inom gränsen",
        ]
        for extract, total in quality.totals().items()
    ]
    columns = [Column("Utdrag"), *row_columns(), share_column(), Column(f"Mot gränsen {forms.number(limit, 1)} %")]
    _table_or_nothing(sheet, "utdrag", columns, rows, "Inga filer lästes.")


def _write_files(sheet: Sheet, quality: Quality) -> None:
    sheet.freeze(rows=3, columns=1)
    sheet.title("Filer")
    columns = [
        *map(Column, ("Fil", "Utdrag", "Levererad", "Teckenkodning", "Blad")),
        *row_columns(),
        *map(Column, ("Går ihop", "Överhoppat, räknas inte som rader", "Kolumner som inte används")),
    ]
    rows = [
        [
            one.file,
            extract_name(one.extract),
            one.delivered.isoformat(),
            one.encoding or DASH,
            ", ".join(one.sheets) or DASH,
            *row_cells(one),
            "ja" if one.balanced else Entry("nej", color=ALARM, bold=True),
            "\n".join(one.skipped) or DASH,
            ", ".join(one.ignored_columns) or DASH,
        ]
        for one in quality.files
    ]
    _table_or_nothing(sheet, "filer", columns, rows, "Inga filer lästes.")


def _write_counts(sheet: Sheet, found: Sequence[Listing]) -> None:
    sheet.freeze(rows=3)
    sheet.title("Fel per enhet")
    columns = [*map(Column, ("Utdrag", "Enhet", "Fel")), numbers("Antal fel")]
    counted = faults.counts(found)
    rows = [[extract_name(extract), unit, title, Entry(count, COUNT)] for extract, unit, title, count in counted]
    _table_or_nothing(sheet, "fel_per_enhet", columns, rows, "Inga rader är underkända.")


def _write_rows(book: Book, found: Sequence[Listing]) -> None:
    every = _rows(found)
    number = 1
    while (rows := list(islice(every, _MOST_ROWS_A_SHEET))) or number == 1:
        name = "Underkända rader" if number == 1 else f"Underkända rader {number}"
        sheet = book.sheet(name, _ROW_WIDTHS, "Datakvalitet")
        sheet.freeze(rows=3)
        sheet.title(f"{name}, ett fel per rad")
        columns = [numbers(text) if text == "Rad" else Column(text) for text in _ROW_HEADINGS]
        if len(rows) > _MOST_DRESSED_ROWS:
            sheet.long_table(f"underkanda_{number}", columns, rows)
        else:
            _table_or_nothing(sheet, f"underkanda_{number}", columns, rows, "Inga rader är underkända.")
        number += 1


def _rows(found: Sequence[Listing]) -> Iterator[list[str | int]]:
    for listing in found:
        for one in listing.rejections:
            yield [
                extract_name(one.extract),
                faults.unit(one),
                listing.advice.title,
                one.file,
                one.sheet,
                one.row,
                one.key,
                one.heading,
                one.value,
                one.reason,
                listing.advice.cure,
            ]


def _write_warnings(sheet: Sheet, quality: Quality) -> None:
    sheet.freeze(rows=3)
    sheet.title("Varningar: raderna är inlästa")
    columns = [Column("Utdrag"), Column("Vad"), numbers("Antal"), Column("Exempel")]
    rows = [
        [extract_name(one.extract), faults.warning_text(one), Entry(one.count, COUNT), ", ".join(one.examples) or DASH]
        for one in quality.warnings
    ]
    _table_or_nothing(sheet, "varningar", columns, rows, "Inga varningar.")


def _table_or_nothing(
    sheet: Sheet, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]], nothing: str
) -> None:
    if rows:
        sheet.table(name, columns, rows, filters=True)
    else:
        sheet.lines(nothing)
