"""Lines that are read many at once are the rows that they are one by one, whatever stands among them."""

from __future__ import annotations

import pytest

from pipeline.config import Reading
from pipeline.errors import WrongUse
from pipeline.sources import Texts, read
from pipeline.sources.block import block
from tests.unit.sources.conftest import WORDING, described

HEAD = "Ärende-ID;Enhet;Inledd;Anteckning"
PLAIN = [f"Ä{n};Enhet {n % 3};2026-01-{n % 28 + 1:02};" for n in range(400)]
AMONG = {
    "nothing": [],
    "blank lines": ["", ";;;", "   "],
    "the headings": [HEAD],
    "a total": ["Totalt;400;;"],
    "a required cell that is empty": ["Ä900;;2026-01-01;x", "Ä901; ;2026-01-01;x"],
    "a key that is empty": [";Väst;2026-01-01;x"],
    "a quotation mark": ['Ä900;"Väst; norr";2026-01-01;x'],
    "marks within marks": [
        'Ä900;"";2026-01-01;"x"',
        'Ä901;"""Väst"" norr";2026-01-01;""""',
        'Ä902;"a"";""b";2026-01-01;',
    ],
    "a line break in a cell": ['Ä900;Väst;2026-01-01;"en\r\ntvå"'],
    "too few cells": ["Ä900;Väst;2026-01-01"],
    "too many cells": ["Ä900;Väst;2026-01-01;x;y"],
    "signs that end lines elsewhere": ["Ä900;Väst\u2028Norr\x0b\x0cÖst;2026-01-01;\x85"],
    "a label": ["Källa: systemet;;;"],
    "a page number": ["3;;;", ";;;3"],
    "a mark of byte order": ["\ufeffÄ900;Väst;2026-01-01;x"],
    "a key like its heading": ["Ärende-ID;Väst;2026-01-01;x", "ÄRENDE ID;Enhet;Inledd;"],
}


def contents(path):
    """Everything that reading a file gives, or what is said of it."""
    try:
        reading = read(described(path), [WORDING], Reading())
        rows, accounts = [], []
        for table in reading.tables:
            for batch in table.batches:
                columns = {name: list(texts) for name, texts in batch.columns.items()}
                names = sorted(columns)
                cells = zip(*(columns[name] for name in names), strict=True)
                rows += zip(batch.numbers, cells, (batch.surplus.get(number) for number in batch.numbers), strict=True)
            table.prove_whole()
            accounts.append((table.tally.notes(""), table.tally.data))
    except WrongUse as fault:
        return str(fault)
    return rows, accounts


@pytest.mark.parametrize("size", [200, 1 << 19])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("where", [0, 37, 400])
@pytest.mark.parametrize("among", AMONG)
def test_the_rows_are_the_same_as_one_by_one(tmp_path, monkeypatch, among, where, end, size):
    path = tmp_path / "fil.csv"
    lines = [HEAD, *PLAIN[:where], *AMONG[among], *PLAIN[where:]]
    path.write_bytes(end.join([*lines, ""]).encode())
    monkeypatch.setattr("pipeline.sources.csv._CHUNK", size)
    found = contents(path)
    monkeypatch.setattr("pipeline.sources.csv.block", lambda *_: None)
    assert found == contents(path)
    assert len(found[0]) >= len(PLAIN)


@pytest.mark.parametrize("size", [200, 1 << 19])
@pytest.mark.parametrize(
    "line",
    [
        'Ä900;Väst "norr";2026-01-01;x',
        'Ä900;"Väst" norr;2026-01-01;x',
        'Ä900; "Väst";2026-01-01;x',
        'Ä900;"Väst" ;2026-01-01;x',
        'Ä900;"Väst;2026-01-01;x',
        'Ä900;"Väst"";2026-01-01;x',
        'Ä900;Väst";2026-01-01;x',
        '"Ä900;Väst;2026-01-01;x"',
        "Ä900;'Väst;2026-01-01;x'",
    ],
)
def test_a_stray_mark_is_the_same_fault_or_row_as_one_by_one(tmp_path, monkeypatch, line, size):
    path = tmp_path / "fil.csv"
    path.write_text("\n".join([HEAD, *PLAIN[:50], line, *PLAIN[50:]]), encoding="utf-8")
    monkeypatch.setattr("pipeline.sources.csv._CHUNK", size)
    found = contents(path)
    monkeypatch.setattr("pipeline.sources.csv.block", lambda *_: None)
    assert found == contents(path)


def test_cells_in_quotation_marks_are_read_many_at_once_too():
    found = block('"a;1";b\n"";"c ""d"""\n', 1, ";", 2, longest_cell=20)
    assert found is not None
    assert list(found.rows()) == [(1, ["a;1", "b"]), (2, ["", 'c "d"'])]
    assert [found.cells(row) for row in (0, 1)] == [["a;1", "b"], ["", 'c "d"']]


def test_plain_lines_really_are_read_many_at_once(tmp_path, monkeypatch):
    path = tmp_path / "fil.csv"
    path.write_text("\n".join([HEAD, *PLAIN]), encoding="utf-8")
    monkeypatch.setattr("pipeline.sources.csv._CHUNK", 4_000)
    batches = [batch for table in read(described(path), [WORDING], Reading()).tables for batch in table.batches]
    in_blocks = [batch for batch in batches if isinstance(batch.columns["id"], Texts)]
    assert sum(len(batch.numbers) for batch in in_blocks) > len(PLAIN) / 2


def test_a_cell_that_is_too_long_is_left_to_those_who_say_so():
    assert block("a;b\nc;d\n", 1, ";", 2, longest_cell=4) is not None
    assert block("a;b\nc;ddd\n", 1, ";", 2, longest_cell=4) is None


def test_texts_are_the_same_by_place_and_by_piece():
    texts = Texts.of(["x", "y", "x", ""])
    assert (list(texts), texts[1], texts[2:], len(texts)) == (["x", "y", "x", ""], "y", ["x", ""], 4)
    assert texts.where(lambda text: text in ("x", "")) == [0, 2, 3]
