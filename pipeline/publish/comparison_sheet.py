"""The workbook's sheet *Jämförelser*: each of the report's comparisons as a table, and every year behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.language import later, say
from pipeline.model import Metric
from pipeline.model.comparison import Indicator
from pipeline.publish import comparison_section, exchanged, others, ranks
from pipeline.publish.comparison_section import COLUMN_NAMES, Others, Section
from pipeline.publish.forms import DASH, HIDDEN
from pipeline.publish.observed import ALL, MEN, WOMEN, Observed, made_of
from pipeline.publish.ranks import Ranked
from pipeline.publish.workbook import Sheet
from pipeline.publish.workbook_cells import ANY, EXACT, MUTED, SHARE_NEAR, Column, Entry, Value, numbers

if TYPE_CHECKING:
    from pipeline.publish.report import Report

NAME = comparison_section.TITLE
WIDTHS = (42, 48, 30, 14, 16, 16, 22, 32, 40)
BESIDE, EXCHANGED, NATIONAL, ENDED, YEARS = (
    "jamforelser_matt", "jamforelser_utbyte", "jamforelser_nationella", "jamforelser_nedlagda", "jamforelser_ar",
)  # fmt: skip
METRIC, INDICATOR, HEADING, WHO, VALUE, BASE = (
    later("Mått"),
    later("Nyckeltal"),
    later("Jämförelse"),
    later("Vem"),
    later("Värde"),
    others.BASE,
)
GENDERS = {ALL: later("Alla"), WOMEN: later("Kvinnor eller flickor"), MEN: later("Män eller pojkar")}
_RANK = later("Rang")
_MEDIAN, _YEAR = later("De andras median"), later("År")
_OF_NUMBERS = (*GENDERS.values(), VALUE, _MEDIAN, _YEAR, *COLUMN_NAMES)
_ROWS_AROUND = 6  # a blank row, the heading, the table's headings, and what is as high as two rows

Rows = list[list[Entry | Value]]


def write(sheet: Sheet, report: Report, part: Section) -> None:
    """Fill the sheet; what there is nothing of is left out."""
    told = [(metric, comparison_section.of_metric(metric, report)) for metric in report.metrics.values()]
    of_metrics = [(metric, one) for metric, one in told if one is not None]
    sheet.freeze(rows=2)
    sheet.title(NAME)
    if part.ranks:
        sheet.lines(part.ranks, color=MUTED)
    _beside(sheet, of_metrics)
    _exchanged(sheet, of_metrics)
    _national(sheet, part)
    _table(
        sheet, say("Nedlagda nyckeltal"), ENDED, (say("Nyckeltal"), say("Närmaste mått"), say("Sista år")), _ended(part)
    )
    _years(sheet, report)
    _sources(sheet, part)


def _table(sheet: Sheet, title: str, name: str, headings: tuple[str, ...], rows: Rows) -> None:
    if rows:
        sheet.keep_together(len(rows) + _ROWS_AROUND)
        sheet.blank()
        sheet.heading(title)
        columns = [numbers(one) if one in _OF_NUMBERS else Column(one) for one in headings]
        sheet.table(name, columns, rows, filters=True)


def _beside(sheet: Sheet, of_metrics: list[tuple[Metric, Others]]) -> None:
    """A row a party, our own figure first; what differs stands under the table."""
    rows: Rows = [
        [
            Entry(metric.title), beside.name, Entry(row.name, bold=row.is_own),
            *(by_gender.get(gender, Entry(DASH)) for gender in GENDERS), row.span, _shown(row.made),
            _rank(beside.rank if row.is_ranked else None),
        ]
        for metric, one in of_metrics
        for beside in one.beside
        for row in beside.rows
        for by_gender in [dict(zip(beside.genders, _amounts(row), strict=True))]
    ]  # fmt: skip
    headings = (METRIC, INDICATOR, WHO, *GENDERS.values(), say("Tid"), BASE, _RANK)
    _table(sheet, say("Mått och nationella nyckeltal"), BESIDE, headings, rows)
    for metric, one in of_metrics:
        for beside in one.beside:
            sheet.lines(
                say("{metric} och {other}:", metric=metric.title, other=beside.name),
                bold=True,
            )
            for text in (*beside.differences, *beside.notes, beside.source):
                sheet.lines(f"• {text}")


def _exchanged(sheet: Sheet, of_metrics: list[tuple[Metric, Others]]) -> None:
    rows: Rows = [
        [
            Entry(metric.title), one.heading, Entry(row.name, bold=row.is_own),
            _amount(row.outcome, row.value, one.is_share),
            _amount(one.median, one.middle, one.is_share),
            (one.place or DASH) if row.is_own else DASH,
        ]
        for metric, found in of_metrics
        for one in found.exchanged
        for row in one.rows
    ]  # fmt: skip
    headings = (METRIC, HEADING, WHO, VALUE, _MEDIAN, say("Vår plats"))
    _table(sheet, exchanged.HEADING, EXCHANGED, headings, rows)


def _national(sheet: Sheet, part: Section) -> None:
    rows: Rows = [
        [
            heading, Entry(f"{row.title} ({row.source} {row.indicator_id})"), *_amounts(row), Entry(int(row.year)),
            _rank(row.rank),
        ]
        for heading, under in part.national
        for row in under
    ]  # fmt: skip
    headings = (say("Område"), INDICATOR, *COLUMN_NAMES, _YEAR, _RANK)
    _table(sheet, say("Nationella nyckeltal utan eget mått"), NATIONAL, headings, rows)
    if part.national and part.means:
        sheet.lines(part.means)


def _ended(part: Section) -> Rows:
    return [[Entry(title), metric, year] for title, year, metric in part.ended]


def _years(sheet: Sheet, report: Report) -> None:
    """Every year's value for all, of our municipality and those that it is set beside: numbers to reckon with."""
    rows = [row for indicator in comparison_section.shown_indicators(report) for row in _of_years(indicator)]
    if rows:
        sheet.blank()
        sheet.heading(say("År för år"))
        columns = [
            Column(say("Källa")), Column(INDICATOR), Column(WHO), numbers(say("År")), numbers(VALUE),
            Column(say("Mätenhet")),
            Column(say("Hur värdet är räknat")),
        ]  # fmt: skip
        sheet.table(YEARS, columns, rows, filters=True)


