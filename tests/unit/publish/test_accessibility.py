"""The accessibility statement that every public page ends with, and that documents and page agree."""

import re
from html import unescape
from pathlib import Path

import pytest

from pipeline.publish import committee_html, html
from tests.unit.publish import fakes

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")


def statement(*, contact: str = "", has_charts: bool = True) -> str:
    text = html.render(
        "_accessibility.html.j2",
        config=fakes.config(contact=contact),
        run=fakes.run_info(),
        title="Kvalitetsrapport",
        period_name="Tertial 2 2026",
        has_charts=has_charts,
        parts={"demo_tag": lambda: ""},
    )
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_tells_the_municipalitys_contact() -> None:
    contact = "kvalitet@exempelkoping.se"
    assert f"behöver innehållet på ett annat sätt: {contact}" in statement(contact=contact)


def test_without_a_contact_the_reader_is_sent_to_the_municipality() -> None:
    assert "Kontakta Exempelköping om du stöter på hinder" in statement()
    assert "fråga efter socialnämnden." in statement()


def test_tells_law_standard_page_and_day() -> None:
    told = statement()
    for text in ("lagen (2018:1937)", "WCAG 2.1 nivå AA", "EN 301 549", "18 §", "”Kvalitetsrapport”, tertial 2 2026"):
        assert text in told
    for text in ("2018:1937", "WCAG 2.1", "EN 301 549", "[report] contact", "_accessibility.html.j2"):
        assert text in DOCUMENT


@pytest.mark.parametrize("has_charts", [True, False])
def test_speaks_of_charts_only_where_there_are_some(has_charts: bool) -> None:
    assert ("Diagrammen ritas av skript" in statement(has_charts=has_charts)) == has_charts


def test_the_report_ends_with_it_and_its_contents_name_it() -> None:
    page = committee_html.page(fakes.report(config=fakes.config(contact="kvalitet@exempelkoping.se")))
    assert '<li><a href="#tillganglighet">' in page
    assert '<h2 id="tillganglighet">' in page
    assert "på ett annat sätt: kvalitet@exempelkoping.se" in page
    assert page.rindex("<section") == page.index('<section aria-labelledby="tillganglighet">')
