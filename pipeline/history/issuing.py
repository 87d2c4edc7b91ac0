"""The reports that stand published, one a period, as the shelf knows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.history import shelf
from pipeline.history.publications import Publication
from pipeline.model import Figure, Key, Level
from pipeline.model.issues import Issue, issue
from pipeline.periods import Days, Period, windows


def issues(folder: Path, standing: Mapping[Period, str]) -> tuple[Issue, ...]:
    """The report of every period below `folder`, in no order; nothing of what is hidden.

    `standing` tells which run's report stands in a period's folder, where one does; else the last that was published is
    the period's. Raises WrongUse when a publication that is needed is damaged.
    """
    chosen: dict[Period, Publication] = {}
    for publication in shelf.read(folder):
        basis = publication.basis
        period = basis.published.period
        known = chosen.get(period)
        if known is None or known.basis.run_id != standing.get(period):
            chosen[period] = publication
    return tuple(_issue(folder, publication) for publication in chosen.values())


def latest(folder: Path) -> date | None:
    """The last day that something was published on; None before that. Raises WrongUse for a damaged publication."""
    return max((one.basis.published.day for one in shelf.read(folder)), default=None)


def _issue(folder: Path, publication: Publication) -> Issue:
    basis = publication.basis
    period = basis.published.period
    figures = dict(_judged(folder, publication, period))
    return issue(basis.published.day, period, basis.run_id, figures, basis.metrics)


def _judged(folder: Path, publication: Publication, period: Period) -> Iterator[tuple[Key, Figure]]:
    """The committee's figures of the judged days, under the names that their windows had in that report."""
    named = {
        Days.of(window): window.window_id
        for window in windows(period)
        if window.series == "report" and window.window_id in (period.judged_flow_kind, "stock")
    }
    for place, figure in shelf.figures(folder, publication).items():
        if place.level == Level.COMMITTEE and place.time in named:
            key = place.key(named[place.time])
            yield key, replace(figure, key=key)
