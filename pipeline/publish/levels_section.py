"""Levels 2 and 3 beside level 1: each key metric for every programme, and how many units reach its target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language import later, say
from pipeline.model import Figure, Level, Metric
from pipeline.publish import forms, summary, words
from pipeline.publish.forms import DASH
from pipeline.publish.words import Mark, Verdict

if TYPE_CHECKING:
    from pipeline.publish.report import Report

ANCHOR, TITLE = "nivaer", later("Nämnd, verksamhet och enhet")
_JUDGED = (Mark.MET, Mark.NEAR, Mark.NOT_MET)


@dataclass(frozen=True)
class Standing:
    """How a metric stands somewhere: the figure in a cell, and its status."""

    outcome: str
    verdict: Verdict


@dataclass(frozen=True)
class LevelRow:
    """A key metric on all three levels; `units` says how many reach the target, of those that can be shown."""

    anchor: str
    title: str
    committee: Standing
    programmes: tuple[tuple[str, Standing], ...]  # by name, those with anything to measure
    units: str
    hidden_units: str


@dataclass(frozen=True)
class Levels:
    """The overview; `label` is what a programme is called in the municipality."""

    anchor: str
    title: str
    label: str
    rows: tuple[LevelRow, ...]
    note: str


def part(report: Report) -> Levels | None:
    """The overview; None where no key metric stands on more than the committee itself.

    A metric that is told by category has no total that may be told, and is left out on every level.
    """
    keys = [h for h in summary.key_headlines(report.figures, report.metrics) if not h.metric.headline_by]
    found = [(h, report.figures.by_org(h.metric, Level.PROGRAMME)) for h in keys]
    if not any(figures for _, figures in found):
        return None
    label = report.config.committee.programme_label
    return Levels(
        anchor=ANCHOR,
        title=TITLE,
        label=label,
        rows=tuple(_row(headline, figures, report) for headline, figures in found),
        note=say("Varje nivå räknas på egna rader. Det som inte har något att mäta är utelämnat."),
    )


def _row(headline: summary.Headline, programmes: Sequence[Figure], report: Report) -> LevelRow:
    metric = headline.metric
    units = [words.verdict(metric, figure) for figure in report.figures.by_org(metric, Level.UNIT)]
    judged = [verdict for verdict in units if verdict.mark in _JUDGED]
    met = sum(1 for verdict in judged if verdict.mark is Mark.MET)
    hidden = sum(1 for verdict in units if verdict.word == forms.HIDDEN)
    return LevelRow(
        anchor=metric.metric_id,
        title=headline.title,
        committee=_standing(metric, headline.figure),
        programmes=tuple((f.key.org, _standing(metric, f)) for f in programmes if f.suppressed or f.denominator),
        units=forms.part_of(met, len(judged)) if judged else DASH,
        hidden_units=forms.counted(hidden, "skyddad", "skyddade") if hidden else "",
    )


def _standing(metric: Metric, figure: Figure) -> Standing:
    return Standing(words.outcome(metric, figure), words.verdict(metric, figure))
