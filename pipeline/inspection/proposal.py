"""A file's first rows → what each sheet is taken for, heading by heading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.inspection import cells, codes, gaps, headings, masking
from pipeline.inspection.cells import Cells, DayForm
from pipeline.inspection.codes import CodeGuess
from pipeline.inspection.gaps import Gap
from pipeline.inspection.guessing import Guess, given, guess
from pipeline.inspection.headings import HeadingRow
from pipeline.inspection.matching import HeadingCells, Match
from pipeline.inspection.sample import WIDEST, Sample, SampledSheet
from pipeline.inspection.vocabulary import Vocabulary
from pipeline.schemas.extract import Column, Extract, Kind
from pipeline.sources.profiles import STANDARD
from pipeline.sources.wording import fold

_SHOWN_ROWS = 5


@dataclass(frozen=True)
class SheetProposal:
    """What one sheet is taken for. Nothing in it tells who somebody is, save `matches` and `unmatched` headings.

    `rows`: how many rows of the sample stand below the headings, blank ones and footers left out; `is_whole`: whether
    the sample is the whole sheet. `forms`: place → form of its days. `codes`: column → guesses. `repeated`: rows whose
    key stands on another row too. `footers`: openings of rows that a program printed. `shown`: masked rows.
    """

    name: str
    heading: HeadingRow
    guess: Guess
    rows: int
    is_whole: bool
    is_hidden: bool
    unmatched: Sequence[str]
    doubled: Sequence[str]
    forms: Mapping[int, DayForm]
    codes: Mapping[str, Sequence[CodeGuess]]
    gaps: Sequence[Gap]
    repeated: int
    footers: Sequence[str]
    shown: Sequence[Sequence[str]]

    @property
    def extract(self) -> Extract:
        """The extract that the sheet is taken for."""
        return self.guess.best.extract

    def read_by(self, names: Iterable[str]) -> list[str]:
        """Those of the named profiles that already read every heading found, the standard profile first."""
        if self.gaps or any(one.making or one.doubt for one in self.matches):
            return []
        known = [one.profiles for one in self.matches if one.is_sure]
        fit = (name for name in names if all({name, STANDARD} & profiles for profiles in known))
        return sorted(fit, key=lambda name: (name != STANDARD, name))

    @property
    def matches(self) -> Sequence[Match]:
        """Which heading is which column, in the headings' order."""
        return self.guess.best.matches


@dataclass(frozen=True)
class Proposal:
    """What a file is taken for. `unread`: sheets without headings that anybody knows."""

    sample: Sample
    told_by: str  # "name", "given" or "" where the extract was guessed
    sheets: Sequence[SheetProposal]
    unread: Sequence[str] = field(default_factory=tuple)


def propose(sample: Sample, vocabulary: Vocabulary, extract: Extract | None, told_by: str) -> Proposal:
    """Look at every sheet; `extract` is the one that was said or that the file's name tells, None = guess."""
    found, unread = list[SheetProposal](), list[str]()
    for sheet in sample.sheets:
        proposal = _sheet(sheet, sample.file, vocabulary, extract)
        if proposal:
            found.append(proposal)
        else:
            unread.append(sheet.name)
    return Proposal(sample, told_by if extract else "", found, unread)


def _sheet(sheet: SampledSheet, file: Path, vocabulary: Vocabulary, extract: Extract | None) -> SheetProposal | None:
    heading = headings.find(sheet.rows, sheet.merges, vocabulary)
    if heading is None:
        return None
    rows, footers = _data_rows(sheet, heading, vocabulary)
    columns = _columns(heading, rows)
    guessed = given(extract, columns, vocabulary) if extract else guess(columns, (file.stem, sheet.name), vocabulary)
    if guessed is None or not any(one.is_sure for one in guessed.best.matches):
        return None
    return _described(sheet, heading, guessed, rows, columns, footers, vocabulary)


