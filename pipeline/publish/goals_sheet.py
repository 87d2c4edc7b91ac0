"""The workbook's sheet *Mål*: the goal tree as one table, a row a measure, with its figures as numbers."""

from __future__ import annotations

from pipeline.language import later, later_within
from pipeline.publish.figure_cells import base, format_of, told, unit_of, value
from pipeline.publish.forms import DASH
from pipeline.publish.goals_section import Row, Tree
from pipeline.publish.workbook import Sheet
from pipeline.publish.workbook_cells import EXACT, MUTED, Column, Entry, numbers

NAME = later_within("goals", "Mål")
WIDTHS = (30, 30, 36, 38, 24, 11, 11, 13, 12, 22, 12, 12, 28)
_COLUMNS = (
    Column(later("Inriktningsmål")),
    Column(later("Effektmål")),
    Column(later("Leveransmål")),
    Column(later("Mått")),
    Column(later("Område eller enhet")),
    Column(later("Riktning")),
    numbers(later("Mål")),
    numbers(later("Utfall")),
    Column(later("Mätenhet")),
    Column(later("Tid")),
    numbers(later("n, täljare (antal)")),
    numbers(later("N, nämnare (antal)")),
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
            Entry(row.direction or DASH),
            _target(row),
            *_figure(row),
            told(row.verdict),
        ]
        for branch, effect, delivery, row in tree.rows()
    ]
    sheet.table("mal", _COLUMNS, rows, filters=True)


def _target(row: Row) -> Entry:
    statistic = row.aim.statistic
    return Entry(row.amount, EXACT if statistic is None else format_of(statistic, row.amount))


def _figure(row: Row) -> list[Entry]:
    """Outcome, unit, time, and n and N; dashes where nothing is judged."""
    none = Entry(DASH, color=MUTED)
    if row.figure is None or row.metric is None:
        return [none] * 5
    return [value(row.figure), Entry(unit_of(row.metric, row.figure)), Entry(row.period), *base(row.figure)]
