"""The committee's report on paper: A4, nothing cut, nothing lost but what the reader left folded, and read aloud."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from pipeline.lastcheck import printed
from pipeline.publish import committee_html, pdf
from tests.programs import require_program
from tests.unit.publish import comparison_fakes, fakes


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    require_program(*pdf.BROWSERS)
    folder = tmp_path_factory.mktemp("paper")
    made = fakes.report(demo=True, comparisons=comparison_fakes.comparisons())
    committee_html.write(folder / "rapport.html", made)
    pdf.write(folder / "rapport.pdf", folder / "rapport.html", date(2026, 11, 22))
    return folder / "rapport.pdf"


def told(command: str, *arguments: str) -> str:
    program = require_program(command)
    return subprocess.run([program, *arguments], capture_output=True, check=True).stdout.decode("utf-8")


def test_it_is_tagged_a4_and_dated_by_the_run(paper: Path) -> None:
    said = told("pdfinfo", "-isodates", str(paper))
    assert re.search(r"Tagged: +yes", said)
    assert re.search(r"Page size: .*\(A4\)", said)
    assert re.search(r"CreationDate: +2026-11-22", said)
    assert re.search(r"Title: +DEMODATA – Kvalitetsrapport", said)


def test_every_page_says_whose_it_is_which_period_and_its_number(paper: Path) -> None:
    read = printed.read(paper.read_bytes())
    heads = [run.text.replace("\n", " ") for run in read.runs if not run.is_tagged and "Sida" in run.text]
    assert len(heads) == read.pages
    for number, head in enumerate(heads, start=1):
        assert "Socialnämnden · Tertial 2 2026" in head.replace("\N{NO-BREAK SPACE}", " ")
        assert "DEMODATA" in head
        assert head.endswith(f"Sida {number} av {read.pages}")


def test_headings_are_bookmarks_and_contents_are_links(paper: Path) -> None:
    data = paper.read_bytes()
    assert b"/Outlines" in data
    page = paper.with_suffix(".html").read_text(encoding="utf-8")
    contents = page[page.index('<nav class="contents"') : page.index("</nav>", page.index('<nav class="contents"'))]
    linked = set(re.findall(r'href="#([^"]+)"', contents))
    assert linked
    reached = {name.decode() for name in re.findall(rb"/Dest /([^\s/>]+)", data)}
    assert {one for one in linked if one.isascii()} <= reached


def test_no_chart_is_cut_and_no_heading_stands_alone(paper: Path) -> None:
    """A chart's title, its last axis label and its legend are on one page, and below every heading there is text."""
    read = printed.read(paper.read_bytes())
    html = paper.with_suffix(".html").read_text(encoding="utf-8")
    titles = {" ".join(one.split()) for one in re.findall(r"<figcaption[^>]*>\s*([^<]+)", html)}
    drawn = {(run.page, run.text) for run in read.runs}
    months = {page for page, text in drawn if text == "månad"}
    found = [page for page, text in drawn if text in titles]
    assert len(found) >= len(titles) > 3
    yearly = {page for page, text in drawn if text == "Vem"}
    assert {page for page in found if page not in months | yearly} == set()
    headings = {" ".join(one.split()) for one in re.findall(r"<h[234][^>]*>\s*([^<]+)", html)}
    last = {run.page: run.text for run in read.runs if run.is_tagged and run.text.strip()}
    assert {page: text for page, text in last.items() if text in headings} == {}


def test_what_is_folded_on_screen_is_printed_but_for_further_breakdowns(paper: Path) -> None:
    said = {run.text for run in printed.read(paper.read_bytes()).runs}
    assert "Så räknar vi" in said
    assert "Diagrammets siffror" in said
    assert "Fler uppdelningar" not in said
    assert any(one.startswith("Fler uppdelningar av måtten") for one in said)
