import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.publish.folder import ALL, replacing, replacing_file


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def fill(folder: Path, name: str) -> None:
    (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / name / "fil.txt").write_text(name, encoding="utf-8")


def test_what_is_kept_is_carried_over_and_the_rest_is_gone(tmp_path: Path):
    period = tmp_path / "2026Q3"
    for name in ("ivo", "committee"):
        fill(period, name)
    with replacing(period, keep=("ivo", "finns inte")) as new:
        fill(new, "internal")
    assert {path.relative_to(period).as_posix() for path in period.rglob("*.txt")} == {
        "ivo/fil.txt",
        "internal/fil.txt",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["2026Q3"]


def test_a_fault_leaves_the_old_folder_as_it_was(tmp_path: Path):
    fill(tmp_path / "2026Q3", "ivo")
    with pytest.raises(RuntimeError), replacing(tmp_path / "2026Q3", keep=("ivo",)) as new:  # noqa: PT012
        fill(new, "internal")
        raise RuntimeError
    assert [path.name for path in (tmp_path / "2026Q3").iterdir()] == ["ivo"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
class TestSecret:
    @pytest.fixture(autouse=True)
    def _open_umask(self) -> Iterator[None]:
        before = os.umask(0o022)
        yield
        os.umask(before)

    def test_secret_folders_are_closed_before_they_are_filled_and_the_rest_is_ordinary(self, tmp_path: Path):
        with replacing(tmp_path / "2026T2", secret=("internal",)) as new:
            assert mode(new / "internal") == 0o700
            fill(new, "internal")
            fill(new, "committee")
        period = tmp_path / "2026T2"
        names = (".", "internal", "internal/fil.txt", "committee", "committee/fil.txt")
        assert [oct(mode(period / name)) for name in names] == ["0o755", "0o700", "0o600", "0o755", "0o644"]

    def test_the_whole_folder_may_be_secret(self, tmp_path: Path):
        with replacing(tmp_path / "check", secret=(ALL,)) as new:
            assert mode(new) == 0o700
            (new / "fil.txt").write_text("", encoding="utf-8")
        assert (mode(tmp_path / "check"), mode(tmp_path / "check" / "fil.txt")) == (0o700, 0o600)

    def test_what_is_kept_of_an_open_report_is_closed(self, tmp_path: Path):
        fill(tmp_path / "2026Q3", "ivo")
        with replacing(tmp_path / "2026Q3", keep=("ivo",), secret=("ivo",)):
            pass
        kept = tmp_path / "2026Q3" / "ivo"
        assert (mode(kept), mode(kept / "fil.txt")) == (0o700, 0o600)


def test_a_file_takes_the_old_ones_place_only_when_it_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "reports" / "index.html"
    with replacing_file(file) as new:
        assert new.name == "index.html"
        new.write_text("first")
    with pytest.raises(FileNotFoundError), replacing_file(file):
        pass
    assert file.read_text() == "first"
    assert [path.name for path in file.parent.iterdir()] == ["index.html"]
