"""How alike two texts are spelt."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import fuzz, process


def spelling(one: str, other: str, least: float) -> float:
    """The likeness of two texts, 0–1; 0 where it is below `least`."""
    return fuzz.ratio(one, other, score_cutoff=100 * least) / 100


def nearest(text: str, among: Collection[str], least: float) -> tuple[str, float] | None:
    """The text most like the given one, and how much; None where none is as like as `least`."""
    found = process.extractOne(text, list(among), scorer=fuzz.ratio, score_cutoff=100 * least)
    return (found[0], found[1] / 100) if found else None
