"""Who reads while a report is made: the old database until the swap, whole, and then the new one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import database, swapping
from pipeline.errors import WrongUse
from pipeline.places import ROOT

ROWS = 20_000
BUILDER = """
import sys
from pathlib import Path
from tests.unit.database.test_swapping import build

build(Path(sys.argv[1]), 2)
"""


def build(folder: Path, number: int) -> None:
    with database.build(folder) as db:
        db.run(f"create table a as select {number} as n from range({ROWS})")
        db.run(f"create table b as select {number} as n")


def number(folder: Path) -> int:
    with database.read_only(folder) as db:
        return int(db.value("select n from b"))


def test_a_question_under_way_keeps_the_database_that_it_was_put_to(tmp_path: Path) -> None:
    build(tmp_path, 1)
    with database.answering(tmp_path, "select n from a", {}, 30) as found:
        rows = found.chunks(ROWS)
        first = next(rows)
        subprocess.run([sys.executable, "-c", BUILDER, str(tmp_path)], cwd=ROOT, check=True)
        assert {n for (n,) in [*first, *(row for chunk in rows for row in chunk)]} == {1}
    assert number(tmp_path) == 2


def test_windows_waits_for_questions_to_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, 1)
    refusals, replace = iter([PermissionError] * 3), Path.replace

    def busy(self: Path, target: Path) -> Path:
        if next(refusals, None):
            raise PermissionError
        return replace(self, target)

    monkeypatch.setattr(swapping, "_WINDOWS", True)
    monkeypatch.setattr(swapping, "PAUSE", 0.01)
    monkeypatch.setattr(Path, "replace", busy)
    build(tmp_path, 2)
    assert number(tmp_path) == 2


@pytest.mark.parametrize("windows", [True, False])
def test_a_database_that_cannot_be_replaced_is_told_of_and_stands(
    windows: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, 1)
    monkeypatch.setattr(swapping, "_WINDOWS", windows)
    monkeypatch.setattr(swapping, "PAUSE", 0.001)

    def never(self: Path, target: Path) -> Path:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", never)
        with pytest.raises(WrongUse, match="den är öppen i ett annat program"):
            build(tmp_path, 2)
    assert number(tmp_path) == 1
    assert database.leftovers(tmp_path) == []
