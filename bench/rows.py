"""Extracts of any number of rows: the invented municipality's, batch after batch of new people in the same units.

The organisation stays as it is while rows grow, so that the number of figures does too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path

from pipeline.demo import DEFAULT_SEED, extracts
from pipeline.demo.faults import spoil
from pipeline.demo.files import UTF_8_WITH_BOM, WINDOWS_1252, WORKBOOK, ExcelWriter, TextWriter, Writer
from pipeline.demo.organisation import Organisation
from pipeline.demo.parts import Keeping, Part, parts
from pipeline.demo.rendering import render
from pipeline.demo.sizes import SCALES, Size
from pipeline.demo.society import Society
from pipeline.demo.tables import Table, length
from pipeline.demo.times import Calendar
from pipeline.demo.untidy import untidy
from pipeline.sources.profiles import load

# The extracts of single cases, which have as many rows as there are cases; the others depend on the organisation.
OF_CASES = frozenset(
    ("referrals", "investigations", "decisions", "plans", "care_levels", "coordinated_plans", "incidents")
)
_OF_ONE_VOLUME = 9_200  # rows of cases in a municipality of volume 1
_OF_ORGANISATION = {Size.SMALL: 2_500, Size.CITY: 13_000}  # rows that there are besides, however few the cases
_OF_A_BATCH = 500_000
_MOST_OF_SMALL, _FEWEST = 30_000, 500


class Form(Enum):
    """How extracts are written: as case systems do, or plainly with nothing but faults, for tools that tidy nothing."""

    CSV = "csv"
    PLAIN_CSV = "plain"
    EXCEL = "xlsx"


@dataclass(frozen=True)
class _Sized:
    """A municipality's size: slices of people, each of a volume, in one organisation."""

    batches: int
    volume: float
    organisation: Organisation


def write(out: Path, rows: int, form: Form, today: date, only: frozenset[str] = frozenset()) -> int:
    """Write extracts with about so many rows to a folder, those that are named or all; returns how many there are."""
    out.mkdir(parents=True, exist_ok=True)
    calendar, sized = Calendar.on(today), _sized(rows)
    wanted = [part for part in _parts(form) if not only or part.extract_name in only]
    writers = [_writer(out, part, calendar) for part in wanted]
    written = 0
    for batch in range(sized.batches):
        society = _society(calendar, sized, batch)
        tables = extracts.of(society)
        for number, (part, writer) in enumerate(zip(wanted, writers, strict=True)):
            if batch == 0 or part.extract_name in OF_CASES:
                table = _made(society, part, tables, number, form)
                writer.add(table)
                written += length(table)
    for writer in writers:
        writer.close()
    return written


def _sized(rows: int) -> _Sized:
    size = Size.CITY if rows > _MOST_OF_SMALL else Size.SMALL
    batches = math.ceil(rows / _OF_A_BATCH)
    volume = max(rows - _OF_ORGANISATION[size], _FEWEST) / batches / _OF_ONE_VOLUME
    return _Sized(batches, volume, Organisation.of(replace(SCALES[size], batches=1), 0))


def _society(calendar: Calendar, sized: _Sized, batch: int) -> Society:
    scale = replace(SCALES[Size.CITY], batches=sized.batches, volume=sized.volume)
    return replace(Society.invent(calendar, scale, DEFAULT_SEED, batch), organisation=sized.organisation)


def _parts(form: Form) -> list[Part]:
    """The files of a delivery in one form; where it is plain, no key stands in two of them."""
    every = parts(Size.NATION)
    if form is Form.PLAIN_CSV:
        return [replace(part, form=UTF_8_WITH_BOM) for part in every if part.select is not extracts.delivered_earlier]
    if form is Form.EXCEL:
        return [replace(part, form=WORKBOOK) for part in every]
    return [replace(part, form=WINDOWS_1252) if part.form is WORKBOOK else part for part in every]


def _made(society: Society, part: Part, tables: Mapping[str, Table], number: int, form: Form) -> Table:
    select = _every if form is Form.PLAIN_CSV and part.extract_name == "investigations" else part.select
    dice = society if part.is_of_cases else society.apart(f"the file {part.stem}")
    table = render(dice, part.extract, select(society.calendar, tables[part.extract_name]))
    if form is not Form.PLAIN_CSV and part.keeping is not Keeping.TIDY:
        table = untidy(dice.chance, table)
    return spoil(dice.chance, part.extract, table, number)[0] if part.keeping is Keeping.FAULTY else table


def _every(calendar: Calendar, table: Table) -> Table:
    return table


def _writer(out: Path, part: Part, calendar: Calendar) -> Writer:
    extract, path = part.extract, out / part.name(calendar)
    wording = load().wording(extract.name, extract.names, extract.required)
    headings = {name: wording.heading(name) for name in part.columns}
    if part.form is WORKBOOK:
        return ExcelWriter(path, headings, {column.name: column.kind for column in extract.columns}, (part.stem,))
    return TextWriter(path, headings, part.form)
