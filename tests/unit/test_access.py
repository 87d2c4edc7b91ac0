"""Who can read what: closed from the first moment, refused where others can come at it, whatever the umask says."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import access
from pipeline.errors import WrongUse
from tests.programs import require_program

CURE = "--processed."
posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
LISTS = """#!{python}
import os, sys
open(os.environ["CALLS"], "a").write("|".join(sys.argv[1:]) + "\\n")
sys.exit({code})
"""


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    """A umask that takes nothing away, so that a mode that is not asked for shows; and each warning anew."""
    access._warn.cache_clear()
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
class TestMaking:
    def test_a_folder_is_its_owners_alone(self, tmp_path: Path):
        access.make_folder(tmp_path / "a")
        assert mode(tmp_path / "a") == 0o700

    def test_a_umask_takes_nothing_that_is_needed(self, tmp_path: Path):
        os.umask(0o777)
        access.make_folder(tmp_path / "a")
        access.new_file(tmp_path / "a" / "b").close()
        assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o700, 0o600)

    def test_folders_inside_a_closed_one_are_closed_and_others_ordinary(self, tmp_path: Path):
        closed, ordinary = tmp_path / "closed", tmp_path / "ordinary"
        closed.mkdir(mode=0o700)
        ordinary.mkdir(mode=0o755)
        for folder in (closed, ordinary):
            access.make_folder(folder / "a" / "b")
        assert [mode(folder / "a") for folder in (closed, ordinary)] == [0o700, 0o777]
        assert [mode(folder / "a" / "b") for folder in (closed, ordinary)] == [0o700, 0o700]

    def test_a_folder_that_is_there_is_left_as_it_is(self, tmp_path: Path):
        (tmp_path / "a").mkdir(mode=0o755)
        access.make_folder(tmp_path / "a")
        assert mode(tmp_path / "a") == 0o755

    def test_a_file_is_closed_before_anything_is_written(self, tmp_path: Path):
        with access.new_file(tmp_path / "a") as stream:
            assert mode(tmp_path / "a") == 0o600
            stream.write(b"x")

    def test_a_file_that_is_there_is_never_taken_over(self, tmp_path: Path):
        (tmp_path / "a").write_text("", encoding="utf-8")
        with pytest.raises(FileExistsError):
            access.new_file(tmp_path / "a")

    def test_everything_inside_is_shut(self, tmp_path: Path):
        inside = tmp_path / "a" / "b"
        inside.mkdir(parents=True)
        (inside / "c").write_text("", encoding="utf-8")
        (inside / "link").symlink_to(tmp_path)
        access.shut(tmp_path / "a")
        assert [mode(path) for path in (tmp_path / "a", inside, inside / "c")] == [0o700, 0o700, 0o600]


@posix
class TestOwning:
    @pytest.mark.parametrize("before", [0o755, 0o777, 0o750, 0o700])
    def test_our_folder_is_closed(self, tmp_path: Path, before: int):
        (tmp_path / "a").mkdir(mode=before)
        access.own_folder(tmp_path / "a", CURE)
        assert mode(tmp_path / "a") == 0o700

    def test_a_missing_folder_is_made(self, tmp_path: Path):
        access.own_folder(tmp_path / "a", CURE)
        assert mode(tmp_path / "a") == 0o700

    @pytest.mark.parametrize(("others", "refused"), [(0o755, True), (0o751, True), (0o750, False), (0o770, False)])
    def test_somebody_elses_is_refused_where_others_can_read_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: int, refused: bool
    ):
        (tmp_path / "a").mkdir()
        (tmp_path / "a").chmod(others)
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
        if refused:
            with pytest.raises(WrongUse, match=r"kan läsas av andra användare och kan inte stängas.*--processed\."):
                access.own_folder(tmp_path / "a", CURE)
        else:
            access.own_folder(tmp_path / "a", CURE)
        assert mode(tmp_path / "a") == others

    def test_a_disk_that_keeps_no_rights_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        (tmp_path / "a").mkdir()
        monkeypatch.setattr(Path, "chmod", lambda *_: None)
        with pytest.raises(WrongUse, match="kan inte stängas"):
            access.own_folder(tmp_path / "a", CURE)

    @pytest.mark.parametrize("sticky", [True, False])
    def test_a_folder_for_more_than_this_is_never_changed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sticky: bool
    ):
        place = tmp_path / "a"
        (place / "home").mkdir(parents=True)
        place.chmod(0o1777 if sticky else 0o755)
        before = mode(place)
        if not sticky:
            monkeypatch.setenv("HOME", str(place / "home"))
        with pytest.raises(WrongUse, match="rymmer mer än programmets filer"):
            access.own_folder(place, CURE)
        assert mode(place) == before

    def test_such_a_folder_that_is_closed_already_will_do(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        tmp_path.chmod(0o700)
        monkeypatch.chdir(tmp_path)
        access.own_folder(tmp_path, CURE)

    def test_an_open_file_is_closed_and_told_of(self, tmp_path: Path, caplog: pytest.LogCaptureFixture):
        (tmp_path / "nyckel.key").touch(0o644)
        access.own_file(tmp_path / "nyckel.key")
        assert mode(tmp_path / "nyckel.key") == 0o600
        assert "kunde läsas av andra användare" in caplog.text

    def test_somebody_elses_open_file_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        (tmp_path / "nyckel.key").touch(0o640)
        monkeypatch.setattr(os, "geteuid", lambda: 12345)
        with pytest.raises(WrongUse, match="Flytta den till en mapp som är din egen"):
            access.own_file(tmp_path / "nyckel.key")

    def test_what_lies_behind_a_closed_folder_is_not_open(self, tmp_path: Path):
        (tmp_path / "a").mkdir(mode=0o755)
        (tmp_path / "a" / "b").touch(0o644)
        tmp_path.chmod(0o700)
        assert list(access.open_below(tmp_path / "a")) == []
        assert not access.is_open(tmp_path / "a" / "b")

    def test_what_others_can_come_at_is_open(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
        (tmp_path / "b").touch(0o644)
        monkeypatch.setattr(access, "_mode", lambda path: 0o644 if path.name == "b" else 0o755)
        assert access.is_open(tmp_path / "b")


class TestGit:
    @pytest.fixture
    def clone(self, tmp_path: Path) -> Path:
        git = require_program("git")
        subprocess.run([git, "init", "-q", str(tmp_path / "clone")], check=True)
        (tmp_path / "clone" / ".gitignore").write_text("/data/\n", encoding="utf-8")
        return tmp_path / "clone"

    def test_what_git_ignores_may_be_written(self, clone: Path):
        access.demand_ignored(clone / "data" / "a" / "kvalitet.duckdb", CURE)

    def test_what_git_would_take_along_is_refused(self, clone: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("GIT_DIR", str(clone / "nowhere"))
        with pytest.raises(WrongUse, match=r"\.gitignore, eller välj en annan plats: --processed"):
            access.demand_ignored(clone / "hemligt" / "kvalitet.duckdb", CURE)

    def test_a_file_that_git_has_already_is_refused_though_ignored(self, clone: Path):
        (clone / "data").mkdir()
        (clone / "data" / "a.key").write_text("", encoding="utf-8")
        subprocess.run(["git", "-C", str(clone), "add", "-f", "data/a.key"], check=True)
        with pytest.raises(WrongUse):
            access.demand_ignored(clone / "data" / "a.key", CURE)

    def test_a_place_that_git_knows_nothing_of_is_free(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(access, "_git_answer", lambda *_: 1)
        access.demand_ignored(tmp_path / "a.key", CURE)

    def test_without_git_the_user_is_warned(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ):
        (tmp_path / ".git").mkdir()
        monkeypatch.setenv("PATH", "")
        access.demand_ignored(tmp_path / "a.key", CURE)
        assert "git kunde inte tillfrågas" in caplog.text


@posix
class TestWindows:
    """What Windows is asked to do, with another program in its program's place; not tried on Windows itself."""

    @pytest.fixture
    def calls(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(access, "_WINDOWS", True)
        for name, value in {"USERDOMAIN": "KOMMUN", "USERNAME": "anna", "LOGNAME": "anna"}.items():
            monkeypatch.setenv(name, value)
        return self.install(tmp_path, monkeypatch, 0)

    def install(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> Path:
        programs = tmp_path / "programs"
        programs.mkdir(exist_ok=True)
        (programs / "icacls").write_text(LISTS.format(python=sys.executable, code=code), encoding="utf-8")
        (programs / "icacls").chmod(0o755)
        monkeypatch.setenv("PATH", str(programs))
        monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
        return tmp_path / "calls"

    def test_a_folder_inherits_nothing_and_hands_on_what_it_has(self, tmp_path: Path, calls: Path):
        access.make_folder(tmp_path / "a")
        assert calls.read_text(encoding="utf-8").splitlines() == [
            f"{tmp_path / 'a'}|/inheritance:r|/grant:r|KOMMUN\\anna:(OI)(CI)F"
        ]

    def test_a_file_is_closed_while_it_is_empty(self, tmp_path: Path, calls: Path):
        with access.new_file(tmp_path / "a.key"):
            assert (tmp_path / "a.key").read_bytes() == b""
            assert calls.read_text(encoding="utf-8") == f"{tmp_path / 'a.key'}|/inheritance:r|/grant:r|KOMMUN\\anna:F\n"

    def test_a_refusal_is_told_once_and_the_run_goes_on(
        self, tmp_path: Path, calls: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ):
        self.install(tmp_path, monkeypatch, 5)
        for _ in range(2):
            access.own_folder(tmp_path / "a", CURE)
        assert [record.levelno for record in caplog.records] == [logging.WARNING]
        assert "kunde inte stängas för andra användare" in caplog.text

    def test_a_machine_without_icacls_goes_on(
        self, tmp_path: Path, calls: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ):
        monkeypatch.setenv("PATH", "")
        access.make_folder(tmp_path / "a")
        assert "kunde inte stängas" in caplog.text
