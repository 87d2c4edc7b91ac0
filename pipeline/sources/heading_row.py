"""Finding a table's headings: on one row or two, under titles, in the wording that fits them best."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pipeline.errors import WrongUse
from pipeline.sources.faults import printable
from pipeline.sources.sheet import Merge, Row
from pipeline.sources.wording import Wording, fold

SEARCHED_ROWS = 50


@dataclass(frozen=True)
class Header:
    """The headings: which position holds which column, the headings as they stand there, and the wording read with.

    `rows`: the row or the two rows that they stand on.
    """

    rows: tuple[int, ...]
    cells: list[str]
    wording: Wording
    positions: dict[str, int]
    ignored: tuple[str, ...]

    @property
    def headings(self) -> dict[str, str]:
        """Column → heading as in the file; of a column that is made of others, theirs."""
        made = {column: " + ".join(self.cells[place] for place in self.makings[column]) for column in self.makings}
        return {column: tidy(self.cells[place]) for column, place in self.positions.items()} | made

    @property
    def makings(self) -> dict[str, tuple[int, ...]]:
        """Column that is made → the positions that it is made of."""
        by_fold: dict[str, int] = {}
        for place, cell in enumerate(self.cells):
            by_fold.setdefault(fold(cell), place)
        for column, place in self.positions.items():
            by_fold.setdefault(fold(column), place)
        return {
            column: tuple(by_fold[fold(word)] for word in derivation.headings if fold(word) in by_fold)
            for column, derivation in self.wording.derived.items()
            if column not in self.positions and column in self.wording.makeable(self.cells)
        }

    @property
    def constants(self) -> dict[str, str]:
        """Column that the table lacks → the text that stands for it in every row."""
        has = self.positions.keys() | self.makings.keys()
        return {column: text for column, text in self.wording.constants.items() if column not in has}


@dataclass(frozen=True)
class Candidate:
    """One way to read the first rows: these rows as headings, in this wording."""

    wording: Wording
    first: int  # place among the rows
    height: int
    cells: list[str]

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """The better of two lacks fewer required columns, was asked for, gives more columns, and stands on one row."""
        wording = self.wording
        return -len(wording.lacking(self.cells)), wording.is_asked_for, wording.score(self.cells), -self.height


def candidates(rows: Sequence[Row], wordings: Sequence[Wording], merges: Collection[Merge]) -> Iterator[Candidate]:
    """The best heading row of every wording; the first wording's first."""
    for wording in wordings:
        yield max(_readings(rows, wording, merges), key=lambda candidate: candidate.rank)


def _readings(rows: Sequence[Row], wording: Wording, merges: Collection[Merge]) -> Iterator[Candidate]:
    for place, (number, cells) in enumerate(rows):
        single = Candidate(wording, place, 1, cells)
        yield single
        below = place + 1
        if below < len(rows) and _filled(cells) and _filled(rows[below][1]) > 1:
            yield Candidate(wording, place, 2, _together(number, cells, rows[below][1], wording, merges))


def _together(
    number: int, upper: Sequence[str], lower: Sequence[str], wording: Wording, merges: Collection[Merge]
) -> list[str]:
    """Two heading rows as one: below a heading that spans columns, each column's own stands after it."""
    spread = _spread(number, upper, merges)
    width = max(len(spread), len(lower))
    pairs = zip(_padded(spread, width), _padded(upper, width), _padded(lower, width), strict=True)
    return [_heading(group.strip(), own.strip(), below.strip(), wording) for group, own, below in pairs]


def _heading(group: str, own: str, below: str, wording: Wording) -> str:
    if not below:
        return own
    joined = f"{group} {below}".strip()
    return next((text for text in (joined, below) if wording.column(text)), joined)


