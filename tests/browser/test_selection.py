"""The choice of metrics, and links to them, on the demo's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import opened

_METRICS = "section.area article.metric"
_METRIC = "investigation_within_120_days"


@pytest.fixture
def page(chromium: Browser, demo_page: Path) -> Iterator[Page]:
    page = opened(chromium, demo_page)
    yield page
    page.context.close()


def _choose(page: Page, label: str, choice: str) -> None:
    page.locator("#urval").get_by_label(label).select_option(label=choice)


def _shown(page: Page) -> list[str]:
    return page.locator(f"{_METRICS}:visible").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-labelledby'))"
    )


def _told(page: Page) -> str:
    return page.locator("#urval [role=status]").inner_text()


def test_one_area_is_shown_by_itself_also_in_the_contents(page: Page) -> None:
    every = page.locator(_METRICS).count()
    _choose(page, "Område", "Utredningar")
    assert page.locator("section.area:visible h2").all_inner_texts() == [
        one for one in page.locator("section.area h2").all_inner_texts() if one.startswith("Utredningar")
    ]
    shown = _shown(page)
    assert 0 < len(shown) < every
    links = page.locator(".contents li li a:visible").evaluate_all("all => all.map(one => one.hash.slice(1))")
    assert links == shown
    assert _told(page) == f"Visar {len(shown)} av {every} mått: område ”Utredningar”."


def test_a_status_shows_the_metrics_that_have_it(page: Page) -> None:
    _choose(page, "Status", "inte uppfyllt")
    shown = _shown(page)
    judged = ".judged .status, .listing .status"
    having = page.locator(_METRICS).filter(has=page.locator(judged).and_(page.locator(".not-met")))
    assert shown == having.evaluate_all("all => all.map(one => one.getAttribute('aria-labelledby'))")
    assert shown
    # Areas with nothing to show are gone, with their headings; what is shown in part says so.
    for area in page.locator("section.area").all():
        visible, there = area.locator("article:visible").count(), area.locator("article").count()
        assert area.locator("h2").is_visible() == (visible > 0)
        if 0 < visible < there:
            note = area.locator(".chosen").inner_text()
            assert note.startswith(f"Visar {visible} av {there} mått: status för hela nämnden ”inte uppfyllt”.")


def test_a_unit_shows_the_metrics_that_name_it_with_its_rows_marked(page: Page) -> None:
    unit = page.locator("#urval-enhet option").all_inner_texts()[2]
    _choose(page, "Enhet", unit)
    shown = page.locator(f"{_METRICS}:visible")
    assert shown.count() > 0
    for metric in shown.all():
        marked = metric.locator("[data-units] [aria-current]")
        assert marked.count() >= 1
        assert all(text.startswith(unit) for text in marked.all_text_contents())
    hidden = page.locator(f"{_METRICS}.away [data-units]").all_text_contents()
    assert not any(f"{unit}" in text for text in hidden)


def test_what_fits_nothing_says_so_and_everything_comes_back(page: Page) -> None:
    every = page.locator(_METRICS).count()
    for number in range(1, page.locator("#urval-omrade option").count()):
        page.locator("#urval-omrade").select_option(index=number)
        _choose(page, "Status", "nästan uppfyllt")
        if not _shown(page):
            break
    assert _shown(page) == []
    assert _told(page).startswith("Inget mått stämmer med område ")
    page.locator("#urval").get_by_role("button", name="Visa alla mått").click()
    assert len(_shown(page)) == every
    assert _told(page) == ""
    assert page.evaluate("document.activeElement.id") == "urval-omrade"
    assert page.locator("[aria-current], .chosen, .away").count() == 0


def test_paper_gets_the_whole_report_whatever_is_chosen(page: Page) -> None:
    every = page.locator(_METRICS).count()
    _choose(page, "Status", "inte uppfyllt")
    assert len(_shown(page)) < every
    page.emulate_media(media="print")
    assert len(_shown(page)) == every
    assert page.locator("#urval, .tools, .chosen, .deep, .up").and_(page.locator(":visible")).count() == 0


def test_charts_that_come_back_are_drawn_to_their_width(page: Page) -> None:
    _choose(page, "Område", "Utredningar")
    page.set_viewport_size({"width": 600, "height": 900})
    page.locator("#urval").get_by_role("button", name="Visa alla mått").click()
    chart = page.locator(f"{_METRICS}:has(.chart)").first.locator(".chart").first
    chart.scroll_into_view_if_needed()
    chart.locator(".main-svg").first.wait_for()
    assert chart.evaluate("one => one.querySelector('.main-svg').clientWidth - one.clientWidth") == 0


def test_a_link_to_a_metric_shows_it_though_it_was_not_chosen(page: Page) -> None:
    _choose(page, "Område", "Genomförandeplaner")
    assert _METRIC not in _shown(page)
    page.locator(f".summary a[href='#{_METRIC}']").first.click()
    assert _METRIC in _shown(page)
    assert page.evaluate(f"Math.abs(document.getElementById('{_METRIC}').getBoundingClientRect().top)") < 100


@pytest.mark.parametrize("scripts", [True, False])
def test_an_address_with_a_metric_opens_there(chromium: Browser, demo_page: Path, scripts: bool) -> None:
    page = opened(chromium, demo_page, part=f"#{_METRIC}", java_script_enabled=scripts)
    page.wait_for_timeout(500)
    assert page.evaluate(f"Math.abs(document.getElementById('{_METRIC}').getBoundingClientRect().top)") < 100
    page.context.close()


def test_every_metric_has_a_link_to_itself_and_one_to_the_contents(page: Page) -> None:
    for metric in page.locator(_METRICS).all():
        name = metric.get_attribute("aria-labelledby")
        assert metric.locator(".deep").get_attribute("href") == f"#{name}"
        assert metric.locator(".up").get_attribute("href") == "#innehallsforteckning"
    page.locator(".deep").first.press("Enter")
    assert page.url.endswith(f"#{page.locator(_METRICS).first.get_attribute('aria-labelledby')}")


def test_a_link_into_what_is_folded_unfolds_it(page: Page) -> None:
    page.evaluate("document.querySelector('details.method dt').id = 'inuti'")
    page.evaluate("location.hash = 'inuti'")
    page.locator("#inuti").wait_for(state="visible")
    assert page.locator("details.method").first.get_attribute("open") is not None