def _of_years(indicator: Indicator) -> Iterator[list[Entry | Value]]:
    told = Observed(indicator)
    for party in told.parties():
        for year in told.years:
            found, amount = told.value(party, year), told.amount(party, year)
            if found is not None:
                shown = Entry(told.written(party, year), color=MUTED) if amount is None else Entry(amount, EXACT)
                source, made = indicator.source.value, made_of(found.party)
                yield [
                    source,
                    indicator.title,
                    party.name,
                    Entry(year),
                    shown,
                    say(indicator.unit) if indicator.unit else DASH,
                    made,
                ]


def _sources(sheet: Sheet, part: Section) -> None:
    sheet.blank()
    sheet.heading(say("Källor"))
    for text in (part.exchange, *part.sources):
        if text:
            sheet.lines(text)
    for name, members in part.groups:
        sheet.lines(f"{name}: {members}.")
    for text in part.warnings:
        sheet.lines(f"• {text}")


def _amounts(row: others.Row | comparison_section.NationalRow) -> list[Entry]:
    return [_amount(text, amount, row.is_share) for text, amount in zip(row.values, row.amounts, strict=True)]


def _amount(text: str, amount: float | None, is_share: bool) -> Entry:
    """A number with as many decimals as it is written with, or the word for why there is none."""
    return _shown(text) if amount is None else Entry(amount, SHARE_NEAR if is_share else ANY)


def _shown(text: str) -> Entry:
    return Entry(text, color=MUTED, bold=True) if text == HIDDEN else Entry(text)


def _rank(one: Ranked | None) -> Entry:
    return Entry(DASH, color=MUTED) if one is None else Entry(ranks.cell(one), color=ranks.color(one.mark), bold=True)
