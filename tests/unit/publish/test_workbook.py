import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.publish.workbook import Book, Sheet, sheet_name
from pipeline.publish.workbook_cells import Column, Entry, numbers
from tests.unit.publish import fakes

DANGEROUS = ["=1+1", "+46 8 123", "-1", "@SUM(A1)", "\t=1", "#N/A", '=HYPERLINK("http://x")']


def _book(demo: bool = False) -> Book:
    return Book("Titel", "Ämne", fakes.config(), fakes.run_info(demo=demo))


def _sheet(book: Book, widths: tuple[int, ...] = (20, 20)) -> Sheet:
    return book.sheet("Blad", widths, "Tertial 2")


def _saved(book: Book, folder: Path) -> Worksheet:
    book.save(folder / "bok.xlsx")
    return openpyxl.load_workbook(folder / "bok.xlsx")["Blad"]


@pytest.mark.parametrize("text", DANGEROUS)
@pytest.mark.parametrize("long", [True, False])
def test_text_from_data_is_never_a_formula(tmp_path: Path, text: str, long: bool):
    book = _book()
    sheet = _sheet(book)
    (sheet.long_table if long else sheet.table)("t", [Column("Text"), numbers("Tal")], [[text, 1]])
    cell = _saved(book, tmp_path)["A2"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix is (text[0] in "=+-@\t")


def test_a_heading_that_looks_like_a_formula_is_text_too(tmp_path: Path):
    book = _book()
    _sheet(book).append([Entry("=Enhet", bold=True)])
    assert _saved(book, tmp_path)["A1"].data_type == "s"


def test_letters_that_a_workbook_cannot_hold_are_left_out(tmp_path: Path):
    book = _book()
    _sheet(book).append(["Ut\x00red\x0bning"])
    assert _saved(book, tmp_path)["A1"].value == "Utredning"


def test_numbers_stay_numbers(tmp_path: Path):
    book = _book()
    _sheet(book).append([Entry(-0.25, "0 %"), 0])
    sheet = _saved(book, tmp_path)
    assert (sheet["A1"].value, sheet["A1"].number_format, sheet["B1"].value) == (-0.25, "0 %", 0)


def test_a_table_is_a_real_one_with_headings_in_view(tmp_path: Path):
    book = _book()
    sheet = _sheet(book)
    sheet.freeze(rows=3, columns=1)
    sheet.title("Rubrik")
    sheet.table("mina_rader", [Column("Enhet"), numbers("Antal")], [["Norr", 1], ["Söder", 2]])
    found = _saved(book, tmp_path)
    assert found.freeze_panes == "B4"
    assert found.tables["mina_rader"].ref == "A3:B5"
    assert found.tables["mina_rader"].column_names == ["Enhet", "Antal"]
    assert found["A3"].font.bold


def test_headings_that_differ_in_capitals_only_are_told_apart(tmp_path: Path):
    book = _book()
    _sheet(book).table("tal", [Column("Område"), numbers("n"), numbers("N")], [["Norr", 1, 2]])
    assert _saved(book, tmp_path).tables["tal"].column_names == ["Område", "n", "N (2)"]


def test_two_tables_may_not_share_a_name(tmp_path: Path):
    book = _book()
    sheet = _sheet(book)
    sheet.table("t", [Column("A")], [["x"]])
    with pytest.raises(ValueError, match="already exists"):
        sheet.table("t", [Column("A")], [["x"]])
    book.save(tmp_path / "bok.xlsx")  # a sheet that is written row by row must be closed


def test_prints_on_a4_across_as_wide_as_the_paper(tmp_path: Path):
    book = _book(demo=True)
    sheet = _sheet(book)
    sheet.freeze(rows=2)
    sheet.title("Rubrik & mer")
    found = _saved(book, tmp_path)
    assert (found.page_setup.orientation, int(found.page_setup.paperSize)) == ("landscape", 9)
    assert (found.sheet_properties.pageSetUpPr.fitToPage, found.page_setup.fitToHeight) == (True, 0)
    assert found.print_title_rows == "$1:$2"
    assert "Exempelköping" in found.oddHeader.left.text
    assert found.oddHeader.center.text == "DEMODATA"
    assert "&P" in found.oddFooter.right.text


def test_rows_grow_with_their_text(tmp_path: Path):
    book = _book()
    sheet = _sheet(book)
    sheet.append(["kort"])
    sheet.append(["en ganska lång text som inte alls får plats på en enda rad i en så smal kolumn"])
    found = _saved(book, tmp_path)
    assert found.row_dimensions[1].height is None
    assert found.row_dimensions[2].height > 3 * 12


def test_a_new_page_is_started_only_when_needed(tmp_path: Path):
    book = _book()
    sheet = _sheet(book)
    for _ in range(20):
        sheet.append(["rad"])
    sheet.keep_together(5)
    for _ in range(10):
        sheet.append(["rad"])
    sheet.keep_together(30)
    assert [found.id for found in _saved(book, tmp_path).row_breaks.brk] == [30]


def test_links_lead_within_the_workbook(tmp_path: Path):
    book = _book()
    sheet = _sheet(book)
    place = sheet.place()
    sheet.append([Entry("hit", link=place)])
    assert _saved(book, tmp_path)["A1"].hyperlink.location == "'Blad'!$A$1"


def test_the_same_contents_are_the_same_bytes(tmp_path: Path):
    for name in ("a.xlsx", "b.xlsx"):
        book = _book()
        _sheet(book).append(["text", 1])
        book.save(tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_properties_tell_whose_and_when_it_is(tmp_path: Path):
    book = _book(demo=True)
    _sheet(book)
    book.save(tmp_path / "bok.xlsx")
    found = openpyxl.load_workbook(tmp_path / "bok.xlsx").properties
    assert (found.title, found.subject, found.creator) == ("Titel", "Ämne", "Exempelköping")
    assert found.created == found.modified == datetime(2026, 9, 10)  # noqa: DTZ001  # the file format has no zone
    assert "DEMODATA" in found.description


def test_a_run_before_1980_can_be_saved_too(tmp_path: Path):
    book = Book("T", "S", fakes.config(), replace(fakes.run_info(), today=date(1979, 5, 1)))
    _sheet(book)
    book.save(tmp_path / "bok.xlsx")
    with zipfile.ZipFile(tmp_path / "bok.xlsx") as file:
        assert {entry.date_time[0] for entry in file.infolist()} == {1980}


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("Utredningar", [], "Utredningar"),
        ("utredningar", ["Utredningar"], "utredningar 2"),
        ("A/B: [c]?*\\", [], "A B c"),
        ("Aktualiseringar och förhandsbedömningar", [], "Aktualiseringar och…"),
        ("x" * 40, ["x" * 30 + "…"], "x" * 29 + " 2"),
    ],
)
def test_sheet_names_are_such_as_excel_allows(wanted: str, taken: list[str], name: str):
    assert sheet_name(wanted, taken) == name
    assert len(sheet_name(wanted, taken)) <= 31
