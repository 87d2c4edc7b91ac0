"""Referrals and pre-assessments: the cases of each metric's denominator in a window. Docstrings quote the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from ..cases import Case, World, has_happened, is_attached
from ..days import Window, add_days, add_months, days_between

Cases = Iterator[Case]


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
