"""committee/rapport.xlsx: the report's figures as an accessible workbook, on public figures alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Config
from pipeline.language import later, say
from pipeline.model import Metric, Quality
from pipeline.publish import (
    activities_section,
    activities_sheet,
    chart_sheet,
    comments,
    comparison_section,
    comparison_sheet,
    faults,
    feedback_sheet,
    feedback_years,
    forms,
    front_sheets,
    goals_section,
    goals_sheet,
    hidden_shares,
    management_sheets,
    method,
    notes_sheet,
    quality_words,
    revisions_section,
    section_sheets,
    terms,
    yearly_section,
)
from pipeline.publish.account_cells import row_cells, row_columns, share_cell, share_column
from pipeline.publish.chart_sheet import ChartSheet
from pipeline.publish.faults import extract_name
from pipeline.publish.report import Report
from pipeline.publish.section_sheets import Context
from pipeline.publish.workbook import Book, Sheet
from pipeline.publish.workbook_cells import Column, Entry

if TYPE_CHECKING:
    from pipeline.disclosure import PublicFigures

_DEFINITIONS, _DATA_QUALITY = later("Definitioner"), later("Datakvalitet")
_DEFINITION_WIDTHS = (42, 30, 76, 24, 24)
_QUALITY_WIDTHS = (30, *[19] * 6)
_ALL_METRICS, _LIMITS = later("Alla mått"), later("Inställningarna")  # what rows of no single metric are about
_CHART_WIDTHS = (36, 20, 8, *[8] * 24)


def write(file: Path, report: Report) -> None:
    """Write the workbook: cover, contents, notes, a sheet a section, what was delivered, definitions, quality."""
    figures, metrics, config, quality, run = (
        report.figures,
        report.metrics,
        report.config,
        report.quality,
        report.run,
    )
    period = forms.period(figures.period)
    title = f"{yearly_section.page_title(figures.period)} {forms.period_name(figures.period)}, {config.committee.name}"
    book = Book(title, f"{config.municipality.name}, {period}", config, run)
    sections = _by_section(metrics)
    # Made in the order of their tabs; written in the order that their contents become known.
    cover = book.sheet(front_sheets.COVER, front_sheets.COVER_WIDTHS, period)
    contents = book.sheet(front_sheets.CONTENTS, front_sheets.CONTENTS_WIDTHS, period)
    notes = book.sheet(notes_sheet.NAME, notes_sheet.WIDTHS, period)
    sheets = {
        section: book.sheet(section, section_sheets.widths(of_section, figures), period)
        for section, of_section in sections.items()
    }
    _write_delivered(book, report, period)
    definitions = book.sheet(_DEFINITIONS, _DEFINITION_WIDTHS, period)
    data_quality = book.sheet(_DATA_QUALITY, _QUALITY_WIDTHS, period)
    chart_data = book.sheet(chart_sheet.NAME, _CHART_WIDTHS, period)

    front_sheets.write_cover(cover, title, report, [contents, notes])
    notes_sheet.write(notes, config)
    charts = ChartSheet(chart_data, _months(figures))
    places: dict[str, str] = {}
    for section, sheet in sheets.items():
        context = Context(sheet, figures, config, charts, notes.cell(1, 1))
        places |= section_sheets.write(context, section, sections[section])
    charts.finish()
    _write_definitions(definitions, report)
    _write_quality(data_quality, figures, metrics, config, quality)
    front_sheets.write_contents(contents, figures, sections, places, book.sheets)
    book.save(file)


def _by_section(metrics: Mapping[str, Metric]) -> dict[str, list[Metric]]:
    sections: dict[str, list[Metric]] = {}
    for metric in metrics.values():
        sections.setdefault(metric.section, []).append(metric)
    return sections


def _months(figures: PublicFigures) -> list[str]:
    return [f"{w.ends:%Y-%m}" for w in figures.windows.values() if w.series == "month" and w.kind != "stock"]


def _write_delivered(book: Book, report: Report, period: str) -> None:
    """The sheets of goals, activities, controls and the like, of comments and of revisions."""

    def add(name: str, widths: Sequence[float]) -> Sheet:
        return book.sheet(name, widths, period)

    feedback = feedback_years.part(report)
    tree, activities = goals_section.section(report), activities_section.section(report)
    if feedback is not None:
        feedback_sheet.write(add(feedback_sheet.NAME, feedback_sheet.widths(feedback)), feedback)
    if tree is not None:
        goals_sheet.write(add(goals_sheet.NAME, goals_sheet.WIDTHS), tree)
    if activities is not None:
        activities_sheet.write(add(activities_sheet.NAME, activities_sheet.WIDTHS), activities)
    management_sheets.sheets(book, report)
    compared = comparison_section.section(report)
    if compared is not None:
        comparison_sheet.write(add(comparison_sheet.NAME, comparison_sheet.WIDTHS), report, compared)
    if comments.any_written(report):
        comments.write_sheet(add(comments.SHEET, comments.SHEET_WIDTHS), report)
    revisions_section.write_sheet(add(revisions_section.SHEET, revisions_section.SHEET_WIDTHS), report)


# --- definitions ----------------------------------------------------------------------------------------------------


def _write_definitions(sheet: Sheet, report: Report) -> None:
    """One row a fact, since many facts side by side would be too wide to read."""
    figures, config = report.figures, report.config
    sheet.freeze(rows=3, columns=1)
    sheet.title(_DEFINITIONS)
    of_metrics = [
        (metric.title, method.items(metric, figures, comparison_section.refused(metric, report.comparisons)))
        for metric in report.metrics.values()
    ]
    rows = [(title, label, text) for title, items in of_metrics for label, texts in items for text in texts]
    rows += [(_ALL_METRICS, word, meaning) for word, meaning in terms.concepts(config)]
    rows += [(_LIMITS, label, value) for label, value in terms.limits(config)]
    cells = [[Entry(title, bold=True), Entry(label), Entry(text)] for title, label, text in rows]
    sheet.table("definitioner", [Column(say("Mått")), Column(say("Uppgift")), Column(say("Innehåll"))], cells)
    _write_hidden(sheet, figures, config)


def _write_hidden(sheet: Sheet, figures: PublicFigures, config: Config) -> None:
    shares = hidden_shares.hidden_shares(figures, config)
    sheet.blank()
    sheet.heading(hidden_shares.CAPTION)
    sheet.lines(terms.proved(config))
    columns = [Column(heading) for heading in (hidden_shares.FIRST_COLUMN, *shares.headings)]
    rows = [[Entry(name, bold=True), *(Entry(cell.text) for cell in cells)] for name, cells in shares.rows]
    sheet.table("skyddade", columns, rows)


# --- data quality ---------------------------------------------------------------------------------------------------


def _write_quality(
    sheet: Sheet, figures: PublicFigures, metrics: Mapping[str, Metric], config: Config, quality: Quality
) -> None:
    sheet.freeze(rows=2)
    sheet.title(_DATA_QUALITY)
    sheet.heading(say("Vad som lästes"))
    sheet.lines(faults.EVERY_ROW)
    _write_totals(sheet, quality)
    limit = forms.number(config.limits.rejected_percent, 1)
    sheet.lines(say("Gräns för underkända rader: {limit} % av de lästa i varje utdrag.", limit=limit))
    _write_notes(sheet, say("Varningar"), list(map(faults.warning, quality.warnings)))
    _write_notes(sheet, quality_words.RULES_TITLE, quality_words.exceptions(quality))
    missing = [f"{metrics[name].title}: {why}" for name, why in figures.missing.items()]
    _write_notes(sheet, say("Mått som saknar uppgifter"), missing)
    omitted = [f"{metrics[name].title}: {', '.join(map(str, columns))}" for name, columns in figures.omitted.items()]
    _write_notes(sheet, say("Kolumner som förfinar ett mått men inte har levererats"), omitted)


def _write_totals(sheet: Sheet, quality: Quality) -> None:
    rows = [
        [Entry(extract_name(extract)), *row_cells(total), share_cell(total)]
        for extract, total in quality.totals().items()
    ]
    if rows:
        sheet.table("utdrag", [Column(say("Utdrag")), *row_columns(), share_column()], rows)


def _write_notes(sheet: Sheet, heading: str, notes: list[str]) -> None:
    if notes:
        sheet.blank()
        sheet.heading(heading)
        for note in notes:
            sheet.lines(f"• {note}")