def _spread(number: int, cells: Sequence[str], merges: Collection[Merge]) -> list[str]:
    """A row with what its merged cells hold in each of their columns; without merges, until the next filled cell."""
    spread = list(cells)
    across = [merge for merge in merges if merge.top <= number <= merge.bottom and merge.right > merge.left]
    for merge in across:
        spread.extend([""] * (merge.right + 1 - len(spread)))
        spread[merge.left : merge.right + 1] = [spread[merge.left]] * (merge.right + 1 - merge.left)
    if not across:
        for place in range(1, len(spread)):
            spread[place] = spread[place] if spread[place].strip() else spread[place - 1]
    return spread


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def is_meant_as_table(candidate: Candidate) -> bool:
    """At least half of the required headings stand there: a table that lacks some, not a sheet of something else."""
    wording = candidate.wording
    headings = [column for column in wording.required if column not in wording.constants]
    return 2 * (len(headings) - len(wording.lacking(candidate.cells))) >= max(len(headings), 1)


def fault(candidate: Candidate, rows: Sequence[Row], file: str) -> str | None:
    """What is wrong with the headings, as half a sentence; None where nothing is."""
    wording = candidate.wording
    missing = wording.lacking(candidate.cells)
    if not missing:
        return None
    if not wording.score(candidate.cells):
        wanted = ", ".join(wording.heading(column) for column in wording.required)
        return (
            f"ingen rubrikrad hittades bland de {SEARCHED_ROWS} första raderna (rubrikerna {wanted} behövs);"
            f" kontrollera att filen är rätt utdrag, eller kör python -m pipeline inspect {_argument(file)}"
        )
    return _missing(candidate, rows[candidate.first][0], missing, file)


def _cure(wording: Wording, file: str) -> str:
    if wording.is_own and wording.is_asked_for:
        return f"ange rubriken, ett fast värde eller hur uppgiften görs i profilen {wording.profile}"
    return f"byt rubrik i filen, eller kör python -m pipeline inspect {_argument(file)} som föreslår en profil"


def _argument(file: str) -> str:
    """A file's name as it is given on the command line."""
    return f'"{file}"' if " " in file else file


def _missing(candidate: Candidate, number: int, missing: Sequence[str], file: str) -> str:
    wording = candidate.wording
    unknown = [tidy(cell) for cell in candidate.cells if cell.strip() and wording.column(cell) is None]
    alike = [near for column in missing for near in _alike(wording.heading(column), unknown)]
    words = ", ".join(wording.heading(column) for column in missing)
    resembling = f"; mest lika är {', '.join(dict.fromkeys(alike))}" if alike else ""
    return (
        f"{'rubriken' if len(missing) == 1 else 'rubrikerna'} {words} saknas i rubrikraden (rad {number}){resembling};"
        f" {_cure(candidate.wording, file)}"
    )


def _alike(heading: str, unknown: Sequence[str]) -> list[str]:
    by_fold = {fold(word): word for word in unknown}
    return [by_fold[near] for near in difflib.get_close_matches(fold(heading), list(by_fold), 2)]


def header(candidate: Candidate, rows: Sequence[Row]) -> Header:
    """Where each column stands; the firmest word goes first. Raises WrongUse when two are as firm."""
    wording = candidate.wording
    numbers = tuple(number for number, _ in rows[candidate.first : candidate.first + candidate.height])
    places_of: dict[str, list[int]] = {}
    for position, cell in enumerate(candidate.cells):
        column = wording.column(cell) if cell.strip() else None
        if column is not None:
            places_of.setdefault(column, []).append(position)
    positions = {}
    for column, several in places_of.items():
        firmest = min(wording.place(candidate.cells[position]) for position in several)
        own = [position for position in several if wording.place(candidate.cells[position]) == firmest]
        if len(own) > 1:
            words = " och ".join(tidy(candidate.cells[position]) for position in own[:2])
            raise WrongUse(
                f"samma uppgift har två kolumner ({words}, rad {numbers[0]}); ta bort eller byt rubrik på den ena"
            )
        positions[column] = own[0]
    found = Header(numbers, list(candidate.cells), wording, positions, ())
    taken = {*positions.values(), *(place for places in found.makings.values() for place in places)}
    ignored = [tidy(cell) for place, cell in enumerate(candidate.cells) if cell.strip() and place not in taken]
    return Header(numbers, list(candidate.cells), wording, positions, tuple(ignored))


def tidy(text: str) -> str:
    """Every run of blanks made one space, and what cannot be shown made visible."""
    return printable(" ".join(text.split()))
