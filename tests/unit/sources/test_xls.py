"""Workbooks of Excel 97–2003."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
import xlrd
import xlwt

from pipeline.config import Reading
from pipeline.errors import WrongUse
from pipeline.sources import open_source
from pipeline.sources.sheet import Merge
from tests.unit.sources.conftest import described

HEAD = ["Ärende-ID", "Enhet", "Inledd", "Anteckning"]


@pytest.fixture
def read_book(tmp_path, read_file):
    def reading(fill):
        book = xlwt.Workbook(encoding="utf-8")
        page = book.add_sheet("Blad1")
        for place, heading in enumerate(HEAD):
            page.write(0, place, heading)
        fill(book, page)
        book.save(str(tmp_path / "bok.xls"))
        return read_file(tmp_path / "bok.xls")

    return reading


def test_values_become_text(read_book):
    def fill(_, page):
        day, moment = xlwt.easyxf(num_format_str="yyyy-mm-dd"), xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
        clock, length = xlwt.easyxf(num_format_str="hh:mm"), xlwt.easyxf(num_format_str="[h]:mm")
        page.write(1, 0, 199901011234)
        page.write(1, 1, True)
        page.write(1, 2, date(2026, 1, 2), day)
        page.write(1, 3, 2.5)
        page.write(2, 0, "007")
        page.write(2, 1, datetime.fromisoformat("2026-01-02 10:30"), moment)
        page.write(2, 2, time(10, 30), clock)
        page.write(2, 3, 1.5, length)
        page.write(3, 0, 1e10, day)
        page.write(3, 1, date(1900, 2, 1), day)
        page.write(3, 2, xlwt.Formula('"a"&"b"'))

    rows, _, encoding = read_book(fill)
    assert encoding == "Excel 97–2003"
    assert rows["Blad1"] == [
        (2, "199901011234", "true", "2026-01-02", "2.5"),
        (3, "007", "2026-01-02 10:30:00", "10:30:00", "1 day, 12:00:00"),
        (4, "10000000000", "1900-02-01", "", ""),  # xlwt computes nothing
    ]


def test_days_counted_from_1904(read_book):
    def fill(book, page):
        book.dates_1904 = True
        for place, text in enumerate("1A"):
            page.write(1, place, text)
        page.write(1, 2, date(2026, 1, 2), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        page.write(1, 3, 44000)

    rows, tables, _ = read_book(fill)
    assert rows["Blad1"] == [(2, "1", "A", "2026-01-02", "44000")]
    assert tables["Blad1"].sheet.is_1904


def test_shares_are_in_per_cent_and_numbers_keep_the_zeros_that_they_are_shown_with(read_book):
    def fill(_, page):
        zeros, share, finer = (xlwt.easyxf(num_format_str=code) for code in ("00000", "0%", "0.0%"))
        page.write(1, 0, 1, zeros)
        page.write(1, 1, "90 %", share)
        page.write(1, 2, 0.9, share)
        page.write(1, 3, 0.285, finer)
        page.write(2, 0, 1.5, zeros)
        page.write(2, 1, 0.9, xlwt.easyxf(num_format_str="0.00"))
        page.write(2, 2, 0.35, share)
        page.write(2, 3, date(2026, 1, 2), xlwt.easyxf(num_format_str="yyyy-mm-dd"))

    rows, tables, _ = read_book(fill)
    assert rows["Blad1"] == [(2, "00001", "90 %", "90", "28.5"), (3, "1.5", "0.9", "35", "2026-01-02")]
    assert not tables["Blad1"].sheet.is_1904


def test_error_cells_are_not_empty(read_book):
    def fill(_, page):
        page.row(1).set_cell_text(0, "1")
        page.row(1).set_cell_error(1, 42)
        page.row(1).set_cell_error(2, 7)

    assert read_book(fill)[0]["Blad1"] == [(2, "1", "#N/A", "#DIV/0!", "")]


def test_hidden_sheets_and_rows_and_merged_cells_are_read_and_told(read_book):
    def fill(book, page):
        for row in (1, 2, 5):
            for place, text in enumerate(("1", "A", "x")):
                if (row, place) != (2, 1):
                    page.write(row, place, text)
        page.merge(1, 2, 1, 1)
        page.row(2).hidden = True
        page.row(9).hidden = True  # beyond the last row
        book.add_sheet("Dolt").visibility = 1
        book.get_sheet(1).write(0, 0, "Info")

    rows, tables, _ = read_book(fill)
    sheet = tables["Blad1"].sheet
    assert [row[0] for row in rows["Blad1"]] == [2, 3, 6]
    assert (sheet.is_hidden, sheet.hidden_rows, sheet.merges) == (False, {3}, [Merge(2, 3, 1, 1)])
    assert tables["Dolt"].sheet.is_hidden


def test_a_book_whose_formats_cannot_be_read_is_read_without_them_and_told(read_book, tmp_path, monkeypatch):
    own = xlrd.open_workbook

    def choosy(*args, formatting_info=False, **kwargs):
        if formatting_info:
            raise xlrd.XLRDError("formats")
        return own(*args, **kwargs)

    def fill(_, page):
        page.write(1, 0, "1")
        page.write(1, 1, "A")
        page.write(1, 2, date(2026, 1, 2), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        page.write(1, 3, 0.9, xlwt.easyxf(num_format_str="0%"))

    assert read_book(fill)[0]["Blad1"] == [(2, "1", "A", "2026-01-02", "90")]
    assert open_source(described(tmp_path / "bok.xls"), len, Reading()).notes == ()
    monkeypatch.setattr(xlrd, "open_workbook", choosy)
    assert read_book(fill)[0]["Blad1"] == [(2, "1", "A", "2026-01-02", "0.9")]
    assert open_source(described(tmp_path / "bok.xls"), len, Reading()).notes == (
        "arbetsbokens format kunde inte läsas: andelar i procent kan ha lästs som hundradelar, och vad som är dolt"
        " eller sammanslaget märks inte",
    )


def test_a_protected_book(read_book, monkeypatch):
    def protected(*_, **__):
        raise xlrd.XLRDError("Workbook is encrypted")

    monkeypatch.setattr(xlrd, "open_workbook", protected)
    with pytest.raises(WrongUse) as fault:
        read_book(lambda *_: None)
    assert str(fault.value) == (
        "Filen bok.xls är skyddad med lösenord; spara en kopia utan lösenord i mappen i stället."
    )


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_truncated_book(tmp_path, read_book, read_file, share):
    read_book(lambda *_: None)
    path = tmp_path / "bok.xls"
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(WrongUse, match=r"^Filen bok\.xls kan inte läsas som en Excel-arbetsbok; den är skadad"):
        read_file(path)
