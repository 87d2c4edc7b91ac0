"""What stands in a workbook's cells and how it looks, and how much room it takes: values without any workbook yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.language import outside
from pipeline.publish.theme import theme

FONT = "Arial"
SHARE, SHARE_EXACT, COUNT, DAYS, EXACT = "0 %", "0.00 %", "#,##0", "#,##0.0", "#,##0.00"
SHARE_NEAR, ANY = "0.0 %", "#,##0.0#"  # with a decimal; with one or two, as many as there are
POINTS, SIGNED_COUNT, SIGNED_DAYS = "+0.0;−0.0;0.0", "+#,##0;−#,##0;0", "+#,##0.0;−#,##0.0;0.0"
DAY = "yyyy-mm-dd"


def number_format(swedish: str) -> str:
    """How numbers are shown in the language spoken: Swedish has a blank before the sign of per cent."""
    return swedish.replace(" %", "%") if outside() else swedish


def color(*path: str) -> str:
    """A colour of the theme, as the file format writes it: `color("light", "ink")` is `16191D`."""
    found: Any = theme()
    for name in path:
        found = found[name]
    return str(found).lstrip("#").upper()


INK, MUTED, ACCENT = (color("light", name) for name in ("ink", "muted", "accent"))
ALARM = color("status", "light", "not-met")
RULE, WASH = color("light", "hairline"), color("light", "wash")


_ORDINARY_SIZE = 10
_LINE_HEIGHT = 1.28  # of the letters' size
_ROW_PADDING = 2  # points
_PLAIN_FIT, _BOLD_FIT = 1.1, 1.0  # letters to a unit of column width, on the safe side
_LONGEST_LINE = 200

Value = str | int | float | date | None


@dataclass(frozen=True)
class Entry:
    """A cell's value and how it looks; `link` is a place in the workbook, as made by `Sheet.place`."""

    value: Value
    number_format: str = ""
    color: str = INK
    bold: bool = False
    size: int = 10
    right: bool = False
    wrap: bool = True
    link: str = ""
    ruled: bool = False  # with a hairline under it, as in tables
    header: bool = False
    indent: int = 0


@dataclass(frozen=True)
class Column:
    """A table's column: its heading with unit, and whether it holds numbers."""

    heading: str
    right: bool = False

    def dress(self, value: Entry | Value, first: bool, header: bool = False) -> Entry:
        """A cell of this column; a text beside a number gets air between them."""
        entry = value if isinstance(value, Entry) else Entry(value)
        indent = 0 if first or self.right else 1
        return Entry(
            value=entry.value,
            number_format=entry.number_format,
            color=entry.color,
            bold=entry.bold or header,
            size=entry.size,
            right=self.right,
            wrap=entry.wrap,
            link=entry.link,
            ruled=True,
            header=header,
            indent=indent,
        )


def numbers(heading: str) -> Column:
    """A column of numbers."""
    return Column(heading, right=True)


def row_height(entries: Sequence[Entry], widths: Sequence[float]) -> float | None:
    """Points, or None for the ordinary height. Not every program measures wrapped text when it opens a file."""
    cells = zip(entries, widths, strict=False)
    highest = max((_lines_needed(entry, width) * entry.size for entry, width in cells), default=0)
    return highest * _LINE_HEIGHT + _ROW_PADDING if highest > _ORDINARY_SIZE else None


def broken_lines(text: str, widths: Sequence[float]) -> list[str]:
    """Running text as lines no longer than a sheet's columns are wide together."""
    return _broken(text, min(int(sum(widths) * _PLAIN_FIT), _LONGEST_LINE))


def _lines_needed(entry: Entry, width: float) -> int:
    if not isinstance(entry.value, str) or not entry.wrap:
        return 1
    fit = _BOLD_FIT if entry.bold else _PLAIN_FIT
    letters = max(1, int(width * fit * _ORDINARY_SIZE / entry.size) - 2 * entry.indent)
    return sum(1 if len(part) <= letters else len(_broken(part, letters)) for part in entry.value.split("\n"))


def _broken(text: str, width: int) -> list[str]:
    # Not textwrap's own idea of a blank: a non-breaking space must hold "74 %" together.
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]
