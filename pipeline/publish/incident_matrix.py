"""Incidents by severity and risk of recurrence, as a table like that of the risks; from public figures alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language import later, say
from pipeline.model import Figure, Statistic
from pipeline.publish import forms, words
from pipeline.publish.forms import HIDDEN
from pipeline.publish.risk_matrix import Matrix, matrix

if TYPE_CHECKING:
    from pipeline.publish.report import Report

ANCHOR, TITLE = "avvikelsematris", later("Avvikelser efter allvar och risk för upprepning")
METRIC, BREAKDOWN = "incidents", "severity_recurrence"
_PLACE = re.compile(r"([1-4]) × ([1-4])")


@dataclass(frozen=True)
class IncidentsPart:
    """The matrix as a part of the page."""

    anchor: str
    title: str
    matrix: Matrix


def part(report: Report) -> IncidentsPart | None:
    """The part; None where there is no matrix to show."""
    found = incidents(report)
    return None if found is None else IncidentsPart(ANCHOR, TITLE, found)


def incidents(report: Report) -> Matrix | None:
    """The matrix for the year so far where the report has it; None where no severity and recurrence are known."""
    metric = report.metrics.get(METRIC)
    if metric is None or METRIC in report.figures.missing:
        return None
    window = "ytd" if "ytd" in report.figures.windows else report.figures.period.judged_flow_kind
    found = report.figures.breakdown(metric, BREAKDOWN, Statistic.COUNT, window)
    placed = {place.groups(): figure for figure in found if (place := _PLACE.fullmatch(figure.key.category))}
    if not placed:
        return None
    texts = {(int(row), int(column)): _count(figure) for (row, column), figure in placed.items()}
    others = [figure for figure in found if not _PLACE.fullmatch(figure.key.category) and _has_rows(figure)]
    return matrix(
        say(
            "Avvikelser och synpunkter efter allvarlighetsgrad och risk för upprepning, {when}",
            when=_when(report, window),
        ),
        (say("Allvarlighet"), say("Risk för upprepning")),
        texts,
        report.config.limits,
        otherwise="0",
        notes=tuple(
            say("Utan uppgift om allvarlighetsgrad eller risk: {in_words}.", in_words=_in_words(figure))
            for figure in others
        ),
    )


def _count(figure: Figure) -> str:
    return HIDDEN if figure.suppressed else forms.number(figure.denominator or 0)


def _in_words(figure: Figure) -> str:
    return words.PROTECTED if figure.suppressed else _count(figure)


def _has_rows(figure: Figure) -> bool:
    return figure.suppressed or bool(figure.denominator)


def _when(report: Report, window: str) -> str:
    return forms.window(report.figures.windows[window])
