"""What holds for every test, and the demo's reports, made once for all of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from pipeline import demo
from pipeline.disclosure import remembered

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2026-11-22"

# A shared build server is slow at times; what fails there must fail in the same way when it is run again.
settings.register_profile("here", deadline=None)
settings.register_profile("server", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("server" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole runs come first: what takes long would else be left to the end, when one process waits for the other."""
    items.sort(key=lambda item: "whole" not in item.path.parts)


@pytest.fixture(scope="session")
def taken_for_real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that takes the invented municipality's extracts for a real one's; nothing is written in it.

    What protects them was found anew, and is kept there, as the invented municipality's own runs never do.
    """
    return _made_once(tmp_path_factory, "real", _run_as_real)


@pytest.fixture(scope="session")
def swedish_demo(tmp_path_factory: pytest.TempPathFactory, taken_for_real: Path) -> Path:
    """The folder of a run on the invented municipality, with its `reports` and `data`; nothing is written in it."""
    return _made_once(tmp_path_factory, "sv", lambda folder: _run(folder, "sv", taken_for_real))


@pytest.fixture(scope="session")
def english_demo(tmp_path_factory: pytest.TempPathFactory, taken_for_real: Path) -> Path:
    """The same of a run that asks for English."""
    return _made_once(tmp_path_factory, "en", lambda folder: _run(folder, "en", taken_for_real))


def remember(before: Path, processed: Path) -> None:
    """Give a run what another of the same figures has found, so that it need not find it anew."""
    shutil.copytree(before / "processed" / remembered.FOLDER, processed / remembered.FOLDER)


def _made_once(tmp_path_factory: pytest.TempPathFactory, name: str, run: Callable[[Path], None]) -> Path:
    """Several test processes share one run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / f"demo-{name}"
    with FileLock(f"{folder}.lock"):
        if not (folder / "done").exists():
            run(folder)
            (folder / "done").touch()
    return folder


def _run(folder: Path, language: str, before: Path) -> None:
    """A report in a folder of its own: without extracts there, it is the demo's."""
    (folder / "data" / "raw").mkdir(parents=True)
    config = folder / "config.toml"
    asked = (ROOT / "config.toml").read_text(encoding="utf-8").replace('language = "sv"', f'language = "{language}"')
    config.write_text(asked, encoding="utf-8")
    remember(before, folder / "data" / "processed")
    _report(f"--config={config}")


def _run_as_real(folder: Path) -> None:
    demo.write(folder / "raw", demo.Size.SMALL, demo.DEFAULT_SEED, date.fromisoformat(TODAY))
    config = shutil.copy(ROOT / "config.toml", folder)
    places = [f"--{name}={folder / name}" for name in ("raw", "processed", "reports")]
    _report(*places, f"--config={config}", LC_ALL="C", LANG="C", TZ="UTC", PYTHONHASHSEED="1")


def _report(*arguments: str, **environment: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "report", *arguments, f"--today={TODAY}"],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
