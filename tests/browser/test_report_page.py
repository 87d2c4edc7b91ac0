"""The committee's report in a real browser: wide and narrow, light and dark, on paper, without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.publish import committee_html
from tests.browser.pages import PHONE, WIDE, Heard, accessibility_faults, draw_all, opened
from tests.unit.publish import comparison_fakes, fakes


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("committee") / "rapport.html"
    config = fakes.config(reference="SN 2026/123")
    committee_html.write(file, fakes.report(demo=True, config=config, comparisons=comparison_fakes.comparisons()))
    return file


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_is_accessible_quiet_and_within_its_width(
    chromium: Browser, report: Path, viewport: dict[str, int], scheme: str
) -> None:
    heard = Heard()
    page = opened(chromium, report, heard, viewport=viewport, color_scheme=scheme)
    draw_all(page)
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    faults = accessibility_faults(page)
    assert not faults
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert heard.requests == [report.as_uri()]
    assert heard.complaints == []


def test_is_accessible_on_paper(chromium: Browser, report: Path) -> None:
    page = opened(chromium, report, viewport=WIDE)
    draw_all(page)
    page.emulate_media(media="print")
    faults = accessibility_faults(page)
    assert not faults


def test_charts_have_names_and_texts_and_offer_no_toolbar(chromium: Browser, report: Path) -> None:
    page = opened(chromium, report, viewport=WIDE)
    draw_all(page)
    charts = page.get_by_role("img").and_(page.locator(".chart"))
    assert charts.count() == page.locator(".chart").count() > 5
    for box in charts.all():
        assert (
            page.locator(f"#{box.get_attribute('aria-describedby')}")
            .inner_text()
            .startswith(("Lägst", "Exempelköping"))
        )
    assert page.locator(".modebar-btn").count() == 0
    assert page.locator("a[href*='plotly']").count() == 0


def test_charts_fit_their_boxes_after_the_window_shrinks(chromium: Browser, report: Path) -> None:
    page = opened(chromium, report, viewport=WIDE)
    draw_all(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.wait_for_timeout(500)
    overhang = "(box) => box.querySelector('.main-svg').clientWidth - box.clientWidth"
    assert page.evaluate(f"Math.max(...[...document.querySelectorAll('.chart')].map({overhang}))") <= 0


def test_nothing_overflows_between_the_phone_and_the_wide_screen(chromium: Browser, report: Path) -> None:
    page = opened(chromium, report, viewport=WIDE)
    for width in (320, 480, 600, 768, 800, 900, 1000, 1060, 1100):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_a_chart_can_be_saved_as_a_picture(chromium: Browser, report: Path) -> None:
    heard = Heard()
    page = opened(chromium, report, heard, viewport=WIDE)
    draw_all(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Spara som bild").first.click()
    assert download.value.suggested_filename.endswith(".png")
    assert [url for url in heard.requests if not url.startswith(("file:", "blob:", "data:"))] == []
    assert heard.complaints == []


def test_every_figure_is_there_without_scripts(chromium: Browser, report: Path) -> None:
    page = opened(chromium, report, viewport=PHONE, java_script_enabled=False)
    assert page.locator(".chart").first.is_hidden()
    numbers = page.locator("table.numbers")
    assert numbers.count() == page.locator(".chart").count()
    page.locator("summary", has_text="Diagrammets siffror").first.click()
    assert numbers.first.is_visible()
    assert page.locator("svg.spark").first.is_visible()


def test_the_keyboard_reaches_the_contents_first(chromium: Browser, report: Path) -> None:
    page = opened(chromium, report, viewport=WIDE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"


def test_printing_draws_all_charts_for_paper_and_opens_what_is_folded(chromium: Browser, report: Path) -> None:
    page = opened(chromium, report, viewport=PHONE)
    draw_all(page)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.querySelectorAll('details:not([open], .more)').length") == 0
    widths = page.evaluate("[...document.querySelectorAll('.chart .main-svg')].map((one) => one.clientWidth)")
    assert min(widths) == max(widths) == 650
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.querySelectorAll('details[open]').length") == 0
    assert page.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"
