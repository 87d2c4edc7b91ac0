"""The page of all reports and a unit's page in a real browser: accessible, within their width, asking nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pipeline.model import Citation
from pipeline.model.cases import Watch, WatchRow
from pipeline.periods import Period
from pipeline.publish import index, unit_page
from tests.browser.pages import accessibility_faults
from tests.unit.publish import fakes, issue_fakes

UNIT = "Särskilda boendet Solgläntan med korttidsplatser"
DAY = date(2026, 9, 10)


def _row(number: int) -> WatchRow:
    """A case the longer over its limit the lower its number; every third has no limit."""
    left = None if number % 3 == 2 else number - 10
    return WatchRow(
        list_id=f"list-{number % 3}",
        demand=f"Beslut ska verkställas och avbrott återupptas inom {number % 3 + 2} månader",
        case_id=f"BESLUT/2026-{number:07}", unit=UNIT, area="Äldreomsorg", subject="särskilt boende",
        since=DAY - timedelta(days=90), limit=None if left is None else DAY + timedelta(days=left), days_left=left,
        law=(Citation("34 kap. 1–4 §§ socialtjänstlagen (2025:400)"),), todo="Erbjud insatsen.", note="Ej påbörjad.",
    )  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    found = Watch(DAY, {UNIT: tuple(map(_row, range(24)))}, {UNIT: 3}, old={"plans": date(2026, 9, 1)})
    unit_page.write(
        folder / "enheter", fakes.internal_figures(), fakes.figures(), found, fakes.metrics(), fakes.config(),
        fakes.run_info(demo=True),
    )  # fmt: skip
    folders = {Period.parse("2026T2"): ["2026T2/committee/rapport.html"]}
    made_of = issue_fakes.issues(), folders, issue_fakes.metrics(), fakes.config(), fakes.run_info(demo=True)
    index.write(folder / "index.html", *made_of)
    return {"index": folder / "index.html", "unit": folder / "enheter" / f"{UNIT}-DEMODATA.html"}


@pytest.mark.parametrize("name", ["index", "unit"])
@pytest.mark.parametrize("width", [1280, 768, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_is_accessible_quiet_and_within_its_width(
    chromium: Browser, files: dict[str, Path], name: str, width: int, scheme: str
):
    page = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(files[name].as_uri())
    assert (asked, said) == ([files[name].as_uri()], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    _is_accessible(page)
    page.context.close()


@pytest.mark.parametrize("name", ["index", "unit"])
def test_on_paper_it_is_accessible_and_within_the_sheet(chromium: Browser, files: dict[str, Path], name: str):
    page = chromium.new_page(viewport={"width": 660, "height": 935})  # what is left of A4 within the margins
    page.emulate_media(media="print")
    page.goto(files[name].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 660
    _is_accessible(page)
    page.close()


@pytest.mark.parametrize("name", ["index", "unit"])
def test_every_link_is_reached_by_keyboard_and_those_within_the_page_lead_somewhere(
    chromium: Browser, files: dict[str, Path], name: str
):
    page = chromium.new_page()
    page.goto(files[name].as_uri())
    links = page.locator("a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    reached = []
    for _ in links:
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert reached == links
    for anchor in {link for link in links if link.startswith("#")}:
        assert page.locator(f"[id='{anchor[1:]}']").count() == 1
    page.close()


def test_status_is_told_with_word_and_shape_in_every_cell(chromium: Browser, files: dict[str, Path]):
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(files["index"].as_uri())
    for cell in page.locator(".heat td .status").all():
        assert cell.inner_text().strip()
        assert cell.locator("svg").is_visible()
    page.close()


def _is_accessible(page: Page) -> None:
    faults = accessibility_faults(page)
    assert not faults
