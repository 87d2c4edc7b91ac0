"""bevakning/<unit>.xlsx: what a unit's manager is to look at, one workbook a unit. Secret: case ids."""

from __future__ import annotations

from pathlib import Path

from pipeline.config import Config
from pipeline.model import RunInfo
from pipeline.model.cases import Watch, WatchRow
from pipeline.publish import ivo_words, marks, watch_words
from pipeline.publish.safe_names import file_names
from pipeline.publish.watch_words import Urgency
from pipeline.publish.workbook import Book
from pipeline.publish.workbook_cells import ALARM, COUNT, DAY, MUTED, Column, Entry, Value, broken_lines, color, numbers

FOLDER = "bevakning"
_NEAR = color("status", "light", "near")
_COLUMNS = (
    (Column("Läge"), 16),
    (numbers("Dagar kvar (minus: över)"), 11),
    (Column("Vad"), 34),
    (Column("Ärende-ID"), 16),
    (Column("Gäller"), 21),
    (Column("Område"), 21),
    (Column("Sedan"), 12),
    (Column("Senast"), 12),
    (Column("Upplysning"), 36),
    (Column("Att göra"), 42),
    (Column("Lagrum"), 34),
)
_TITLE_ROWS = 2


def write(folder: Path, found: Watch, config: Config, run: RunInfo, period_name: str) -> None:
    """Make the folder, readable by its owner alone, with a workbook for every unit that has anything to look at.

    The folder must be new: nothing that stands there is taken away.
    """
    folder.mkdir(mode=0o700)
    for unit, name in names(found, run).items():
        file = folder / name
        _write_unit(file, unit, found, config, run, period_name)
        file.chmod(0o600)


def names(found: Watch, run: RunInfo) -> dict[str, str]:
    """The workbook's name for every unit that has one."""
    return file_names(watch_words.units(found), f"{marks.DEMO_SUFFIX if run.demo else ''}.xlsx")


def _write_unit(file: Path, unit: str, found: Watch, config: Config, run: RunInfo, period_name: str) -> None:
    rows = found.rows.get(unit, ())
    head = watch_words.head(unit, found)
    book = Book(f"Bevakning {unit}", "Ärenden som har passerat en gräns eller är nära den", config, run)
    widths = [width for _, width in _COLUMNS]
    sheet = book.sheet("Bevakning", widths, period_name)
    above = _TITLE_ROWS + sum(len(broken_lines(text, widths)) for text, _ in head)
    sheet.freeze(rows=above + 2 if rows else _TITLE_ROWS)  # a blank row and the headings
    sheet.title(f"Bevakning: {unit}")
    for text, alarm in head:
        sheet.lines(text, color=ALARM if alarm else MUTED, bold=alarm)
    sheet.blank()
    if rows:
        sheet.table("bevakning", [column for column, _ in _COLUMNS], [_cells(row) for row in rows], filters=True)
    book.save(file)


def _cells(row: WatchRow) -> list[Entry | Value]:
    return [
        _state(row),
        Entry("" if row.days_left is None else row.days_left, COUNT),
        row.demand,
        row.case_id,
        row.subject,
        row.area,
        Entry(row.since or "", DAY),
        Entry(row.limit or "", DAY),
        row.note,
        row.todo,
        ivo_words.cited(row.law),
    ]


def _state(row: WatchRow) -> Entry:
    """Word first: `12 dagar över`, `5 dagar kvar`."""
    urgency, word = watch_words.urgency(row), watch_words.state(row)
    if urgency is Urgency.NO_DAY:
        return Entry(word)
    is_over = urgency is Urgency.OVER
    return Entry(word, color=ALARM if is_over else _NEAR, bold=is_over or row.days_left == 0)
