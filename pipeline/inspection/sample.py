"""The first rows of a file, sheet by sheet. The only place where this room touches the readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from pipeline.config import Reading
from pipeline.errors import WrongUse
from pipeline.sources import SourceFile, open_source
from pipeline.sources.sheet import Merge, Row, Sheet

SAMPLED_ROWS = 2_000
WIDEST = 300  # headings; a table that is wider is cut off


@dataclass(frozen=True)
class SampledSheet:
    """The first rows of a sheet. `is_whole`: whether there are no more."""

    name: str
    rows: Sequence[Row]
    merges: Sequence[Merge]
    is_whole: bool
    is_hidden: bool = False


@dataclass(frozen=True)
class Sample:
    """What a file looks like from its first rows. `encoding` and `notes` as the quality report tells them."""

    file: Path
    encoding: str
    separator: str
    notes: Sequence[str]
    sheets: Sequence[SampledSheet]


def take(file: Path, score: Callable[[Sequence[str]], int], limits: Reading) -> Sample:
    """Read the first rows of every sheet. `score` tells how much a row looks like headings.

    Raises WrongUse for a file that is missing, or that cannot be read.
    """
    if not file.is_file():
        what = "är en mapp, ingen fil" if file.is_dir() else "finns inte"
        raise WrongUse(f"{file} {what}; kontrollera hur sökvägen är skriven.")
    source = open_source(_described(file), score, limits)
    try:
        sheets = [_sampled(sheet) for sheet in source.sheets]
    finally:
        source.close()
    return Sample(file, source.encoding, source.separator, source.notes, sheets)


def _described(file: Path) -> SourceFile:
    """The file as the readers ask for it; whose it is does not matter to them."""
    stat = file.stat()
    day = datetime.fromtimestamp(stat.st_mtime, UTC).date()
    return SourceFile(file, "", "", day, "", stat.st_size, stat.st_mtime_ns)


def _sampled(sheet: Sheet) -> SampledSheet:
    rows = list(islice(sheet.rows, SAMPLED_ROWS + 1))
    return SampledSheet(sheet.name, rows[:SAMPLED_ROWS], sheet.merges, len(rows) <= SAMPLED_ROWS, sheet.is_hidden)
