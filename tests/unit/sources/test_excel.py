"""Workbooks: values as text, errors told apart from empty cells, several sheets, row numbers as Excel shows them."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from python_calamine import CalamineWorkbook

from pipeline.config import Reading
from pipeline.errors import WrongUse
from pipeline.sources import open_source
from pipeline.sources.sheet import Merge
from tests.unit.sources.conftest import described
from tests.writers import raw_book, write

HEAD = ["Ärende-ID", "Enhet", "Inledd", "Anteckning"]


@pytest.fixture
def read_book(tmp_path, read_file):
    def reading(fill, name="bok.xlsx"):
        book = openpyxl.Workbook()
        book.active.title = "Blad1"
        fill(book)
        book.save(tmp_path / name)
        return read_file(tmp_path / name)

    return reading


def sheet_of(*rows):
    def fill(book):
        for row in rows:
            book.active.append(row)

    return fill


def test_values_become_text(read_book):
    rows, _, encoding = read_book(
        sheet_of(
            HEAD,
            [199901011234, True, date(2026, 1, 2), 2.5],
            ["007", False, datetime.fromisoformat("2026-01-02 10:30"), 0.1],
            ["å", None, datetime.fromisoformat("9999-12-31"), -3],
        )
    )
    assert encoding == "Excel"
    assert rows["Blad1"] == [
        (2, "199901011234", "true", "2026-01-02", "2.5"),
        (3, "007", "false", "2026-01-02 10:30:00", "0.1"),
        (4, "å", "", "9999-12-31", "-3"),
    ]


def test_row_numbers_count_titles_and_blank_rows(read_book):
    def fill(book):
        sheet = book.active
        sheet["C3"] = "Ärenden 2026"
        for column, heading in zip("CDEF", HEAD, strict=True):
            sheet[f"{column}6"] = heading
        sheet["C7"], sheet["D7"], sheet["E7"] = "1", "A", "x"
        sheet["C9"], sheet["D9"], sheet["E9"] = "2", "B", "x"
        sheet["C11"] = "Totalt"

    rows, tables, _ = read_book(fill)
    assert [row[:3] for row in rows["Blad1"]] == [(7, "1", "A"), (9, "2", "B")]
    assert tables["Blad1"].tally.notes("Blad1") == (
        "Blad Blad1: 1 titelrad (rad 3)",
        "Blad Blad1: 6 tomma rader (rad 1–2, 4–5, 8, 10)",
        "Blad Blad1: 1 summarad (rad 11)",
    )


def test_error_cells_and_formulas_without_value_are_not_empty(read_book):
    def fill(book):
        sheet_of(HEAD, ["1", "#N/A", "#DIV/0!", None], ["=1+1", "A", "x", None])(book)

    rows, _, _ = read_book(fill)
    assert rows["Blad1"] == [(2, "1", "#N/A", "#DIV/0!", ""), (3, "#FORMEL UTAN VÄRDE", "A", "x", "")]


def test_a_row_of_nothing_but_formulas_without_value_is_a_row(read_book):
    def fill(book):
        sheet_of(HEAD, ["1", "A", "x"])(book)
        for column in "ABC":
            book.active[f"{column}4"] = f"={column}2"

    rows, _, _ = read_book(fill)
    assert [row[0] for row in rows["Blad1"]] == [2, 4]


def test_several_sheets_are_read_and_others_are_told_of(read_book):
    def fill(book):
        sheet_of(HEAD, ["1", "A", "x"])(book)
        second = book.create_sheet("Blad2")
        second.append(["Enhet", "Ärende-ID", "Inledd"])
        second.append(["B", "2", "y"])
        info = book.create_sheet("Info")
        info.append(["Utskrivet av", "Combine"])
        info.append(["Enhet", "Alla"])
        book.create_sheet("Tomt")

    rows, tables, _ = read_book(fill)
    assert rows == {"Blad1": [(2, "1", "A", "x", "")], "Blad2": [(2, "2", "B", "y", None)], "Info": []}
    assert tables["Info"].tally.notes("Info") == ("Blad Info: 2 rader utan kända rubriker, bladet lästes inte",)


def test_a_sheet_that_lacks_a_heading_is_named(read_book):
    def fill(book):
        sheet_of(HEAD, ["1", "A", "x"])(book)
        book.create_sheet("Mars").append(["Ärende-ID", "Enhet", "Startdatum"])

    with pytest.raises(WrongUse, match=r"^Filen bok\.xlsx, blad Mars: rubriken Inledd saknas i rubrikraden \(rad 1\);"):
        read_book(fill)


def test_a_workbook_without_content(read_book):
    with pytest.raises(WrongUse, match=r"^Filen bok\.xlsx är tom"):
        read_book(lambda book: None)


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 avbruten", b"\x01\x02 annat", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 kort"]
)
def test_what_is_no_workbook(tmp_path, read_file, content):
    path = tmp_path / "bok.xlsx"
    path.write_bytes(content)
    with pytest.raises(WrongUse) as fault:
        read_file(path)
    assert str(fault.value) == (
        "Filen bok.xlsx kan inte läsas som en Excel-arbetsbok; den är skadad, ofullständig eller av annat slag, så"
        " hämta utdraget på nytt."
    )


def test_a_truncated_workbook(tmp_path, read_book, read_file):
    read_book(sheet_of(HEAD, ["1", "A", "x"]))
    path = tmp_path / "bok.xlsx"
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(WrongUse, match="kan inte läsas som en Excel-arbetsbok"):
        read_file(path)


@pytest.fixture
def book(tmp_path, read_book):
    """The bytes of a workbook that can be read, and where to put damaged ones."""
    read_book(sheet_of(HEAD, ["1", "A", "x"], ["2", "#N/A", date(2026, 1, 2)]))
    path = tmp_path / "bok.xlsx"
    return path.read_bytes(), path


def test_a_workbook_with_a_wrong_bit_anywhere_is_read_or_said_to_be_damaged(book, read_file):
    content, path = book
    damaged = 0
    for place in range(0, len(content), 23):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        try:
            read_file(path)
        except WrongUse:
            damaged += 1
    assert damaged > 20


def test_a_version_that_no_archive_has(book, read_file):
    content, path = book
    entry = content.index(b"PK\x01\x02")
    path.write_bytes(content[: entry + 6] + bytes([230]) + content[entry + 7 :])
    with pytest.raises(WrongUse, match="kan inte läsas som en Excel-arbetsbok"):
        read_file(path)


def test_a_time_that_is_none_stays_a_number(read_book):
    def fill(book):
        sheet_of(HEAD, ["1", "A", "x"], ["2", "B", 1e10], ["3", "C", -1])(book)
        book.active["C3"].number_format = "[h]:mm"
        book.active["C4"].number_format = "yyyy-mm-dd"

    rows, _, _ = read_book(fill)
    assert [row[3] for row in rows["Blad1"]] == ["x", "10000000000", "-1"]


def test_a_cell_at_the_far_end_of_the_sheet_does_not_take_all_memory(read_book):
    def fill(book):
        sheet_of(HEAD, ["1", "A", "x"])(book)
        book.active["XFD1048576"] = "x"

    with pytest.raises(WrongUse) as fault:
        read_book(fill)
    assert str(fault.value) == (
        "Filen bok.xlsx, blad Blad1, rad 1048576: raden har celler bortom kolumn 1000; ta bort det som står utanför"
        " tabellen, eller höj columns under [reading] i config.toml."
    )


def test_hidden_sheets_and_rows_and_merged_cells_are_read_and_told(read_book):
    def fill(book):
        sheet_of(HEAD, ["1", "A", "x"], ["2", "B", "x"], ["3", None, "x"])(book)
        page = book.active
        page.merge_cells("B3:B4")
        page.row_dimensions[3].hidden = True
        page.row_dimensions[9].hidden = True  # beyond the last row
        book.create_sheet("Synligt").append(["Info"])
        page.sheet_state = "veryHidden"

    rows, tables, _ = read_book(fill)
    sheet = tables["Blad1"].sheet
    assert [row[0] for row in rows["Blad1"]] == [2, 3, 4]
    assert (sheet.is_hidden, sheet.hidden_rows, sheet.merges) == (True, {3}, [Merge(3, 4, 1, 1)])
    assert not tables["Synligt"].sheet.is_hidden


def test_days_counted_from_1904(read_book):
    def fill(book):
        sheet_of(HEAD, ["1", "A", date(2026, 1, 2)], ["2", "B", datetime.fromisoformat("2026-01-02 10:30")])(book)
        book.epoch = CALENDAR_MAC_1904

    rows, tables, _ = read_book(fill)
    assert [row[3] for row in rows["Blad1"]] == ["2026-01-02", "2026-01-02 10:30:00"]
    assert tables["Blad1"].sheet.is_1904


def test_a_plain_number_stays_one_whatever_days_are_counted_from(read_book):
    def fill(book):
        sheet_of(HEAD, ["1", "A", 44000])(book)
        book.epoch = CALENDAR_MAC_1904

    assert read_book(fill)[0]["Blad1"] == [(2, "1", "A", "44000", "")]
    assert not read_book(sheet_of(HEAD, ["1", "A", "x"]))[1]["Blad1"].sheet.is_1904


def test_shares_are_in_per_cent_and_numbers_keep_the_zeros_that_they_are_shown_with(read_book):
    def fill(book):
        sheet_of(HEAD, [1, "A", 0.9, 0.285], [12345678, "90 %", 0.35, 0.35], ["007", "90%", "=1/2", 1])(book)
        page = book.active
        for row in (2, 3, 4):
            page[f"A{row}"].number_format, page[f"C{row}"].number_format = "00000", "0%"
        page["D2"].number_format, page["D3"].number_format, page["D4"].number_format = "0.0%", '0.00"%"', "0.0\\ %"

    assert read_book(fill)[0]["Blad1"] == [
        (2, "00001", "A", "90", "28.5"),
        (3, "12345678", "90 %", "35", "0.35"),
        (4, "007", "90%", "#FORMEL UTAN VÄRDE", "100"),
    ]


def test_the_last_moment_of_a_day_is_of_that_day(read_book):
    last = datetime.fromisoformat("2026-05-02 23:59:59.999999")
    rows, _, _ = read_book(sheet_of(HEAD, ["1", "A", last], ["2", "B", last.replace(microsecond=0)]))
    assert [row[3] for row in rows["Blad1"]] == ["2026-05-02 23:59:59.999000", "2026-05-02 23:59:59"]


def test_rich_texts_and_signs_written_by_number(tmp_path, read_file):
    texts = (
        "<si><r><t>Ärende</t></r><r><rPr><b/></rPr><t>-ID</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>"
        "<si><t>Enhet</t></si><si><t>Inledd</t></si><si><t xml:space='preserve'> a_x000D_\n_x0041_ </t></si>"
    )
    rows = (
        "<row r='1'><c r='A1' t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>2</v></c></row>"
        "<row><c t='inlineStr'><is><t>1</t></is></c><c t='s'><v>3</v></c><c t='d'><v>2026-01-02T00:00:00</v></c></row>"
    )
    rows, _, _ = read_file(raw_book(tmp_path / "bok.xlsx", rows, texts))
    assert rows["Blad1"] == [(2, "1", " a\r\nA ", "2026-01-02", None)]


@pytest.mark.parametrize(
    "rows",
    [
        "<row r='2'><c r='A2'><v>1</v></c></row><row r='1'><c r='A1'><v>1</v></c></row>",  # a row would be lost
        "<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>",  # a cell would be lost
        "<row r='1048577'><c><v>1</v></c></row>",
        "<row r='1'><c r='XFE1'><v>1</v></c></row>",
        "<row r='1'><c t='s'><v>7</v></c></row>",
        "<row r='1'><c t='s'><v>-1</v></c></row>",
        "<row r='1'><c><c><v>1</v></c></c></row>",
        "<x>" * 300 + "</x>" * 300,
        f"<x a='{'a' * (6 << 20)}'/>",
    ],
)
def test_sheets_that_no_program_writes_are_damaged(tmp_path, read_file, rows):
    with pytest.raises(WrongUse, match=r"^Filen bok\.xlsx kan inte läsas som en Excel-arbetsbok; den är skadad"):
        read_file(raw_book(tmp_path / "bok.xlsx", rows))


def test_a_far_end_that_is_only_formatted_does_not_matter(read_book):
    def fill(book):
        sheet_of(HEAD, ["1", "A", "x"])(book)
        book.active["XFD1048576"].number_format = "0.00"
        book.active["ZZ2"] = "anteckning"

    rows, _, _ = read_book(fill)
    assert [row[:3] for row in rows["Blad1"]] == [(2, "1", "A")]


NUMBERS = st.one_of(st.integers(-(10**15), 10**15), st.floats(-1e9, 1e9))
DAYS = st.dates(date(1900, 3, 1), date(9999, 12, 31))
MOMENTS = st.datetimes(datetime.fromisoformat("1901-01-01"), datetime.fromisoformat("2100-01-01")).map(
    lambda moment: moment.replace(microsecond=0)
)
CELLS = st.one_of(st.none(), st.booleans(), NUMBERS, DAYS, MOMENTS, st.sampled_from(["å", "=1", "007", " x "]))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=4).map(lambda cells: ["a", *cells]), min_size=1, max_size=6))
def test_an_independent_reader_sees_the_same(tmp_path, rows):
    path = write(tmp_path / "bok.xlsx", rows)
    source = open_source(described(path), len, Reading())
    ours = [cells for sheet in source.sheets for _, cells in sheet.rows]
    theirs = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    width = max(map(len, theirs))
    assert [cells + [""] * (width - len(cells)) for cells in ours] == [
        [as_text(value) for value in row] for row in theirs
    ]


def as_text(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
