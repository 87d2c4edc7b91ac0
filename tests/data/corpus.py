"""All cases by group, and the corpus as files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from tests.data import (
    date_files,
    encoding_files,
    heading_files,
    hostile_files,
    key_files,
    name_files,
    non_row_files,
    person_files,
    relation_files,
    separator_files,
    sheet_files,
    value_files,
)
from tests.data.case import Case

STORED = Path(__file__).parent / "files"
_MOST_BYTES_STORED = 5_000
_MODULES: tuple[ModuleType, ...] = (
    encoding_files,
    separator_files,
    heading_files,
    non_row_files,
    date_files,
    value_files,
    person_files,
    key_files,
    relation_files,
    sheet_files,
    hostile_files,
    name_files,
)
GROUPS: dict[str, tuple[Case, ...]] = {
    module.__name__.rpartition(".")[2].removesuffix("_files"): module.CASES for module in _MODULES
}
CASES: tuple[Case, ...] = tuple(case for cases in GROUPS.values() for case in cases)


def write(folder: Path) -> int:
    """Write the whole corpus, a folder a group; the number of cases."""
    for group, cases in GROUPS.items():
        for case in cases:
            case.write(folder / group / case.folder)
    return len(CASES)


def small_texts(folder: Path) -> Iterator[Path]:
    """Write what is stored of the corpus: texts that are small. Of names, hardly any is one that can be stored."""
    for group, cases in GROUPS.items():
        for case in cases if group != "name" else ():
            if case.is_text:
                own = folder / group / case.folder
                case.write(own)
                written = (own / name for name in case.files)
                yield from (path for path in written if path.stat().st_size < _MOST_BYTES_STORED)
