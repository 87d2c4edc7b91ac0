"""A sheet's rows → a table: the heading row found, and rows that are none (titles, blanks, totals) told apart."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import itemgetter

from pipeline.errors import WrongUse
from pipeline.sources.profiles import Headings, fold
from pipeline.sources.sheet import Row, Sheet, Source

BATCH_ROWS = 10_000
_HEADING_SEARCH_ROWS = 50
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


@dataclass(frozen=True)
class Batch:
    """Rows of a table by column: the contract's name → one text a row, in the order of `numbers`.

    `surplus`: what stands beyond the last heading, by row number, in files where that means a row has shifted.
    """

    numbers: list[int]
    columns: dict[str, Sequence[str]]
    surplus: dict[int, str]


@dataclass
class Tally:
    """Rows that are none, by kind; complete when the table's batches have been used up."""

    titles: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    unread: int = 0
    unnamed: set[int] = field(default_factory=set)

    def notes(self, sheet: str) -> tuple[str, ...]:
        """What was skipped and where, in Swedish."""
        where = f"Blad {sheet}: " if sheet else ""
        if self.unread:
            return (f"{where}{_counted(self.unread, 'rad', 'rader')} utan kända rubriker, bladet lästes inte",)
        kinds = (
            (self.titles, "titelrad", "titelrader"),
            (self.blank, "tom rad", "tomma rader"),
            (self.repeated, "upprepad rubrikrad", "upprepade rubrikrader"),
            (self.totals, "summarad", "summarader"),
        )
        return tuple(f"{where}{_counted(len(rows), *words)} ({places(rows)})" for rows, *words in kinds if rows)


def _counted(number: int, one: str, many: str) -> str:
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


@dataclass(frozen=True)
class Header:
    """The heading row: which position holds which column, and the headings as they stand there."""

    row: int
    cells: list[str]
    positions: dict[str, int]
    ignored: tuple[str, ...]

    @property
    def headings(self) -> dict[str, str]:
        """Column → heading as in the file."""
        return {column: _tidy(self.cells[position]) for column, position in self.positions.items()}


@dataclass(frozen=True)
class Table:
    """A sheet's table. `batches` gives its rows once; `tally` and `ignored` are complete only after that."""

    sheet: str
    header: Header | None
    batches: Iterator[Batch]
    tally: Tally

    @property
    def headings(self) -> dict[str, str]:
        """Column → heading as in the file; empty for a sheet that is no table."""
        return self.header.headings if self.header else {}

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headings that were not understood; a filled column without heading is named by its place."""
        unnamed = tuple(f"kolumn {position + 1} (utan rubrik)" for position in sorted(self.tally.unnamed))
        return (self.header.ignored if self.header else ()) + unnamed


def tables(source: Source, file: str, headings: Headings) -> Iterator[Table]:
    """The file's tables, sheet by sheet. Raises WrongUse when no sheet has the required headings, or one only some."""
    faults: list[tuple[int, str]] = []
    found = False
    for sheet in source.sheets:
        first = list(islice(sheet.rows, _HEADING_SEARCH_ROWS))
        if not any(_is_filled(cells) for _, cells in first):
            continue
        place, score = _best(first, headings)
        fault = _fault(first[place], score, headings)
        if fault is None:
            found = True
            yield _table(sheet, file, first, place, headings)
        elif _is_meant_as_table(first[place], headings):
            raise WrongUse(_sentence(file, sheet.name, fault))
        else:
            faults.append((score, _sentence(file, sheet.name, fault)))
            yield Table(sheet.name, None, iter(()), Tally(unread=_count_filled(chain(first, sheet.rows))))
    if not found:
        raise WrongUse(max(faults, key=lambda fault: fault[0])[1] if faults else _empty(file))


def _empty(file: str) -> str:
    return f"Filen {file} är tom; hämta utdraget på nytt eller flytta bort filen."


def _best(rows: Sequence[Row], headings: Headings) -> tuple[int, int]:
    """Which of the rows names most columns (the first, where several do), and how many."""
    scores = [headings.score(cells) for _, cells in rows]
    return scores.index(max(scores)), max(scores)


def _is_meant_as_table(row: Row, headings: Headings) -> bool:
    """At least half of the required headings stand there: a table that lacks some, not a sheet of something else."""
    named = {headings.column(cell) for cell in row[1]}
    return 2 * len(named.intersection(headings.required)) >= len(headings.required)


def _fault(row: Row, score: int, headings: Headings) -> str | None:
    if not score:
        wanted = ", ".join(headings.standard(column) for column in headings.required)
        return (
            f"ingen rubrikrad hittades bland de {_HEADING_SEARCH_ROWS} första raderna (rubrikerna {wanted} behövs);"
            " kontrollera att filen är rätt utdrag"
        )
    named = {headings.column(cell) for cell in row[1]}
    missing = [column for column in headings.required if column not in named]
    return _missing(row, missing, headings) if missing else None


def _missing(row: Row, missing: Sequence[str], headings: Headings) -> str:
    unknown = [_tidy(cell) for cell in row[1] if cell.strip() and headings.column(cell) is None]
    alike = [near for column in missing for near in _alike(headings.standard(column), unknown)]
    words = ", ".join(headings.standard(column) for column in missing)
    resembling = f"; mest lika är {', '.join(dict.fromkeys(alike))}" if alike else ""
    return (
        f"{'rubriken' if len(missing) == 1 else 'rubrikerna'} {words} saknas i rubrikraden (rad {row[0]}){resembling};"
        " byt rubrik i filen, eller lägg till filens rubrik i profiles/standard.toml"
    )


