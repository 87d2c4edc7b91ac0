"""The committee's files as written: clean ones pass; each kind of secret is found in each kind of place."""

from __future__ import annotations

import base64
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import lastcheck
from pipeline.lastcheck import Finding, Kind
from pipeline.model.comments import Comment, Comments, Paragraph, Span
from pipeline.publish import committee_html, packing
from pipeline.publish.report import Report
from tests.unit.lastcheck.conftest import CASE, PERSON, TEXT, secrets

PAGE, BOOK, TABLE = "rapport.html", "rapport.xlsx", "resultat.csv"
CHARTS = re.compile(r'(id="chart-data">)(.*?)(</script>)', re.DOTALL)


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    return shutil.copytree(written, tmp_path / "committee")


def found(folder: Path, report: Report, only: str = "") -> list[Finding]:
    """What is found in one file, as if it stood alone, or in all."""
    for file in folder.iterdir():
        if only and file.name != only:
            file.unlink()
    return list(lastcheck.committee(folder, report, secrets()))


def on_page(folder: Path, change: Callable[[str], str]) -> None:
    file = folder / PAGE
    before = file.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    file.write_text(after, encoding="utf-8")


def in_book(folder: Path, part: str, change: Callable[[str], str]) -> None:
    """Write the workbook anew with one of its parts changed, or added."""
    file, parts = folder / BOOK, {}
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts.get(part, b"").decode("utf-8")
    after = change(before)
    assert after != before
    with zipfile.ZipFile(file, "w") as archive:
        for name, contents in {**parts, part: after.encode()}.items():
            archive.writestr(name, contents)


def in_charts(page: str, change: Callable[[dict[str, object]], None]) -> str:
    def changed(match: re.Match[str]) -> str:
        data = json.loads(packing.unpacked(match[2]))
        change(data)
        return f"{match[1]}{packing.packed(json.dumps(data))}{match[3]}"

    return CHARTS.sub(changed, page)


def test_clean_files_pass(folder: Path, report: Report) -> None:
    assert any(figure.suppressed for figure in report.figures.figures.values())
    assert found(folder, report) == []


SECRETS = {
    "a case": ("BES/0000017", Kind.CASE),
    "a case of digits": ("4711471", Kind.CASE),
    "a person": (PERSON, Kind.PERSON),
    "a text": (f"eftersom {TEXT.upper()}, som sagt", Kind.TEXT),
    "a whole text": ("Ny  bostad", Kind.TEXT),
    "a number": ("19900101-1239", Kind.PERSON_NUMBER),
    "a short number": ("900101+1239", Kind.PERSON_NUMBER),
    "a spaced number": ("1990 01 01 - 1239", Kind.PERSON_NUMBER),
    "a wide number": ("１９９００１０１−１２３９", Kind.PERSON_NUMBER),
    "a soft number": ("1990\u00ad0101\u200b-1239", Kind.PERSON_NUMBER),
}


@pytest.mark.parametrize("planted", SECRETS)
def test_every_kind_is_found_in_an_element_a_cell_and_a_row(planted: str, folder: Path, report: Report) -> None:
    text, kind = SECRETS[planted]
    on_page(folder, lambda page: page.replace("</main>", f"<p>{text}</p></main>"))
    cell = f"<is><t>{text}</t></is></c><c t='inlineStr'><is><t>"
    in_book(folder, "xl/worksheets/sheet1.xml", lambda sheet: sheet.replace("<is><t>", cell, 1))
    (folder / TABLE).write_text((folder / TABLE).read_text("utf-8") + f'"{text}"' + "\n", encoding="utf-8")
    everywhere = {(one.file, one.kind) for one in found(folder, report)}
    wanted = {(name, kind) for name in (PAGE, BOOK)}
    # In a table of figures a cell of digits is a number; the row itself is no figure's.
    assert everywhere >= wanted | {(TABLE, Kind.UNKNOWN_ROW if planted == "a case of digits" else kind)}


PLACES: dict[str, Callable[[str], str]] = {
    "hover text": lambda page: in_charts(page, _hover),
    "packed chart data": lambda page: in_charts(page, lambda data: data.update({CASE: {}})),
    "alt text": lambda page: page.replace('aria-label="Utveckling', f'aria-label="{CASE} Utveckling', 1),
    "title": lambda page: page.replace("<title>", f"<title>{CASE} "),
    "a drawing's text": lambda page: page.replace("</main>", f"<svg><text>{CASE}</text></svg></main>"),
    "a comment in the code": lambda page: page.replace("</main>", f"<!-- {CASE} --></main>"),
    "a comment left open": lambda page: f"{page}<!-- {CASE}",
    "embedded JSON": lambda page: page.replace('id="chart-look">{', f'id="chart-look">{{"a":["{CASE}"],'),
    "a script": lambda page: page.replace("</body>", f"<script>const a = '{CASE}';</script></body>"),
    "styles": lambda page: page.replace("</style>", f".a::after {{ content: '{CASE}' }}</style>"),
    "the library": lambda page: re.sub(
        r'(id="chart-library">).*?(</script>)', lambda m: m[1] + packing.packed(CASE) + m[2], page, flags=re.DOTALL
    ),
    "a data address": lambda page: page.replace(
        "</main>", f'<img alt="" src="data:image/svg+xml;base64,{base64.b64encode(CASE.encode()).decode()}"></main>'
    ),
    "parts of a word": lambda page: page.replace("</main>", "<p>bes-<b>0000</b>017</p></main>"),
    "entities": lambda page: page.replace("</main>", "<p>bes&#45;&#48;000017</p></main>"),
    "an address": lambda page: page.replace("</main>", '<a href="#bes%2D0000017">x</a></main>'),
}  # fmt: skip


