"""How one profile words one extract: which heading is which column, and what is made where a column is lacking."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache

# Blanks and hyphens also without width: soft hyphens, joiners, and byte order marks that were not removed.
_INSIGNIFICANT = re.compile(r"[\s\-_‐‑–\u00ad\u200b-\u200d\u2060\ufeff]+")


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """A heading or code as it is compared: without case, spaces, hyphens, underscores and Unicode form."""
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    return _INSIGNIFICANT.sub("", composed)


class Making(StrEnum):
    """How a column that a file lacks is made of the file's other cells."""

    FILLED = "filled"  # ja where the cell is filled, else nej
    JOIN = "join"  # all the cells together; nothing where one is empty
    FIRST = "first"  # the first cell that is filled
    YEAR = "year"  # the year of a day or of a personnummer

    @property
    def keeps_value(self) -> bool:
        """Whether what stands in the cells can be read from what is made of them."""
        return self in (Making.JOIN, Making.FIRST)


@dataclass(frozen=True)
class Derivation:
    """A column made of the cells under `headings`."""

    making: Making
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Wording:
    """The words of one extract's columns in one profile, laid over the standard profile's.

    `standard` and `own`: column → headings, the first of `standard` being the contract's. `required`: columns that
    must be found or made. `codes`: column → folded text → code. `constants`: column → the text of every row.
    `merges`: column → how rows of one key become one (a word, or codes of which the first that some row has counts).
    `skipped`: patterns of rows that are no data; `only`: heading → patterns that a row's cell must match to be data;
    `sheets`: patterns of the sheets that are read (none = all). `blank`: column (or "" for all) → texts that stand for
    nothing; `defaults`: column → what an empty cell holds.
    `day_first`: whether 03/04/2026 is in April; None = the column must tell.
    """

    profile: str
    standard: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    derived: Mapping[str, Derivation] = field(default_factory=dict)
    merges: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    blank: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    day_first: bool | None = None
    is_asked_for: bool = True  # False: nobody said that this file is in these words

    def column(self, heading: str) -> str | None:
        """The column that a heading names, if any."""
        return self._by_fold.get(fold(heading))

    def place(self, heading: str) -> int:
        """How firmly a heading names its column: the profile's own word (0), the contract's (1), another (2)."""
        column, folded = self.column(heading), fold(heading)
        if column is None or folded in map(fold, self.own.get(column, ())):
            return 0
        return 1 if folded == fold(self.standard[column][0]) else 2

    def heading(self, column: str) -> str:
        """The column's heading in the contract, for messages."""
        return self.standard[column][0]

    def makeable(self, cells: Iterable[str]) -> set[str]:
        """The columns that can be made in a table with these headings, of cells under headings or of other columns."""
        cells = [cell for cell in cells if cell]
        present = {fold(cell) for cell in cells} | {fold(column) for cell in cells if (column := self.column(cell))}
        return {
            column
            for column, derivation in self.derived.items()
            if (any if derivation.making is Making.FIRST else all)(
                fold(word) in present for word in derivation.headings
            )
        }

    def stands_for_nothing(self, column: str) -> frozenset[str]:
        """The texts, folded, that mean an empty cell in a column."""
        return frozenset(map(fold, (*self.blank.get("", ()), *self.blank.get(column, ()))))

    def found(self, cells: Iterable[str]) -> set[str]:
        """The columns that a table with these headings has or can be given."""
        cells = list(cells)
        named = {column for cell in cells if cell and (column := self.column(cell))}
        return named | self.makeable(cells)

    def score(self, cells: Iterable[str]) -> int:
        """How many columns a row of headings gives: the row with most is the heading row."""
        return len(self.found(cells))

    def lacking(self, cells: Iterable[str]) -> list[str]:
        """The required columns that a table with these headings neither has nor can be given."""
        given = self.found(cells) | set(self.constants)
        return [column for column in self.required if column not in given]

    def meanings(self, column: str, codes: Iterable[str]) -> dict[str, str]:
        """Folded text → code, for each of the column's codes and whatever the profile says means the same."""
        return {fold(code): code for code in codes} | dict(self.codes.get(column, {}))

    @property
    def is_own(self) -> bool:
        """Whether this is a case system's own wording, not the contract's alone."""
        said = (self.own, self.constants, self.derived, self.merges, self.skipped, self.only, self.blank, self.defaults)
        return any(said) or bool(self.sheets)

    @cached_property
    def _by_fold(self) -> dict[str, str]:
        standard = {fold(word): name for name, words in self.standard.items() for word in words}
        return standard | {fold(word): name for name, words in self.own.items() for word in words}
