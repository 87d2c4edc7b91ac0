"""A section's sheet: each metric's outcome, months with a chart, breakdowns and units, one titled table a region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.config import Config
from pipeline.language import later, say
from pipeline.model import Figure, Figures, Level, Metric, Statistic
from pipeline.periods import Window
from pipeline.publish import day_regions, forms, method, month_regions, notes_sheet, sentences, summary, words
from pipeline.publish.chart_sheet import ChartSheet
from pipeline.publish.figure_cells import cells, columns, is_aimed_at, told_together, value
from pipeline.publish.workbook import Sheet
from pipeline.publish.workbook_cells import MUTED, Column, Entry, numbers

if TYPE_CHECKING:
    from pipeline.disclosure import PublicFigures

_LABEL_WIDTH, _NARROWEST_NUMBER, _TEXT_WIDTHS = 36, 15, (22, 18, 28)
_NUMBER_COLUMNS = 6

_OUTCOME = later("Utfall")
Row = tuple[str, Figure]


@dataclass(frozen=True)
class Context:
    """What every region of a section's sheet is written from."""

    sheet: Sheet
    figures: PublicFigures
    config: Config
    charts: ChartSheet
    notes: str  # where the sheet of notes begins


def widths(metrics: Sequence[Metric], figures: Figures) -> tuple[float, ...]:
    """The columns' widths in a section: wide enough for the longest word among the categories that head columns."""
    told_by = [m for m in metrics if m.headline_by and not summary.is_listed(m)]
    categories = (f.key.category for m in told_by for f in figures.breakdown(m, m.headline_by))
    longest = max((len(word) for category in categories for word in category.split()), default=0)
    return _LABEL_WIDTH, *[max(_NARROWEST_NUMBER, longest)] * _NUMBER_COLUMNS, *_TEXT_WIDTHS


def write(context: Context, section: str, metrics: Sequence[Metric]) -> dict[str, str]:
    """Fill a section's sheet; returns each metric's place in it, for the contents."""
    sheet = context.sheet
    sheet.freeze(rows=2)
    sheet.title(section)
    notes_sheet.refer(sheet, context.config, context.notes)
    places = {}
    for number, metric in enumerate(metrics):
        sheet.blank()
        if number:
            sheet.page_break()
        places[metric.metric_id] = sheet.heading(metric.title, size=14)
        _write_metric(context, metric)
    return places


def _write_metric(context: Context, metric: Metric) -> None:
    known_by = _known_by(context, metric)
    _write_words(context, metric)
    _write_outcome(context, metric, known_by)
    if metric.metric_id in context.figures.missing:
        return
    _write_extras(context, metric)
    if not summary.is_listed(metric):
        month_regions.write(context.sheet, context.charts, context.figures, metric, known_by)
        day_regions.write(context.sheet, context.figures, metric, known_by)
    _write_breakdowns(context, metric)
    _write_organisation(context, metric)


def _known_by(context: Context, metric: Metric) -> list[Figure]:
    """The committee's figure, or one a category where a total over everything would mislead."""
    if metric.headline_by and metric.metric_id not in context.figures.missing:
        found = context.figures.breakdown(metric, metric.headline_by)
        return [summary.as_delivered(metric, figure, context.figures) for figure in found]
    figure = context.figures.get(metric)
    return [] if figure is None else [figure]


def _write_words(context: Context, metric: Metric) -> None:
    figures, sheet = context.figures, context.sheet
    for headline in summary.headlines(metric, figures):
        told = sentences.together(metric, headline.figure, figures)
        sheet.lines(f"{headline.figure.key.category}: {told}" if headline.figure.key.category else told)
    for label, text in method.definition(metric):
        sheet.lines(f"{label}: {forms.inside(text)}", color=MUTED)


def _write_outcome(context: Context, metric: Metric, known_by: Sequence[Figure]) -> None:
    rows: list[Row] = []
    for figure in known_by:
        category = words.category(metric, metric.headline_by, figure.key.category)
        for window in _own_windows(context, metric):
            in_window = context.figures.figures.get(replace(figure.key, window=window.window_id))
            if in_window is not None:
                label = f"{category}. {forms.window_label(window)}" if category else _window_text(window)
                rows.append((label, in_window))
    _write_region(context, metric, _OUTCOME, say("Tid"), "utfall", rows)


