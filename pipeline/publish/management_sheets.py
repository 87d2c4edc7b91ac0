"""The management system in the workbook: internal control, the requirement matrix and the plan of follow-up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipeline.language import later, say
from pipeline.publish import controls_section, followup_section, forms, requirements_section
from pipeline.publish.figure_cells import SHAPES
from pipeline.publish.followup_section import FollowUpPart
from pipeline.publish.forms import DASH, HIDDEN
from pipeline.publish.incident_matrix import incidents
from pipeline.publish.outcomes import Outcome
from pipeline.publish.risk_matrix import STEPS, Matrix
from pipeline.publish.words import Mark, Verdict
from pipeline.publish.workbook import Book, Sheet
from pipeline.publish.workbook_cells import MUTED, Column, Entry, Value, color

if TYPE_CHECKING:
    from pipeline.publish.report import Report

CONTROLS, REQUIREMENTS, PLAN = later("Internkontroll"), later("Kravmatris"), later("Uppföljningsplan")
Rows = list[list[Entry | Value]]
_CONTROL_WIDTHS = (36, 32, 20, 22, 26, 16, 14, 34, 34)
_REQUIREMENT_WIDTHS = (24, 40, 26, 30, 30, 26, 26, 44, 30)
_PLAN_WIDTHS = (40, 26, 30, 22, 22, 40, 30, 20, 26, *[12] * 4)


def sheets(book: Book, report: Report) -> dict[str, str]:
    """Add the sheets of those parts that were delivered; returns each sheet's name with its first cell, for links."""
    period = forms.period(report.figures.period)
    places: dict[str, str] = {}
    for name, widths, write in (
        (CONTROLS, _CONTROL_WIDTHS, _controls),
        (REQUIREMENTS, _REQUIREMENT_WIDTHS, _requirements),
        (PLAN, _PLAN_WIDTHS, _plan),
    ):
        if _is_delivered(name, report):
            sheet = book.sheet(name, widths, period)
            sheet.freeze(rows=2)
            sheet.title(name)
            write(sheet, report)
            places[sheet.name] = sheet.cell(1, 1)
    return places


def _is_delivered(name: str, report: Report) -> bool:
    delivered: dict[str, object] = {
        CONTROLS: report.management.controls,
        REQUIREMENTS: report.management.requirements,
        PLAN: report.management.plan,
    }
    return bool(delivered[name])


# --- internal control -----------------------------------------------------------------------------------------------


def _controls(sheet: Sheet, report: Report) -> None:
    part = controls_section.part(report)
    if part is None:
        return
    _lines(sheet, part.sentences)
    if part.undone:
        _lines(sheet, [say("Skulle ha gjorts men är inte gjort:"), *(f"• {text}" for text in part.undone)])
    sheet.blank()
    sheet.heading(say("Kontrollmoment"))
    columns = [
        say("Risk"), say("Kontroll"), say("Enheter"), say("Risknivå"), say("Utfall"),
        say("Avvikelser, n av N ({figures_of})", figures_of=part.figures_of), say("Andel"),
        say("Analys"), say("Åtgärd"),
    ]  # fmt: skip
    rows: Rows = [
        [
            Entry(f"{row.number}. {row.risk}", bold=True), row.control, row.units or DASH, row.rating,
            _status(row.verdict, f"{row.when}{', ' if row.judged_by else ''}{row.judged_by}"), _shown(row.base),
            _shown(row.share), _shown(row.analysis or DASH), _shown(row.action or DASH),
        ]
        for row in part.rows
    ]  # fmt: skip
    sheet.table("internkontroll", list(map(Column, columns)), rows)
    _lines(sheet, part.notes)
    for name, matrix in (("riskmatris", part.matrix), ("avvikelsematris", incidents(report))):
        if matrix is not None:
            _matrix(sheet, name, matrix)


def _matrix(sheet: Sheet, name: str, matrix: Matrix) -> None:
    sheet.blank()
    sheet.heading(matrix.caption)
    columns = [Column(matrix.row_title), *(Column(f"{matrix.column_title} {step}") for step in STEPS)]
    rows: Rows = [
        [Entry(f"{matrix.row_title} {step}", bold=True), *(Entry(f"{cell.grade}: {cell.text}") for cell in cells)]
        for step, cells in matrix.rows
    ]
    sheet.table(name, columns, rows)
    _lines(sheet, matrix.notes)


# --- requirements ---------------------------------------------------------------------------------------------------


