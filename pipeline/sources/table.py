"""A sheet's rows → a table of the contract's columns, in the wording that fits its headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import chain, islice

from pipeline.errors import WrongUse
from pipeline.sources.block import Block
from pipeline.sources.heading_row import SEARCHED_ROWS, Candidate, Header, candidates, fault, header, is_meant_as_table
from pipeline.sources.non_rows import Tally, counted, data_rows, is_filled, places
from pipeline.sources.sheet import Merge, Row, Sheet, Source
from pipeline.sources.wording import Making, Wording, fold

BATCH_ROWS = 10_000
_YEAR = re.compile(r"(?<!\d)(?:(?:18|19|20|21)\d\d(?!\d)|(?:18|19|20|21)\d\d(?=\d{4}(?:\d{4})?(?!\d)))")


@dataclass(frozen=True)
class Batch:
    """Rows of a table by column: the contract's name → one text a row, in the order of `numbers`.

    `surplus`: what stands beyond the last heading, by row number, in files where that means a row has shifted.
    """

    numbers: list[int]
    columns: dict[str, Sequence[str]]
    surplus: dict[int, str]


class _Counted:
    """Rows as they come, and how many have come."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        row = next(self._rows)
        self.count += 1
        return row


@dataclass(frozen=True)
class Table:
    """A sheet's table. `batches` gives its rows once; `tally` and `ignored` are complete only after that."""

    sheet: Sheet
    header: Header | None
    batches: Iterator[Batch]
    tally: Tally
    handed_over: _Counted

    def prove_whole(self) -> None:
        """Raise RuntimeError unless every row that the reader handed over has been told apart: none may be lost."""
        if self.header and self.tally.rows != self.handed_over.count:
            raise RuntimeError(f"{self.handed_over.count} rows were read, {self.tally.rows} are accounted for")

    @property
    def headings(self) -> dict[str, str]:
        """Column → heading as in the file; empty for a sheet that is no table."""
        return self.header.headings if self.header else {}

    @property
    def columns(self) -> frozenset[str]:
        """The columns that the table has, or is given by its profile."""
        return frozenset(self.headings) | frozenset(self.header.constants if self.header else ())

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headings that were not understood; a filled column without heading is named by its place."""
        unnamed = tuple(f"kolumn {position + 1} (utan rubrik)" for position in sorted(self.tally.unnamed))
        return (self.header.ignored if self.header else ()) + unnamed

    def notes(self) -> tuple[str, ...]:
        """How the sheet was read, where it is not as one would think, in Swedish."""
        if self.header is None:
            return ()
        where = f"Blad {self.sheet.name}: " if self.sheet.name else ""
        found = []
        if self.header.wording.is_own:
            found.append(f"{where}läst med profilen {self.header.wording.profile}")
        if len(self.header.rows) > 1:
            found.append(f"{where}rubrikerna står på två rader ({places(self.header.rows)})")
        if self.sheet.is_hidden:
            found.append(f"{where}bladet är dolt i arbetsboken men lästes")
        hidden = sorted(number for number in self.sheet.hidden_rows if number > self.header.rows[-1])
        if hidden:
            found.append(f"{where}{counted(len(hidden), 'dold rad', 'dolda rader')} lästes ({places(hidden)})")
        if merged := self._merged():
            found.append(f"{where}sammanfogade celler lästes som om värdet stod på varje rad ({places(merged)})")
        return tuple(found)

    def _merged(self) -> list[int]:
        tops = {merge.top: merge.bottom for merge in _downward(self.sheet, self.header)}
        return sorted({number for top, bottom in tops.items() for number in range(top, bottom + 1)})


def tables(source: Source, file: str, wordings: Sequence[Wording]) -> Iterator[Table]:
    """The file's tables, sheet by sheet, each in the wording that fits it best; of equals, the first of `wordings`.

    A sheet that the first wording says not to read is not read at all. Raises WrongUse when no sheet has the required
    headings, or one has only some.
    """
    faults: list[tuple[tuple[int, int, int, int], str]] = []
    found = False
    for sheet in source.sheets:
        rows = _Counted(sheet.rows)
        blank, first = _opening(rows)
        if not first:
            continue
        possible = [wording for wording in wordings if _reads(wording, sheet.name)]
        if wordings[0] not in possible:
            yield _unread(sheet, first, rows, f"som profilen {wordings[0].profile} inte tar med")
            continue
        best = max(candidates(first, possible, sheet.merges), key=lambda candidate: candidate.rank)
        wrong = fault(best, first, file)
        if wrong is None:
            found = True
            yield _table(sheet, file, blank, first, rows, best)
        elif is_meant_as_table(best):
            raise WrongUse(_sentence(file, sheet.name, wrong))
        else:
            faults.append((best.rank, _sentence(file, sheet.name, wrong)))
            yield _unread(sheet, first, rows, "utan kända rubriker")
    if not found:
        raise WrongUse(max(faults)[1] if faults else _empty(file))


def _reads(wording: Wording, sheet: str) -> bool:
    return not wording.sheets or any(fnmatchcase(sheet.casefold(), pattern.casefold()) for pattern in wording.sheets)


def _opening(rows: _Counted) -> tuple[list[int], list[Row]]:
    """The numbers of the blank rows that a sheet opens with, and the rows after them that may hold the headings."""
    blank: list[int] = []
    for row in rows:
        if is_filled(row[1]):
            return blank, [row, *islice(rows, SEARCHED_ROWS - 1)]
        blank.append(row[0])
    return blank, []


def _unread(sheet: Sheet, first: list[Row], rows: _Counted, because: str) -> Table:
    filled = sum(1 for _, cells in chain(first, rows) if is_filled(cells))
    return Table(sheet, None, iter(()), Tally(unread=filled, unread_because=because), rows)


def _empty(file: str) -> str:
    return f"Filen {file} är tom; hämta utdraget på nytt eller flytta bort filen."


def _sentence(file: str, sheet: str, wrong: str) -> str:
    return f"Filen {file}{f', blad {sheet}' if sheet else ''}: {wrong}."


def _table(sheet: Sheet, file: str, blank: list[int], first: list[Row], rows: _Counted, best: Candidate) -> Table:
    try:
        head = header(best, first)
    except WrongUse as wrong:
        raise WrongUse(_sentence(file, sheet.name, str(wrong))) from None
    tally = Tally(headings=head.rows, blank=blank)
    for number, cells in first[: best.first]:
        (tally.titles if is_filled(cells) else tally.blank).append(number)
    below = _below(first[best.first + best.height :], rows, sheet, head)
    return Table(sheet, head, _batches(data_rows(below, head, tally), head, tally), tally, rows)


def _below(first: list[Row], rows: _Counted, sheet: Sheet, head: Header) -> Iterator[Row | Block]:
    """The rows below the headings, the `first` of them already read; many at once where the sheet gives them so.

    Not so where a cell has to be made of others, or stands under no heading.
    """
    wording = head.wording
    is_plain = all(map(str.strip, head.cells)) and not (head.makings or wording.blank or wording.defaults)
    if sheet.block is None or not is_plain:
        yield from _filled_down(chain(first, rows), sheet, head)
        return
    yield from first
    while True:
        if found := sheet.block():
            rows.count += found.size
            yield found
        elif row := next(rows, None):
            yield row
        else:
            return


def _downward(sheet: Sheet, header: Header | None) -> list[Merge]:
    """The merged cells that span rows of data in columns that are read."""
    if header is None:
        return []
    read = {*header.positions.values(), *(place for places in header.makings.values() for place in places)}
    return [
        merge
        for merge in sheet.merges
        if merge.bottom > merge.top > header.rows[-1] and read.intersection(range(merge.left, merge.right + 1))
    ]


def _filled_down(rows: Iterator[Row], sheet: Sheet, header: Header) -> Iterator[Row]:
    """The rows with what a merged cell holds in each of the rows that it spans; only its first row says it."""
    below: dict[int, list[Merge]] = {}
    for merge in _downward(sheet, header):
        for number in range(merge.top, merge.bottom + 1):
            below.setdefault(number, []).append(merge)
    if not below:
        yield from rows
        return
    held: dict[Merge, str] = {}
    for number, cells in rows:
        for merge in below.get(number, ()) if is_filled(cells) else ():
            if number == merge.top:
                held[merge] = cells[merge.left] if merge.left < len(cells) else ""
            elif held.get(merge):
                cells.extend([""] * (merge.left + 1 - len(cells)))
                cells[merge.left] = cells[merge.left] or held[merge]
        yield number, cells


def _batches(kept: Iterator[Row | Block], header: Header, tally: Tally) -> Iterator[Batch]:
    chunk: list[Row] = []
    for found in kept:
        if isinstance(found, Block):
            if chunk:
                yield _batch(chunk, header, tally)
                chunk = []
            yield _batch_of(found, header)
            continue
        chunk.append(found)
        if len(chunk) >= BATCH_ROWS:
            yield _batch(chunk, header, tally)
            chunk = []
    if chunk:
        yield _batch(chunk, header, tally)


def _batch_of(block: Block, header: Header) -> Batch:
    columns: dict[str, Sequence[str]] = {column: block.columns[place] for column, place in header.positions.items()}
    columns |= {column: [text] * block.size for column, text in header.constants.items()}
    return Batch(list(range(block.first, block.first + block.size)), columns, {})


def _batch(rows: list[Row], header: Header, tally: Tally) -> Batch:
    width = len(header.cells)
    numbers = [number for number, _ in rows]
    surplus = {number: " ".join(cells[width:]).strip() for number, cells in rows if len(cells) > width}
    cells = [row if len(row) >= width else row + [""] * (width - len(row)) for _, row in rows]
    by_place = list(zip(*(row[:width] if len(row) > width else row for row in cells), strict=True))
    for place, heading in enumerate(header.cells):
        if not heading.strip() and place not in tally.unnamed and is_filled(by_place[place]):
            tally.unnamed.add(place)
    columns: dict[str, Sequence[str]] = {column: by_place[place] for column, place in header.positions.items()}
    for column, places_ in header.makings.items():
        make = _MAKERS[header.wording.derived[column].making]
        columns[column] = [make(parts) for parts in zip(*(by_place[place] for place in places_), strict=True)]
    columns |= {column: [text] * len(numbers) for column, text in header.constants.items()}
    if header.wording.blank or header.wording.defaults:
        columns = {column: _filled_in(texts, column, header.wording) for column, texts in columns.items()}
    return Batch(numbers, columns, {number: text for number, text in surplus.items() if text})


def _filled_in(texts: Sequence[str], column: str, wording: Wording) -> list[str]:
    """A column's texts, with those that stand for nothing emptied and empty cells given what the profile says."""
    nothing, default = wording.stands_for_nothing(column), wording.defaults.get(column, "")
    emptied = ("" if nothing and fold(text) in nothing else text for text in texts)
    return [text if text.strip() else default for text in emptied]


def _filled(cells: tuple[str, ...]) -> str:
    return "ja" if cells[0].strip() else "nej"


def _joined(cells: tuple[str, ...]) -> str:
    return " / ".join(cell.strip() for cell in cells) if all(cell.strip() for cell in cells) else ""


def _first(cells: tuple[str, ...]) -> str:
    return next((cell for cell in cells if cell.strip()), "")


def _year(cells: tuple[str, ...]) -> str:
    """The year where one can be told: nothing where none can, since an age would pass for a year."""
    found = _YEAR.search(cells[0])
    return found[0] if found else ""


_MAKERS: dict[Making, Callable[[tuple[str, ...]], str]] = {
    Making.FILLED: _filled,
    Making.JOIN: _joined,
    Making.FIRST: _first,
    Making.YEAR: _year,
}
