"""The requirement matrix in the report: what is demanded, what answers it, the latest outcome, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pipeline.language import later, one_many, plural, say
from pipeline.model.goals import Reference
from pipeline.model.management import Gap, Requirement
from pipeline.publish import forms
from pipeline.publish.outcomes import Outcome, Place, outcome
from pipeline.publish.words import Mark, Verdict

if TYPE_CHECKING:
    from pipeline.publish.report import Report

ANCHOR, TITLE = "kravmatris", later("Kravmatris")
COMMITTEES = later("hela nämnden")
WHOLE = Verdict(Mark.MET, later("inget saknas"))
# What stops the requirement from being met weighs more than what stops it from being followed up.
_MARKS = {Gap.NO_ROUTINE: Mark.NOT_MET, Gap.LATE_REVISION: Mark.NOT_MET}
_COUNTED = {
    Gap.NO_ROUTINE: one_many("saknar rutin", "saknar rutin"),
    Gap.LATE_REVISION: one_many("har en rutin där översynen är försenad", "har en rutin där översynen är försenad"),
    Gap.NO_REVISION: one_many("har en rutin utan planerad översyn", "har en rutin utan planerad översyn"),
    Gap.NO_METHOD: one_many("saknar uppföljningsmetod", "saknar uppföljningsmetod"),
    Gap.NO_RESPONSIBLE: one_many("saknar ansvarig", "saknar ansvarig"),
    Gap.NO_METRIC: one_many("saknar mått", "saknar mått"),
}


@dataclass(frozen=True)
class RequirementRow:
    """A requirement ready to print; `scope` tells its area, unit and force."""

    requirement: str
    scope: str
    routine: str
    revised: str
    method: str
    responsible: str
    outcomes: tuple[Outcome, ...]
    unknown: tuple[str, ...]
    gaps: tuple[Verdict, ...]


@dataclass(frozen=True)
class RegulationRows:
    """The requirements of one regulation."""

    anchor: str
    regulation: str
    rows: tuple[RequirementRow, ...]


@dataclass(frozen=True)
class RequirementsPart:
    """The matrix, with what is missing counted first."""

    anchor: str
    title: str
    sentences: tuple[str, ...]
    regulations: tuple[RegulationRows, ...]


def part(report: Report) -> RequirementsPart | None:
    """The part; None where no requirement was delivered."""
    requirements, day = report.management.requirements, report.figures.period.ends
    if not requirements:
        return None
    grouped: dict[str, list[Requirement]] = {}
    for one in requirements:
        grouped.setdefault(one.regulation, []).append(one)
    return RequirementsPart(
        anchor=ANCHOR,
        title=TITLE,
        sentences=tuple(_sentences(requirements, day)),
        regulations=tuple(
            RegulationRows(f"{ANCHOR}-{number}", regulation, tuple(_row(one, day, report) for one in found))
            for number, (regulation, found) in enumerate(grouped.items(), 1)
        ),
    )


def _row(one: Requirement, day: date, report: Report) -> RequirementRow:
    gaps = one.gaps(day)
    return RequirementRow(
        requirement=one.requirement,
        scope=", ".join(str(text) for text in (one.area, one.unit, later(one.force)) if text),
        routine=one.routine or forms.DASH,
        revised=_revised(one) if one.routine else "",
        method=one.method or forms.DASH,
        responsible=one.responsible or forms.DASH,
        outcomes=tuple(_outcome(reference, one.place, report) for reference in one.references),
        unknown=one.unknown,
        gaps=tuple(Verdict(_MARKS.get(gap, Mark.NEAR), later(gap.value)) for gap in gaps) or (WHOLE,),
    )


def _outcome(reference: Reference, place: Place, report: Report) -> Outcome:
    """The outcome of the place; of an area, what is told by other than areas is the committee's.

    It is then said to be, unless no other area has anything to tell, or there is nothing at all.
    """
    metric = report.metrics.get(reference.metric)
    if not place.area or metric is None or metric.headline_by in ("", "area"):
        return outcome(reference, report, place)
    found = outcome(reference, report)
    of_areas = [
        figure for figure in report.figures.breakdown(metric, "area") if figure.suppressed or figure.denominator
    ]
    is_alone = [figure.key.category.casefold() for figure in of_areas] == [place.area.casefold()]
    if is_alone or found.outcome == forms.DASH:
        return found
    return replace(found, title=f"{found.title} ({COMMITTEES})")


def _revised(one: Requirement) -> str:
    told = (
        say("sågs över {revised}", revised=forms.day(one.revised)) if one.revised else "",
        say("nästa översyn {next_revision}", next_revision=forms.day(one.next_revision)) if one.next_revision else "",
    )
    return ", ".join(filter(None, told)) or say(Gap.NO_REVISION.value)


def _sentences(requirements: Sequence[Requirement], day: date) -> list[str]:
    total = forms.counted(len(requirements), "krav", "krav")
    found = [one.gaps(day) for one in requirements]
    lacking = sum(1 for gaps in found if gaps)
    if not lacking:
        return [say("Kravmatrisen har {total}. Inget av dem har någon lucka.", total=total)]
    counts = Counter(gap for gaps in found for gap in gaps)
    parts = [
        f"{forms.number(counts[gap])} {plural(*what, counts[gap])}" for gap, what in _COUNTED.items() if counts[gap]
    ]
    return [
        say("Kravmatrisen har {total}, och {lacking} av dem har luckor.", total=total, lacking=forms.number(lacking)),
        say("{parts}. Ett krav kan ha flera luckor.", parts=forms.capital(forms.listed(parts))),
    ]