def _hover(charts: dict[str, object]) -> None:
    chart = next(iter(charts.values()))
    chart["data"][0]["text"][-1] = f"september: {CASE}"  # type: ignore[index]


@pytest.mark.parametrize("place", PLACES)
def test_a_case_is_found_wherever_it_stands_on_the_page(place: str, folder: Path, report: Report) -> None:
    on_page(folder, PLACES[place])
    assert Kind.CASE in {one.kind for one in found(folder, report, PAGE)}


PARTS: dict[str, tuple[str, Callable[[str], str]]] = {
    "a chart's cache": ("xl/charts/chart1.xml", lambda x: x.replace("<v>Utfall</v>", f"<v>{CASE}</v>", 1)),
    "a chart's title": ("xl/charts/chart1.xml", lambda x: x.replace("<a:t>", f"<a:t>{CASE} ", 1)),
    "a comment": ("xl/comments/comment1.xml", lambda _: f"<comments><t>{CASE}</t></comments>"),
    "core properties": ("docProps/core.xml", lambda x: x.replace("Körning", f"{CASE} Körning")),
    "custom properties": ("docProps/custom.xml", lambda _: f'<Properties><property name="{CASE}"/></Properties>'),
    "a defined name": (
        "xl/workbook.xml", lambda x: x.replace("</workbook>", f'<definedName name="{CASE}"/></workbook>')
    ),
    "a sheet's name": ("xl/workbook.xml", lambda x: x.replace('name="Omslag"', f'name="{CASE}"')),
    "a drawing": ("xl/drawings/drawing1.xml", lambda x: x.replace('descr="', f'descr="{CASE} ', 1)),
    "runs of letters": (
        "xl/sharedStrings.xml", lambda _: "<sst><si><r><t>bes-0000</t></r><r><t>017</t></r></si></sst>"
    ),
    "a formula": ("xl/worksheets/sheet1.xml", lambda x: x.replace("</row>", f'<c><f>"{CASE}"</f></c></row>', 1)),
    "a page's head": ("xl/worksheets/sheet1.xml", lambda x: x.replace("<oddFooter>", f"<oddFooter>{CASE} ", 1)),
    "a part's name": (f"xl/{CASE}.xml", lambda _: "<a/>"),
    "a hidden comment": ("xl/styles.xml", lambda x: f"{x}<!-- {CASE} -->"),
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_a_case_is_found_in_every_part_of_the_workbook(part: str, folder: Path, report: Report) -> None:
    in_book(folder, *PARTS[part])
    assert Kind.CASE in {one.kind for one in found(folder, report, BOOK)}


@pytest.mark.parametrize("part", ["docProps/thumbnail.jpeg", "xl/media/a.png", "xl/externalLinks/externalLink1.xml"])
def test_what_cannot_be_read_does_not_pass(part: str, folder: Path, report: Report) -> None:
    in_book(folder, part, lambda _: "<a/>")
    assert {one.kind for one in found(folder, report, BOOK)} == {Kind.UNOPENED}


@pytest.mark.parametrize("name", ["rapport.pdf", "rapport", "bild.png"])
def test_a_file_of_an_unknown_kind_does_not_pass(name: str, folder: Path, report: Report) -> None:
    (folder / name).write_bytes(b"%PDF-1.7")
    assert [one.kind for one in found(folder, report)] == [Kind.UNOPENED]


@pytest.mark.parametrize("name", [PAGE, BOOK, TABLE])
def test_a_broken_file_does_not_pass(name: str, folder: Path, report: Report) -> None:
    (folder / name).write_bytes(b"\xff\xfe\x00")
    assert [one.kind for one in found(folder, report, name)] == [Kind.UNOPENED]


def test_the_name_of_a_file_is_searched_and_not_repeated(folder: Path, report: Report) -> None:
    (folder / TABLE).rename(folder / f"{CASE} resultat.csv")
    (one,) = found(folder, report)
    assert one.kind is Kind.CASE
    assert CASE not in f"{one.file} {one.place}"


@pytest.mark.parametrize("word", ["bes-00000170", "abes-0000017", "bes0000017", "ny bostad åt alla", "4711 471"])
def test_only_whole_tokens_and_whole_texts_count(word: str, folder: Path, report: Report) -> None:
    on_page(folder, lambda page: page.replace("</main>", f"<p>{word}</p></main>"))
    assert found(folder, report, PAGE) == []


@pytest.mark.parametrize(
    "text",
    ["a9001011239b" + "0" * 52, "3f9001011239", "sha256-ab9001011239+A=", "2026-08-31–2026-12-31"],
)
def test_a_checksum_and_a_day_are_no_personnummer(text: str, folder: Path, report: Report) -> None:
    on_page(folder, lambda page: page.replace("</main>", f"<p>{text}</p></main>"))
    assert found(folder, report, PAGE) == []


def test_what_the_analyst_has_written_is_said_to_be_a_comment(folder: Path, report: Report) -> None:
    said = Comment(
        (
            Paragraph(
                (Span("Se "), Span("BES-0000017", "strong"), Span(".")),
            ),
        )
    )
    committee_html.write(folder / PAGE, replace(report, comments=Comments(metrics={"plan_current": said})))
    findings = found(folder, report, PAGE)
    assert {one.kind for one in findings} == {Kind.CASE}
    assert all("analytikerns kommentar" in one.place for one in findings)
