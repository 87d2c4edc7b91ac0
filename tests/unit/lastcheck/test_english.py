"""English files are proved as strictly as Swedish ones: what is found in the one is found in the other."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
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
_PLANTED = 60  # of the marks of a page and the hidden cells of a workbook, spread over them
_HIDDEN_CELL = re.compile(rf'<c r="(\w+)"[^>]*><is><t>{HIDDEN}</t></is></c>')


@pytest.fixture(scope="module")
def english(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with speaking("en"):
        return write(tmp_path_factory.mktemp("english"), report)


def kinds(folder: Path, report: Report, only: str, spoken: str) -> list[Kind]:
    with speaking(spoken):
        return [one.kind for one in found(folder, report, only)]


def spread(number: int) -> Sequence[int]:
    return range(0, number, max(number // _PLANTED, 1))


def test_clean_files_pass(english: Path, report: Report, tmp_path: Path) -> None:
    folder = shutil.copytree(english, tmp_path / "committee")
    assert HIDDEN in (folder / PAGE).read_text(encoding="utf-8")
    assert f">{_WORDS['en']}</i>" in (folder / PAGE).read_text(encoding="utf-8")
    assert kinds(folder, report, "", "en") == []


def _with_each_mark_a_number(folder: Path, report: Report, spoken: str) -> Iterator[list[Kind]]:
    clean = (folder / PAGE).read_text(encoding="utf-8")
    marks = list(_MARK.finditer(clean))
    for at in spread(len(marks)):
        one = marks[at]
        (folder / PAGE).write_text(f"{clean[: one.start()]}3{clean[one.end() :]}", encoding="utf-8")
        yield kinds(folder, report, PAGE, spoken)


def test_a_number_in_the_place_of_a_mark_is_found_as_on_a_swedish_page(
    english: Path, written: Path, report: Report, tmp_path: Path
) -> None:
    told = {
        spoken: list(_with_each_mark_a_number(shutil.copytree(folder, tmp_path / spoken), report, spoken))
        for spoken, folder in (("sv", written), ("en", english))
    }
    assert told["en"] == told["sv"]
    assert sum(found == [Kind.HIDDEN] for found in told["en"]) > len(told["en"]) / 2


def _with_each_hidden_cell_a_number(folder: Path, report: Report, spoken: str) -> Iterator[tuple[str, list[Kind]]]:
    clean = (folder / BOOK).read_bytes()
    cells = [
        (f"xl/worksheets/sheet{number}.xml", cell[1])
        for number in range(1, len(book.read(folder / BOOK).sheets) + 1)
        for cell in _HIDDEN_CELL.finditer(_part(folder, f"xl/worksheets/sheet{number}.xml"))
    ]
    for at in spread(len(cells)):
        (folder / BOOK).write_bytes(clean)
        part, place = cells[at]
        in_book(folder, part, lambda x, place=place: _numbered(x, place))  # type: ignore[misc]
        yield place, kinds(folder, report, BOOK, spoken)


def _numbered(sheet: str, place: str) -> str:
    return re.sub(rf'<c r="{place}"[^>]*>.*?</c>', f'<c r="{place}" t="n"><v>3</v></c>', sheet, count=1)


def test_a_number_in_a_hidden_cell_is_found_as_in_a_swedish_workbook(
    english: Path, written: Path, report: Report, tmp_path: Path
) -> None:
    told = {
        spoken: list(_with_each_hidden_cell_a_number(shutil.copytree(folder, tmp_path / spoken), report, spoken))
        for spoken, folder in (("sv", written), ("en", english))
    }
    assert [found for _, found in told["en"]] == [found for _, found in told["sv"]]
    assert len(told["en"]) > _PLANTED / 2
    assert sum(found == [Kind.HIDDEN] for _, found in told["en"]) > len(told["en"]) / 2


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
