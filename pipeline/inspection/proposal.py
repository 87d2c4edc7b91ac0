"""A file's first rows → what each sheet is taken for, heading by heading."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from pipeline.inspection import cells, codes, gaps, headings, holding, masking
from pipeline.inspection.cells import MOSTLY
from pipeline.inspection.days import DayForm
from pipeline.inspection.findings import Proposal, SheetProposal, StrangeSheet
from pipeline.inspection.guessing import Guess, given, guess
from pipeline.inspection.headings import HeadingRow
from pipeline.inspection.matching import HeadingCells, Match
from pipeline.inspection.sample import WIDEST, Sample, SampledSheet
from pipeline.inspection.vocabulary import Vocabulary
from pipeline.schemas.extract import Column, Extract
from pipeline.sources.sheet import Merge, Row
from pipeline.sources.wording import fold

_SHOWN_ROWS = 5

Finder = Callable[[Sequence[Row], Collection[Merge], Vocabulary], HeadingRow | None]


def propose(sample: Sample, vocabulary: Vocabulary, extract: Extract | None, told_by: str) -> Proposal:
    """Look at every sheet; `extract` is the one that was said or that the file's name tells, None = guess."""
    for find in (headings.find, _any_heading):
        found = {place: _sheet(sheet, find, sample, vocabulary, extract) for place, sheet in enumerate(sample.sheets)}
        sheets = [proposal for proposal in found.values() if proposal]
        if sheets:
            break
    unread = [sheet.name for place, sheet in enumerate(sample.sheets) if not found[place]]
    strange = [] if sheets else [one for sheet in sample.sheets if (one := _strange(sheet, vocabulary))]
    return Proposal(sample, told_by if extract else "", sheets, unread, strange)


def _any_heading(rows: Sequence[Row], merges: Collection[Merge], vocabulary: Vocabulary) -> HeadingRow | None:
    return headings.find(rows, merges, vocabulary) or headings.plain(rows)


def _sheet(
    sheet: SampledSheet, find: Finder, sample: Sample, vocabulary: Vocabulary, extract: Extract | None
) -> SheetProposal | None:
    heading = find(sheet.rows, sheet.merges, vocabulary)
    if heading is None:
        return None
    rows, footers = _data_rows(sheet, heading, vocabulary)
    columns = _columns(heading, rows)
    names = (sample.file.stem, sheet.name)
    guessed = given(extract, columns, vocabulary) if extract else guess(columns, names, vocabulary)
    is_only = len(sample.sheets) == 1
    is_found = guessed is not None and any(one.is_sure for one in guessed.best.matches)
    if guessed is None or not (is_found or (extract and find is _any_heading)):
        return None
    return _described(sheet, heading, guessed, rows, columns, footers, vocabulary, is_told=bool(extract) and is_only)


def _strange(sheet: SampledSheet, vocabulary: Vocabulary) -> StrangeSheet | None:
    heading = _any_heading(sheet.rows, sheet.merges, vocabulary)
    if heading is None:
        return None
    rows, _ = _data_rows(sheet, heading, vocabulary)
    columns = _columns(heading, rows)
    return StrangeSheet(sheet.name, heading, _holds(columns, vocabulary), _forms(columns))


def _holds(columns: Iterable[HeadingCells], vocabulary: Vocabulary) -> dict[str, str]:
    return {column.heading: holding.told(column.heading, column.cells, vocabulary) for column in columns}


def _described(
    sheet: SampledSheet,
    heading: HeadingRow,
    guessed: Guess,
    rows: Sequence[Sequence[str]],
    columns: Sequence[HeadingCells],
    footers: Sequence[str],
    vocabulary: Vocabulary,
    *,
    is_told: bool,
) -> SheetProposal:
    extract, matches = guessed.best.extract, guessed.best.matches
    by_place = {column.place: column.cells for column in columns}
    taken = {one.place for one in matches}
    folded = [fold(column.heading) for column in columns]
    readers = vocabulary.reading(extract, heading.cells)
    return SheetProposal(
        name=sheet.name,
        heading=heading,
        guess=guessed,
        rows=len(rows),
        is_whole=sheet.is_whole,
        is_hidden=sheet.is_hidden,
        holds=_holds((column for column in columns if column.place not in taken), vocabulary),
        doubled=sorted({column.heading for column in columns if folded.count(fold(column.heading)) > 1}),
        forms=_forms(columns),
        codes={
            one.column.name: codes.guesses(extract.name, one.column, by_place[one.place], vocabulary)
            for one in matches
            if one.making is None
        },
        gaps=[] if readers else gaps.find(extract, matches, columns, rows, vocabulary),
        repeated=_repeated(extract, matches, rows),
        footers=footers,
        shown=_masked(extract, columns, matches, rows[:_SHOWN_ROWS], vocabulary),
        readers=readers,
        is_told=is_told,
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


def _forms(columns: Sequence[HeadingCells]) -> dict[str, DayForm]:
    """Heading → the form of its days, for the headings that have some."""
    days = (column for column in columns if column.cells.loose_days >= 1 - MOSTLY)
    return {column.heading: form for column in days if (form := column.cells.day_form())}


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
