"""The same extracts, settings and day give the same bytes, whatever else differs between two computers and two runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pipeline import demo
from tests.whole.test_runs import ROOT, fingerprints

DAY = "2026-11-22"
_PLACES = ("raw", "processed", "reports")
# What libraries that count in several threads look at; the engine itself looks at the cores that it is given.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_IO_THREADS")


def deliver(home: Path, made: Path, *, backward: bool) -> None:
    """The same files, put there in one order or the other: folders list them by it on many systems."""
    (home / "raw").mkdir(parents=True)
    for file in sorted(made.iterdir(), reverse=backward):
        shutil.copy2(file, home / "raw" / file.name)
    shutil.copy(ROOT / "config.toml", home / "config.toml")


def run(home: Path, folder: Path, threads: int, **environment: str) -> dict[str, str]:
    """Make the report with so many threads, from a working folder; every file that was written, by its hash."""
    places = [f"--{name}={home / name}" for name in _PLACES]
    program = "import os, sys; os.sched_setaffinity(0, list(os.sched_getaffinity(0))[:int(sys.argv.pop(1))]);"
    program += " from pipeline.cli import main; main()"
    done = subprocess.run(
        [
            sys.executable, "-c", program, str(threads), "report", *places, f"--config={home / 'config.toml'}",
            f"--today={DAY}",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **dict.fromkeys(_THREADS, str(threads)), **environment},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return fingerprints(home / "reports")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not let a program choose its cores so")
def test_another_computer_and_another_run_give_the_same_bytes(tmp_path: Path) -> None:
    made = tmp_path / "made"
    demo.write(made, demo.Size.SMALL, demo.DEFAULT_SEED, date.fromisoformat(DAY))
    one, other = tmp_path / "one", tmp_path / "en annan mapp å"
    deliver(one, made, backward=False)
    deliver(other, made, backward=True)
    first = run(one, tmp_path, 1, LC_ALL="C", LANG="C", TZ="UTC", PYTHONHASHSEED="1")
    assert {"committee/rapport.html", "committee/rapport.xlsx", "committee/resultat.csv", "manifest.json"} <= {
        name.partition("/")[2] for name in first
    }
    far = {"LC_ALL": "C.UTF-8", "LANG": "sv_SE.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4711"}
    assert run(other, other, os.cpu_count() or 1, **far) == first
    # Once more in the same place: what the last run remembers makes it quicker, and nothing else.
    assert run(other, tmp_path, 1, LC_ALL="C", TZ="America/St_Johns", PYTHONHASHSEED="0") == first
