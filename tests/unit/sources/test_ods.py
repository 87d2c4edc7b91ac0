"""OpenDocument spreadsheets."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pipeline.config import Reading
from pipeline.errors import WrongUse
from pipeline.sources.sheet import Merge
from tests.writers import ods_cell, ods_row, ods_table, write_ods

HEAD = ("Ärende-ID", "Enhet", "Inledd", "Anteckning")
CALCEXT = (
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" calcext:value-type="error"'
)
LAST = 1 << 20


def cells(*values):
    return "".join(map(ods_cell, values))


def head():
    return ods_row(cells(*HEAD))


@pytest.fixture
def read_tables(tmp_path, read_file):
    def reading(*tables, **kwargs):
        return read_file(write_ods(tmp_path / "bok.ods", "".join(tables), **kwargs))

    return reading


@pytest.fixture
def read_rows(read_tables):
    def reading(*rows):
        return read_tables(ods_table("Blad1", head() + "".join(rows)))[0]["Blad1"]

    return reading


def test_values_become_text(read_tables):
    rows, _, encoding = read_tables(
        ods_table(
            "Blad1",
            head()
            + ods_row(cells(199901011234, True, date(2026, 1, 2), 2.5))
            + ods_row(cells("007", False, datetime.fromisoformat("2026-01-02 10:30"), 0.1)),
        )
    )
    assert encoding == "OpenDocument"
    assert rows["Blad1"] == [
        (2, "199901011234", "true", "2026-01-02", "2.5"),
        (3, "007", "false", "2026-01-02 10:30:00", "0.1"),
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<table:table-cell office:value-type="time" office:time-value="PT10H30M00S"/>', "10:30:00"),
        ('<table:table-cell office:value-type="time" office:time-value="PT36H00M00S"/>', "1 day, 12:00:00"),
        ('<table:table-cell office:value-type="time" office:time-value="snart"/>', "snart"),
        ('<table:table-cell office:value-type="percentage" office:value="0.285"/>', "28.5"),
        ('<table:table-cell office:value-type="percentage" office:value="0.9"><text:p>90 %</text:p></table:table-cell>',
         "90"),
        ("<table:table-cell office:value-type='string'><text:p>90 %</text:p></table:table-cell>", "90 %"),
        ('<table:table-cell office:value-type="float" office:value="1"><text:p>00001</text:p></table:table-cell>',
         "00001"),
        ('<table:table-cell office:value-type="float" office:value="1.5"><text:p>00002</text:p></table:table-cell>',
         "1.5"),
        ('<table:table-cell office:value-type="float" office:value="0"><text:p>00</text:p></table:table-cell>', "00"),
        ('<table:table-cell office:value-type="string" office:string-value="bara här"/>', "bara här"),
        ("<table:table-cell office:value-type='string'><text:p>a<text:s text:c='2'/>b<text:tab/>c</text:p>"
         "<text:p> rad  två<text:line-break/><text:span>x</text:span> </text:p></table:table-cell>",
         "a  b\tc\nrad två\nx"),
        ("<table:table-cell office:value-type='string'><office:annotation><text:p>en anteckning</text:p>"
         "</office:annotation><text:p>värde</text:p></table:table-cell>", "värde"),
        ("<table:table-cell table:formula='of:=1/0'/>", "#FORMEL UTAN VÄRDE"),
        (f"<table:table-cell {CALCEXT} office:value-type='string'><text:p>#N/A</text:p></table:table-cell>", "#N/A"),
        (f"<table:table-cell {CALCEXT} office:value-type='string'><text:p>Err:502</text:p></table:table-cell>",
         "#VALUE!"),
    ],
)  # fmt: skip
def test_the_text_of_a_cell(read_rows, cell, text):
    assert read_rows(ods_row(cells("1", "A", "x") + cell))[0][4] == text


@pytest.mark.parametrize(("first_day", "is_1904"), [("1904-01-01", True), ("1899-12-30", False)])
def test_what_days_are_counted_from(read_tables, first_day, is_1904):
    settings = (
        f'<table:calculation-settings><table:null-date table:date-value="{first_day}"/></table:calculation-settings>'
    )
    rows, tables, _ = read_tables(settings, ods_table("Blad1", head() + ods_row(cells("1", "A", 44000))))
    assert rows["Blad1"] == [(2, "1", "A", "44000", "")]
    assert tables["Blad1"].sheet.is_1904 is is_1904


def test_repeated_rows_and_columns_stand_as_often_as_they_say(read_rows):
    rows = read_rows(
        ods_row(cells("1", "A", "x"), 'table:number-rows-repeated="2"'),
        ods_row("<table:table-cell/>", 'table:number-rows-repeated="3"'),
        ods_row(ods_cell("2", 'table:number-columns-repeated="3"')),
    )
    assert [row[:4] for row in rows] == [(2, "1", "A", "x"), (3, "1", "A", "x"), (7, "2", "2", "2")]


def test_the_empty_rest_of_a_sheet_takes_nothing(read_tables):
    rest = 'table:number-columns-repeated="16384"'
    row = ods_row(cells("1", "A", "x") + f"<table:table-cell {rest}/>")
    end = ods_row(f"<table:table-cell {rest}/>", f'table:number-rows-repeated="{LAST}" table:visibility="collapse"')
    rows, tables, _ = read_tables(ods_table("Blad1", head() + row + end))
    assert [row[0] for row in rows["Blad1"]] == [2]
    assert tables["Blad1"].sheet.hidden_rows == set()


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (ods_row(ods_cell("x", 'table:number-columns-repeated="16384"')), "blad Blad1, rad 2: raden har celler bortom"),
        (ods_row(ods_cell("x"), f'table:number-rows-repeated="{LAST}"'), "kan inte läsas som ett kalkylblad"),
        (ods_row(ods_cell("x"), 'table:number-rows-repeated="0"'), "kan inte läsas som ett kalkylblad"),
        (
            ods_row("<table:table-cell><text:p><text:s text:c='999999999'/></text:p></table:table-cell>"),
            "blad Blad1, rad 2: en cell har fler än 100000 tecken; korta den",
        ),
    ],
)
def test_what_is_repeated_too_often_is_told(read_rows, row, what):
    with pytest.raises(WrongUse, match=rf"^Filen bok\.ods[,:]? {what}"):
        read_rows(row)


def test_a_bomb_of_repeated_rows_goes_off_in_no_memory(tmp_path, read_file):
    wide = ods_row(ods_cell("x", 'table:number-columns-repeated="999"'), f'table:number-rows-repeated="{LAST - 9}"')
    path = write_ods(tmp_path / "bok.ods", ods_table("Blad1", head() + wide))
    with pytest.raises(WrongUse) as fault:
        read_file(path, Reading(workbook_cells=100_000))
    assert str(fault.value) == (
        "Filen bok.ods är för stor, den har över 100000 celler; ta bort det som står långt utanför tabellen, dela upp"
        " utdraget eller spara det som .csv (eller höj workbook_cells under [reading] i config.toml)."
    )


def test_a_bomb_of_hidden_rows_goes_off_in_no_memory(read_tables):
    hidden = ods_row(ods_cell("x"), f'table:number-rows-repeated="{LAST}" table:visibility="filter"')
    with pytest.raises(WrongUse) as fault:
        read_tables(*(ods_table(f"Blad{number}", hidden) for number in range(99)))
    assert str(fault.value) == "Filen bok.ods, blad Blad1: för många dolda rader; ta fram raderna och spara filen."


def test_hidden_sheets_and_rows_and_merged_cells_are_read_and_told(read_tables):
    shown = '<style:table-properties table:display="false"/>'
    style = f'<style:style style:name="ta2" style:family="table">{shown}</style:style>'
    hidden = ods_table(
        "Dolt",
        head()
        + ods_row(ods_cell("1") + ods_cell("A", 'table:number-rows-spanned="2"') + ods_cell("x"))
        + ods_row(ods_cell("2") + "<table:covered-table-cell/>" + ods_cell("x"), 'table:visibility="filter"')
        + ods_row("<table:table-cell/>", 'table:visibility="collapse" table:number-rows-repeated="2"')
        + ods_row(cells("3", "B", "x")),
        'table:style-name="ta2"',
    )
    rows, tables, _ = read_tables(
        hidden, ods_table("Tomt", ""), ods_table("Sist", ods_row(cells("Info"))), styles=style
    )
    sheet = tables["Dolt"].sheet
    assert [row[0] for row in rows["Dolt"]] == [2, 3, 6]
    assert (sheet.is_hidden, sheet.hidden_rows, sheet.merges) == (True, {3, 4, 5}, [Merge(2, 3, 1, 1)])
    assert not tables["Sist"].sheet.is_hidden
    assert tables["Sist"].tally.unread == 1


def test_a_protected_spreadsheet(read_tables):
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    with pytest.raises(WrongUse, match=r"^Filen bok\.ods är skyddad med lösenord; spara en kopia utan lösenord"):
        read_tables(ods_table("Blad1", head()), manifest=manifest)


def test_a_document_that_is_no_spreadsheet(read_tables):
    with pytest.raises(WrongUse, match=r"^Filen bok\.ods är inget kalkylblad; spara utdraget som"):
        read_tables("<text:p>Ett brev</text:p>")
