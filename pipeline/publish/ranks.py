"""Ranks against others as readers meet them: other words, shapes and colours than a goal's status, on purpose.

Four squares are the four quarters, the best first; the filled ones are where the value is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline import ranking
from pipeline.language import later, say
from pipeline.publish import forms
from pipeline.publish.theme import theme
from pipeline.ranking import Rank

WORDS = {
    Rank.BEST: later("bland den fjärdedel som har bäst värden"),
    Rank.MIDDLE: later("bland dem i mitten"),
    Rank.WORST: later("bland den fjärdedel som har sämst värden"),
}
SHAPES = {Rank.BEST: "▪▫▫▫", Rank.MIDDLE: "▫▪▪▫", Rank.WORST: "▫▫▫▪"}
EXPLAINED = later(
    "En rang är en jämförelse med andra och säger inget om målet är uppfyllt. De fyra rutorna är fjärdedelar av"
    " dem som jämförs, den bästa först: ▪▫▫▫ bland den fjärdedel som har bäst värden, ▫▪▪▫ i mitten, ▫▫▫▪ bland den"
    " fjärdedel som har sämst värden. Den ges när minst {fewest} har ett värde."
)


@dataclass(frozen=True)
class Ranked:
    """A rank as it is told: the word first, then its mark; `of` says among which."""

    mark: Rank
    word: str
    of: str


def explained() -> str:
    """What a rank is, once where ranks are told."""
    return say(EXPLAINED, fewest=ranking.FEWEST)


def ranked(values: Sequence[float], own: float | None, better: str, among: str) -> Ranked | None:
    """The rank of `own` beside the others' values; None where there is none to tell."""
    found = None if own is None else ranking.rank(values, own, better)
    if found is None:
        return None
    return Ranked(found, WORDS[found], say("av {values} {among}", values=forms.number(len(values) + 1), among=among))


def cell(one: Ranked | None) -> str:
    """A rank in a cell of a workbook, its shape first, and among which it is last."""
    return forms.DASH if one is None else f"{SHAPES[one.mark]} {one.word} {one.of}"


def color(mark: Rank) -> str:
    """A rank's colour on white paper, as the workbook's format writes it."""
    return str(theme()["rank"]["light"][mark.value]).lstrip("#").upper()
