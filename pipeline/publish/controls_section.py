"""Internal control in the report: the risk matrix, and what each control found.

The numbers are the public figures of `control_deviation`. Where they are hidden, an outcome that the municipality has
given is still told, but not one that was judged from the numbers, and nothing that was written about them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline.config import Limits
from pipeline.language import later, one_many, plural, say
from pipeline.model import Figure, Level, Metric, Status
from pipeline.model.management import Control, ControlOutcome, Finding
from pipeline.publish import forms, words
from pipeline.publish.forms import DASH, HIDDEN, NBSP
from pipeline.publish.risk_matrix import Matrix, grade, matrix
from pipeline.publish.words import Mark, Verdict

if TYPE_CHECKING:
    from pipeline.publish.report import Report

ANCHOR, TITLE = "internkontroll", later("Internkontroll")
METRIC = "control_deviation"
NOT_THIS_YEAR = later("inte gjord i år")
NOT_RATED = later("inte angiven")
_MARKS = {
    ControlOutcome.NONE: Mark.MET,
    ControlOutcome.MINOR: Mark.NEAR,
    ControlOutcome.MAJOR: Mark.NOT_MET,
    ControlOutcome.NOT_DONE: Mark.NONE,
}
_FOUND = (
    (ControlOutcome.MAJOR.value, one_many("visar en stor avvikelse", "visar en stor avvikelse")),
    (ControlOutcome.MINOR.value, one_many("visar en mindre avvikelse", "visar en mindre avvikelse")),
    (ControlOutcome.NONE.value, one_many("visar ingen avvikelse", "visar ingen avvikelse")),
    (ControlOutcome.NOT_DONE.value, one_many("är inte utfört", "är inte utförda")),
    (NOT_THIS_YEAR, one_many("är inte gjort i år", "är inte gjorda i år")),
    (Status.NO_DATA.value, one_many("saknar uppgift om utfallet", "saknar uppgift om utfallet")),
    (HIDDEN, one_many("visas inte, eftersom antalet är för litet", "visas inte, eftersom antalet är för litet")),
)


@dataclass(frozen=True)
class ControlRow:
    """A control ready to print; `number` is its risk's in the matrix. `analysis` and `action` may be hidden too."""

    number: int
    risk: str
    control: str
    units: str
    rating: str
    verdict: Verdict
    judged_by: str
    when: str
    base: str
    share: str
    analysis: str
    action: str


@dataclass(frozen=True)
class ControlsPart:
    """Internal control: what it comes to, the matrix, each control, and those that were due and not carried out."""

    anchor: str
    title: str
    sentences: tuple[str, ...]
    matrix: Matrix | None
    figures_of: str  # the time that the numbers are for
    rows: tuple[ControlRow, ...]
    undone: tuple[str, ...]
    notes: tuple[str, ...]
    metric_anchor: str  # the section with the numbers' definition


def part(report: Report) -> ControlsPart | None:
    """The part; None where no control was delivered."""
    controls = report.management.controls
    if not controls:
        return None
    numbers = _numbers(controls)
    ordered = sorted(controls, key=lambda one: numbers[one.risk.casefold()])
    figures = _figures(report)
    rows = tuple(_row(one, numbers[one.risk.casefold()], figures, report) for one in ordered)
    window = report.figures.windows.get(_window(report))
    return ControlsPart(
        anchor=ANCHOR,
        title=TITLE,
        sentences=tuple(_sentences(ordered, rows)),
        matrix=_matrix(ordered, numbers, report),
        figures_of=forms.window(window) if window else "",
        rows=rows,
        undone=tuple(_undone(one) for one in ordered if one.is_undone),
        notes=(_how_judged(report),),
        metric_anchor=METRIC if METRIC in report.metrics else "",
    )


def _numbers(controls: Sequence[Control]) -> dict[str, int]:
    """Each risk's number: the gravest first, then in the controls' own order."""
    gravest: dict[str, int] = {}
    for one in controls:
        risk = one.risk.casefold()
        gravest[risk] = max(gravest.get(risk, 0), _product(one))
    ordered = sorted(gravest, key=lambda risk: -gravest[risk])
    return {risk: number for number, risk in enumerate(ordered, 1)}


def _product(control: Control) -> int:
    return (control.probability or 0) * (control.consequence or 0)


# --- rows -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Figures:
    """The controls' figures by category, and the units (with category) whose own are hidden, all case aside."""

    metric: Metric | None = None
    of: Mapping[str, Figure] = field(default_factory=dict)
    hidden: frozenset[tuple[str, str]] = frozenset()


def _figures(report: Report) -> _Figures:
    metric, window = report.metrics.get(METRIC), _window(report)
    if metric is None:
        return _Figures()
    of_units = report.figures.by_org(metric, Level.UNIT, window=window, breakdown="control")
    return _Figures(
        metric,
        {one.key.category.casefold(): one for one in report.figures.breakdown(metric, "control", window=window)},
        frozenset((one.key.org.casefold(), one.key.category.casefold()) for one in of_units if one.suppressed),
    )


def _window(report: Report) -> str:
    """The year so far where the report has it, since a control is told by its latest of the year."""
    return "ytd" if "ytd" in report.figures.windows else report.figures.period.judged_flow_kind


