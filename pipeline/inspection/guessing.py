"""Which extract a sheet holds: said, told by the file's name, or guessed from how well its headings fit each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.inspection.matching import HeadingCells, Match, match
from pipeline.inspection.vocabulary import Vocabulary
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Extract

_REQUIRED_WEIGHT = 0.6
_NAME_BONUS = 0.15
_LEAST_FIT = 0.2
_SHARPNESS = 4  # an extract that fits a little worse is a lot less likely
_ALSO_FITS = 0.75  # of the best: worth telling that the rows may hold that extract too


@dataclass(frozen=True)
class Fit:
    """How well a sheet's headings fit an extract, 0–1, and which heading is which column then."""

    extract: Extract
    share: float
    matches: Sequence[Match]


@dataclass(frozen=True)
class Guess:
    """The extract that a sheet is taken for. `sureness` is 0–1; `others` fit nearly as well, the best first."""

    best: Fit
    sureness: float
    others: Sequence[Extract]


def guess(headings: Sequence[HeadingCells], names: Sequence[str], vocabulary: Vocabulary) -> Guess | None:
    """The extract that the headings fit best; None where they fit none. `names`: of the file and of the sheet."""
    fits = sorted(
        (_fit(extract, headings, names, vocabulary) for extract in EXTRACTS.values()),
        key=lambda fit: -fit.share,
    )
    best, second = fits[0], fits[1]
    if best.share < _LEAST_FIT:
        return None
    others = tuple(fit.extract for fit in fits[1:] if fit.share >= _ALSO_FITS * best.share)
    sharpened = best.share**_SHARPNESS
    return Guess(best, sharpened / (sharpened + second.share**_SHARPNESS), others)


def given(extract: Extract, headings: Sequence[HeadingCells], vocabulary: Vocabulary) -> Guess:
    """The extract that somebody has said, or that the file's name tells."""
    return Guess(Fit(extract, 1.0, match(extract, headings, vocabulary)), 1.0, ())


def _fit(extract: Extract, headings: Sequence[HeadingCells], names: Sequence[str], vocabulary: Vocabulary) -> Fit:
    matches = match(extract, headings, vocabulary)
    sure = [one for one in matches if one.is_sure]
    required = sum(one.confidence for one in sure if one.column.required) / len(extract.required)
    known = sum(one.confidence for one in sure) / len(headings)
    share = _REQUIRED_WEIGHT * required + (1 - _REQUIRED_WEIGHT) * known
    if sure and any(vocabulary.concepts.names(name, extract.name) for name in names):
        share += _NAME_BONUS
    return Fit(extract, share, matches)
