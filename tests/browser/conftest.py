"""What the tests of whole pages share: the browser, and the demo's report, built once for all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright

from tests.programs import require_program

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
TODAY = "2026-11-22"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, for all pages of the run."""
    program = require_program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `reports` of a run on the invented municipality; several test processes share one run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "demo"
    with FileLock(f"{folder}.lock"):
        if not (folder / "done").exists():
            _run(folder)
            (folder / "done").touch()
    return folder / "reports"


@pytest.fixture(scope="session")
def english_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that asks for English, with its `reports` and `data`."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "english"
    with FileLock(f"{folder}.lock"):
        if not (folder / "done").exists():
            _run(folder, language="en")
            (folder / "done").touch()
    return folder


@pytest.fixture(scope="session")
def demo_page(demo: Path) -> Path:
    """The committee's page of that run."""
    return next(demo.glob("*/committee/*.html"))


def _run(folder: Path, language: str = "sv") -> None:
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
