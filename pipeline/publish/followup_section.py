"""The plan of follow-up in the report: what was due in the period, what came of it, and the year's calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pipeline.language import later, one_many, plural, say
from pipeline.model import Level
from pipeline.model.management import PlanItem
from pipeline.model.references import Place
from pipeline.publish import followup, forms
from pipeline.publish.followup import Due, State
from pipeline.publish.outcomes import Outcome, outcome
from pipeline.publish.words import Verdict

if TYPE_CHECKING:
    from pipeline.publish.report import Report

ANCHOR, TITLE = "uppfoljningsplan", later("Uppföljningsplan")
UNLINKED = later("kopplas inte till något mått")
_LEVELS = {
    "individ": later("på individnivå"),
    "uppdrag/avtal": later("på uppdrags- och avtalsnivå"),
    "tematisk": later("tematiskt"),
}
_TOLD = {
    State.DONE: one_many("är gjord", "är gjorda"),
    State.LATE: one_many("är gjord sent", "är gjorda sent"),
    State.MISSING: one_many("saknas", "saknas"),
    State.NOTHING: one_many("hade inget att mäta", "hade inget att mäta"),
    State.PROTECTED: one_many("visas inte, eftersom antalet är för litet", "visas inte, eftersom antalet är för litet"),
    State.UNFOLLOWED: one_many(
        "kan inte följas, eftersom den inte kopplas till något mått",
        "kan inte följas, eftersom de inte kopplas till något mått",
    ),
}


@dataclass(frozen=True)
class Came:
    """A figure that something is followed up with: each unit's outcome, without a name where there is one unit."""

    title: str
    anchor: str
    outcomes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class DueRow:
    """Something that was due in the period: when and how each due day stands, its figures, and the next due day.

    A figure that is missing on all of the days has not come: an older outcome is not told in its place. Units for which
    all stands alike share a row.
    """

    definition: str
    units: str
    about: str  # quality area, level and kind
    days: tuple[tuple[str, Verdict], ...]
    came: tuple[Came, ...]
    missing: tuple[str, ...]
    note: str
    responsible: str
    next_due: str


@dataclass(frozen=True)
class CalendarRow:
    """A row of the calendar: for every month the days that were due in it, with how they stand."""

    definition: str
    units: str
    months: tuple[tuple[tuple[str, Verdict], ...], ...]


@dataclass(frozen=True)
class FollowUpPart:
    """The plan: what it comes to in the period, the rows that were due, the calendar, and what could not be read."""

    anchor: str
    title: str
    year: int
    sentences: tuple[str, ...]
    due: tuple[DueRow, ...]
    calendar: tuple[CalendarRow, ...]
    months: tuple[tuple[str, str], ...]  # short and whole
    legend: tuple[Verdict, ...]
    unread: tuple[str, ...]


def part(report: Report) -> FollowUpPart | None:
    """The part; None where no plan was delivered."""
    plan = report.management.plan
    if not plan:
        return None
    of_year = [(item, followup.due_days(item, report)) for item in plan]
    in_period = [(item, due) for item, days in of_year if (due := _in_period(days, report))]
    return FollowUpPart(
        anchor=ANCHOR,
        title=TITLE,
        year=report.figures.period.year,
        sentences=tuple(_sentences(plan, in_period)),
        due=tuple(_due_row(items, due, report) for items, due in _alike(in_period)),
        calendar=tuple(_calendar_row(items, days) for items, days in _alike(of_year)),
        months=tuple((name[:3], name) for name in map(_month, range(1, 13))),
        legend=tuple(followup.verdict(state) for state in followup.LEGEND),
        unread=tuple(dict.fromkeys(item.schedule for item in plan if item.unread)),
    )


def _in_period(days: Sequence[Due], report: Report) -> list[Due]:
    period = report.figures.period
    return [due for due in days if period.starts <= due.day <= period.ends]


def _month(number: int) -> str:
    return forms.month(date(2000, number, 1)).partition(" ")[0]


# --- rows -----------------------------------------------------------------------------------------------------------


