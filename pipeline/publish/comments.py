"""Which comments stand where, and the workbook's sheet of them. The words are printed by `_comment.html.j2`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.language import later, say, within
from pipeline.model import Level
from pipeline.model.comments import Comment, Remark
from pipeline.publish.workbook_cells import Column, Entry

if TYPE_CHECKING:
    from pipeline.publish.report import Report
    from pipeline.publish.workbook import Sheet

SHEET = later("Kommentarer")
SHEET_WIDTHS = (26, 48, 110)
SUMMARY, PROPOSAL = later("Sammanfattning"), later("Förslag till beslut")
_MEASURE = "measure"  # the metric, and its breakdown, that measured values stand under


def remarks(report: Report, metric_id: str) -> tuple[Remark, ...]:
    """The comments delivered with a metric's values: only where the figure that they are about is shown.

    A comment on a hidden figure could tell what is hidden.
    """
    if metric_id != _MEASURE or metric_id not in report.metrics:
        return ()
    return tuple(remark for remark in report.comments.measured if _is_shown(remark, report))


def write_sheet(sheet: Sheet, report: Report) -> None:
    """Fill the workbook's sheet: one row a comment. Only to be called when `any_written`."""
    sheet.freeze(rows=3)
    sheet.title(SHEET)
    columns = [Column(say("Del av rapporten")), Column(say("Gäller")), Column(say("Kommentar"))]
    rows = ([Entry(part), Entry(about, bold=True), Entry(text)] for part, about, text in _rows(report))
    sheet.table("kommentarer", columns, rows)


def any_written(report: Report) -> bool:
    """Whether there is any comment to put on the sheet."""
    return next(_rows(report), None) is not None


def _rows(report: Report) -> Iterator[tuple[str, str, str]]:
    comments = report.comments
    whole: tuple[tuple[str, Comment | None], ...] = ((SUMMARY, comments.summary), (PROPOSAL, comments.proposal))
    yield from ((part, say("Hela rapporten"), comment.text) for part, comment in whole if comment)
    for metric_id, metric in report.metrics.items():
        if metric_id in comments.metrics:
            yield metric.section, metric.title, comments.metrics[metric_id].text
        for remark in remarks(report, metric_id):
            yield metric.section, f"{remark.measure}, {remark.unit}", remark.text
    yield from ((within("goal", "Mål"), goal, comment.text) for goal, comment in comments.goals.items())


def _is_shown(remark: Remark, report: Report) -> bool:
    figures, metric = report.figures, report.metrics[_MEASURE]
    found = [
        figures.get(metric, one, level=Level.UNIT, org=remark.unit, breakdown=_MEASURE, category=remark.measure)
        for one in metric.statistics
    ]
    shown = [figure for figure in found if figure is not None]
    return bool(shown) and not any(figure.suppressed for figure in shown)
