"""What the tests of whole pages share: the browser, and the committee's page of the demo's report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.programs import require_program

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, for all pages of the run."""
    program = require_program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def demo(swedish_demo: Path) -> Path:
    """The folder `reports` of a run on the invented municipality."""
    return swedish_demo / "reports"


@pytest.fixture(scope="session")
def demo_page(demo: Path) -> Path:
    """The committee's page of that run."""
    return next(demo.glob("*/committee/*.html"))
