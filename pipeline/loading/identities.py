"""Texts on the way in: tidied, and whatever tells who somebody is replaced or masked (rules 7 and 8)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from datetime import date
from enum import StrEnum

from pipeline.privacy import Pseudonyms, is_mangled, is_person_number, mask, may_lack_zero, person_numbers, tells_person
from pipeline.schemas.extract import Column, Kind, Secrecy
from pipeline.sources.sheet import ERROR_VALUES, NOT_COMPUTED

# Marks the pseudonym of nine digits: whether they are a personnummer without its zero, the whole file must tell.
DOUBTFUL = "?"
# Stands for a personnummer that has lost digits: nobody knows whose it is.
MANGLED = "#OMVANDLAT PERSONNUMMER"
_NOT_HASHED = frozenset(("", *ERROR_VALUES, NOT_COMPUTED))
_CACHE_LIMIT = 1_000_000
_WITHOUT_WIDTH = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_NOTHING = frozenset(("NULL", "null", "(null)", "<null>", "<NULL>"))
# In texts that stand one a line: blanks that are not one space between words, and words for nothing.
_TO_TIDY = (
    *("  ", "\n ", " \n", *"\t\v\f\r\x1c\x1d\x1e\x1f"),
    *(f"\n{word}\n" for word in sorted(_NOTHING)),
)


class Noted(StrEnum):
    """What there is to warn of in a cell that was replaced, as the rule is called."""

    WRONG_CHECK_DIGIT = "wrong_check_digit"
    PERSON_NUMBER_MASKED = "person_number_masked"


# What is stored, and what there is to warn of.
Treated = tuple[str, Noted | None]


class Identities:
    """Tidies a column's texts and replaces identities; what has been hashed once is remembered.

    Told of one file at a time, see `begin_file`: nine digits are a personnummer without its zero only in a file that
    `has_numbers`.
    """

    def __init__(self, pseudonyms: Pseudonyms, today: date) -> None:
        self._pseudonyms = pseudonyms
        self._today = today
        self._persons: dict[str, Treated] = {}
        self._staff: dict[str, Treated] = {}
        self.begin_file()

    def begin_file(self) -> None:
        """Forget what was seen of the file before."""
        self.has_numbers = False
        self.has_doubtful = False

    def treated(
        self, column: Column, texts: Sequence[str], *, made_of_person: bool
    ) -> tuple[Sequence[str], dict[int, Noted]]:
        """Each text as it is stored, and by its place what there is to warn of.

        `made_of_person`: a record's id that the profile makes of a person's.
        """
        if not column.secrecy and not made_of_person and _are_fine(column, texts):
            return texts, {}
        treated = list(map(self._treatment(column, texts, made_of_person=made_of_person), texts))
        return [text for text, _ in treated], {place: noted for place, (_, noted) in enumerate(treated) if noted}

    def _treatment(self, column: Column, texts: Collection[str], *, made_of_person: bool) -> Callable[[str], Treated]:
        if column.secrecy is Secrecy.PERSON:
            return self._persons_of(texts)
        if column.secrecy is Secrecy.STAFF:
            return lambda text: self._remembered(self._staff, text, lambda name: (self._pseudonyms.staff(name), None))
        if column.kind is not Kind.TEXT:
            return lambda text: (tidied(text), None)
        if made_of_person:
            return self._record
        return self._record_or_number if column.is_id else _masked

    def _persons_of(self, texts: Collection[str]) -> Callable[[str], Treated]:
        self.has_numbers = self.has_numbers or any(is_person_number(tidied(text), self._today) for text in texts)
        return self._person_noted

    def _person_noted(self, text: str) -> Treated:
        treated = self._remembered(self._persons, text, self._person)
        self.has_doubtful = self.has_doubtful or treated[0].startswith(DOUBTFUL)
        return treated

    def _person(self, text: str) -> Treated:
        if is_mangled(text):
            return MANGLED, None
        pseudonym, is_wrong = self._pseudonyms.person(text)
        mark = DOUBTFUL if may_lack_zero(text, self._today) else ""
        return mark + pseudonym, Noted.WRONG_CHECK_DIGIT if is_wrong else None

    def _record(self, text: str) -> Treated:
        known = tidied(text)
        return (known if known in _NOT_HASHED else self._pseudonyms.record(known)), None

    def _record_or_number(self, text: str) -> Treated:
        """An id as it is, to be found again in the case system; not one that tells a personnummer."""
        known = tidied(text)
        if not tells_person(known):
            return known, None
        return self._pseudonyms.record(known), Noted.PERSON_NUMBER_MASKED

    @staticmethod
    def _remembered(known: dict[str, Treated], text: str, hashed: Callable[[str], Treated]) -> Treated:
        if text not in known:
            if len(known) >= _CACHE_LIMIT:
                known.clear()
            tidy = tidied(text)
            known[text] = (tidy, None) if tidy in _NOT_HASHED else hashed(tidy)
        return known[text]


def _are_fine(column: Column, texts: Sequence[str]) -> bool:
    """Whether nothing would be done to any of the texts; looked for in all of them at once, since nearly all are so."""
    together = "\n".join(("", *texts, ""))
    is_tidy = together.isascii() and together.count("\n") == len(texts) + 1
    if not is_tidy or any(sign in together for sign in _TO_TIDY):
        return False
    if column.kind is not Kind.TEXT:
        return True
    return not (tells_person(together) if column.is_id else any(True for _ in person_numbers(together)))


def _masked(text: str) -> Treated:
    tidy = tidied(text)
    masked = mask(tidy)
    return masked, Noted.PERSON_NUMBER_MASKED if masked != tidy else None


def tidied(text: str) -> str:
    """Composed (NFC), trimmed, and every run of blanks, non-breaking ones too, made one space (rule 7).

    Signs without width are none, and a database's own word for nothing is nothing.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", _WITHOUT_WIDTH.sub("", text))
    tidy = " ".join(text.split())
    return "" if tidy in _NOTHING else tidy
