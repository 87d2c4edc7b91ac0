"""Activities by goal, and what came of them: what was decided, what has been done, and the figure since then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.language import later, say
from pipeline.model import Figure, Metric
from pipeline.model.goals import Activity, ActivityStatus, PursuedGoal, Reference
from pipeline.model.references import then_and_now, told_as
from pipeline.publish import forms, outcomes, words
from pipeline.publish.forms import DASH
from pipeline.publish.words import Mark, Verdict

if TYPE_CHECKING:
    from pipeline.publish.report import Report

JUDGED, COMPUTED = later("bedömt av kommunen"), later("beräknat utifrån aktiviteterna")
NOTE = later(
    "Siffran är nämndens egen, före det att aktiviteten först redovisades och vid periodens slut. Att den har ändrats"
    " visar inte att aktiviteten är orsaken: årstid och annat kan också spela in."
)
_ONE = {
    ActivityStatus.DONE: later("genomförd"),
    ActivityStatus.PARTLY: later("delvis genomförd"),
    ActivityStatus.NOT_DONE: later("ej genomförd"),
    ActivityStatus.NOT_JUDGED: later("ej bedömd"),
}
_MARKS = {
    ActivityStatus.DONE: Mark.MET,
    ActivityStatus.PARTLY: Mark.NEAR,
    ActivityStatus.NOT_DONE: Mark.NOT_MET,
    ActivityStatus.NOT_JUDGED: Mark.NONE,
}
LEGEND = tuple(Verdict(mark, status.value) for status, mark in _MARKS.items())


@dataclass(frozen=True)
class Row:
    """An activity; `unit` empty = all. `due` tells too when the day has passed."""

    text: str
    unit: str
    responsible: str
    due: str
    is_late: bool
    verdict: Verdict
    comment: str


@dataclass(frozen=True)
class Goal:
    """A goal with its activities; `how` tells who gave it its status."""

    text: str
    verdict: Verdict
    how: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Moved:
    """A figure before and now; a `when` is empty where there is no figure of that time, `change` where none is told."""

    title: str
    anchor: str
    then_when: str
    then: str
    now_when: str
    now: str
    change: str


@dataclass(frozen=True)
class Done:
    """An activity in the story of a decision: what, how far it has come, and the words on it."""

    text: str
    verdict: Verdict
    comment: str


@dataclass(frozen=True)
class Decision:
    """A goal, the activities that were begun at the same time to move the same figures, and those figures."""

    goal: str
    since: str
    done: tuple[Done, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class Activities:
    """The whole part, ready to print; no `decisions` where no activity names a figure.

    `since`: the day that all decisions are followed from; empty where they differ.
    """

    summary: str
    goals: tuple[Goal, ...]
    decisions: tuple[Decision, ...]
    since: str
    note: str = NOTE
    anchor: str = "aktiviteter"
    title: str = later("Aktiviteter")


def section(report: Report) -> Activities | None:
    """The activities on the period's last day, in the goal tree's order; None where none were delivered."""
    places = {name.casefold(): place for place, name in enumerate(report.goals.in_order())}
    pursued = sorted(report.goals.pursued, key=lambda goal: places.get(goal.goal.casefold(), len(places)))
    if not pursued:
        return None
    decisions = tuple(decision for goal in pursued for decision in _decisions(goal, report))
    days = {decision.since for decision in decisions}
    return Activities(
        summary=_summary(pursued),
        goals=tuple(_goal(goal) for goal in pursued),
        decisions=decisions,
        since=days.pop() if len(days) == 1 else "",
    )


def verdict(status: ActivityStatus) -> Verdict:
    """The status word of the extract with the mark that goes with it."""
    return Verdict(_MARKS[status], later(status.value))


# --- by goal --------------------------------------------------------------------------------------------------------


def _summary(pursued: Sequence[PursuedGoal]) -> str:
    """`Av 15 aktiviteter är 7 genomförda och 1 försenad.`"""
    activities = [activity for goal in pursued for activity in goal.activities]
    done = sum(activity.status is ActivityStatus.DONE for activity in activities)
    late = sum(activity.is_late for activity in activities)
    if len(activities) == 1:
        how = _ONE[activities[0].status]
        if late:
            return say("Den enda aktiviteten är {how} och försenad.", how=how)
        return say("Den enda aktiviteten är {how}.", how=how)
    total, carried_out = forms.number(len(activities)), forms.counted(done, "genomförd", "genomförda")
    if not late:
        return say("Av {total} aktiviteter är {done}.", total=total, done=carried_out)
    delayed = forms.counted(late, "försenad", "försenade")
    return say("Av {total} aktiviteter är {done} och {late}.", total=total, done=carried_out, late=delayed)


def _goal(goal: PursuedGoal) -> Goal:
    how = JUDGED if goal.is_judged else COMPUTED
    return Goal(goal.goal, verdict(goal.status), how, tuple(_row(activity) for activity in goal.activities))


def _row(activity: Activity) -> Row:
    return Row(
        text=activity.text,
        unit=activity.unit,
        responsible=activity.responsible or DASH,
        due=forms.day(activity.due) if activity.due else DASH,
        is_late=activity.is_late,
        verdict=verdict(activity.status),
        comment=activity.comment,
    )


# --- from decision to figure ----------------------------------------------------------------------------------------


def _decisions(goal: PursuedGoal, report: Report) -> Iterator[Decision]:
    """Activities of a goal that began at once and are to move the same figures are told together."""
    named = [activity for activity in goal.activities if activity.references]
    for (since, references), together in groupby(sorted(named, key=_begun), key=_begun):
        done = tuple(Done(activity.text, verdict(activity.status), activity.comment) for activity in together)
        moved = tuple(one for reference in references for one in _moved(reference, since, report))
        yield Decision(goal.goal, forms.day(since), done, moved)


def _begun(activity: Activity) -> tuple[date, tuple[Reference, ...]]:
    return activity.since, activity.references


def _moved(reference: Reference, since: date, report: Report) -> Iterator[Moved]:
    metric = report.metrics.get(reference.metric)
    if metric is None:
        return
    for told in told_as(reference, metric, report.figures):
        then, now = then_and_now(told, metric, report.figures, since)
        then_when, then_text = _told(metric, then, report)
        now_when, now_text = _told(metric, now, report)
        yield Moved(
            title=outcomes.title(told, metric),
            anchor=metric.metric_id,
            then_when=then_when,
            then=then_text,
            now_when=now_when,
            now=now_text,
            change=_changed(metric, then, now, report),
        )


def _told(metric: Metric, figure: Figure | None, report: Report) -> tuple[str, str]:
    if figure is None or metric.metric_id in report.figures.missing:
        return "", DASH
    return forms.window(report.figures.windows[figure.key.window]), words.outcome(metric, figure)


def _changed(metric: Metric, then: Figure | None, now: Figure | None, report: Report) -> str:
    """The change as it was judged; empty where either figure is hidden, or the two were not compared."""
    if then is None or now is None or then.suppressed or now.suppressed:
        return ""
    found = (one for one in report.figures.changes.get(now.key, ()) if one.before.key == then.key)
    change = next(found, None)
    return "" if change is None else words.change_cell(metric, now, change)
