"""Which code a text stands for, by the texts that are known to stand for one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.inspection.likeness import nearest
from pipeline.sources.wording import fold

_LEAST_LIKENESS = 0.85
_SHORTEST_LIKE = 8  # of fewer letters one more or less makes another word: male, female
_SHORTEST_OPENING = 4  # a code that a longer text opens with: `bifall` in `Bifall enligt ansökan`
_OPENING = 0.9
_UNMARKED = 0.98
# What numbers an alternative: `a) Yes`, `N1: Abuse or neglect`, `RC2 - Died`.
_MARK = re.compile(r"(?:[A-Za-z0-9]{1,2}\)|[A-Z0-9]{1,5}(?::|\s+[-–—]\s))\s*(?=\S)")
_WORD = re.compile(r"[^\W_]+")
# What denies or halves.
_TURNING = frozenset(
    (
        *("inte", "ej", "icke", "ingen", "inget", "inga", "utan", "nej", "ikke", "ei", "no", "not", "non", "none"),
        *("without", "delvis", "delvist", "osittain", "partly", "partial", "partially"),
    )
)


@dataclass(frozen=True)
class Meaning:
    """The code that a text is thought to stand for, and how sure that is, 0–1. `text`: the known one."""

    code: str
    confidence: float
    text: str


def bare(text: str) -> str:
    """A text without what numbers it as one of several alternatives."""
    return _MARK.sub("", text, count=1) if _MARK.match(text) else text


def find(text: str, known: Mapping[str, Meaning]) -> Meaning | None:
    """What a text stands for; None where nothing is alike. `known`: folded text → meaning."""
    if fold(text) in known:
        return known[fold(text)]
    unmarked = bare(text)
    if fold(unmarked) in known:
        return _less_sure(known[fold(unmarked)], _UNMARKED)
    return _like(unmarked, known) or _opening(unmarked, known)


def _like(text: str, known: Mapping[str, Meaning]) -> Meaning | None:
    """The known text that is spelt most alike; none for a short text, nor for one that turns another around."""
    folded = fold(text)
    if len(folded) < _SHORTEST_LIKE:
        return None
    alike = [one for one, meaning in known.items() if len(one) >= _SHORTEST_LIKE and not _turns(text, meaning.text)]
    near = nearest(folded, alike, _LEAST_LIKENESS)
    return _less_sure(known[near[0]], near[1]) if near else None


def _opening(text: str, known: Mapping[str, Meaning]) -> Meaning | None:
    """The longest known text that the given one opens with; `Bifallsbeslut` says bifall."""
    folded = fold(text)
    inside = [
        one
        for one, meaning in known.items()
        if len(one) >= _SHORTEST_OPENING and folded.startswith(one) and not _turns(text, meaning.text)
    ]
    return _less_sure(known[max(inside, key=len)], _OPENING) if inside else None


def _turns(one: str, other: str) -> bool:
    """Whether two texts may be opposites: only one of them denies or halves, or opens with something more."""
    if _turning(one) != _turning(other):
        return True
    short, long = sorted((fold(one), fold(other)), key=len)
    return short != long and long.endswith(short)


def _turning(text: str) -> frozenset[str]:
    return _TURNING & set(_WORD.findall(text.casefold()))


def _less_sure(meaning: Meaning, share: float) -> Meaning:
    return Meaning(meaning.code, meaning.confidence * share, meaning.text)
