"""Whole files to damage: an invented municipality's, and every form that is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl

from pipeline import demo
from tests.writers import SUFFIXES, ods_cell, ods_row, ods_table, write, write_ods

TODAY = date(2026, 9, 8)
_LARGEST = 60_000  # bytes; larger ones say the same, more slowly
_HEAD = ["Utrednings-ID", "Person-ID", "Enhet", "Verksamhetsområde", "Inledd", "Avslutad", "Resultat", "Handläggare"]
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252")


def make(folder: Path) -> list[Path]:
    """Write the files to a folder, named so that each belongs to an extract."""
    invented = demo.write(folder / "demo", demo.Size.SMALL, demo.DEFAULT_SEED, TODAY)
    return [path for path in invented if path.stat().st_size < _LARGEST] + _of_every_form(folder)


def _of_every_form(folder: Path) -> list[Path]:
    rows = _rows()
    made = [write(folder / f"utredningar form{suffix}", rows) for suffix in SUFFIXES]
    made += [
        write(folder / f"utredningar {encoding} {number}.csv", rows, encoding=encoding, separator=separator)
        for encoding in _ENCODINGS
        for number, separator in enumerate(";,|\t")
    ]
    return [*made, _untidy_book(folder / "utredningar otydlig.xlsx"), _untidy_ods(folder / "utredningar otydlig.ods")]


def _rows() -> list[list[object]]:
    """A table with a title, a text over lines, days as days, and a total."""
    people = [
        [f"U{n}", f"k-{n}", "Barn Väst", "Barn och unga", date(2026, 1 + n % 9, 1 + n), None, "insats", 'A "B" C;\nD']
        for n in range(25)
    ]
    return [["Utredningar 2026"], [], _HEAD, *people, ["Totalt", None, None, None, len(people)]]


def _untidy_book(path: Path) -> Path:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in _rows():
        page.append(row)
    page.merge_cells("C4:C8")
    page.row_dimensions[6].hidden = True
    page["E9"] = "#N/A"
    page["E10"] = "=1+1"
    book.create_sheet("Tomt").sheet_state = "hidden"
    book.create_sheet("Info").append(["Utskrivet av", "systemet"])
    book.save(path)
    return path


def _untidy_ods(path: Path) -> Path:
    rows = [ods_row("".join(map(ods_cell, row))) for row in _rows()]
    hidden = ods_row(ods_cell("U99", 'table:number-columns-repeated="4"'), 'table:visibility="filter"')
    end = ods_row("<table:table-cell/>", 'table:number-rows-repeated="1000000"')
    merged = ods_row(ods_cell("U98") + ods_cell("k-1", 'table:number-rows-spanned="2"'))
    return write_ods(path, ods_table("Blad1", "".join(rows) + merged + hidden + end) + ods_table("Tomt", ""))
