"""How the days of each column are written: one form a file, sheet and column, told by the column, never guessed.

Year-first forms with four digits can be read in one way only, so they count as one form. Where the day and the month
stand first is told by days that can only be one of them (25/12), or by the profile; a column that does not tell, or
tells both, is read as none. Source: the extract contract and the forms that exports come in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import pyarrow as pa

from pipeline.database import Database
from pipeline.loading.staging import StagedFile, stage_table
from pipeline.schemas.extract import Column, Extract, Kind

_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?: ?[AaPp][Mm])?(?: ?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?))?"
YEAR_FIRST = r"\d{4}([-/.])\d{1,2}[-/.]\d{1,2}|\d{8}"
# 24/04/17: which of the three is the year, only a profile can tell.
SHORT_YEAR_LAST = r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}"
SHORT = r"\d{6}"
YEAR_LAST = r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}"
# From 1927: earlier ones have four digits or fewer, like years and many other numbers. The last is 9999-12-31.
SERIAL = r"(?:[1-9]\d{4}|2958465)(?:[.,]\d+)?"
# An open end as it stands among days of every form; written with the year last it proves that the day leads.
FOREVER = "9999%"


class Form(StrEnum):
    """A form of days, as readers are told of it."""

    YEAR_FIRST = "ÅÅÅÅ-MM-DD"
    SHORT = "ÅÅMMDD"
    DAY_FIRST = "DD/MM/ÅÅÅÅ"
    MONTH_FIRST = "MM/DD/ÅÅÅÅ"
    SHORT_DAY_FIRST = "DD/MM/ÅÅ"
    SHORT_MONTH_FIRST = "MM/DD/ÅÅ"
    SERIAL = "löpnummer från Excel"
    SERIAL_1904 = "löpnummer från Excel, räknade från 1904"
    UNCLEAR = "dag och månad i oklar ordning"
    MIXED = "dag och månad i blandad ordning"

    @property
    def is_year_last(self) -> bool:
        """Whether the days look like 03/04/2026, whatever they mean."""
        return self in (Form.DAY_FIRST, Form.MONTH_FIRST, Form.UNCLEAR, Form.MIXED)


@dataclass(frozen=True)
class _Evidence:
    """What a column's texts look like: how many of each shape, and which order of day and month they prove."""

    year_first: int
    short: int
    year_last: int
    serial: int
    short_year_last: int
    day_leads: int
    month_leads: int

    def form(self, day_first: bool | None) -> Form:
        """The form of most of the texts; of equals the one that can be read in fewest ways."""
        counts = {
            Form.YEAR_FIRST: self.year_first,
            self._order(day_first): self.year_last,
            Form.SERIAL: self.serial,
            Form.SHORT: self.short,
        }
        if day_first is not None:
            counts[Form.SHORT_DAY_FIRST if day_first else Form.SHORT_MONTH_FIRST] = self.short_year_last
        return max(counts, key=lambda form: counts[form])

    def _order(self, day_first: bool | None) -> Form:
        """A profile decides where the column does not; it is not believed against what the column proves."""
        if day_first is None:
            if self.day_leads and self.month_leads:
                return Form.MIXED
            if not self.day_leads and not self.month_leads:
                return Form.UNCLEAR
            return Form.DAY_FIRST if self.day_leads else Form.MONTH_FIRST
        own, contrary = (self.day_leads, self.month_leads) if day_first else (self.month_leads, self.day_leads)
        if contrary and contrary >= own:
            return Form.MIXED
        return Form.DAY_FIRST if day_first else Form.MONTH_FIRST


Forms = Mapping[tuple[int, str], Mapping[str, Form]]


def form_table(extract: Extract) -> str:
    """The form of each day column by file and sheet, one row each; a sheet whose forms are all year-first has none."""
    return f"memory.main.form_{extract.name}"


