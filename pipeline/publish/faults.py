"""The state of the data in words: what became of the rows, what to do about the rejected ones, what was noticed.

Rejected rows come in the order that they are mended: by extract, unit and rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from pipeline.language import later, outside, say, within
from pipeline.model import EXTRACT_NAMES, FileAccount, Quality, Rejection, Warned, swedish_order
from pipeline.publish import advice, forms
from pipeline.publish.advice import Advice

NO_UNIT = later("ej angivet")
EVERY_ROW = later(
    "Varje läst rad är antingen inläst, underkänd, dubblett eller ersatt. En ersatt rad finns också i en annan fil: den"
    " fil vars namn sorteras sist gäller."
)
STOPPED = later("Ingen rapport publiceras, om inte felen uttryckligen godtas.")
ROW_HEADINGS = (later("Lästa"), later("Inlästa"), later("Underkända"), later("Dubbletter"), later("Ersatta"))
REJECTED_SHARE = later("Andel underkända")


@dataclass(frozen=True)
class Listing:
    """The faults of one rule in one extract, by unit, file and row."""

    extract: str
    rule: str
    advice: Advice
    rejections: tuple[Rejection, ...]

    @property
    def by_unit(self) -> list[tuple[str, int]]:
        """How many a unit, in the units' order."""
        return sorted(Counter(map(unit, self.rejections)).items(), key=lambda one: _reading_order(one[0]))

    @property
    def listed(self) -> tuple[Rejection, ...]:
        """Those that may be listed: not of rows about persons with protected identity."""
        return tuple(one for one in self.rejections if not one.protected)

    def first(self, most: int) -> list[Rejection]:
        """At most so many of those listed: as many of each unit as there is room for, so that none is left out."""
        counts = Counter(map(unit, self.listed)).values()
        # A unit's share grows until the next step would not fit.
        share = max(
            (n for n in range(1, min(max(counts, default=0), most) + 1) if sum(min(c, n) for c in counts) <= most),
            default=0,
        )
        places: Counter[str] = Counter()
        shown = []
        for rejection in self.listed:
            places[unit(rejection)] += 1
            if places[unit(rejection)] <= share:
                shown.append(rejection)
        return shown


def listings(quality: Quality) -> list[Listing]:
    """All faults, an extract and rule at a time; extracts in the order they were read."""
    order = {extract: number for number, extract in enumerate(quality.totals())}

    def place(one: Rejection) -> tuple[object, ...]:
        by_extract = order.get(one.extract, len(order)), one.extract
        return *by_extract, one.rule, _reading_order(unit(one)), one.file, one.sheet, one.row

    ordered = sorted(quality.rejections, key=place)
    grouped = groupby(ordered, key=lambda rejection: (rejection.extract, rejection.rule))
    return [Listing(extract, rule, advice.of(rule), tuple(found)) for (extract, rule), found in grouped]


def units(quality: Quality) -> list[str]:
    """The units that have faults, in the order of reading."""
    return sorted(set(map(unit, quality.rejections)), key=_reading_order)


def counts(faults: Iterable[Listing]) -> Iterator[tuple[str, str, str, int]]:
    """Unit, extract, rule and number of faults, by unit and extract, the most common first."""
    every = [(name, one.extract, one.rule, count) for one in faults for name, count in one.by_unit]
    order = {extract: number for number, extract in enumerate(dict.fromkeys(row[1] for row in every))}
    yield from sorted(every, key=lambda row: (_reading_order(row[0]), order[row[1]], -row[3], advice.of(row[2]).title))


def by_extract(faults: Iterable[Listing]) -> dict[str, list[Listing]]:
    """The listings of each extract, in the order that they were read."""
    grouped: dict[str, list[Listing]] = {}
    for one in faults:
        grouped.setdefault(one.extract, []).append(one)
    return grouped


def unit(rejection: Rejection) -> str:
    """The unit that the row belongs to, as far as it tells."""
    return unit_name(rejection.unit)


def unit_name(name: str) -> str:
    """A unit as readers are told of it, also where none is given."""
    return name or NO_UNIT


def extract_name(extract: str) -> str:
    """An extract as a heading."""
    return forms.capital(within("extract", EXTRACT_NAMES.get(extract, extract)))


def row_counts(account: FileAccount) -> Mapping[str, int]:
    """What became of the rows, by heading: those read, and the parts that they are the sum of."""
    counts = (account.read, account.loaded, account.rejected, account.duplicates, account.superseded)
    return dict(zip(ROW_HEADINGS, counts, strict=True))


def rejected_share(account: FileAccount) -> str:
    """`5,12 %` of the rows read; with decimals, so that what is just above the limit does not read as the limit."""
    return f"{forms.number(account.rejected / account.read * 100, 2)}{forms.NBSP}%" if account.read else forms.DASH


def warning(warned: Warned) -> str:
    """A warning for the committee: the extract, what was noticed and how often. Not its examples, which name cases."""
    often = say(" ({count}\N{NO-BREAK SPACE}gånger)", count=forms.number(warned.count)) if warned.count > 1 else ""
    # Its words are those of the run, which are Swedish; elsewhere it is told by the rule.
    noticed = f"{advice.of(warned.rule).title}" if outside() else warning_text(warned)
    return f"{extract_name(warned.extract)}: {noticed}{often}"


def warning_text(warned: Warned) -> str:
    """What was noticed, its days written as in running text."""
    return forms.with_days(warned.text)


def _reading_order(name: str) -> tuple[bool, tuple[str, str]]:
    return name == NO_UNIT, swedish_order(name)
