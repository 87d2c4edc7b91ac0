"""What is measured of what: the six quality areas against structure, process and result, with each metric's status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language import later, say
from pipeline.model import Metric, Status
from pipeline.publish import forms, summary, words
from pipeline.publish.words import Mark, Verdict

if TYPE_CHECKING:
    from pipeline.publish.report import Report

ANCHOR, TITLE = "kvalitetsomraden", later("Kvalitetsområden")
AREAS = (
    later("samverkan"),
    later("delaktighet"),
    later("personcentrerat arbetssätt"),
    later("personalens kompetens"),
    later("kunskapsbaserad verksamhet"),
    later("ledning och styrning"),
)
KINDS = (later("struktur"), later("process"), later("resultat"))
_GRAVITY = (Mark.NOT_MET, Mark.NEAR, Mark.MET, Mark.NO_TARGET, Mark.NONE)


@dataclass(frozen=True)
class Standing:
    """A metric as it stands, linked to its section."""

    anchor: str
    title: str
    verdict: Verdict


@dataclass(frozen=True)
class AreaRow:
    """A quality area: what is measured of its structure, process and result."""

    area: str
    cells: tuple[tuple[Standing, ...], ...]


@dataclass(frozen=True)
class QualityAreas:
    """The overview."""

    anchor: str
    title: str
    kinds: tuple[str, ...]
    rows: tuple[AreaRow, ...]
    gaps: str


def part(report: Report) -> QualityAreas:
    """The overview of every metric in the catalogue; areas of the metrics beside the six come after them."""
    others = [area for area in dict.fromkeys(m.quality_area for m in report.metrics.values()) if area not in AREAS]
    rows = tuple(_row(area, report) for area in (*AREAS, *others))
    return QualityAreas(ANCHOR, TITLE, tuple(map(forms.capital, KINDS)), rows, _gaps(rows))


def standing(metric: Metric, report: Report) -> Standing:
    """The metric's status; of one that is told by category the gravest of them."""
    found = [(h, words.verdict(metric, h.figure)) for h in summary.headlines(metric, report.figures)]
    if not found:
        return Standing(metric.metric_id, metric.title, Verdict(Mark.NONE, words.NOTHING))
    _, gravest = min(found, key=lambda one: _GRAVITY.index(one[1].mark))
    return Standing(metric.metric_id, metric.title, gravest)


def _row(area: str, report: Report) -> AreaRow:
    metrics = [metric for metric in report.metrics.values() if metric.quality_area == area]
    cells = tuple(tuple(standing(m, report) for m in metrics if m.kind == kind) for kind in KINDS)
    return AreaRow(forms.capital(area), cells)


def _gaps(rows: Iterable[AreaRow]) -> str:
    lacking = []
    for row in rows:
        kinds = [kind for kind, cell in zip(KINDS, row.cells, strict=True) if not any(map(_has_data, cell))]
        if kinds:
            lacking.append(f"{forms.inside(row.area)} ({forms.listed(kinds)})")
    if not lacking:
        return say("Alla kvalitetsområden mäts med både struktur-, process- och resultatmått.")
    return say("Inget mäts, eller uppgifter saknas, för {lacking}.", lacking=forms.listed(lacking))


def _has_data(one: Standing) -> bool:
    return one.verdict.word != Status.NO_DATA.value
