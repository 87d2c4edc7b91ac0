"""What may be shown of a file's cells, and what hides who somebody is. In doubt it is hidden."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.inspection.cells import Cells
from pipeline.inspection.days import day_shape
from pipeline.privacy import MASK, mask
from pipeline.schemas.extract import Column, Kind

LONGEST_SHOWN = 60
# Categories whose texts name organisations and services, never persons. A provider may be a family home: not shown.
_OPEN_CATEGORIES = frozenset(("unit", "area", "programme", "service", "law", "source_system"))
_MANY_DIGITS = re.compile(r"(?:\d[\s\-+.]?){6,}")
_NAME = re.compile(r"[^\W\d_a-zåäöæøéü][^\W\d_]+(?:[\s,\-]+[^\W\d_a-zåäöæøéü][^\W\d_]+)+")
_ADDRESS = re.compile(r"@|\d{2,4}[- ]\d{5,}")


def tells_identity(text: str) -> bool:
    """Whether a text is shaped as a personnummer, another long number, a person's name or an address."""
    is_number = mask(text) != text or _MANY_DIGITS.search(text) is not None
    return is_number or _ADDRESS.search(text) is not None or _NAME.fullmatch(text) is not None


def heading(text: str) -> str:
    """A heading as it may be shown: what holds a number shaped as an identity is no heading."""
    tidied = " ".join(text.split())
    is_hidden = mask(tidied) != tidied or _MANY_DIGITS.search(tidied) or _ADDRESS.search(tidied)
    return MASK if is_hidden else shortened(tidied)


def shortened(text: str) -> str:
    """A text of a length that fits a line."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def shower(column: Column | None, cells: Cells, understands: Callable[[str], bool]) -> Callable[[str], str]:
    """The function that a column's cells pass through before they are shown.

    `column` is the one that the heading is taken for, None where it is for none: then nothing is shown.
    `understands` tells whether a text is one of the column's codes.
    """
    may_show = _rule(column, cells, understands)

    def show(text: str) -> str:
        tidied = " ".join(text.split())
        return tidied if not tidied else shortened(tidied) if may_show(tidied) else MASK

    return show


def _rule(column: Column | None, cells: Cells, understands: Callable[[str], bool]) -> Callable[[str], bool]:
    if column is None or column.name == "birth_year":
        return lambda _: False
    match column.kind:
        case Kind.DATE:
            return lambda text: day_shape(text) is not None
        case Kind.CODE | Kind.YES_NO:
            return lambda text: understands(text) and not tells_identity(text)
        case Kind.COUNT | Kind.NUMBER:
            return lambda text: len(text) <= 4 and text.isdigit()
        case _:
            is_open = column.name in _OPEN_CATEGORIES and cells.has_few
            return lambda text: is_open and cells.texts[text] > 1 and not tells_identity(text)
