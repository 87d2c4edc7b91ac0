"""The copy for other tools: whole, the user's alone, noted, and refused where it would not be safe."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import duckdb
import pytest

from pipeline import audit, copying, database
from pipeline.errors import WrongUse
from tests.programs import require_program


@pytest.fixture
def processed(tmp_path: Path) -> Path:
    folder = tmp_path / "processed"
    with database.build(folder) as db:
        db.run("create table cases as select 'U1' as case_id")
    return folder


def test_the_copy_is_whole_and_can_be_written_to_without_touching_the_database(processed: Path, tmp_path: Path) -> None:
    before = (processed / database.FILE_NAME).read_bytes()
    file = copying.copy(processed, tmp_path / "mine" / "copy.duckdb")
    assert file.read_bytes() == before
    with duckdb.connect(str(file)) as other:  # a tool that locks what it opens
        other.execute("insert into cases values ('U2')")
        with database.read_only(processed) as still_open:
            assert still_open.rows("select case_id from cases") == [("U1",)]
    assert (processed / database.FILE_NAME).read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_user_alone_can_read_it_and_it_is_noted(processed: Path, tmp_path: Path) -> None:
    file = copying.copy(processed, tmp_path / "mine" / "copy.duckdb")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["copy.duckdb"]
    (entry,) = audit.read(processed)[0]
    assert (entry.command, entry.what) == ("copy", str(file))


def test_into_a_folder_it_keeps_its_name_and_nothing_is_written_over(processed: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert copying.copy(processed, tmp_path / "mine") == tmp_path / "mine" / database.FILE_NAME
    with pytest.raises(WrongUse, match="finns redan, så ingenting kopierades"):
        copying.copy(processed, tmp_path / "mine")


def test_half_a_copy_of_a_killed_run_is_taken_away_by_the_next(processed: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir(mode=0o700)
    killed, under_way = mine / ".copy.duckdb.new-1", mine / ".copy.duckdb.new-2"
    for half in (killed, under_way):
        half.write_bytes(b"half")
    os.utime(killed, (0, 0))
    copying.copy(processed, mine / "copy.duckdb")
    assert sorted(path.name for path in mine.iterdir()) == [under_way.name, "copy.duckdb"]


def test_it_is_refused_where_git_would_take_it_along(processed: Path, tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    subprocess.run([require_program("git"), "init", "-q", str(tmp_path / "project")], check=True)
    with pytest.raises(WrongUse, match="git håller reda på"):
        copying.copy(processed, tmp_path / "project" / "copy.duckdb")
    assert [path.name for path in (tmp_path / "project").iterdir()] == [".git"]
    assert audit.read(processed)[0] == []


def test_without_a_database_or_a_log_nothing_is_copied(processed: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="Ingen databas finns"):
        copying.copy(tmp_path / "nothing", tmp_path / "mine" / "copy.duckdb")
    (processed / "history").write_text("not a folder", encoding="utf-8")
    with pytest.raises(WrongUse, match="Utan logg"):
        copying.copy(processed, tmp_path / "mine" / "copy.duckdb")
    assert not (tmp_path / "mine" / "copy.duckdb").exists()
