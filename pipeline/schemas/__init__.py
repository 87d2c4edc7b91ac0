"""The extracts as data: columns, keys and rules. `judge` holds the pandera schemas made from them."""

from __future__ import annotations

import sys

from pipeline.schemas import (
    activities,
    care_levels,
    controls,
    coordinated_plans,
    decisions,
    followup_plan,
    goals,
    incidents,
    investigations,
    measurements,
    plans,
    referrals,
    requirements,
    reviews,
    surveys,
    units,
    vignettes,
)
from pipeline.schemas.extract import Column, Extract

# pandera looks for Spark's pandas wherever it is installed, which takes a third of a second, warns, and patches pandas.
sys.modules.setdefault("pyspark.pandas", None)  # type: ignore[arg-type]  # the documented way to say: not here

# In the order that they are read, shown and accounted for; what others point at comes before them.
EXTRACTS: dict[str, Extract] = {
    extract.name: extract
    for extract in (
        units.EXTRACT,
        referrals.EXTRACT,
        investigations.EXTRACT,
        decisions.EXTRACT,
        plans.EXTRACT,
        care_levels.EXTRACT,
        coordinated_plans.EXTRACT,
        incidents.EXTRACT,
        reviews.EXTRACT,
        surveys.EXTRACT,
        vignettes.EXTRACT,
        measurements.EXTRACT,
        activities.EXTRACT,
        controls.EXTRACT,
        followup_plan.EXTRACT,
        requirements.EXTRACT,
        goals.EXTRACT,
    )
}


def contract() -> dict[str, dict[str, Column]]:
    """What profiles may speak of: extract → column."""
    return {extract.name: {column.name: column for column in extract.columns} for extract in EXTRACTS.values()}
