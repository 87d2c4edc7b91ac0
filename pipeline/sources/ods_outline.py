"""What is known of an OpenDocument spreadsheet's sheets before their cells are read: names, what is hidden, merged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO

from pipeline.sources.bounds import Room, demand_few
from pipeline.sources.faults import shown
from pipeline.sources.markup import Attributes, Damaged, feed
from pipeline.sources.sheet import Merge

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, TEXT, STYLE = (f"{_ODF}{name}:1.0 " for name in ("table", "office", "text", "style"))
_MOST_SHEETS = 10_000
_MOST_RANGES = 100_000
_HIDDEN = ("collapse", "filter")


@dataclass
class Outline:
    """A sheet without its cells."""

    name: str
    is_hidden: bool
    hidden_rows: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    is_1904: bool = False


def times(given: Attributes, what: str) -> int:
    """How many times a row or cell stands there; once unless said. Raises Damaged for none."""
    repeated = int(given.get(f"{TABLE}number-{what}-repeated", "1"))
    if repeated < 1:
        raise Damaged
    return repeated


class Outlines:
    """What is called while the outlines are read."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._outlines: list[Outline] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._is_1904 = False
        self._row = self._place = 0
        self._next_row = 1
        # Rows hidden since the last that holds anything: those at the end of a sheet are none of its rows.
        self._waiting: list[range] = []

    def read(self, content: IO[bytes]) -> list[Outline]:
        """The sheets in their order."""
        starts = {
            "style": self._start_style,
            "table-properties": self._table_properties,
            "null-date": self._null_date,
            "table": self._start_table,
            "table-row": self._start_row,
            "table-cell": self._cell,
            "covered-table-cell": self._cell,
        }
        for _ in feed(content, starts):
            if self._outlines:
                demand_few(self._outlines[-1].merges, shown(self._outlines[-1].name))
        return self._outlines

    def _start_style(self, given: Attributes) -> None:
        self._style = given.get(f"{STYLE}name", "")

    def _table_properties(self, given: Attributes) -> None:
        if given.get(f"{TABLE}display") == "false":
            self._hidden_styles.add(self._style)

    def _null_date(self, given: Attributes) -> None:
        self._is_1904 = given.get(f"{TABLE}date-value", "").startswith("1904-")

    def _start_table(self, given: Attributes) -> None:
        if len(self._outlines) >= _MOST_SHEETS:
            raise Damaged
        is_hidden = given.get(f"{TABLE}style-name") in self._hidden_styles
        self._outlines.append(Outline(given.get(f"{TABLE}name", ""), is_hidden, is_1904=self._is_1904))
        self._next_row = 1
        self._waiting.clear()

    def _start_row(self, given: Attributes) -> None:
        self._row, self._place = self._next_row, 0
        self._next_row += times(given, "rows")
        if given.get(f"{TABLE}visibility") in _HIDDEN:
            self._waiting.append(range(self._row, self._next_row))
            if len(self._waiting) > _MOST_RANGES:
                raise Damaged

    def _cell(self, given: Attributes) -> None:
        if not self._outlines:
            raise Damaged
        if f"{OFFICE}value-type" in given or f"{TABLE}formula" in given:
            self._settle()
        down = int(given.get(f"{TABLE}number-rows-spanned", "1"))
        across = int(given.get(f"{TABLE}number-columns-spanned", "1"))
        if down > 1 or across > 1:
            merge = Merge(self._row, self._row + down - 1, self._place, self._place + across - 1)
            self._outlines[-1].merges.append(merge)
        self._place += times(given, "columns")

    def _settle(self) -> None:
        """The row holds something: what was hidden until here are rows of the sheet."""
        outline = self._outlines[-1]
        for hidden in self._waiting:
            self._room.hide(len(hidden), shown(outline.name))
            outline.hidden_rows.update(hidden)
        self._waiting.clear()
