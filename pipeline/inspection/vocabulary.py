"""Every wording that is known of the contract's columns and codes, from the profiles and the word list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.inspection.concepts import Concepts, Phrase
from pipeline.inspection.concepts import load as load_concepts
from pipeline.inspection.likeness import nearest
from pipeline.schemas import EXTRACTS, contract
from pipeline.schemas.extract import Column
from pipeline.sources import profiles
from pipeline.sources.profiles import COMMON, STANDARD, Profile
from pipeline.sources.wording import fold

_HERE = Path(__file__).parent
_FOREIGN = "foreign"
_TRUST = {STANDARD: 1.0, _FOREIGN: 0.95}
_TRUST_IN_PROFILES = 0.98
_LEAST_LIKENESS = 0.8
_SHORTEST_PARTLY = 4  # a code within a longer text: `bifall` in `bifallsbeslut`
_PARTLY = 0.9


@dataclass(frozen=True)
class Word:
    """A heading that names a column, and the names of the profiles that say so; `trust` is that of the firmest."""

    text: str
    phrase: Phrase
    trust: float
    profiles: frozenset[str]


@dataclass(frozen=True)
class Meaning:
    """The code that a text is thought to stand for, and how sure that is, 0–1."""

    code: str
    confidence: float


class Vocabulary:
    """All words, by extract and column."""

    def __init__(self, known: Sequence[Profile], concepts: Concepts) -> None:
        self.concepts = concepts
        self._profiles = known
        self.standard = next(profile for profile in known if profile.name == STANDARD)
        self._words = {
            (extract.name, column.name): self._words_of(extract.name, column.name)
            for extract in EXTRACTS.values()
            for column in extract.columns
        }
        self._every_heading = {word.phrase.folded for words in self._words.values() for word in words}

    def patterns(self) -> dict[str, tuple[str, ...]]:
        """Extract → the file name patterns of all profiles."""
        return {
            extract: tuple(pattern for profile in self._profiles for pattern in profile.files.get(extract, ()))
            for extract in EXTRACTS
        }

    def titles(self) -> dict[str, str]:
        """What readers call the profiles that a file may be read with, by their names."""
        return {profile.name: profile.title or profile.name for profile in self._profiles if profile.name != _FOREIGN}

    def words(self, extract: str, column: str) -> tuple[Word, ...]:
        """The headings that a column is known by, the contract's first."""
        return self._words[extract, column]

    def is_heading(self, phrase: Phrase) -> bool:
        """Whether some column of some extract is known by the heading."""
        return phrase.folded in self._every_heading

    def heading(self, extract: str, column: str) -> str:
        """The column's heading in the contract."""
        return self._words[extract, column][0].text

    def is_standard(self, extract: str, column: str, heading: str) -> bool:
        """Whether the standard profile itself reads the heading as the column."""
        words = (word for word in self.words(extract, column) if STANDARD in word.profiles)
        return fold(heading) in {word.phrase.folded for word in words}

    def understood(self, extract: str, column: Column) -> Mapping[str, str]:
        """Folded text → code, for what the standard profile reads without help."""
        texts = _codes(self.standard, extract, column.name)
        return {fold(text): code for code in column.codes for text in (code, *texts.get(code, ()))}

    def meaning(self, extract: str, column: Column, text: str) -> Meaning | None:
        """The code that a text most likely stands for; None where nothing is alike."""
        folded, known = fold(text), self._meanings(extract, column)
        if folded in known:
            return known[folded]
        if near := nearest(folded, known, _LEAST_LIKENESS):
            found = known[near[0]]
            return Meaning(found.code, found.confidence * near[1])
        return _within(folded, known)

    def _meanings(self, extract: str, column: Column) -> dict[str, Meaning]:
        known: dict[str, Meaning] = {}
        for profile in self._profiles:
            for code, texts in _codes(profile, extract, column.name).items():
                for text in texts:
                    known.setdefault(fold(text), Meaning(code, _trust(profile)))
        return known | {fold(code): Meaning(code, 1.0) for code in column.codes}

    def _words_of(self, extract: str, column: str) -> tuple[Word, ...]:
        found: dict[str, Word] = {}
        for profile in self._profiles:
            for text in _headings(profile, extract, column):
                phrase = self.concepts.phrase(text)
                first = found.get(phrase.folded) or Word(text, phrase, _trust(profile), frozenset())
                found[phrase.folded] = replace(first, profiles=first.profiles | {profile.name})
        return tuple(found.values())


def _within(folded: str, known: Mapping[str, Meaning]) -> Meaning | None:
    """The longest known text that the given one opens with; `Bifallsbeslut` says bifall."""
    inside = [text for text in known if len(text) >= _SHORTEST_PARTLY and folded.startswith(text)]
    if not inside:
        return None
    found = known[max(inside, key=len)]
    return Meaning(found.code, found.confidence * _PARTLY)


def _headings(profile: Profile, extract: str, column: str) -> tuple[str, ...]:
    return tuple(word for part in (extract, COMMON) for word in profile.headings.get(part, {}).get(column, ()))


def _codes(profile: Profile, extract: str, column: str) -> Mapping[str, tuple[str, ...]]:
    both = [profile.codes.get(part, {}).get(column, {}) for part in (COMMON, extract)]
    return {code: tuple(text for said in both for text in said.get(code, ())) for said in both for code in said}


def _trust(profile: Profile) -> float:
    return _TRUST.get(profile.name, _TRUST_IN_PROFILES)


def load(folder: Path) -> Vocabulary:
    """All words of a folder's profiles and of the program's own list. Raises WrongUse for a profile with faults."""
    own = [profile for profile in profiles.load_all(folder, contract()) if profile.name != STANDARD]
    known = [profiles.load(), *own, profiles.load(_FOREIGN, _HERE)]
    return Vocabulary(known, load_concepts())
