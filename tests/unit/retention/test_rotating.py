"""A new key: the old one and all that was made with it are gone, wherever the change is cut off."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from pipeline import database, history, loading, places, privacy, retention
from pipeline.config import Config, Paths
from pipeline.errors import WrongUse
from pipeline.history import storage
from pipeline.history.register import Delivery, Register
from pipeline.model import Quality
from tests.unit import builders

TODAY = date(2026, 9, 8)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    settings = builders.config(paths=Paths(processed=tmp_path / "processed", key=tmp_path / "k" / "pseudonym.key"))
    privacy.load_key(settings.paths.key)
    with database.build(settings.paths.processed) as db:
        db.run("create table t as select 1 as one")
    storage.write(of_history(settings), Register((Delivery("decisions", "d", TODAY, TODAY, 1, {}),)))
    return settings


def of_history(config: Config) -> Path:
    return config.paths.processed / "history"


def test_the_key_is_another_and_what_the_old_one_made_is_gone(config: Config):
    old = config.paths.key.read_bytes()
    asked = config.paths.processed / places.SHELL_HISTORY
    asked.write_text("select 1 where person_id = 'a pseudonym'", encoding="utf-8")
    kept = loading.Memory(config.paths.processed)
    kept.note("key", Quality((), (), (), {}))
    kept.keep()
    assert (config.paths.processed / loading.memory.FOLDER).exists()
    retention.rotate(config, TODAY)
    assert not asked.exists()
    assert not (config.paths.processed / loading.memory.FOLDER).exists()
    assert privacy.read_key(config.paths.key)
    assert not [file for file in config.paths.key.parents[1].rglob("*") if file.is_file() and old in file.read_bytes()]
    assert not (config.paths.processed / database.FILE_NAME).exists()
    assert storage.read(of_history(config)) == Register()
    assert [path.name for path in config.paths.key.parent.iterdir()] == ["pseudonym.key"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_user_alone_can_read_the_new_key(config: Config):
    retention.rotate(config, TODAY)
    assert config.paths.key.stat().st_mode & 0o777 == 0o600


def test_without_a_key_there_is_nothing_to_change(config: Config):
    config.paths.key.unlink()
    with pytest.raises(WrongUse, match="Det finns ingen nyckel"):
        retention.rotate(config, TODAY)
    assert not config.paths.key.exists()


@pytest.mark.parametrize("step", ["forget_all", "note_rotation"])
def test_cut_off_it_leaves_the_old_key_and_can_be_run_again(config: Config, monkeypatch: pytest.MonkeyPatch, step: str):
    def cut_off(*_: object) -> None:
        raise RuntimeError

    old = config.paths.key.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(history, step, cut_off)
        with pytest.raises(RuntimeError):
            retention.rotate(config, TODAY)
    assert config.paths.key.read_bytes() == old
    assert not (config.paths.processed / database.FILE_NAME).exists()
    retention.rotate(config, TODAY)
    assert config.paths.key.read_bytes() != old
    assert [path.name for path in config.paths.key.parent.iterdir()] == ["pseudonym.key"]
