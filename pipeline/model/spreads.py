"""Bands of days: how many rows took how long, and of those that began how many were done or still running by then.

They are protected as every figure and then drawn; the committee's own alone, and no rows of the exchange format.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.metrics import Metric, Statistic
from pipeline.periods import Period, Window

DONE, RUNNING = "klar", "inte klar"
CROSS = " × "
_DAYS = "days"
_MONTH = 30
# Of all windows those on most days let the most cases be followed for long.
_LONGEST_FLOWS = ("r12", "ytd")


@dataclass(frozen=True)
class Band:
    """Whole days from `first` to `last`; the longest has no last."""

    first: int
    last: int | None

    @property
    def name(self) -> str:
        """`31–60`; `över 180`."""
        return f"över {self.first - 1}" if self.last is None else f"{self.first}–{self.last}"

    def with_next(self, other: Band) -> Band:
        """The two as one."""
        return Band(self.first, other.last)


def edges(metric: Metric, statistic: Statistic) -> tuple[int, ...]:
    """The last days of the bands, but the longest's; of a cohort none is shorter than a month.

    The first weeks of a cohort hold the few that have just begun, and what follows is reckoned from them.
    """
    return tuple(last for last in metric.bands if statistic is not Statistic.COHORT or last >= _MONTH)


def bands(metric: Metric, statistic: Statistic) -> tuple[Band, ...]:
    """The bands from the shortest to the longest; none where the metric has no such limits."""
    lasts = edges(metric, statistic)
    firsts = (0, *(last + 1 for last in lasts))
    return tuple(Band(first, last) for first, last in zip(firsts, (*lasts, None), strict=True)) if lasts else ()


def band_of(metric: Metric, statistic: Statistic, days: float) -> Band:
    """The band that so many days are in."""
    return bands(metric, statistic)[bisect_left(edges(metric, statistic), days)]


def breakdown(metric: Metric) -> str:
    """What bands of days are called among breakdowns: of the whole, or of each category that the metric is told by."""
    return f"{metric.headline_by}_{_DAYS}" if metric.headline_by else _DAYS


def category(of: str, band: Band, state: str = "") -> str:
    """`Barn och unga × klar 31–60`."""
    return CROSS.join(filter(None, (of, f"{state} {band.name}".strip())))


def states(statistic: Statistic) -> tuple[str, ...]:
    """What rows in a band are told apart by."""
    return (DONE, RUNNING) if statistic is Statistic.COHORT else ("",)


def categories(metric: Metric, statistic: Statistic, of: str) -> tuple[str, ...]:
    """All that the rows of the whole (or of a category) are divided in, band by band."""
    return tuple(category(of, band, state) for band in bands(metric, statistic) for state in states(statistic))


def counted_with(statistic: Statistic) -> Statistic:
    """The statistic that is of the same rows: all bands make up what stands behind it."""
    return Statistic.KM_MEDIAN if statistic is Statistic.COHORT else Statistic.MEAN


def drawn_window(statistic: Statistic, windows: Mapping[str, Window], period: Period) -> str:
    """The window that rows in bands are drawn of: the judged one; of a cohort the one that follows it the longest."""
    longest = _LONGEST_FLOWS if statistic is Statistic.COHORT else ()
    return next((name for name in longest if name in windows), period.judged_flow_kind)
