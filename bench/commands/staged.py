"""A whole run of the program that notes how long its stages take, with every library imported beforehand.

Arguments: the file to write the stages to, the modules to import first (a file of names, or `-`), and those of the
program. Written as JSON: seconds by stage, and the modules that were loaded in the end.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_STAGES = (
    ("reading and validation", "pipeline.starting", "read"),
    ("metrics", "pipeline.metrics", "measure"),
    ("judging", "pipeline.judging", "judge"),
    ("figures kept in the database", "pipeline.metrics", "store"),
    ("protection", "pipeline.disclosure", "protect"),
    ("page of the committee", "pipeline.publish.committee_html", "write"),
    ("workbook of the committee", "pipeline.publish.committee_workbook", "write"),
    ("last check of what is public", "pipeline.lastcheck", "committee"),
    ("quality report", "pipeline.starting", "write_quality"),
    ("units' workbooks", "pipeline.publish.watch_workbook", "write"),
    ("units' pages", "pipeline.publish.unit_page", "write"),
    ("page of all reports", "pipeline.overview", "write"),
)


def main(out: Path, modules: str, arguments: list[str]) -> None:
    """Import, run, write."""
    began = time.perf_counter()
    for name in json.loads(Path(modules).read_text(encoding="utf-8")) if modules != "-" else ():
        importlib.import_module(name)
    stages = {"imports": time.perf_counter() - began}
    for stage, module, function in _STAGES:
        _timed(stages, stage, module, function)
    before = time.perf_counter()
    code = _run(arguments)
    whole = time.perf_counter() - before
    stages["everything else"] = whole - sum(seconds for stage, seconds in stages.items() if stage != "imports")
    out.write_text(json.dumps({"stages": stages, "modules": _libraries()}), encoding="utf-8")
    sys.exit(code)


def _timed(stages: dict[str, float], stage: str, module: str, function: str) -> None:
    home = importlib.import_module(module)
    called: Callable[..., Any] = getattr(home, function)
    stages[stage] = 0.0

    def timed(*arguments: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return called(*arguments, **named)
        finally:
            stages[stage] += time.perf_counter() - began

    setattr(home, function, timed)


def _run(arguments: list[str]) -> int:
    from pipeline.cli import main as program

    sys.argv = ["pipeline", *arguments]
    try:
        program()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def _libraries() -> list[str]:
    """Every module that is not the program's own and has a file: what a bare import has to load."""
    return [
        name
        for name, module in list(sys.modules.items())
        if not name.startswith(("pipeline", "bench", "__"))
        and "site-packages" in (getattr(module, "__file__", "") or "")
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
