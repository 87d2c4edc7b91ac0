"""The data quality page in a real browser: accessible, within its width, and asking nothing of the network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.publish import quality_html
from tests.browser.pages import accessibility_faults
from tests.unit.publish import fakes, quality_fakes


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("internal") / "datakvalitet.html"
    state, known = quality_fakes.quality(60), quality_fakes.seen()
    quality_html.write(file, state, fakes.config(), fakes.run_info(demo=True), fakes.metrics(), known)
    return file


@pytest.mark.parametrize("width", [1280, 1000, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_is_accessible_quiet_and_within_its_width(chromium: Browser, page_file: Path, width: int, scheme: str):
    page = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    assert asked == [page_file.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    faults = accessibility_faults(page)
    assert not faults
    page.context.close()


@pytest.mark.parametrize(("width", "display"), [(1000, "table-row"), (768, "table-row"), (760, "block")])
def test_the_rows_of_extracts_stand_in_a_table_down_to_a_tablet(
    chromium: Browser, page_file: Path, width: int, display: str
):
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(page_file.as_uri())
    shown = page.locator(".accounts tbody tr").evaluate_all("rows => rows.map(row => getComputedStyle(row).display)")
    assert shown == [display] * 4
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_one_unit_can_be_shown_at_a_time(chromium: Browser, page_file: Path):
    page = chromium.new_page()
    page.goto(page_file.as_uri())
    rows = page.locator("[data-faults] tr[data-unit]")
    every = rows.count()
    page.get_by_label("Visa enhet").select_option("Öst")
    shown = [row for row in rows.all() if row.is_visible()]
    assert 0 < len(shown) < every
    assert {row.get_attribute("data-unit") for row in shown} == {"Öst"}
    assert page.get_by_role("status").inner_text() == f"Visar {len(shown)} av sidans {every} fel."
    # What has no row of the unit is gone with its heading; the others' counts are too.
    assert not page.get_by_role("heading", name="Datum i fel ordning").is_visible()
    assert page.locator(".counts tbody tr:visible").count() == 1
    page.get_by_label("Visa enhet").select_option("Alla enheter")
    assert all(row.is_visible() for row in rows.all())
    assert page.get_by_role("status").inner_text() == ""
    page.close()


def test_without_scripts_all_rows_stand_and_no_choice_is_offered(chromium: Browser, page_file: Path):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(page_file.as_uri())
    assert not page.locator("#enhetsfilter").is_visible()
    assert all(row.is_visible() for row in page.locator("tr[data-unit]").all())
    page.context.close()


def test_the_page_runs_its_own_script_and_no_other(chromium: Browser, page_file: Path):
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda fault: said.append(str(fault)))
    page.goto(page_file.as_uri())
    assert page.locator("#enhetsfilter").is_visible()
    assert said == []
    page.close()
