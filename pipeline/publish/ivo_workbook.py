"""individrapport.xlsx and revisorer.xlsx: every decision to report as not executed. Secret: persons and case ids."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.config import Config
from pipeline.model import RunInfo
from pipeline.model.cases import Persons, Unexecuted, UnexecutedDecision
from pipeline.publish import forms, ivo_words
from pipeline.publish.workbook import Book, Sheet
from pipeline.publish.workbook_cells import ALARM, COUNT, DAY, Column, Entry, Value, numbers

_SECRECY = "Innehåller uppgifter som omfattas av sekretess (26 kap. 1 § offentlighets- och sekretesslagen)."
_MANUAL = "Manuell lista"
_BY_HAND = (
    "De här besluten gäller personer med skyddade personuppgifter. De ska rapporteras, men uppgifterna hämtas ur"
    " verksamhetssystemet och fylls i för hand av den som är behörig."
)
_INFO_WIDTHS = (120,)
_MANUAL_WIDTHS = (24, 30, 70)


@dataclass(frozen=True)
class _Field:
    """A column of the report: how it is headed, how wide it is, and what stands in it."""

    heading: str
    width: float
    value: Callable[[UnexecutedDecision], Entry | Value]
    right: bool = False

    @property
    def column(self) -> Column:
        return numbers(self.heading) if self.right else Column(self.heading)


def write_supervisor(
    file: Path, found: Unexecuted, config: Config, run: RunInfo, persons: Persons | None = None
) -> None:
    """Write the report to the supervisor (IVO): all decisions; those of protected persons by id, on a sheet apart.

    `persons`, when given, name the persons by number; without them a person is known by the case's id.
    """
    book = _book("Individrapport till IVO", found, config, run)
    open_rows = [row for row in found.rows if not row.is_protected]
    protected = [row for row in found.rows if row.is_protected]
    _write_rows(book, "Att rapportera", found, open_rows, persons)
    if protected:
        _write_manual(_sheet(book, _MANUAL, _MANUAL_WIDTHS, found), protected)
    notes = [_said_of(len(protected), f"står bara på bladet {_MANUAL}")] if protected else []
    _write_information(book, found, persons, notes)
    book.save(file)


def write_auditors(file: Path, found: Unexecuted, config: Config, run: RunInfo, persons: Persons | None = None) -> None:
    """Write the report to the auditors: the same contents, without the persons whose identity is protected."""
    book = _book("Rapport till revisorerna", found, config, run)
    open_rows = [row for row in found.rows if not row.is_protected]
    _write_rows(book, "Beslut", found, open_rows, persons)
    left_out = len(found.rows) - len(open_rows)
    _write_information(book, found, persons, [_said_of(left_out, "är utelämnade här")] if left_out else [])
    book.save(file)


def _book(title: str, found: Unexecuted, config: Config, run: RunInfo) -> Book:
    return Book(title, f"{ivo_words.SUBJECT}, {forms.period_name(found.period)}", config, run)


def _sheet(book: Book, name: str, widths: Sequence[float], found: Unexecuted) -> Sheet:
    return book.sheet(name, widths, forms.period_name(found.period))


def _said_of(count: int, what: str) -> str:
    return f"{forms.counted(count, 'beslut', 'beslut')} om personer med skyddade personuppgifter {what}."


def _write_rows(
    book: Book, name: str, found: Unexecuted, rows: Sequence[UnexecutedDecision], persons: Persons | None
) -> None:
    fields = _fields(persons)
    sheet = _sheet(book, name, [field.width for field in fields], found)
    sheet.freeze(rows=5 if rows else 2, columns=1 if rows else 0)
    sheet.title(f"{ivo_words.SUBJECT}: {forms.inside(forms.period(found.period))}")
    sheet.lines(_SECRECY, bold=True)
    sheet.lines(ivo_words.summary(found))
    if rows:
        table = [[field.value(row) for field in fields] for row in rows]
        sheet.table("beslut", [field.column for field in fields], table, filters=True)


def _fields(persons: Persons | None) -> list[_Field]:
    return [
        _Field("Beslut-ID", 14, lambda row: row.decision_id),
        *(_of_person(persons) if persons else ()),
        _Field("Rapporteras som", 14, lambda row: Entry(row.state, bold=True)),
        _Field("Gäller", 13, ivo_words.concerns),
        _Field("Lag", 6, lambda row: row.law),
        _Field("Typ av insats", 18, lambda row: row.service),
        _Field("Beslutsdatum", 15, lambda row: _day(row.decided)),
        _Field("Dagar sedan beslutet", 10, lambda row: Entry(row.days, COUNT), right=True),
        _Field("Skäl till dröjsmålet", 22, lambda row: row.delay_reason),
        _Field("Avbrott", 12, lambda row: _day(row.interrupted)),
        _Field("Erbjudande", 12, lambda row: _day(row.offer_made)),
        _Field("Tackat nej", 12, lambda row: _day(row.offer_declined)),
        _Field("Delvis verkställt", 12, lambda row: _day(row.partly)),
        _Field("Verkställt, återupptaget eller avslutat", 15, lambda row: _day(row.done)),
        _Field("Avslutsorsak", 16, lambda row: row.end_reason),
        _Field("Enhet", 20, lambda row: row.unit),
        _Field("Område", 21, lambda row: row.area),
        _Field("Kön", 9, lambda row: row.gender),
        _Field("Lagrum", 24, lambda row: ivo_words.cited(row.citations)),
    ]


def _of_person(persons: Persons) -> list[_Field]:
    named = persons.by_pseudonym
    number = _Field(
        "Personnummer", 16, lambda row: named[row.person].number if row.person in named else ivo_words.UNLISTED
    )
    name = _Field("Namn", 20, lambda row: named[row.person].name if row.person in named else "")
    return [number, name] if any(one.name for one in named.values()) else [number]


def _day(value: date | None) -> Entry:
    return Entry(value, DAY) if value else Entry("")


def _write_manual(sheet: Sheet, rows: Sequence[UnexecutedDecision]) -> None:
    sheet.freeze(rows=2)
    sheet.title(_MANUAL)
    sheet.lines(_BY_HAND)
    columns = [Column("Beslut-ID"), Column("Personnummer"), Column("Övriga uppgifter")]
    sheet.table("manuell_lista", columns, [[row.decision_id, "", ""] for row in rows])


def _write_information(book: Book, found: Unexecuted, persons: Persons | None, notes: Sequence[str]) -> None:
    sheet = _sheet(book, "Om rapporten", _INFO_WIDTHS, found)
    sheet.freeze(rows=2)
    sheet.title("Om rapporten")
    if ivo_words.preliminary(found):
        sheet.lines(ivo_words.preliminary(found), color=ALARM, bold=True)
    if not found.has_flag:
        sheet.lines(ivo_words.NO_FLAG, color=ALARM, bold=True)
    sheet.lines(ivo_words.reporting(found))
    for text in (*notes, *_said_of_persons(found, persons)):
        sheet.lines(text)
    sheet.blank()
    sheet.heading("Vad som rapporteras")
    for text in ivo_words.WHAT:
        sheet.lines(text)
    sheet.lines(
        f"Läget gäller {forms.day(found.period.ends)}. Det som hände senare räknas inte med. Dagar sedan beslutet"
        " räknas till den dagen, eller till den dag då beslutet verkställdes, återupptogs eller avslutades."
    )
    sheet.blank()
    sheet.heading("Orden i kolumnen Rapporteras som")
    for state, meaning in ivo_words.STATES:
        sheet.lines(f"{forms.capital(state)}: {meaning}.")
    sheet.blank()
    sheet.heading("Lagrum, efter den dag som väntan räknas från")
    for text in ivo_words.law(citation for row in found.rows for citation in row.citations) or [forms.DASH]:
        sheet.lines(text)


def _said_of_persons(found: Unexecuted, persons: Persons | None) -> list[str]:
    if persons is None:
        return ["Personer anges med beslutets id. Personnummer finns inte i databasen."]
    return ivo_words.of_persons(found, persons)
