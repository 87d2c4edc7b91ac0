"""The workbook's sheet *Mål*: the goal tree as one table, a row a measure."""

from __future__ import annotations

from pipeline.language import later, later_within
from pipeline.publish.figure_cells import told
from pipeline.publish.forms import DASH
from pipeline.publish.goals_section import Tree
from pipeline.publish.workbook import Sheet
from pipeline.publish.workbook_cells import Column, Entry, numbers

NAME = later_within("goals", "Mål")
WIDTHS = (34, 34, 40, 40, 22, 16, 18, 24, 16, 28)
_COLUMNS = (
    Column(later("Inriktningsmål")),
    Column(later("Effektmål")),
    Column(later("Leveransmål")),
    Column(later("Mått")),
    Column(later("Område eller enhet")),
    numbers(later("Mål")),
    numbers(later("Utfall")),
    Column(later("Tid")),
    numbers(later("n av N")),
    Column(later("Status")),
)


def write(sheet: Sheet, tree: Tree) -> None:
    """Fill the sheet; every row repeats the goals above it, so that the table can be sorted and filtered."""
    sheet.freeze(rows=2)
    sheet.title(NAME)
    sheet.lines(tree.summary)
    sheet.blank()
    rows = [
        [
            Entry(branch.text),
            Entry(effect.text),
            Entry(delivery.text, bold=True),
            Entry(row.title),
            Entry(row.whose or DASH),
            Entry(row.target),
            Entry(row.outcome, bold=True),
            Entry(row.period),
            Entry(row.base),
            told(row.verdict),
        ]
        for branch, effect, delivery, row in tree.rows()
    ]
    sheet.table("mal", _COLUMNS, rows, filters=True)
