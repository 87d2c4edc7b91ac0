"""The goal tree as the report's part *Mål*: each goal with its measures, targets, outcomes and status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.language import later, later_within, say
from pipeline.model import Figure, Metric, Status
from pipeline.model.goals import Aim, DeliveryGoal, DirectionGoal, EffectGoal
from pipeline.model.references import Place, figure_of, told_as
from pipeline.publish import forms, outcomes, words
from pipeline.publish.forms import DASH
from pipeline.publish.words import Mark, Verdict

if TYPE_CHECKING:
    from pipeline.publish.report import Report

_TALLIED = (
    (Mark.MET, later("uppfyllt"), later("uppfyllda")),
    (Mark.NEAR, later("nästan uppfyllt"), later("nästan uppfyllda")),
    (Mark.NOT_MET, later("inte uppfyllt"), later("inte uppfyllda")),
)
_DIRECTIONS = {"higher": later("minst"), "lower": later("högst")}
_SAME = 1e-9  # how far apart a target in per cent and the same as a share may be, for the sake of binary fractions


@dataclass(frozen=True)
class Row:
    """One measure of a goal. `anchor` is its section; `whose` the area or unit that it is for, "" = the committee.

    `aim`, `metric` and `figure` are what the texts are made of, as far as they are known.
    """

    title: str
    anchor: str
    whose: str
    target: str
    outcome: str
    period: str
    base: str
    verdict: Verdict
    aim: Aim
    metric: Metric | None = None
    figure: Figure | None = None

    @property
    def direction(self) -> str:
        """`minst`, `högst`; empty where the target is to be met as it is."""
        if self.metric is None or self.aim.statistic is None or _is_all_or_none(self.aim):
            return ""
        return str(_DIRECTIONS.get(self.aim.better or self.metric.better, ""))

    @property
    def amount(self) -> float:
        """The target as figures are stored: shares from 0 to 1."""
        return _stored(self.aim)


@dataclass(frozen=True)
class Delivery:
    """A goal that is measured (leveransmål)."""

    text: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Effect:
    """A goal with the goals under it (effektmål); the text may be empty."""

    text: str
    deliveries: tuple[Delivery, ...]


@dataclass(frozen=True)
class Branch:
    """A main goal with everything under it (inriktningsmål); the text may be empty."""

    text: str
    effects: tuple[Effect, ...]


@dataclass(frozen=True)
class Tree:
    """The whole part, ready to print."""

    summary: str
    branches: tuple[Branch, ...]
    anchor: str = "mal"
    title: str = later_within("goals", "Mål")

    def rows(self) -> Iterator[tuple[Branch, Effect, Delivery, Row]]:
        """Every row with the goals above it, in order."""
        for branch in self.branches:
            for effect in branch.effects:
                for delivery in effect.deliveries:
                    for row in delivery.rows:
                        yield branch, effect, delivery, row


def section(report: Report) -> Tree | None:
    """The goal tree; None where no goals were delivered, or all had ended before the time that is judged.

    What holds on the period's last day is judged; what ended earlier in the time stands there with its last day.
    """
    branches = tuple(filter(None, (_branch(direction, report) for direction in report.goals.tree)))
    if not branches:
        return None
    tree = Tree("", branches)
    return Tree(_summary([row.verdict.mark for *_, row in tree.rows()]), branches)


def _branch(direction: DirectionGoal, report: Report) -> Branch | None:
    effects = tuple(filter(None, (_effect(effect, report) for effect in direction.effects)))
    return Branch(direction.text, effects) if effects else None


def _effect(effect: EffectGoal, report: Report) -> Effect | None:
    deliveries = tuple(filter(None, (_delivery(delivery, report) for delivery in effect.deliveries)))
    return Effect(effect.text, deliveries) if deliveries else None


def _delivery(delivery: DeliveryGoal, report: Report) -> Delivery | None:
    judged = report.figures.windows[report.figures.period.judged_flow_kind]
    held = [aim for aim in delivery.aims if not aim.has_ended(judged.starts)]
    rows = tuple(row for aim in held for row in _rows(aim, report))
    return Delivery(delivery.text, rows) if rows else None


def _rows(aim: Aim, report: Report) -> Iterator[Row]:
    reference, metric = aim.reference, report.metrics.get(aim.reference.metric) if aim.reference else None
    if reference is None or metric is None or aim.statistic is None:
        why = aim.fault or later(Status.NO_DATA.value)
        yield _unjudged(aim, aim.named, None, forms.number(aim.target, 2), why)
        return
    place = Place(aim.statistic, "", aim.area, aim.unit)
    for told in told_as(reference, metric, report.figures, place):
        # An area that the title already names is not said again.
        aim = replace(aim, area="") if told.category == aim.area else aim
        title, target = outcomes.title(told, metric), _target(aim, metric)
        if aim.fault:
            yield _unjudged(aim, title, metric, target, aim.fault)
        elif aim.has_ended(report.figures.period.ends) and aim.valid_to:
            yield _unjudged(
                aim,
                title,
                metric,
                target,
                say("gällde till och med {valid_to}", valid_to=forms.day(aim.valid_to)),
            )
        elif aim.starts_after(report.figures.period.ends) and aim.valid_from:
            yield _unjudged(
                aim,
                title,
                metric,
                target,
                say("gäller från {valid_from}", valid_from=forms.day(aim.valid_from)),
            )
        else:
            figure = figure_of(told, metric, report.figures, place)
            yield _judged(aim, title, target, metric, figure, report)


def _unjudged(aim: Aim, title: str, metric: Metric | None, target: str, why: str) -> Row:
    anchor = metric.metric_id if metric else ""
    return Row(title, anchor, aim.unit or aim.area, target, DASH, "", DASH, Verdict(Mark.NONE, why), aim, metric)


def _judged(aim: Aim, title: str, target: str, metric: Metric, figure: Figure | None, report: Report) -> Row:
    if figure is None or metric.metric_id in report.figures.missing:
        return _unjudged(aim, title, metric, target, later(Status.NO_DATA.value))
    return Row(
        title=title,
        anchor=metric.metric_id,
        whose=aim.unit or aim.area,
        target=target,
        outcome=words.outcome(metric, figure),
        period=forms.window(report.figures.windows[figure.key.window]),
        base=outcomes.base(figure),
        verdict=_verdict(aim, metric, figure),
        aim=aim,
        metric=metric,
        figure=figure,
    )


def _verdict(aim: Aim, metric: Metric, figure: Figure) -> Verdict:
    """The figure's own, as long as it was judged against this target and not against another that holds at once."""
    verdict = words.verdict(metric, figure)
    is_measured = verdict.mark is not Mark.NONE and words.lawful(metric, figure) is None
    judged_otherwise = figure.target is not None and abs(figure.target - _stored(aim)) > _SAME
    return Verdict(Mark.NONE, say("bedöms mot ett annat mål")) if is_measured and judged_otherwise else verdict


