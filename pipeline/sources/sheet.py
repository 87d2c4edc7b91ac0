"""What the readers hand over, whatever the format: sheets of rows of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Cells that tell of a fault in the workbook, in English and Swedish Excel; also found as text in exported files.
ERROR_VALUES = (
    "#N/A",
    "#SAKNAS!",
    "#DIV/0!",
    "#DIVISION/0!",
    "#REF!",
    "#REFERENS!",
    "#NAME?",
    "#NAMN?",
    "#VALUE!",
    "#VÄRDEFEL!",
    "#NUM!",
    "#OGILTIGT!",
    "#NULL!",
    "#SKÄRNING!",
    "#SPILL!",
    "#CALC!",
)
# Stands for a formula whose value was never computed: the cell is not empty, but nobody knows what it holds.
NOT_COMPUTED = "#FORMEL UTAN VÄRDE"

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """Rows with their numbers as Excel shows them; `name` is empty in formats without sheets."""

    name: str
    rows: Iterator[Row]


@dataclass(frozen=True)
class Source:
    """A file's sheets; each must be used up before the next is asked for."""

    encoding: str
    sheets: Iterable[Sheet]