def _described(
    sheet: SampledSheet,
    heading: HeadingRow,
    guessed: Guess,
    rows: Sequence[Sequence[str]],
    columns: Sequence[HeadingCells],
    footers: Sequence[str],
    vocabulary: Vocabulary,
) -> SheetProposal:
    extract, matches = guessed.best.extract, guessed.best.matches
    by_place = {column.place: column.cells for column in columns}
    taken = {one.place for one in matches}
    folded = [fold(column.heading) for column in columns]
    return SheetProposal(
        name=sheet.name,
        heading=heading,
        guess=guessed,
        rows=len(rows),
        is_whole=sheet.is_whole,
        is_hidden=sheet.is_hidden,
        unmatched=[column.heading for column in columns if column.place not in taken],
        doubled=sorted({column.heading for column in columns if folded.count(fold(column.heading)) > 1}),
        forms=_forms(matches, by_place),
        codes={
            one.column.name: codes.guesses(extract.name, one.column, by_place[one.place], vocabulary)
            for one in matches
            if one.making is None
        },
        gaps=gaps.find(extract, matches, columns, rows, vocabulary),
        repeated=_repeated(extract, matches, rows),
        footers=footers,
        shown=_masked(extract, columns, matches, rows[:_SHOWN_ROWS], vocabulary),
    )


def _columns(heading: HeadingRow, rows: Sequence[Sequence[str]]) -> list[HeadingCells]:
    return [
        HeadingCells(place, " ".join(text.split()), cells.count(row[place] for row in rows if place < len(row)))
        for place, text in enumerate(heading.cells[:WIDEST])
        if text.strip()
    ]


def _data_rows(
    sheet: SampledSheet, heading: HeadingRow, vocabulary: Vocabulary
) -> tuple[list[Sequence[str]], list[str]]:
    """The rows below the headings that are data, and the openings of those that a program printed."""
    rows, footers = list[Sequence[str]](), dict[str, None]()
    title = [fold(cell) for cell in heading.cells]
    for _, row in sheet.rows[heading.below :]:
        filled = [cell.strip() for cell in row if cell.strip()]
        opening = _opening(filled, vocabulary.concepts.footers)
        if opening:
            footers[opening] = None
        elif filled and [fold(cell) for cell in row] != title:
            rows.append(row)
    return rows, list(footers)


def _opening(filled: Sequence[str], words: Sequence[str]) -> str:
    """The word that a printed row opens with; such a row has a cell or two."""
    if not 1 <= len(filled) <= 2:
        return ""
    first = filled[0].split()[0].rstrip(":").casefold()
    return next((word for word in words if word.casefold() == first), "")


def _forms(matches: Sequence[Match], by_place: Mapping[int, Cells]) -> dict[int, DayForm]:
    days = (one.place for one in matches if one.column.kind is Kind.DATE)
    found = ((place, by_place[place].day_form()) for place in days)
    return {place: form for place, form in found if form}


def _repeated(extract: Extract, matches: Sequence[Match], rows: Sequence[Sequence[str]]) -> int:
    """How many rows of the sample have a key that stands on an earlier, different row."""
    places = [one.place for one in matches if one.column.name in extract.key and one.is_sure]
    if extract.key[0] not in {one.column.name for one in matches if one.is_sure}:
        return 0
    different = {tuple(row) for row in rows}
    keys = {tuple(row[place] if place < len(row) else "" for place in places) for row in different}
    return len(different) - len(keys)


def _masked(
    extract: Extract,
    columns: Sequence[HeadingCells],
    matches: Sequence[Match],
    rows: Sequence[Sequence[str]],
    vocabulary: Vocabulary,
) -> list[list[str]]:
    column_at = {one.place: one.column for one in matches if one.is_sure and one.making is None}
    shown = []
    for column in columns:
        known = column_at.get(column.place)
        show = masking.shower(known, column.cells, _reader(extract, known, vocabulary))
        shown.append([show(row[column.place]) if column.place < len(row) else "" for row in rows])
    return [list(row) for row in zip(*shown, strict=True)]


def _reader(extract: Extract, column: Column | None, vocabulary: Vocabulary) -> Callable[[str], bool]:
    """A function that tells whether a text is understood as one of the column's codes."""
    if column is None:
        return lambda _: False
    return lambda text: codes.understands(extract.name, column, text, vocabulary)
