"""Investigations: the cases of each metric's denominator in a window. Docstrings quote the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from ..cases import Case, Duration, World, allowed_limit, four_month_limit, has_happened, is_extended_in_time, is_open
from ..days import Window, add_months, days_between
from ..extracts import Record

Cases = Iterator[Case]


def investigations_opened(world: World, window: Window) -> Cases:
    """Opened in the window, all areas."""
    for investigation in world.extracts.investigations:
        if window.holds(investigation["opened"]):
            yield world.case("investigations", investigation, "opened")


def investigation_days(world: World, window: Window) -> Cases:
    """Closed in the window, all areas | days; breakdown `kind`.
    Kaplan–Meier: cohort = started in the window, those still open on D as censored."""
    for investigation in world.extracts.investigations:
        case = world.case("investigations", investigation, "opened", ("kind",))
        opened, closed = investigation["opened"], investigation["closed"]
        if window.holds(closed):
            case.value = days_between(opened, closed)
        if window.holds(opened):
            over = has_happened(closed, window.ends)
            case.observed = Duration(days_between(opened, closed if over else window.ends), over)
        if case.value is not None or case.observed is not None:
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


def _overruns(world: World, window: Window) -> Iterator[tuple[Record, Case]]:
    """Child investigations closed in the window, days > 120."""
    for investigation in world.extracts.investigations:
        if (
            world.is_child_investigation(investigation)
            and window.holds(investigation["closed"])
            and days_between(investigation["opened"], investigation["closed"]) > 120
        ):
            yield investigation, world.case("investigations", investigation, "opened")


def investigation_overrun_extended(world: World, window: Window) -> Cases:
    """Child investigations closed in the window, days > 120 | `extended` present and `≤ opened + 4 months`."""
    for investigation, case in _overruns(world, window):
        case.hit = is_extended_in_time(investigation)
        yield case


def investigation_overrun_recorded(world: World, window: Window) -> Cases:
    """As above | an incident of kind avvikelse refers to it (from whatever system), received `≤ D`."""
    for investigation, case in _overruns(world, window):
        case.hit = any(
            incident["kind"] == "avvikelse"
            and incident["investigation_id"] == investigation["investigation_id"]
            and has_happened(incident["received"], window.ends)
            for incident in world.extracts.incidents
        )
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
