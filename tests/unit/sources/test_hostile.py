"""Workbooks made to harm: each gets one clear sentence, in little time and memory."""

from __future__ import annotations

import struct
import zipfile

import pytest

from pipeline.config import Reading
from pipeline.errors import WrongUse
from tests.writers import ods_table, raw_book, write_ods

ROWS = "<row r='1'><c r='A1' t='inlineStr'><is><t>Ärende-ID</t></is></c></row>"
DAMAGED = (
    "Filen bok.xlsx kan inte läsas som en Excel-arbetsbok; den är skadad, ofullständig eller av annat slag, så hämta"
    " utdraget på nytt."
)
DOCTYPE = (
    "Filen {} innehåller en dokumenttypsdeklaration (DOCTYPE), som inte hör hemma i en arbetsbok och kan vara skadlig;"
    " hämta utdraget på nytt eller spara om filen i Excel."
)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MB = 1 << 20


@pytest.fixture
def book(tmp_path):
    return tmp_path / "bok.xlsx"


@pytest.fixture
def told(read_file):
    def sentence(path, limits=Reading()):  # noqa: B008
        with pytest.raises(WrongUse) as fault:
            read_file(path, limits)
        return str(fault.value)

    return sentence


@pytest.mark.parametrize("trick", [LAUGHS, OUTSIDE, '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'])
@pytest.mark.parametrize("part", ["_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_entities_in_any_part(book, told, part, trick):
    raw_book(book, ROWS)
    with zipfile.ZipFile(book) as archive:
        content = archive.read(part).decode()
    raw_book(book, ROWS, parts={part: trick + content})
    assert told(book) == DOCTYPE.format("bok.xlsx")


def test_entities_in_styles(book, told):
    relations = (
        '<Relationships><Relationship Id="r0" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="r1" Type="x/styles" Target="styles.xml"/></Relationships>'
    )
    parts = {"xl/_rels/workbook.xml.rels": relations, "xl/styles.xml": f"{LAUGHS}<styleSheet/>"}
    assert told(raw_book(book, ROWS, parts=parts)) == DOCTYPE.format("bok.xlsx")


def test_entities_in_a_part_of_a_wider_alphabet(book, told):
    content = f'<?xml version="1.0" encoding="UTF-16"?>{LAUGHS}<worksheet><sheetData/></worksheet>'
    assert told(raw_book(book, "", parts={"xl/worksheets/sheet1.xml": content.encode("utf-16")})) == DOCTYPE.format(
        "bok.xlsx"
    )


def test_entities_in_opendocument(tmp_path, told):
    path = write_ods(tmp_path / "bok.ods", ods_table("Blad1", ""))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", f"{LAUGHS}<x>&b;</x>")
    assert told(path) == DOCTYPE.format("bok.ods")


def test_a_bomb(book, told):
    raw_book(book, ROWS, parts={"xl/media/bomb.bin": b"\0" * (64 * MB)})
    assert told(book) == (
        "Filen bok.xlsx är packad hårdare än någon riktig arbetsbok och kan vara skadlig; hämta utdraget på nytt eller"
        " spara det som .csv."
    )


def test_a_workbook_over_the_limit(book, told):
    raw_book(book, ROWS, parts={"xl/media/image.bin": b"\0" * (2 * MB)})
    assert told(book, Reading(unpacked_mb=1)) == (
        "Filen bok.xlsx är för stor när den packas upp, över 1 MB; dela upp utdraget eller spara det som .csv (eller"
        " höj unpacked_mb under [reading] i config.toml)."
    )


def test_a_bomb_that_lies_about_its_size(book, told):
    raw_book(book, "<!--" + " " * (8 * MB) + "-->" + ROWS)
    content = bytearray(book.read_bytes())
    with zipfile.ZipFile(book) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    true, false = struct.pack("<I", entry.file_size), struct.pack("<I", 1_000)
    assert content.count(true) == 2  # in the part's own header, and in the directory
    book.write_bytes(content.replace(true, false))
    assert told(book) == DAMAGED


def test_parts_that_share_their_bytes(book, told):
    raw_book(book, ROWS, parts={"xl/a.bin": b"\0" * MB, "xl/b.bin": b"\0" * MB})
    content = bytearray(book.read_bytes())
    with zipfile.ZipFile(book) as archive:
        first, second = archive.getinfo("xl/a.bin").header_offset, archive.getinfo("xl/b.bin").header_offset
    directory = content.rindex(b"xl/b.bin") - 4
    assert content[directory : directory + 4] == struct.pack("<I", second)
    content[directory : directory + 4] = struct.pack("<I", first)
    book.write_bytes(content)
    assert told(book) == DAMAGED


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "XL/worksheets/SHEET1.xml", "xl\\worksheets\\sheet1.xml"])
def test_two_parts_of_one_name(book, told, name):
    raw_book(book, ROWS)
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr(name, "<worksheet/>")
    assert (
        told(book) == "Filen bok.xlsx har två delar med samma namn, som ingen riktig arbetsbok; spara om den i Excel."
    )