def _row(control: Control, number: int, figures: _Figures, report: Report) -> ControlRow:
    figure = figures.of.get(control.category.casefold())
    verdict = _verdict(control, figure)
    is_told = verdict.word != HIDDEN and control.outcome is not None
    shown = [] if _is_hidden(verdict, figure) else [one for one in control.findings if _is_shown(one, control, figures)]
    return ControlRow(
        number=number,
        risk=control.risk,
        control=control.control,
        units=forms.listed(control.units),
        rating=_rating(control, report),
        verdict=verdict,
        judged_by=(say("angiven av kommunen") if control.is_given else say("räknad")) if is_told else "",
        when=say("senast {day}", day=forms.day(control.day)) if control.is_due else forms.day(control.day),
        base=words.base(figure) if figure else DASH,
        share=_share(figures.metric, figure, report.config.limits),
        analysis=_written((one.analysis for one in shown), (one.analysis for one in control.findings)),
        action=_written((one.action for one in shown), (one.action for one in control.findings)),
    )


def _share(metric: Metric | None, figure: Figure | None, limits: Limits) -> str:
    """The share, with the decimals that tell it from the limits that it is judged by."""
    if metric is None or figure is None:
        return DASH
    if figure.suppressed or figure.value is None:
        return words.outcome(metric, figure, after_base=True)
    percents = (limits.control_minor_percent, limits.control_major_percent)
    apart = [float(Decimal(str(percent)) / 100) for percent in percents]
    return forms.percent(words.exact_value(figure), apart if figure.target is None else [*apart, figure.target])


def _is_hidden(verdict: Verdict, figure: Figure | None) -> bool:
    return verdict.word == HIDDEN or (figure is not None and figure.suppressed)


def _is_shown(finding: Finding, control: Control, figures: _Figures) -> bool:
    """Whether what a unit wrote may be printed: not where it, or its own numbers, stand on too few."""
    return not finding.is_of_few and (finding.unit.casefold(), control.category.casefold()) not in figures.hidden


def _written(shown: Iterable[str], everything: Iterable[str]) -> str:
    """The texts that may be printed, each once; hidden where there are only others."""
    return " ".join(dict.fromkeys(filter(None, shown))) or (HIDDEN if any(everything) else "")


def _rating(control: Control, report: Report) -> str:
    if not control.probability or not control.consequence:
        return NOT_RATED
    graded = grade(control.probability, control.consequence, report.config.limits)
    return f"{graded} ({control.probability}{NBSP}×{NBSP}{control.consequence})"


def _verdict(control: Control, figure: Figure | None) -> Verdict:
    if control.is_due:
        return Verdict(Mark.NONE, NOT_THIS_YEAR)
    if control.outcome is None:
        return Verdict(Mark.NONE, later(Status.NO_DATA.value))
    is_hidden = control.is_of_few or (figure is not None and figure.suppressed)
    if is_hidden and not control.is_given:
        return Verdict(Mark.NONE, HIDDEN)
    return Verdict(_MARKS[control.outcome], later(control.outcome.value))


# --- words ----------------------------------------------------------------------------------------------------------


def _sentences(controls: Sequence[Control], rows: Sequence[ControlRow]) -> list[str]:
    risks = len({one.risk.casefold() for one in controls})
    first = say(
        "Internkontrollen omfattar {risks} och {controls}.",
        risks=forms.counted(risks, "risk", "risker"),
        controls=forms.counted(len(rows), "kontrollmoment", "kontrollmoment"),
    )
    found = Counter(row.verdict.word for row in rows)  # the Swedish words
    parts = [f"{forms.number(found[word])} {plural(*told, found[word])}" for word, told in _FOUND if found[word]]
    return [first, say("Så gick kontrollerna: {parts}.", parts=forms.listed(parts))]


def _undone(control: Control) -> str:
    if control.is_due:
        return say("{control} (senast gjord {day})", control=control.control, day=forms.day(control.day))
    return say("{control} (ej utförd {day})", control=control.control, day=forms.day(control.day))


def _how_judged(report: Report) -> str:
    limits = report.config.limits
    minor, major = (f"{forms.number(v, 1)} %" for v in (limits.control_minor_percent, limits.control_major_percent))
    return say(
        "Utfallet är det som kommunen har angett. Där inget är angivet bedöms det efter årets andel"
        " avvikelser: över {minor} är avvikelsen mindre, från {major} är den stor.",
        minor=minor,
        major=major,
    )


# --- matrices -------------------------------------------------------------------------------------------------------


def _matrix(controls: Sequence[Control], numbers: Mapping[str, int], report: Report) -> Matrix | None:
    gravest: dict[str, Control] = {}
    for one in controls:
        risk = one.risk.casefold()
        if _product(one) > (_product(gravest[risk]) if risk in gravest else 0):
            gravest[risk] = one
    if not gravest:
        return None
    cells: dict[tuple[int, int], list[int]] = {}
    for risk, one in gravest.items():
        cells.setdefault((one.probability or 0, one.consequence or 0), []).append(numbers[risk])
    texts = {place: forms.listed([str(number) for number in sorted(found)]) for place, found in cells.items()}
    unrated = sorted(number for risk, number in numbers.items() if risk not in gravest)
    notes = (
        say(
            "Sannolikhet och konsekvens är inte angivna för risk {numbers}.",
            numbers=forms.listed([str(n) for n in unrated]),
        ),
    )
    return matrix(
        say("Riskmatris: riskernas nummer efter sannolikhet och konsekvens, 1–4"),
        (say("Sannolikhet"), say("Konsekvens")),
        texts,
        report.config.limits,
        notes=notes if unrated else (),
    )
