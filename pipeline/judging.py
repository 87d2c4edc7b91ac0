"""Figures against targets and against earlier times: status words, and changes that are called so only when certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from pipeline.config import Config, Target
from pipeline.model import Change, Direction, Figure, Figures, Key, Level, Metric, Statistic, Status
from pipeline.periods import Window
from pipeline.statistics import counts_differ, means_differ, shares_differ


def judge(figures: Figures, metrics: Mapping[str, Metric], config: Config) -> Figures:
    """The same figures with targets (shares 0–1), status words, and changes since earlier windows."""
    judged = {key: _judged(figure, metrics[key.metric], figures, config) for key, figure in figures.figures.items()}
    with_status = replace(figures, figures=judged)
    return replace(with_status, changes=dict(_changes(with_status, metrics)))


# --- targets and status ---------------------------------------------------------------------------------------------


def _judged(figure: Figure, metric: Metric, figures: Figures, config: Config) -> Figure:
    window = figures.windows[figure.key.window]
    target = _target(figure.key, metric, config.targets, window)
    if figure.denominator is None or figure.value is None:
        return replace(figure, target=target, status=Status.NO_DATA)
    if target is None or not metric.better:
        return replace(figure, target=target, status=Status.NO_TARGET)
    return replace(figure, target=target, status=_status(figure, metric, target, config))


def _target(key: Key, metric: Metric, targets: tuple[Target, ...], window: Window) -> float | None:
    """The most particular target that holds on the window's last day: the unit's, else the area's, else the general."""
    fitting = [target for target in targets if _fits(target, key, metric, window)]
    if not fitting:
        return None
    best = max(fitting, key=lambda target: (bool(target.unit), bool(target.area)))
    return float(Fraction(str(best.value)) / 100) if key.statistic == Statistic.SHARE else best.value


def _fits(target: Target, key: Key, metric: Metric, window: Window) -> bool:
    return (
        target.metric == key.metric
        and (target.statistic or metric.judged) == key.statistic
        and (target.valid_from is None or target.valid_from <= window.ends)
        and (target.valid_to is None or target.valid_to >= window.ends)
        and (not target.unit or (key.level == Level.UNIT and key.org.lower() == target.unit.lower()))
        and (not target.area or (key.breakdown == "area" and key.category.lower() == target.area.lower()))
    )


def _status(figure: Figure, metric: Metric, target: float, config: Config) -> Status:
    value, goal = _exact(figure), Fraction(str(target))
    shortfall = goal - value if metric.better == "higher" else value - goal
    if shortfall <= 0:
        return Status.MET
    if metric.demanded_by_law:
        return Status.NOT_MET
    if figure.key.statistic == Statistic.SHARE:
        near = Fraction(str(config.limits.near_points)) / 100
    else:
        near = abs(goal) * Fraction(str(config.limits.near_percent)) / 100
    return Status.NEAR if shortfall <= near else Status.NOT_MET


def _exact(figure: Figure) -> Fraction:
    # A rounded share could reach a target that its rows do not.
    if figure.key.statistic == Statistic.SHARE and figure.denominator:
        return Fraction(figure.numerator or 0, figure.denominator)
    return Fraction(str(figure.value))


# --- changes --------------------------------------------------------------------------------------------------------


def _changes(figures: Figures, metrics: Mapping[str, Metric]) -> Iterator[tuple[Key, tuple[Change, ...]]]:
    """Flows against the same window last year (seasons); stocks against last year and the last tertial."""
    for key, figure in figures.figures.items():
        if figures.windows[key.window].series != "report":
            continue
        found = []
        for window_id in (f"{key.window}_last_year", f"{key.window}_last_tertial"):
            before = figures.figures.get(replace(key, window=window_id))
            if before is not None:
                is_complete = figures.is_complete(key.metric, figures.windows[key.window])
                found.append(change(figure, before, metrics[key.metric], figures.windows[window_id], is_complete))
        if found:
            yield key, tuple(found)


def change(now: Figure, before: Figure, metric: Metric, since: Window, is_complete: bool = True) -> Change:
    """What happened between two figures of the same kind; certain only when the test at 95 % says so.

    A window that the delivery does not reach the end of is not compared: its missing days are no change.
    """
    if now.value is None or before.value is None or not is_complete:
        return Change(since, before, None, None, False, Direction.NOT_COMPARABLE)
    difference = now.value - before.value
    relative = difference / before.value if before.value else None
    certain = _is_certain(now, before)
    return Change(since, before, difference, relative, certain, _direction(difference, certain, metric))


def _is_certain(now: Figure, before: Figure) -> bool:
    statistic = Statistic(now.key.statistic)
    if statistic is Statistic.SHARE:
        return shares_differ(now.numerator or 0, now.denominator or 0, before.numerator or 0, before.denominator or 0)
    if statistic.is_count:
        return counts_differ(int(now.value or 0), int(before.value or 0))
    if now.deviation is None or before.deviation is None:
        return False
    return means_differ(
        now.value or 0,
        now.deviation,
        now.denominator or 0,
        before.value or 0,
        before.deviation,
        before.denominator or 0,
    )


def _direction(difference: float, certain: bool, metric: Metric) -> Direction:
    if not certain:
        return Direction.NOT_CERTAIN
    if not metric.better:
        return Direction.HIGHER if difference > 0 else Direction.LOWER
    return Direction.BETTER if (difference > 0) == (metric.better == "higher") else Direction.WORSE
