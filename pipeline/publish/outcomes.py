"""The latest outcome of a figure that another part of the report refers to: as the metric's own section tells it.

Only public figures are read, so what is hidden in a metric's section is hidden wherever it is referred to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language import later, say
from pipeline.model import Figure, Figures, Metric, Statistic, Status
from pipeline.model.goals import Reference
from pipeline.model.references import EVERYWHERE, Place, figure_of, told_as
from pipeline.publish import forms, words
from pipeline.publish.forms import DASH, HIDDEN

if TYPE_CHECKING:
    from pipeline.publish.report import Report

__all__ = ["EVERYWHERE", "Outcome", "Place", "base", "outcome", "outcomes", "title"]

DIVIDED = later("redovisas var för sig")
MEASURE = "measure"  # its categories are measures of their own, with names that stand alone


@dataclass(frozen=True)
class Outcome:
    """A figure ready to print: what it is called, where its section is, and how it stands.

    `anchor` is empty where the report has no section for it. `change` is against last year, in words.
    """

    title: str
    anchor: str
    period: str
    outcome: str
    base: str
    target: str
    verdict: words.Verdict
    change: str


def outcome(reference: Reference, report: Report, place: Place = EVERYWHERE) -> Outcome:
    """The judged public figure of a reference.

    A metric whose total would mislead has none when the reference names no category: it says that its categories are
    told each on its own (`outcomes` gives them).
    """
    found = outcomes(reference, report, place)
    if len(found) == 1:
        return found[0]
    metric = report.metrics[reference.metric]
    verdict = words.Verdict(words.Mark.NONE, DIVIDED)
    period = found[0].period if found else ""
    return Outcome(metric.title, metric.metric_id, period, DASH, DASH, DASH, verdict, DASH)


def outcomes(reference: Reference, report: Report, place: Place = EVERYWHERE) -> tuple[Outcome, ...]:
    """As `outcome`, but one for each category with anything in it where the total must not be told."""
    metric = report.metrics.get(reference.metric)
    if metric is None:
        no_data = words.Verdict(words.Mark.NONE, later(Status.NO_DATA.value))
        return (Outcome(reference.category or reference.metric, "", "", DASH, DASH, DASH, no_data, DASH),)
    told = told_as(reference, metric, report.figures, place)
    return tuple(_outcome(one, metric, report.figures, place) for one in told)


def title(reference: Reference, metric: Metric) -> str:
    """What the reference is called: the metric, its category after a colon; a measure by its own name."""
    if not reference.category:
        return metric.title
    return reference.category if metric.metric_id == MEASURE else f"{metric.title}: {reference.category}"


def _outcome(reference: Reference, metric: Metric, figures: Figures, place: Place) -> Outcome:
    figure = figure_of(reference, metric, figures, place)
    if figure is None or metric.metric_id in figures.missing:
        word = later(Status.NO_DATA.value) if metric.metric_id in figures.missing else words.NOTHING
        verdict = words.Verdict(words.Mark.NONE, word)
        return Outcome(title(reference, metric), metric.metric_id, "", DASH, DASH, DASH, verdict, DASH)
    return Outcome(
        title=title(reference, metric),
        anchor=metric.metric_id,
        period=forms.window(figures.windows[figure.key.window]),
        outcome=words.outcome(metric, figure),
        base=base(figure),
        target=words.target(metric, figure),
        verdict=words.verdict(metric, figure),
        change=words.change_in_words(metric, figure, words.change_since_last_year(figures, figure)),
    )


def base(figure: Figure) -> str:
    """`97 av 131`; rows behind a distribution are said to be a number, since the heading beside is n of N."""
    text = words.base(figure)
    is_number = Statistic(figure.key.statistic).is_distribution and text not in (DASH, HIDDEN)
    return say("{text}\N{NO-BREAK SPACE}st", text=text) if is_number and figure.denominator else text
