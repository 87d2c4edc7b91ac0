"""What the readers hand over, whatever the format: sheets of rows of text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.sources.block import Block

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
    "#GETTING_DATA",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#BUSY!",
)
# Stands for a formula whose value was never computed: the cell is not empty, but nobody knows what it holds.
NOT_COMPUTED = "#FORMEL UTAN VÄRDE"

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Merge:
    """Cells that are one on the screen. Rows are numbered as in `Row`; left and right are places in a row's list.

    Only the first cell holds what is shown; the others are empty as a rule.
    """

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """Rows with their numbers as Excel shows them; `name` is empty in formats without sheets.

    Every row is there, in order, up to the last that holds anything: also blank and hidden ones. `hidden_rows` also
    holds those that a filter hides. `is_1904`: a day that a cell holds as a plain number is counted from 1904-01-01.
    `block`: the next rows, many at once, where the format can give them so; those are then not among `rows`.
    """

    name: str
    rows: Iterator[Row]
    is_hidden: bool = False
    hidden_rows: Collection[int] = frozenset()
    merges: Sequence[Merge] = ()
    is_1904: bool = False
    block: Callable[[], Block | None] | None = None


@dataclass(frozen=True)
class Source:
    """A file's sheets; each must be used up before the next is asked for.

    `notes`: Swedish sentences on how the file was read where that is not as usual. `separator`: what stands between the
    fields of a text; empty in formats with cells. `close` lets go of the file before all of it has been read.
    """

    encoding: str
    sheets: Iterable[Sheet]
    notes: tuple[str, ...] = ()
    separator: str = ""
    close: Callable[[], None] = lambda: None
