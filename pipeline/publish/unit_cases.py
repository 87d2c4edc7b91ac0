"""A unit's cases to act on, one group a demand: what to do and why is told once, then case by case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.cases import Watch, WatchRow
from pipeline.publish import forms, watch_words
from pipeline.publish.watch_words import Tally, Urgency

MOST_LISTED = 100  # cases of a demand on the page; the workbook holds all of them


@dataclass(frozen=True)
class Case:
    """A case, ready to print."""

    state: str
    urgency: Urgency
    case_id: str
    subject: str
    area: str
    since: str
    limit: str
    note: str


@dataclass(frozen=True)
class Demand:
    """The cases of a unit that a demand is of. `has_*`: whether any of them tells its area, days and notes."""

    anchor: str
    title: str
    tally: Tally
    todo: str
    law: tuple[str, ...]
    cases: tuple[Case, ...]
    rest: str
    has_area: bool
    has_since: bool
    has_limit: bool
    has_note: bool


def demands(unit: str, found: Watch) -> list[Demand]:
    """The demands that any of the unit's cases is of, those with the most urgent case first."""
    grouped: dict[str, list[WatchRow]] = {}
    for row in found.rows.get(unit, ()):
        grouped.setdefault(row.list_id, []).append(row)
    return [_demand(f"krav-{number}", rows) for number, rows in enumerate(grouped.values(), start=1)]


def sentences(unit: str, found: Watch) -> list[str]:
    """How many rows there are to act on, and how urgent they are."""
    rows = found.rows.get(unit, ())
    as_of = forms.day(found.as_of)
    if not rows:
        return [f"Enligt utdragen den {as_of} har inget ärende som kan visas här passerat en gräns eller är nära den."]
    tally = watch_words.counted(rows)
    parts = [
        text
        for count, text in (
            (tally.over, f"{forms.counted(tally.over, 'rad', 'rader')} har passerat en gräns"),
            (tally.near, f"{forms.counted(tally.near, 'rad', 'rader')} är nära en gräns"),
            (tally.rest, f"{forms.counted(tally.rest, 'rad', 'rader')} ska granskas av andra skäl"),
        )
        if count
    ]
    told = [f"Enligt utdragen den {as_of}: {forms.listed(parts)}."]
    if len({row.case_id for row in rows}) < len(rows):
        told.append("Samma ärende står på flera rader.")
    return told


def _demand(anchor: str, rows: Sequence[WatchRow]) -> Demand:
    shown = rows[:MOST_LISTED]
    left = len(rows) - len(shown)
    areas = {row.area for row in rows}
    return Demand(
        anchor=anchor,
        title=rows[0].demand,
        tally=watch_words.counted(rows),
        todo=rows[0].todo,
        law=tuple(watch_words.provisions(rows)),
        cases=tuple(map(_case, shown)),
        rest=f"{forms.counted(left, 'rad', 'rader')} till finns i arbetsboken." if left else "",
        has_area=len(areas) > 1,
        has_since=any(row.since for row in shown),
        has_limit=any(row.limit for row in shown),
        has_note=any(row.note for row in shown),
    )


def _case(row: WatchRow) -> Case:
    return Case(
        state=watch_words.state(row),
        urgency=watch_words.urgency(row),
        case_id=row.case_id,
        subject=forms.capital(row.subject) or forms.DASH,
        area=row.area or forms.DASH,
        since=forms.day(row.since) if row.since else forms.DASH,
        limit=forms.day(row.limit) if row.limit else forms.DASH,
        note=forms.with_days(row.note) or forms.DASH,
    )
