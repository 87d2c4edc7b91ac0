"""The page of lineage in a real browser: accessible unfolded, within a phone's width, searched, asking for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline import lineage
from pipeline.lineage import web
from pipeline.metrics import catalogue
from tests.browser.pages import PHONE, Heard, accessibility_faults, opened
from tests.unit.publish import fakes


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return web.write(tmp_path_factory.mktemp("lineage"), lineage.read(), catalogue.read(), fakes.config())


def test_is_accessible_and_quiet_on_a_phone(chromium: Browser, page_file: Path) -> None:
    heard = Heard()
    page = opened(chromium, page_file, heard, viewport=PHONE)
    page.get_by_role("button", name="Visa allt").click()
    assert page.locator(".entry:not([open])").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert not accessibility_faults(page)
    assert heard == Heard([page_file.as_uri()], [])
    page.context.close()


def test_is_searched_and_followed_from_a_column_to_a_metric(chromium: Browser, page_file: Path) -> None:
    page = opened(chromium, page_file, part="#plan_current")
    assert page.locator("#plan_current").get_attribute("open") is not None
    every = page.locator(".entry").count()
    page.get_by_label("Sök efter").fill("skyddsbedömning")
    seen = page.locator(".entry:visible")
    assert 0 < seen.count() < every
    assert page.get_by_role("status").inner_text() == f"Visar {seen.count()} av {every}."
    assert not page.locator("#plan_current").is_visible()
    page.get_by_role("button", name="Visa allt").click()
    page.locator(".resting a[href='#preassessment_within_14_days']:visible").first.click()
    assert page.locator("#preassessment_within_14_days table").is_visible()
    page.context.close()


def test_without_scripts_nothing_is_missing_but_the_search(chromium: Browser, page_file: Path) -> None:
    page = opened(chromium, page_file, java_script_enabled=False)
    assert not page.get_by_label("Sök efter").is_visible()
    page.locator("#referrals > summary").click()
    assert page.locator("#referrals table").is_visible()
    page.context.close()
