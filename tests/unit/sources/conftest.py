"""A small extract to read: three required headings and one optional."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.config import Reading
from pipeline.sources import SourceFile, read
from pipeline.sources.wording import Wording

WORDING = Wording(
    "standard",
    {"id": ("Ärende-ID", "Nummer"), "unit": ("Enhet",), "opened": ("Inledd",), "note": ("Anteckning",)},
    required=("id", "unit", "opened"),
)


def described(path):
    stat = path.stat()
    return SourceFile(path, "x", "x*", date(2026, 1, 1), "", stat.st_size, stat.st_mtime_ns)


@pytest.fixture
def read_file():
    """Reads a file whole: sheet → rows as (number, id, unit, opened, note), and the tables themselves."""

    def reading(path, limits=Reading()):  # noqa: B008  # it cannot be changed
        found = read(described(path), [WORDING], limits)
        rows, tables = {}, {}
        for table in found.tables:
            tables[table.sheet.name] = table
            rows[table.sheet.name] = [
                (number, *(batch.columns[name][place] if name in batch.columns else None
                           for name in ("id", "unit", "opened", "note")))
                for batch in table.batches
                for place, number in enumerate(batch.numbers)
            ]  # fmt: skip
        return rows, tables, found.encoding

    return reading
