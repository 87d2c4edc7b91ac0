"""The workbook's sheet *Aktiviteter*: the activities by goal, and the figures that they are to move."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.language import later, later_within, say
from pipeline.publish.activities_section import Activities, Decision
from pipeline.publish.figure_cells import told
from pipeline.publish.forms import DASH
from pipeline.publish.workbook import Sheet
from pipeline.publish.workbook_cells import Column, Entry

NAME = later("Aktiviteter")
WIDTHS = (40, 44, 24, 26, 24, 24, 26, 12, 48)
_ACTIVITIES = (
    Column(later_within("goal", "Mål")),
    Column(later("Aktivitet")),
    Column(later("Enhet")),
    Column(later("Målets status")),
    Column(later("Hur den har bestämts")),
    Column(later("Aktivitetens status")),
    Column(later("Klart senast")),
    Column(later("Försenad")),
    Column(later("Ansvarig och kommentar")),
)
_MOVED = (
    Column(later("Det ni beslutade")),
    Column(later("Det som gjordes")),
    Column(later("Följs sedan")),
    Column(later("Mått")),
    Column(later("Före")),
    Column(later("Tid före")),
    Column(later("Nu")),
    Column(later("Tid nu")),
    Column(later("Förändring")),
)


def write(sheet: Sheet, activities: Activities) -> None:
    """Fill the sheet: a row an activity, then a row for each figure that activities are to move."""
    sheet.freeze(rows=2)
    sheet.title(NAME)
    sheet.lines(activities.summary)
    sheet.blank()
    sheet.table("aktiviteter", _ACTIVITIES, list(_rows(activities)), filters=True)
    moved = [row for decision in activities.decisions for row in _moved(decision)]
    if moved:
        sheet.blank()
        sheet.heading(say("Från beslut till siffra"))
        sheet.lines(activities.note)
        sheet.table("beslut_till_siffra", _MOVED, moved)


def _rows(activities: Activities) -> Iterator[list[Entry]]:
    for goal in activities.goals:
        for row in goal.rows:
            said = [part for part in (row.responsible, row.comment) if part and part != DASH]
            yield [
                Entry(goal.text, bold=True),
                Entry(row.text),
                Entry(row.unit),
                told(goal.verdict),
                Entry(goal.how),
                told(row.verdict),
                Entry(row.due),
                Entry(say("ja") if row.is_late else say("nej")),
                Entry(". ".join(said) or DASH),
            ]


def _moved(decision: Decision) -> Iterator[list[Entry]]:
    done = "\n".join(f"{one.text}: {one.verdict.word}" for one in decision.done)
    for moved in decision.moved:
        yield [
            Entry(decision.goal, bold=True),
            Entry(done),
            Entry(decision.since),
            Entry(moved.title),
            Entry(moved.then),
            Entry(moved.then_when or DASH),
            Entry(moved.now, bold=True),
            Entry(moved.now_when or DASH),
            Entry(moved.change or DASH),
        ]
