"""The state of the data in words: what became of the rows, what to do about the rejected ones, what was noticed.

Rejected rows come in the order that they are mended: by extract, unit and rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from pipeline.model import EXTRACT_NAMES, FileAccount, Quality, Rejection, Warned, swedish_order
from pipeline.publish import forms

NO_UNIT = "ej angivet"
EVERY_ROW = (
    "Varje läst rad är antingen inläst, underkänd, dubblett eller ersatt. En ersatt rad finns också i en annan fil: den"
    " fil vars namn sorteras sist gäller."
)
STOPPED = "Ingen rapport publiceras, om inte felen uttryckligen godtas."
ROW_HEADINGS = ("Lästa", "Inlästa", "Underkända", "Dubbletter", "Ersatta")
REJECTED_SHARE = "Andel underkända"


@dataclass(frozen=True)
class Advice:
    """What a rule's breach is called, and what to do about it."""

    title: str
    cure: str


_ADVICE = {
    "missing": Advice("Obligatorisk uppgift saknas", "Fyll i uppgiften i verksamhetssystemet."),
    "open_end": Advice("Obligatorisk dag är öppen", "Fyll i dagen; ett datum för evigt betyder att den saknas."),
    "error_value": Advice("Felvärde från Excel", "Ta ut filen på nytt, eller rätta formeln i cellen."),
    "unreadable_date": Advice("Datum går inte att läsa", "Rätta datumet; skriv det som 2026-08-31."),
    "unknown_code": Advice("Okänt värde", "Rätta värdet, eller lägg till det i verksamhetssystemets profil."),
    "not_yes_no": Advice("Varken ja eller nej", "Ange ja eller nej, eller lämna tomt om frågan inte är besvarad."),
    "not_count": Advice("Inte ett antal", "Ange ett helt tal, 0 eller större."),
    "too_early": Advice("Datum före år 1900", "Rätta datumet; ofta är det ett standardvärde från systemet."),
    "too_late": Advice("Datum i framtiden", "Rätta datumet; det som har hänt kan inte ligga framåt i tiden."),
    "conflict": Advice("Samma ärende med olika innehåll", "Ta reda på vilken rad som gäller och ta bort de andra."),
    "surplus_cells": Advice("Fler fält än rubriker", "Ta ut filen som Excel, eller med citattecken runt texter."),
}
_WRONG_ORDER = Advice("Datum i fel ordning", "Rätta det av de två datumen som är fel.")
_TOO_MANY = Advice("Antal som inte går ihop", "Rätta det av de två antalen som är fel.")
_OTHER = Advice("Annat fel", "Rätta uppgiften i verksamhetssystemet och ta ut filen på nytt.")


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


def listings(quality: Quality) -> list[Listing]:
    """All faults, an extract and rule at a time; extracts in the order they were read."""
    order = {extract: number for number, extract in enumerate(quality.totals())}

    def place(one: Rejection) -> tuple[object, ...]:
        by_extract = order.get(one.extract, len(order)), one.extract
        return *by_extract, one.rule, _reading_order(unit(one)), one.file, one.sheet, one.row

    ordered = sorted(quality.rejections, key=place)
    grouped = groupby(ordered, key=lambda rejection: (rejection.extract, rejection.rule))
    return [Listing(extract, rule, advice(rule), tuple(found)) for (extract, rule), found in grouped]


def counts(faults: Iterable[Listing]) -> Iterator[tuple[str, str, str, int]]:
    """Extract, unit, rule's title and number of faults, by extract and unit, the most common first."""
    every = [(one.extract, name, one.advice.title, count) for one in faults for name, count in one.by_unit]
    order = {extract: number for number, extract in enumerate(dict.fromkeys(row[0] for row in every))}
    yield from sorted(every, key=lambda row: (order[row[0]], _reading_order(row[1]), -row[3], row[2]))


def advice(rule: str) -> Advice:
    """What to call a rule's breach; rules across columns are named after both."""
    if "_before_" in rule:
        return _WRONG_ORDER
    return _TOO_MANY if "_over_" in rule else _ADVICE.get(rule, _OTHER)


def unit(rejection: Rejection) -> str:
    """The unit that the row belongs to, as far as it tells."""
    return rejection.unit or NO_UNIT


def extract_name(extract: str) -> str:
    """An extract as a heading."""
    return forms.capital(EXTRACT_NAMES.get(extract, extract))


def row_counts(account: FileAccount) -> Mapping[str, int]:
    """What became of the rows, by heading: those read, and the parts that they are the sum of."""
    counts = (account.read, account.loaded, account.rejected, account.duplicates, account.superseded)
    return dict(zip(ROW_HEADINGS, counts, strict=True))


def rejected_share(account: FileAccount) -> str:
    """`5,12 %` of the rows read; with decimals, so that what is just above the limit does not read as the limit."""
    return f"{forms.number(account.rejected / account.read * 100, 2)}{forms.NBSP}%" if account.read else forms.DASH


def warning(warned: Warned) -> str:
    """A warning for the committee: the extract, what was noticed and how often. Not its examples, which name cases."""
    often = f" ({forms.number(warned.count)}{forms.NBSP}gånger)" if warned.count > 1 else ""
    return f"{extract_name(warned.extract)}: {warning_text(warned)}{often}"


def warning_text(warned: Warned) -> str:
    """What was noticed, its days written as in running text."""
    return forms.with_days(warned.text)


def _reading_order(name: str) -> tuple[bool, tuple[str, str]]:
    return name == NO_UNIT, swedish_order(name)
