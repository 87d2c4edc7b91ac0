"""Rows that are no data: titles, blanks, headings again, totals, and what a profile says is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from operator import itemgetter

from pipeline.sources.heading_row import Header, tidy
from pipeline.sources.sheet import Row
from pipeline.sources.wording import fold

_PLACES_SHOWN = 20
_TOTAL = re.compile(
    r"(?:(?:del|total|slut)?summa|totalt?|(?:totalt )?antal(?: rader| poster| ärenden)?)\b"
    r"[\s:=]*[\d\s.,]*(?:rader|poster|st)?",
    re.IGNORECASE,
)
# A total that names what it counts: `Summa aktualiseringar: 60`, `Totalt 60 beslut`; its number may stand beside it.
_NAMED_TOTAL = re.compile(
    r"(?:(?:del|total|slut)?summa|totalt?|(?:totalt )?antal)(?: [^\W\d]+(?:-[^\W\d]+)*){0,5}"
    r"[\s:=]*(?P<number>\d[\d\s.,]*)?(?:[^\W\d]+)?",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(?:\d{1,7}|\d{1,3}(?:[\s.]\d{3})+)(?:[.,]\d+)?(?: ?(?:st|rader|poster))?", re.IGNORECASE)
_MOST_CELLS_OF_TOTAL = 3


@dataclass
class Tally:
    """Every row of a sheet by kind; complete when the table's batches have been used up."""

    headings: tuple[int, ...] = ()
    titles: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    data: int = 0
    unread: int = 0
    unread_because: str = "utan kända rubriker"
    unnamed: set[int] = field(default_factory=set)

    @property
    def rows(self) -> int:
        """All rows that have been told apart, whatever they are."""
        kinds = (self.headings, self.titles, self.blank, self.repeated, self.totals, self.skipped)
        return sum(map(len, kinds)) + self.data + self.unread

    def notes(self, sheet: str) -> tuple[str, ...]:
        """What was skipped and where, in Swedish."""
        where = f"Blad {sheet}: " if sheet else ""
        if self.unread:
            return (f"{where}{counted(self.unread, 'rad', 'rader')} {self.unread_because}, bladet lästes inte",)
        kinds = (
            (self.titles, "titelrad", "titelrader"),
            (self.blank, "tom rad", "tomma rader"),
            (self.repeated, "upprepad rubrikrad", "upprepade rubrikrader"),
            (self.totals, "summarad", "summarader"),
            (self.skipped, "rad som profilen hoppar över", "rader som profilen hoppar över"),
        )
        return tuple(f"{where}{counted(len(rows), *words)} ({places(rows)})" for rows, *words in kinds if rows)


def counted(number: int, one: str, many: str) -> str:
    """`1 tom rad`, `2 tomma rader`."""
    return f"{number} {one if number == 1 else many}"


def places(rows: Sequence[int]) -> str:
    """Row numbers as ranges: `rad 1–3, 7`."""
    ranges: list[tuple[int, int]] = []
    for row in rows:
        if ranges and ranges[-1][1] == row - 1:
            ranges[-1] = (ranges[-1][0], row)
        else:
            ranges.append((row, row))
    shown = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in ranges[:_PLACES_SHOWN])
    return f"rad {shown}{' …' if len(ranges) > _PLACES_SHOWN else ''}"


def data_rows(rows: Iterator[Row], header: Header, tally: Tally) -> Iterator[Row]:
    """The rows that are data; the others go to the tally. A row with every required cell filled is always data."""
    needed = [header.positions[column] for column in header.wording.required if column in header.positions]
    key = needed[0] if needed else min(header.positions.values(), default=0)
    key_heading, last = header.cells[key].strip().casefold(), max(needed, default=key)
    pick = itemgetter(*needed, key, key)
    is_none = _classifier(header, key, tally)
    is_skipped = _skipper(header, tally)
    for row in rows:
        number, cells = row
        is_full = len(cells) > last and all(pick(cells)) and cells[key].strip().casefold() not in ("", key_heading)
        if not is_skipped(number, cells) and (is_full or not is_none(number, cells)):
            tally.data += 1
            yield row


def _skipper(header: Header, tally: Tally) -> Callable[[int, list[str]], bool]:
    patterns = [pattern.casefold() for pattern in header.wording.skipped]

    def is_skipped(number: int, cells: list[str]) -> bool:
        if not patterns:
            return False
        first = next((tidy(cell).casefold() for cell in cells if cell.strip()), "")
        if first and any(fnmatchcase(first, pattern) for pattern in patterns):
            tally.skipped.append(number)
            return True
        return False

    return is_skipped


def _classifier(header: Header, key: int, tally: Tally) -> Callable[[int, list[str]], bool]:
    """A function that tells whether a row is none, and notes where it stood."""
    known = [(place, fold(header.cells[place])) for place in header.positions.values()]
    upper = _upper_headings(header)

    def is_none(number: int, cells: list[str]) -> bool:
        if not is_filled(cells):
            tally.blank.append(number)
        elif all(place < len(cells) and fold(cells[place]) == heading for place, heading in known) or upper(cells):
            tally.repeated.append(number)
        elif _is_total(cells) or _is_named_total(cells, key):
            tally.totals.append(number)
        else:
            return False
        return True

    return is_none


def _upper_headings(header: Header) -> Callable[[list[str]], bool]:
    """Whether a row is one of the two that the headings stand on; their words are parts of the headings' own."""
    words = [fold(cell) for cell in header.cells]

    def is_part(cells: list[str]) -> bool:
        if len(header.rows) < 2 or len(cells) > len(words):
            return False
        filled = [(fold(cell), word) for cell, word in zip(cells, words, strict=False) if cell.strip()]
        return len(filled) > 1 and all(cell and (word.startswith(cell) or word.endswith(cell)) for cell, word in filled)

    return is_part


def _is_total(cells: Sequence[str]) -> bool:
    """The row opens with a word for a total. Only asked of rows that lack something every row must have."""
    first = next(cell for cell in cells if cell.strip())
    return _TOTAL.fullmatch(tidy(first)) is not None


def _is_named_total(cells: Sequence[str], key: int) -> bool:
    """The row says what it counts and holds nothing else than numbers; also a unit may be called Summa AB.

    Only asked of rows that lack something every row must have; one with its key (the column at `key`) is data.
    """
    filled = [(place, tidy(cell)) for place, cell in enumerate(cells) if cell.strip()]
    (first, text), *others = filled
    named = _NAMED_TOTAL.fullmatch(text)
    if named is None or len(filled) > _MOST_CELLS_OF_TOTAL or (key != first and key in dict(others)):
        return False
    return bool(named["number"] or others) and all(_AMOUNT.fullmatch(cell) for _, cell in others)


def is_filled(cells: Sequence[str]) -> bool:
    """Whether anything but blanks stands in a row."""
    return any(cells) and bool("".join(cells).strip())
