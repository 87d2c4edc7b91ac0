"""Shares told as natural frequencies: `Av 100 anmälningar om barn som bedömdes ledde 42 till en utredning.`

Only what the public figures show, and only where so many stand behind a share that "of 100" misleads nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.language import later, say
from pipeline.model import Figures, Metric, Statistic
from pipeline.publish import forms
from pipeline.publish.words import FEWEST_FOR_PERCENT_FIRST
from pipeline.statistics import round_half_up

OF = 100


@dataclass(frozen=True)
class Wording:
    """The words around the number; `is_rest`: the number is of those that are not in the numerator.

    `none` is the word for 0, in the gender of what is counted.
    """

    pattern: str
    is_rest: bool = False
    none: str = later("ingen")

    def clause(self, hits: float, rows: float) -> str:
        """`av 100 utredningar som fullföljdes ledde 61 till en insats`."""
        number = _number(rows - hits if self.is_rest else hits, rows, self.none)
        return say(self.pattern, of=OF, number=number)


_WORDINGS = {
    "preassessment_led_to_investigation": Wording(
        later("av {of} anmälningar om barn som bedömdes ledde {number} till en utredning")
    ),
    "investigation_with_service": Wording(later("av {of} utredningar som fullföljdes ledde {number} till en insats")),
    "not_returned_within_12_months": Wording(
        later(
            "av {of} barnutredningar som avslutades utan insats följdes {number} av en ny anmälan eller ansökan inom"
            " tolv månader"
        ),
        is_rest=True,
    ),
    "plan_current": Wording(later("av {of} insatser hade {number} en aktuell genomförandeplan")),
    "plan_current_participation": Wording(
        later(
            "av {of} insatser hade {number} en aktuell genomförandeplan som visar att den enskilde har varit delaktig"
        )
    ),
    "service_followed_up_within_12_months": Wording(
        later("av {of} insatser som hade pågått i minst ett år hade {number} följts upp under det senaste året")
    ),
    "decision_executed_within_3_months": Wording(
        later("av {of} beslut om stöd verkställdes {number} inom tre månader"), none=later("inget")
    ),
}
TOLD = tuple(_WORDINGS)
# What a report of concern leads to, step by step.
_CHAIN = ("preassessment_led_to_investigation", "investigation_with_service")


def sentence(metric: Metric, figures: Figures) -> str:
    """The metric's share of the whole committee as a frequency; empty where it cannot or must not be told."""
    clause = _clause(metric, figures)
    return f"{forms.capital(clause)}." if clause else ""


def combined(figures: Figures, metrics: Mapping[str, Metric]) -> str:
    """What reports of concern and investigations led to, in one sentence for the summary; empty where unknown."""
    found = (_clause(metrics[name], figures) for name in _CHAIN if name in metrics)
    clauses = [clause for clause in found if clause]
    return f"{forms.capital(say(', och ').join(clauses))}." if clauses else ""


def _clause(metric: Metric, figures: Figures) -> str:
    wording, figure = _WORDINGS.get(metric.metric_id), figures.get(metric, Statistic.SHARE)
    if wording is None or figure is None or figure.suppressed or figure.numerator is None:
        return ""
    rows = figure.denominator or 0
    return wording.clause(figure.numerator, rows) if rows >= FEWEST_FOR_PERCENT_FIRST else ""


def _number(part: float, rows: float, none: str) -> str:
    """How many of a hundred; what is not quite none or all never reads so."""
    count = round_half_up(part * OF, rows, 0)
    if count == 0:
        return say("färre än 1") if part else say(none)
    if count == OF:
        return say("fler än {of}", of=OF - 1) if part < rows else say("alla")
    return forms.number(count)