def _alike(planned: Sequence[tuple[PlanItem, Sequence[Due]]]) -> list[tuple[list[PlanItem], Sequence[Due]]]:
    """Items that differ in nothing but their units, with the days that stand alike for them."""
    groups: dict[object, tuple[list[PlanItem], Sequence[Due]]] = {}
    for item, days in planned:
        references = tuple(one.reference for one in item.measured)
        same = replace(item, unit="", scope=Level.UNIT, measured=(), requirement="", goal="", method="")
        groups.setdefault((same, references, tuple(days)), ([], days))[0].append(item)
    return list(groups.values())


def _due_row(items: Sequence[PlanItem], days: Sequence[Due], report: Report) -> DueRow:
    item = items[0]
    following = followup.next_due(item, report)
    unknown = [say("{name} (okänt mått)", name=name) for name in item.unknown]
    return DueRow(
        definition=item.definition,
        units=forms.listed([one.unit for one in items]),
        about=", ".join(str(part) for part in map(later, (item.area, item.level, item.kind)) if part),
        days=tuple((forms.day(due.day), followup.verdict(due.state)) for due in days),
        came=tuple(
            _came(place, items, report)
            for place, one in enumerate(item.measured)
            if not all(followup.name(one, report) in due.missing for due in days)
        ),
        missing=tuple(dict.fromkeys([*(name for due in days for name in due.missing), *unknown])),
        note="" if item.measured else forms.capital(UNLINKED),
        responsible=item.responsible,
        next_due=forms.day(following) if following else forms.DASH,
    )


def _came(place: int, items: Sequence[PlanItem], report: Report) -> Came:
    """The outcome of each; where they are told by different categories, each with its own."""
    reference = items[0].measured[place].reference
    found = [(item.unit, outcome(reference, report, _place(item))) for item in items]
    first, several = found[0][1], len(found) > 1
    is_same = all(one.title == first.title for _, one in found)
    title = str(first.title if is_same else report.metrics[reference.metric].title)
    told = tuple((unit if several else "", _told(one, str(one.title).removeprefix(title)[2:])) for unit, one in found)
    return Came(title, first.anchor, told)


def _place(item: PlanItem) -> Place:
    """Whose figures follow the item."""
    if item.scope is Level.UNIT:
        return Place(unit=item.unit)
    return Place(programme=item.unit) if item.scope is Level.PROGRAMME else Place()


def _told(one: Outcome, category: str) -> str:
    """The figure, or the word for why there is none."""
    text = one.verdict.word if one.outcome == forms.DASH else one.outcome
    return f"{text} ({category})" if category else text


def _calendar_row(items: Sequence[PlanItem], days: Sequence[Due]) -> CalendarRow:
    months = tuple(
        tuple((forms.day(due.day), followup.verdict(due.state)) for due in days if due.day.month == month)
        for month in range(1, 13)
    )
    return CalendarRow(items[0].definition, forms.listed([item.unit for item in items]), months)


# --- words ----------------------------------------------------------------------------------------------------------


def _sentences(plan: Sequence[PlanItem], in_period: Sequence[tuple[PlanItem, Sequence[Due]]]) -> Iterator[str]:
    followups, levels = forms.counted(len(plan), "uppföljning", "uppföljningar"), _levels(plan)
    if levels:
        yield say("Uppföljningsplanen har {followups}, varav {levels}.", followups=followups, levels=levels)
    else:
        yield say("Uppföljningsplanen har {followups}.", followups=followups)
    found = Counter(due.state for _, days in in_period for due in days)
    total = sum(found.values())
    if not total:
        yield say("Ingen av dem skulle göras under perioden.")
        return
    parts = [
        f"{forms.number(found[state])} {plural(*words, found[state])}" for state, words in _TOLD.items() if found[state]
    ]
    measurements = forms.counted(total, "mätning", "mätningar")
    yield say(
        "Under perioden skulle {measurements} göras: {parts}.", measurements=measurements, parts=forms.listed(parts)
    )


def _levels(plan: Sequence[PlanItem]) -> str:
    counts = Counter(item.level for item in plan)
    parts = [f"{forms.number(counts[level])} {words}" for level, words in _LEVELS.items() if counts[level]]
    return forms.listed(parts)
