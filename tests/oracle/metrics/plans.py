"""Plans (genomförandeplaner): the cases of each metric's denominator in a window. Docstrings quote the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..cases import Case, World, has_happened, is_executed, is_granted, is_in_force, is_within_12_months
from ..days import Window, add_days, add_months

Cases = Iterator[Case]


def plan_in_force(world: World, window: Window) -> Cases:
    """Services that need a plan; breakdowns `service`, `law` | it has a plan in force."""
    for decision in world.services_that_need_a_plan(window.ends):
        case = world.service_case(decision, ("service", "law"))
        case.hit = world.plan_of(decision, window.ends) is not None
        yield case


def plan_current(world: World, window: Window) -> Cases:
    """Same | its plan is current."""
    for decision in world.services_that_need_a_plan(window.ends):
        case = world.service_case(decision, ("service", "law"))
        case.hit = world.current_plan_of(decision, window.ends) is not None
        yield case


def plan_current_measurable_goal(world: World, window: Window) -> Cases:
    """Same | current with at least one measurable goal."""
    for decision in world.services_that_need_a_plan(window.ends):
        plan = world.current_plan_of(decision, window.ends)
        case = world.service_case(decision, ("service", "law"))
        case.hit = plan is not None and (plan["measurable_goals"] or 0) >= 1
        yield case


def plan_current_participation(world: World, window: Window) -> Cases:
    """Same | current with participation = ja."""
    for decision in world.services_that_need_a_plan(window.ends):
        plan = world.current_plan_of(decision, window.ends)
        case = world.service_case(decision, ("service", "law"))
        case.hit = plan is not None and plan["participation"] == "ja"
        yield case


def plan_all_goals_measurable(world: World, window: Window) -> Cases:
    """Services [that need a plan] whose plan is current and has at least one goal | measurable_goals = goals."""
    for decision in world.services_that_need_a_plan(window.ends):
        plan = world.current_plan_of(decision, window.ends)
        if plan is not None and (plan["goals"] or 0) >= 1:
            case = world.service_case(decision)
            case.hit = plan["measurable_goals"] == plan["goals"]
            yield case


def plan_follow_up_planned(world: World, window: Window) -> Cases:
    """Services [that need a plan] with a plan in force | its plan's `next_follow_up ≥ D`."""
    for decision in world.services_that_need_a_plan(window.ends):
        plan = world.plan_of(decision, window.ends)
        if plan is not None:
            case = world.service_case(decision)
            case.hit = plan["next_follow_up"] is not None and plan["next_follow_up"] >= window.ends
            yield case


def plan_followed_up_within_12_months(world: World, window: Window) -> Cases:
    """Services that need a plan with `executed + 12 months ≤ D` |
    its plan has a revised or followed_up d with `d ≤ D < d + 12 months`."""
    day = window.ends
    for decision in world.services_that_need_a_plan(day):
        if add_months(decision["executed"], 12) <= day:
            plan = world.plan_of(decision, day)
            case = world.service_case(decision)
            case.hit = plan is not None and (
                is_within_12_months(plan["revised"], day) or is_within_12_months(plan["followed_up"], day)
            )
            yield case


def plan_established_within_30_days(world: World, window: Window) -> Cases:
    """Granted decisions that need a plan, whose `executed + 30 days` falls in the window | a plan established by then.
    (Decisions, not services in force: one that has ended since is asked for its plan all the same.)"""
    for decision in world.extracts.decisions:
        if decision["executed"] is None:
            continue
        limit = add_days(decision["executed"], 30)
        if (
            window.holds(limit)
            and is_granted(decision, window.ends)
            and decision["law"] in ("SoL", "LSS")
            and is_executed(decision, window.ends)
            and world.is_plan_service(decision)
        ):
            case = world.service_case(decision)
            case.hit = any(has_happened(plan["established"], limit) for plan in world.plans_of(decision))
            yield case


def plan_ended_as_planned(world: World, window: Window) -> Cases:
    """Plans ended in the window with the answer given | ja."""
    for plan in world.plans_once_each():
        if window.holds(plan["ended"]) and plan["ended_as_planned"] is not None:
            case = world.plan_case(plan, window.ends)
            case.hit = plan["ended_as_planned"] == "ja"
            yield case


def plan_dated(world: World, window: Window) -> Cases:
    """Plans not ended on D | `established` present. (A plan that is established after D is none yet.)"""
    for plan in world.plans_once_each():
        if _is_plan_not_ended(plan["established"], plan["ended"], window.ends):
            case = world.plan_case(plan, window.ends)
            case.hit = plan["established"] is not None
            yield case


def plan_cooperation(world: World, window: Window) -> Cases:
    """Plans not ended on D | cooperation = ja."""
    for plan in world.plans_once_each():
        if _is_plan_not_ended(plan["established"], plan["ended"], window.ends):
            case = world.plan_case(plan, window.ends)
            case.hit = plan["cooperation"] == "ja"
            yield case


def _is_plan_not_ended(established: date | None, ended: date | None, day: date) -> bool:
    return not has_happened(ended, day) and (established is None or established <= day)


def service_followed_up_within_12_months(world: World, window: Window) -> Cases:
    """Services in force with `executed + 12 months ≤ D` | the decision's followed_up d with `d ≤ D < d + 12 months`."""
    for decision in world.extracts.decisions:
        if is_in_force(decision, window.ends) and add_months(decision["executed"], 12) <= window.ends:
            case = world.service_case(decision)
            case.hit = is_within_12_months(decision["followed_up"], window.ends)
            yield case
