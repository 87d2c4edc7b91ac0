"""How much of the report is hidden to protect individuals: by breakdown, for the committee, programmes and units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.config import Config
from pipeline.language import later, say
from pipeline.model import Figures, Level
from pipeline.publish import forms, words

CAPTION = later("Så stor del av siffrorna är skyddade")
FIRST_COLUMN, LAST_COLUMN = later("Uppdelning"), later("Alla nivåer")
_TOTAL, _EVERYTHING = later("Utan uppdelning"), later("Alla siffror")
_NONE = "–"


@dataclass(frozen=True)
class Hidden:
    """How many figures of a kind are hidden, of how many that there are."""

    hidden: int
    all: int

    @property
    def text(self) -> str:
        """`3 % (12 av 400)`."""
        if not self.all:
            return _NONE
        numbers = say("{hidden} av {every}", hidden=forms.number(self.hidden), every=forms.number(self.all))
        return f"{forms.percent(self.hidden / self.all)} ({numbers})"


@dataclass(frozen=True)
class HiddenShares:
    """A row a breakdown; the cells are of each level, then of all of them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Hidden, ...]], ...]


def hidden_shares(figures: Figures, config: Config) -> HiddenShares:
    """Of the period's own figures that something was measured for, all statistics and windows counted alike."""
    counted: Counter[tuple[str, int, bool]] = Counter()
    for figure in figures.own():
        if figure.suppressed or figure.denominator is not None:
            counted[figure.key.breakdown, int(figure.key.level), figure.suppressed] += 1
    found = {breakdown for breakdown, _, _ in counted}
    names = [breakdown for breakdown in ("", *words.BREAKDOWNS) if breakdown in found]
    rows = [(_name(breakdown), _row(counted, (breakdown,))) for breakdown in names]
    label = forms.capital(config.committee.programme_label)
    return HiddenShares(
        headings=(say("Nämnden"), label, say("Enhet"), LAST_COLUMN),
        rows=(*rows, (_EVERYTHING, _row(counted, names))),
    )


def _name(breakdown: str) -> str:
    return words.BREAKDOWNS[breakdown] if breakdown else _TOTAL


def _row(counted: Counter[tuple[str, int, bool]], breakdowns: Iterable[str]) -> tuple[Hidden, ...]:
    names = tuple(breakdowns)
    of_levels = [[int(level)] for level in Level]
    return tuple(
        Hidden(_sum(counted, names, levels, hidden=True), _sum(counted, names, levels))
        for levels in (*of_levels, [int(level) for level in Level])
    )


def _sum(
    counted: Counter[tuple[str, int, bool]], names: Iterable[str], levels: list[int], *, hidden: bool = False
) -> int:
    states = (True,) if hidden else (True, False)
    return sum(counted[name, level, state] for name in names for level in levels for state in states)
