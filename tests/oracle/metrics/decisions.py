"""Decisions and execution: the cases of each metric's denominator in a window. Docstrings quote the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from ..cases import Case, Duration, World, ended_from, has_happened, is_ended, is_executed
from ..days import Window, add_months, days_between

Cases = Iterator[Case]


def decision_unexecuted_over_3_months(world: World, window: Window) -> Cases:
    """Reportable decisions waiting on D: not executed and not ended (this comes first), or interrupted `≤ D`, not
    resumed by D and not ended; breakdowns `law`, `service`, `wait`, `delay_reason` | `D > limit`. Limit =
    `decided + 3 months`; when interrupted, `interrupted + 3 months`. Also the persons and the longest wait."""
    day = window.ends
    for decision in world.extracts.decisions:
        if not world.is_reportable(decision, day) or is_ended(decision, day):
            continue
        if not is_executed(decision, day):
            wait, since = "ej påbörjad", decision["decided"]
        elif has_happened(decision["interrupted"], day) and not has_happened(decision["resumed"], day):
            wait, since = "avbruten", decision["interrupted"]
        else:
            continue
        case = world.case("decisions", decision, "decided", ("law", "service", "delay_reason"))
        case.categories["wait"] = wait
        case.hit = day > add_months(since, 3)
        case.value = days_between(since, day)
        yield case


def decision_executed_within_3_months(world: World, window: Window) -> Cases:
    """Reportable decisions whose `decided + 3 months` falls in the window, less those ended by the limit and not
    executed by it; breakdowns `law`, `service` | executed by the limit."""
    for decision in world.extracts.decisions:
        limit = add_months(decision["decided"], 3)
        executed = is_executed(decision, limit)
        if (
            window.holds(limit)
            and world.is_reportable(decision, window.ends)
            and (executed or not is_ended(decision, limit))
        ):
            case = world.case("decisions", decision, "decided", ("law", "service"))
            case.hit = executed
            yield case


def decision_wait_days(world: World, window: Window) -> Cases:
    """Reportable decisions executed in the window; breakdowns `law`, `service` | `executed − decided`, at least 0.
    Kaplan–Meier: those decided in the window; not executed on D, they waited until D or until they ended."""
    day = window.ends
    for decision in world.extracts.decisions:
        if not world.is_reportable(decision, day):
            continue
        case = world.case("decisions", decision, "decided", ("law", "service"))
        if is_executed(decision, day) and window.holds(decision["executed"]):
            case.value = max(0, days_between(decision["decided"], decision["executed"]))
        if window.holds(decision["decided"]):
            over = is_executed(decision, day)
            until = decision["executed"] if over else min(day, ended_from(decision) or day)
            case.observed = Duration(max(0, days_between(decision["decided"], until)), over)
        if case.value is not None or case.observed is not None:
            yield case


def decision_days_from_application(world: World, window: Window) -> Cases:
    """Decisions decided in the window whose referral is an ansökan received no later; breakdowns `law`, `service` |
    `decided − received`."""
    for decision in world.extracts.decisions:
        referral = world.referral_of(decision)
        if (
            window.holds(decision["decided"])
            and referral is not None
            and referral["kind"] == "ansökan"
            and referral["received"] <= decision["decided"]
        ):
            case = world.case("decisions", decision, "decided", ("law", "service"))
            case.value = days_between(referral["received"], decision["decided"])
            yield case
