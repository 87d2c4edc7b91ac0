"""Why a published figure has changed: by what its report was made of, against what this run's is made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pipeline.history.publications import Basis
from pipeline.model import Figure, Metric, Statistic
from pipeline.model.revisions import Cause

# Limit → the extract that a metric must stand on for it to matter; another limit of the definitions may touch any.
_OF_EXTRACT = {
    "plan_grace_days": "plans",
    "plan_exempt_areas": "plans",
    "plan_exempt_services": "plans",
    "plan_current_months": "plans",
    "execution_exempt_areas": "decisions",
    "care_level_services": "care_levels",
    "incident_days": "incidents",
}
_OF_CHILDREN = frozenset({"child_areas", "not_child_kinds"})
_OF_STATUS = frozenset({"near_points", "near_percent"})
_OF_NO_FIGURE = frozenset({"rejected_percent"})


def measures(figure: Figure) -> tuple[float | None, float | None, float | None]:
    """What was measured, as it is printed."""
    return figure.numerator, figure.denominator, figure.value


def cause(before: Figure, now: Figure, metric: Metric, then: Basis, today: Basis) -> Cause:
    """The first cause that holds, in the order of `Cause`; what was set or delivered for other metrics is none.

    Late rows and mended ones are one cause, since nothing in an extract tells them apart.
    """
    if (before.denominator is None) != (now.denominator is None):
        return Cause.NOW_MEASURED if before.denominator is None else Cause.NOW_MISSING
    is_measured_alike = measures(before) == measures(now)
    if is_measured_alike and before.target != now.target:
        return Cause.TARGET
    if then.metrics.get(metric.metric_id) != today.metrics.get(metric.metric_id):
        return Cause.DEFINITION
    if any(_matters(limit, metric, is_measured_alike) for limit in _changed_limits(then, today)):
        return Cause.LIMITS
    if not is_measured_alike and _stands_on_other_rows(metric, then, today):
        return Cause.PRELIMINARY if _came_early(metric, before.as_of, then, today) else Cause.ROWS
    return Cause.SETTINGS if then.settings != today.settings else Cause.PROGRAM


def has_other_target(before: Figure, now: Figure, metric: Metric) -> bool:
    """Whether it is held against another target now; what the law demands is held against the law."""
    is_lawful = metric.demanded_by_law and Statistic(now.key.statistic) is Statistic.SHARE
    return before.target != now.target and not is_lawful


def _changed_limits(then: Basis, today: Basis) -> Iterable[str]:
    return (name for name in {*then.limits, *today.limits} if then.limits.get(name) != today.limits.get(name))


def _matters(limit: str, metric: Metric, is_measured_alike: bool) -> bool:
    if limit in _OF_NO_FIGURE:
        return False
    if (limit in _OF_STATUS) != is_measured_alike:
        return False
    if limit in _OF_CHILDREN:
        return metric.child_scope
    return limit not in _OF_EXTRACT or _OF_EXTRACT[limit] in (*metric.needs, *metric.refines)


def _extracts(metric: Metric) -> set[str]:
    """Those that a figure may change with: the metric's own, and the register that says where units stand."""
    return {*metric.needs, *metric.refines, "units"}


def _stands_on_other_rows(metric: Metric, then: Basis, today: Basis) -> bool:
    return any(then.extracts.get(name) != today.extracts.get(name) for name in _extracts(metric))


def _came_early(metric: Metric, ends: date, then: Basis, today: Basis) -> bool:
    """Whether an extract was delivered before the time had ended, and has come again since."""
    days = [(then.delivered[name], today.delivered.get(name)) for name in metric.needs if name in then.delivered]
    return any(day < ends and again is not None and day < again for day, again in days)
