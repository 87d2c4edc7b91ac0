"""The page of all reports: what stands there in spite of a figure being hidden is found, and ids as everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import lastcheck
from pipeline.lastcheck import Kind
from pipeline.model import Status
from pipeline.publish import index
from tests.unit.lastcheck.conftest import CASE, secrets
from tests.unit.publish import fakes, issue_fakes

ISSUES = issue_fakes.issues()
MARK = '<b><i class="h">skyddad</i></b>'


def findings(folder: Path, change: Callable[[str], str]) -> set[Kind]:
    """What is found on the page when it has been changed."""
    file = folder / "index.html"
    index.write(file, ISSUES, {}, issue_fakes.metrics(), fakes.config(), fakes.run_info())
    written = file.read_text(encoding="utf-8")
    file.write_text(change(written), encoding="utf-8")
    return {one.kind for one in lastcheck.overview(file, ISSUES, issue_fakes.metrics(), secrets())}


def test_the_page_as_it_is_written_tells_nothing(tmp_path: Path):
    assert findings(tmp_path, lambda page: page) == set()


@pytest.mark.parametrize("instead", ["<b>81</b>", f"{MARK} 3", "<b>–</b>", ""])
def test_a_hidden_figure_that_is_told_is_found(tmp_path: Path, instead: str):
    assert findings(tmp_path, lambda page: page.replace(MARK, instead, 1)) == {Kind.HIDDEN}


def test_a_row_that_no_report_has_is_found(tmp_path: Path):
    row = '<tr><th scope="row">Lilla enheten</th><td data-label="Tertial 1 2026"><b>3 av 4</b></td></tr>'
    assert findings(tmp_path, lambda page: page.replace("</tbody>", f"{row}</tbody>")) == {Kind.HIDDEN}


def test_a_change_from_or_to_a_hidden_figure_is_found(tmp_path: Path):
    row = (
        '<tr><th scope="row">Utredningstid: Barn och unga</th><td data-label="Tertial 1 2026">målet uppfyllt</td>'
        '<td data-label="Tertial 2 2026">inte uppfyllt</td><td data-label="Ändring">sämre status</td></tr>'
    )
    start = '<table role="table" class="stack moved">'

    def change(page: str) -> str:
        before, _, after = page.partition(start)
        return f"{before}{start}{after.replace('</tbody>', f'{row}</tbody>', 1)}" if after else page

    assert findings(tmp_path, change) == {Kind.HIDDEN}


@pytest.mark.parametrize("place", ["</main>", "<title>", "</style>"])
def test_a_case_is_found(tmp_path: Path, place: str):
    assert Kind.CASE in findings(tmp_path, lambda page: page.replace(place, f"{place} {CASE} ", 1))


def test_a_category_that_looks_like_an_id_is_told_by_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(issue_fakes, "AREA", CASE)
    issues = (issue_fakes.made("2026T2", 92, Status.MET),)
    file = tmp_path / "index.html"
    index.write(file, issues, {}, issue_fakes.metrics(), fakes.config(), fakes.run_info())
    assert CASE in file.read_text(encoding="utf-8").casefold()
    assert lastcheck.overview(file, issues, issue_fakes.metrics(), secrets()) == ()
