"""Delimited text: encodings, separators, quotes; what is no row; and nothing lost."""

from __future__ import annotations

import codecs
import csv
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import WrongUse
from pipeline.sources import text_encoding

HEAD = "Ärende-ID;Enhet;Inledd;Anteckning\n"


@pytest.fixture
def read_text(tmp_path, read_file):
    def reading(content, name="fil.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_file(path)

    return reading


def rows_of(read):
    return read[0][""]


@pytest.mark.parametrize(
    ("codec", "mark", "shown"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", codecs.BOM_UTF8, "UTF-8 med BOM"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "UTF-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "UTF-16"),
        ("cp1252", b"", "Windows-1252"),
    ],
)
def test_the_encoding_is_decided_on_the_bytes(read_text, codec, mark, shown):
    read = read_text(mark + (HEAD + "1;Åäö – €;2026-01-01;\n").encode(codec))
    assert rows_of(read) == [(2, "1", "Åäö – €", "2026-01-01", "")]
    assert read[2] == shown


@pytest.mark.parametrize("byte", [b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"])
def test_bytes_that_windows_1252_lacks_are_a_fault_with_place(read_text, byte):
    with pytest.raises(WrongUse) as fault:
        read_text(HEAD.encode("cp1252") + b"1;A;x;\n2;\xe5" + byte + b";x;\n")
    assert str(fault.value) == (
        "Filen fil.csv kan inte läsas som Windows-1252: rad 3 innehåller tecken som inte finns där; spara om filen som"
        " UTF-8 i det program den kommer från."
    )


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_zeros(read_text, codec):
    read = read_text((HEAD + "1;Åäö – €;x;\n").encode(codec))
    assert rows_of(read) == [(2, "1", "Åäö – €", "x", "")]
    assert read[2] == "UTF-16 utan BOM"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_that_ends_in_a_letter_is_damaged(read_text, codec):
    with pytest.raises(WrongUse, match="är skriven i UTF-16 utan BOM men skadad: rad 3 slutar mitt i ett tecken;"):
        read_text((HEAD + "1;Åäö;x;\n").encode(codec) + b"x")


@pytest.mark.parametrize(("body", "line"), [(b"1;A\0;x;\n2;B;x;\n", 2), (b"1;A;x;\n2;B;x;\n" + b"\0" * 99, 4)])
def test_zeros_in_the_text_are_a_fault_with_place(read_text, body, line):
    with pytest.raises(WrongUse) as fault:
        read_text(HEAD.encode() + body)
    assert str(fault.value) == (
        f"Filen fil.csv innehåller nolltecken (rad {line}): den är skadad eller ingen textfil; hämta utdraget på nytt,"
        " eller spara det som .csv (UTF-8) i det program det kommer från."
    )


UTF_8 = (HEAD + "1;Väst;x;\n2;Öst;x;\n").encode()


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (UTF_8 + b"3;V\xc3", 4, "slutar mitt i ett tecken"),
        (UTF_8 + b"3;A \xe2\x80", 4, "slutar mitt i ett tecken"),
        (UTF_8.replace(b"st;x;\n2", b"st;\xe5;\n2"), 2, "innehåller tecken som inte går att tyda"),
        (UTF_8.replace("Ö".encode(), b"\xc3"), 3, "innehåller tecken som inte går att tyda"),
    ],
)
@pytest.mark.parametrize(("mark", "shown"), [(b"", "UTF-8"), (codecs.BOM_UTF8, "UTF-8 med BOM")])
def test_damaged_utf_8_is_not_taken_for_windows_1252(read_text, content, line, what, mark, shown):
    with pytest.raises(WrongUse) as fault:
        read_text(mark + content)
    assert str(fault.value) == (
        f"Filen fil.csv är skriven i {shown} men skadad: rad {line} {what}; hämta utdraget på nytt, eller rätta raden"
        " och spara filen som UTF-8."
    )


def test_damage_far_into_a_file_is_found(read_text):
    with pytest.raises(WrongUse, match="är skriven i UTF-8 men skadad: rad 300002 slutar"):
        read_text(HEAD.encode() + "1;Väst;x;\n".encode() * 300_000 + b"\xc3")


