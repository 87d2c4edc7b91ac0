"""Rows of unchanged extracts are taken over from the last run; whatever has changed, all is read anew."""

from __future__ import annotations

import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline import config, database, loading, plain_files
from pipeline.loading import memory
from pipeline.places import ROOT
from pipeline.schemas import EXTRACTS
from tests.unit import builders

TODAY = date(2026, 12, 1)
TABLES = (*(f"loaded.{name}" for name in EXTRACTS), "quarantine", "delivered", "protected_persons", "protected_cases")
HEAD = "Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Inledd;Avslutad;Skyddade personuppgifter"
ROWS = ["U1;k-1;Väst;Barn och unga;2026-01-02;2026-02-03;ja", "U2;k-2;Väst;Barn och unga;2026-01-02;2026-01-01;nej"]


@pytest.fixture
def settings(tmp_path: Path) -> config.Config:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "utredningar_2026-11-30.csv").write_text("\n".join([HEAD, *ROWS]), encoding="utf-8")
    shutil.copytree(ROOT / "profiles", tmp_path / "profiles")
    paths = config.Paths(
        raw=raw, processed=tmp_path / "processed", key=tmp_path / "pseudonym.key", profiles=tmp_path / "profiles"
    )
    return builders.config(paths=paths)


def run(settings: config.Config, today: date = TODAY, *, remembering: bool = True):
    """What a run's reading gives, and the steps that it told of; its database takes the last one's place."""
    steps: list[str] = []
    kept = loading.Memory(settings.paths.processed) if remembering else None
    with database.build(settings.paths.processed) as db:
        quality = loading.load(db, settings, today, notify=steps.append, memory=kept)
        rows = {table: db.rows(f"from {table}") for table in TABLES}
    if kept:
        kept.keep()
    return quality, rows, any(step.startswith("Läser ") for step in steps)


def test_unchanged_extracts_are_not_read_again_and_give_the_very_same(settings: config.Config) -> None:
    quality, rows, _ = run(settings)
    assert (len(quality.rejections), len(rows["quarantine"]), len(quality.secret_cases)) == (1, 1, 1)
    for _ in range(2):  # what was taken over can be taken over once more
        assert run(settings) == (quality, rows, False)
    assert run(settings, remembering=False) == (quality, rows, True)


def another_row(settings: config.Config) -> config.Config:
    (file,) = settings.paths.raw.iterdir()
    file.write_text("\n".join([HEAD, ROWS[0], ROWS[1].replace("U2", "U3")]), encoding="utf-8")
    return settings


def another_file(settings: config.Config) -> config.Config:
    (settings.paths.raw / "enheter.csv").write_text("Enhet;Verksamhetsuppdrag;Verksamhetsområde\nVäst;x;y\n")
    return settings


def another_name(settings: config.Config) -> config.Config:
    (file,) = settings.paths.raw.iterdir()
    file.rename(file.with_name("utredningar_2026-11-29.csv"))
    return settings


def another_key(settings: config.Config) -> config.Config:
    settings.paths.key.write_text("ab" * 32 + "\n", encoding="ascii")
    return settings


def another_profile(settings: config.Config) -> config.Config:
    file = next(settings.paths.profiles.glob("*.toml"))
    file.write_text(f"{file.read_text(encoding='utf-8')}\n# other words\n", encoding="utf-8")
    (settings.paths.profiles / "egen.toml").write_bytes(file.read_bytes())
    return settings


def other_limits(settings: config.Config) -> config.Config:
    return settings.model_copy(update={"reading": settings.reading.model_copy(update={"cell_characters": 5_000})})


def another_database(settings: config.Config) -> config.Config:
    with database.rewriting(settings.paths.processed) as db:
        db.run("delete from loaded.investigations")
    return settings


def damage(settings: config.Config) -> config.Config:
    file = settings.paths.processed / memory.FOLDER / "reading.json"
    file.write_bytes(file.read_bytes().replace(b'"read": 2', b'"read": 3'))
    return settings


def no_database(settings: config.Config) -> config.Config:
    (settings.paths.processed / database.FILE_NAME).unlink()
    return settings


def no_engines_file(settings: config.Config) -> config.Config:
    """A file of the same size and time that the engine cannot open."""
    file = settings.paths.processed / database.FILE_NAME
    stat = file.stat()
    file.write_bytes(bytes(stat.st_size))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    return settings


@pytest.mark.parametrize(
    "change",
    [
        another_row, another_file, another_name, another_key, other_limits, another_database, damage, no_database,
        no_engines_file, another_profile,
    ],
)  # fmt: skip
def test_whatever_has_changed_everything_is_read_anew(settings: config.Config, change) -> None:
    run(settings)
    changed = change(settings)
    found = run(changed)
    assert found[2]
    assert found == run(changed, remembering=False)


def test_another_day_is_another_reading(settings: config.Config) -> None:
    run(settings)
    assert run(settings, TODAY + timedelta(days=1))[2]


def test_another_program_reads_anew(settings: config.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    run(settings)
    monkeypatch.setattr(memory, "_program", lambda: "another")
    assert run(settings)[2]


def test_what_is_kept_is_closed_to_others_and_whole(settings: config.Config) -> None:
    run(settings)
    folder = settings.paths.processed / memory.FOLDER
    assert {file.stat().st_mode & 0o077 for file in (folder, *folder.iterdir())} == {0}
    assert plain_files.checked(folder, "reading.json", plain_files.sums(folder))
