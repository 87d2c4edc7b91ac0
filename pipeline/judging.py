"""Figures against targets and against earlier times: status words, and changes that are called so only when certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from pipeline.config import Config, Target
from pipeline.model import Change, Direction, Figure, Figures, Key, Level, Metric, Statistic, Status
from pipeline.periods import Window
from pipeline.statistics import counts_differ, means_differ, shares_differ

_COMPARED = ("last_year", "last_tertial")  # the nearest last


def judge(
    figures: Figures,
    metrics: Mapping[str, Metric],
    config: Config,
    goals: Sequence[Target] = (),
    today: date = date.max,
) -> Figures:
    """The same figures with targets (shares 0–1), status words, and changes since earlier windows.

    `goals` are the targets of the goal tree, which go before those of the configuration. A window that is not over
    `today` gets no status: what its last days bring is neither reached nor missed yet.
    """
    by_metric = {
        metric_id: tuple(_of_metric(metric_id, given) for given in (goals, config.targets)) for metric_id in metrics
    }
    judged = {
        key: _judged(figure, metrics[key.metric], figures, config, by_metric[key.metric], today)
        for key, figure in figures.figures.items()
    }
    with_status = replace(figures, figures=judged)
    return replace(with_status, changes=dict(_changes(with_status, metrics)))


# --- targets and status ---------------------------------------------------------------------------------------------


def _of_metric(metric_id: str, targets: Sequence[Target]) -> tuple[Target, ...]:
    return tuple(target for target in targets if target.metric == metric_id)


def _judged(
    figure: Figure, metric: Metric, figures: Figures, config: Config, given: Sequence[tuple[Target, ...]], today: date
) -> Figure:
    window = figures.windows[figure.key.window]
    found = (_target(figure.key, metric, targets, window) for targets in given)
    target = next((one for one in found if one is not None), None)
    if target is None:
        status = Status.NO_DATA if figure.value is None else Status.NO_TARGET
        return replace(figure, status=status)
    better, aim = metric.better or target.better, _stored(target, figure)
    if figure.denominator is None or figure.value is None:
        status = Status.NO_DATA
    elif not better:
        status = Status.NO_TARGET
    else:
        status = Status.NOT_YET if window.ends > today else _status(figure, aim, metric, better, config)
    return replace(figure, target=aim, better="" if metric.better else better, status=status)


def _stored(target: Target, figure: Figure) -> float:
    """Shares are written in per cent and stored 0–1."""
    return float(Fraction(str(target.value)) / 100) if Statistic(figure.key.statistic).is_share else target.value


def _target(key: Key, metric: Metric, targets: tuple[Target, ...], window: Window) -> Target | None:
    """The most particular target that holds on the window's last day: the unit's, else the area's, else the general."""
    fitting = [target for target in targets if _fits(target, key, metric, window)]
    return max(fitting, key=lambda one: (bool(one.unit), bool(one.category), bool(one.area)), default=None)


def _fits(target: Target, key: Key, metric: Metric, window: Window) -> bool:
    return (
        (target.statistic or metric.judged) == key.statistic
        and (target.valid_from is None or target.valid_from <= window.ends)
        and (target.valid_to is None or target.valid_to >= window.ends)
        and _is_of_place(target, key)
        and (not target.area or _is_category(key, "area", target.area))
        and (not target.category or _is_category(key, metric.headline_by, target.category))
    )


def _is_of_place(target: Target, key: Key) -> bool:
    """The unit's own; else everybody's, but for a count: so many of the whole committee are nobody's part of it."""
    if target.unit:
        return key.level == Level.UNIT and key.org.lower() == target.unit.lower()
    if not Statistic(key.statistic).is_count:
        return True
    is_part = bool(key.breakdown) and not (target.area or target.category)
    return key.level == Level.COMMITTEE and not is_part


def _is_category(key: Key, breakdown: str, category: str) -> bool:
    return key.breakdown == breakdown and key.category.lower() == category.lower()


def _status(figure: Figure, aim: float, metric: Metric, better: str, config: Config) -> Status:
    value, goal = _exact(figure), Fraction(str(aim))
    shortfall = goal - value if better == "higher" else value - goal
    if shortfall <= 0:
        return Status.MET
    if metric.demanded_by_law:
        return Status.NOT_MET
    if Statistic(figure.key.statistic).is_share:
        near = Fraction(str(config.limits.near_points)) / 100
    else:
        near = abs(goal) * Fraction(str(config.limits.near_percent)) / 100
    return Status.NEAR if shortfall <= near else Status.NOT_MET


def _exact(figure: Figure) -> Fraction:
    # A rounded figure could reach a target that its rows do not.
    if Statistic(figure.key.statistic).is_share and figure.denominator:
        return Fraction(str(figure.numerator or 0)) / Fraction(str(figure.denominator))
    return Fraction(str(figure.value if figure.exact is None else figure.exact))


# --- changes --------------------------------------------------------------------------------------------------------


def _changes(figures: Figures, metrics: Mapping[str, Metric]) -> Iterator[tuple[Key, tuple[Change, ...]]]:
    """Flows against the same window last year (seasons); stocks against last year and the last tertial."""
    reported = [name for name, window in figures.windows.items() if window.series == "report"]
    earlier = {f"{name}_{series}": name for series in _COMPARED for name in reported}
    found: dict[Key, dict[str, Change]] = defaultdict(dict)
    # By way of the earlier ones, since few figures have any.
    for then, before in figures.figures.items():
        key = replace(then, window=earlier[then.window]) if then.window in earlier else None
        figure = figures.figures.get(key) if key else None
        if key and figure:
            metric, since = metrics[key.metric], figures.windows[then.window]
            covered = is_comparable(figures, metric, key, then.window)
            found[key][since.series] = change(figure, before, metric, since, covered)
    for key, changes in found.items():
        yield key, tuple(changes[series] for series in _COMPARED if series in changes)


def is_comparable(figures: Figures, metric: Metric, key: Key, window_id: str) -> bool:
    """Whether the metric's extracts cover both the figure's own window and the other; missing days are no change."""
    statistic = Statistic(key.statistic)
    return all(figures.is_covered(metric, figures.windows[name], statistic) for name in (key.window, window_id))


def change(now: Figure, before: Figure, metric: Metric, since: Window, is_comparable: bool = True) -> Change:
    """What happened between two figures of the same kind; certain only when the test at 95 % says so."""
    if now.value is None or before.value is None or not is_comparable:
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
