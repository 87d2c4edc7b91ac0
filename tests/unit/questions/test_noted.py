"""Every question leaves a line in the log, and none is answered where that cannot be written."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from pipeline import audit, database
from pipeline.errors import WrongUse
from pipeline.questions import answering, noted
from pipeline.questions.shell.reading import Piped
from pipeline.questions.shell.session import Session

PERSON = "19121212-1212"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A folder with something that is called as the database is."""
    processed = tmp_path / "processed"
    processed.mkdir()
    (processed / database.FILE_NAME).touch()
    return processed


def told(folder: Path) -> list[tuple[str, str, int | None]]:
    return [(one.command, one.what, one.rows) for one in audit.read(folder)[0]]


def test_a_question_is_noted_with_its_rows_and_values(empty: Path) -> None:
    what = answering.named("select 1", None, {"unit": "Norr"})
    with noted.asked(empty, "sql", what) as rows:
        rows += [2, 3]
    with noted.asked(empty, "sql", answering.named("select 2", "overdue", {})):
        pass
    assert told(empty) == [("sql", "select 1 (unit=Norr)", 5), ("sql", "--name overdue", None)]


def test_a_question_that_was_not_answered_is_noted_and_no_person_in_it(empty: Path) -> None:
    with pytest.raises(WrongUse), noted.asked(empty, "sql", f"select '{PERSON}'"):
        raise WrongUse("no such column")
    ((command, what, rows),) = told(empty)
    assert (command, rows) == ("sql", None)
    assert PERSON not in what
    assert what.startswith("select '")


def test_nothing_is_asked_where_nothing_can_be_noted(empty: Path) -> None:
    (empty / "history").write_text("in the way", encoding="utf-8")
    with pytest.raises(WrongUse), noted.asked(empty, "sql", "select 1"):
        pytest.fail("the question was put all the same")


def test_without_a_database_there_is_nothing_to_note(tmp_path: Path) -> None:
    with noted.asked(tmp_path / "processed", "sql", "select 1"):
        pass
    assert not (tmp_path / "processed").exists()


def test_every_question_at_the_prompt_is_noted(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = tmp_path / "asked"
    shutil.copytree(folder, asked)
    monkeypatch.setattr("sys.stdin", io.StringIO("select 7 as seven;\nselect wrong;\n"))
    assert not Session(asked, 10).run(Piped())
    assert "7" in capsys.readouterr().out
    assert told(asked) == [("shell", "select 7 as seven", 1), ("shell", "select wrong", None)]
