"""The headings above a column, from the top down → the indicator that it gives, and for whom, when and in what unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.comparison.oppna_jamforelser.words import Words
from pipeline.periods import FIRST_YEAR, LAST_YEAR
from pipeline.sources.wording import fold

_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_LAST_WORDS = re.compile(r"(?P<rest>.*\S)\s*(?:[,;:–-]\s*(?P<open>[^,;:–()-]+)|\((?P<closed>[^()]+)\))\s*", re.DOTALL)
# "12. Andel", "Indikator 12 – Andel", "BoU12: Andel"; never "12 månader".
_NUMBERED = re.compile(
    r"(?:(?:indikator|ind\.?|nr\.?)\s*(?P<named>\d+[a-z]?)\s*[.:)–-]?\s+|(?P<plain>[A-ZÅÄÖ]{0,5}\d+[a-z]?)\s*[.:)–]\s+)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ONLY_NUMBER = re.compile(r"(?:indikator|ind\.?|nr\.?)?\s*(?P<number>[A-ZÅÄÖ]{0,5}\d+[a-z]?)", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """What the headings of one column say. `title` is empty where they name no indicator, `number` where it has none.

    `group` is a heading that stands above several. `is_passed_over`: the column is known to be no indicator's.
    """

    title: str
    number: str = ""
    group: str = ""
    gender: str = "T"
    year: int | None = None
    unit: str = ""
    is_passed_over: bool = False


def year_of(text: str) -> int | None:
    """The year that a text is, and nothing else."""
    plain = text.strip()
    return int(plain) if _YEAR.fullmatch(plain) and FIRST_YEAR <= int(plain) <= LAST_YEAR else None


def tidy(text: str) -> str:
    """Every run of blanks and line breaks made one space; a word that was divided at a line's end is whole again."""
    return " ".join(re.sub(r"\u00ad\s*", "", text).split())


def numbered(text: str) -> tuple[str, str]:
    """An indicator's number and its title; the number is empty where there is none, the title where it stands alone."""
    plain = tidy(text)
    if only := _ONLY_NUMBER.fullmatch(plain):
        return only["number"], ""
    match = _NUMBERED.fullmatch(plain)
    return (match["named"] or match["plain"], match["rest"].strip()) if match else ("", plain)


def title_key(text: str) -> str:
    """A title as it is compared: without its number, case, blanks and hyphens."""
    number, title = numbered(text)
    return fold(title or number)


def heading(parts: Sequence[str], words: Words) -> Heading:
    """Read the headings of a column, from the top down."""
    found: dict[str, str] = {}
    named = [part for part in map(tidy, parts) if part and not _is_word(part, words, found)]
    texts = [_without_last_words(part, words, found) for part in named]
    number, title = numbered(texts[-1]) if texts else ("", found.get("unit as written", ""))
    return Heading(
        title=title,
        number=number,
        group=texts[0] if len(texts) > 1 else "",
        gender=found.get("gender", "T"),
        year=int(found["year"]) if "year" in found else _year_at_end(title),
        unit=found.get("unit", "") or _unit_of_title(title, words),
        is_passed_over="passed" in found or any(_is_passed_over(text, words) for text in texts[-1:]),
    )


def _is_word(part: str, words: Words, found: dict[str, str]) -> bool:
    """Whether a heading is a gender, a year, a unit or what is passed over, and nothing else; it is noted if so."""
    folded = fold(part)
    if gender := words.gender_of.get(folded):
        found["gender"] = gender
    elif (year := year_of(part)) is not None:
        found["year"] = str(year)
    elif unit := words.unit_of.get(folded):
        found["unit"], found["unit as written"] = unit, part
    elif folded in words.passed_over:
        found["passed"] = part
    else:
        return False
    return True


def _without_last_words(text: str, words: Words, found: dict[str, str]) -> str:
    """A heading without the gender, year or unit that it ends with, each noted."""
    while match := _LAST_WORDS.fullmatch(text):
        if not _is_word(match["open"] or match["closed"], words, found):
            break
        text = match["rest"].rstrip(" ,;:–-")
    return text


def _year_at_end(title: str) -> int | None:
    """The year that a title ends with, `Andel brukare 2024`; it stays in the title, which need not read without it."""
    before, _, last = title.rpartition(" ")
    return year_of(last) if before else None


def _is_passed_over(text: str, words: Words) -> bool:
    """Whether a heading is of no indicator, also one of a year: `Rang 2025`."""
    bare = text.rpartition(" ")[0] if _year_at_end(text) else text
    return fold(bare) in words.passed_over


def _unit_of_title(title: str, words: Words) -> str:
    """The unit that a title opens with: `Andel brukare …`, `Antal dagar …`."""
    opening = title.split()[:2]
    for several in (opening, opening[:1]):
        if unit := words.unit_of.get(fold(" ".join(several))):
            return unit
    return ""
