"""Workbooks: reading with validation, and the whole report, against calamine reading the same workbooks."""

from __future__ import annotations

import shutil

from bench.measuring import in_turn, ratio
from bench.parts import told
from bench.place import Place, python
from bench.results import Part, Ratio
from bench.rows import Form

_ROWS = 300_000
GOAL = 1.5


def measure(place: Place) -> Part:
    """Report, check and the floor, in turn."""
    raw, rows = place.extracts("excel", place.rows(_ROWS), Form.EXCEL)
    floor = python("calamine alone", "bench.commands.bare_calamine", raw)
    runs = in_turn((floor, place.check(raw), place.report(raw)), place.repeat, raw.parent)
    shutil.rmtree(raw.parent)
    bare = runs[floor.name]
    return Part(
        title=f"{rows:,} rows of Excel against calamine that only reads the cells",
        ratios=[
            Ratio("whole report / calamine alone", ratio(runs["report"], bare), GOAL),
            Ratio("check (reading and validation) / calamine alone", ratio(runs["check"], bare)),
        ],
        tables=[(told.COLUMNS, told.rows(runs))],
    )
