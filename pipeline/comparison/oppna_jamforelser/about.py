"""Which area and year a workbook is of, by its titles, its sheets' names or the name of the file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.comparison.oppna_jamforelser.words import Words
from pipeline.errors import WrongUse
from pipeline.sources.wording import fold

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)", re.ASCII)
_NAME = "öppna jämförelser"


def area(titles: Sequence[str], file: str, words: Words) -> str:
    """The area. Raises WrongUse when nothing says it, or several things say different ones."""
    for texts in _in_order(titles, file):
        found = {area for text in texts for area in words.areas_in(text)}
        if len(found) == 1:
            return found.pop()
    raise WrongUse(
        f"Filen {file}: det framgår inte vilket område arbetsboken gäller. Skriv området i filens namn, till exempel"
        " oppna-jamforelser-2025-funktionsnedsattning.xlsx. Områdena står i sql/oppna_jamforelser.toml."
    )


def year(titles: Sequence[str], file: str) -> int:
    """The year. Raises WrongUse when nothing says it, or several things say different ones."""
    for texts in _in_order(titles, file):
        found = {int(year) for text in texts for year in _YEAR.findall(text)}
        if len(found) == 1:
            return found.pop()
    raise WrongUse(
        f"Filen {file}: det framgår inte vilket år arbetsboken gäller. Skriv året i filens namn, till exempel"
        " oppna-jamforelser-2025-funktionsnedsattning.xlsx."
    )


def _in_order(titles: Sequence[str], file: str) -> tuple[Sequence[str], ...]:
    """What says most first: titles with the name of the comparisons, the file's name, all titles."""
    named = [title for title in titles if fold(_NAME) in fold(title)]
    return named, [file], titles