def decide(database: Database, extract: Extract, staged: Sequence[StagedFile]) -> Forms:
    """Make the extract's form table; file and sheet → column → form, for columns that are not year-first."""
    days = extract.of_kind(Kind.DATE)
    forms = _forms(database, extract, days, staged) if days else {}
    columns = ", ".join(f"{column.name} varchar" for column in days)
    database.run(f"create table {form_table(extract)} (file_id integer, sheet varchar{', ' if days else ''}{columns})")
    rows = [
        {"file_id": file_id, "sheet": sheet, **{column: form.name for column, form in found.items()}}
        for (file_id, sheet), found in forms.items()
    ]
    if rows:
        names = [(column.name, pa.string()) for column in days]
        schema = pa.schema([("file_id", pa.int32()), ("sheet", pa.string()), *names])
        database.append(form_table(extract), pa.Table.from_pylist(rows, schema))
    return forms


def _forms(database: Database, extract: Extract, days: Sequence[Column], staged: Sequence[StagedFile]) -> Forms:
    sheets = {(file.file_id, name): sheet for file in staged for name, sheet in file.sheets.items()}
    found: dict[tuple[int, str], dict[str, Form]] = {}
    for column in _not_plainly_year_first(database, extract, days):
        for file_id, sheet, evidence in _evidence(database, extract, column):
            form = evidence.form(sheets[file_id, sheet].wording.day_first)
            if form is Form.SERIAL and sheets[file_id, sheet].is_1904:
                form = Form.SERIAL_1904
            if form is not Form.YEAR_FIRST:
                found.setdefault((file_id, sheet), {})[column.name] = form
    return found


def _not_plainly_year_first(database: Database, extract: Extract, days: Sequence[Column]) -> Iterator[Column]:
    """The columns where a text does not open as 2026-08-31; looking closely at all the others would take long."""
    odd = ", ".join(f"bool_or({column.name} <> '' and substr({column.name}, 5, 1) <> '-')" for column in days)
    (row,) = database.rows(f"select {odd} from {stage_table(extract)}")
    return (column for column, is_odd in zip(days, row, strict=True) if is_odd)


def _evidence(database: Database, extract: Extract, column: Column) -> Iterator[tuple[int, str, _Evidence]]:
    first = f"try_cast(regexp_extract(day, '{YEAR_LAST}', 1) as integer)"
    second = f"try_cast(regexp_extract(day, '{YEAR_LAST}', 2) as integer)"
    is_year_last = f"regexp_full_match(day, '{YEAR_LAST}')"
    rows = database.rows(f"""
        with days as (
            select file_id, sheet, {day_part(column.name)} as day, count(*) as times
            from {stage_table(extract)} where {column.name} <> '' and {column.name} not like '{FOREVER}'
            group by file_id, sheet, day
        )
        select file_id, sheet,
            coalesce(sum(times) filter (regexp_full_match(day, '{YEAR_FIRST}')), 0),
            coalesce(sum(times) filter (regexp_full_match(day, '{SHORT}')), 0),
            coalesce(sum(times) filter ({is_year_last}), 0),
            coalesce(sum(times) filter (regexp_full_match(day, '{SERIAL}')), 0),
            coalesce(sum(times) filter (regexp_full_match(day, '{SHORT_YEAR_LAST}')), 0),
            coalesce(sum(times) filter ({is_year_last} and {first} between 13 and 31 and {second} <= 12), 0),
            coalesce(sum(times) filter ({is_year_last} and {second} between 13 and 31 and {first} <= 12), 0)
        from days group by file_id, sheet
    """)
    return ((file_id, sheet, _Evidence(*map(int, counts))) for file_id, sheet, *counts in rows)


def day_part(text: str) -> str:
    """SQL for a text without its time of day."""
    return f"regexp_replace({text}, '[ T]{_TIME}$', '')"


def noted(file: StagedFile, forms: Forms) -> StagedFile:
    """The file with a note for each column whose days are written in another form than year first, in Swedish."""
    notes = [
        f"{f'Blad {name}: ' if name else ''}{sheet.headings.get(column, column)}: datumen lästes som {form}"
        for name, sheet in file.sheets.items()
        for column, form in forms.get((file.file_id, name), {}).items()
        if form not in (Form.UNCLEAR, Form.MIXED)
    ]
    return replace(file, notes=(*file.notes, *notes))
