"""The process that runs are forked from, as seen from outside, and the library between them and the system."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from pipeline.places import ROOT
from tests.faults.kinds import Kind

_SOURCE = Path(__file__).with_name("preload.c")


def can_be_built() -> bool:
    """Whether there is what it takes: Linux and a C compiler."""
    return sys.platform == "linux" and shutil.which("cc") is not None


def built(folder: Path) -> Path:
    """The library, compiled into a folder."""
    library = folder / "preload.so"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", library, _SOURCE, "-ldl"], check=True)
    return library


class Server:
    """Runs the command line in a process of its own, with a fault at a call where that is asked for."""

    def __init__(self, folder: Path, library: Path) -> None:
        self._said = folder / "said.txt"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.server"],
            cwd=ROOT,
            env={**os.environ, "LD_PRELOAD": str(library), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self.counted: dict[Kind, int] = {}

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def run(self, arguments: list[str], folder: Path, kind: int, at: int, error: int) -> tuple[int, str]:
        """The code that a run ended with, and what it said; `counted` tells its calls if it came to an end."""
        asked = {"arguments": arguments, "folder": str(folder), "kind": kind, "at": at, "error": error}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({**asked, "said": str(self._said)}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        self.counted = {Kind[name]: count for name, count in answer["counted"].items()}
        return answer["code"], self._said.read_text(encoding="utf-8")
