"""Rows that are no data: titles, blanks, headings again, totals, and what a profile says is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from operator import itemgetter

from pipeline.sources.block import Block
from pipeline.sources.heading_row import Header, tidy
from pipeline.sources.sheet import Row
from pipeline.sources.wording import fold

_PLACES_SHOWN = 20
_TOTAL = re.compile(
    r"(?:(?:del|total|slut)?summa|(?:grand )?totalt?|(?:totalt )?antal(?: rader| poster| ärenden)?)\b"
    r"[\s:=]*[\d\s.,]*(?:rader|poster|st)?",
    re.IGNORECASE,
)
# A total that names what it counts: `Summa aktualiseringar: 60`, `Totalt 60 beslut`; its number may stand beside it.
_NAMED_TOTAL = re.compile(
    r"(?:(?:del|total|slut)?summa|(?:grand )?totalt?|(?:totalt )?antal)(?: [^\W\d]+(?:-[^\W\d]+)*){0,5}"
    r"[\s:=]*(?P<number>\d[\d\s.,]*)?(?:[^\W\d]+)?",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(?:\d{1,7}|\d{1,3}(?:[\s.]\d{3})+)(?:[.,]\d+)?(?: ?(?:st|rader|poster))?", re.IGNORECASE)
_MOST_CELLS_OF_TOTAL = 3
# At the foot of a page in the middle of a table: a page number, or when it was printed and by whom.
_PAGE_FOOT = re.compile(
    r"(?:sida|sid\.?|page)\s*\d{1,4}(?:\s*(?:av|of|/)\s*\d{1,4})?|\d{1,4}\s*(?:av|of|/)\s*\d{1,4}"
    r"|(?:utskriv|printed|rapportdatum)\w*\b.*",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"\d{1,4}")
# Below a table stands text of a few cells; a row that lacks no more than one of the required ones is data with a fault.
_MOST_CELLS_OF_FOOTER = 2
_OPENS_WITH_WORD = re.compile(r"[^\W\d_]+ ")
_LABEL = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?:")
_FEWEST_LACKING = 2
_MOST_ODD = 0.1  # of the rows of a block, so many may lack something before it is read row by row


@dataclass
class Tally:
    """Every row of a sheet by kind; complete when the table's batches have been used up."""

    headings: tuple[int, ...] = ()
    titles: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    footers: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    data: int = 0
    unread: int = 0
    unread_because: str = "utan kända rubriker"
    unnamed: set[int] = field(default_factory=set)

    @property
    def rows(self) -> int:
        """All rows that have been told apart, whatever they are."""
        kinds = (self.headings, self.titles, self.blank, self.repeated, self.totals, self.footers, self.skipped)
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
            (self.footers, "rad med sidfot", "rader med sidfot"),
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


def data_rows(rows: Iterator[Row | Block], header: Header, tally: Tally) -> Iterator[Row | Block]:
    """The rows that are data; the others go to the tally. A block is handed on whole where all its rows are data.

    A row with every required cell filled is data, unless it is the headings again or the profile's `only` leaves it
    out. Of the others, text of a few cells is a footer where no data come after it.
    """
    kinds = _Kinds(header, tally)
    waiting: list[Row] = []  # a footer, if nothing but such rows and those that are none come after
    for row in _judged_together(rows, kinds):
        if isinstance(row, Block):
            tally.data += len(waiting) + row.size
            yield from waiting
            waiting.clear()
            yield row
            continue
        number, cells = row
        if kinds.is_left_out(cells):
            tally.skipped.append(number)
        elif (is_full := kinds.is_full(cells)) or not kinds.is_none(number, cells):
            if not is_full and kinds.is_like_footer(cells):
                waiting.append(row)
                continue
            tally.data += len(waiting) + 1
            yield from waiting
            waiting.clear()
            yield row
    tally.footers += [number for number, _ in waiting]
    tally.footers.sort()


def _judged_together(rows: Iterator[Row | Block], kinds: _Kinds) -> Iterator[Row | Block]:
    for row in rows:
        if isinstance(row, Block) and not kinds.are_data(row):
            yield from row.rows()
        else:
            yield row


