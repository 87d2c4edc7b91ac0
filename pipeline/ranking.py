"""Where a value stands among others': which quarter, as Kolada shows it, and which place. Never how good it is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

FEWEST = 8  # municipalities, the own one among them, for a quarter to be two of them


class Rank(StrEnum):
    """The part of all that a value is among; what is in no quarter for certain is in the middle."""

    BEST = "best"
    MIDDLE = "middle"
    WORST = "worst"


def rank(values: Sequence[float], own: float, better: str) -> Rank | None:
    """The quarter that `own` is in, among it and the others' `values`; `better` is "higher" or "lower".

    It is in the best quarter when at most a quarter of all have as good a value or a better one, and in the worst when
    at most a quarter have as bad a value or a worse one: equal values on either side of a border are all in the middle.
    None where neither direction is better, or where they are fewer than `FEWEST` together.
    """
    everyone = len(values) + 1
    if better not in ("higher", "lower") or everyone < FEWEST:
        return None
    ahead, behind = _ahead(values, own, better), _ahead(values, own, "lower" if better == "higher" else "higher")
    if (everyone - behind) * 4 <= everyone:
        return Rank.BEST
    return Rank.WORST if (everyone - ahead) * 4 <= everyone else Rank.MIDDLE


def place(values: Sequence[float], own: float, better: str) -> int:
    """The place of `own`, from 1, which equal values share; the highest is first where neither direction is better."""
    return 1 + _ahead(values, own, better or "higher")


def _ahead(values: Sequence[float], own: float, better: str) -> int:
    return sum(value > own if better == "higher" else value < own for value in values)
