"""All extracts beside the cases, in the contract's order.

Each has dice of its own, so that one more of them, or another number of rows in it, changes no other file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.demo.quality import (
    activities,
    care_levels,
    controls,
    coordinated_plans,
    followup_plan,
    goals,
    incidents,
    measurements,
    requirements,
    reviews,
    surveys,
    vignettes,
)
from pipeline.demo.society import Society
from pipeline.demo.tables import Table

_MADE: Mapping[str, Callable[[Society, Mapping[str, Table]], Table]] = {
    "care_levels": care_levels.make,
    "coordinated_plans": coordinated_plans.make,
    "incidents": incidents.make,
    "reviews": reviews.make,
    "surveys": surveys.make,
    "vignettes": vignettes.make,
    "measurements": measurements.make,
    "activities": activities.make,
    "controls": controls.make,
    "followup_plan": followup_plan.make,
    "requirements": requirements.make,
    "goals": goals.make,
}


def of(society: Society, cases: Mapping[str, Table]) -> dict[str, Table]:
    """Extract → its rows; `cases` are the extracts of the case system, which these tell of."""
    return {extract: make(society.apart(extract), cases) for extract, make in _MADE.items()}
