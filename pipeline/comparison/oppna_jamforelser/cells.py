"""One cell of a table: a number, an answer, a mark that stands for nothing, or what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.comparison.oppna_jamforelser.words import Words
from pipeline.model.comparison import Missing
from pipeline.sources.wording import fold

_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009]+")
_NUMBER = re.compile(r"[-−–]?(?:\d+|\d{1,3}(?: \d{3})+)(?:[.,]\d+)?", re.ASCII)
_MARK = r"(?:[Xx]|\.{1,3}|…|-|–|—|−)"
_EXPLAINED = re.compile(rf"(?P<mark>{_MARK})\s*(?:=|:|\s[-–]\s|\s)\s*(?P<text>\S.*)", re.DOTALL)
_ONLY_MARK = re.compile(_MARK)
_NEXT_ONE = re.compile(rf"\s*[,;]\s*(?={_MARK}\s*[=:])")

Marks = Mapping[str, Missing]


@dataclass(frozen=True)
class Cell:
    """What a cell says: a value (an answer is 100 or 0), or why there is none. Unread: it says something else."""

    value: float | None = None
    missing: Missing | None = None
    is_answer: bool = False
    is_percent: bool = False
    is_unread: bool = False


_UNREAD = Cell(missing=Missing.NONE, is_unread=True)


def read(text: str, words: Words, marks: Marks) -> Cell:
    """Read a cell. `marks` are those that the workbook explains; they go before the usual ones."""
    plain = _BLANKS.sub(" ", text).strip()
    if not plain:
        return Cell(missing=Missing.NONE)
    missing = marks.get(plain.casefold()) or words.missing_of.get(plain.casefold())
    if missing is not None:
        return Cell(missing=missing)
    answer = words.answer_of.get(fold(plain))
    if answer is not None:
        return Cell(value=100.0 if answer else 0.0, is_answer=True)
    number = plain.removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(number):
        return _UNREAD
    value = float(number.replace(" ", "").replace(",", ".").replace("−", "-").replace("–", "-"))
    return Cell(value, is_percent=number != plain)


def explained(rows: Iterable[Sequence[str]], words: Words) -> dict[str, Missing]:
    """The marks that rows outside the tables explain: `X = bortfall` in one cell, or a mark and its meaning in two."""
    found: dict[str, Missing] = {}
    for cells in rows:
        whole = [_BLANKS.sub(" ", cell).strip() for cell in cells if cell.strip()]
        filled = [part for cell in whole for part in _NEXT_ONE.split(cell)]
        for place, cell in enumerate(filled):
            mark, text = _explanation(cell, filled[place + 1 : place + 2])
            meaning = words.meaning(text) if mark else None
            if meaning is not None:
                found.setdefault(mark.casefold(), meaning)
    return found


def _explanation(cell: str, after: Sequence[str]) -> tuple[str, str]:
    if _ONLY_MARK.fullmatch(cell) and after:
        return cell, after[0]
    match = _EXPLAINED.fullmatch(cell)
    return (match["mark"], match["text"]) if match else ("", "")
