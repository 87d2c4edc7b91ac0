"""Small random extracts that crowd around every limit of the catalogue: a seed gives the same folder every time.

The rows are clean (nothing that the row rules reject, except a few conflicting keys), so that every difference between
two implementations is a difference in the figures' definitions.
"""

from __future__ import annotations

from pathlib import Path

from . import organisation, quality
from .casework import Casework
from .chance import PERIODS, TODAY, Chance, own_period
from .files import Files

__all__ = ["PERIODS", "TODAY", "generate", "own_period"]


def generate(folder: Path, seed: int) -> None:
    """Write the seed's extracts to an existing, empty folder."""
    chance = Chance(seed)
    casework = Casework(chance)
    tables = casework.tables() | {
        "care_levels": quality.care_levels(chance, casework.decisions),
        "coordinated_plans": quality.coordinated_plans(chance),
        "incidents": quality.incidents(chance, casework.investigations),
        "reviews": quality.reviews(chance),
        "surveys": quality.surveys(chance),
        "vignettes": quality.vignettes(chance),
        "measurements": organisation.measurements(chance),
        "activities": organisation.activities(chance),
        "controls": organisation.controls(chance),
        "followup_plan": organisation.followup_plan(chance),
        "requirements": organisation.requirements(chance),
        "goals": organisation.goals(chance),
    }
    Files(chance, folder).write(tables)