def _requirements(sheet: Sheet, report: Report) -> None:
    part = requirements_section.part(report)
    if part is None:
        return
    _lines(sheet, part.sentences)
    sheet.blank()
    columns = [
        say("Författning"), say("Krav"), say("Gäller"), say("Rutin"), say("Översyn"),
        say("Uppföljningsmetod"), say("Ansvar"), say("Mått och senaste utfall"),
        say("Luckor"),
    ]  # fmt: skip
    rows: Rows = [
        [
            Entry(regulation.regulation, bold=True), row.requirement, row.scope or DASH, row.routine,
            row.revised or DASH, row.method, row.responsible, _outcomes(row.outcomes, row.unknown),
            _statuses(row.gaps),
        ]
        for regulation in part.regulations
        for row in regulation.rows
    ]  # fmt: skip
    sheet.table("kravmatris", list(map(Column, columns)), rows)


# --- the plan -------------------------------------------------------------------------------------------------------


def _plan(sheet: Sheet, report: Report) -> None:
    part = followup_section.part(report)
    if part is None:
        return
    _lines(sheet, part.sentences)
    if part.due:
        sheet.blank()
        sheet.heading(say("Det som skulle mätas under perioden"))
        columns = [
            say("Uppföljning"), say("Enheter"), say("Kvalitetsområde, nivå och slag"), say("Skulle göras"),
            say("Läge"), say("Har kommit"), say("Saknas"),
            say("Nästa gång"), say("Ansvar"),
        ]  # fmt: skip
        rows: Rows = [
            [
                Entry(row.definition, bold=True), row.units, row.about, "\n".join(day for day, _ in row.days),
                _statuses(verdict for _, verdict in row.days), _came(row.came), _missing(row), row.next_due,
                row.responsible,
            ]
            for row in part.due
        ]  # fmt: skip
        sheet.table("uppfoljning_perioden", list(map(Column, columns)), rows)
    _calendar(sheet, part)


def _missing(row: followup_section.DueRow) -> str:
    return "; ".join([*map(str, row.missing), *([str(row.note)] if row.note else [])]) or DASH


def _calendar(sheet: Sheet, part: FollowUpPart) -> None:
    """One row a due day, which sorts and filters better than twelve columns do."""
    sheet.blank()
    sheet.heading(say("Årets kalender {year}", year=part.year))
    rows: Rows = [
        [Entry(row.definition, bold=True), row.units, whole, day, _status(verdict)]
        for row in part.calendar
        for (_, whole), days in zip(part.months, row.months, strict=True)
        for day, verdict in days
    ]
    if rows:
        columns = [Column(name) for name in (say("Uppföljning"), say("Enheter"), say("Månad"), say("Dag"), say("Läge"))]
        sheet.table("uppfoljning_kalender", columns, rows, filters=True)
    else:
        _lines(sheet, [say("Inga dagar kan läsas ur planens mättillfällen.")])
    if part.unread:
        _lines(sheet, [say("Mättillfällen som inte kan läsas i sin helhet: {unread}.", unread=", ".join(part.unread))])


# --- cells ----------------------------------------------------------------------------------------------------------


def _lines(sheet: Sheet, texts: Iterable[str]) -> None:
    for text in texts:
        sheet.lines(text)


def _shown(text: str) -> Entry:
    return Entry(text, color=MUTED, bold=True) if text == HIDDEN else Entry(text)


def _status(verdict: Verdict, more: str = "") -> Entry:
    if verdict.word == HIDDEN:
        return _shown(HIDDEN)
    paint = color("status", "light", verdict.mark.value)
    text = f"{SHAPES[verdict.mark]} {verdict.word}"
    return Entry(f"{text} ({more})" if more else text, color=paint, bold=verdict.mark is not Mark.NONE)


def _statuses(verdicts: Iterable[Verdict]) -> Entry:
    """Several in one cell, each on a line; coloured where they are one."""
    found = tuple(verdicts)
    if len(found) == 1:
        return _status(found[0])
    return Entry("\n".join(HIDDEN if v.word == HIDDEN else f"{SHAPES[v.mark]} {v.word}" for v in found))


def _came(figures: Iterable[followup_section.Came]) -> str:
    told = [(one.title, ", ".join(f"{unit} {text}".strip() for unit, text in one.outcomes)) for one in figures]
    return "\n".join(f"{title}: {text}" for title, text in told) or DASH


def _outcomes(outcomes: Iterable[Outcome], unknown: Iterable[str] = ()) -> str:
    told = [f"{one.title}: {one.outcome}, {one.verdict.word}" for one in outcomes]
    return "\n".join([*told, *(say("{name} (okänt mått)", name=name) for name in unknown)]) or DASH