class _Kinds:
    """What a row is, judged on its cells."""

    def __init__(self, header: Header, tally: Tally) -> None:
        self._tally = tally
        self._needed = [header.positions[column] for column in header.wording.required if column in header.positions]
        self._key = self._needed[0] if self._needed else min(header.positions.values(), default=0)
        self._last = max(self._needed, default=self._key)
        self._pick = itemgetter(*self._needed, self._key, self._key)
        self._headings = {place: fold(header.cells[place]) for place in header.positions.values()}
        self._width = len(header.cells)
        self._ends_in_digit = header.cells[self._key].rstrip()[-1:].isdigit()
        self._first_letter = header.cells[self._key].strip()[:1].casefold()
        self._is_upper = _upper_headings(header)
        self._patterns = [pattern.casefold() for pattern in header.wording.skipped]
        places_of = {fold(cell): place for place, cell in reversed(list(enumerate(header.cells)))}
        self._only = [
            (places_of[fold(heading)], [pattern.casefold() for pattern in several])
            for heading, several in header.wording.only.items()
            if fold(heading) in places_of
        ]

    def is_full(self, cells: list[str]) -> bool:
        """Every required cell is filled, and the row is not the headings again."""
        if len(cells) <= self._last or not all(map(str.strip, self._pick(cells))):
            return False
        return not (self._is_heading(cells[self._key]) and self._is_heading_again(cells))

    def are_data(self, block: Block) -> bool:
        """Every row of a block is data under the headings; only those that are not full are looked at by themselves."""
        if self._only or len(block.columns) != self._width:
            return False
        columns = {place: block.columns[place] for place in (*self._needed, self._key)}
        odd = {row for column in columns.values() for row in column.where(lambda text: not text.strip())}
        odd.update(columns[self._key].where(self._is_heading))
        return len(odd) <= _MOST_ODD * block.size and all(map(self._is_data, map(block.cells, odd)))

    def _is_data(self, cells: list[str]) -> bool:
        return not self.is_left_out(cells) and (
            self.is_full(cells) or not (self._list_of(cells) is not None or self.is_like_footer(cells))
        )

    def _is_heading(self, key: str) -> bool:
        """Where the key stands its heading does again. Asked of every row, so the cheapest look comes first."""
        if key.lstrip()[:1].casefold() != self._first_letter or key.rstrip()[-1:].isdigit() != self._ends_in_digit:
            return False
        return fold(key) == self._headings.get(self._key)

    def is_left_out(self, cells: list[str]) -> bool:
        """The profile takes rows of other kinds, or a row that is not full opens with words that it knows as none."""
        if self._only and is_filled(cells):
            return any(
                not _matches(cells[place] if place < len(cells) else "", several) for place, several in self._only
            )
        return bool(self._patterns) and not self.is_full(cells) and _matches(_first_text(cells), self._patterns)

    def is_none(self, number: int, cells: list[str]) -> bool:
        """The row is blank, the headings again or a total; it is noted as such. Not asked of full rows."""
        noted = self._list_of(cells)
        if noted is None:
            return False
        noted.append(number)
        return True

    def _list_of(self, cells: list[str]) -> list[int] | None:
        """Where the tally notes rows of this kind; None for data."""
        if not is_filled(cells):
            return self._tally.blank
        if self._is_heading_again(cells) or self._is_upper(cells):
            return self._tally.repeated
        if self._is_total(cells) or _is_named_total(cells, self._key):
            return self._tally.totals
        return self._tally.footers if self._is_page_foot(cells) else None

    def _is_page_foot(self, cells: list[str]) -> bool:
        """Alone in its row; a number alone may be an id where ids stand."""
        if _counted_filled(cells) > 1 or not self._lacking(cells):
            return False
        text, has_key = _first_text(cells), self._key < len(cells) and bool(cells[self._key].strip())
        return bool(_PAGE_FOOT.fullmatch(text)) or (not has_key and bool(_PAGE_NUMBER.fullmatch(text)))

    def is_like_footer(self, cells: list[str]) -> bool:
        """Words that open a row and are alone in it, or a label with a colon and what it labels; an id is none."""
        filled = _counted_filled(cells)
        if filled > _MOST_CELLS_OF_FOOTER or self._lacking(cells) < _FEWEST_LACKING:
            return False
        text = _first_text(cells)
        is_alone = filled == 1 and bool(cells[0].strip()) and _OPENS_WITH_WORD.match(text) is not None
        return is_alone or _LABEL.match(text) is not None

    def _lacking(self, cells: list[str]) -> int:
        return sum(1 for place in self._needed if place >= len(cells) or not cells[place].strip())

    def _is_heading_again(self, cells: list[str]) -> bool:
        """Nothing but headings where they stand, and at least half of them."""
        filled = [(place, cells[place]) for place in self._headings if place < len(cells) and cells[place].strip()]
        is_half = 2 * len(filled) >= max(len(self._headings), 2)
        return is_half and all(fold(cell) == self._headings[place] for place, cell in filled)

    def _is_total(self, cells: list[str]) -> bool:
        """The row opens with a word for a total, and holds only amounts or lacks most of what a row must have."""
        first, *others = [tidy(cell) for cell in cells if cell.strip()]
        if not _TOTAL.fullmatch(first):
            return False
        return self._lacking(cells) >= _FEWEST_LACKING or all(_AMOUNT.fullmatch(cell) for cell in others)


def _first_text(cells: Sequence[str]) -> str:
    return next((tidy(cell).casefold() for cell in cells if cell.strip()), "")


def _counted_filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _matches(cell: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(tidy(cell).casefold(), pattern) for pattern in patterns)


def _upper_headings(header: Header) -> Callable[[list[str]], bool]:
    """Whether a row is one of the two that the headings stand on; their words are parts of the headings' own."""
    words = [fold(cell) for cell in header.cells]

    def is_part(cells: list[str]) -> bool:
        if len(header.rows) < 2 or len(cells) > len(words):
            return False
        filled = [(fold(cell), word) for cell, word in zip(cells, words, strict=False) if cell.strip()]
        return len(filled) > 1 and all(cell and (word.startswith(cell) or word.endswith(cell)) for cell, word in filled)

    return is_part


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
