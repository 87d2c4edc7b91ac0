"""Care levels and SIP: the cases of each metric's denominator in a window. Docstrings quote the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from ..cases import Case, World, among, is_in_force, is_within_12_months
from ..days import Window, add_months
from ..extracts import Record

Cases = Iterator[Case]


def care_level_assessments(world: World, window: Window) -> Cases:
    """Assessments in the window; breakdown `service`."""
    for assessment in world.extracts.care_levels:
        if window.holds(assessment["assessed"]):
            yield _case(world, assessment, window, "service")


def care_level_changed(world: World, window: Window) -> Cases:
    """Assessments in the window with an earlier one of the same person and service; breakdown `direction` |
    level differs from the nearest earlier (same day: by id)."""
    for assessment in world.extracts.care_levels:
        earlier = [other for other in _alike(world, assessment) if _order(other) < _order(assessment)]
        if window.holds(assessment["assessed"]) and earlier:
            before = max(earlier, key=_order)
            case = _case(world, assessment, window)
            case.hit = assessment["level"] != before["level"]
            case.categories["direction"] = (
                "oförändrad" if not case.hit else "höjd" if assessment["level"] > before["level"] else "sänkt"
            )
            yield case


def care_level_preliminary_followed_up(world: World, window: Window) -> Cases:
    """Preliminary assessments whose `assessed + 3 months` falls in the window |
    a later assessment of the same person and service within the limit."""
    for assessment in world.extracts.care_levels:
        limit = add_months(assessment["assessed"], 3)
        if assessment["preliminary"] == "ja" and window.holds(limit):
            case = _case(world, assessment, window)
            case.hit = any(
                _order(other) > _order(assessment) and other["assessed"] <= limit for other in _alike(world, assessment)
            )
            yield case


def care_level_assessed(world: World, window: Window) -> Cases:
    """Services in force among `limits.care_level_services` (stand as in plan metrics); breakdown `service` |
    the person has an assessment of that service in the 12 months that end on D."""
    for decision in world.extracts.decisions:
        if is_in_force(decision, window.ends) and among(decision["service"], world.settings.care_level_services):
            case = world.service_case(decision, ("service",))
            case.hit = any(
                is_within_12_months(assessment["assessed"], window.ends) for assessment in _alike(world, decision)
            )
            yield case


def care_level_joint(world: World, window: Window) -> Cases:
    """Assessments in the window with the answer given | joint = ja."""
    for assessment in world.extracts.care_levels:
        if window.holds(assessment["assessed"]) and assessment["joint"] is not None:
            case = _case(world, assessment, window)
            case.hit = assessment["joint"] == "ja"
            yield case


def sip_established(world: World, window: Window) -> Cases:
    """Established in the window."""
    for plan in world.extracts.coordinated_plans:
        if window.holds(plan["established"]):
            yield world.person_case("coordinated_plans", plan, "established", window.ends)


def sip_participation(world: World, window: Window) -> Cases:
    """Established in the window with the answer given | ja."""
    for plan in world.extracts.coordinated_plans:
        if window.holds(plan["established"]) and plan["participation"] is not None:
            case = world.person_case("coordinated_plans", plan, "established", window.ends)
            case.hit = plan["participation"] == "ja"
            yield case


def _case(world: World, assessment: Record, window: Window, *named: str) -> Case:
    return world.person_case("care_levels", assessment, "assessed", window.ends, named)


def _alike(world: World, record: Record) -> Iterator[Record]:
    """The assessments of the same person and service."""
    for assessment in world.extracts.care_levels:
        if (
            assessment["person_id"] == record["person_id"]
            and assessment["service"].lower() == record["service"].lower()
        ):
            yield assessment


def _order(assessment: Record) -> tuple[object, str]:
    return assessment["assessed"], assessment["assessment_id"]
