"""Where things stand in a sheet: its heading rows, the columns that say whom a row is of, and those of indicators."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.comparison.oppna_jamforelser import cells as table_cells
from pipeline.comparison.oppna_jamforelser.headings import Heading, heading, year_of
from pipeline.comparison.oppna_jamforelser.words import Words
from pipeline.sources.sheet import Merge, Row
from pipeline.sources.wording import fold

SEARCHED_ROWS = 50
_WHOM = ("code", "name", "county")


@dataclass(frozen=True)
class Page:
    """A sheet, all of it."""

    name: str
    rows: Sequence[Row]
    merges: Sequence[Merge] = ()


@dataclass(frozen=True)
class Layout:
    """`starts` and `ends`: the places among the rows of the first heading row and of the first row below the last.

    `places`: `code`, `name`, `county` and `year` → the column that says it. `columns`: place → what its headings say.
    """

    starts: int
    ends: int
    places: Mapping[str, int]
    columns: Mapping[int, Heading]


def find(page: Page, words: Words) -> Layout | None:
    """The layout of a sheet; None for one that is no table of indicators."""
    own = _heading_row(page, words)
    if own is None:
        return _unnamed(page, words)
    return _layout(page, own, _places(page.rows[own][1], words), words)


def cell(cells: Sequence[str], place: int | None) -> str:
    """What stands in a column of a row; nothing beyond the row's end."""
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _layout(page: Page, own: int, places: Mapping[str, int], words: Words) -> Layout | None:
    below = _rows_below(page, own, places, words)
    last = below[-1] if below else own
    named = {place for row in (own, *below) for place, text in enumerate(page.rows[row][1]) if text.strip()}
    indicators = named - set(places.values())
    above = _rows_above(page, own, places, indicators)
    merged = {row: _spread(page, row, indicators, is_group=row in above) for row in (*above, own, *below)}
    if below:
        merged[own] = _spread(page, own, indicators, is_group=True)
    columns = {
        place: heading([merged[row].get(place, "") for row in (*above, own, *below)], words)
        for place in sorted(indicators)
    }
    columns = {place: _titled(one, page.name) for place, one in columns.items()}
    if not columns:
        return None
    return Layout(min((own, *above)), last + 1, places, columns)


def _titled(one: Heading, sheet: str) -> Heading:
    """A column of a year alone is of what the sheet is called."""
    is_of_sheet = one.year is not None and not one.title and not one.number
    return replace(one, title=sheet) if is_of_sheet else one


def _heading_row(page: Page, words: Words) -> int | None:
    """The first of the rows that name most of whom a row is of; not one that holds values."""
    best, most = None, 0
    for index, (_, cells) in enumerate(page.rows[:SEARCHED_ROWS]):
        places = _places(cells, words)
        named = sum(kind in places for kind in _WHOM)
        others = [text for place, text in enumerate(cells) if text.strip() and place not in places.values()]
        is_data = bool(others) and all(_is_value(text, words) for text in others)
        is_alone = not others and not _has_headings_near(page, index, places)
        if named > most and not is_data and not is_alone:
            best, most = index, named
    return best


def _has_headings_near(page: Page, index: int, places: Mapping[str, int]) -> bool:
    """Whether the row below holds anything beside the columns that say whom a row is of."""
    cells = page.rows[index + 1][1] if index + 1 < len(page.rows) else []
    return any(text.strip() for place, text in enumerate(cells) if place > max(places.values(), default=0))


def _unnamed(page: Page, words: Words) -> Layout | None:
    """A table of the nation alone, whose first column has no heading: the row above *Riket* holds the headings."""
    for index, (_, cells) in enumerate(page.rows[1:SEARCHED_ROWS], 1):
        name = next((place for place, text in enumerate(cells) if fold(text) in words.nation_names), None)
        if name is not None and any(_is_value(text, words) for text in cells[name + 1 :] if text.strip()):
            return _layout(page, index - 1, {"name": name}, words)
    return None


def _places(cells: Sequence[str], words: Words) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, text in enumerate(cells):
        kind = words.places.get(fold(text)) if text.strip() else None
        if kind is not None:
            places.setdefault(kind, place)
    return places


def _rows_below(page: Page, own: int, places: Mapping[str, int], words: Words) -> list[int]:
    """The heading rows below the one that names whom a row is of: they say nothing there, and hold no values."""
    found = []
    for index in range(own + 1, len(page.rows)):
        cells = page.rows[index][1]
        filled = [text for text in cells if text.strip()]
        if any(cell(cells, place) for place in places.values()) or any(_is_value(text, words) for text in filled):
            break
        if filled:
            found.append(index)
    return found if own + 1 < len(page.rows) and _has_data_after(page, found, own, places) else []


def _has_data_after(page: Page, found: Sequence[int], own: int, places: Mapping[str, int]) -> bool:
    after = (found[-1] if found else own) + 1
    return any(cell(cells, place) for _, cells in page.rows[after:] for place in places.values())


def _rows_above(page: Page, own: int, places: Mapping[str, int], indicators: Collection[int]) -> list[int]:
    """The heading rows above it, from the top: they stand over indicators and nothing else."""
    found: list[int] = []
    for index in range(own - 1, -1, -1):
        filled = {place for place, text in enumerate(page.rows[index][1]) if text.strip()}
        if not filled or not filled <= set(indicators) or filled & set(places.values()):
            break
        found.insert(0, index)
    return found


def _spread(page: Page, row: int, indicators: Collection[int], *, is_group: bool) -> dict[int, str]:
    """A heading row by column: what its merged cells hold in each of theirs; without merges, until the next filled."""
    number, cells = page.rows[row]
    texts = {place: text for place, text in enumerate(cells) if text.strip() and place in indicators}
    across = [one for one in page.merges if one.top <= number <= one.bottom and one.right > one.left]
    for merge in across:
        for place in range(merge.left, merge.right + 1):
            if merge.left in texts and place in indicators:
                texts[place] = texts[merge.left]
    if is_group and not across:
        held = ""
        for place in sorted(indicators):
            held = texts.setdefault(place, held) or held
    return texts


def _is_value(text: str, words: Words) -> bool:
    """Whether a cell holds what a table of values holds; a year may be a heading."""
    if not text.strip() or year_of(text) is not None:
        return False
    return not table_cells.read(text, words, {}).is_unread
