"""The monthly numbers of a metric, with a native line chart beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.language import say
from pipeline.model import Break, Figure, Figures, Metric, Statistic
from pipeline.periods import Window
from pipeline.publish import forms, system_changes, words
from pipeline.publish.chart_sheet import ChartSheet
from pipeline.publish.figure_cells import measured, measured_headings, units, value
from pipeline.publish.forms import DASH
from pipeline.publish.workbook import Sheet
from pipeline.publish.workbook_cells import COUNT, SHARE, Column, Entry, numbers
from pipeline.publish.workbook_charts import Limit, Line, line_chart

ROWS_AROUND = 5  # blank, heading, the columns' headings
CM_A_UNIT = 0.19  # of column width
_NARROWEST_CM, _HEIGHT_CM = 14.0, 9.5

Series = Mapping[str, Sequence[Figure | None]]


def write(sheet: Sheet, charts: ChartSheet, figures: Figures, metric: Metric, lines: Sequence[Figure]) -> None:
    """A table with a row a month, and a chart with a line for each of the figures that the metric is known by."""
    months = [w for w in figures.windows.values() if w.series == "month" and (w.kind != "stock") == metric.flow]
    if not months or not lines:
        return
    series = {_name(metric, line): _course(figures, metric, line, months) for line in lines}
    if not any(figure and (figure.suppressed or figure.denominator) for course in series.values() for figure in course):
        return
    breaks = figures.breaks_in(metric, [month for month in months if figures.is_covered(metric, month)])
    sheet.keep_together(len(months) + ROWS_AROUND)
    sheet.blank()
    sheet.heading(say("Månad för månad") if metric.flow else say("Den sista dagen i varje månad"), size=11)
    if breaks:
        sheet.lines(system_changes.told(breaks))
    top = sheet.row
    columns = [*_columns(metric, series), *([Column(say("Byte av system"))] if breaks else [])]
    rows = [
        [Entry(_month(month)), *_cells(figures, metric, series, at), *_changed(breaks, month)]
        for at, month in enumerate(months)
    ]
    sheet.table(f"{metric.metric_id}_manad", columns, rows)
    _write_chart(sheet, charts, metric, series, (len(columns) + 1, top), breaks)


def _name(metric: Metric, figure: Figure) -> str:
    key = figure.key
    return words.category(metric, key.breakdown, key.category) if key.category else say("Utfall")


def _course(figures: Figures, metric: Metric, figure: Figure, months: Sequence[Window]) -> list[Figure | None]:
    """None for a month that the extracts do not cover: what it lacks would look like a change."""
    return [
        figures.figures.get(replace(figure.key, window=month.window_id)) if figures.is_covered(metric, month) else None
        for month in months
    ]


def _columns(metric: Metric, series: Series) -> list[Column]:
    by_category = [f"{name} ({units(metric)[0]})" for name in series]
    headings = by_category if metric.headline_by else measured_headings(metric)
    return [Column(say("Månad")), *map(numbers, headings)]


def _cells(figures: Figures, metric: Metric, series: Series, at: int) -> list[Entry]:
    if metric.headline_by:
        return [value(course[at]) for course in series.values()]
    (only,) = series.values()
    figure = only[at]
    return [value(None) for _ in measured_headings(metric)] if figure is None else measured(figures, metric, figure)


def _changed(breaks: Sequence[Break], month: Window) -> list[Entry]:
    return [Entry(forms.capital(system_changes.in_month(breaks, month)) or DASH)] if breaks else []


def _month(window: Window) -> str:
    return forms.day(window.ends) if window.kind == "stock" else forms.capital(forms.month(window.ends))


def _write_chart(
    sheet: Sheet, charts: ChartSheet, metric: Metric, series: Series, corner: tuple[int, int], breaks: Sequence[Break]
) -> None:
    if not any(_point(figure) is not None for course in series.values() for figure in course):
        return
    is_share = metric.judged is Statistic.SHARE
    unit, number_format = units(metric)[0], SHARE if is_share else COUNT
    lines = []
    for name, points, limit in _lines(metric, series):
        place = charts.add(metric.title, name, unit, points, number_format)
        lines.append(Line(name, place.name, place.values, points, limit))
    axis_title = say("Andel") if is_share else forms.capital(unit)
    months = charts.months, charts.months_place
    chart = line_chart(metric.question, axis_title, months, lines, is_share=is_share, number_format=number_format)
    column, row = corner
    size = max(_NARROWEST_CM, sheet.width_from(column) * CM_A_UNIT - 1), _HEIGHT_CM
    told = (
        say("Linjediagram."),
        metric.question,
        system_changes.told(breaks),
        say("Siffrorna står i tabellen till vänster."),
    )
    sheet.chart(chart, column, row, size, " ".join(str(part) for part in told if part))


def _lines(metric: Metric, series: Series) -> Iterator[tuple[str, list[float | None], Limit]]:
    """What is measured, and the limits it is read against: name, a point or None for each month, kind of limit."""
    for name, course in series.items():
        yield name, [_point(figure) for figure in course], ""
    months = len(next(iter(series.values())))
    demanded = words.law_demands(metric, metric.judged)
    if demanded is not None:
        yield say("Lagkrav"), [demanded] * months, "law"
        return
    for name, course in series.items():
        targets = [figure.target if figure else None for figure in course]
        if any(target is not None for target in targets):
            yield say("Mål, {name}", name=name) if metric.headline_by else say("Mål"), targets, "target"
    if metric.limit_days is not None and metric.judged.is_distribution:
        yield metric.limit_name, [float(metric.limit_days)] * months, "law"


def _point(figure: Figure | None) -> float | None:
    return None if figure is None or figure.suppressed or figure.value is None else words.exact_value(figure)
