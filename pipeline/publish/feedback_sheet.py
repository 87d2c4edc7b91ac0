"""The workbook's sheet of all years' feedback: the page's tables, a year a column."""

from __future__ import annotations

from pipeline.language import later, say
from pipeline.publish import forms
from pipeline.publish.feedback_years import FeedbackYears
from pipeline.publish.forms import DASH, HIDDEN
from pipeline.publish.workbook import Sheet
from pipeline.publish.workbook_cells import COUNT, MUTED, Column, Entry, numbers

NAME = later("Synpunkter alla år")
_NAME_WIDTH, _YEAR_WIDTH = 40, 12


def widths(part: FeedbackYears) -> tuple[float, ...]:
    """The columns' widths: names, then a column a year."""
    return _NAME_WIDTH, *[_YEAR_WIDTH] * len(part.years)


def write(sheet: Sheet, part: FeedbackYears) -> None:
    """Fill the sheet: one titled table a region."""
    sheet.freeze(rows=2)
    sheet.title(part.title)
    for table in part.tables:
        sheet.blank()
        sheet.heading(table.caption, size=11)
        columns = [Column(table.first_column), *(numbers(say("{year} (antal)", year=year)) for year in part.years)]
        rows = [[Entry(name), *map(_count, counts)] for name, counts in table.rows]
        sheet.table(table.table_id.replace("-", "_"), columns, rows)


def _count(text: str) -> Entry:
    if text in (HIDDEN, DASH):
        return Entry(text, color=MUTED)
    return Entry(int(text.replace(forms.NBSP, "")), COUNT)
