"""The same extracts, settings and day give the same bytes, whatever else differs between two computers and two runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.whole.test_runs import ROOT, fingerprints

_PLACES = ("raw", "processed", "reports")
# What libraries that count in several threads look at; the engine itself looks at the cores that it is given.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_IO_THREADS")


def run(home: Path, folder: Path, threads: int, **environment: str) -> dict[str, str]:
    """Make the report with so many threads, from a working folder; every file that was written, by its hash."""
    places = [f"--{name}={home / name}" for name in _PLACES]
    program = "import os, sys; os.sched_setaffinity(0, list(os.sched_getaffinity(0))[:int(sys.argv.pop(1))]);"
    program += " from pipeline.cli import main; main()"
    done = subprocess.run(
        [
            sys.executable, "-c", program, str(threads), "report", *places, f"--config={home / 'config.toml'}",
            f"--today={TODAY}",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **dict.fromkeys(_THREADS, str(threads)), **environment},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return fingerprints(home / "reports")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not let a program choose its cores so")
def test_another_computer_and_another_run_give_the_same_bytes(taken_for_real: Path, tmp_path: Path) -> None:
    first = fingerprints(taken_for_real / "reports")
    assert {"committee/rapport.html", "committee/rapport.xlsx", "committee/resultat.csv", "manifest.json"} <= {
        name.partition("/")[2] for name in first
    }
    home = tmp_path / "en annan mapp å"
    (home / "raw").mkdir(parents=True)
    # The same files put there in the other order: folders list them by it on many systems.
    for file in sorted((taken_for_real / "raw").iterdir(), reverse=True):
        shutil.copy2(file, home / "raw")
    shutil.copy(ROOT / "config.toml", home)
    far = {"LC_ALL": "C.UTF-8", "LANG": "sv_SE.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4711"}
    assert run(home, home, 1, **far) == first
    # Once more in the same place: what the last run remembers makes it quicker, and nothing else.
    again = {"LC_ALL": "C", "TZ": "America/St_Johns", "PYTHONHASHSEED": "0"}
    assert run(home, tmp_path, os.cpu_count() or 1, **again) == first
