"""The database's rows: what is taken out, what repeats it, and the search of the new file."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest

from pipeline import database, loading
from pipeline.errors import ProtectionFailed
from pipeline.retention import rows
from pipeline.schemas import EXTRACTS

LIMIT = date(2023, 1, 1)


def pseudonym(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


OLD, BOTH, NEW, FLAGGED = (pseudonym(name) for name in ("old", "both", "new", "flagged"))


@pytest.fixture
def processed(tmp_path: Path) -> Path:
    """Two investigations from before the day and one from after; the second person has one of each."""
    with database.build(tmp_path) as db:
        db.run("create schema loaded")
        for name in (*EXTRACTS, "quarantine", "figures", "protected_persons", "protected_cases"):
            db.script(loading.TABLES / f"{name}.sql")
        for case, person, day in (("U1", OLD, "2022-05-01"), ("U2", BOTH, "2022-12-31"), ("U3", BOTH, "2023-01-01")):
            db.run(
                "insert into loaded.investigations (investigation_id, person_id, unit, area, opened, closed)"
                " values ($case, $person, 'Norr', 'Barn och unga', '2022-04-01', $day)",
                {"case": case, "person": person, "day": day},
            )
        db.run("create table investigations as from loaded.investigations")
        db.run("create table plan_decisions as select plan_id from loaded.plans")
        db.run("insert into plan_decisions values ('P9')")
        db.run(f"insert into protected_persons values ('{OLD}'), ('{BOTH}')")
        db.run("insert into protected_cases values ('investigations', 'U1'), ('investigations', 'U3')")
        db.run("comment on table investigations is 'Utredningar'")
    return tmp_path


def test_what_is_older_goes_with_all_that_repeats_it(processed: Path):
    assert rows.look_up(processed, LIMIT).past == {"investigations": 2}
    assert rows.remove(processed, LIMIT) == 1
    with database.read_only(processed) as db:
        assert db.rows("select investigation_id from loaded.investigations") == [("U3",)]
        assert db.rows("select investigation_id from investigations") == [("U3",)]
        assert db.rows("from plan_decisions") == []
        assert db.rows("from protected_persons") == [(BOTH,)]
        assert db.rows("select case_id from protected_cases") == [("U3",)]
        assert db.value("select comment from duckdb_tables() where table_name = 'investigations' limit 1")
    assert rows.look_up(processed, LIMIT).past == {}


def test_the_files_bytes_hold_only_who_is_left(processed: Path):
    file = processed / database.FILE_NAME
    assert OLD.encode() in file.read_bytes()
    rows.remove(processed, LIMIT)
    assert OLD.encode() not in file.read_bytes()
    assert BOTH.encode() in file.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_new_file_is_its_owners_alone_and_nothing_lies_beside_it(processed: Path):
    (processed / f".{database.FILE_NAME}.1").mkdir()
    rows.remove(processed, LIMIT)
    assert [path.name for path in processed.iterdir()] == [database.FILE_NAME]
    assert (processed / database.FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_nothing_to_take_out_leaves_the_file_alone(processed: Path):
    before = (processed / database.FILE_NAME).read_bytes()
    assert rows.remove(processed, date(2022, 1, 1)) is None
    assert (processed / database.FILE_NAME).read_bytes() == before
    assert rows.remove(processed / "nowhere", LIMIT) is None


@pytest.mark.parametrize("place", [0, 1, 31, 32, 40])
def test_the_search_finds_a_pseudonym_wherever_chunks_part_it(tmp_path, monkeypatch, place):
    monkeypatch.setattr(rows, "_CHUNK", 32)
    (tmp_path / "f").write_bytes(b"x" * place + OLD.encode() + NEW.encode() + b"x")
    with pytest.raises(ProtectionFailed, match="1 pseudonymer i databasfilen"):
        rows._demand_gone(tmp_path / "f", frozenset({OLD}), frozenset())
    with pytest.raises(ProtectionFailed, match="1 pseudonymer"):
        rows._demand_gone(tmp_path / "f", frozenset({NEW}), frozenset())
    rows._demand_gone(tmp_path / "f", frozenset({BOTH}), frozenset({OLD, NEW}))


def test_a_search_that_does_not_even_find_who_is_left_proves_nothing(tmp_path: Path):
    (tmp_path / "f").write_bytes(b"packed")
    with pytest.raises(ProtectionFailed, match="inte går att söka igenom"):
        rows._demand_gone(tmp_path / "f", frozenset({OLD}), frozenset({NEW}))


def test_a_run_cut_off_leaves_the_old_file(processed: Path, monkeypatch: pytest.MonkeyPatch):
    def cut_off(*_: object) -> None:
        raise RuntimeError

    before = (processed / database.FILE_NAME).read_bytes()
    monkeypatch.setattr(rows, "_take_out", cut_off)
    with pytest.raises(RuntimeError):
        rows.remove(processed, LIMIT)
    assert (processed / database.FILE_NAME).read_bytes() == before
    assert [path.name for path in processed.iterdir()] == [database.FILE_NAME]