def _alike(heading: str, unknown: Sequence[str]) -> list[str]:
    by_fold = {fold(word): word for word in unknown}
    return [by_fold[near] for near in difflib.get_close_matches(fold(heading), list(by_fold), 2)]


def _sentence(file: str, sheet: str, fault: str) -> str:
    return f"Filen {file}{f', blad {sheet}' if sheet else ''}: {fault}."


def _table(sheet: Sheet, file: str, first: list[Row], place: int, headings: Headings) -> Table:
    header = _header(first[place], sheet.name, file, headings)
    tally = Tally()
    for number, cells in first[:place]:
        (tally.titles if _is_filled(cells) else tally.blank).append(number)
    rows = chain(first[place + 1 :], sheet.rows)
    return Table(sheet.name, header, _batches(rows, header, headings.required, tally), tally)


def _header(row: Row, sheet: str, file: str, headings: Headings) -> Header:
    """Where each column stands; its own heading goes before an alias. Raises WrongUse when it stands twice."""
    places_of: dict[str, list[int]] = {}
    for position, cell in enumerate(row[1]):
        column = headings.column(cell)
        if column is not None:
            places_of.setdefault(column, []).append(position)
    positions = {}
    for column, several in places_of.items():
        own = [position for position in several if headings.is_standard(row[1][position])] or several
        if len(own) > 1:
            words = " och ".join(_tidy(row[1][position]) for position in own[:2])
            fault = f"samma uppgift har två kolumner ({words}, rad {row[0]}); ta bort eller byt rubrik på den ena"
            raise WrongUse(_sentence(file, sheet, fault))
        positions[column] = own[0]
    taken = set(positions.values())
    ignored = [_tidy(cell) for place, cell in enumerate(row[1]) if cell.strip() and place not in taken]
    return Header(row[0], row[1], positions, tuple(ignored))


def _batches(rows: Iterator[Row], header: Header, required: Sequence[str], tally: Tally) -> Iterator[Batch]:
    kept = _data_rows(rows, header, required, tally)
    while chunk := list(islice(kept, BATCH_ROWS)):
        yield _batch(chunk, header, tally)


def _data_rows(rows: Iterator[Row], header: Header, required: Sequence[str], tally: Tally) -> Iterator[Row]:
    """The rows that are data; the others go to the tally. A row with every required cell filled is always data."""
    needed = [header.positions[column] for column in required]
    key, key_heading, last = needed[0], header.cells[needed[0]].strip().casefold(), max(needed)
    pick = itemgetter(*needed, key)
    is_none = _classifier(header, key, tally)
    for row in rows:
        number, cells = row
        is_full = len(cells) > last and all(pick(cells)) and cells[key].strip().casefold() not in ("", key_heading)
        if is_full or not is_none(number, cells):
            yield row


def _classifier(header: Header, key: int, tally: Tally) -> Callable[[int, list[str]], bool]:
    """A function that tells whether a row is none, and notes where it stood."""
    known = [(place, fold(header.cells[place])) for place in header.positions.values()]

    def is_none(number: int, cells: list[str]) -> bool:
        if not _is_filled(cells):
            tally.blank.append(number)
        elif all(place < len(cells) and fold(cells[place]) == heading for place, heading in known):
            tally.repeated.append(number)
        elif _is_total(cells) or _is_named_total(cells, key):
            tally.totals.append(number)
        else:
            return False
        return True

    return is_none


def _is_total(cells: Sequence[str]) -> bool:
    """The row opens with a word for a total. Only asked of rows that lack something every row must have."""
    first = next(cell for cell in cells if cell.strip())
    return _TOTAL.fullmatch(_tidy(first)) is not None


def _is_named_total(cells: Sequence[str], key: int) -> bool:
    """The row says what it counts and holds nothing else than numbers; also a unit may be called Summa AB.

    Only asked of rows that lack something every row must have; one with its key (the column at `key`) is data.
    """
    filled = [(place, _tidy(cell)) for place, cell in enumerate(cells) if cell.strip()]
    (first, text), *others = filled
    named = _NAMED_TOTAL.fullmatch(text)
    if named is None or len(filled) > _MOST_CELLS_OF_TOTAL or (key != first and key in dict(others)):
        return False
    return bool(named["number"] or others) and all(_AMOUNT.fullmatch(cell) for _, cell in others)


def _batch(rows: list[Row], header: Header, tally: Tally) -> Batch:
    width = len(header.cells)
    numbers = [number for number, _ in rows]
    surplus = {number: " ".join(cells[width:]).strip() for number, cells in rows if len(cells) > width}
    cells = [row if len(row) >= width else row + [""] * (width - len(row)) for _, row in rows]
    by_place = list(zip(*(row[:width] if len(row) > width else row for row in cells), strict=True))
    for place, heading in enumerate(header.cells):
        if not heading.strip() and place not in tally.unnamed and _is_filled(by_place[place]):
            tally.unnamed.add(place)
    columns: dict[str, Sequence[str]] = {column: by_place[place] for column, place in header.positions.items()}
    return Batch(numbers, columns, {number: text for number, text in surplus.items() if text})


def _is_filled(cells: Sequence[str]) -> bool:
    return any(cells) and bool("".join(cells).strip())


def _count_filled(rows: Iterator[Row]) -> int:
    return sum(1 for _, cells in rows if _is_filled(cells))


def _tidy(text: str) -> str:
    return " ".join(text.split())
