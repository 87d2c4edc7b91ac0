"""Text files: the whole report, and reading with validation, against the engine reading the same files."""

from __future__ import annotations

import shutil
from dataclasses import replace

from bench.measuring import in_turn, ratio
from bench.parts import told
from bench.place import Place, python
from bench.results import Part, Ratio
from bench.rows import Form

_ROWS = 5_000_000
GOAL = 2.0


def measure(place: Place) -> Part:
    """Report, check and the floor, in turn."""
    raw, rows = place.extracts("floor", place.rows(_ROWS), Form.CSV)
    database = raw.parent / "floor.duckdb"
    alone = python("engine alone", "bench.commands.typed_by_engine", raw, database)
    floor = replace(alone, before=lambda: database.unlink(missing_ok=True))
    runs = in_turn((floor, place.check(raw), place.report(raw)), place.repeat, raw.parent)
    steps = told.steps(raw.parent / "report-0.log")
    size = sum(file.stat().st_size for file in raw.iterdir()) / 1e6
    shutil.rmtree(raw.parent)
    bare = runs[floor.name]
    return Part(
        title=f"{rows:,} rows of CSV ({size:,.0f} MB) against the engine that only reads them into typed tables",
        ratios=[
            Ratio("whole report / engine alone", ratio(runs["report"], bare), GOAL),
            Ratio("check (reading and validation) / engine alone", ratio(runs["check"], bare)),
        ],
        tables=[
            (told.COLUMNS, told.rows(runs)),
            (("step of the report", "seconds"), [(step, f"{taken:.1f}") for step, taken in steps.items()]),
        ],
    )
