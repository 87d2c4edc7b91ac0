from pathlib import Path

import pytest

from pipeline.publish.folder import replacing


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
