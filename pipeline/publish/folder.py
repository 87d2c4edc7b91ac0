"""Publishing all or nothing: a folder is built aside and takes the old one's place in one step."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline import access, swapping

ALL = "."


@contextmanager
def replacing(folder: Path, keep: Collection[str] = (), secret: Collection[str] = ()) -> Iterator[Path]:
    """A new folder to fill; when the block ends without a fault it stands as `folder`, and the old one is gone.

    A fault in the block leaves the old folder untouched. `keep`: folders within the old one that are carried over.
    `secret`: folders within the new one that the user alone can open; they are made so, before anything is put there.
    `ALL` among them is the new folder itself. All other folders have ordinary rights.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = swapping.aside(folder)
    shutil.rmtree(aside, ignore_errors=True)
    access.make_folder(aside) if ALL in secret else aside.mkdir()
    try:
        for name in secret:
            access.make_folder(aside / name)
        yield aside
        for name in keep:
            if (folder / name).is_dir():
                shutil.copytree(folder / name, aside / name, dirs_exist_ok=True)
        for name in secret:
            access.shut(aside / name)
        swapping.put_folder(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def replacing_file(file: Path) -> Iterator[Path]:
    """A new file to write; when the block ends without a fault it stands as `file`, else the old one does.

    It is written in a folder of its own beside, so that it has its right name from the beginning.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = swapping.aside(file)
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        yield aside / file.name
        swapping.put_file(aside / file.name, file)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
