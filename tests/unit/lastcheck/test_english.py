"""English files are proved as strictly as Swedish ones: what is found in the one is found in the other."""

from __future__ import annotations

import re
import shutil
from collections.abc import Container, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from pipeline.language import speaking
from pipeline.lastcheck import Finding, Kind, book
from pipeline.publish.forms import HIDDEN
from pipeline.publish.report import Report
from tests.unit.lastcheck.conftest import TEXT, write
from tests.unit.lastcheck.test_committee import BOOK, PAGE, found, in_book, in_charts, on_page

_MARK = re.compile(r'<i class="h">[^<]*</i>')
_WORDS = {"sv": "skyddad", "en": "hidden"}
# Numbers are put in every eighth mark of a page, or hidden cell of a workbook, at a time: neighbours that are told by
# the same place are never together.
_PORTIONS, _MANY = 8, 40
_HIDDEN_CELL = re.compile(rf'<c r="(\w+)"[^>]*><is><t>{HIDDEN}</t></is></c>')


@pytest.fixture(scope="module")
def english(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with speaking("en"):
        return write(tmp_path_factory.mktemp("english"), report)


def kinds(folder: Path, report: Report, only: str, spoken: str) -> list[Kind]:
    with speaking(spoken):
        return [one.kind for one in found(folder, report, only)]


def test_clean_files_pass(english: Path, report: Report, tmp_path: Path) -> None:
    folder = shutil.copytree(english, tmp_path / "committee")
    assert HIDDEN in (folder / PAGE).read_text(encoding="utf-8")
    assert f">{_WORDS['en']}</i>" in (folder / PAGE).read_text(encoding="utf-8")
    assert kinds(folder, report, "", "en") == []


def _with_marks_numbered(folder: Path, report: Report, spoken: str) -> Iterator[list[Kind]]:
    clean = (folder / PAGE).read_text(encoding="utf-8")
    marks = [one.start() for one in _MARK.finditer(clean)]
    for first in range(_PORTIONS):
        chosen = set(marks[first::_PORTIONS])
        (folder / PAGE).write_text(_MARK.sub(partial(_three_where, chosen), clean), encoding="utf-8")
        yield kinds(folder, report, PAGE, spoken)


def _three_where(chosen: Container[int], mark: re.Match[str]) -> str:
    return "3" if mark.start() in chosen else mark[0]


def test_numbers_in_the_places_of_marks_are_found_as_on_a_swedish_page(
    english: Path, written: Path, report: Report, tmp_path: Path
) -> None:
    told = {
        spoken: list(_with_marks_numbered(shutil.copytree(folder, tmp_path / spoken), report, spoken))
        for spoken, folder in (("sv", written), ("en", english))
    }
    assert told["en"] == told["sv"]
    _hold_nearly_all(told["en"], len(_MARK.findall((english / PAGE).read_text(encoding="utf-8"))))


def _hold_nearly_all(told: Sequence[list[Kind]], planted: int) -> None:
    """Each number is found once, but for what is no figure's: where the mark is explained."""
    assert planted > _MANY
    found_out = [kind for portion in told for kind in portion]
    assert set(found_out) == {Kind.HIDDEN}
    assert planted - 1 <= len(found_out) <= planted


def _with_hidden_cells_numbered(folder: Path, report: Report, spoken: str) -> Iterator[list[Kind]]:
    clean = (folder / BOOK).read_bytes()
    cells = _hidden_cells(folder)
    for first in range(_PORTIONS):
        (folder / BOOK).write_bytes(clean)
        chosen = cells[first::_PORTIONS]
        for part in sorted({part for part, _ in chosen}):
            places = {place for of, place in chosen if of == part}
            in_book(folder, part, partial(_HIDDEN_CELL.sub, partial(_three_at, places)))
        yield kinds(folder, report, BOOK, spoken)


def _hidden_cells(folder: Path) -> list[tuple[str, str]]:
    parts = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(book.read(folder / BOOK).sheets) + 1)]
    return [(part, cell[1]) for part in parts for cell in _HIDDEN_CELL.finditer(_part(folder, part))]


def _three_at(places: Container[str], cell: re.Match[str]) -> str:
    return f'<c r="{cell[1]}" t="n"><v>3</v></c>' if cell[1] in places else cell[0]


def test_numbers_in_hidden_cells_are_found_as_in_a_swedish_workbook(
    english: Path, written: Path, report: Report, tmp_path: Path
) -> None:
    told = {
        spoken: list(_with_hidden_cells_numbered(shutil.copytree(folder, tmp_path / spoken), report, spoken))
        for spoken, folder in (("sv", written), ("en", english))
    }
    assert told["en"] == told["sv"]
    _hold_nearly_all(told["en"], len(_hidden_cells(english)))


def test_a_statistic_beside_and_a_sentence_are_held(english: Path, report: Report, tmp_path: Path) -> None:
    folder = shutil.copytree(english, tmp_path / "committee")
    mark = '<i class="h">hidden</i>'
    on_page(folder, lambda page: page.replace(f"<dd>{mark}</dd>", "<dd>97 days</dd>", 1))
    assert Kind.HIDDEN in kinds(folder, report, PAGE, "en")
    shutil.rmtree(folder)
    shutil.copytree(english, folder)
    too_few = "The number is too small to be shown."
    on_page(folder, lambda page: page.replace(f'<p class="sentence">{too_few}', '<p class="sentence">3 of 4', 1))
    assert Kind.HIDDEN in kinds(folder, report, PAGE, "en")


def test_a_hidden_month_in_a_chart_is_found(english: Path, report: Report, tmp_path: Path) -> None:
    folder = shutil.copytree(english, tmp_path / "committee")

    def drawn(data: dict[str, object]) -> None:
        for chart in data.values():
            for trace in chart["data"]:  # type: ignore[index]
                for at, day in enumerate(trace["x"]):
                    if str(day).startswith("2026-03-") and "markers" in trace.get("mode", ""):
                        trace["y"][at] = 0.75

    on_page(folder, lambda page: in_charts(page, drawn))
    assert Kind.HIDDEN in kinds(folder, report, PAGE, "en")


def test_a_case_and_a_text_of_a_case_are_found(english: Path, report: Report, tmp_path: Path) -> None:
    folder = shutil.copytree(english, tmp_path / "committee")
    on_page(folder, lambda page: page.replace("</main>", f"<p>case BES/0000017: {TEXT}</p></main>"))
    assert {Kind.CASE, Kind.TEXT} <= set(kinds(folder, report, PAGE, "en"))


def test_the_analysts_comment_is_told_from_the_programs_own_words(
    english: Path, report: Report, tmp_path: Path
) -> None:
    from pipeline.lastcheck import account

    folder = shutil.copytree(english, tmp_path / "committee")
    said = "Vi har läst akterna."
    on_page(folder, lambda page: page.replace(said, f"{said} {TEXT}"))
    with speaking("en"):
        told: list[Finding] = found(folder, report, PAGE)
    assert told
    assert all(account.is_in_comment(one) for one in told)
    in_comments = Finding(BOOK, "bladet Comments, cell C4", Kind.TEXT)
    assert account.is_in_comment(in_comments)


def _part(folder: Path, name: str) -> str:
    import zipfile

    with zipfile.ZipFile(folder / BOOK) as archive:
        return archive.read(name).decode() if name in archive.namelist() else ""