def test_one_letter_that_happens_to_be_valid_utf_8_does_not_make_windows_1252_damaged(read_text):
    assert rows_of(read_text((HEAD + "1;SKÅ’;x;å\n").encode("cp1252"))) == [(2, "1", "SKÅ’", "x", "å")]


@pytest.mark.parametrize(("codec", "mark"), [("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)])
def test_utf_16_with_an_odd_byte_is_damaged(read_text, codec, mark):
    with pytest.raises(WrongUse, match="är skriven i UTF-16 men skadad: rad 3 slutar mitt i ett tecken; hämta"):
        read_text(mark + (HEAD + "1;Åäö;x;\n2;B;x;").encode(codec) + b"x")


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(read_text, separator):
    text = "Uttag; alla, enheter\n" + (HEAD + "1;A;2026-01-01;text\n").replace(";", separator)
    assert rows_of(read_text(text)) == [(3, "1", "A", "2026-01-01", "text")]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"'])
def test_a_first_line_may_name_the_separator_and_is_no_row(read_text, first):
    rows = rows_of(read_text(f"{first}\r\n{HEAD}1;A,B;2026-01-01;\n"))
    assert rows == [(2, "1", "A,B", "2026-01-01", "")]


def test_a_named_separator_goes_before_one_that_is_found(read_text):
    assert rows_of(read_text("sep=^\n" + HEAD.replace(";", "^") + "1^A;B^x^\n"))[0][2] == "A;B"


def test_a_cell_that_is_too_long_is_told_with_its_row(read_text):
    with pytest.raises(WrongUse) as fault:
        read_text(HEAD + "1;A;x;\n2;B;x;" + "a" * 100_001 + "\n3;C;x;\n")
    assert str(fault.value) == (
        "Filen fil.csv, rad 3: en cell har fler än 100000 tecken; korta den, eller höj cell_characters under [reading]"
        " i config.toml."
    )


def test_the_longest_cell_is_read(read_text):
    text = "a" * 100_000
    assert rows_of(read_text(f"{HEAD}1;A;x;{text}\n"))[0][4] == text


@pytest.mark.parametrize("size", [1_100_000, 10 << 20])
def test_a_line_without_end_does_not_take_all_memory(read_text, size):
    with pytest.raises(WrongUse, match=r"^Filen fil\.csv, rad 2: en cell har fler än 100000 tecken;"):
        read_text(HEAD + "a;" * (size // 2))


def test_a_quotation_mark_that_swallows_many_lines_is_told_where_it_stands(read_text):
    with pytest.raises(WrongUse, match=r"^Filen fil\.csv, rad 3: ett citattecken"):
        read_text(HEAD + '1;A;x;\n2;"B;x;\n' + "3;C;x;\n" * 200_000)


def test_a_row_that_is_too_wide_is_told(read_text):
    with pytest.raises(WrongUse, match=r"^Filen fil\.csv, rad 2: raden har celler bortom kolumn 1000; ta bort"):
        read_text(HEAD + "1;A;x" + ";" * 1_000 + "y\n")


def test_blank_columns_far_to_the_right_do_not_matter(read_text):
    assert rows_of(read_text(HEAD.strip() + ";" * 16_000 + "\n1;A;x" + ";" * 16_000 + "\n")) == [(2, "1", "A", "x", "")]


def test_the_setting_of_pythons_own_reader_is_put_back(read_text):
    before = csv.field_size_limit()
    read_text(HEAD + "1;A;x;\n")
    assert csv.field_size_limit() == before


def test_a_file_that_is_written_to_while_it_is_read(tmp_path, read_file, monkeypatch):
    path = tmp_path / "fil.csv"
    path.write_bytes(HEAD.encode() + b"1;A;x;\n")
    surveyed = text_encoding.survey(path)
    path.write_bytes(HEAD.encode() + b"1;A;\xe5;\n")
    monkeypatch.setattr("pipeline.sources.csv.survey", lambda _: surveyed)
    with pytest.raises(WrongUse, match=r"^Filen fil\.csv ändrades medan den lästes; vänta tills den är färdigskriven"):
        read_file(path)


def test_lines_that_come_while_it_is_read_are_missed(tmp_path, read_file, monkeypatch):
    path = tmp_path / "fil.csv"
    path.write_bytes(HEAD.encode() + b"1;A;x;\n")
    surveyed = text_encoding.survey(path)
    path.write_bytes(HEAD.encode())
    monkeypatch.setattr("pipeline.sources.csv.survey", lambda _: surveyed)
    with pytest.raises(WrongUse, match=r"^Filen fil\.csv har 2 textrader men bara 1 kunde läsas; hämta utdraget"):
        read_file(path)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends(read_text, line_end):
    assert [row[0] for row in rows_of(read_text((HEAD + "1;A;x;\n2;B;x;").replace("\n", line_end)))] == [2, 3]


@pytest.mark.parametrize("codec", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n\x1a", "\r\n\x1a\r\n", "\x1a", "\n\x1a\x1a"])
def test_the_sign_for_the_files_end_is_no_part_of_it(read_text, codec, end):
    rows, tables, _ = read_text((HEAD + "1;A;x;\n2;B;x;å" + end).encode(codec))
    assert rows[""] == [(2, "1", "A", "x", ""), (3, "2", "B", "x", "å")]
    assert tables[""].tally.rows == 3


def test_blank_rows_before_that_sign_are_told(read_text):
    rows, tables, _ = read_text(HEAD + "1;A;x;\n\n\x1a")
    assert [row[0] for row in rows[""]] == [2]
    assert tables[""].tally.notes("") == ("1 tom rad (rad 3)",)


def test_the_same_sign_elsewhere_is_data(read_text):
    assert rows_of(read_text(HEAD + "1;A;x;\x1a\n2;\x1a;x;\n"))[0][4] == "\x1a"
    assert rows_of(read_text(HEAD + '1;A;x;"y\x1a\nz"\n'))[0][4] == "y\x1a\nz"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("head", [HEAD, '"Ärende-ID";"Enhet";"Inledd";"Anteckning"\n'])
def test_files_that_were_joined_with_their_byte_order_marks(read_text, codec, head):
    rows, tables, _ = read_text(f'{HEAD}1;A;x;\n\ufeff{head}\ufeff"2";B;x;"y\n\ufeffz"\n'.encode(codec))
    assert rows[""] == [(2, "1", "A", "x", ""), (4, "2", "B", "x", "y\n\ufeffz")]
    assert tables[""].tally.notes("") == ("1 upprepad rubrikrad (rad 3)",)


def test_a_mark_after_the_named_separator(read_text):
    assert rows_of(read_text(f'sep=;\n\ufeff"Ärende-ID"{HEAD[9:]}1;A;x;\n')) == [(2, "1", "A", "x", "")]


def test_a_field_with_line_breaks_is_in_one_row(read_text):
    read = read_text(HEAD + '1;"Hus ""A""; vån 2";x;"rad ett\r\nrad två"\n2;B;x;\n')
    assert rows_of(read) == [(2, "1", 'Hus "A"; vån 2', "x", "rad ett\r\nrad två"), (3, "2", "B", "x", "")]


def test_quotation_marks_inside_a_field_are_letters(read_text):
    assert rows_of(read_text(HEAD + '1;Villa "Solen";x;\n'))[0][2] == 'Villa "Solen"'


@pytest.mark.parametrize(
    ("body", "row"),
    [
        ('1;A;x;\n2;"B;x;\n3;C;x;\n', 3),  # to the end of the file
        ('1;"A;x;\n2;"B;x;\n3;C;x;\n', 2),  # to the next quotation mark
        ('1;A;x;\n2;"B;x;\n3;C";x;\n', 3),  # to one that closes it properly
        ('1;A;x;\n2;"B" hus;x;\n', 3),
    ],
)
def test_a_stray_quotation_mark_stops_with_its_row(read_text, body, row):
    with pytest.raises(WrongUse) as fault:
        read_text(HEAD + body)
    assert str(fault.value) == (
        f'Filen fil.csv, rad {row}: ett citattecken (") öppnar ett fält som inte stängs rätt, så raderna efter går inte'
        " att skilja åt; ta bort eller dubblera citattecknet, eller spara om filen som .xlsx."
    )


def test_what_is_no_row_is_told_with_its_place(read_text):
    head = HEAD.strip()
    text = (
        f"Ärenden\n\n{head}\n1;A;x;\n;;;\n\n2;B;x;\n{head.upper()}\n3;C;x;\nDelsumma: 3;;;\n4;D;x;\n"
        "Totalt 4 rader\nSumma;;4;\n"
    )
    rows, tables, _ = read_text(text)
    assert [row[0] for row in rows[""]] == [4, 7, 9, 11]
    assert tables[""].tally.notes("") == (
        "1 titelrad (rad 1)",
        "3 tomma rader (rad 2, 5–6)",
        "1 upprepad rubrikrad (rad 8)",
        "3 summarader (rad 10, 12–13)",
    )


def test_a_row_with_every_required_cell_is_never_a_total(read_text):
    assert len(rows_of(read_text(HEAD + "Totalt;Summa;x;\n"))) == 1


def test_a_row_that_opens_otherwise_is_never_a_total(read_text):
    assert len(rows_of(read_text(HEAD + "Totalvägen 3;;;\nSummasummarum;;;\n1;A;x;\n"))) == 3


@pytest.mark.parametrize(
    "row",
    [
        "Summa aktualiseringar: 60;;;",
        "Totalt antal aktualiseringar: 60;;;",
        "Antal aktualiseringar: 1 060;;;",
        "Antal aktualiserings-id = 60;;;",
        "Totalt 60 aktualiseringar;;;",
        "Totalt antal aktualiseringar under perioden: 60 st;;;",
        "Totalt;;60;",
        "Summa aktualiseringar;60;;",
        "Totalt antal aktualiseringar:;;60;1 200,5",
        "SUMMA AKTUALISERINGAR;;;60 st",
    ],
)
def test_a_total_that_names_what_it_counts_is_no_row(read_text, row):
    rows, tables, _ = read_text(f"{HEAD}1;A;x;\n{row}\n")
    assert [found[0] for found in rows[""]] == [2]
    assert tables[""].tally.notes("") == ("1 summarad (rad 3)",)


@pytest.mark.parametrize(
    "row",
    [
        "17;Summa AB;;",  # the key stands there
        ";Summa AB;2026-01-01;",
        ";Summa AB;20260101;",
        ";Summa AB;x;60",
        "Summa AB;;;",
        "Summa AB;Väst;;",
        "Summa AB 3;Väst;;",
        "Summa AB;1;2;3",  # too much for a total
        "Totalt AB 3 Väst 4;;;",
    ],
)
def test_a_row_that_may_be_one_is_read(read_text, row):
    assert [found[0] for found in rows_of(read_text(f"{HEAD}1;A;x;\n{row}\n2;A;x;\n"))] == [2, 3, 4]


FOOT = ["Utskrivet av Karin Svensson;;;", "Ansvarig:;;;Pelle Persson", "Slut på rapporten;;;", ";;;Källa: systemet"]


@pytest.mark.parametrize("row", FOOT)
def test_text_below_the_table_is_no_row(read_text, row):
    found = read_text(f"{HEAD}1;A;x;\n\n{row}\n{row}\n")
    assert [row[0] for row in rows_of(found)] == [2]
    assert found[1][""].tally.footers == [4, 5]


@pytest.mark.parametrize("row", FOOT[1:])
def test_the_same_text_among_rows_is_one(read_text, row):
    """Nobody knows then that it is not a row that has lost its other cells."""
    assert [found[0] for found in rows_of(read_text(f"{HEAD}1;A;x;\n{row}\n2;A;x;\n"))] == [2, 3, 4]


@pytest.mark.parametrize("row", ["Sida 2;;;", "Sida 2 av 14;;;", ";;;2", "2/14;;;", "Utskrivet 2026-09-01;;;"])
def test_the_foot_of_a_page_is_no_row(read_text, row):
    found = read_text(f"{HEAD}1;A;x;\n{row}\n2;A;x;\n")
    assert [row[0] for row in rows_of(found)] == [2, 4]
    assert found[1][""].tally.footers == [3]


@pytest.mark.parametrize("row", ["17;;;", "Summasummarum;;;", "17;A;;", ";Barn Väst;;", ";Barn Väst;;Barn och unga"])
def test_a_last_row_that_may_have_lost_its_cells_is_read(read_text, row):
    assert [found[0] for found in rows_of(read_text(f"{HEAD}1;A;x;\n{row}\n"))] == [2, 3]


@pytest.mark.parametrize(
    "row", ["Ärende ID;Enhet;Inledd;Anteckning", "ärende-id;ENHET;inledd;", "\ufeffÄrende-ID;Enhet;;"]
)
def test_the_headings_again_are_no_row(read_text, row):
    found = read_text(f"{HEAD}1;A;x;\n{row}\n2;A;x;\n")
    assert [row[0] for row in rows_of(found)] == [2, 4]
    assert found[1][""].tally.repeated == [3]


@pytest.mark.parametrize("row", ["Summa AB;17;;", "Summa AB;17;;60", "Summa AB 3;17;;"])
def test_a_row_with_its_key_is_never_a_named_total(read_text, row):
    text = f"Enhet;Ärende-ID;Inledd;Anteckning\nA;1;x;\n{row}\n"
    assert [found[0] for found in rows_of(read_text(text))] == [2, 3]


@pytest.mark.parametrize("heading", ["ÄRENDE ID", "ärende_id", "A\u0308rende-ID", " Ärende  ID ", "Nummer"])
def test_headings_are_compared_without_case_spaces_hyphens_and_form(read_text, heading):
    _, tables, _ = read_text(f"{heading};Enhet;Inledd\n1;A;x\n")
    assert tables[""].headings["id"] == unicodedata.normalize("NFC", " ".join(heading.split()))


def test_a_columns_own_heading_goes_before_an_alias(read_text):
    rows, tables, _ = read_text("Nummer;Ärende-ID;Enhet;Inledd\n7;1;A;x\n")
    assert rows[""][0][1] == "1"
    assert tables[""].ignored == ("Nummer",)


def test_a_missing_heading_stops_with_what_resembles_it(read_text):
    with pytest.raises(WrongUse) as fault:
        read_text("Uttag\nÄrende-ID;Enhet;Inledd datum\n1;A;x\n")
    assert str(fault.value) == (
        "Filen fil.csv: rubriken Inledd saknas i rubrikraden (rad 2); mest lika är Inledd datum; byt rubrik i filen,"
        " eller kör python -m pipeline inspect fil.csv som föreslår en profil."
    )


def test_a_file_without_headings(read_text):
    with pytest.raises(WrongUse, match=r"^Filen fil\.csv: ingen rubrikrad hittades bland de 50 första raderna"):
        read_text("1;A;x\n2;B;x\n")


def test_the_same_heading_twice(read_text):
    with pytest.raises(WrongUse) as fault:
        read_text("Ärende-ID;Enhet;Inledd;ENHET\n1;A;x;B\n")
    assert str(fault.value) == (
        "Filen fil.csv: samma uppgift har två kolumner (Enhet och ENHET, rad 1); ta bort eller byt rubrik på den ena."
    )


@pytest.mark.parametrize("content", ["", "\n\n", ";;;\n"])
def test_an_empty_file(read_text, content):
    with pytest.raises(WrongUse, match=r"^Filen fil\.csv är tom"):
        read_text(content)


def test_headings_alone_are_a_table_without_rows(read_text):
    assert rows_of(read_text(HEAD)) == []


def test_a_file_that_cannot_be_reached_while_it_is_read(tmp_path, read_file, monkeypatch):
    def lost(_):
        yield 1, HEAD.strip().split(";")
        raise OSError

    path = tmp_path / "fil.csv"
    path.write_text(HEAD, encoding="utf-8")
    monkeypatch.setattr("pipeline.sources.csv._Text.rows", lost)
    with pytest.raises(WrongUse, match=r"^Filen fil\.csv kan inte öppnas; stäng den"):
        read_file(path)


def test_a_type_of_file_that_is_not_read(read_text):
    with pytest.raises(WrongUse, match=r"^Filen fil\.pdf kan inte läsas: filtypen \.pdf stöds inte\."):
        read_text("x", "fil.pdf")


CELL = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.integers(1, 99), CELL), min_size=1, max_size=8),
    separator=st.sampled_from(";,\t|"),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_table_comes_back_the_same(read_text, rows, separator, codec):
    lines = [HEAD.strip().replace(";", separator)]
    for number, text in rows:
        lines.append(separator.join([str(number), "A", "x", '"' + text.replace('"', '""') + '"']))
    read = rows_of(read_text("\r\n".join(lines).encode(codec)))
    assert [(row[1], row[4]) for row in read] == [(str(number), text) for number, text in rows]
