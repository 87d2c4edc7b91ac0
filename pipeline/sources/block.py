"""Many lines of a text file at once, column by column, where no field of them needs to be told apart by hand."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:  # a workbook is read without it
    import pyarrow as pa

QUOTE = '"'


class Texts(Sequence[str]):
    """A column's texts: the different ones, each once, and for each row the place of its own among them."""

    def __init__(self, different: list[str], places: pa.Array) -> None:
        self.different = different
        self.places = places

    @classmethod
    def of(cls, texts: Sequence[str]) -> Texts:
        """The same of texts that stand in a row."""
        if isinstance(texts, Texts):
            return texts
        import pyarrow as pa

        encoded = pa.array(texts, pa.string()).dictionary_encode()
        return cls(encoded.dictionary.to_pylist(), encoded.indices)

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self.different[place] for place in self.places[row].to_pylist()]
        return self.different[self.places[row].as_py()]

    def where(self, holds: Callable[[str], bool]) -> list[int]:
        """The rows whose text is such a one; each different text is asked about once."""
        places = [place for place, text in enumerate(self.different) if holds(text)]
        if not places:
            return []
        import pyarrow as pa
        from pyarrow import compute

        wanted = pa.array(places, self.places.type)
        rows: list[int] = compute.indices_nonzero(compute.is_in(self.places, value_set=wanted)).to_pylist()
        return rows


@dataclass(frozen=True)
class Block:
    """Rows that stand one a line, each with as many fields as the headings; `first` is the first row's number."""

    first: int
    size: int
    columns: list[Texts]
    text: str
    separator: str

    def cells(self, row: int) -> list[str]:
        """One row, counted from 0."""
        return [column[row] for column in self.columns]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The same rows one by one."""
        return enumerate(csv.reader(StringIO(self.text, newline=""), delimiter=self.separator, strict=True), self.first)


def block(text: str, first: int, separator: str, width: int, longest_cell: int) -> Block | None:
    """Whole lines as a block; nothing where a stray quotation mark or line end or number of fields asks for care."""
    if text.count("\r") != text.count("\r\n"):
        return None
    if (is_quoted := QUOTE in text) and QUOTE in _quoted_fields(separator).sub("", text):
        return None
    if max(map(len, text.split("\n"))) > longest_cell:
        return None
    import pyarrow as pa
    from pyarrow import csv as arrow

    names = [str(place) for place in range(width)]
    raw = text.encode()
    try:
        table = arrow.read_csv(
            pa.BufferReader(raw),
            # In one piece, so that a column has one list of different texts.
            arrow.ReadOptions(use_threads=False, block_size=len(raw) + 1, column_names=names),
            arrow.ParseOptions(delimiter=separator, quote_char=is_quoted and QUOTE, ignore_empty_lines=False),
            arrow.ConvertOptions(
                column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string())),
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    size = text.count("\n") + (not text.endswith("\n"))
    if table.num_rows != size:
        return None
    columns = [column.combine_chunks() if column.num_chunks != 1 else column.chunk(0) for column in table.columns]
    found = [Texts(column.dictionary.to_pylist(), column.indices) for column in columns]
    return Block(first, size, found, text, separator)


@cache
def _quoted_fields(separator: str) -> re.Pattern[str]:
    """Fields in quotation marks, whole and on one line, as every reader takes them."""
    sign = re.escape(separator)
    return re.compile(rf'(?:(?<=[{sign}\n])|(?<![\s\S]))"(?:[^"\r\n]|"")*+"(?=[{sign}\r\n]|\Z)')
