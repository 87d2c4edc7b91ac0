"""Every page of the demo's report in a browser: accessible, silent, within its width, quick, whole without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.pages import PHONE, WIDE, Heard, accessibility_faults, draw_all, leave_a_few_of_each, opened, unfold

MOST_BYTES = 3_000_000
INTERACTIVE_MS = 2_000
LEAST_TARGET = 24  # px, WCAG 2.2 criterion 2.5.8


# The first is held whole; on the others nothing is new but how the same parts look, so a few of each part are enough.
LIGHT, *OTHERS = (
    (WIDE, "light", "screen"), (WIDE, "dark", "screen"), (PHONE, "light", "screen"), (WIDE, "light", "print"),
)  # fmt: skip


@pytest.mark.parametrize(("viewport", "scheme", "media"), [LIGHT, *OTHERS], ids=["light", "dark", "phone", "print"])
def test_every_page_is_accessible_silent_and_within_its_width(
    chromium: Browser, demo: Path, viewport: dict[str, int], scheme: str, media: str
) -> None:
    for file in _of_each_kind(demo):
        heard = Heard()
        page = opened(chromium, file, heard, viewport=viewport, color_scheme=scheme)
        draw_all(page)
        unfold(page)
        page.emulate_media(media=media)  # type: ignore[arg-type]
        if media == "screen":
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], file.name
        if (viewport, scheme, media) != LIGHT:
            leave_a_few_of_each(page)
        faults = accessibility_faults(page)
        assert not faults, f"{file.name}: {faults}"
        assert heard.requests == [file.as_uri()]
        assert heard.complaints == []
        page.context.close()


def _of_each_kind(demo: Path) -> list[Path]:
    """Every page, of those of units the longest and the shortest: they are made alike."""
    files = sorted(demo.rglob("*.html"), key=lambda file: (file.stat().st_size, file.name))
    of_units = [file for file in files if file.parent.name == "enheter"]
    others = [file for file in files if file not in of_units]
    assert len(of_units) > 2
    assert len(others) > 2
    return [*others, of_units[0], of_units[-1]]


def test_the_report_is_small_and_answers_at_once(chromium: Browser, demo_page: Path) -> None:
    assert demo_page.stat().st_size <= MOST_BYTES
    waits = []
    for _ in range(3):  # other work on the machine makes it slower now and then, never quicker
        page = opened(chromium, demo_page)
        assert page.locator("#urval").is_visible()
        waits.append(page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"))
        page.context.close()
    assert min(waits) < INTERACTIVE_MS


def test_without_scripts_every_figure_can_be_read(chromium: Browser, demo_page: Path) -> None:
    cells = "[...document.querySelectorAll('main td, main th, .sentence')].map((one) => one.textContent.trim())"
    visible = "[...document.querySelectorAll('main td')].filter((one) => !one.checkVisibility()).length"
    plain = opened(chromium, demo_page, viewport=PHONE, java_script_enabled=False)
    assert plain.locator("#urval").is_hidden()
    assert plain.locator(".tools, button:visible").count() == 0
    for number in range(plain.locator("main > section details, main > section > details").count()):
        plain.locator("main > section details > summary").nth(number).press("Enter")
    assert plain.locator("details:not([open])").count() == 0
    without = plain.evaluate(cells)
    assert plain.evaluate(visible) == 0
    plain.context.close()
    full = opened(chromium, demo_page)
    assert without == full.evaluate(cells)
    assert len(without) > 3000


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_keyboard_reaches_every_control_in_order_and_shows_where_it_is(
    chromium: Browser, demo_page: Path, viewport: dict[str, int]
) -> None:
    page = opened(chromium, demo_page, viewport=viewport)
    draw_all(page)
    page.evaluate(_WATCH_FOCUS)
    expected = page.evaluate("window.controls.length")
    assert expected > 500
    for _ in range(expected + 1):
        page.keyboard.press("Tab")
    walked, unseen, unmarked = page.evaluate("[window.walked, window.unseen, window.unmarked]")
    assert unseen == []
    assert unmarked == []
    assert walked == list(range(expected))


_WATCH_FOCUS = """
(() => {
  const all = [...document.querySelectorAll("a[href], button, select, summary, [tabindex='0']")];
  window.controls = all.filter((one) => one.checkVisibility({ visibilityProperty: true }));
  Object.assign(window, { walked: [], unseen: [], unmarked: [] });
  document.addEventListener("keydown", () => {
    const one = document.activeElement;
    if (one === document.body) return;
    const { top, left, bottom, right } = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    const name = one.outerHTML.slice(0, 120);
    walked.push(controls.indexOf(one));
    if (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth) unseen.push(name);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) unmarked.push(name);
  }, true);
})()
"""


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_controls_are_large_enough_to_hit(chromium: Browser, demo_page: Path, viewport: dict[str, int]) -> None:
    page = opened(chromium, demo_page, viewport=viewport)
    small = page.evaluate(
        """(least) => [...document.querySelectorAll("button, select, summary, .deep, .up")]
          .filter((one) => one.checkVisibility())
          .filter((one) => one.getBoundingClientRect().height < least).map((one) => one.outerHTML.slice(0, 120))""",
        LEAST_TARGET,
    )
    assert small == []


def test_nothing_moves_for_those_who_asked_for_stillness(chromium: Browser, demo_page: Path) -> None:
    page = opened(chromium, demo_page, reduced_motion="reduce")
    draw_all(page)
    moving = """[...document.querySelectorAll("*")].map((one) => getComputedStyle(one))
      .filter((style) => parseFloat(style.transitionDuration) || style.animationName !== "none").length"""
    assert page.evaluate(moving) == 0
    assert page.evaluate("document.getAnimations().length") == 0
