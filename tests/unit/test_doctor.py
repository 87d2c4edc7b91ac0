"""`doctor`: what stands ready, and what is told when it does not."""

import os
import shutil
from collections import namedtuple

import pytest

from pipeline import access, database, doctor, privacy
from pipeline.config import Committee, Config, Municipality, Paths


@pytest.fixture
def config(tmp_path) -> Config:
    """A configuration on an empty raw folder."""
    (tmp_path / "raw").mkdir()
    return Config(
        municipality=Municipality(name="Ekby", code="0180"),
        committee=Committee(name="Socialnämnden", areas=("Vuxna",)),
        paths=Paths(
            raw=tmp_path / "raw",
            processed=tmp_path / "processed",
            reports=tmp_path / "reports",
            key=tmp_path / "pseudonym.key",
        ),
    )


def look(config: Config, name: str) -> doctor.Check:
    (check,) = [check for check in doctor.examine(config) if check.name == name]
    return check


def test_a_fresh_clone_is_ready(config):
    checks = doctor.examine(config)
    assert [check for check in checks if not check.ok] == []
    assert "demokommunen" in look(config, "Utdrag").text


def test_looking_changes_nothing(config, tmp_path):
    doctor.examine(config)
    assert [path.name for path in tmp_path.rglob("*")] == ["raw"]


def test_the_files_of_each_extract_are_named(config):
    (config.paths.raw / "Beslut 2026-09-01.csv").write_text("x", encoding="utf-8")
    (config.paths.raw / "beslut_äldre.xlsx").write_text("x", encoding="utf-8")
    assert look(config, "Utdrag: beslut").text == "Beslut 2026-09-01.csv, beslut_äldre.xlsx"
    assert look(config, "Utdrag: enheter").text.startswith("ingen fil")


def test_a_file_that_matches_no_pattern_is_a_fault(config):
    (config.paths.raw / "besult.csv").write_text("x", encoding="utf-8")
    check = look(config, "Utdrag")
    assert not check.ok
    assert "besult.csv" in check.text


def test_a_missing_raw_folder_is_a_fault(config):
    config.paths.raw.rmdir()
    assert not look(config, "Utdrag").ok


def test_a_library_of_another_version_is_a_fault(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("pytest==0.1 \\\n    --hash=sha256:0\nno-such-library==1\n", encoding="utf-8")
    check = doctor._libraries(lock)
    assert not check.ok
    assert "pytest" in check.text


def test_one_of_several_locked_versions_is_enough(tmp_path):
    lock = tmp_path / "requirements.lock"
    installed = doctor._installed("pytest")
    lock.write_text(
        f"pytest==0.1 ; python_version < '3'\npytest=={installed} ; python_version >= '3'\n", encoding="utf-8"
    )
    assert doctor._libraries(lock).ok


def test_a_key_is_read_and_a_damaged_one_is_a_fault(config):
    privacy.load_key(config.paths.key)
    assert look(config, "Nyckel").ok
    config.paths.key.write_text("x", encoding="ascii")
    assert not look(config, "Nyckel").ok


@pytest.mark.parametrize(("free", "ok"), [(50_001_999, False), (50_002_000, True)])
def test_the_disk_must_hold_the_extracts_twice_and_the_reports(config, monkeypatch, free, ok):
    (config.paths.raw / "beslut.csv").write_bytes(b"x" * 1000)
    usage = namedtuple("Usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(0, 0, free))
    assert look(config, "Diskutrymme").ok is ok


def test_a_folder_that_cannot_be_written_is_a_fault(config, monkeypatch):
    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    assert not look(config, "Databasens mapp").ok
    assert not look(config, "Rapporternas mapp").ok


def test_a_database_is_opened(config):
    with database.build(config.paths.processed) as built:
        built.run("create table t as select 1 as one")
    assert look(config, "Databas").ok


def test_a_damaged_database_is_a_fault(config):
    config.paths.processed.mkdir()
    (config.paths.processed / database.FILE_NAME).write_text("no database", encoding="utf-8")
    check = look(config, "Databas")
    assert not check.ok
    assert "python -m pipeline report" in check.text


def test_programs_outside_python_are_optional(config, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert look(config, "Webbläsare för PDF").ok
    assert look(config, "LibreOffice").text.startswith("finns inte")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Behörighet: nyckel", "pseudonym.key"),
        ("Behörighet: databas", "processed/kvalitet.duckdb"),
        ("Behörighet: utdrag", "raw/beslut.csv"),
        ("Behörighet: interna rapporter", "reports/2026T2/internal/bevakning/Norr.xlsx"),
        ("Behörighet: interna rapporter", "reports/2026Q3/ivo/revisorer.xlsx"),
        ("Behörighet: interna rapporter", "reports/check/datakvalitet.html"),
    ],
)
@pytest.mark.parametrize(("mode", "ok"), [(0o644, False), (0o640, False), (0o600, True)])
def test_what_others_can_read_is_a_fault(config, tmp_path, monkeypatch, name, place, mode, ok):
    file = tmp_path / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("x", encoding="utf-8")
    file.chmod(mode)
    # As if every folder on the way could be entered by others; those that tests run in cannot.
    monkeypatch.setattr(access, "is_open", lambda path: bool(path.stat().st_mode & 0o077))
    check = look(config, name)
    assert check.ok is ok
    if not ok:
        assert f"chmod -R go-rwx {file.parent}" in check.text


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_what_the_committee_gets_may_be_read(config, tmp_path, monkeypatch):
    file = tmp_path / "reports" / "2026T2" / "committee" / "rapport.html"
    file.parent.mkdir(parents=True)
    file.write_text("x", encoding="utf-8")
    monkeypatch.setattr(access, "is_open", lambda path: bool(path.stat().st_mode & 0o077))
    assert look(config, "Behörighet: interna rapporter").ok
