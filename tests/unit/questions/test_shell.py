"""The shell: statements and commands from a program or a terminal; faults and Ctrl-C never end it."""

from __future__ import annotations

import os
import pty
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline import database
from pipeline.errors import WrongUse
from pipeline.places import ROOT
from pipeline.questions import saved
from pipeline.questions.shell import completing, session, statements
from pipeline.questions.shell.prompt import OwnHistory

PERSON = "19900101-1239"
Piped = Callable[..., tuple[int, str, str]]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    build(tmp_path, 1)
    return tmp_path


def build(folder: Path, number: int) -> None:
    with database.build(folder) as db:
        db.run(f"create table numbers as select {number} as n; create view v_numbers as select n from numbers")
        db.run("comment on view v_numbers is 'Tal.'; comment on column v_numbers.n is 'Talet.'")
        db.run("create view v_notes as select 'a' as note; create view v_cases_a as select 1 as b")


@pytest.fixture
def piped(own: Path) -> Piped:
    def ask(text: str, *more: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", "shell", "--processed", str(own), *more],
            cwd=ROOT, input=text, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    return ask


def test_every_answer_is_protected_where_that_is_asked_for(piped: Piped) -> None:
    asked = "select note, count(*) as antal from v_notes group by note;\nselect n from v_numbers;\n"
    code, out, told = piped(asked, "--protect")
    assert (code, "true" in out) == (2, True)  # one row, hidden; then a list, refused
    assert "Skyddat: 1 av 1 rader är dolda" in told
    assert "--protect: svaret är en lista över rader" in told
    assert "dolda" not in piped(asked)[2]


@pytest.mark.parametrize(
    ("text", "whole", "rest"),
    [
        ("select 1; select 2;", ["select 1", "select 2"], ""),
        ("select ';' as a; select", ["select ';' as a"], "select"),
        ("select 'it''s; so", [], "select 'it''s; so"),
        ('select 1 as "a;b";', ['select 1 as "a;b"'], ""),
        ("select 1 -- a; b's\n;", ["select 1 -- a; b's"], ""),
        ("select /* ; ' */ 1;", ["select /* ; ' */ 1"], ""),
        ("select /* ; ", [], "select /* ;"),
        ("select $$;$$, $a - 1 / 2;", ["select $$;$$, $a - 1 / 2"], ""),
        (" ;; ", [], ""),
    ],
)
def test_a_semicolon_ends_a_statement_where_it_stands_alone(text: str, whole: list[str], rest: str) -> None:
    assert statements.split(text) == (whole, rest)


def test_what_another_program_sends_is_answered_to_the_end(piped: Piped) -> None:
    code, out, err = piped("select n + 1 as a\nfrom v_numbers; select 2 as b;\nselect 3 as c")
    assert (code, out.split()) == (0, ["a", "─", "2", "b", "─", "2", "c", "─", "3"])
    assert err.splitlines() == ["1 rad"] * 3


def test_faults_are_told_and_the_next_is_answered(piped: Piped) -> None:
    code, out, err = piped(
        "select m from v_numbers;\nselect n from v_number;\ndrop table numbers;\nselect cast($a as int) + 1 as s;\n"
        f"\\what\n\\param a=41\nselect cast($a as int) + 1 as s;\n\\run nothing\n\\limit x\n\\timeout\n\\run\n"
        f"\\o\n\\d '\nselect '{PERSON}'::integer;\nselect * from read_csv('/etc/passwd');\n"
    )
    assert (code, out.split()) == (2, ["s", "──", "42"])
    told = err.splitlines()
    for line, said in zip(
        told,
        [
            r"Kolumnen m finns inte .* Menade du n\? .* \\d vyns namn",
            r"Menade du v_numbers eller numbers\? Alla visas av: \\d",
            "kan bara läsas",
            r"saknar värde för a. Ange det så här: \\param a=värde",
            r"\\what finns inte",
            "1 rad",
            r"heter nothing.* visas av: \\l",
            r"\\limit x: skriv",
            r"\\timeout: skriv",
            r"\\run namn",
            r"\\o build/svar.xlsx",
            "citattecken är inte avslutat",
            "av fel slag",
            "når bara databasen",
        ],
        strict=True,
    ):
        assert re.search(said, line)
    assert PERSON not in err
    assert "Error" not in err


def test_commands_show_what_there_is(piped: Piped) -> None:
    _, all_, _ = piped("\\d\n")
    assert re.search(r"v_notes\nv_numbers\n    Tal\.\nv_cases_…\n    .*\nTabeller\n    numbers\n", all_)
    assert piped("\\d v_numbers\n")[1] == "v_numbers\n    Tal.\nn  (integer)\n    Talet.\n"
    assert piped("\\d v_n\n")[1] == "v_notes\nv_numbers\n    Tal.\n"
    assert "Menade du v_numbers eller" in piped("\\d v_numbrs\n")[2]
    assert all(name in piped("\\l\n")[1] for name in saved.read_all())
    assert r"\timeout" in piped("\\?\n")[1]
    assert piped("\\q\nselect 1;") == (0, "", "")


def test_choices_hold_for_what_comes_after(piped: Piped, tmp_path: Path) -> None:
    code, out, err = piped(
        f'\\limit 2\nselect n from range(5) as r(n);\n\\o "{tmp_path}/a b.csv"\nselect 1 as one;\nselect 2 as two;\n'
        "\\limit\n\\timeout 0,5\nselect count(*) from range(100000000000) as r(n) where n % 7 = 3;\n"
    )
    assert out.split() == ["n", "─", "0", "1", "two", "───", "2"]
    assert (tmp_path / "a b.csv").read_text(encoding="utf-8") == "one\n1\n"
    assert r"Fler fås med \limit" in err
    assert r"avbröts efter 0.5 sekunder. Begränsa den, eller ge den längre tid med \timeout" in err
    assert code == 2


def test_a_new_database_is_told_of_and_asked(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class Lines:
        is_interactive = False

        def __init__(self) -> None:
            self._left = iter(["select n as before from numbers;", "build", "select n as then from numbers;"])

        def read(self, pending: str) -> str:
            line = next(self._left, None)
            if line is None:
                raise EOFError
            if line == "build":
                build(own, 2)
                return ""
            return line

    shell = session.Session(own, 30)
    assert list(shell.contents()["numbers"]) == ["n"]
    assert shell.run(Lines())
    told = capsys.readouterr()
    assert told.out.split() == ["before", "──────", "1", "then", "────", "2"]
    assert "en ny rapport är klar" in told.err


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="Kör först: python -m pipeline report"):
        session.run(tmp_path, 60)


CONTENTS = {"v_units": ["unit", "area"], "v_cases_a": ["unit", "hit"], "loaded.units": ["unit", "valid_from"]}
SAVED = {"by_unit": saved.Saved("by_unit", "", (saved.Parameter("metric", "", "text"),), "")}


@pytest.mark.parametrize(
    ("text", "after", "word", "first"),
    [
        ("sel", "", "sel", ["select"]),
        ("select * from v_u", "", "v_u", ["v_units"]),
        ("select * from ", "", "", ["v_cases_a", "v_units", "loaded.units"]),
        ("select * from loaded.", "", "loaded.", ["loaded.units"]),
        ("select ar", " from v_units", "ar", ["area"]),
        ("select u.", " from v_units as u", "u.", ["u.unit", "u.area"]),
        ("select u.a", " from v_cases_a join v_units u on true", "u.a", ["u.area"]),
        ("select valid", " from loaded.units where", "valid", ["valid_from"]),
        ("\\r", "", "\\r", ["\\run"]),
        ("\\d v_c", "", "v_c", ["v_cases_a"]),
        ("\\run b", "", "b", ["by_unit"]),
        ("\\run by_unit m", "", "m", ["metric="]),
        ("\\limit 1", "", "1", []),
    ],
)
def test_what_may_follow(text: str, after: str, word: str, first: list[str]) -> None:
    found_word, found = completing.candidates(text, after, CONTENTS, SAVED)
    assert found_word == word
    assert found[: len(first)] == first
    assert bool(found) == bool(first)


def test_the_history_is_the_users_own_and_without_personnummer(tmp_path: Path) -> None:
    file = tmp_path / "history"
    history = OwnHistory(file)
    for one in ("select 1;", "select 1;", f"select '{PERSON}',\n 2;", "  "):
        history.append_string(one)
    assert history.get_strings()[0] == "select 1;"
    assert len(history.get_strings()) == 2
    assert PERSON not in file.read_text(encoding="utf-8") + str(history.get_strings())
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = list(OwnHistory(file).load_history_strings())
    assert again[1] == "select 1;"
    assert again[0].endswith("\n 2;")
    file.write_text("".join(f"select {n};\0\n" for n in range(1_200)), encoding="utf-8")
    assert next(iter(OwnHistory(file).load_history_strings())) == "select 1199;"
    assert len(list(OwnHistory(file).load_history_strings())) == 1_000
    assert len(file.read_text(encoding="utf-8").splitlines()) == 1_000


class Terminal:
    """A shell on a terminal of its own."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.kind = kind
        self._own, other = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", "shell", "--processed", str(folder)],
            cwd=ROOT, stdin=other, stdout=other, stderr=other, start_new_session=True,
            env={**os.environ, "TERM": kind, "PROMPT_TOOLKIT_NO_CPR": "1", "COLUMNS": "200", "LINES": "50"},
        )  # fmt: skip
        os.close(other)
        os.set_blocking(self._own, False)
        self._seen = ""

    def type(self, text: str) -> None:
        os.write(self._own, text.encode())

    def until(self, said: str, seconds: float = 30.0) -> str:
        """What has come since the last time, up to what was waited for."""
        end = time.monotonic() + seconds
        while not (found := re.search(said, self._seen)):
            assert time.monotonic() < end, f"{said} never came: {self._seen!r}"
            try:
                self._seen += os.read(self._own, 65536).decode(errors="replace")
            except (BlockingIOError, OSError):
                time.sleep(0.02)
        before, self._seen = self._seen[: found.end()], self._seen[found.end() :]
        return before

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._own)


@pytest.fixture(params=["xterm-256color", "dumb"])
def terminal(own: Path, request: pytest.FixtureRequest) -> Iterator[Terminal]:
    if os.name == "nt":
        pytest.skip("Windows has no such terminals")
    one = Terminal(own, request.param)
    one.until("fråga>")
    yield one
    one.close()


def test_ctrl_c_breaks_off_the_question_and_not_the_shell(terminal: Terminal) -> None:
    terminal.type("select count(*) from range(100000000) a, range(100000000) b;\r")
    time.sleep(2)
    terminal.process.send_signal(signal.SIGINT)
    terminal.until("Frågan avbröts.")
    terminal.until("fråga>")
    terminal.type("select 40 + 2 as answer;\r")
    terminal.until(r"42\s+1 rad")
    terminal.type("\\q\r")
    assert terminal.process.wait(timeout=20) in (0, 2)


def test_a_line_that_is_begun_is_forgotten_by_ctrl_c_and_ctrl_d_ends(terminal: Terminal) -> None:
    terminal.type("select 'never\r")
    terminal.until(r"\.\.\.>")
    if terminal.kind == "dumb":
        terminal.process.send_signal(signal.SIGINT)
    else:
        terminal.type("\x03")  # a key like others, where lines are edited
    terminal.until("fråga>")
    terminal.type("select 7 * 6 as answer;\r")
    terminal.until(r"42\s+1 rad")
    terminal.until("fråga>")
    terminal.type("\x04")
    assert terminal.process.wait(timeout=20) == 0


def test_tab_completes_and_the_history_comes_back(own: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no such terminals")
    first = Terminal(own, "xterm-256color")
    first.until("fråga>")
    first.type("select n from v_nu\t")
    first.until("mbers")
    first.type(";\r")
    first.until(r"1\s+1 rad")
    first.type("\\q\r")
    first.process.wait(timeout=20)
    first.close()
    assert "select n from v_numbers;" in (own / ".shell_history").read_text(encoding="utf-8")
    assert stat.S_IMODE((own / ".shell_history").stat().st_mode) == 0o600
    second = Terminal(own, "xterm-256color")
    second.until("fråga>")
    second.type("\x1b[A\x1b[A")  # the command that ended it, and what was asked before
    time.sleep(1)
    second.type("\r")
    second.until(r"1\s+1 rad")
    second.close()
