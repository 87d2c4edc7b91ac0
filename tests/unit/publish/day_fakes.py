"""The invented committee's investigations in bands of days, some of them too few to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from pipeline.disclosure import PublicFigures
from pipeline.model import Figure, Figures, Key, Metric, Statistic, spreads
from pipeline.publish.report import Report
from tests.answers import protect
from tests.unit.publish import fakes

METRIC = "investigation_days"
CHILDREN, ELDERLY = "Barn och unga", "Äldreomsorg"
_FOLLOWED = (Statistic.MEAN, Statistic.MEDIAN, Statistic.P90, Statistic.KM_MEDIAN)


def metrics() -> dict[str, Metric]:
    """The invented metrics, with bands of the investigations'."""
    days = fakes.metric(METRIC, statistics=_FOLLOWED, bands=(30, 60, 90, 120, 180), bands_limit=120)
    return {**fakes.metrics(), METRIC: days}


def with_bands(
    by_days: Sequence[int], cohort: Sequence[tuple[int, int]], of: str = CHILDREN, *, figures: Figures | None = None
) -> Figures:
    """Internal figures in which an area's rows took so long, and so many of those begun were done or still running."""
    base, metric = figures or fakes.internal_figures(), metrics()[METRIC]
    numbers = {Statistic.BY_DAYS: list(by_days), Statistic.COHORT: [one for both in cohort for one in both]}
    changed, banded = dict(base.figures), dict(base.spreads)
    for statistic, counted in numbers.items():
        window = spreads.drawn_window(statistic, base.windows, base.period)
        ends, place = base.windows[window].ends, (window, 1, fakes.COMMITTEE)
        whole = Key(METRIC, spreads.counted_with(statistic), *place, "area", of)
        before = changed.get(whole, Figure(whole, ends, value=70.0))
        changed[whole] = replace(before, denominator=sum(counted))
        for name, number in zip(spreads.categories(metric, statistic, of), counted, strict=True):
            key = Key(METRIC, statistic, *place, spreads.breakdown(metric), name)
            banded[key] = Figure(key, ends, denominator=number, value=number)
    return replace(base, figures=changed, spreads=banded)


@cache
def figures() -> PublicFigures:
    """Children with a long tail of one, the elderly with all bands large."""
    found = with_bands((5, 12, 18, 25, 10, 1), ((8, 12), (17, 6), (19, 7), (26, 7), (9, 3), (5, 2)))
    found = with_bands((33, 8, 6, 0, 0, 0), ((20, 6), (12, 0), (9, 5), (0, 0), (0, 0), (0, 0)), ELDERLY, figures=found)
    return protect(found, metrics(), fakes.config())


def report(**changes: Any) -> Report:
    """What the committee's page is made of, with bands of days."""
    return fakes.report(**{"figures": figures(), "metrics": metrics(), **changes})
