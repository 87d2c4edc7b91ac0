"""The analyst's comments: what is read, what is a fault, and what is said of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline import comments, database
from pipeline.errors import WrongUse
from pipeline.model.comments import Comment, Comments, Listing, Paragraph, Remark, Span
from pipeline.periods import Period
from tests.unit import builders

T2 = Period.parse("2026T2")
METRICS = {
    "investigation_days": builders.metric("investigation_days", title="Utredningstid"),
    "plan_current": builders.metric("plan_current", title="Aktuella genomförandeplaner"),
}
GOALS = ("Barn får en trygg uppväxt",)
PERSON = "19900101-1239"


def read(folder: Path, text: str | bytes) -> Comments:
    content = text if isinstance(text, bytes) else text.encode()
    (folder / "2026T2.md").write_bytes(content)
    return comments.read(folder, T2, METRICS, GOALS)


def faults(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(WrongUse) as stopped:
        read(folder, text)
    return [line.removeprefix(str(folder / "2026T2.md")).strip() for line in str(stopped.value).splitlines()]


def paragraph(text: str) -> Comment:
    return Comment((Paragraph((Span(text),)),))


# --- what is read ---------------------------------------------------------------------------------------------------


def test_no_file_is_no_fault(tmp_path: Path):
    assert comments.read(tmp_path, T2, METRICS, GOALS) == Comments()
    assert comments.fingerprint(tmp_path, T2) == ""


def test_each_heading_goes_to_what_it_names(tmp_path: Path):
    text = (
        "# Sammanfattning\nEtt\n## UTREDNINGSTID\nTvå\n### plan_current\nTre\n"
        "# Barn får  en trygg uppväxt\nFyra\n# förslag till beslut\nFem\n"
    )
    assert read(tmp_path, text) == Comments(
        metrics={"investigation_days": paragraph("Två"), "plan_current": paragraph("Tre")},
        goals={GOALS[0]: paragraph("Fyra")},
        summary=paragraph("Ett"),
        proposal=paragraph("Fem"),
    )


@pytest.mark.parametrize(
    "content", ["\ufeff# Utredningstid\r\nText\r\n", "# Utredningstid\rText", "# Utredningstid #\nText"]
)
def test_marks_and_line_ends_of_windows_do_no_harm(tmp_path: Path, content: str):
    assert read(tmp_path, content).metrics == {"investigation_days": paragraph("Text")}


@pytest.mark.parametrize("content", ["", "\n\n", "# Utredningstid\n", "# Utredningstid\n\n---\n"])
def test_a_heading_without_text_is_no_comment(tmp_path: Path, content: str):
    assert read(tmp_path, content) == Comments()


def test_paragraphs_lists_and_emphasis_are_kept(tmp_path: Path):
    comment = read(tmp_path, "# Utredningstid\nEn **viktig**\nsak.  \nNy *rad*.\n\n3. a\n4. b\n   - c\n").metrics
    first, second = comment["investigation_days"].blocks
    assert first == Paragraph(
        (Span("En "), Span("viktig", "strong"), Span(" "), Span("sak."), Span("\n"), Span("Ny "), Span("rad", "em"),
         Span("."))
    )  # fmt: skip
    inner = Listing(((Paragraph((Span("c"),)),),))
    assert second == Listing(((Paragraph((Span("a"),)),), (Paragraph((Span("b"),)), inner)), start=3)
    assert comment["investigation_days"].text == "En viktig sak.\nNy rad.\n3. a\n4. b\n  • c"


def test_links_pictures_and_markup_are_text(tmp_path: Path):
    text = "# Utredningstid\n[Se här](https://example.org) ![bild](x.png) <b onclick=x>fet</b> `kod` &amp;\n"
    comment = read(tmp_path, text).metrics["investigation_days"]
    assert comment.text == "Se här bild <b onclick=x>fet</b> kod &"


def test_a_block_of_markup_is_text(tmp_path: Path):
    comment = read(tmp_path, "# Utredningstid\n<script>alert(1)</script>\n").metrics["investigation_days"]
    assert comment.text == "<script>alert(1)</script>"


def test_indented_and_underlined_lines_are_ordinary_text(tmp_path: Path):
    comment = read(tmp_path, "# Utredningstid\n\n    Indraget.\n\nUnderstruket\n---\n").metrics["investigation_days"]
    assert comment.text == "Indraget.\nUnderstruket"


def test_the_fingerprint_is_of_the_contents(tmp_path: Path):
    read(tmp_path, "# Utredningstid\nEtt\n")
    one = comments.fingerprint(tmp_path, T2)
    read(tmp_path, "# Utredningstid\nTvå\n")
    assert len({"", one, comments.fingerprint(tmp_path, T2)}) == 3
    assert comments.fingerprint(tmp_path, Period.parse("2026T1")) == ""


# --- faults ---------------------------------------------------------------------------------------------------------


def test_all_faults_are_told_at_once_with_line_and_cure(tmp_path: Path):
    text = (
        f"Inledning\n# Utredningstd\nx\n# Utredningstid\nPersonen {PERSON} väntar.\n# investigation_days\ny\n# Måne\n"
    )
    assert faults(tmp_path, text) == [
        "rad 1: texten står före den första rubriken. Sätt en rubrik före den, till exempel ## Sammanfattning.",
        "rad 2: rubriken ”Utredningstd” är inget mått, inget mål och ingen del av rapporten. Menade du Utredningstid?",
        "rad 5: raden innehåller något som ser ut som ett personnummer. Ta bort det.",
        "rad 6: rubriken ”investigation_days” gäller samma sak som rubriken på rad 4. Skriv ihop texterna under en av"
        " dem.",
        "rad 8: rubriken ”Måne” är inget mått, inget mål och ingen del av rapporten. Måttens namn står i rapporten.",
    ]


def test_a_personnummer_is_never_repeated(tmp_path: Path):
    told = "\n".join(faults(tmp_path, f"# {PERSON}\ntext\n# Utredningstid\n900101-1239\n"))
    assert "1239" not in told
    assert "rad 1" in told
    assert "rad 4" in told


TOLD = "raden innehåller något som ser ut som ett personnummer. Ta bort det."
BROKEN_UP = [
    "1999**0101**-1234", "19990101**-1234**", "*1999*0101-1234", "`1999`0101-1234", "[1999](x)0101-1234",
    r"19990101\-1234", "199901&#48;1-1234", "19990101&#x2d;1234", "19990101&shy;-1234", "19990101&nbsp;1234",
    "１９９９０１０１-１２３４", "19990101－1234", "١٩٩٩٠١٠١-١٢٣٤", "𝟏𝟗𝟗𝟗𝟎𝟏𝟎𝟏-𝟏𝟐𝟑𝟒",
    "1999-01-01-1234", "1999 01 01 1234", "1999-01-01 1234", "1999.01.01-1234", "1999/01/01-1234", "1999 0101-1234",
    "99-01-01-1234", "99 01 01 - 1234", "1999-01-61-1234", "1999-01-01-T123", "1999-01-01-tf10",
    "19990101\N{EM DASH}1234", "19990101\N{FIGURE DASH}1234", "19990101\N{SMALL HYPHEN-MINUS}1234",
    "19990101\N{MINUS SIGN}1234", "1999\N{EN DASH}01\N{EN DASH}01\N{EN DASH}1234",
    "1999\N{SOFT HYPHEN}0101-1234", "1999\N{ZERO WIDTH SPACE}0101-1234", "1999\N{WORD JOINER}0101-1234",
    "19990101\N{NO-BREAK SPACE}-\N{NO-BREAK SPACE}1234", "1\N{COMBINING LOW LINE}9990101-1234",
    "19990101   -   1234", "<b>1999</b>0101-1234", "![1999**0101**](x)-1234", "19990101-\n1234", "19990101+1234",
    "5*19990101-1234", "5\N{ZERO WIDTH SPACE}19990101-1234", "19990101-1234<i>5",
]  # fmt: skip


@pytest.mark.parametrize("number", BROKEN_UP)
def test_a_personnummer_is_found_however_it_is_written(tmp_path: Path, number: str):
    assert faults(tmp_path, f"# Utredningstid\nEn rad.\n\nTvå\nBarnet {number}, Väst.\n") == [f"rad 5: {TOLD}"]


@pytest.mark.parametrize("text", ["[se här](19990101-1234)", "[a]: 19990101-1234", "[a](x '990101-1234')"])
def test_a_personnummer_in_what_is_not_printed_is_found_too(tmp_path: Path, text: str):
    assert faults(tmp_path, f"# Utredningstid\n{text}\n") == [f"rad 2: {TOLD}"]


def test_a_personnummer_is_found_in_lists_headings_and_tables(tmp_path: Path):
    text = "# Utredningstid\n- a\n  - 1999**0101**-1234\n# 1999-01-01-*1234*\n\n| a |\n|---|\n| 1999**0101**-1234 |\n"
    told = faults(tmp_path, text)
    assert [line for line in told if TOLD in line] == [f"rad {number}: {TOLD}" for number in (3, 4, 8)]
    assert "1234" not in "\n".join(told)


@pytest.mark.parametrize(
    "text",
    [
        "2026-08-31", "Läget den 2026-08-31, 1234 ärenden", "31/8 2026", "2026-01-01–2026-08-31",
        "2026-05-01 – 2026-08-31", "2026-05-01 2026-08-31", "2026-08-31 08:30", "20260831", "20260101–20260831",
        "2019–2025 1234 ärenden", "åren 2012–2015 1234", "2019-12 1234", "2012–2010 1234", "201012 ärenden",
        "070-123 45 67", "08-508 25 000", "08-12 34 56 78", "+46 70 123 45 67", "0911-12 31 00", "010-123 45 67",
        "SN 2026/00123", "SN 2026/0112, SN 2026/0113", "SN 2026-000123-1", "SN 2025/0412", "1 999 010 112 kr",
        "12 345 678", "U-2026-12345", "1999 barn, 0101 och 1234", "3*1999*4", "2,5 × 1 000", "31.12.2025 1234",
        "9 kap. 16 § 1 st. SoL (2025:400)", "SOSFS 2011:9",
    ],
)  # fmt: skip
def test_days_years_telephones_and_case_numbers_are_no_personnummer(tmp_path: Path, text: str):
    assert "investigation_days" in read(tmp_path, f"# Utredningstid\nText {text} text.\n").metrics


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# Utredningstid\n> citat\n", "rad 2: citat visas inte i rapporten. Skriv texten som stycken eller listor."),
        ("# Utredningstid\n\n| a |\n|---|\n| b |\n\n# Plan_current\nx\n", "rad 3: tabeller visas inte i rapporten. "
         "Skriv texten som stycken eller listor."),
        ("# Utredningstid\n```\nx\n```\n", "rad 2: kodblock visas inte i rapporten. Skriv texten som stycken eller"
         " listor."),
        ("# Utredningstid\n#### Mer\n", "rad 2: underrubriker visas inte. Skriv rubriken som ett stycke, med **"
         " omkring."),
        ("# Utredningstid\n- # Mer\n", "rad 2: rubriken står i en lista. Låt den börja raden."),
        ("#\n", "rad 1: rubriken är tom. Skriv måttets eller målets namn efter #."),
    ],
)  # fmt: skip
def test_what_would_not_be_shown_as_written_is_a_fault(tmp_path: Path, text: str, told: str):
    assert faults(tmp_path, text) == [told]


@pytest.mark.parametrize(
    "content", ["# Måluppfyllelse".encode("cp1252"), "# Mått".encode("utf-16"), "# Mått".encode("utf-16-le")]
)
def test_another_encoding_is_told_with_its_cure(tmp_path: Path, content: bytes):
    assert faults(tmp_path, content) == [
        "är inte sparad som UTF-8. Öppna den i en textredigerare och spara om den som UTF-8."
    ]


def test_a_folder_in_the_files_place_is_told(tmp_path: Path):
    (tmp_path / "2026T2.md").mkdir()
    with pytest.raises(WrongUse, match="kan inte läsas"):
        comments.read(tmp_path, T2, METRICS, GOALS)


# --- comments on measured values ------------------------------------------------------------------------------------


def test_the_comment_on_the_latest_value_of_each_measure_and_unit_is_taken_and_masked():
    with database.in_memory() as db:
        db.run("create schema if not exists loaded")
        db.run("create table loaded.measurements (measure varchar, unit varchar, date date, comment varchar)")
        for row in (
            ("Väntetid", "Norr", date(2026, 1, 1), "först"),
            ("Väntetid", "Norr", date(2026, 8, 31), f"  sist,\n om {PERSON} "),
            ("Väntetid", "Norr", date(2026, 9, 1), "efter"),
            ("Väntetid", "Söder", date(2025, 12, 31), "före"),
            ("Väntetid", "Öst", date(2026, 6, 1), " "),
            ("Antal", "Norr", date(2026, 6, 1), None),
            ("Kö", "Norr", date(2026, 7, 31), "en äldre månads"),
            ("Kö", "Norr", date(2026, 8, 1), None),
            ("Kö", "Söder", date(2026, 8, 1), "samma månads"),
            ("Kö", "Söder", date(2026, 8, 31), " "),
        ):
            db.run("insert into loaded.measurements values (?, ?, ?, ?)", list(row))
        assert comments.measured(db, T2) == (
            Remark("Kö", "Söder", date(2026, 8, 1), "samma månads"),
            Remark("Väntetid", "Norr", date(2026, 8, 31), "sist, om •••"),
        )
        assert comments.measured(db, Period.parse("2026T1")) == (Remark("Väntetid", "Norr", date(2026, 1, 1), "först"),)
