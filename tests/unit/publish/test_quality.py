import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from pipeline.publish import faults, quality_html, quality_workbook
from tests.unit.publish import fakes, quality_fakes
from tests.unit.publish.quality_fakes import quality, rejection


def _page(folder: Path, faults: int = 30, demo: bool = False, **changes: object) -> str:
    file = folder / "datakvalitet.html"
    state = replace(quality(faults), **changes)  # type: ignore[arg-type]
    quality_html.write(file, state, fakes.config(), fakes.run_info(demo=demo))
    return file.read_text(encoding="utf-8")


def _book(folder: Path, faults: int = 30, **changes: object) -> openpyxl.Workbook:
    file = folder / "datakvalitet.xlsx"
    quality_workbook.write(file, replace(quality(faults), **changes), fakes.config(), fakes.run_info())  # type: ignore[arg-type]
    return openpyxl.load_workbook(file)


def test_counts_go_by_extract_and_unit_the_most_common_first_and_no_unit_last():
    at_one_unit = rejection(2, unit="Öst"), rejection(3, unit="Öst"), rejection(4, unit="Öst", rule="missing")
    found = faults.listings(replace(quality(), rejections=(rejection(5, unit=""), *at_one_unit)))
    assert list(faults.counts(found)) == [
        ("investigations", "Öst", "Datum går inte att läsa", 2),
        ("investigations", "Öst", "Obligatorisk uppgift saknas", 1),
        ("investigations", "ej angivet", "Datum går inte att läsa", 1),
    ]


@pytest.mark.parametrize(
    ("rule", "title"),
    [
        ("closed_before_opened", "Datum i fel ordning"),
        ("measurable_goals_over_goals", "Antal som inte går ihop"),
        ("a_rule_of_tomorrow", "Annat fel"),
    ],
)
def test_rules_across_columns_and_new_rules_have_advice(rule: str, title: str):
    assert faults.advice(rule).title == title
    assert faults.advice(rule).cure


def test_page_tells_what_came_in_and_what_was_skipped(tmp_path: Path):
    page = _page(tmp_path)
    for text in ("aktualiseringar_2026-09-05.xlsx", "Windows-1252", "Blad1, Blad2", "Anteckning, Skapad av"):
        assert text in page
    assert "Blad1: summa i sidfoten (rad 2204)" in page
    assert "5\N{NO-BREAK SPACE}september\N{NO-BREAK SPACE}2026" in page or "5\N{NO-BREAK SPACE}september 2026" in page


@pytest.mark.parametrize(("rejected", "stops"), [(50, False), (51, True)])
def test_banner_stands_only_above_the_limit(tmp_path: Path, rejected: int, stops: bool):
    assert (faults.STOPPED in _page(tmp_path, rejected)) is stops
    sheet = _book(tmp_path, rejected)["Översikt"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert (faults.STOPPED in texts) is stops
    assert ("över gränsen" in texts) is stops


def test_the_share_just_above_the_limit_does_not_read_as_the_limit(tmp_path: Path):
    above = quality_fakes.account(read=10_000, loaded=9_499, rejected=501, duplicates=0, superseded=0)
    assert faults.rejected_share(above) == "5,01\N{NO-BREAK SPACE}%"
    assert "Utredningar (5,01\N{NO-BREAK SPACE}%). Ingen rapport publiceras, om inte" in _page(tmp_path, files=(above,))
    assert faults.rejected_share(replace(above, read=0)) == "–"


def test_page_lists_so_many_rows_a_rule_and_says_where_the_rest_are(tmp_path: Path):
    page = _page(tmp_path, quality_html.MOST_LISTED + 1)
    # The three of one rule each, and five hundred of the common one.
    assert page.count("går inte att läsa som ett datum.") == quality_html.MOST_LISTED
    assert "De första 500 visas här; alla finns i datakvalitet.xlsx." in page
    assert "De första" not in _page(tmp_path, quality_html.MOST_LISTED)


def test_page_escapes_what_comes_from_files(tmp_path: Path):
    page = _page(tmp_path, rejections=(rejection(value="<script>alert(1)</script>"),))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_page_asks_for_nothing(tmp_path: Path):
    page = _page(tmp_path)
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert "url(" not in page


def test_tables_have_captions_and_headings(tmp_path: Path):
    page = _page(tmp_path)
    assert '<html lang="sv">' in page
    assert page.count("<h1") == 1
    assert page.count("<table") == page.count("<caption")
    assert "<th>" not in page


def test_demodata_is_said_on_the_page(tmp_path: Path):
    assert "DEMODATA" in _page(tmp_path, demo=True)
    assert "DEMODATA" not in _page(tmp_path)


def test_nothing_wrong_is_said_in_words(tmp_path: Path):
    page = _page(tmp_path, rejections=(), warnings=())
    assert "Inga rader är underkända." in page
    assert "Inga varningar." in page
    book = _book(tmp_path, rejections=(), warnings=(), files=())
    assert book["Underkända rader"]["A3"].value == "Inga rader är underkända."
    assert book["Filer"]["A3"].value == "Inga filer lästes."


def test_workbook_holds_every_fault_with_where_and_what_to_do(tmp_path: Path):
    book = _book(tmp_path, 700)
    sheet = book["Underkända rader"]
    rows = [[cell.value for cell in row] for row in sheet[sheet.tables["underkanda_1"].ref]]
    assert len(rows) == 1 + 702
    first = dict(zip(rows[0], rows[-1], strict=True))
    assert first["Fil"] == "utredningar_2026-09-05.csv"
    assert (first["Rubrik"], first["Fel"]) == ("Avslutad", "Datum går inte att läsa")
    assert isinstance(first["Rad"], int)
    assert first["Att göra"]


@pytest.mark.parametrize("most_dressed", [5000, 0])
def test_values_from_files_stay_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_dressed: int):
    monkeypatch.setattr(quality_workbook, "_MOST_DRESSED_ROWS", most_dressed)
    sheet = _book(tmp_path)["Underkända rader"]
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert [cell.value for cell in cells] == ["=Resultat", '=HYPERLINK("x")']
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_more_rows_than_a_sheet_holds_go_on_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(quality_workbook, "_MOST_ROWS_A_SHEET", 20)
    book = _book(tmp_path, 38)
    assert [name for name in book.sheetnames if name.startswith("Underkända")] == [
        "Underkända rader", "Underkända rader 2",
    ]  # fmt: skip
    assert "underkanda_2" in book["Underkända rader 2"].tables


def test_a_file_that_does_not_add_up_is_told(tmp_path: Path):
    lost = (quality_fakes.account(loaded=900),)
    assert '<span class="over">nej</span>' in _page(tmp_path, files=lost)
    assert "nej" in [cell.value for cell in _book(tmp_path, files=lost)["Filer"][4]]
