"""What several municipalities' figures come to together, made public only where what each has published says it all.

Each municipality's public figures have been proved to tell nothing that they hide. What can be worked out from public
figures alone tells nothing more, whatever hangs together with whatever: so no figure of the whole is shown unless every
part of it is, and of counts, shares and means nothing more has to be proved. A median or percentile of the whole is not
worked out from the parts': that it may stand is argued in decision 0026, not proved.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from pipeline.disclosure.public import PublicFigures, made_public
from pipeline.model import Figure, Figures, Key, Level

# A figure's key without whose it is: metric, statistic, window, breakdown, category (whatever its case).
Cut = tuple[str, str, str, str, str]


@dataclass
class Parts:
    """What the municipalities have published of themselves as a whole (level 1), added up as they come.

    `totals`: each municipality's figures without breakdown. Of every cut: the rows and the numerators that are shown,
    and how many municipalities hide theirs; one that has no such rows does not tell the category, and hides nothing.
    `told`: how many tell the cut, shown or hidden. `measured`: how many have delivered what a metric needs.
    """

    totals: dict[tuple[str, Cut], Figure] = field(default_factory=dict)
    shown: defaultdict[Cut, float] = field(default_factory=lambda: defaultdict(float))
    numerators: defaultdict[Cut, float] = field(default_factory=lambda: defaultdict(float))
    hidden: Counter[Cut] = field(default_factory=Counter)
    told: Counter[Cut] = field(default_factory=Counter)
    measured: Counter[str] = field(default_factory=Counter)

    def add(self, municipality: str, public: PublicFigures) -> None:
        """Add what a municipality has published."""
        self.measured.update({key.metric for key in public.figures} - public.missing.keys())
        for key, figure in public.figures.items():
            if key.level != Level.COMMITTEE:
                continue
            cut = _cut(key)
            if not key.breakdown:
                self.totals[municipality, cut] = figure
            self.hidden[cut] += figure.suppressed
            self.told[cut] += key.metric not in public.missing
            self.shown[cut] += figure.denominator or 0  # also a nought tells that the category is known
            self.numerators[cut] += figure.numerator or 0


def overall(figures: Figures, parts: Parts) -> PublicFigures:
    """The figures of all municipalities (level 1) and of each (level 2, totals only) as they may be published.

    A municipality's is shown where it shows it itself and says the same. A figure of all is shown where no municipality
    hides its part and the parts are all of it. Left out altogether is a category that no municipality tells.
    """
    untold = {key for key in figures.figures if key.breakdown and _cut(key) not in parts.shown}
    hidden = {
        key
        for key, figure in figures.figures.items()
        if not (_is_told_by_all(figure, parts) if key.level == Level.COMMITTEE else _is_told_by_itself(figure, parts))
    }
    return made_public(figures, hidden, untold)


def _is_told_by_itself(figure: Figure, parts: Parts) -> bool:
    told = parts.totals.get((figure.key.org, _cut(figure.key)))
    if told is None or told.suppressed:
        return False
    return (told.denominator, told.numerator, told.value) == (figure.denominator, figure.numerator, figure.value)


def _is_told_by_all(figure: Figure, parts: Parts) -> bool:
    cut = _cut(figure.key)
    if figure.denominator is None:  # nobody has delivered what it takes
        return True
    metric, statistic, window, *_ = cut
    # What some have no column for is not 0 with them.
    if parts.told[metric, statistic, window, "", ""] < parts.measured[metric] or parts.hidden[cut]:
        return False
    return parts.shown[cut] == figure.denominator and parts.numerators[cut] == (figure.numerator or 0)


def _cut(key: Key) -> Cut:
    return key.metric, key.statistic, key.window, key.breakdown, key.category.casefold()
