"""Every wording that is known of the contract's columns and codes, from the profiles and the word list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pipeline.inspection import meanings
from pipeline.inspection.concepts import Concepts, Phrase
from pipeline.inspection.concepts import load as load_concepts
from pipeline.inspection.meanings import Meaning
from pipeline.schemas import EXTRACTS, contract
from pipeline.schemas.extract import Column, Extract
from pipeline.sources import profiles
from pipeline.sources.profile_faults import COMMON
from pipeline.sources.profiles import STANDARD, Profile
from pipeline.sources.wording import Wording, fold

_HERE = Path(__file__).parent
_FOREIGN = "foreign"
_TRUST = {STANDARD: 1.0, _FOREIGN: 0.95}
_TRUST_IN_PROFILES = 0.98


@dataclass(frozen=True)
class Word:
    """A heading that names a column, and the names of the profiles that say so; `trust` is that of the firmest."""

    text: str
    phrase: Phrase
    trust: float
    profiles: frozenset[str]


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
        self._meant: dict[tuple[str, str], dict[str, Meaning]] = {}

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
        return meanings.find(text, self._meanings(extract, column))

    def knows_text(self, text: str) -> bool:
        """Whether a text is a code of some column, or is made of words that the list has: then it names nobody."""
        return fold(meanings.bare(text)) in self._every_code or self.concepts.knows(self.concepts.phrase(text))

    def reading(self, extract: Extract, headings: Sequence[str]) -> list[tuple[str, set[str]]]:
        """The profiles that can read a table with these headings, by title, and the columns that each would find.

        Those that find most columns first, of equals the standard profile.
        """
        given = {
            profile.name: wording.found(headings) | set(wording.constants)
            for profile in self._profiles
            if profile.name != _FOREIGN and not (wording := self._wording(profile, extract)).lacking(headings)
        }
        names = sorted(given, key=lambda name: (-len(given[name]), name != STANDARD, name))
        return [(self.titles()[name], given[name]) for name in names]

    def _wording(self, profile: Profile, extract: Extract) -> Wording:
        standard = self.standard.wording(extract.name, extract.names, extract.required)
        return standard if profile is self.standard else profile.over(standard, extract.name)

    @cached_property
    def _every_code(self) -> set[str]:
        columns = ((extract.name, column) for extract in EXTRACTS.values() for column in extract.columns)
        return {text for extract, column in columns if column.codes for text in self._meanings(extract, column)}

    def _meanings(self, extract: str, column: Column) -> dict[str, Meaning]:
        """Folded text → the code that it stands for, put together once a column."""
        if (extract, column.name) not in self._meant:
            self._meant[extract, column.name] = self._meanings_of(extract, column)
        return self._meant[extract, column.name]

    def _meanings_of(self, extract: str, column: Column) -> dict[str, Meaning]:
        known: dict[str, Meaning] = {}
        for profile in self._profiles:
            for code, texts in _codes(profile, extract, column.name).items():
                for text in texts:
                    known.setdefault(fold(text), Meaning(code, _trust(profile), text))
        return known | {fold(code): Meaning(code, 1.0, code) for code in column.codes}

    def _words_of(self, extract: str, column: str) -> tuple[Word, ...]:
        found: dict[str, Word] = {}
        for profile in self._profiles:
            for text in _headings(profile, extract, column):
                phrase = self.concepts.phrase(text)
                first = found.get(phrase.folded) or Word(text, phrase, _trust(profile), frozenset())
                found[phrase.folded] = replace(first, profiles=first.profiles | {profile.name})
        return tuple(found.values())


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
