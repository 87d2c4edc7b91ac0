"""A small municipality: the whole command against the bare import of the libraries that it loads, stage by stage."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

from bench.measuring import in_turn, ratio
from bench.measuring import run as run_command
from bench.parts import told
from bench.place import Place, python
from bench.results import Part, Ratio
from bench.rows import Form

_ROWS = 5_000
GOAL = 2.0
_AGAIN = "report, protection remembered"


def measure(place: Place) -> Part:
    """First which libraries a report loads and where its time goes, then the command and the bare import in turn."""
    raw, rows = place.extracts("small", place.rows(_ROWS), Form.CSV)
    folder = raw.parent
    report = place.report(raw)
    staged, named = folder / "stages.json", folder / "modules.json"
    for modules in ("-", str(named)):  # first for the names, then with them imported beforehand
        arguments = [str(staged), modules, *report.arguments[3:]]
        command = replace(python("stages", "bench.commands.staged", *arguments), before=report.before)
        run_command(command, folder / "stages.log", 3600)
        found = json.loads(staged.read_text(encoding="utf-8"))
        named.write_text(json.dumps(found["modules"]), encoding="utf-8")
    bare = python("bare import", "bench.commands.imports", named)
    again = place.report(raw, fresh=False, name=_AGAIN)
    runs = in_turn((bare, report, again), place.repeat, folder)
    shutil.rmtree(folder)
    whole = sum(found["stages"].values())
    return Part(
        title=f"{rows:,} rows, the whole command from start to finish",
        ratios=[
            Ratio("whole report / bare import of its libraries", ratio(runs["report"], runs[bare.name]), GOAL),
            Ratio(f"{_AGAIN} / bare import", ratio(runs[_AGAIN], runs[bare.name])),
        ],
        tables=[
            (told.COLUMNS, told.rows(runs)),
            (
                ("where the time goes", "seconds", "share"),
                [(name, f"{taken:.2f}", f"{taken / whole:.0%}") for name, taken in found["stages"].items()],
            ),
        ],
        notes=[f"{len(found['modules']):,} modules of other libraries are loaded by a report."],
    )
