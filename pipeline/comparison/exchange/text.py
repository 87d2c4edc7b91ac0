"""A delivered file's bytes → its rows of cells, each as many as the format has columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from pipeline.config import Reading as Limits
from pipeline.errors import WrongUse
from pipeline.model.exchange import COLUMNS
from pipeline.sources.faults import printable
from pipeline.sources.files import not_opened

_ENOUGH_TO_TELL = 3  # columns of the format that a first line names
_START = 4_096
_MEGABYTE = 1_000_000
_SHOWN = 5  # headings in a sentence
# A file that somebody opened and saved again: what it was cannot be told from what it has become.
_ASK = "Be kommunen om filen som programmet skrev den, utan att den har öppnats och sparats i Excel."

Row = tuple[int, list[str]]


def is_one(path: Path) -> bool:
    """Whether a file is meant to be in the format: its first line names some of the columns. Raises WrongUse."""
    try:
        with path.open("rb") as handle:
            start = handle.read(_START)
    except OSError:
        raise WrongUse(not_opened(printable(path.name))) from None
    first = start.replace(b"\0", b"").splitlines()[:1]
    words = first[0].decode("utf-8", errors="replace").lower() if first else ""
    return sum(column in words for column in COLUMNS) >= _ENOUGH_TO_TELL


def content(path: Path, limits: Limits) -> bytes:
    """The file's bytes. Raises WrongUse for one that cannot be opened, or is larger than what is read of any file."""
    try:
        if path.stat().st_size > limits.unpacked_mb * _MEGABYTE:
            raise WrongUse(
                f"Filen {printable(path.name)} är större än {limits.unpacked_mb} MB och läses inte. Kontrollera att det"
                " är rätt fil; är den det, höj reading.unpacked_mb i config.toml."
            )
        return path.read_bytes()
    except OSError:
        raise WrongUse(not_opened(printable(path.name))) from None


def rows(data: bytes, file: str, limits: Limits) -> Iterator[Row]:
    """The rows below the headings, each with its number. Raises WrongUse, at once or while read, for another form.

    A byte order mark and other line ends are taken as they come: nothing that the rows say depends on them.
    """
    lines = csv.reader(io.StringIO(_decoded(data, file), newline=""), strict=True)
    old = csv.field_size_limit(limits.cell_characters)
    try:
        headings = next(lines, None)
        if headings is None:
            raise WrongUse(f"Filen {file} är tom. Be kommunen om filen på nytt.")
        _demand_headings(headings, file)
        for number, cells in enumerate(lines, 2):
            if len(cells) != len(COLUMNS):
                raise WrongUse(
                    f"Filen {file}, rad {number}: raden har {len(cells)} fält, men ska ha {len(COLUMNS)}. {_ASK}"
                )
            yield number, cells
    except csv.Error:
        raise WrongUse(f"Filen {file}, rad {lines.line_num}: raden kan inte läsas som CSV. {_ASK}") from None
    finally:
        csv.field_size_limit(old)


def _decoded(data: bytes, file: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise WrongUse(f"Filen {file} är inte skriven i UTF-8 (rad {line}). {_ASK}") from None
    if "\0" in text:
        raise WrongUse(f"Filen {file} är skadad: den innehåller nolltecken. {_ASK}")
    return text


def _demand_headings(headings: list[str], file: str) -> None:
    if tuple(headings) == COLUMNS:
        return
    raise WrongUse(f"Filen {file}, rad 1: {_wrong(headings)}")


def _wrong(headings: list[str]) -> str:
    if len(headings) == 1 and len(headings[0].split(";")) > 1:
        return f"fälten skiljs åt med semikolon, men ska skiljas åt med komma. {_ASK}"
    lacking = [column for column in COLUMNS if column not in headings]
    if len(headings) == 1 or len(lacking) > len(COLUMNS) - _ENOUGH_TO_TELL:
        return "rubrikerna är inte utbytesformatets. Kontrollera att det är kommunens resultat.csv."
    if lacking:
        return f"{_headings(lacking)} saknas. Be kommunen om en fil i utbytesformatet (docs/exchange-format.md)."
    surplus = [heading for heading in headings if heading not in COLUMNS]
    if surplus:
        return (
            f"{_headings(surplus)} finns inte i utbytesformatet. Kommer filen från en nyare version av programmet:"
            " uppdatera programmet. Annars: be kommunen om en fil i formatet (docs/exchange-format.md)."
        )
    return f"rubrikerna står i fel ordning eller flera gånger. De ska stå så här: {','.join(COLUMNS)}."


def _headings(several: list[str]) -> str:
    shown = ", ".join(printable(heading)[:40] or "(tom)" for heading in several[:_SHOWN])
    more = f" och {len(several) - _SHOWN} till" if len(several) > _SHOWN else ""
    return f"{'rubriken' if len(several) == 1 else 'rubrikerna'} {shown}{more}"
