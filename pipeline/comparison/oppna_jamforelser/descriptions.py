"""The sheet that describes the indicators: number or title → title, description and unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.comparison.oppna_jamforelser.headings import numbered, tidy, title_key
from pipeline.comparison.oppna_jamforelser.layout import SEARCHED_ROWS, Page, cell
from pipeline.comparison.oppna_jamforelser.words import Words
from pipeline.sources.wording import fold


@dataclass(frozen=True)
class Description:
    """What a workbook says of one indicator; empty where it does not."""

    number: str
    title: str
    text: str
    unit: str


@dataclass(frozen=True)
class Descriptions:
    """All that is described, by number and by title as they are compared."""

    by_number: Mapping[str, Description]
    by_title: Mapping[str, Description]

    def of(self, number: str, title: str) -> Description | None:
        """What is said of an indicator, known by its title or else by its number."""
        return (self.by_title.get(title_key(title)) if title else None) or self.by_number.get(fold(number))


def read(pages: Sequence[Page], words: Words) -> tuple[Descriptions, tuple[Page, ...]]:
    """The descriptions of a workbook, and the sheets that they stand on."""
    found: list[Description] = []
    on = []
    for page in pages:
        row = _heading_row(page, words)
        if row is not None:
            found += _rows(page, row, words)
            on.append(page)
    by_number = {fold(one.number): one for one in reversed(found) if one.number}
    return Descriptions(by_number, {title_key(one.title): one for one in reversed(found) if one.title}), tuple(on)


def _heading_row(page: Page, words: Words) -> int | None:
    """The first row that names the indicator and something said of it."""
    for index, (_, cells) in enumerate(page.rows[:SEARCHED_ROWS]):
        kinds = {words.described.get(fold(text)) for text in cells if text.strip()}
        if kinds & {"key", "title"} and "text" in kinds and not {fold(text) for text in cells} & words.places.keys():
            return index
    return None


def _rows(page: Page, heading_row: int, words: Words) -> Iterator[Description]:
    places: dict[str, int] = {}
    for place, text in enumerate(page.rows[heading_row][1]):
        kind = words.described.get(fold(text)) if text.strip() else None
        if kind is not None:
            places.setdefault(kind, place)
    for _, cells in page.rows[heading_row + 1 :]:
        number, title = numbered(cell(cells, places.get("title")))
        key = tidy(cell(cells, places.get("key")))
        text = tidy(cell(cells, places.get("text")))
        if (title or number or key) and text:
            unit = tidy(cell(cells, places.get("unit")))
            yield Description(numbered(key)[0] or key or number, title, text, words.unit_of.get(fold(unit), unit))
