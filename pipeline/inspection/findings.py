"""What a file is found to be: its sheets, each taken for an extract, or told as strange."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.inspection.codes import CodeGuess
from pipeline.inspection.days import DayForm
from pipeline.inspection.gaps import Gap
from pipeline.inspection.guessing import Guess
from pipeline.inspection.headings import HeadingRow
from pipeline.inspection.matching import Match
from pipeline.inspection.sample import Sample
from pipeline.schemas.extract import Extract

_SURE = 0.7
_MANY_GAPS = 2


@dataclass(frozen=True)
class SheetProposal:
    """What one sheet is taken for. Nothing in it tells who somebody is, save `matches` and `unmatched` headings.

    `rows`: how many rows of the sample stand below the headings, blank ones and footers left out; `is_whole`: whether
    the sample is the whole sheet. `forms`: heading → form of its days. `codes`: column → guesses. `repeated`: rows
    whose key stands on another row too. `footers`: openings of rows that a program printed. `shown`: masked rows.
    `holds`: unmatched heading → what its cells hold. `readers`: the profiles that can read the sheet as it is, by
    title, with the columns that each finds. `is_told`: whether the extract was said and this sheet is the only one.
    """

    name: str
    heading: HeadingRow
    guess: Guess
    rows: int
    is_whole: bool
    is_hidden: bool
    holds: Mapping[str, str]
    doubled: Sequence[str]
    forms: Mapping[str, DayForm]
    codes: Mapping[str, Sequence[CodeGuess]]
    gaps: Sequence[Gap]
    repeated: int
    footers: Sequence[str]
    shown: Sequence[Sequence[str]]
    readers: Sequence[tuple[str, set[str]]]
    is_told: bool

    @property
    def extract(self) -> Extract:
        """The extract that the sheet is taken for."""
        return self.guess.best.extract

    @property
    def unmatched(self) -> Sequence[str]:
        """The headings that are taken for no column."""
        return list(self.holds)

    @property
    def is_sure(self) -> bool:
        """Whether the guesses may stand in a profile; else all of them are comments, for somebody to choose from."""
        lacking = sum(gap.is_open for gap in self.gaps)
        return self.is_told or (self.guess.sureness >= _SURE and lacking < _MANY_GAPS)

    @property
    def unread(self) -> set[str]:
        """The columns found that the profile which reads the sheet best does not read."""
        found = {one.column.name for one in self.matches if one.is_sure}
        return found - self.readers[0][1] if self.readers else found

    @property
    def matches(self) -> Sequence[Match]:
        """Which heading is which column, in the headings' order."""
        return self.guess.best.matches


@dataclass(frozen=True)
class StrangeSheet:
    """A sheet whose headings nobody knows. `holds`: heading → what its cells hold; `forms`: the form of its days."""

    name: str
    heading: HeadingRow
    holds: Mapping[str, str]
    forms: Mapping[str, DayForm]


@dataclass(frozen=True)
class Proposal:
    """What a file is taken for. `unread`: sheets without headings that anybody knows.

    `strange`: what such sheets hold, where the file has no others.
    """

    sample: Sample
    told_by: str  # "name", "given" or "" where the extract was guessed
    sheets: Sequence[SheetProposal]
    unread: Sequence[str] = ()
    strange: Sequence[StrangeSheet] = ()
