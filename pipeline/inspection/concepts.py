"""What the words of a heading mean, so that headings can be compared across wordings and languages."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from pipeline.inspection.likeness import nearest, spelling
from pipeline.sources.wording import fold

_FILE = Path(__file__).with_name("concepts.toml")
_HUMP = re.compile(r"(?<=[a-zåäöæø0-9])(?=[A-ZÅÄÖÆØ])")
_CAPITALS = re.compile(r"([A-ZÅÄÖÆØ0-9]+)(?=[a-zåäöæø])")  # an abbreviation, and perhaps the next word's capital
_WORD = re.compile(r"[^\W_]+")
_LINKS = ("", "s", "e")  # what joins the parts of a compound
_SHORTEST_MISSPELT = 5
_LONGEST_WORD = 60
_WORD_SPELLING = 0.88  # so alike is a word that is misspelt
_HEADING_SPELLING = 0.90  # and a whole heading
_NOUN_WEIGHT = 0.35
_MEANS_THE_SAME = 0.97
_SPELT_ALIKE = 0.95


@dataclass(frozen=True)
class Phrase:
    """A heading as it is compared: folded, and the concepts that its words stand for."""

    folded: str
    concepts: frozenset[str]


@dataclass(frozen=True)
class Concepts:
    """The word list. `by_word`: word → concept; `nouns`: extract → the concepts that name its rows."""

    by_word: Mapping[str, str]
    ignored: frozenset[str]
    weights: Mapping[str, float]
    nouns: Mapping[str, frozenset[str]]
    footers: tuple[str, ...]

    def phrase(self, text: str) -> Phrase:
        """A heading taken apart; a word that the list lacks stands for itself."""
        humps = _WORD.findall(_HUMP.sub(" ", unicodedata.normalize("NFKC", text)))
        words = (word.casefold() for hump in humps for word in self._apart(hump))
        parts = [part for word in words if word not in self.ignored for part in self._parts(word)]
        return Phrase(fold(text), frozenset(parts))

    def alike(self, one: Phrase, other: Phrase, extract: str = "") -> float:
        """How far two headings mean the same, 0–1; words that name the extract's rows count little in it."""
        if one.folded == other.folded:
            return 1.0
        weighed = {concept: self._weight(concept, extract) for concept in one.concepts | other.concepts}
        total = sum(map(weighed.__getitem__, one.concepts)) + sum(map(weighed.__getitem__, other.concepts))
        shared = sum(map(weighed.__getitem__, one.concepts & other.concepts))
        meaning = _MEANS_THE_SAME * 2 * shared / total if total else 0.0
        return max(meaning, _SPELT_ALIKE * spelling(one.folded, other.folded, _HEADING_SPELLING))

    def knows(self, phrase: Phrase) -> bool:
        """Whether every word of a heading is in the list."""
        return bool(phrase.concepts) and phrase.concepts <= self._all

    def names(self, text: str, extract: str) -> bool:
        """Whether a text, such as a file's name, speaks of the extract's rows."""
        return bool(self.phrase(text).concepts & self.nouns.get(extract, frozenset()))

    def _weight(self, concept: str, extract: str) -> float:
        return _NOUN_WEIGHT if concept in self.nouns.get(extract, ()) else self.weights.get(concept, 1.0)

    def _apart(self, hump: str) -> tuple[str, ...]:
        """An abbreviation and the word after it, which may have a capital of its own: CIN|referral, CIN|Plan."""
        match = _CAPITALS.match(hump)
        if match is None or self._is_word(hump):
            return (hump,)
        splits = ((hump[:end], hump[end:]) for end in (match.end(), match.end() - 1) if end > 1)
        return next((split for split in splits if self._is_word(split[1])), (hump,))

    def _is_word(self, text: str) -> bool:
        return len(text) <= _LONGEST_WORD and self._compound(text.casefold()) is not None

    def _parts(self, word: str) -> tuple[str, ...]:
        if len(word) > _LONGEST_WORD:
            return (word,)
        found = self._compound(word)
        if found is None and len(word) >= _SHORTEST_MISSPELT:
            near = nearest(word, self._long_words, _WORD_SPELLING)
            found = (self.by_word[near[0]],) if near else None
        return found or (word,)

    def _compound(self, word: str) -> tuple[str, ...] | None:
        """The concepts of the words that a word is made of; None where some part is unknown."""
        if word in self.by_word:
            return (self.by_word[word],)
        for length in range(len(word) - 2, 2, -1):
            if word[:length] in self.by_word:
                for link in _LINKS:
                    rest = word[length:].removeprefix(link)
                    if word[length:].startswith(link) and (found := self._compound(rest)):
                        return (self.by_word[word[:length]], *found)
        return None

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(self.by_word.values())

    @cached_property
    def _long_words(self) -> tuple[str, ...]:
        return tuple(word for word in self.by_word if len(word) >= _SHORTEST_MISSPELT)


@cache
def load() -> Concepts:
    """The word list that comes with the program."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Concepts(
        by_word={word: concept for concept, words in content["concepts"].items() for word in words},
        ignored=frozenset(content["ignored"]["words"]),
        weights=content["weights"],
        nouns={extract: frozenset(concepts) for extract, concepts in content["nouns"].items()},
        footers=tuple(content["footers"]["words"]),
    )
