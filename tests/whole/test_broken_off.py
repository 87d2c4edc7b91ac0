"""Runs that are broken off, or must not begin: what the analyst is told, and what is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.whole.test_runs import ROOT, TODAY, report, settle, tertial


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent otherwise there")
def test_ctrl_c_is_answered_in_a_sentence_and_nothing_is_left_half(tmp_path: Path) -> None:
    folder = settle(tmp_path)
    places = [f"--{name}={folder / name}" for name in ("raw", "processed", "reports")]
    run = subprocess.Popen(
        [
            sys.executable, "-m", "pipeline", "report", *places, f"--config={folder / 'config.toml'}",
            f"--today={TODAY}",
        ],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert run.stderr is not None
    assert "klart" in run.stderr.readline()
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=120)
    assert run.returncode == 130, said
    assert "Avbrutet. Det som är publicerat är helt" in said
    assert "Traceback" not in said
    assert not (folder / "reports" / "2025T2").exists()
    assert {path.name for path in (folder / "processed").iterdir()} <= {".lock", "history"}


def test_a_clock_that_has_gone_back_is_told_of(tmp_path: Path) -> None:
    folder = settle(tmp_path)
    assert report(folder, "--today=2090-01-01", "--period=2025T2").returncode == 0
    places = [f"--{name}={folder / name}" for name in ("raw", "processed", "reports")]
    run = tertial("report", *places, f"--config={folder / 'config.toml'}")
    assert run.returncode == 2
    assert "men en rapport publicerades 2090-01-01" in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1
