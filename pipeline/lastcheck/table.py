"""resultat.csv opened as written: every cell searched, and every row held against the figure that it tells."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.lastcheck.findings import Finding, Kind, Piece
from pipeline.lastcheck.searching import Searcher
from pipeline.publish import forms

if TYPE_CHECKING:
    from pipeline.disclosure import PublicFigures

_KEYS = ("metric", "statistic", "window", "level", "org", "breakdown", "category")
_EMPTY = ("numerator", "denominator", "value", "ci_low", "ci_high", "status")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_AT_A_TIME = 5_000

Row = tuple[str, ...]


def prove(file: Path, figures: PublicFigures, searcher: Searcher) -> Iterator[Finding]:
    """What stands in the file that may not: secrets, numbers in hidden rows, and rows that no figure has.

    A figure without a row is a finding too, since a row that is gone tells that something is hidden.
    """
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream, strict=True)
            yield from _of_rows(file.name, next(rows, []), rows, figures, searcher)
    except (UnicodeDecodeError, csv.Error):
        yield Finding(file.name, "hela filen", Kind.UNOPENED)


def _of_rows(
    file: str, heading: list[str], rows: Iterable[list[str]], figures: PublicFigures, searcher: Searcher
) -> Iterator[Finding]:
    yield from searcher.search(file, (Piece("rubrikraden", cell) for cell in heading))
    places = {name: at for at, name in enumerate(heading)}
    if not {*_KEYS, *_EMPTY, "suppressed"} <= places.keys():
        yield Finding(file, "rubrikraden", Kind.UNOPENED)
        return
    expected = _expected(figures)
    check = _Rows(expected, places)
    numbered, at = iter(rows), 2
    while batch := list(islice(numbered, _AT_A_TIME)):
        yield from _searched(file, batch, at, searcher)
        for row_number, row in enumerate(batch, at):
            kind = check.fault(row)
            if kind is not None:
                yield Finding(file, f"rad {row_number}", kind)
        at += len(batch)
    if check.left:
        yield Finding(file, f"hela filen, där {_rows_said(check.left)} fattas", Kind.MISSING_ROW)


def _rows_said(number: int) -> str:
    return forms.counted(number, "rad", "rader")


class _Rows:
    """Holds rows against the figures: key → whether it is hidden."""

    def __init__(self, expected: Mapping[Row, bool], places: Mapping[str, int]) -> None:
        self._left = dict(expected)
        self._key = itemgetter(*(places[name] for name in _KEYS))
        self._told = itemgetter(*(places[name] for name in _EMPTY))
        self._suppressed = places["suppressed"]
        self._width = len(places)

    @property
    def left(self) -> int:
        """How many figures have had no row."""
        return len(self._left)

    def fault(self, row: list[str]) -> Kind | None:
        """What is wrong with a row: it is no figure's, or the only one's twice, or tells what is hidden."""
        if len(row) != self._width:
            return Kind.UNKNOWN_ROW
        is_hidden = self._left.pop(self._key(row), None)
        if is_hidden is None:
            return Kind.UNKNOWN_ROW
        said = row[self._suppressed] == "true"
        if is_hidden and (not said or any(self._told(row))):
            return Kind.HIDDEN
        return Kind.UNKNOWN_ROW if said and not is_hidden else None


def _expected(figures: PublicFigures) -> dict[Row, bool]:
    return {
        (k.metric, k.statistic, k.window, str(int(k.level)), k.org, k.breakdown, k.category): figure.suppressed
        for figure in figures.own()
        for k in (figure.key,)
    }


def _searched(file: str, rows: list[list[str]], first: int, searcher: Searcher) -> Iterator[Finding]:
    """Each different cell once; only where something is found are the rows gone through."""
    different = {cell for row in rows for cell in row if cell}
    pieces = [Piece("", cell, is_number=_NUMBER.fullmatch(cell) is not None, is_told=True) for cell in different]
    searcher.learn(pieces)
    for piece in pieces:
        for kind in searcher.kinds(piece):
            for number, row in enumerate(rows, first):
                if piece.text in row:
                    yield Finding(file, f"rad {number}, kolumn {row.index(piece.text) + 1}", kind)
