"""Any table, written in any form, comes back the same cell by cell."""

from __future__ import annotations

import csv
from itertools import zip_longest

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.config import Reading
from pipeline.sources import open_source
from tests.unit.sources.conftest import described
from tests.writers import write

HEAD = ["Ärende-ID", "Enhet", "Inledd", "Avslutad", "Anteckning", "Kod"]
# What XML can hold; line breaks as all forms write them; no blanks at the ends, which OpenDocument drops.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufeff\u2028\u2029"),
    max_size=12,
).map(str.strip)
LINES = st.lists(TEXT, min_size=1, max_size=3).map("\n".join).map(str.strip)
NARROW = st.text(st.characters(codec="cp1252", exclude_categories=("Cc",)), max_size=12).map(str.strip)


def tables(cell):
    """Rows that all hold something in the first column, so that no row is blank."""
    row = st.tuples(st.integers(1, 10**9).map(str), st.lists(cell, max_size=5)).map(lambda parts: [parts[0], *parts[1]])
    return st.lists(row, min_size=1, max_size=8)


def read_back(path):
    """Sheet → rows without the empty end of each."""
    source = open_source(described(path), lambda cells: len({*HEAD} & {*cells}), Reading())
    return {sheet.name: [_without_end(cells) for _, cells in sheet.rows] for sheet in source.sheets}


def _without_end(cells):
    cells = list(cells)
    while cells and not cells[-1]:
        cells.pop()
    return cells


def assert_same(path, rows, sheet):
    (found,) = read_back(path).items()
    assert found[0] == sheet
    for number, (read, written) in enumerate(zip_longest(found[1], [HEAD, *map(_without_end, rows)]), 1):
        assert read == written, f"row {number}"


shared_folder = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".xls", ".ods"])
@shared_folder
@given(rows=tables(LINES))
def test_any_table_in_a_workbook(tmp_path, suffix, rows):
    path = write(tmp_path / f"bok{suffix}", [HEAD, *rows], sheet="Å & ä")
    assert_same(path, rows, "Å & ä")


@pytest.mark.parametrize("suffix", [".csv", ".txt", ".tsv"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@shared_folder
@given(rows=tables(LINES), separator=st.sampled_from(";,\t|"))
def test_any_table_as_text(tmp_path, suffix, encoding, rows, separator):
    path = write(tmp_path / f"fil{suffix}", [HEAD, *rows], encoding=encoding, separator=separator)
    assert_same(path, rows, "")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-16-be"])
@shared_folder
@given(rows=tables(NARROW), separator=st.sampled_from(";,\t|"))
def test_any_table_of_western_letters_as_text_without_a_mark(tmp_path, encoding, rows, separator):
    # Without a mark the encoding shows in the text: in letters that ASCII lacks, or in the zeros that those have.
    rows = [*rows, ["1", "Västra å-husets enhet för barn, unga och vuxna på Öster"]]
    path = write(tmp_path / "fil.csv", [HEAD, *rows], encoding=encoding, separator=separator)
    assert_same(path, rows, "")


@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@shared_folder
@given(rows=tables(TEXT))
def test_any_way_to_quote_and_end_lines(tmp_path, quoting, line_end, rows):
    path = tmp_path / "fil.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, delimiter=";", quoting=quoting, lineterminator=line_end).writerows([HEAD, *rows])
    assert_same(path, rows, "")
