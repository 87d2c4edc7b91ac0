"""Excel workbooks → rows of text: values only, with error cells told apart from empty ones."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from pipeline.errors import WrongUse
from pipeline.sources import excel_parts
from pipeline.sources.excel_parts import Place
from pipeline.sources.profiles import Headings
from pipeline.sources.sheet import Row, Sheet, Source

# What a workbook with wrong bits makes the readers raise, each where it happens to trip.
_DAMAGE = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ElementTree.ParseError,
    EOFError,
    LookupError,
    ValueError,
    ArithmeticError,
    RuntimeError,  # also NotImplementedError: a version or compression that no zip file has
)


def read(path: Path, headings: Headings) -> Source:
    """Open a workbook. Raises WrongUse for what is none, is protected or is damaged."""
    with _sound(path):
        workbook = CalamineWorkbook.from_path(path)
        parts = excel_parts.by_sheet(path)
    return Source("Excel", _sheets(path, workbook, parts))


@contextmanager
def _sound(path: Path) -> Iterator[None]:
    try:
        yield
    except PasswordError:
        raise WrongUse(
            f"Filen {path.name} är skyddad med lösenord; spara en kopia utan lösenord i mappen i stället."
        ) from None
    except _DAMAGE:
        raise WrongUse(_damaged(path)) from None


def _damaged(path: Path) -> str:
    return (
        f"Filen {path.name} kan inte läsas som en Excel-arbetsbok; den är skadad, ofullständig eller av annat slag,"
        " så hämta utdraget på nytt."
    )


def _sheets(path: Path, workbook: CalamineWorkbook, parts: dict[str, str]) -> Iterator[Sheet]:
    for sheet in workbook.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet:
            with _sound(path):
                faults = excel_parts.cells_without_value(path, parts[sheet.name])
                content = workbook.get_sheet_by_name(sheet.name)
            yield Sheet(sheet.name, _rows(path, content, faults))


def _rows(path: Path, sheet: CalamineSheet, faults: dict[Place, str]) -> Iterator[Row]:
    """Rows from the sheet's first, so that numbers agree with Excel; columns from the first that is used."""
    used = [column for _, column in faults] + ([sheet.start[1] + 1] if sheet.start else [])
    left = min(used, default=1)
    margin = [""] * (sheet.start[1] + 1 - left if sheet.start else 0)
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in faults.items():
        by_row.setdefault(row, []).append((column - left, text))
    number = 0
    for number, cells in enumerate(_cells(path, sheet), 1):
        texts = margin + [_TEXT_OF[type(cell)](cell) for cell in cells]
        yield number, _marked(texts, by_row.get(number, ()))
    for beyond in range(number + 1, max(by_row, default=0) + 1):
        yield beyond, _marked([], by_row.get(beyond, ()))


def _cells(path: Path, sheet: CalamineSheet) -> Iterator[list[Any]]:
    rows, number = iter(sheet.iter_rows()), 0
    while True:
        try:
            cells = next(rows, None)
        except (CalamineError, ValueError, ArithmeticError):
            raise WrongUse(
                f"Filen {path.name}, blad {sheet.name}, rad {number + 1}: en cell håller ett tal som inte går att läsa"
                " som den tid eller dag den är formaterad som; rätta cellen och spara filen."
            ) from None
        if cells is None:
            return
        yield cells
        number += 1


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
