"""Incidents and complaints: the cases of each metric's denominator in a window. Docstrings quote the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from ..cases import BLANK, Case, World, has_happened
from ..days import Window, days_between
from ..extracts import Record

Cases = Iterator[Case]


def incidents(world: World, window: Window) -> Cases:
    """Received in the window; breakdowns `kind`, `category`, `severity`, `external`; severity × recurrence."""
    for incident in world.extracts.incidents:
        if window.holds(incident["received"]):
            case = _case(world, incident, window, "kind", "category", "severity", "external")
            if all(world.extracts.delivered("incidents", column) for column in ("severity", "recurrence")):
                case.categories["severity_recurrence"] = _severity_and_recurrence(incident)
            yield case


def feedback(world: World, window: Window) -> Cases:
    """Kind synpunkt, received in the window; breakdowns `feedback`, `submitter`."""
    for incident in world.extracts.incidents:
        if incident["kind"] == "synpunkt" and window.holds(incident["received"]):
            yield _case(world, incident, window, "feedback", "submitter")


def incident_open_over_90_days(world: World, window: Window) -> Cases:
    """Open on D; breakdown `kind` | older than `limits.incident_days` (90)."""
    day = window.ends
    for incident in world.extracts.incidents:
        if has_happened(incident["received"], day) and not has_happened(incident["closed"], day):
            case = _case(world, incident, window, "kind")
            case.hit = days_between(incident["received"], day) > world.settings.incident_days
            yield case


def lex_sarah_reported_to_ivo(world: World, window: Window) -> Cases:
    """Lex Sarah received in the window, serious = ja | reported by D."""
    for incident in world.extracts.incidents:
        if incident["kind"] == "lex Sarah" and incident["serious"] == "ja" and window.holds(incident["received"]):
            case = _case(world, incident, window)
            case.hit = has_happened(incident["reported_to_ivo"], window.ends)
            yield case


def _case(world: World, incident: Record, window: Window, *named: str) -> Case:
    return world.unit_case("incidents", incident, window.ends, named)


def _severity_and_recurrence(incident: Record) -> str:
    if incident["severity"] is None or incident["recurrence"] is None:
        return BLANK
    return f"{incident['severity']} × {incident['recurrence']}"
