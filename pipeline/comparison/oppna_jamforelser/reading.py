"""A workbook on disk → its indicators, with every value, and what could not be read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.comparison.oppna_jamforelser import about, cells, descriptions, layout, words
from pipeline.comparison.oppna_jamforelser.gathering import Gathered, Gathering
from pipeline.comparison.oppna_jamforelser.headings import tidy
from pipeline.comparison.oppna_jamforelser.layout import Layout, Page
from pipeline.comparison.oppna_jamforelser.words import Words
from pipeline.comparison.pairs import workbook_indicator_id
from pipeline.config import Reading as Limits
from pipeline.errors import WrongUse
from pipeline.model.comparison import Indicator, Source
from pipeline.sources import SourceFile, open_source
from pipeline.sources.faults import printable
from pipeline.sources.files import not_opened
from pipeline.sources.wording import fold

_ANSWERS = "Kommunerna svarar ja eller nej: 100 betyder ja och 0 nej. Län och riket har andelen som svarade ja."


@dataclass(frozen=True)
class Workbook:
    """A workbook that has been read. `notes`: Swedish sentences on what in it could not be."""

    file: str
    sha256: str
    area: str
    year: int
    indicators: tuple[Indicator, ...]
    notes: tuple[str, ...]


def read_workbook(path: Path, limits: Limits, codes: Mapping[str, str] | None = None) -> Workbook:
    """Read a workbook of Öppna jämförelser. Raises WrongUse for what is none, or cannot be read.

    `codes`: a municipality's name → its code, for workbooks that give names alone.
    """
    file, known = printable(path.name), words.load()
    pages, sha256 = _pages(path, known, limits)
    layouts = [(page, found) for page in pages if (found := layout.find(page, known)) is not None]
    if not layouts:
        raise WrongUse(
            f"Filen {file}: inget blad har en rubrikrad med Kommunkod, Kommun, Län eller Riket och indikatorer efter."
            " Kontrollera att det är en arbetsbok med Öppna jämförelser; heter rubriken något annat, lägg till ordet i"
            " sql/oppna_jamforelser.toml."
        )
    others = [page for page in pages if all(page is not one for one, _ in layouts)]
    described, _ = descriptions.read(others, known)
    titles = list(_titles(layouts, others))
    gathering = Gathering(
        words=known,
        marks=cells.explained(_outside(layouts, others), known),
        codes={fold(name): code for name, code in (codes or {}).items()},
        descriptions=described,
        year=about.year(titles, file),
    )
    area = about.area(titles, file, known)
    for page, found in layouts:
        gathering.take(page, found)
    indicators = tuple(_indicator(one, area) for one in gathering.finish())
    if not indicators:
        why = f" {gathering.notes[0]}" if gathering.notes else ""
        raise WrongUse(f"Filen {file}: inget värde kunde läsas.{why}")
    return Workbook(file, sha256, area, gathering.year, indicators, tuple(gathering.notes))


def _pages(path: Path, known: Words, limits: Limits) -> tuple[list[Page], str]:
    try:
        stat, sha256 = path.stat(), hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        raise WrongUse(not_opened(printable(path.name))) from None

    def score(row: Sequence[str]) -> int:
        return sum(fold(text) in known.places for text in row)

    source = open_source(SourceFile(path, "", "", date.min, sha256, stat.st_size, stat.st_mtime_ns), score, limits)
    try:
        return [Page(sheet.name, list(sheet.rows), sheet.merges) for sheet in source.sheets], sha256
    finally:
        source.close()


def _titles(layouts: Iterable[tuple[Page, Layout]], others: Iterable[Page]) -> Iterator[str]:
    """What stands above the tables, the sheets' names, and the first rows of the other sheets."""
    for page, found in layouts:
        yield page.name
        yield from (tidy(text) for _, row in page.rows[: found.starts] for text in row if text.strip())
    for page in others:
        yield page.name
        yield from (tidy(text) for _, row in page.rows[: layout.SEARCHED_ROWS] for text in row[:1] if text.strip())


def _outside(layouts: Iterable[tuple[Page, Layout]], others: Iterable[Page]) -> Iterator[Sequence[str]]:
    """Rows that are not of a table: those above it, those with so few cells that they explain something, all others."""
    for page, found in layouts:
        for _, row in (*page.rows[: found.starts], *page.rows[found.ends :]):
            places = {place for place, text in enumerate(row) if text.strip()}
            if len(places) <= 2 and not places & found.columns.keys() - {min(places, default=0) + 1}:
                yield row
    for page in others:
        yield from (row for _, row in page.rows)


def _indicator(one: Gathered, area: str) -> Indicator:
    return Indicator(
        source=Source.OPPNA_JAMFORELSER,
        indicator_id=workbook_indicator_id(area, one.title),
        title=one.title,
        description=one.text,
        unit=one.unit,
        better="",
        observations=tuple(one.observations()),
        fetched=None,
        note=_ANSWERS if one.is_answers else "",
    )
