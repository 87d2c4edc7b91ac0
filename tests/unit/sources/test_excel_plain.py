"""Rows that are cut out before the parser: whatever the parser would have read comes back the same."""

from __future__ import annotations

import io
import random

import pytest

from pipeline.config import Reading
from pipeline.errors import WrongUse
from pipeline.sources import excel, open_source
from pipeline.sources.excel_plain import WithoutPlainRows
from tests.fuzz.mutations import mutated
from tests.unit.sources.conftest import described
from tests.writers import raw_book

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def cell(place, value, kind="n"):
    return f'<c r="{place}" s="0" t="{kind}"><v>{value}</v></c>'


def row(number, *cells):
    return f'<row r="{number}" spans="1:3" x14ac:dyDescent="0.25">{"".join(cells)}</row>'


ROWS = [
    row(1, cell("A1", "0", "s"), cell("C1", "1", "s")),
    row(2, cell("A2", "1.5"), cell("B2", "1", "b"), cell("C2", "å", "str")),
    row(4, '<c r="A4" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c><c r="B4" s="1"/><c r="D4"></c>'),
    row(5, '<c r="A5"><f>1+1</f><v>2</v></c>', cell("B5", "#N/A", "e")),  # a formula is for the parser
    row(6, cell("A6", "&lt;", "str"), cell("B6", "a_x0041_", "str")),
    row(7),
    row(9, cell("A9", "7")),
]


def sheet(rows, before="", after=""):
    start = f'{DECLARED}<worksheet xmlns="{MAIN}" xmlns:x14ac="urn:x">'
    return f"{start}{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


@pytest.fixture
def read_rows(tmp_path):
    def reading(content):
        path = raw_book(
            tmp_path / "bok.xlsx",
            "",
            "<si><t>Ärende-ID</t></si><si><t>Enhet</t></si>",
            parts={"xl/worksheets/sheet1.xml": content},
        )
        source = open_source(described(path), len, Reading())
        return [row for sheet in source.sheets for row in sheet.rows]

    return reading


def test_what_is_cut_out_and_what_is_left():
    taken = []
    part = WithoutPlainRows(io.BytesIO(sheet("".join(ROWS)).encode()), lambda number, cells: taken.append(number))
    left = b""
    while piece := part.read(1 << 18):
        left += piece
    assert taken == [1, 2, 4]  # what stands after one that is not plain must not come before it
    assert left.decode() == sheet("".join(ROWS[3:]))


def test_rows_of_both_kinds_come_in_their_order(read_rows):
    assert read_rows(sheet("".join(ROWS))) == [
        (1, ["Ärende-ID", "", "Enhet"]),
        (2, ["1.5", "true", "å"]),
        (3, []),
        (4, [" x "]),
        (5, ["2", "#N/A"]),
        (6, ["<", "aA"]),
        (7, []),
        (8, []),
        (9, ["7"]),
    ]


@pytest.mark.parametrize(
    "content",
    [
        sheet("<!--" + row(1, cell("A1", "1")) + "-->" + row(2, cell("A2", "2"))),
        sheet("<?x " + row(1, cell("A1", "1")) + "?>" + row(2, cell("A2", "2"))),
        sheet(row(2, cell("A2", "2")), before="<!-- <sheetData>" + row(1, cell("A1", "1")) + "-->"),
        sheet(row(2, cell("A2", "2")), before="<?x <sheetData>" + row(1, cell("A1", "1")) + "?>"),
        sheet('<row r="2"><c r="A2" t="str"><v><![CDATA[2]]></v></c></row>'),
    ],
)
def test_what_only_looks_like_a_row_is_none(read_rows, content):
    assert read_rows(content) == [(1, []), (2, ["2"])]


@pytest.mark.parametrize("codec", ["utf-16", "iso-8859-1"])
def test_other_alphabets_are_left_to_the_parser(read_rows, codec):
    content = sheet(row(1, cell("A1", "å", "str"))).replace("UTF-8", codec)
    assert read_rows(content.encode(codec)) == [(1, ["å"])]


def test_rows_of_any_size_of_piece(monkeypatch, read_rows):
    expected = read_rows(sheet("".join(ROWS)))
    for size in (1, 7, 100):
        monkeypatch.setattr("pipeline.sources.markup._CHUNK", size)
        assert read_rows(sheet("".join(ROWS))) == expected


def test_damaged_sheets_are_read_as_without(monkeypatch, read_rows):
    def outcome(content):
        try:
            return read_rows(content)
        except WrongUse:
            return None

    whole = sheet("".join(ROWS)).encode()
    read = 0
    for number in range(400):
        content = mutated(random.Random(number), whole, whole)
        found = outcome(content)
        with monkeypatch.context() as context:
            context.setattr(excel, "WithoutPlainRows", lambda part, take: part)
            expected = outcome(content)
        if expected is not None:
            read += 1
            assert found == expected, content
    assert read > 50
