"""Limits on what a workbook may hold, so that no file takes all memory or all day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.config import Reading as Limits
from pipeline.sources.faults import Unreadable
from pipeline.sources.sheet import Merge, Row

_MOST_MERGES = 200_000
_MOST_MERGED_ROWS = 2_000_000
_MOST_HIDDEN_ROWS = 2_000_000


class Room:
    """What a workbook's sheets may hold together; rows are counted off as they come."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._left = limits.workbook_cells
        self._hidden = 0

    def complete(self, rows: Iterator[Row], sheet: str) -> Iterator[Row]:
        """The rows with the blank ones between them. Raises Unreadable when the workbook holds too much."""
        last = 0
        for number, texts in rows:
            self._left -= number - last - 1 + len(texts)
            if self._left < 0:
                raise Unreadable(
                    f"är för stor, den har över {self.limits.workbook_cells} celler; ta bort det som står långt utanför"
                    " tabellen, dela upp utdraget eller spara det som .csv (eller höj workbook_cells under [reading] i"
                    " config.toml)"
                )
            for blank in range(last + 1, number):
                yield blank, []
            if len(texts) > self.limits.columns:
                raise too_wide(self.limits, sheet, number)
            yield number, texts
            last = number

    def hide(self, rows: int, sheet: str) -> None:
        """Count off hidden rows of a sheet. Raises Unreadable when more are hidden than any hand did."""
        self._hidden += rows
        if self._hidden > _MOST_HIDDEN_ROWS:
            raise Unreadable("för många dolda rader; ta fram raderna och spara filen", sheet=sheet)


def demand_few(merges: Sequence[Merge], sheet: str) -> None:
    """Raise Unreadable when more cells are merged than any hand did."""
    if len(merges) > _MOST_MERGES or sum(merge.bottom - merge.top for merge in merges) > _MOST_MERGED_ROWS:
        raise Unreadable("för många sammanfogade celler; ta bort sammanfogningarna och spara filen", sheet=sheet)


def too_wide(limits: Limits, sheet: str, row: int) -> Unreadable:
    """The fault of a row that reaches further to the right than a table does."""
    return Unreadable(
        f"raden har celler bortom kolumn {limits.columns}; ta bort det som står utanför tabellen, eller höj columns"
        " under [reading] i config.toml",
        sheet=sheet,
        row=row,
    )


def too_long(limits: Limits, sheet: str, row: int) -> Unreadable:
    """The fault of a cell that holds more than a cell can."""
    return Unreadable(
        f"en cell har fler än {limits.cell_characters} tecken; korta den, eller höj cell_characters under [reading] i"
        " config.toml",
        sheet=sheet,
        row=row,
    )
