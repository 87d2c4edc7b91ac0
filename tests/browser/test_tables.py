"""Sorting and copying: of a table with every kind of cell, and of the demo's."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pipeline.publish import html
from tests.browser.pages import PHONE, opened

NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
_HIDDEN = '<i class="h">skyddad</i>'
_STATUS = '<span class="status {0}"><svg></svg><span>{1}</span></span>'
_ROWS = (
    ("Öst", f"1{NBSP}400", "3 av 9", _STATUS.format("met", "målet uppfyllt"), "3 mars 2026", f"{MINUS}2,5 dagar"),
    ("Ängen", _HIDDEN, _HIDDEN, _HIDDEN, "12 januari 2026", "–"),
    ("Åsen", f"74{NBSP}%", "20 av 31", _STATUS.format("not-met", "inte uppfyllt"), "1 december 2025", "oförändrat"),
    ("Norr", "9,5", "8 av 100", _STATUS.format("near", "nästan uppfyllt"), "–", "bättre (+12,1 procentenheter)"),
    ("=Väst", f"{MINUS}12", "–", "–", "2 mars 2026", f"{MINUS}0,5 dagar"),
)
# As on a network without encryption.
_NO_CLIPBOARD = "void (navigator.clipboard.write = () => Promise.reject(new Error('not here')))"
_HEADINGS = ("Enhet", "Utfall", "n av N", "Status", "Dag", "Förändring")


@pytest.fixture
def tiny(chromium: Browser, tmp_path: Path) -> Page:
    """A page with one table, of every kind of cell, and nothing but the script."""
    heads = "".join(f"<th scope='col'>{name}</th>" for name in _HEADINGS)
    rows = "".join(f"<tr><th>{row[0]}</th>{''.join(f'<td>{cell}</td>' for cell in row[1:])}</tr>" for row in _ROWS)
    table = f"<table class='key'><caption>Enheter</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    file = tmp_path / "liten.html"
    text = f"<!doctype html><meta charset='utf-8'><title>Liten</title><main>{table}</main>"
    file.write_text(f"{text}<script>{html.script('tables.js')}</script>", encoding="utf-8")
    page = opened(chromium, file)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def _names(page: Page) -> list[str]:
    return page.locator("tbody th").all_inner_texts()


@pytest.mark.parametrize(
    ("heading", "ascending", "descending"),
    [
        ("Enhet", ["=Väst", "Norr", "Åsen", "Ängen", "Öst"], ["Öst", "Ängen", "Åsen", "Norr", "=Väst"]),
        ("Utfall", ["=Väst", "Norr", "Åsen", "Öst", "Ängen"], ["Öst", "Åsen", "Norr", "=Väst", "Ängen"]),
        ("n av N", ["Öst", "Åsen", "Norr", "Ängen", "=Väst"], ["Norr", "Åsen", "Öst", "Ängen", "=Väst"]),
        ("Status", ["Åsen", "Norr", "Öst", "Ängen", "=Väst"], ["Öst", "Norr", "Åsen", "Ängen", "=Väst"]),
        ("Dag", ["Åsen", "Ängen", "=Väst", "Öst", "Norr"], ["Öst", "=Väst", "Ängen", "Åsen", "Norr"]),
        ("Förändring", ["Öst", "=Väst", "Norr", "Åsen", "Ängen"], ["Åsen", "Norr", "=Väst", "Öst", "Ängen"]),
    ],
)
def test_a_column_is_sorted_by_what_it_means(
    tiny: Page, heading: str, ascending: list[str], descending: list[str]
) -> None:
    button = tiny.get_by_role("button", name=heading, exact=True)
    head = tiny.get_by_role("columnheader", name=heading, exact=True)
    own = _names(tiny)
    button.press("Enter")
    assert (_names(tiny), head.get_attribute("aria-sort")) == (ascending, "ascending")
    assert tiny.get_by_role("status").inner_text() == f"Tabellen är sorterad efter {heading}, stigande."
    button.press("Enter")
    assert (_names(tiny), head.get_attribute("aria-sort")) == (descending, "descending")
    button.press("Enter")
    assert (_names(tiny), head.get_attribute("aria-sort")) == (own, None)
    assert tiny.get_by_role("status").inner_text() == "Tabellen står i rapportens ordning."


def test_only_one_column_at_a_time_says_that_it_is_sorted(tiny: Page) -> None:
    tiny.get_by_role("button", name="Utfall").click()
    tiny.get_by_role("button", name="Status").click()
    assert tiny.locator("[aria-sort]").all_inner_texts() == ["Status"]


_COPIED = "\n".join(
    (
        "Enheter",
        "",
        "\t".join(_HEADINGS),
        f"Öst\t1400\t3 av 9\tmålet uppfyllt\t3 mars 2026\t{MINUS}2,5 dagar",
        "Ängen\tskyddad\tskyddad\tskyddad\t12 januari 2026\t–",
        "Åsen\t74 %\t20 av 31\tinte uppfyllt\t1 december 2025\toförändrat",
        "Norr\t9,5\t8 av 100\tnästan uppfyllt\t–\tbättre (+12,1 procentenheter)",
        f"'=Väst\t-12\t–\t–\t2 mars 2026\t{MINUS}0,5 dagar",
        "",
        "Källa: Liten",
    )
)


@pytest.mark.parametrize("has_clipboard", [True, False], ids=["clipboard", "older way"])
def test_a_table_is_copied_as_a_spreadsheet_reads_it(tiny: Page, has_clipboard: bool) -> None:
    if not has_clipboard:
        tiny.evaluate(_NO_CLIPBOARD)
    button = tiny.locator("button.copy")
    assert button.inner_text() == "Kopiera tabell: Enheter"
    button.click()
    tiny.get_by_text("Tabellen är kopierad.").wait_for()
    assert tiny.evaluate("navigator.clipboard.readText()") == _COPIED
    formatted = tiny.evaluate(
        "navigator.clipboard.read().then(([one]) => one.getType('text/html')).then((blob) => blob.text())"
    )
    assert formatted.count("<tr>") == 6
    assert "<td>74 %</td>" in formatted
    assert button.inner_text() == "Kopierad: Enheter"


def test_the_rows_are_copied_as_they_stand(tiny: Page) -> None:
    tiny.get_by_role("button", name="Utfall").click()
    tiny.locator("button.copy").click()
    tiny.get_by_text("Tabellen är kopierad.").wait_for()
    copied = tiny.evaluate("navigator.clipboard.readText()").splitlines()
    assert [line.split("\t")[0] for line in copied[3:6]] == ["'=Väst", "Norr", "Åsen"]


def test_what_cannot_be_copied_is_marked_for_the_reader(tiny: Page) -> None:
    tiny.evaluate(_NO_CLIPBOARD)
    tiny.evaluate("void (document.execCommand = () => false)")
    tiny.locator("button.copy").click()
    tiny.get_by_text("Tabellen är markerad. Tryck Ctrl+C för att kopiera den.").wait_for()
    assert tiny.evaluate("getSelection().toString()").startswith("Enheter")


def test_the_demos_tables_are_copied_with_their_source(chromium: Browser, demo_page: Path) -> None:
    page = opened(chromium, demo_page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    assert page.locator("main table").count() == page.locator("button.copy").count()
    page.locator("table.key + .tools button.copy").click()
    page.get_by_text("Tabellen är kopierad.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied[-1].startswith("Källa: DEMODATA – Kvalitetsrapport")
    headings = page.locator("table.key thead th").all_inner_texts()
    assert copied[2].split("\t") == [one.removesuffix("↕").strip() for one in headings[:-1]]  # but the small drawings
    assert len(copied) - 5 == page.locator("table.key tbody tr").count()
    page.context.close()


def test_matrices_are_copied_with_their_cells_under_their_headings(chromium: Browser, demo_page: Path) -> None:
    page = opened(chromium, demo_page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("table.matrix + .tools button.copy").first.click()
    page.get_by_text("Tabellen är kopierad.").wait_for()
    copied = [line.split("\t") for line in page.evaluate("navigator.clipboard.readText()").splitlines()]
    assert copied[3] == ["", "1", "2", "3", "4"]
    assert {len(line) for line in copied[2:8]} == {5}
    page.context.close()


def test_on_a_phone_cards_are_put_in_order_by_a_list(chromium: Browser, demo_page: Path) -> None:
    page = opened(chromium, demo_page, viewport=PHONE)
    assert page.locator(".key button.sort").count() == 0
    choice = page.locator("table.key + .tools select")
    names = page.locator(".key tbody th")
    own = names.all_inner_texts()
    choice.select_option(label="Mått, stigande")
    first = names.all_inner_texts()
    assert sorted(first) == sorted(own) != first[::-1]
    choice.select_option(label="Mått, fallande")
    assert names.all_inner_texts() == first[::-1]
    # Made wide, the table has its buttons and says in which order it stands.
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not choice.is_visible()
    assert page.locator(".key [aria-sort=descending] button.sort").count() == 1
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    choice.select_option(label="rapportens ordning")
    assert names.all_inner_texts() == own
    page.context.close()


def test_units_can_be_put_in_order(chromium: Browser, demo_page: Path) -> None:
    page = opened(chromium, demo_page)
    table = page.locator("[data-units] table:has(button.sort)").first
    rows = table.locator("tbody tr").count()
    table.get_by_role("button", name="Utfall").click()
    values = [text.replace(NBSP, "").replace(",", ".") for text in table.locator("tbody td b").all_inner_texts()]
    numbers = [float(text.rstrip("%").removesuffix("dagar")) for text in values if text[:1].isdigit()]
    assert len(numbers) == rows
    assert numbers == sorted(numbers)
    page.context.close()
