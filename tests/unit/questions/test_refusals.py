"""What a question may not do, tried: to write, to reach out, to change a setting, to take all time or memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline import database
from pipeline.places import ROOT
from pipeline.questions.answering import Question, answer
from tests.unit.questions.conftest import hashes

Refused = Callable[..., str]
READ_ONLY, SHUT_IN = "Databasen kan bara läsas.", "En fråga når bara databasen"
SECRET_OF_PYTHON = [1, 2, 3]

NO_QUESTIONS = [
    "insert into units values ('x')",
    "update units set unit = 'x'",
    "delete from units",
    "drop table units",
    "truncate units",
    "alter table units add column x int",
    "comment on table units is 'x'",
    "create table x (a int)",
    "create temp table x as select 1",
    "create or replace view v_units as select 1",
    "create macro m() as 1",
    "create secret s (type s3)",
    "merge into units using units as u on false when not matched then insert values ('x')",
    "copy units to 'out.csv'",
    "copy (select 1) to 'out.parquet' (format parquet)",
    "copy units from 'in.csv'",
    "export database 'out'",
    "import database 'out'",
    "attach ':memory:' as other",
    "attach 'other.duckdb'",
    "detach kvalitet",
    "use memory",
    "install httpfs",
    "load httpfs",
    "update extensions",
    "set memory_limit = '100GB'",
    "set lock_configuration = false",
    "reset memory_limit",
    "set variable a = 1",
    "pragma database_list",
    "pragma table_info('units')",
    "pragma enable_profiling",
    "call pragma_version()",
    "call enable_logging()",
    "begin",
    "commit",
    "checkpoint",
    "force checkpoint",
    "vacuum",
    "analyze",
    "prepare p as select 1",
    "execute p",
    "deallocate p",
    # The engine counts these as questions, and the connection refuses them.
    "with gone as (delete from units returning *) select * from gone",
    "with new as (insert into units values ('x') returning *) select * from new",
    "explain analyze insert into units values ('x')",
    "explain analyze delete from units",
]
OUT_OF_REACH = [
    "select * from read_csv('/etc/passwd')",
    "select * from read_csv_auto('/etc/passwd')",
    "select * from sniff_csv('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "select * from read_blob('/etc/passwd')",
    "select * from read_json('/etc/passwd')",
    "select * from read_parquet('/etc/passwd')",
    "select * from parquet_metadata('/etc/passwd')",
    "select * from read_duckdb('other.duckdb')",
    "select * from glob('/etc/*')",
    "select * from read_csv('http://127.0.0.1/x.csv')",
    "select * from read_xlsx('x.xlsx')",
    "select * from st_read('x.shp')",
    "from duckdb_extensions()",
    "from enable_logging()",
    "from enable_profiling()",
    "explain analyze copy units to 'out.csv'",
]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a question would write by a bare name would be seen."""
    monkeypatch.chdir(tmp_path)
    yield
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sql", NO_QUESTIONS)
def test_only_questions_are_put(sql: str, refused: Refused) -> None:
    assert refused(sql).startswith(READ_ONLY)


@pytest.mark.parametrize("sql", OUT_OF_REACH)
def test_no_file_network_extension_or_setting_is_reached(sql: str, refused: Refused) -> None:
    assert refused(sql).startswith(SHUT_IN)


@pytest.mark.parametrize("sql", ["select getenv('HOME')", "from query('drop table units')", "from query('set a = 1')"])
def test_no_way_around(sql: str, refused: Refused) -> None:
    assert refused(sql)


@pytest.mark.parametrize("name", ["SECRET_OF_PYTHON", "hashes", "folder", "/etc/passwd"])
def test_no_variable_of_pythons_and_no_file_is_a_table(name: str, refused: Refused) -> None:
    folder = [4, 5]
    assert folder
    assert f"{name} finns inte" in refused(f'select * from "{name}"')


