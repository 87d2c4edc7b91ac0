"""A publication as it is thought of: the figures that the committee got, each of a time, and what explains them.

A figure is known by its days, not by its window's name: what is *tertial* in one report is *a year earlier* in another.
Hidden figures are kept as hidden, without what was measured.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from pipeline.config import Config
from pipeline.model import Figure, Figures, FileAccount, Key, Metric, RunInfo
from pipeline.model.revisions import Published
from pipeline.periods import Days

if TYPE_CHECKING:
    from pipeline.disclosure import PublicFigures

_HASH_LENGTH = 16


@dataclass(frozen=True, order=True)
class Place:
    """What makes a figure the same in several reports."""

    metric: str
    statistic: str
    time: Days
    level: int
    org: str
    breakdown: str
    category: str

    @classmethod
    def of(cls, key: Key, time: Days) -> Place:
        """The place of a figure whose window is of that time."""
        return cls(key.metric, str(key.statistic), time, int(key.level), key.org, key.breakdown, key.category)

    def key(self, window: str) -> Key:
        """The figure's key in a report where its time is called `window`."""
        return Key(self.metric, self.statistic, window, self.level, self.org, self.breakdown, self.category)


Placed = Mapping[Place, Figure]


@dataclass(frozen=True)
class Basis:
    """What a report was made of: enough to tell why a figure of it differs from another's."""

    published: Published
    run_id: str
    version: str
    settings: str  # hash of the configuration less its paths
    metrics: Mapping[str, str] = field(default_factory=dict)  # metric → hash of its SQL file
    limits: Mapping[str, str] = field(default_factory=dict)  # limit → its value, as JSON
    extracts: Mapping[str, str] = field(default_factory=dict)  # extract → hash of its files' contents
    delivered: Mapping[str, date] = field(default_factory=dict)  # extract → the day of its newest file


@dataclass(frozen=True)
class Publication:
    """A publication on the shelf, without its figures: `number` says in which order they were put there.

    `own` are the times that its report was of, all of whose figures it holds; `retold` are those that it told some
    revised figures of.
    """

    number: int
    basis: Basis
    own: frozenset[Days]
    retold: frozenset[Days]


def basis(figures: Figures, metrics: Mapping[str, Metric], config: Config, run: RunInfo) -> Basis:
    """What this run's report is made of."""
    return Basis(
        published=Published(run.today, figures.period),
        run_id=run.run_id,
        version=run.version,
        settings=run.config_sha256,
        metrics={metric_id: metric.sha256 for metric_id, metric in metrics.items()},
        limits={
            name: json.dumps(value, ensure_ascii=False, sort_keys=True)
            for name, value in config.limits.model_dump(mode="json").items()
        },
        extracts=dict(_contents(run.inputs)),
        delivered={one.extract: one.delivered for one in sorted(run.inputs, key=lambda one: one.delivered)},
    )


def own_times(figures: Figures) -> frozenset[Days]:
    """The times that a report is of."""
    return frozenset(Days.of(window) for window in figures.windows.values() if window.series == "report")


def own_figures(figures: PublicFigures) -> Placed:
    """The report's own figures by place; of windows of the same days, such as those of a first tertial, only one."""
    placed: dict[Place, Figure] = {}
    for figure in figures.own():
        placed.setdefault(Place.of(figure.key, Days.of(figures.windows[figure.key.window])), figure)
    return placed


def all_figures(figures: PublicFigures) -> Placed:
    """Every figure by place, rows in bands of days too, the report's own before those that it compares with."""
    of_window = {name: Days.of(window) for name, window in figures.windows.items()}
    spreads = {Place.of(key, of_window[key.window]): figure for key, figure in figures.spreads.items()}
    return {**figures_of(figures, frozenset(of_window.values())), **spreads}


def figures_of(figures: PublicFigures, times: frozenset[Days]) -> Placed:
    """All figures of some times by place, the report's own before those that it compares with."""
    placed: dict[Place, Figure] = {}
    of_window = {name: Days.of(window) for name, window in figures.windows.items()}
    for key, figure in figures.figures.items():
        if of_window[key.window] in times:
            placed.setdefault(Place.of(key, of_window[key.window]), figure)
    return placed


def hidden_figures(public: PublicFigures, internal: Figures) -> Placed:
    """The hidden figures with what was measured, by place."""
    of_window = {name: Days.of(window) for name, window in public.windows.items()}
    return {
        Place.of(key, of_window[key.window]): (internal.spreads if key in internal.spreads else internal.figures)[key]
        for key, figure in chain(public.figures.items(), public.spreads.items())
        if figure.suppressed
    }


def _contents(inputs: tuple[FileAccount, ...]) -> Iterator[tuple[str, str]]:
    for extract in sorted({one.extract for one in inputs}):
        hashes = sorted(one.sha256 for one in inputs if one.extract == extract)
        yield extract, hashlib.sha256("\n".join(hashes).encode()).hexdigest()[:_HASH_LENGTH]
