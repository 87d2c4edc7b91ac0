"""Opening built pages, and what they ask for and complain of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
_UNDRAWN = "document.querySelectorAll('.drawing .chart:not(:has(.main-svg))').length"
_PATIENCE_MS = 60_000


@dataclass
class Heard:
    """What a page asked for and complained of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def opened(browser: Browser, file: Path, heard: Heard | None = None, part: str = "", **context: Any) -> Page:
    """The page in a context of its own; `part` is what stands after # in its address."""
    page = browser.new_context(**{"viewport": WIDE, **context}).new_page()
    if heard is not None:
        page.on("request", lambda request: heard.requests.append(request.url))
        page.on("console", lambda message: heard.complaints.append(message.text))
        page.on("pageerror", lambda fault: heard.complaints.append(str(fault)))
    page.goto(file.as_uri() + part)
    return page


def draw_all(page: Page) -> None:
    """Wait for the charts. From outside: the page's own policy forbids the evaluation that waiting inside needs."""
    for _ in range(_PATIENCE_MS // 100):
        if page.evaluate(_UNDRAWN) == 0:
            return
        page.wait_for_timeout(100)
    pytest.fail("the charts were not drawn")


def unfold(page: Page) -> None:
    """Open everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")


def accessibility_faults(page: Page) -> str:
    """What axe finds, in words; nothing when it finds nothing."""
    # Without this axe also words everything that is as it should be, which takes twice the time of the search.
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return str(found.generate_report()) if found.violations_count else ""
