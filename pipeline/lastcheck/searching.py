"""Finds secrets in pieces of text: by one look-up for many words, whatever the number of secrets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import islice

from pipeline.comments.persons import lines_with_persons
from pipeline.lastcheck.findings import Finding, Kind, Piece
from pipeline.lastcheck.secret import Phrase, Secrets, is_likely_id, is_searched_alone
from pipeline.lastcheck.tokens import parts, spelt, token, tokens
from pipeline.privacy import MASK, person_numbers

# Checksums hold runs of digits shaped like anything: of the lengths that are printed, and of the page's policy.
_CHECKSUM = re.compile(
    r"(?<![0-9A-Za-z])(?=[0-9]*[a-f])(?:[0-9a-f]{12}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})(?![0-9A-Za-z])"
    r"|sha(?:256|384|512)-[0-9A-Za-z+/]+=*"
)
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3,4})(?![0-9A-Za-z])")
_AFTER_ID = re.compile(
    r"\b(?:ärende|ärendet|akt|akten|id|nr|nummer|dnr|case|record|ref)\W{1,3}(?=([^\W_]+(?:[-_./+][^\W_]+)*))"
)
_FEWEST_DIGITS_OF_A_PERSON = 8  # a reserve number's: ÅÅMMDD-TF10
_LONGEST = 12
_DIGIT = re.compile("[0-9]")
_AT_A_TIME = 20_000
_PART_OF_A_PLACE = re.compile(r"( |, |: |[”()])")


class Searcher:
    """Looks for the secrets; `public` are texts that the report prints by right, such as units and categories.

    `own` are texts of the report's own words, that nothing as short as a word is held against.
    """

    def __init__(self, secrets: Secrets, public: Iterable[str] = (), own: Iterable[str] = ()) -> None:
        printed = {parts(spelt(text)) for text in set(public)}
        named = {"-".join(words) for words in printed}
        self._ids, self._named = secrets.ids, named
        self._asked: set[str] = set()  # words that may be ids
        self._found: dict[str, Kind] = {}  # those of them that are
        self._wholes = {words: kind for words, kind in secrets.wholes.items() if words not in printed}
        self._phrases: dict[str, list[tuple[Phrase, Kind]]] = defaultdict(list)
        for words, kind in secrets.phrases.items():
            if words not in printed:
                self._phrases[words[0]].append((words, kind))
        common = {word for text in own for word in parts(spelt(text))} | named
        self._longest = min(secrets.ids.longest, _LONGEST)
        self._brief = {one: kind for one, kind in secrets.brief.items() if one not in common}
        self._known: dict[tuple[str, bool, bool, bool, bool], frozenset[Kind]] = {}

    def search(self, file: str, pieces: Iterable[Piece]) -> Iterator[Finding]:
        """What stands in the pieces of a file that may not."""
        waiting = iter(pieces)
        while several := list(islice(waiting, _AT_A_TIME)):
            self.learn(several)
            for piece in several:
                for kind in self.kinds(piece):
                    yield Finding(file, piece.place, kind)

    def learn(self, pieces: Iterable[Piece]) -> None:
        """Ask at once which ids stand in the pieces, which else is asked of each."""
        texts = {_legible(piece) for piece in pieces if not piece.is_number}
        self._ask({word for text in texts for word in _split(text, self._longest)[1]})

    def kinds(self, piece: Piece) -> frozenset[Kind]:
        """What kinds of secrets a piece holds."""
        key = piece[1:]  # wherever it stands
        if key not in self._known:
            self._known[key] = frozenset(self._in_number(piece.text) if piece.is_number else self._in_text(piece))
        return self._known[key]

    def masked(self, text: str) -> str:
        """A file's name or a place as it may be told: without the parts of it that hold a secret."""
        if not self.kinds(Piece("", text)):
            return text
        shown = "".join(MASK if self.kinds(Piece("", part)) else part for part in _PART_OF_A_PLACE.split(text))
        return MASK if self.kinds(Piece("", shown)) else shown

    @staticmethod
    def _in_number(text: str) -> Iterator[Kind]:
        # Decimals are of a share or a mean; only a whole number can be somebody's.
        if text.isdecimal() and any(True for _ in person_numbers(text)):
            yield Kind.PERSON_NUMBER

    def _in_text(self, piece: Piece) -> Iterator[Kind]:
        text = _legible(piece)
        plain, words_with_digits = _split(text, self._longest)
        self._ask(words_with_digits)
        yield from (self._found[one] for one in words_with_digits if one in self._found and one not in self._named)
        words = parts(plain)
        if words in self._wholes:
            yield self._wholes[words]
        for at, word in enumerate(words):
            for phrase, kind in self._phrases.get(word, ()):
                if words[at : at + len(phrase)] == phrase:
                    yield kind
        if piece.is_told or piece.is_free:
            yield from self._in_brief(piece, plain)
        if holds_person(text):
            yield Kind.PERSON_NUMBER

    def _ask(self, words: Collection[str]) -> None:
        unknown = {word for word in words if word not in self._asked}
        if unknown:
            self._asked |= unknown
            self._found.update(self._ids.among(unknown))

    def _in_brief(self, piece: Piece, plain: str) -> Iterator[Kind]:
        """What is too short to be searched everywhere: as all that is told, and in the analyst's own words."""
        whole = token(plain)
        if piece.is_told and whole in self._brief and is_searched_alone(whole):
            yield self._brief[whole]
        if piece.is_free:
            named = (token(found) for found in _AFTER_ID.findall(plain))
            yield from (self._brief[one] for one in named if one in self._brief)
            likely = (one for one in tokens(plain, 1) if one in self._brief and is_likely_id(one))
            yield from map(self._brief.__getitem__, likely)


def _legible(piece: Piece) -> str:
    return _COLOUR.sub(" ", piece.text) if piece.is_styled else piece.text


@lru_cache(maxsize=_AT_A_TIME)
def _split(text: str, longest: int) -> tuple[str, tuple[str, ...]]:
    """A text as it is spelt, and its words that may be ids; first they are asked for, then each text is searched."""
    plain = spelt(text)
    return plain, tuple(one for one in tokens(plain, longest) if _may_be_id(one)) if _may_be_id(plain) else ()


def _may_be_id(plain: str) -> bool:
    """Whether there is, or may be, a digit in it: an id has one."""
    return not plain.isascii() or _DIGIT.search(plain) is not None


def holds_person(text: str) -> bool:
    """Whether something in a text is shaped like a personnummer, also with other digits, dashes and spaces.

    Checksums are left out, since one in two hundred of them holds such a run by chance.
    """
    if sum(map(str.isdigit, text)) < _FEWEST_DIGITS_OF_A_PERSON:
        return False
    return bool(lines_with_persons(_CHECKSUM.sub(" ", text)))
