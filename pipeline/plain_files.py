"""Plain files that outlive the program: CSV (UTF-8, comma, LF) beside their hashes, so that a damaged one is seen.

A folder of them is written aside and takes its place in one step, so that a machine that stops leaves it whole.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline import access, swapping

SUMS = "SHA256SUMS"
PACKED = ".gz"

Row = Mapping[str, str]


class Damaged(Exception):
    """What is wrong in a folder's files, in Swedish."""


# What reading damaged files may raise besides: all of it means that they are not as they were written.
UNREADABLE = (Damaged, OSError, EOFError, ValueError, KeyError, csv.Error)


def text(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as the bytes of its file."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return written.getvalue().encode("utf-8")


def packed(content: bytes) -> bytes:
    """The content compressed; the same content gives the same bytes on the same Python build."""
    return gzip.compress(content, mtime=0)


def write_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Fill a new folder with files, by name, and their hashes as `sha256sum -c` reads them.

    The user alone can read them.
    """
    access.make_folder(folder)
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in contents.items())
    for name, content in {**contents, SUMS: sums.encode("ascii")}.items():
        with access.new_file(folder / name) as stream:
            stream.write(content)


def replace_all(place: Path, contents: Mapping[str, bytes]) -> None:
    """Let a folder hold these files and nothing else: it is always the old one or the new one, whole.

    Raises OSError when that cannot be; the old folder is back in its place then.
    """
    aside = swapping.aside(place)
    try:
        shutil.rmtree(aside, ignore_errors=True)
        write_all(aside, contents)
        swapping.put_folder(aside, place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def sums(folder: Path) -> dict[str, str]:
    """File name → hash, as noted when the folder was written."""
    lines = (folder / SUMS).read_text(encoding="ascii").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def checked(folder: Path, name: str, noted: Mapping[str, str]) -> bytes:
    """A file's content, found to be as it was written; raises Damaged when it is not."""
    file = folder / name
    if not file.exists():
        raise Damaged(f"{name} saknas")
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != noted.get(name):
        raise Damaged(f"{name} är inte som den skrevs")
    return content


def rows(name: str, content: bytes, headings: Sequence[str]) -> list[Row]:
    """A table's rows by heading; raises Damaged when some heading is not there. A packed file is unpacked."""
    plain = gzip.decompress(content) if name.endswith(PACKED) else content
    found: list[Row] = list(csv.DictReader(io.StringIO(plain.decode("utf-8"), newline=""), strict=True))
    if any(set(headings) - set(row) or None in row.values() for row in found):
        raise Damaged(f"{name} saknar kolumner")
    return found


def told(fault: BaseException) -> str:
    """What was wrong, to stand after the words that say what cannot be read: ` (faults.csv saknas)`, or nothing."""
    return f" ({fault})" if isinstance(fault, Damaged) else ""
