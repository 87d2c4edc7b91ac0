"""Diagramunderlag: one row a line in the workbook's charts, since a chart draws the text `··` as zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.language import later, say
from pipeline.publish.workbook import Sheet
from pipeline.publish.workbook_cells import Column, Entry, numbers

NAME = later("Diagramunderlag")
_FIRST_VALUE = 4  # column, after diagram, line and unit


@dataclass(frozen=True)
class Place:
    """Where a line's name and values stand, as chart series name them."""

    name: str
    values: str


class ChartSheet:
    """Collects the lines of all charts while the other sheets are written; `finish` writes them."""

    def __init__(self, sheet: Sheet, months: Sequence[str]) -> None:
        self.months = months
        self._sheet = sheet
        self._rows: list[list[Entry]] = []
        sheet.title(NAME)
        sheet.lines(
            say("Siffrorna bakom diagrammen, en rad för varje linje. Samma siffror står i tabellerna på bladen.")
        )
        sheet.lines(
            say("En tom ruta ger ingen punkt i diagrammet: siffran är skyddad, saknas eller har inget att mäta.")
        )
        sheet.blank()
        self._header_row = sheet.row

    @property
    def months_place(self) -> str:
        """The cells with the months."""
        return self._span(self._header_row)

    def add(self, chart: str, line: str, unit: str, values: Sequence[float | None], number_format: str) -> Place:
        """Note a line, with a value or None for each month; tells where it will stand."""
        row = self._header_row + 1 + len(self._rows)
        numbers = [Entry(value, number_format) for value in values]
        self._rows.append([Entry(chart), Entry(line), Entry(unit), *numbers])
        return Place(self._sheet.cell(2, row), self._span(row))

    def finish(self) -> None:
        """Write the table; a workbook without charts says so."""
        if not self._rows:
            self._sheet.lines(say("Inga diagram kunde ritas."))
            return
        columns = [
            Column(say("Mått")),
            Column(say("Linje")),
            Column(say("Mätenhet")),
            *(numbers(month) for month in self.months),
        ]
        self._sheet.table("diagramunderlag", columns, self._rows)

    def _span(self, row: int) -> str:
        first, last = (self._sheet.cell(column, row) for column in (_FIRST_VALUE, _FIRST_VALUE + len(self.months) - 1))
        return f"{first}:{last.rpartition('!')[2]}"
