"""Answers as files: the same values in every form, texts that stay texts, and nobody else who can read them."""

from __future__ import annotations

import csv
import json
import os
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from pipeline import access
from pipeline.errors import WrongUse
from pipeline.questions.answering import Answered, Question, answer
from pipeline.questions.forms import Form, chosen

SQL = """
    select 1 as whole, 0.5::double as share, 2.50::decimal(9, 2) as exact, true as yes, date '2026-05-01' as day,
        timestamp '2026-05-01 10:30:00' as moment, 'Å, "ä"' as words, null as nothing, [1, 2] as several,
        '=1+1' as formula, '@x' as at, '-1' as minus, -1 as below, 'nan'::double as no_number
"""


def ask(folder: Path, out: Path, sql: str = SQL, most: int | None = None, **parameters: str) -> Answered:
    return answer(folder, Question(sql, parameters, out=out, most=most))


def test_csv(folder: Path, tmp_path: Path) -> None:
    ask(folder, tmp_path / "a.csv")
    raw = (tmp_path / "a.csv").read_bytes()
    assert b"\r" not in raw
    (row,) = csv.DictReader(raw.decode("utf-8").splitlines())
    assert row == {
        "whole": "1", "share": "0.5", "exact": "2.50", "yes": "true", "day": "2026-05-01",
        "moment": "2026-05-01 10:30:00", "words": 'Å, "ä"', "nothing": "", "several": "[1, 2]", "formula": "'=1+1",
        "at": "'@x", "minus": "'-1", "below": "-1", "no_number": "nan",
    }  # fmt: skip


def test_json(folder: Path, tmp_path: Path) -> None:
    ask(folder, tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == [
        {
            "whole": 1, "share": 0.5, "exact": 2.5, "yes": True, "day": "2026-05-01", "moment": "2026-05-01T10:30:00",
            "words": 'Å, "ä"', "nothing": None, "several": [1, 2], "formula": "=1+1", "at": "@x", "minus": "-1",
            "below": -1, "no_number": None,
        }
    ]  # fmt: skip


def test_an_empty_answer_is_a_whole_file_in_every_form(folder: Path, tmp_path: Path) -> None:
    none = "select id, opened from loaded.cases where false"
    for form in ("csv", "json", "xlsx", "parquet"):
        assert ask(folder, tmp_path / f"a.{form}", none).rows == 0
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "id,opened\n"
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == []
    assert [cell.value for cell in load_workbook(tmp_path / "a.xlsx")["Svar"][1]] == ["id", "opened"]
    assert parquet.read_table(tmp_path / "a.parquet").column_names == ["id", "opened"]


def test_a_workbook_has_values_of_their_kinds_and_texts_that_stay_texts(folder: Path, tmp_path: Path) -> None:
    ask(folder, tmp_path / "a.xlsx", f"{SQL} where $unit <> ''", unit="=2+2")
    book = load_workbook(tmp_path / "a.xlsx")
    names, cells = book["Svar"].iter_rows()
    told = dict(zip([cell.value for cell in names], cells, strict=True))
    assert [told[name].value for name in ("whole", "share", "exact", "yes", "below")] == [1, 0.5, 2.5, True, -1]
    assert told["day"].value == datetime.fromisoformat("2026-05-01")
    assert told["moment"].value == datetime.fromisoformat("2026-05-01 10:30:00")
    for name, text in (("formula", "=1+1"), ("at", "@x"), ("minus", "-1")):
        assert (told[name].value, told[name].data_type, told[name].quotePrefix) == (text, "s", True), name
    assert [told[name].value for name in ("nothing", "no_number")] == [None, None]
    about = {row[0].value: row[1] for row in book["Fråga"].iter_rows()}
    assert "as whole" in about["Fråga"].value
    assert (about["$unit"].value, about["$unit"].data_type) == ("=2+2", "s")
    assert "Lämna inte ut" in about["Sekretess"].value
    assert book["Svar"].freeze_panes == "A2"
    assert book["Svar"].auto_filter.ref == "A1:N2"


def test_the_question_in_a_workbook_has_no_personnummer(folder: Path, tmp_path: Path) -> None:
    ask(folder, tmp_path / "a.xlsx", "select 1 as n where $one <> '19900101-2384'", one="900101-2384")
    told = [cell.value for row in load_workbook(tmp_path / "a.xlsx")["Fråga"].iter_rows() for cell in row]
    assert "select 1 as n where $one <> '•••'" in told
    assert not any("2384" in str(one) for one in told)


def test_parquet_keeps_the_engines_types(folder: Path, tmp_path: Path) -> None:
    answered = ask(folder, tmp_path / "a.parquet", "select id, opened, days from loaded.cases order by id", most=2)
    assert (answered.rows, answered.sentences[0].startswith("Bara de första 2 rader")) == (2, True)
    table = parquet.read_table(tmp_path / "a.parquet")
    assert table.to_pydict() == {
        "id": ["U1", "U2"], "opened": [date(2026, 5, 1), date(2026, 6, 1)], "days": [12, 130]
    }  # fmt: skip
    assert [str(kind) for kind in table.schema.types] == ["string", "date32[day]", "int32"]


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "parquet"])
def test_many_rows_are_cut_where_asked_and_only_then(form: str, folder: Path, tmp_path: Path) -> None:
    for most, is_cut in ((25_000, False), (24_999, True), (10_000, True)):
        answered = ask(folder, tmp_path / f"a.{form}", "select range as n from range(25000)", most)
        assert answered.rows == most
        assert answered.sentences[0].startswith("Bara de första") == is_cut
    if form == "parquet":
        assert parquet.read_table(tmp_path / "a.parquet")["n"].to_pylist() == list(range(10_000))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "parquet"])
