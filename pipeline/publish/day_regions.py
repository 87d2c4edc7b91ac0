"""A metric's bands of days on its section's sheet: how long it took, and what share was not done yet.

One table for all that the metric is told by; a chart of bars for each of them that has no hidden band, since a program
draws the hidden mark as zero.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.language import later, say
from pipeline.model import Figure, Figures, Metric
from pipeline.publish import day_bands, day_charts, forms, words
from pipeline.publish.day_bands import Bar
from pipeline.publish.forms import DASH, HIDDEN
from pipeline.publish.month_regions import CM_A_UNIT, ROWS_AROUND
from pipeline.publish.workbook import Sheet
from pipeline.publish.workbook_cells import COUNT, MUTED, SHARE, Column, Entry, numbers
from pipeline.publish.workbook_charts import bar_chart

SPREAD, COURSE = "dagar", "kvar"  # how the tables' names end
AFTER, LEFT, SHARE_OF_ALL = later("Efter (dagar)"), later("Återstår (%)"), later("Andel (%)")
_CHART_CM = (8.2, 6.5)
_CHART_ROWS = 16  # ordinary rows beside a chart
_SIDE_BY_SIDE = 2  # charts; more would widen the paper, and a stack of them would not fit on it


def write(sheet: Sheet, figures: Figures, metric: Metric, known_by: Sequence[Figure]) -> None:
    """Both regions, where there is anything to show."""
    parts = {figure.key.category: day_bands.bars(metric, figures, figure.key.category) for figure in known_by}
    _spread(sheet, figures, metric, {of: found for of, found in parts.items() if found})
    courses = {figure.key.category: day_bands.points(metric, figures, figure.key.category) for figure in known_by}
    _course(sheet, figures, metric, {of: found for of, found in courses.items() if found})


def _spread(sheet: Sheet, figures: Figures, metric: Metric, parts: dict[str, list[Bar]]) -> None:
    if not parts:
        return
    rows = [[*_of(metric, of), *_cells(bar)] for of, found in parts.items() for bar in found]
    whole = {of: found for of, found in parts.items() if all(bar.number is not None for bar in found)}
    sheet.keep_together(max(len(rows), _chart_rows(len(whole))) + ROWS_AROUND)
    _head(sheet, day_bands.SPREAD_QUESTION, day_bands.spread_measure(metric, figures))
    counted = say("{name} (antal)", name=forms.capital(words.many(metric)))
    columns = [*_of_columns(metric), Column(day_bands.DAYS), numbers(counted), numbers(SHARE_OF_ALL)]
    first = sheet.row + 1
    sheet.table(f"{metric.metric_id}_{SPREAD}", columns, rows)
    _charts(sheet, metric, parts, whole, first, len(columns))
    for of, found in parts.items():
        told = day_bands.beyond(metric, found)
        if told:
            sheet.lines(f"{_name(metric, of)}: {told}" if of else told)
    if len(whole) < len(parts):
        sheet.lines(day_bands.MISSING_BARS, color=MUTED)


def _charts(
    sheet: Sheet, metric: Metric, parts: dict[str, list[Bar]], whole: dict[str, list[Bar]], first: int, columns: int
) -> None:
    """A chart for each part without hidden bands, beside the table."""
    row, drawn = first, 0
    for of, found in parts.items():
        last = row + len(found) - 1
        if of in whole:
            names, values = (
                f"{sheet.cell(column, row)}:{sheet.cell(column, last).rpartition('!')[2]}"
                for column in (columns - 2, columns - 1)
            )
            title = f"{day_bands.SPREAD_QUESTION} {_name(metric, of)}".strip()
            chart = bar_chart(
                title,
                (say("dagar"), words.many(metric)),
                ([day_charts.band_name(bar.band) for bar in found], names),
                ([bar.number or 0 for bar in found], values),
            )
            told = f"{say('Stapeldiagram.')} {title} {say('Siffrorna står i tabellen till vänster.')}"
            under, beside = divmod(drawn, _SIDE_BY_SIDE)
            column = sheet.column_after(columns + 1, beside * _CHART_CM[0] / CM_A_UNIT)
            sheet.chart(chart, column, first - 1 + under * _CHART_ROWS, _CHART_CM, told)
            drawn += 1
        row = last + 1
    sheet.make_room(first - 1 + _chart_rows(drawn))


def _chart_rows(charts: int) -> int:
    return -(-charts // _SIDE_BY_SIDE) * _CHART_ROWS


def _course(sheet: Sheet, figures: Figures, metric: Metric, parts: dict[str, list[tuple[int, float]]]) -> None:
    if not parts:
        return
    rows = [
        [*_of(metric, of), Entry(day, COUNT), Entry(share, SHARE)]
        for of, found in parts.items()
        for day, share in found
    ]
    sheet.keep_together(len(rows) + ROWS_AROUND)
    _head(sheet, day_bands.COURSE_QUESTION, day_bands.course_measure(figures))
    sheet.table(f"{metric.metric_id}_{COURSE}", [*_of_columns(metric), numbers(AFTER), numbers(LEFT)], rows)
    if any(day_bands.is_cut(metric, found) for found in parts.values()):
        sheet.lines(day_bands.CUT_COURSE, color=MUTED)


def _head(sheet: Sheet, question: str, measure: str) -> None:
    sheet.blank()
    sheet.heading(question, size=11)
    sheet.lines(measure, color=MUTED)


def _of_columns(metric: Metric) -> list[Column]:
    return [Column(words.breakdown_title(metric, metric.headline_by))] if metric.headline_by else []


def _of(metric: Metric, of: str) -> list[Entry]:
    return [Entry(_name(metric, of))] if metric.headline_by else []


def _name(metric: Metric, of: str) -> str:
    return words.category(metric, metric.headline_by, of) if of else ""


def _cells(bar: Bar) -> list[Entry]:
    hidden = Entry(HIDDEN, color=MUTED, bold=True)
    if bar.number is None:
        return [Entry(day_charts.band_name(bar.band)), hidden, hidden]
    share = Entry(DASH, color=MUTED) if bar.share is None else Entry(bar.share, SHARE)
    return [Entry(day_charts.band_name(bar.band)), Entry(bar.number, COUNT), share]
