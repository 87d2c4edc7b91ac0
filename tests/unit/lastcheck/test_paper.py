"""The PDF is read as a reader meets it, and says nothing that the proved page does not."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from pipeline import lastcheck
from pipeline.lastcheck import Finding, Kind, printed
from pipeline.publish import forms, pdf
from pipeline.publish.report import Report
from tests.programs import require_program
from tests.unit.lastcheck.conftest import CASE, secrets

DAY = date(2026, 11, 22)


def printed_from(page: Path) -> Path:
    file = page.with_suffix(".pdf")
    pdf.write(file, page, DAY)
    return file


@pytest.fixture(scope="module")
def paper(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report's folder with its page printed."""
    require_program(*pdf.BROWSERS)
    folder = shutil.copytree(written, tmp_path_factory.mktemp("paper") / "committee")
    printed_from(folder / "rapport.html")
    return folder


def found(folder: Path, report: Report) -> list[Finding]:
    return [one for one in lastcheck.committee(folder, report, secrets()) if one.file == "rapport.pdf"]


def reprinted(paper: Path, tmp_path: Path, old: str, new: str) -> Path:
    """The folder with the PDF of another page than the one that lies there."""
    folder = shutil.copytree(paper, tmp_path / "committee")
    other = tmp_path / "rapport.html"
    before = (folder / "rapport.html").read_text(encoding="utf-8")
    assert old in before
    other.write_text(before.replace(old, new, 1), encoding="utf-8")
    printed_from(other).replace(folder / "rapport.pdf")
    return folder


def test_what_is_printed_from_the_page_passes(paper: Path, report: Report) -> None:
    assert found(paper, report) == []


def test_every_word_is_read(paper: Path) -> None:
    pdftotext = require_program("pdftotext")
    asked = subprocess.run([pdftotext, "-raw", str(paper / "rapport.pdf"), "-"], capture_output=True, check=True)
    others = set(asked.stdout.decode("utf-8").split())
    ours = {word for run in printed.read((paper / "rapport.pdf").read_bytes()).runs for word in run.text.split()}
    assert len(others) > 500
    # Words that stand close are one word to the other reader, and what is written too small to see is none.
    joined = "".join(sorted(ours))
    assert {one for one in others - ours if one not in joined and not _is_of(one, ours)} == set()


def _is_of(word: str, ours: set[str]) -> bool:
    return any(word.startswith(one) and word.removeprefix(one) in ours for one in ours) or bool(
        re.fullmatch(rf"({re.escape(forms.HIDDEN)})+\w*", word)
    )


def test_the_same_page_gives_the_same_bytes(paper: Path, tmp_path: Path) -> None:
    page = shutil.copy(paper / "rapport.html", tmp_path / "rapport.html")
    again = printed_from(Path(page)).read_bytes()
    assert again == (paper / "rapport.pdf").read_bytes()


@pytest.mark.parametrize(
    ("new", "kinds"),
    [
        (f"<h2>Ärende {CASE}</h2>", {Kind.CASE, Kind.NOT_ON_PAGE}),
        ("<p>En mening som ingen har prövat.</p>", {Kind.NOT_ON_PAGE}),
        ("<table><tr><td>4711</td></tr></table>", {Kind.NOT_ON_PAGE}),
        (f"<p>{pdf.UNDRAWN}</p>", {Kind.UNDRAWN}),
    ],
)
def test_what_the_page_does_not_say_is_found(
    new: str, kinds: set[Kind], paper: Path, report: Report, tmp_path: Path
) -> None:
    folder = reprinted(paper, tmp_path, '<main id="innehall" tabindex="-1">', f'<main id="innehall">{new}')
    assert {one.kind for one in found(folder, report)} == kinds


def test_a_title_is_searched(paper: Path, report: Report, tmp_path: Path) -> None:
    folder = reprinted(paper, tmp_path, "<title>", f"<title>{CASE} ")
    assert Finding("rapport.pdf", "filens egenskaper", Kind.CASE) in found(folder, report)


def test_a_chart_that_was_not_drawn_is_found(paper: Path, report: Report, tmp_path: Path) -> None:
    folder = reprinted(paper, tmp_path, 'id="chart-library">', 'id="chart-library-gone">')
    assert Kind.UNDRAWN in {one.kind for one in found(folder, report)}


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\nnothing", b"not a pdf"])
def test_what_cannot_be_read_does_not_pass(data: bytes, paper: Path, report: Report, tmp_path: Path) -> None:
    folder = shutil.copytree(paper, tmp_path / "committee")
    (folder / "rapport.pdf").write_bytes(data)
    assert [one.kind for one in found(folder, report)] == [Kind.UNOPENED]


def test_what_can_run_or_hold_files_does_not_pass(paper: Path, report: Report, tmp_path: Path) -> None:
    folder = shutil.copytree(paper, tmp_path / "committee")
    data = (folder / "rapport.pdf").read_bytes()
    (folder / "rapport.pdf").write_bytes(data.replace(b"/MarkInfo", b"/AcroForm", 1))
    assert Kind.UNOPENED in {one.kind for one in found(folder, report)}


def test_a_picture_does_not_pass(paper: Path, report: Report, tmp_path: Path) -> None:
    picture = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs="
    folder = reprinted(paper, tmp_path, "<main ", f'<img alt="" width="90" height="90" src="{picture}"><main ')
    assert Kind.UNOPENED in {one.kind for one in found(folder, report)}


def test_without_the_page_nothing_vouches_for_the_paper(paper: Path, report: Report, tmp_path: Path) -> None:
    folder = shutil.copytree(paper, tmp_path / "committee")
    (folder / "rapport.html").unlink()
    assert [one.kind for one in found(folder, report)] == [Kind.UNOPENED]


def test_a_screen_reader_is_told_that_a_figure_is_hidden(paper: Path, report: Report) -> None:
    assert any(figure.suppressed for figure in report.figures.figures.values())
    runs = printed.read((paper / "rapport.pdf").read_bytes()).runs
    assert any(run.text == "skyddad" and run.is_tagged for run in runs)
