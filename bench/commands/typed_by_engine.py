"""The floor: the engine reads delivered text files into typed tables, and does nothing else.

No row is validated, nothing is tidied, hashed or accounted for; a cell that is not of its column's type becomes empty.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from pipeline.config import DEFAULT_FILES
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Extract, Kind
from pipeline.sources import files
from pipeline.sources.profiles import load

_CHUNK = 1 << 24
_TYPED = {
    Kind.DATE: "cast(try_strptime(substr({0}, 1, 10), '%Y-%m-%d') as date)",
    Kind.COUNT: "try_cast(trim({0}) as integer)",  # a bare cast is pushed into the reading, where it fails
    Kind.NUMBER: "try_cast(replace({0}, ',', '.') as double)",
    Kind.YES_NO: "lower({0}) in ('ja', 'j', '1', 'x')",
}


def main(raw: Path, database: Path) -> None:
    """Read every file of `raw` into a table of its own in a new database."""
    with duckdb.connect(database) as connection:
        for number, file in enumerate(files.find(raw, DEFAULT_FILES)):
            text = _in_utf_8(file.path, database.parent / "text.csv")
            connection.execute(f"create table {file.extract}_{number} as {_select(EXTRACTS[file.extract], text)}")


def _in_utf_8(path: Path, copy: Path) -> Path:
    """The file itself, or a copy that the engine can read."""
    with path.open("rb") as handle:
        if handle.read(3) == b"\xef\xbb\xbf":
            return path
    with path.open(encoding="cp1252", newline="") as old, copy.open("w", encoding="utf-8", newline="") as new:
        while chunk := old.read(_CHUNK):
            new.write(chunk)
    return copy


def _select(extract: Extract, text: Path) -> str:
    with text.open(encoding="utf-8-sig") as handle:
        line = handle.readline().rstrip("\r\n")
    separator = "\t" if "\t" in line else ";"
    headings = line.split(separator)
    wording = load().wording(extract.name, extract.names, extract.required)
    columns = {wording.heading(name): name for name in extract.names}
    names = [columns[heading] for heading in headings]
    typed = ", ".join(f"{_TYPED.get(extract[name].kind, '{0}').format(name)} as {name}" for name in names)
    return f"""
        select {typed} from read_csv(
            '{text}', delim = '{separator}', quote = '"', header = true, auto_detect = false,
            columns = {{{", ".join(f"'{name}': 'varchar'" for name in names)}}}
        )
    """


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