def test_its_owner_alone_can_read_a_file_and_an_older_one_is_replaced(form: str, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / f"a.{form}"
    out.write_text("older", encoding="utf-8")
    out.chmod(0o644)
    ask(folder, out)
    assert out.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [out]


def test_a_question_that_fails_leaves_the_older_file_alone(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.csv"
    out.write_text("older", encoding="utf-8")
    late = "select cast(case when range = 50000 then 'x' else '1' end as integer) from range(100000)"
    with pytest.raises(WrongUse):
        ask(folder, out, late)
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [("a.csv", "older")]


def test_no_answer_is_written_where_git_takes_it_along(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.setattr(access, "_git_answer", lambda place, file: access._NOT_IGNORED)
    with pytest.raises(WrongUse, match="git"):
        ask(folder, tmp_path / "a.csv")


def test_a_folder_that_is_missing(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="finns inte"):
        ask(folder, tmp_path / "saknas" / "a.csv")


def test_the_form_is_the_one_asked_for_else_the_files() -> None:
    assert chosen(None, None) is Form.TABLE
    assert chosen(None, Path("A.XLSX")) is Form.XLSX
    assert chosen(Form.CSV, Path("a.txt")) is Form.CSV
    for form, out in ((None, Path("a.txt")), (Form.XLSX, None), (Form.PARQUET, None), (Form.TABLE, Path("a.csv"))):
        with pytest.raises(WrongUse, match=r"--format|--out"):
            chosen(form, out)


def test_a_table_where_it_fits_else_a_block_a_row(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sql = "select id, days, opened, 'två\nrader' as text from loaded.cases where days is not null order by id"
    monkeypatch.setenv("COLUMNS", "80")
    assert answer(folder, Question(sql)).sentences == ("2 rader",)
    assert capsys.readouterr().out == (
        "id  days  opened      text\n"
        "──  ────  ──────────  ─────\n"
        "U1    12  2026-05-01  två\n"
        "                      rader\n"
        "U2   130  2026-06-01  två\n"
        "                      rader\n"
    )
    monkeypatch.setenv("COLUMNS", "19")
    answer(folder, Question("select id, days, opened from loaded.cases where id = 'U1'"))
    assert capsys.readouterr().out == "─ 1 ─\nid      U1\ndays    12\nopened  2026-05-01\n"
