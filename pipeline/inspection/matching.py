"""Which heading is which column: by its words, and by what the cells below it hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.inspection.cells import MOSTLY, Cells
from pipeline.inspection.concepts import Phrase
from pipeline.inspection.vocabulary import Vocabulary, Word
from pipeline.schemas.extract import Column, Extract, Kind, Secrecy
from pipeline.sources.profiles import STANDARD
from pipeline.sources.wording import Making

SURE = 0.70  # guesses above stand in a saved profile; those below are comments in it
POSSIBLE = 0.45  # the least that is worth mentioning

_FITS = 1.0
_UNTOLD = 0.95  # no cell is filled
_PARTLY = 0.7
_DERIVED = 0.95
_SOME_CODES = 0.9
_NO_CODE = 0.71  # sure in the contract's own words alone: read in any other, every row would be rejected
_UNFIT = 0.3
_MISMATCH = "cellerna ser inte ut så"


@dataclass(frozen=True)
class HeadingCells:
    """A heading, the place that it stands at and the cells below it."""

    place: int
    heading: str
    cells: Cells


@dataclass(frozen=True)
class Match:
    """A heading taken for a column.

    `confidence` is 0–1. `profiles`: those that have the heading as a word for the column. `making`: how the column is
    made of the cells where they do not hold it themselves.
    `doubt`: what speaks against the match, in Swedish.
    """

    place: int
    heading: str
    column: Column
    confidence: float
    profiles: frozenset[str]
    making: Making | None = None
    doubt: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether the match is good enough to stand in a profile as it is."""
        return self.confidence >= SURE


@dataclass(frozen=True)
class _Fit:
    """How well the cells agree with a column's type, and how they would have to be read."""

    share: float
    making: Making | None = None
    doubt: str = ""


def match(extract: Extract, headings: Sequence[HeadingCells], vocabulary: Vocabulary) -> list[Match]:
    """The best pairs of headings and columns, each used once; in the headings' order."""
    pairs = sorted(
        (pair for one in headings for pair in _likely(extract, one, vocabulary)),
        key=lambda pair: (-pair.confidence, not pair.column.required, pair.place),
    )
    taken_places, taken_columns, chosen = set[int](), set[str](), list[Match]()
    for pair in pairs:
        if pair.place not in taken_places and pair.column.name not in taken_columns:
            chosen.append(pair)
            taken_places.add(pair.place)
            taken_columns.add(pair.column.name)
    return sorted(chosen, key=lambda pair: pair.place)


def _likely(extract: Extract, one: HeadingCells, vocabulary: Vocabulary) -> list[Match]:
    """The candidates; a heading in the contract's own words is only doubted for a column that it surely is."""
    found = list(candidates(extract, one, vocabulary))
    if not any(STANDARD in pair.profiles for pair in found):
        return found
    return [pair for pair in found if STANDARD in pair.profiles or pair.is_sure]


def candidates(extract: Extract, one: HeadingCells, vocabulary: Vocabulary) -> Iterator[Match]:
    """Every column that a heading may be, with what speaks for and against it."""
    phrase = vocabulary.concepts.phrase(one.heading)
    for column in extract.columns:
        likeness, word = max(
            (
                (word.trust * vocabulary.concepts.alike(phrase, word.phrase, extract.name), word)
                for word in vocabulary.words(extract.name, column.name)
            ),
            key=lambda found: found[0],
        )
        if likeness < POSSIBLE:
            continue
        fit = _fit(extract, column, one.cells, vocabulary)
        confidence = _confidence(likeness, fit, column)
        if confidence >= POSSIBLE or likeness == 1.0:
            yield Match(one.place, one.heading, column, confidence, _named_in(word, phrase), fit.making, fit.doubt)


def _named_in(word: Word, phrase: Phrase) -> frozenset[str]:
    return word.profiles if word.phrase.folded == phrase.folded else frozenset()


def _confidence(likeness: float, fit: _Fit, column: Column) -> float:
    """The likeness of the words, less where the cells disagree; codes that are all understood prove a lot."""
    confidence = likeness * fit.share
    if column.kind is Kind.CODE and fit.share == _FITS:
        confidence = max(confidence, (likeness + 1) / 2)
    return confidence


def _fit(extract: Extract, column: Column, cells: Cells, vocabulary: Vocabulary) -> _Fit:
    if not cells.filled:
        return _Fit(_UNTOLD)
    match column.kind:
        case Kind.DATE:
            return _fit_of_days(cells)
        case Kind.YES_NO:
            return _fit_of_answers(cells)
        case Kind.CODE:
            return _fit_of_codes(extract, column, cells, vocabulary)
        case Kind.COUNT | Kind.NUMBER:
            return _fit_of_numbers(column, cells)
        case _:
            return _fit_of_text(extract, column, cells)


def _graded(share: float, doubt: str = _MISMATCH) -> _Fit:
    if share >= MOSTLY:
        return _Fit(_FITS)
    return _Fit(_PARTLY if share >= 1 - MOSTLY else _UNFIT, doubt=doubt)


def _fit_of_days(cells: Cells) -> _Fit:
    return _graded(cells.loose_days, "alla celler är inte datum" if cells.loose_days else "cellerna är inga datum")


def _fit_of_answers(cells: Cells) -> _Fit:
    if cells.days >= MOSTLY:
        return _Fit(_DERIVED, Making.FILLED)
    return _graded(cells.answers, "cellerna svarar inte ja eller nej")


def _fit_of_codes(extract: Extract, column: Column, cells: Cells, vocabulary: Vocabulary) -> _Fit:
    if cells.days >= MOSTLY:
        return _Fit(_UNFIT, doubt="cellerna är datum")
    if not cells.has_few:
        return _Fit(_UNFIT, doubt="för många olika värden för att vara koder")
    meant = [times for text, times in cells.texts.items() if vocabulary.meaning(extract.name, column, text)]
    if not meant:
        return _Fit(_NO_CODE, doubt="ingen kod känns igen")
    doubt = "några koder känns inte igen" if len(meant) < len(cells.texts) else ""
    return _Fit(_FITS if sum(meant) >= MOSTLY * cells.filled else _SOME_CODES, doubt=doubt)


def _fit_of_numbers(column: Column, cells: Cells) -> _Fit:
    if column.name == "birth_year" and cells.days >= MOSTLY:
        return _Fit(_DERIVED, Making.YEAR)
    return _graded(cells.counts if column.kind is Kind.COUNT else cells.numbers, "cellerna är inga tal")


def _fit_of_text(extract: Extract, column: Column, cells: Cells) -> _Fit:
    if cells.days >= MOSTLY:
        return _Fit(_UNFIT, doubt="cellerna är datum")
    if extract.key == (column.name,) and cells.has_few and cells.filled > len(cells.texts) * 3:
        return _Fit(_PARTLY, doubt="samma id står på många rader")
    is_category = column.secrecy is not Secrecy.PERSON and bool(column.spelling)
    if is_category and cells.is_unique and cells.filled > 20:
        return _Fit(_PARTLY, doubt="nästan alla värden är olika")
    return _Fit(_FITS)