def _write_extras(context: Context, metric: Metric) -> None:
    """Statistics of another kind than the judged one, each a row and each window a column."""
    extras = [statistic for statistic in metric.statistics if statistic not in told_together(metric)]
    if not extras or metric.headline_by:  # what must not be told of the total is not told beside it either
        return
    own = _own_windows(context, metric)
    rows = []
    for statistic in extras:
        found = [context.figures.get(metric, statistic, window.window_id) for window in own]
        rows.append([Entry(_extra_name(statistic)), *map(value, found)])
    context.sheet.blank()
    context.sheet.heading(say("Därtill"), size=11)
    headings = [Column(say("Uppgift")), *(numbers(forms.window_label(window)) for window in own)]
    context.sheet.table(f"{metric.metric_id}_dartill", headings, rows)


def _extra_name(statistic: Statistic) -> str:
    # A wait is in days whatever the metric itself is measured in.
    unit = say("dagar") if statistic is Statistic.LONGEST_WAIT else "%" if statistic.is_share else say("antal")
    return f"{forms.capital(words.STATISTICS[statistic])} ({unit})"


def _write_breakdowns(context: Context, metric: Metric) -> None:
    # By anything else than its own breakdown, the total that must not be told would be told in parts.
    for cut in () if metric.headline_by else metric.breakdowns:
        found = context.figures.breakdown(metric, cut)
        rows = [(words.category(metric, cut, figure.key.category), figure) for figure in found]
        _write_compared(context, metric, words.breakdown_title(metric, cut), cut, rows)


def _write_organisation(context: Context, metric: Metric) -> None:
    label = context.config.committee.programme_label
    for level, title in ((Level.PROGRAMME, label), (Level.UNIT, say("Enhet"))):
        rows = _organised(context, metric, level)
        _write_compared(context, metric, title, f"niva{level.value}", rows)


def _organised(context: Context, metric: Metric, level: Level) -> list[Row]:
    """Each programme or unit; of a listed metric each of its questions, controls or measures that has anything."""
    if not summary.is_listed(metric):
        return [(figure.key.org, figure) for figure in context.figures.by_org(metric, level)]
    found = context.figures.by_org(metric, level, breakdown=metric.headline_by)
    told = [summary.as_delivered(metric, figure, context.figures) for figure in found]
    return [(f"{f.key.org}: {f.key.category}", f) for f in told if f.suppressed or f.denominator]


def _write_compared(context: Context, metric: Metric, title: str, name: str, rows: Sequence[Row]) -> None:
    """A region of those that have something to measure; the others are only named."""
    told = [row for row in rows if not _has_nothing(row[1])]
    with_aim = any(is_aimed_at(metric, figure) for _, figure in told)
    _write_region(context, metric, title, title, name, told, with_aim=with_aim)
    without = [label for label, figure in rows if _has_nothing(figure)]
    if len(without) < len(rows) and without:
        context.sheet.lines(f"{forms.capital(words.NOTHING)}: {forms.listed(without)}.", color=MUTED)


def _has_nothing(figure: Figure) -> bool:
    is_count = Statistic(figure.key.statistic).is_count
    return not is_count and not figure.suppressed and not figure.denominator


def _write_region(
    context: Context,
    metric: Metric,
    title: str,
    first_heading: str,
    name: str,
    rows: Sequence[Row],
    *,
    with_aim: bool = True,
) -> None:
    if not rows:
        return
    sheet, figures = context.sheet, context.figures
    sheet.keep_together(len(rows) + month_regions.ROWS_AROUND)
    sheet.blank()
    sheet.heading(_region_title(context, title, rows), size=11)
    # Not everything is computed for last year; columns without anything in them are left out.
    has_change = any(words.change_since_last_year(figures, figure) for _, figure in rows)
    body = [
        [Entry(label), *cells(figures, metric, figure, with_aim=with_aim, with_change=has_change)]
        for label, figure in rows
    ]
    headings = [Column(first_heading), *columns(metric, with_aim=with_aim, with_change=has_change)]
    sheet.table(f"{metric.metric_id}_{name}", headings, body)


def _region_title(context: Context, title: str, rows: Sequence[Row]) -> str:
    windows = {figure.key.window for _, figure in rows}
    if title == _OUTCOME or len(windows) > 1:
        return title
    return f"{title}, {forms.inside(_window_text(context.figures.windows[windows.pop()]))}"


def _own_windows(context: Context, metric: Metric) -> list[Window]:
    return [w for w in context.figures.windows.values() if w.series == "report" and (w.kind != "stock") == metric.flow]


def _window_text(window: Window) -> str:
    """`Tertial 2 (maj–augusti 2026)`, `Läget (31 augusti 2026)`."""
    return f"{forms.window_label(window)} ({forms.window(window)})"
