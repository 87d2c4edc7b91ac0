"""What a figure is and why: the catalogue, one metric with its figures, and the cases behind a figure. Read-only."""

from pipeline.explaining.cases import Case, Cases, behind
from pipeline.explaining.latest import Latest, latest, latest_if_any

__all__ = ["Case", "Cases", "Latest", "behind", "latest", "latest_if_any"]
