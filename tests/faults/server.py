"""A process that has the program loaded and forks a run of it for each line that it is told: `python -m …server`.

Only some metrics are measured, so that a run is quick; what is written, and in which order, is as with all of them.

A line is JSON: `arguments` of the command line, `folder` below which calls are counted, `kind` (-1: any), `at` (0: only
count), `error` (0: end the process), and `said`, the file that gets what the run says. The answer is a line with the
run's `code` (negative: the signal that ended it) and the calls that were `counted` by kind.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import sys
import traceback
from typing import Any, NoReturn

from pipeline.metrics import catalogue
from pipeline.publish import charts
from tests.faults.kinds import Kind

_LOADED = ("pipeline.cli", "pipeline.run", "pipeline.closing", "filelock", "openpyxl", "plotly")
_MEASURED = ("investigation_within_120_days", "investigation_open_over_120_days", "investigations_opened")


def main() -> None:
    """Serve until the input ends."""
    for name in _LOADED:
        importlib.import_module(name)
    charts.packed_library()  # each run would pack it anew
    every = catalogue.read()
    catalogue.read = lambda: {name: every[name] for name in _MEASURED}
    for line in sys.stdin:
        told = json.loads(line)
        counted, counting = os.pipe()
        process = os.fork()
        if not process:
            os.close(counted)
            _run(told, counting)
        os.close(counting)
        with os.fdopen(counted) as stream:
            counts = stream.read()
        _, status = os.waitpid(process, 0)
        answer = {"code": os.waitstatus_to_exitcode(status), "counted": json.loads(counts or "{}")}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _run(told: dict[str, Any], counting: int) -> NoReturn:
    said = os.open(told["said"], os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    for stream in (1, 2):
        os.dup2(said, stream)
    library, code = ctypes.CDLL(None), 1
    library.faults_count.restype = ctypes.c_long
    try:
        from pipeline.cli import main as command

        sys.argv = ["tertial", *told["arguments"]]
        library.faults_arm(os.fsencode(told["folder"]), told["kind"], ctypes.c_long(told["at"]), told["error"])
        command()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except BaseException:  # noqa: BLE001  (as the interpreter does)
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os.write(counting, json.dumps({kind.name: library.faults_count(kind.value) for kind in Kind}).encode())
    os._exit(code)


if __name__ == "__main__":
    main()