@pytest.mark.parametrize("name", ["../../etc/passwd", "xl/../../x", "..\\x", "C:\\x", "xl/a\nb"])
def test_parts_that_lead_astray(book, told, name):
    assert told(raw_book(book, ROWS, parts={name: "x"})) == (
        "Filen bok.xlsx innehåller delar vars namn pekar utanför filen, som ingen riktig arbetsbok; hämta utdraget på"
        " nytt."
    )


def test_a_sheet_that_lies_outside_the_workbook_is_not_fetched(book, told):
    relations = (
        '<Relationships><Relationship Id="r0" Type="x/worksheet" Target="http://example.org/sheet1.xml"'
        ' TargetMode="External"/></Relationships>'
    )
    assert told(raw_book(book, ROWS, parts={"xl/_rels/workbook.xml.rels": relations})) == DAMAGED


def test_a_workbook_in_a_workbook_is_not_opened(book, told, tmp_path):
    inner = raw_book(tmp_path / "inre.xlsx", ROWS).read_bytes()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("inre.xlsx", inner)
    assert told(book) == (
        "Filen bok.xlsx är ett packat arkiv (zip); packa upp det och lägg filerna i mappen i stället."
    )


def test_an_encrypted_archive(book, told):
    raw_book(book, ROWS)
    content = bytearray(book.read_bytes())
    for place in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
        content[place] |= 1
    book.write_bytes(content)
    assert told(book) == "Filen bok.xlsx är skyddad med lösenord; spara en kopia utan lösenord i mappen i stället."


def test_a_binary_workbook(book, told):
    relations = '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>'
    assert told(raw_book(book, ROWS, parts={"_rels/.rels": relations})) == (
        "Filen bok.xlsx är en binär Excel-arbetsbok (.xlsb), som inte kan läsas; spara den som .xlsx i Excel."
    )


def test_a_cell_of_ten_megabytes(book, told):
    rows = f"{ROWS}<row r='2'><c r='A2' t='inlineStr'><is><t>{'a' * (10 * MB)}</t></is></c></row>"
    assert told(raw_book(book, rows), Reading(unpacked_mb=100)).startswith("Filen bok.xlsx")


def test_a_long_cell_is_told_with_its_place(book, told):
    rows = f"{ROWS}<row r='2'><c r='A2' t='str'><v>{'ab' * 50}</v></c></row>"
    assert told(raw_book(book, rows), Reading(cell_characters=99)) == (
        "Filen bok.xlsx, blad Blad1, rad 2: en cell har fler än 99 tecken; korta den, eller höj cell_characters under"
        " [reading] i config.toml."
    )


def test_a_long_text_that_cells_share_is_told_with_the_place_of_the_cell(book, told):
    rows = f"{ROWS}<row r='2'><c r='A2' t='s'><v>0</v></c></row>"
    path = raw_book(book, rows, f"<si><r><t>{'a' * 60}</t></r><r><t>{'b' * 60}</t></r></si>")
    assert told(path, Reading(cell_characters=99)).startswith("Filen bok.xlsx, blad Blad1, rad 2: en cell har fler än")


@pytest.mark.parametrize("rows", [1_000, 1_048_576])
def test_a_sheet_with_cells_far_apart_does_not_take_all_memory(book, told, rows):
    content = f"{ROWS.replace('Ärende-ID', 'Annat')}<row r='{rows}'><c r='CZ{rows}'><v>1</v></c></row>"
    expected = "Filen bok.xlsx, blad Blad1: ingen rubrikrad" if rows == 1_000 else "Filen bok.xlsx är för stor, den har"
    assert told(raw_book(book, content), Reading(workbook_cells=10_000)).startswith(expected)


def test_more_merged_cells_than_any_hand_makes(book, told):
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{ROWS}</sheetData><mergeCells>'
    sheet += '<mergeCell ref="A1:A1048576"/>' * 9 + "</mergeCells></worksheet>"
    assert told(raw_book(book, "", parts={"xl/worksheets/sheet1.xml": sheet})) == (
        "Filen bok.xlsx, blad Blad1: för många sammanfogade celler; ta bort sammanfogningarna och spara filen."
    )


@pytest.mark.parametrize(
    ("name", "shown"), [("a\u202eb", "a�b"), ("a&#10;b", "a�b"), ("x" * 300, "x" * 79 + "…"), ("\u200bB", "�B")]
)
def test_a_sheets_name_is_shown_without_what_steers_the_screen(book, told, name, shown):
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="r0"/></sheets></workbook>'
    )
    path = raw_book(book, ROWS.replace("Ärende-ID", "Annat"), parts={"xl/workbook.xml": workbook})
    assert told(path).startswith(f"Filen bok.xlsx, blad {shown}: ingen rubrikrad")


def test_two_sheets_of_one_name(book, told):
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="A" sheetId="1" r:id="r0"/><sheet name="a" sheetId="2" r:id="r0"/></sheets></workbook>'
    )
    rows = "<row>" + "".join(f"<c t='str'><v>{h}</v></c>" for h in ("Ärende-ID", "Enhet", "Inledd")) + "</row>"
    assert told(raw_book(book, rows, parts={"xl/workbook.xml": workbook})) == (
        "Filen bok.xlsx har två blad med namnet a; byt namn på det ena och spara filen."
    )
