"""Figures: each with its key, its changes, and all of a report together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from pipeline.model import spreads
from pipeline.model.metrics import Level, Metric, Statistic, Status
from pipeline.periods import Period, Window

SHARE_DECIMALS, OTHER_DECIMALS = 6, 2  # that a value is rounded to

_SLOW_START = timedelta(days=31)  # the first row of an extract need not be of the first day that it covers
_LONG_CASE = timedelta(days=60)  # an extract that began so much earlier holds most of what was open when a window did
_TAKES_TIME = frozenset({"investigations", "decisions"})
_AT_ONCE = frozenset({"reviews", "surveys", "vignettes", "measurements", "activities", "controls"})


@dataclass(frozen=True, order=True, slots=True)
class Key:
    """What makes a figure unique within a period's report. Totals have an empty breakdown and category."""

    metric: str
    statistic: str
    window: str
    level: int
    org: str
    breakdown: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; shares are 0–1. `denominator` None: extract or column missing. `value` None: nothing to measure.

    Numerator and denominator are whole numbers, but for measures that were delivered with decimals.
    """

    key: Key
    as_of: date
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    target: float | None = None
    better: str = ""  # which direction the target calls better, where the metric says none
    status: Status | None = None
    suppressed: bool = False
    exact: float | None = None  # a mean before it was rounded, for judging; never published
    deviation: float | None = None  # standard deviation of the rows behind a mean, for testing changes; never published
    protected: int = 0  # of the rows behind it, those about persons with protected identity; never published


class Direction(StrEnum):
    """What a change means, in the words of the report."""

    BETTER = "bättre"
    WORSE = "sämre"
    HIGHER = "högre"
    LOWER = "lägre"
    NOT_CERTAIN = "ingen säkerställd förändring"
    NOT_COMPARABLE = "går inte att jämföra"


@dataclass(frozen=True, slots=True)
class Change:
    """A figure against the same window of an earlier time (`since`: that window's series, see `Window`)."""

    since: Window
    before: Figure
    difference: float | None  # share: of the share (0.05 = 5 percentage points); else in the metric's own unit
    relative: float | None  # of the earlier value
    certain: bool
    direction: Direction


@dataclass(frozen=True)
class Break:
    """A change of case system in mid-series: figures before and after the day may differ for that reason alone."""

    day: date  # the first of the month in which most rows come from the new system
    before: str
    after: str


@dataclass(frozen=True)
class Figures:
    """All figures of a report: the period's own, and those of other windows for trends and changes.

    `missing` says for each metric without data why (Swedish, one sentence). `omitted` lists for each metric the
    refining headings that no file had. `programmes` says where each unit stands on the last day. `known_to` says for
    each metric which day its extracts were delivered: windows that end later are not complete. `known_from` says which
    day the first rows of all that it needs are of: what was before it is unknown, and never 0. `breaks` tells for each
    metric when most of its rows began to come from another case system. `spreads` are rows in bands of days, see
    `model.spreads`: drawn, and in no file of figures.
    """

    period: Period
    windows: Mapping[str, Window]
    figures: Mapping[Key, Figure]
    changes: Mapping[Key, tuple[Change, ...]]
    missing: Mapping[str, str]
    omitted: Mapping[str, tuple[str, ...]]
    programmes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    known_to: Mapping[str, date] = field(default_factory=dict)
    known_from: Mapping[str, date] = field(default_factory=dict)
    breaks: Mapping[str, tuple[Break, ...]] = field(default_factory=dict)
    spreads: Mapping[Key, Figure] = field(default_factory=dict)

    def get(
        self,
        metric: Metric,
        statistic: Statistic | None = None,
        window: str | None = None,
        *,
        level: int = 1,
        org: str | None = None,
        breakdown: str = "",
        category: str = "",
    ) -> Figure | None:
        """The figure with that key; the judged statistic and window, and the committee itself, unless said."""
        key = Key(
            metric.metric_id,
            statistic or metric.judged,
            window or self.judged_window(metric),
            level,
            self.committee if org is None else org,
            breakdown,
            category,
        )
        return self.figures.get(key)

    def judged_window(self, metric: Metric) -> str:
        """The id of the window that is judged against the target in this report."""
        return self.period.judged_flow_kind if metric.flow else "stock"

    def trend(
        self, metric: Metric, statistic: Statistic | None = None, series: str = "month", **which: str
    ) -> list[tuple[Window, Figure]]:
        """The committee's figures of a series of windows (`month` or `part`), oldest first; `which` as in `get`.

        Windows that the extracts do not cover are left out: what they lack would look like a change.
        """
        points = []
        for window in self.windows.values():
            if window.series == series and (window.kind != "stock") == metric.flow:
                figure = self.get(metric, statistic, window.window_id, **which)  # type: ignore[arg-type]
                if figure is not None and self.is_covered(metric, window, statistic):
                    points.append((window, figure))
        return points

    def breaks_in(self, metric: Metric, windows: Sequence[Window]) -> tuple[Break, ...]:
        """The changes of case system within a trend, oldest first; one before its second window breaks nothing."""
        if len(windows) < 2:
            return ()
        first, last = min(w.ends for w in windows), max(w.ends for w in windows)
        return tuple(b for b in self.breaks.get(metric.metric_id, ()) if first < b.day <= last)

    def breakdown(
        self, metric: Metric, breakdown: str, statistic: Statistic | None = None, window: str | None = None
    ) -> list[Figure]:
        """The committee's figures by category, in the categories' order of reading."""
        return self._select(metric, statistic, window, level=1, breakdown=breakdown)

    def by_org(
        self,
        metric: Metric,
        level: int,
        statistic: Statistic | None = None,
        window: str | None = None,
        breakdown: str = "",
    ) -> list[Figure]:
        """All programmes (2) or units (3), by name: their totals, or each category of a breakdown."""
        return self._select(metric, statistic, window, level=level, breakdown=breakdown)

    def _select(
        self, metric: Metric, statistic: Statistic | None, window: str | None, *, level: int, breakdown: str
    ) -> list[Figure]:
        wanted = (metric.metric_id, statistic or metric.judged, window or self.judged_window(metric), level, breakdown)
        return [self.figures[key] for key in self._index.get(wanted, ())]

    @property
    def _index(self) -> Mapping[tuple[str, str, str, int, str], list[Key]]:
        if "_keys" not in self.__dict__:
            index: dict[tuple[str, str, str, int, str], list[Key]] = {}
            for key in self.figures:
                index.setdefault((key.metric, key.statistic, key.window, key.level, key.breakdown), []).append(key)
            self.__dict__["_keys"] = index
        return self.__dict__["_keys"]

    def spread(self, metric: Metric, statistic: Statistic, window: str, category: str = "") -> list[Figure]:
        """The committee's rows in bands of days, of a category where the metric is told by such; none if too few."""
        of, names = spreads.breakdown(metric), spreads.categories(metric, statistic, category)
        keys = [Key(metric.metric_id, statistic, window, Level.COMMITTEE, self.committee, of, name) for name in names]
        return [self.spreads[key] for key in keys if key in self.spreads]

    def is_covered(self, metric: Metric, window: Window, statistic: Statistic | None = None) -> bool:
        """Whether the metric's extracts hold the window: delivered at its end or later, and begun in time.

        A count is of the whole window, so its extracts must have begun when the window did, or soon after. Of cases
        that take time, an extract that began later holds only the short ones: it must have begun a while before. What
        is measured at once (a survey, a review, a control) is what it is, however few there were before it.
        """
        if not self.is_complete(metric.metric_id, window):
            return False
        first, begins = self.known_from.get(metric.metric_id), window.starts
        if first is None:
            return True
        if not (statistic or metric.judged).is_count and _TAKES_TIME & metric.needs.keys():
            return first <= begins - _LONG_CASE
        is_of_all = (statistic or metric.judged).is_count or not metric.needs.keys() & _AT_ONCE
        return first <= (min(begins + _SLOW_START, window.ends) if is_of_all else window.ends)

    def is_complete(self, metric_id: str, window: Window) -> bool:
        """Whether the metric's extracts were delivered on the window's last day or later."""
        return metric_id not in self.known_to or window.ends <= self.known_to[metric_id]

    @property
    def committee(self) -> str:
        """The name on level 1."""
        if "_committee" not in self.__dict__:
            self.__dict__["_committee"] = next((key.org for key in self.figures if key.level == 1), "")
        return self.__dict__["_committee"]

    def own(self) -> Iterable[Figure]:
        """The period's own figures: what `resultat.csv` holds."""
        return (f for key, f in self.figures.items() if self.windows[key.window].series == "report")
