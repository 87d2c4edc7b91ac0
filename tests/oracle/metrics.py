"""One function a metric: the cases of its denominator in a window. Docstrings quote the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from .cases import (
    Case,
    World,
    allowed_limit,
    four_month_limit,
    has_happened,
    is_attached,
    is_ended,
    is_executed,
    is_extended_in_time,
    is_granted,
    is_in_force,
    is_open,
    is_within_12_months,
)
from .days import Window, add_days, add_months, days_between

Cases = Iterator[Case]


# Referrals and pre-assessments --------------------------------------------------------------------------------------


def referrals(world: World, window: Window) -> Cases:
    """Referrals received [in the window]; breakdowns `kind`, `source`; the number of different persons."""
    for referral in world.extracts.referrals:
        if window.holds(referral["received"]):
            yield world.case("referrals", referral, "received", ("kind", "source"))


def preassessment_within_14_days(world: World, window: Window) -> Cases:
    """Child scope, kind anmälan, outcome not tillförd, whose 14th day falls in the window | decided within 14 days."""
    for referral in world.extracts.referrals:
        limit = add_days(referral["received"], 14)
        if world.is_child_report(referral) and not is_attached(referral, window.ends) and window.holds(limit):
            case = world.case("referrals", referral, "received")
            case.hit = has_happened(referral["decided"], limit)
            case.special_reasons = referral["special_reasons"] == "ja"
            yield case


def preassessment_open_over_14_days(world: World, window: Window) -> Cases:
    """Child scope, anmälan, undecided on D, not tillförd | `D − received > 14`."""
    day = window.ends
    for referral in world.extracts.referrals:
        if (
            world.is_child_report(referral)
            and has_happened(referral["received"], day)
            and not has_happened(referral["decided"], day)
            and not is_attached(referral, day)
        ):
            case = world.case("referrals", referral, "received")
            case.hit = days_between(referral["received"], day) > 14
            yield case


def preassessment_led_to_investigation(world: World, window: Window) -> Cases:
    """Child scope, anmälan, decided in the window with an outcome | utredning inleds."""
    for referral in world.extracts.referrals:
        if world.is_child_report(referral) and window.holds(referral["decided"]) and referral["outcome"] is not None:
            case = world.case("referrals", referral, "received")
            case.hit = referral["outcome"] == "utredning inleds"
            yield case


def protection_assessed_by_next_day(world: World, window: Window) -> Cases:
    """Child scope, anmälan, `received + 1` falls in the window | `protection_assessed ≤ received + 1`."""
    for referral in world.extracts.referrals:
        limit = add_days(referral["received"], 1)
        if world.is_child_report(referral) and window.holds(limit):
            case = world.case("referrals", referral, "received")
            case.hit = has_happened(referral["protection_assessed"], limit)
            yield case


def not_returned_within_12_months(world: World, window: Window) -> Cases:
    """Child investigations closed in the window moved back one year, outcome not insats (or not given) |
    no referral (anmälan, ansökan) of that person received after `closed` and within 12 months from it."""
    for investigation in world.extracts.investigations:
        closed = investigation["closed"]
        if (
            world.is_child_investigation(investigation)
            and window.a_year_back().holds(closed)
            and investigation["outcome"] != "insats"
        ):
            case = world.case("investigations", investigation, "opened")
            case.hit = not any(
                referral["person_id"] == investigation["person_id"]
                and referral["kind"] in ("anmälan", "ansökan")
                and closed < referral["received"] <= add_months(closed, 12)
                for referral in world.extracts.referrals
            )
            yield case


# Investigations -----------------------------------------------------------------------------------------------------


def investigations_opened(world: World, window: Window) -> Cases:
    """Opened in the window, all areas."""
    for investigation in world.extracts.investigations:
        if window.holds(investigation["opened"]):
            yield world.case("investigations", investigation, "opened")


def investigation_days(world: World, window: Window) -> Cases:
    """Closed in the window, all areas | days; breakdown `kind`."""
    for investigation in world.extracts.investigations:
        if window.holds(investigation["closed"]):
            case = world.case("investigations", investigation, "opened", ("kind",))
            case.value = days_between(investigation["opened"], investigation["closed"])
            yield case


def investigation_within_120_days(world: World, window: Window) -> Cases:
    """Child investigations closed in the window | days ≤ 120."""
    for investigation in world.extracts.investigations:
        if world.is_child_investigation(investigation) and window.holds(investigation["closed"]):
            case = world.case("investigations", investigation, "opened")
            case.hit = days_between(investigation["opened"], investigation["closed"]) <= 120
            yield case


def investigation_within_3_months(world: World, window: Window) -> Cases:
    """Closed in the window, all areas | `closed ≤ opened + 3 months`."""
    for investigation in world.extracts.investigations:
        if window.holds(investigation["closed"]):
            case = world.case("investigations", investigation, "opened")
            case.hit = investigation["closed"] <= add_months(investigation["opened"], 3)
            yield case


def investigation_within_4_months(world: World, window: Window) -> Cases:
    """Child investigations whose four-month limit falls in the window | `closed ≤ limit`."""
    for investigation in world.extracts.investigations:
        limit = four_month_limit(investigation)
        if world.is_child_investigation(investigation) and window.holds(limit):
            case = world.case("investigations", investigation, "opened")
            case.hit = has_happened(investigation["closed"], limit)
            yield case


def investigation_within_allowed_time(world: World, window: Window) -> Cases:
    """Child investigations whose allowed limit falls in the window | `closed ≤ allowed limit`."""
    for investigation in world.extracts.investigations:
        limit = allowed_limit(investigation)
        if world.is_child_investigation(investigation) and window.holds(limit):
            case = world.case("investigations", investigation, "opened")
            case.hit = has_happened(investigation["closed"], limit)
            yield case


def investigations_open(world: World, window: Window) -> Cases:
    """Open on D, all areas."""
    for investigation in world.extracts.investigations:
        if is_open(investigation, window.ends):
            yield world.case("investigations", investigation, "opened")


def investigation_open_over_120_days(world: World, window: Window) -> Cases:
    """Child investigations open on D | `D − opened > 120`."""
    for investigation in world.extracts.investigations:
        if world.is_child_investigation(investigation) and is_open(investigation, window.ends):
            case = world.case("investigations", investigation, "opened")
            case.hit = days_between(investigation["opened"], window.ends) > 120
            yield case


def investigation_open_over_allowed_time(world: World, window: Window) -> Cases:
    """Child investigations open on D | `D > allowed limit`."""
    for investigation in world.extracts.investigations:
        if world.is_child_investigation(investigation) and is_open(investigation, window.ends):
            case = world.case("investigations", investigation, "opened")
            case.hit = window.ends > allowed_limit(investigation)
            yield case


def investigation_overrun_extended(world: World, window: Window) -> Cases:
    """Child investigations closed in the window, days > 120 | `extended` present and `≤ opened + 4 months`."""
    for investigation in world.extracts.investigations:
        if (
            world.is_child_investigation(investigation)
            and window.holds(investigation["closed"])
            and days_between(investigation["opened"], investigation["closed"]) > 120
        ):
            case = world.case("investigations", investigation, "opened")
            case.hit = is_extended_in_time(investigation)
            yield case


def investigation_with_service(world: World, window: Window) -> Cases:
    """Closed in the window with outcome insats or ingen insats | insats."""
    for investigation in world.extracts.investigations:
        if window.holds(investigation["closed"]) and investigation["outcome"] in ("insats", "ingen insats"):
            case = world.case("investigations", investigation, "opened")
            case.hit = investigation["outcome"] == "insats"
            yield case


def open_investigations_per_case_worker(world: World, window: Window) -> Cases:
    """Case workers with an open investigation in that cell | open investigations each (rows without one left out)."""
    for investigation in world.extracts.investigations:
        if is_open(investigation, window.ends) and investigation["case_worker"] is not None:
            case = world.case("investigations", investigation, "opened")
            case.case_worker = investigation["case_worker"]
            yield case


# Plans (genomförandeplaner) -----------------------------------------------------------------------------------------


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


# Decisions and execution --------------------------------------------------------------------------------------------


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
    """Reportable decisions executed in the window; breakdowns `law`, `service` | `executed − decided`, at least 0."""
    for decision in world.extracts.decisions:
        if (
            window.holds(decision["executed"])
            and is_executed(decision, window.ends)
            and world.is_reportable(decision, window.ends)
        ):
            case = world.case("decisions", decision, "decided", ("law", "service"))
            case.value = max(0, days_between(decision["decided"], decision["executed"]))
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


# The catalogue ------------------------------------------------------------------------------------------------------

DAYS = ("mean", "median", "p90")


@dataclass(frozen=True)
class Metric:
    """A metric's function with its window, its statistics and the columns (extract.column) it is nothing without."""

    cases: Callable[[World, Window], Cases]
    flow: bool
    statistics: tuple[str, ...]
    needs: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its id in the catalogue."""
        return self.cases.__name__

    def is_delivered(self, world: World) -> bool:
        """Whether every needed column (of alternatives, `a.b|a.c`, one) stands in some file."""
        return all(
            any(world.extracts.delivered(*column.split(".")) for column in needed.split("|")) for needed in self.needs
        )


def _flow(cases: Callable[[World, Window], Cases], *needs: str, statistics: tuple[str, ...] = ("share",)) -> Metric:
    return Metric(cases, True, statistics, needs)


def _stock(cases: Callable[[World, Window], Cases], *needs: str, statistics: tuple[str, ...] = ("share",)) -> Metric:
    return Metric(cases, False, statistics, needs)


_PLANS = ("decisions.executed", "plans.established")
_EXTENSION = ("investigations.closed", "investigations.extended", "investigations.extended_until")

CATALOGUE = [
    _flow(referrals, "referrals.received", statistics=("count", "persons")),
    _flow(preassessment_within_14_days, "referrals.decided", statistics=("share", "special_reasons")),
    _stock(preassessment_open_over_14_days, "referrals.decided"),
    _flow(preassessment_led_to_investigation, "referrals.decided", "referrals.outcome"),
    _flow(protection_assessed_by_next_day, "referrals.protection_assessed"),
    _flow(not_returned_within_12_months, "investigations.closed", "investigations.outcome", "referrals.received"),
    _flow(investigations_opened, "investigations.opened", statistics=("count",)),
    _flow(investigation_days, "investigations.closed", statistics=DAYS),
    _flow(investigation_within_120_days, "investigations.closed"),
    _flow(investigation_within_3_months, "investigations.closed"),
    _flow(investigation_within_4_months, "investigations.closed"),
    _flow(investigation_within_allowed_time, *_EXTENSION),
    _stock(investigations_open, "investigations.closed", statistics=("count",)),
    _stock(investigation_open_over_120_days, "investigations.closed"),
    _stock(investigation_open_over_allowed_time, *_EXTENSION),
    _flow(investigation_overrun_extended, "investigations.closed", "investigations.extended"),
    _flow(investigation_with_service, "investigations.closed", "investigations.outcome"),
    _stock(
        open_investigations_per_case_worker,
        "investigations.closed",
        "investigations.case_worker",
        statistics=DAYS,
    ),
    _stock(plan_in_force, *_PLANS),
    _stock(plan_current, *_PLANS),
    _stock(plan_current_measurable_goal, *_PLANS, "plans.measurable_goals"),
    _stock(plan_current_participation, *_PLANS, "plans.participation"),
    _stock(plan_all_goals_measurable, *_PLANS, "plans.goals", "plans.measurable_goals"),
    _stock(plan_follow_up_planned, *_PLANS, "plans.next_follow_up"),
    _stock(plan_followed_up_within_12_months, *_PLANS, "plans.revised|plans.followed_up"),
    _flow(plan_established_within_30_days, *_PLANS),
    _flow(plan_ended_as_planned, "plans.ended", "plans.ended_as_planned"),
    _stock(plan_dated, "plans.established"),
    _stock(plan_cooperation, "plans.cooperation"),
    _stock(service_followed_up_within_12_months, "decisions.executed", "decisions.followed_up"),
    _stock(
        decision_unexecuted_over_3_months,
        "decisions.executed",
        statistics=("share", "persons", "longest_wait"),
    ),
    _flow(decision_executed_within_3_months, "decisions.executed"),
    _flow(decision_wait_days, "decisions.executed", statistics=DAYS),
    _flow(decision_days_from_application, "decisions.referral_id", "referrals.received", statistics=DAYS),
]
