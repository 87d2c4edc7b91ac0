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
# Takes away the rows, charts and parts in which nothing stands that does not stand twice before: the same elements with
# the same attributes, classes and styles in the same places are seen alike, whatever they say, if they say anything.
_A_FEW_OF_EACH = r"""(() => {
  const FEW = 2, WHOLE = "tbody > tr, li, option, figure, svg *, dl, details, .tools, .comparison, article";
  const numbers = new Map(), kept = new Map();
  const empty = (text) => (text.trim() ? "" : " without a word");
  const told = ({ name, value }) => name + (name === "style" ? value.replace(/[\d.]+/g, "") :
    ["class", "role", "type"].includes(name) ? value : empty(value));
  const number = (text) => numbers.get(text) ?? numbers.set(text, numbers.size).get(text);
  const kind = (one, above) =>
    number([above, one.tagName, empty(one.textContent), ...[...one.attributes].map(told)].join("|"));
  const known = (one, its) => kept.get(its) >= FEW && [...one.children].every((part) => known(part, kind(part, its)));
  const thin = (one, its) => {
    if (one.matches(WHOLE) && known(one, its)) return one.remove();
    kept.set(its, (kept.get(its) ?? 0) + 1);
    for (const part of [...one.children]) thin(part, kind(part, its));
  };
  thin(document.body, 0);
})()"""


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


def leave_a_few_of_each(page: Page) -> None:
    """Take away most of what the page repeats: rows, charts, whole metrics that are made up alike."""
    page.evaluate(_A_FEW_OF_EACH)


def accessibility_faults(page: Page) -> str:
    """What axe finds, in words; nothing when it finds nothing."""
    # Without this axe also words everything that is as it should be, which takes twice the time of the search.
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return str(found.generate_report()) if found.violations_count else ""
