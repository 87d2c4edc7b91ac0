"""What holds for every test, and the demo's reports, made once for all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2026-11-22"

# A shared build server is slow at times; what fails there must fail in the same way when it is run again.
settings.register_profile("here", deadline=None)
settings.register_profile("server", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("server" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def swedish_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run on the invented municipality, with its `reports` and `data`; nothing is written in it."""
    return _made_once(tmp_path_factory, "sv")


@pytest.fixture(scope="session")
def english_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of a run that asks for English."""
    return _made_once(tmp_path_factory, "en")


def _made_once(tmp_path_factory: pytest.TempPathFactory, language: str) -> Path:
    """Several test processes share one run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / f"demo-{language}"
    with FileLock(f"{folder}.lock"):
        if not (folder / "done").exists():
            _run(folder, language)
            (folder / "done").touch()
    return folder


def _run(folder: Path, language: str) -> None:
    """A report in a folder of its own: without extracts there, it is the demo's."""
    (folder / "data" / "raw").mkdir(parents=True)
    config = folder / "config.toml"
    asked = (ROOT / "config.toml").read_text(encoding="utf-8").replace('language = "sv"', f'language = "{language}"')
    config.write_text(asked, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "report", f"--config={config}", f"--today={TODAY}"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
