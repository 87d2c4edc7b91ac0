"""One delivery: which files the extracts come in, and the way of every batch into them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from pipeline.demo import extracts
from pipeline.demo.faults import spoil
from pipeline.demo.files import UTF_8_WITH_BOM, WINDOWS_1252, CsvWriter, ExcelWriter, Writer
from pipeline.demo.rendering import render
from pipeline.demo.sizes import SCALES, Size
from pipeline.demo.society import Society
from pipeline.demo.tables import Table, length, rows, stacked
from pipeline.demo.times import Calendar
from pipeline.demo.untidy import untidy
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Extract
from pipeline.sources.profiles import load

EXCEL = "xlsx"
KINDS_APART = 5  # how far on in the kinds of faults each file begins, so that short files have different ones


@dataclass(frozen=True)
class Part:
    """A file of an extract: its form (a workbook, or the encoding of a CSV file) and the rows that it holds."""

    extract: Extract
    stem: str
    form: str
    delivered: Callable[[Calendar], date]
    select: Callable[[Calendar, Table], Table]
    messy: bool = True

    def name(self, calendar: Calendar) -> str:
        """File name with the day of delivery."""
        return f"{self.stem}_{self.delivered(calendar)}.{EXCEL if self.form == EXCEL else 'csv'}"


def _last(calendar: Calendar) -> date:
    return calendar.delivered


def _earlier(calendar: Calendar) -> date:
    return calendar.delivered_before


def _all(calendar: Calendar, table: Table) -> Table:
    return table


def _with_one_twice(calendar: Calendar, table: Table) -> Table:
    """The register is kept tidy, since it says how units are spelt; somebody has only pasted its last row twice."""
    return stacked([table, rows(table, np.array([length(table) - 1]))])


def parts(size: Size) -> tuple[Part, ...]:
    """The files of a delivery. A nation's plans are more than a sheet can hold."""
    plans = UTF_8_WITH_BOM if size is Size.NATION else EXCEL
    investigations = EXTRACTS["investigations"]
    return (
        Part(EXTRACTS["units"], "enheter", EXCEL, _last, _with_one_twice, messy=False),
        Part(EXTRACTS["referrals"], "aktualiseringar", UTF_8_WITH_BOM, _last, _all),
        Part(investigations, "utredningar", WINDOWS_1252, _earlier, extracts.delivered_earlier),
        Part(investigations, "utredningar", WINDOWS_1252, _last, extracts.delivered_last),
        Part(EXTRACTS["decisions"], "beslut", WINDOWS_1252, _last, _all),
        Part(EXTRACTS["plans"], "genomförandeplaner", plans, _last, _all),
    )


class Delivery:
    """Open files that batches are added to. `planted` counts the rows with each kind of fault, by extract."""

    def __init__(self, out: Path, size: Size, calendar: Calendar) -> None:
        self._calendar = calendar
        self._scale = SCALES[size]
        self._writers = [(part, _writer(out, part, calendar)) for part in parts(size)]
        self.planted: dict[str, Counter[str]] = {name: Counter() for name in EXTRACTS}

    def add(self, seed: int, batch: int) -> None:
        """Invent a batch and write its rows."""
        society = Society.invent(self._calendar, self._scale, seed, batch)
        tables = extracts.of(society)
        for number, (part, writer) in enumerate(self._writers):
            table = part.select(self._calendar, tables[part.extract.name])
            written = render(society, part.extract, table)
            if part.messy:
                written = untidy(society.chance, written)
                written, planted = spoil(society.chance, part.extract, written, KINDS_APART * number)
                self.planted[part.extract.name].update(planted)
            writer.add(written)

    def close(self) -> list[Path]:
        """Finish the files and name them."""
        for _, writer in self._writers:
            writer.close()
        return sorted(writer.path for _, writer in self._writers)


def _writer(out: Path, part: Part, calendar: Calendar) -> Writer:
    extract, path = part.extract, out / part.name(calendar)
    wording = load().headings_of(extract.name, extract.names, extract.required)
    headings = {name: wording.standard(name) for name in extract.names}
    if part.form != EXCEL:
        return CsvWriter(path, headings, part.form)
    kinds = {column.name: column.kind for column in extract.columns}
    titles = (
        part.stem.capitalize(),
        f"Urval: alla enheter, {calendar.starts} – {calendar.tertial.ends}",
        f"Uttag {part.delivered(calendar)}",
    )
    return ExcelWriter(path, headings, kinds, titles)