def _stored(aim: Aim) -> float:
    return aim.target / 100 if aim.statistic is not None and aim.statistic.is_share else aim.target


def _is_all_or_none(aim: Aim) -> bool:
    return aim.statistic is not None and aim.statistic.is_share and _stored(aim) in (0, 1)


def _target(aim: Aim, metric: Metric) -> str:
    """`minst 90 %`, `högst 45 dagar`; of a share none or all just as it is."""
    text = words.quantity(metric, aim.statistic or metric.judged, _stored(aim))
    if _is_all_or_none(aim):
        return text
    return words.at_least_or_most(aim.better or metric.better, text)


def _summary(marks: list[Mark]) -> str:
    """`Av 17 mätbara mål är 9 uppfyllda, 3 nästan uppfyllda och 4 inte uppfyllda. 1 går inte att bedöma.`"""
    counts = Counter(marks)
    told = [
        f"{forms.number(counts[mark])}{forms.NBSP}{one if counts[mark] == 1 else many}"
        for mark, one, many in _TALLIED
        if counts[mark]
    ]
    rest = len(marks) - sum(counts[mark] for mark, *_ in _TALLIED)
    if len(marks) == 1:
        word = next((one for mark, one, _ in _TALLIED if counts[mark]), "")
        if word:
            return say("Det enda mätbara målet är {word}.", word=word)
        return say("Det enda mätbara målet går inte att bedöma.")
    if not told:
        return say("Inget av {marks} mätbara mål går att bedöma.", marks=forms.number(len(marks)))
    first = say("Av {marks} mätbara mål är {told}.", marks=forms.number(len(marks)), told=forms.listed(told))
    return (
        say("{first} {rest}\N{NO-BREAK SPACE}går inte att bedöma.", first=first, rest=forms.number(rest))
        if rest
        else first
    )
