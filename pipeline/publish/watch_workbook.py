"""bevakning/<unit>.xlsx: what a unit's manager is to look at, one workbook a unit. Secret: case ids."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.config import Config
from pipeline.model import EXTRACT_NAMES, RunInfo, swedish_order
from pipeline.model.cases import Watch, WatchRow
from pipeline.publish import forms, ivo_words, marks
from pipeline.publish.safe_names import file_names
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
_OLD = "Utdraget med {name} är från {day}: det som hänt därefter syns inte."
_UNFLAGGED = (
    "Utdraget med {names} visar inte vilka som har skyddade personuppgifter. Kontrollera det innan listan lämnas"
    " vidare."
)


def write(folder: Path, found: Watch, config: Config, run: RunInfo, period_name: str) -> None:
    """Make the folder, readable by its owner alone, with a workbook for every unit that has anything to look at.

    The folder must be new: nothing that stands there is taken away.
    """
    folder.mkdir(mode=0o700)
    units = sorted(set(found.rows) | {unit for unit, count in found.left_out.items() if count}, key=swedish_order)
    ending = f"{marks.DEMO_SUFFIX if run.demo else ''}.xlsx"
    for unit, name in file_names(units, ending).items():
        file = folder / name
        _write_unit(file, unit, found, config, run, period_name)
        file.chmod(0o600)


def _write_unit(file: Path, unit: str, found: Watch, config: Config, run: RunInfo, period_name: str) -> None:
    rows = found.rows.get(unit, ())
    head = _head(unit, found, rows)
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


def _head(unit: str, found: Watch, rows: Sequence[WatchRow]) -> list[tuple[str, bool]]:
    """What stands above the table: a text, and whether it warns."""
    over = sum(row.days_left is not None and row.days_left < 0 for row in rows)
    near = sum(row.days_left is not None and row.days_left >= 0 for row in rows)
    told = [
        (
            f"Läget enligt utdragen {forms.day(found.as_of)}: {forms.counted(over, 'rad', 'rader')} över en gräns,"
            f" {forms.number(near)} nära en gräns, {forms.number(len(rows) - over - near)} att granska av andra skäl."
            " Samma ärende kan stå på flera rader.",
            False,
        ),
        ("Endast för enhetens chef: listan omfattas av sekretess. Personen hittar du i verksamhetssystemet.", False),
    ]
    left_out = found.left_out.get(unit, 0)
    if left_out:
        rest = "visas inte här. Bevaka dem i verksamhetssystemet."
        told.append((f"{forms.counted(left_out, 'rad', 'rader')} om personer med skyddade uppgifter {rest}", True))
    if found.unflagged:
        names = forms.listed([EXTRACT_NAMES[name] for name in found.unflagged])
        told.append((_UNFLAGGED.format(names=names), True))
    for name, day in (found.old or {}).items():
        told.append((_OLD.format(name=EXTRACT_NAMES[name], day=forms.day(day)), True))
    told += [(f"Listan saknas – {text}", True) for text in found.lacking]
    return told


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
    if row.days_left is None:
        return Entry("att granska")
    if row.days_left < 0:
        return Entry(f"{forms.days(-row.days_left, forms.number(-row.days_left))} över", color=ALARM, bold=True)
    if row.days_left == 0:
        return Entry("sista dagen", color=_NEAR, bold=True)
    return Entry(f"{forms.days(row.days_left, forms.number(row.days_left))} kvar", color=_NEAR)
