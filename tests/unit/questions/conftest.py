"""A small database to ask, built as a run builds it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import database
from pipeline.errors import WrongUse
from pipeline.questions.answering import Question, answer

Hashes = dict[str, str]


def hashes(folder: Path) -> Hashes:
    """Every file in the folder of the database, by content: nothing may be changed, added or left behind."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    processed = tmp_path_factory.mktemp("asked") / "processed"
    with database.build(processed) as db:
        db.run("create schema loaded; create table loaded.cases (id varchar, unit varchar, opened date, days integer)")
        db.run("insert into loaded.cases values ('U1', 'Norr', '2026-05-01', 12), ('U2', 'Söder', '2026-06-01', 130)")
        db.run("insert into loaded.cases values ('U3', '=1+1', null, null)")
        db.run("create table units as select unit from loaded.cases")
        db.run("create view v_investigations as select id as investigation_id, unit, opened, days from loaded.cases")
        db.run("create view v_units as select distinct unit from units; create view v_figures as select 0.25 as value")
    return processed


@pytest.fixture
def refused(folder: Path) -> Callable[..., str]:
    """Why a question is not answered: one sentence or two on one line, and the database as it was, to the byte."""

    def ask(sql: str, seconds: float = 20.0, **parameters: str) -> str:
        before = hashes(folder)
        with pytest.raises(WrongUse) as raised:
            answer(folder, Question(sql, parameters, seconds=seconds))
        assert hashes(folder) == before
        assert "\n" not in str(raised.value)
        assert "Error" not in str(raised.value)
        return str(raised.value)

    return ask
