"""Finding the heading row of a table that nobody has described: on one row or two, under titles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from pipeline.inspection import masking
from pipeline.inspection.days import day_shape
from pipeline.inspection.vocabulary import Vocabulary
from pipeline.privacy import MASK
from pipeline.sources.heading_row import SEARCHED_ROWS
from pipeline.sources.sheet import Merge, Row

_KNOWN = 1.0
_UNDERSTOOD = 0.6
_DATA = -1.5  # a day or a number among the cells: hardly a row of headings
_LEAST_WORTH = 1.5
_LONGEST_HEADING = 120
_LONGEST_PLAIN = 60
_NEARLY_ALL = 0.8
_FEW_BELOW = 0.2  # a code may be called as a heading is


@dataclass(frozen=True)
class HeadingRow:
    """The headings, the numbers of the one or two rows that they stand on, and the place of the first row below."""

    cells: Sequence[str]
    rows: tuple[int, ...]
    below: int


def find(rows: Sequence[Row], merges: Collection[Merge], vocabulary: Vocabulary) -> HeadingRow | None:
    """The row that most looks like headings; None where none does: then the sheet may be anything."""
    worth = _valuer(vocabulary)
    readings = list(_readings(rows[: SEARCHED_ROWS + 1], merges))
    if not readings:
        return None
    best = max(readings, key=lambda reading: (_worth(reading.cells, worth), -len(reading.rows)))
    return best if _worth(best.cells, worth) >= _LEAST_WORTH else None


def plain(rows: Sequence[Row]) -> HeadingRow | None:
    """The first row as wide as the table, for headings in words that nobody knows; None where it may be data.

    Its texts must all be different, without days and long numbers, and hardly any may stand in a cell below.
    """
    filled = [sum(1 for cell in cells if cell.strip()) for _, cells in rows[: SEARCHED_ROWS + 1]]
    wide = max(2, _NEARLY_ALL * max(filled, default=0))
    place = next((place for place, count in enumerate(filled) if count >= wide), None)
    if place is None or place + 1 == len(rows):
        return None
    number, cells = rows[place]
    texts = [" ".join(cell.split()) for cell in cells if cell.strip()]
    below = {" ".join(cell.split()) for _, row in rows[place + 1 :] for cell in row}
    few_below = len(below.intersection(texts)) <= _FEW_BELOW * len(texts)
    are_headings = len(set(texts)) == len(texts) and few_below and all(map(_may_be_heading, texts))
    return HeadingRow(cells, (number,), place + 1) if are_headings else None


def _may_be_heading(text: str) -> bool:
    return len(text) <= _LONGEST_PLAIN and not _is_data(text) and masking.heading(text) != MASK


def heading_score(vocabulary: Vocabulary) -> Callable[[Sequence[str]], int]:
    """A function that tells how much a row looks like headings, for finding what separates the fields of a text."""
    worth = _valuer(vocabulary)
    return lambda cells: max(0, round(10 * _worth(cells, worth)) + _breadth(cells))


def _breadth(cells: Sequence[str]) -> int:
    """Where no word is known, more cells that are all filled speak for a separator."""
    return len(cells) if len(cells) > 1 and all(0 < len(cell.strip()) <= _LONGEST_HEADING for cell in cells) else 0


def _readings(rows: Sequence[Row], merges: Collection[Merge]) -> Iterator[HeadingRow]:
    for place, (number, cells) in enumerate(rows):
        yield HeadingRow(cells, (number,), place + 1)
        if place + 1 < len(rows):
            below, lower = rows[place + 1]
            yield HeadingRow(_together(number, cells, lower, merges), (number, below), place + 2)


def _together(number: int, upper: Sequence[str], lower: Sequence[str], merges: Collection[Merge]) -> list[str]:
    """Two heading rows as one, joined as the loading joins them: what spans columns, then the column's own."""
    width = max(len(upper), len(lower), *(merge.right + 1 for merge in merges if merge.top == number), 1)
    own, under = _padded(upper, width), _padded(lower, width)
    spread = _spread(number, own, merges)
    return [
        f"{group} {below}".strip() if below else cell for group, cell, below in zip(spread, own, under, strict=True)
    ]


def _spread(number: int, cells: Sequence[str], merges: Collection[Merge]) -> list[str]:
    spread = list(cells)
    across = [merge for merge in merges if merge.top <= number <= merge.bottom and merge.right > merge.left]
    for merge in across:
        spread[merge.left : merge.right + 1] = [spread[merge.left]] * (merge.right + 1 - merge.left)
    if not across:
        for place in range(1, len(spread)):
            spread[place] = spread[place] or spread[place - 1]
    return spread


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*(cell.strip() for cell in cells), *[""] * (width - len(cells))]


def _worth(cells: Sequence[str], worth: Callable[[str], float]) -> float:
    return sum(worth(cell) for cell in {" ".join(cell.split()) for cell in cells} if cell)


def _valuer(vocabulary: Vocabulary) -> Callable[[str], float]:
    """A function that tells how much a cell looks like a heading; every text is valued once."""
    known: dict[str, float] = {}

    def worth(text: str) -> float:
        if text not in known:
            known[text] = _value(text, vocabulary)
        return known[text]

    return worth


def _value(text: str, vocabulary: Vocabulary) -> float:
    if _is_data(text):
        return _DATA
    if len(text) > _LONGEST_HEADING:
        return 0.0
    phrase = vocabulary.concepts.phrase(text)
    if vocabulary.is_heading(phrase):
        return _KNOWN
    return _UNDERSTOOD if vocabulary.concepts.knows(phrase) else 0.0


def _is_data(text: str) -> bool:
    return day_shape(text) is not None or not any(letter.isalpha() for letter in text)
