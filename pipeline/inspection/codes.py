"""What the texts of a code column stand for, where the standard profile does not know them."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.inspection import cells
from pipeline.inspection.cells import ANSWERS, Cells
from pipeline.inspection.masking import LONGEST_SHOWN, tells_identity
from pipeline.inspection.matching import SURE
from pipeline.inspection.vocabulary import Vocabulary
from pipeline.schemas.extract import Column, Kind
from pipeline.sources.wording import fold

# What programs write where a cell is empty. `NULL` is always read so.
_NOTHING = frozenset(("n/a", "na", "none", "(null)", "(blank)", "(tom)", "nan", "?", ".", "saknas", "uppgift saknas"))


@dataclass(frozen=True)
class CodeGuess:
    """A text that stands in a code column, how often, and the code that it is taken for ("" = nobody knows)."""

    text: str
    times: int
    code: str
    confidence: float

    @property
    def is_sure(self) -> bool:
        """Whether the guess is good enough to stand in a profile as it is."""
        return bool(self.code) and self.confidence >= SURE


def guesses(extract: str, column: Column, texts: Cells, vocabulary: Vocabulary) -> list[CodeGuess]:
    """A guess for every text of the column that is not read without help, most frequent first.

    None for a column with many different texts, and none for a text that may tell who somebody is.
    """
    if not column.texts or not texts.has_few:
        return []
    found = (
        _guess(extract, column, text, times, vocabulary)
        for text, times in texts.texts.most_common()
        if not _is_understood(extract, column, text, vocabulary)
    )
    return [one for one in found if one.code or _may_be_told(one.text)]


def says_nothing(text: str) -> bool:
    """Whether a text stands where a cell is empty."""
    return text.casefold() in _NOTHING


def understands(extract: str, column: Column, text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text of a code or yes/no column has a meaning, for certain or by a good guess."""
    if _is_understood(extract, column, text, vocabulary):
        return True
    return _guess(extract, column, text, 1, vocabulary).is_sure


def _is_understood(extract: str, column: Column, text: str, vocabulary: Vocabulary) -> bool:
    folded = fold(text)
    return folded in (ANSWERS if column.kind is Kind.YES_NO else vocabulary.understood(extract, column))


def _guess(extract: str, column: Column, text: str, times: int, vocabulary: Vocabulary) -> CodeGuess:
    if column.kind is Kind.YES_NO:
        answer = cells.answer(text)
        return CodeGuess(text, times, answer, 0.95 if answer else 0.0)
    meaning = vocabulary.meaning(extract, column, text)
    return CodeGuess(text, times, meaning.code, meaning.confidence) if meaning else CodeGuess(text, times, "", 0.0)


def _may_be_told(text: str) -> bool:
    return len(text) <= LONGEST_SHOWN and not tells_identity(text)
