"""What is built aside takes its place whole, and what dead runs leave is put back or removed."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import room, starting, swapping
from pipeline.config import Config
from pipeline.errors import DatabaseBusy, WrongUse, told
from pipeline.places import ROOT
from tests.unit import builders

DEAD = 2**22 + 1  # above the highest number that Linux gives a process


def fill(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "fil.txt").write_text(text, encoding="utf-8")
    return folder


def text(folder: Path) -> str:
    return (folder / "fil.txt").read_text(encoding="utf-8")


@pytest.fixture(params=["in one step", "in two"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "in two":
        monkeypatch.setattr(swapping, "_exchanged", lambda *_: False)


@pytest.mark.usefixtures("_way")
class TestPlace:
    def test_a_folder_takes_an_empty_place_and_one_that_is_taken(self, tmp_path: Path) -> None:
        place = tmp_path / "2026T2"
        for content in ("first", "second"):
            swapping.put_folder(fill(swapping.aside(place), content), place)
            assert text(place) == content
            assert [one.name for one in tmp_path.iterdir()] == ["2026T2"]

    def test_a_file_that_cannot_be_written_through_takes_nobodys_place(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place = fill(tmp_path / "2026T2", "first")

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, "full")

        monkeypatch.setattr(swapping.os, "fsync", full)
        with pytest.raises(OSError, match=r"fil\.txt"):
            swapping.put_folder(fill(swapping.aside(place), "second"), place)
        assert text(place) == "first"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems exchange by other means, or not at all")
def test_linux_exchanges_in_one_step(tmp_path: Path) -> None:
    one, other = fill(tmp_path / "one", "one"), fill(tmp_path / "other", "other")
    assert swapping._exchanged(one, other)
    assert (text(one), text(other)) == ("other", "one")


def test_a_place_that_cannot_be_taken_has_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, rename = fill(tmp_path / "2026T2", "first"), Path.rename

    def refused(self: Path, target: Path) -> Path:
        if ".new-" in self.name:
            raise PermissionError(self)
        return rename(self, target)

    monkeypatch.setattr(swapping, "_exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(PermissionError):
        swapping.put_folder(fill(swapping.aside(place), "second"), place)
    assert text(place) == "first"


def test_windows_tries_again_while_a_file_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, rename, refusals = fill(tmp_path / "2026T2", "first"), Path.rename, iter([True] * 3)

    def busy(self: Path, target: Path) -> Path:
        if next(refusals, False):
            raise PermissionError(self)
        return rename(self, target)

    monkeypatch.setattr(swapping, "_WINDOWS", True)
    monkeypatch.setattr(swapping, "PAUSE", 0.001)
    monkeypatch.setattr(swapping, "_exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", busy)
    swapping.put_folder(fill(swapping.aside(place), "second"), place)
    assert text(place) == "second"


class TestSweep:
    def test_what_was_taken_away_is_put_back_and_the_unfinished_is_gone(self, tmp_path: Path) -> None:
        fill(tmp_path / f".2026T2.old-{DEAD}", "old")
        fill(tmp_path / f".2026T2.new-{DEAD}", "unfinished")
        swapping.sweep(tmp_path, 0)
        assert [one.name for one in tmp_path.iterdir()] == ["2026T2"]
        assert text(tmp_path / "2026T2") == "old"

    def test_the_old_goes_where_the_new_stands(self, tmp_path: Path) -> None:
        fill(tmp_path / f".2026T2.old-{DEAD}", "old")
        fill(tmp_path / "2026T2", "new")
        swapping.sweep(tmp_path, 0)
        assert text(tmp_path / "2026T2") == "new"
        assert [one.name for one in tmp_path.iterdir()] == ["2026T2"]

    def test_only_what_a_run_leaves_is_touched_as_deep_as_is_said(self, tmp_path: Path) -> None:
        kept = ["2026T2", ".gitignore", f".2026T2.new-{os.getppid()}", ".comments.new-x", "a.new-1"]
        for name in kept:
            fill(tmp_path / name, name)
        fill(tmp_path / "2026T2" / f".ivo.new-{DEAD}", "")
        swapping.sweep(tmp_path, 0)
        assert (tmp_path / "2026T2" / f".ivo.new-{DEAD}").exists()
        swapping.sweep(tmp_path, 1)
        assert not (tmp_path / "2026T2" / f".ivo.new-{DEAD}").exists()
        assert {one.name for one in tmp_path.iterdir()} == set(kept)

    def test_a_number_that_another_process_has_by_now_is_not_kept_for_ever(self, tmp_path: Path) -> None:
        left = fill(tmp_path / f".2026T2.new-{os.getppid()}", "")
        days_ago = time.time() - 2 * 24 * 60 * 60
        os.utime(left, (days_ago, days_ago))
        swapping.sweep(tmp_path, 0)
        assert not left.exists()

    def test_who_is_alone_removes_all(self, tmp_path: Path) -> None:
        left = fill(tmp_path / f".2026T2.new-{os.getppid()}", "")
        swapping.sweep(tmp_path, 0, alone=True)
        assert not left.exists()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    settings = builders.config()
    places = {name: tmp_path / name for name in ("raw", "processed", "reports")} | {"key": tmp_path / "key"}
    return settings.model_copy(update={"paths": settings.paths.model_copy(update=places)})


def test_a_process_that_is_killed_leaves_no_lock(config: Config) -> None:
    program = f"""
from pathlib import Path
from filelock import FileLock
with FileLock({str(config.paths.processed / ".lock")!r}):
    print("held", flush=True)
    input()
"""
    config.paths.processed.mkdir(mode=0o700)
    holder = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(DatabaseBusy, match="En annan körning"), starting.only_run(config):
        pass
    holder.kill()
    holder.communicate()
    with starting.only_run(config):
        assert (config.paths.processed / ".lock").exists()


def test_too_little_room_is_told_before_anything_is_read(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    config.paths.raw.mkdir()
    (config.paths.raw / "beslut.xlsx").write_bytes(b"x" * 1_000_000)
    monkeypatch.setattr(room, "free", lambda _: 65_999_999)
    with pytest.raises(WrongUse, match=r"66 MB ledigt, men körningen kan behöva 66 MB"):
        room.demand(config.paths.raw, (config.paths.processed,))
    monkeypatch.setattr(room, "free", lambda _: 66_000_000)
    room.demand(config.paths.raw, (config.paths.processed,))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "Disken är full: rapport.html"),
        (errno.EACCES, "rapport.html kan inte läsas eller skrivas: du har inte behörighet"),
        (errno.EROFS, "rapport.html ligger på en disk som bara går att läsa"),
        (errno.ENOENT, "rapport.html finns inte"),
        (errno.EIO, f"rapport.html kan inte läsas eller skrivas: disken svarade med fel {errno.EIO}"),
    ],
)
def test_what_the_system_refuses_is_said_in_swedish(number: int, said: str) -> None:
    assert told(OSError(number, "No such thing", "rapport.html")).startswith(said)
    assert "No such thing" not in told(OSError(number, "No such thing"))
