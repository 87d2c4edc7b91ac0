"""One delivery: open files, and the way of every batch into them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipeline.demo import extracts
from pipeline.demo.faults import spoil
from pipeline.demo.files import WORKBOOK, ExcelWriter, TextWriter, Writer
from pipeline.demo.parts import Keeping, Part, parts
from pipeline.demo.rendering import render
from pipeline.demo.sizes import SCALES, Size
from pipeline.demo.society import Society
from pipeline.demo.times import Calendar
from pipeline.demo.untidy import untidy
from pipeline.schemas import EXTRACTS
from pipeline.sources.profiles import load

KINDS_APART = 5  # how far on in the kinds of faults each file begins, so that short files have different ones


class Delivery:
    """Open files that batches are added to. `planted` counts the rows with each kind of fault, by extract."""

    def __init__(self, out: Path, size: Size, calendar: Calendar) -> None:
        self._calendar = calendar
        self._scale = SCALES[size]
        self._writers = [(part, _writer(out, part, calendar)) for part in parts(size)]
        self.planted: dict[str, Counter[str]] = {name: Counter() for name in EXTRACTS}

    def add(self, seed: int, batch: int) -> None:
        """Invent a batch and write its rows."""
        society = Society.invent(self._calendar, self._scale, seed, batch)
        tables = extracts.of(society)
        for number, (part, writer) in enumerate(self._writers):
            dice = society if part.is_of_cases else society.apart(f"the file {part.stem}")
            written = render(dice, part.extract, part.select(self._calendar, tables[part.extract_name]))
            if part.keeping is not Keeping.TIDY:
                written = untidy(dice.chance, written)
            if part.keeping is Keeping.FAULTY:
                written, planted = spoil(dice.chance, part.extract, written, KINDS_APART * number)
                self.planted[part.extract_name].update(planted)
            writer.add(written)

    def close(self) -> list[Path]:
        """Finish the files and name them."""
        for _, writer in self._writers:
            writer.close()
        return sorted(writer.path for _, writer in self._writers)


def _writer(out: Path, part: Part, calendar: Calendar) -> Writer:
    extract, path = part.extract, out / part.name(calendar)
    wording = load().wording(extract.name, extract.names, extract.required)
    headings = {name: wording.heading(name) for name in part.columns}
    if part.form is not WORKBOOK:
        return TextWriter(path, headings, part.form)
    kinds = {column.name: column.kind for column in extract.columns}
    titles = (
        part.stem.capitalize(),
        f"Urval: alla enheter, {calendar.starts} – {calendar.tertial.ends}",
        f"Uttag {part.delivered(calendar)}",
    )
    return ExcelWriter(path, headings, kinds, titles)