def test_there_are_no_secrets_and_nothing_lies_aside(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for asked in (
        "select count(*) as n from duckdb_secrets()",
        "select length(current_setting('temp_directory')) as n",
        "select count(*) as n from duckdb_temporary_files()",
    ):
        answer(folder, Question(asked))
        assert capsys.readouterr().out.split()[-1] == "0", asked


@pytest.mark.parametrize("sql", ["select 1; select 2", "select 1; drop table units", "select 1;;select 2"])
def test_one_question_at_a_time(sql: str, refused: Refused) -> None:
    assert refused(sql).startswith("Skriv en fråga i taget")


@pytest.mark.parametrize("sql", ["", "  ", "-- inget", "/* inget */", ";"])
def test_an_empty_question(sql: str, refused: Refused) -> None:
    assert refused(sql).startswith("Frågan är tom")


@pytest.mark.parametrize(
    "sql",
    [
        "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n",
        "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n where i < 0",
        "select count(*) from range(100000000) as a, range(100000000) as b",
        "select sleep_ms(60000)",
    ],
)
def test_a_question_that_takes_too_long_is_broken_off(sql: str, refused: Refused) -> None:
    begun = time.monotonic()
    assert refused(sql, seconds=0.5).startswith("Frågan avbröts efter 0.5 sekunder")
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize(
    "sql",
    [
        "select a.range, b.range from range(100000000) as a, range(100000000) as b order by 1 desc, 2",
        "select list(range) from range(1000000000)",
        "select string_agg(repeat('x', 1000), '') from range(1000000000)",
    ],
)
def test_a_question_that_eats_memory_is_stopped(sql: str, refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    # A small roof shows the same as a large one, sooner.
    monkeypatch.setitem(database.asking._LOCKED, "memory_limit", "200MB")
    assert refused(sql, seconds=60).startswith("Frågan behöver mer minne")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_huge_answer_is_read_no_further_than_asked_for(
    form: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipeline.questions.forms import Form

    sql = "select a.range as n from range(100000000) as a, range(100000000) as b"
    answered = answer(folder, Question(sql, form=Form(form), most=12_345))
    assert answered.rows == 12_345
    assert answered.sentences[0].startswith("Bara de första 12345 rader visas.")
    assert len(capsys.readouterr().out.strip("[]\n").splitlines()) == 12_345 + (form == "csv")


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("select 1", 1),
        ("from units", 3),
        ("values (1), (2)", 2),
        ("with a as (select 1) from a", 1),
        ("describe units", 1),
        ("summarize units", 1),
        ("show tables", 4),
        ("explain select 1", 1),
        ("select * from query_table('units')", 3),
        ("pivot units on unit in ('Norr') using count(*)", 1),
        ("select 1;", 1),
    ],
)
def test_questions_are_answered(sql: str, rows: int, folder: Path) -> None:
    before = hashes(folder)
    assert answer(folder, Question(sql)).rows == rows
    assert hashes(folder) == before


def test_a_step_that_the_engine_cannot_break_off_ends_with_the_process() -> None:
    code = (
        "import time; from pipeline.questions import bounds; bounds._GRACE = 0.1\n"
        "with bounds.bounded(0.1): time.sleep(60)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (2, "Frågan avbröts: den gick inte att stoppa efter 0.1 sekunder.\n")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux bounds the memory of a process")
def test_a_text_of_gigabytes_is_refused_from_the_command_line(folder: Path) -> None:
    done = asked(folder, "select length(repeat('x', 4000000000))")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Frågan behöver mer minne")


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_ctrl_c_breaks_a_question_off(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    import signal

    place = tmp_path_factory.mktemp("broken_off")
    sql = "select count(*) from range(100000000) a, range(100000000) b"
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "sql", sql, f"--processed={folder}", f"--out={place / 'a.csv'}"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    # The file that the answer is written to stands aside from the moment that the question is put.
    for _ in range(600):
        if list(place.iterdir()):
            break
        time.sleep(0.1)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    out, told = process.communicate(timeout=50)
    assert (process.returncode, out, told) == (130, "", "Frågan avbröts.\n")
    assert list(place.iterdir()) == []


def asked(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "sql", *arguments, f"--processed={folder}"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_who_asks_waits_for_nothing_heavy(folder: Path) -> None:
    """No clock: what is imported decides, on any machine."""
    code = (
        "import sys\nfrom pipeline.cli import app\n"
        f"app(['sql', 'select 1', '--processed', {str(folder)!r}], standalone_mode=False)\n"
        "heavy = 'pandas pyarrow numpy plotly pandera scipy openpyxl jinja2 babel rich httpx yaml'.split()\n"
        "heavy += ['sqlglot', 'asyncio', 'prompt_toolkit']\n"
        "print([name for name in heavy if name in sys.modules], 'pipeline.config' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[] False"
