import os
from pathlib import Path

import pytest

from pipeline import plain_files, swapping


@pytest.fixture
def place(tmp_path: Path) -> Path:
    plain_files.replace_all(tmp_path / "kept", {"one.csv": b"first"})
    return tmp_path / "kept"


def test_a_folder_holds_what_it_was_last_given_and_nothing_is_left_beside_it(place: Path) -> None:
    plain_files.replace_all(place, {"two.csv": b"second"})
    assert {file.name for file in place.iterdir()} == {"two.csv", plain_files.SUMS}
    assert [one.name for one in place.parent.iterdir()] == [place.name]


def test_the_old_folder_stands_when_the_new_one_cannot_take_its_place(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if f".new-{os.getpid()}" in self.name:
            raise PermissionError(self)
        return rename(self, target)

    monkeypatch.setattr(swapping, "_exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(OSError, match="new"):
        plain_files.replace_all(place, {"two.csv": b"second"})
    assert (place / "one.csv").read_bytes() == b"first"
    assert [one.name for one in place.parent.iterdir()] == [place.name]
