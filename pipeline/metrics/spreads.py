"""Rows in bands of days: how long those took that ended, and how long those have run that began.

The committee's own alone, since the smaller the group the more its longest time tells of somebody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.config import Config
from pipeline.metrics.aggregation import Cell, Rows
from pipeline.model import Figure, Key, Level, Metric, Statistic, spreads
from pipeline.periods import Period, Window

# A picture of fewer rows would be of cases, not of a way to work.
FEWEST = 20

Counted = Mapping[str, tuple[int, int]]  # category → rows, and of these about persons with protected identity


def figures(
    rows: Rows, metric: Metric, config: Config, windows: Mapping[str, Window], period: Period
) -> Iterator[tuple[Key, Figure]]:
    """What is drawn of a metric with bands: rows by days in the judged window, and the cohort of the longest one.

    Of a category with fewer than `FEWEST` rows there is nothing. Of other windows there is only what is too small to be
    shown: it never is, but stands there so that nothing else tells it (a year so far less a tertial of it does).
    """
    if not metric.bands:
        return
    own = {name: window for name, window in windows.items() if window.series == "report" and window.kind != "stock"}
    for statistic, found in ((Statistic.BY_DAYS, rows.days()), (Statistic.COHORT, rows.days_observed())):
        counted = _counted(metric, statistic, found)
        drawn = spreads.drawn_window(statistic, windows, period)
        for window_id in (drawn,) if statistic is Statistic.COHORT else own:
            for key, figure in _of_window(metric, statistic, config, windows[window_id], counted.get(window_id, {})):
                if window_id == drawn or _is_small(figure, config):
                    yield key, figure


def _is_small(figure: Figure, config: Config) -> bool:
    number, rule = figure.denominator or 0, config.disclosure
    return 0 < number < (rule.smallest_with_protected if figure.protected else rule.smallest)


def _of_window(
    metric: Metric, statistic: Statistic, config: Config, window: Window, counted: Mapping[str, Counted]
) -> Iterator[tuple[Key, Figure]]:
    place = (window.window_id, Level.COMMITTEE, config.committee.name, spreads.breakdown(metric))
    for of, found in counted.items():
        if sum(number for number, _ in found.values()) < FEWEST:
            continue
        for name in spreads.categories(metric, statistic, of):
            key = Key(metric.metric_id, statistic, *place, name)
            number, protected = found.get(name, (0, 0))
            yield key, Figure(key, window.ends, denominator=number, value=number, protected=protected)


def _counted(
    metric: Metric, statistic: Statistic, found: Iterator[tuple[Cell, Mapping[str, Any]]]
) -> dict[str, dict[str, dict[str, tuple[int, int]]]]:
    """Window → category that the metric is told by → band."""
    rows: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    protected: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (window_id, _, _, _, of), part in found:
        band = spreads.band_of(metric, statistic, part["day"])
        for state in spreads.states(statistic):
            name = spreads.category(of, band, state)
            prefix = {spreads.DONE: "ended_", spreads.RUNNING: "running_"}.get(state, "")
            rows[window_id, of][name] += int(part[f"{prefix}rows"])
            protected[window_id, of][name] += int(part[f"{prefix}protected"])
    made: dict[str, dict[str, dict[str, tuple[int, int]]]] = defaultdict(dict)
    for (window_id, of), numbers in sorted(rows.items()):
        made[window_id][of] = {name: (count, protected[window_id, of][name]) for name, count in numbers.items()}
    return made
