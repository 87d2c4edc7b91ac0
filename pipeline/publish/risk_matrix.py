"""A table of four by four, of risks or of incidents: what stands where, and how grave each cell is, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.config import Limits
from pipeline.language import later
from pipeline.publish.forms import DASH

STEPS = (1, 2, 3, 4)
LOW, MEDIUM, HIGH = later("låg"), later("medel"), later("hög")
_LOOKS: dict[str, str] = {LOW: "low", MEDIUM: "medium", HIGH: "high"}


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, how grave it is, and what that is called in the page's style sheet."""

    text: str
    grade: str
    look: str


@dataclass(frozen=True)
class Matrix:
    """A ready table: the rows' axis from the highest step down, the columns' from the lowest up."""

    caption: str
    row_title: str
    column_title: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    notes: tuple[str, ...] = ()


def grade(row: int, column: int, limits: Limits) -> str:
    """How grave the product is, by the thresholds of the configuration."""
    product = row * column
    if product >= limits.risk_high_from:
        return HIGH
    return MEDIUM if product >= limits.risk_medium_from else LOW


def matrix(
    caption: str,
    titles: tuple[str, str],
    texts: Mapping[tuple[int, int], str],
    limits: Limits,
    *,
    otherwise: str = DASH,
    notes: tuple[str, ...] = (),
) -> Matrix:
    """A matrix of texts by (row, column); `titles` names both axes, rows first, and `otherwise` fills the rest."""
    rows = tuple(
        (row, tuple(_cell(texts.get((row, column), otherwise), grade(row, column, limits)) for column in STEPS))
        for row in reversed(STEPS)
    )
    return Matrix(caption, *titles, rows, notes)


def _cell(text: str, graded: str) -> Cell:
    return Cell(text, graded, _LOOKS[graded])
