"""The archive (zip) that a workbook is: its parts, read without unpacking more than the limits allow."""

from __future__ import annotations

import errno
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipeline.config import Reading as Limits
from pipeline.sources.faults import PROTECTED, Unreadable
from pipeline.sources.markup import Damaged

_MB = 1 << 20
_SMALL_MB = 64
_MOST_PARTS = 10_000
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# No workbook shrinks to a two-hundredth; a bomb does.
_MOST_SHRUNK = 200
_SHRUNK_FROM = 32 * _MB
# What an archive with wrong bits makes its reader raise, each where it happens to trip.
_DAMAGE = (
    Damaged,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    ValueError,
    ArithmeticError,
    RuntimeError,  # also NotImplementedError: a version that no zip file has
)


@contextmanager
def sound(damaged: str) -> Iterator[None]:
    """Turn everything that damage makes the reading raise into one fault with the text `damaged`."""
    try:
        yield
    except _DAMAGE:
        raise Unreadable(damaged) from None
    except OSError as fault:
        if fault.errno != errno.EINVAL:  # a place in the file that cannot be, as a damaged directory gives
            raise
        raise Unreadable(damaged) from None


class Archive:
    """The parts of a workbook. Names are compared without case, as workbooks do; nothing is ever unpacked to disk."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._file = path.open("rb")
        try:
            self._zip = zipfile.ZipFile(self._file)
            entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
            _demand_harmless(entries, limits)
            self._parts = _by_name(entries)
        except BaseException:
            self._file.close()
            raise

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def open(self, part: str) -> IO[bytes]:
        """A part's content as a stream. Raises LookupError for one that is missing."""
        return self._zip.open(self._parts[_key(part)])

    def open_small(self, part: str) -> IO[bytes]:
        """The same for a part that describes the workbook, which has no reason to be large."""
        if self._parts[_key(part)].file_size > _SMALL_MB * _MB:
            raise Damaged
        return self.open(part)

    def close(self) -> None:
        """Let go of the file, also where a part is still being read."""
        self._zip.close()
        self._file.close()


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _by_name(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    parts = {_key(entry.filename): entry for entry in entries}
    if len(parts) < len(entries):
        raise Unreadable("har två delar med samma namn, som ingen riktig arbetsbok; spara om den i Excel")
    return parts


def _demand_harmless(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Unreadable(PROTECTED)
    if len(entries) > _MOST_PARTS or any(entry.compress_type not in _METHODS for entry in entries):
        raise Damaged
    if any(_leads_astray(entry.filename) for entry in entries):
        raise Unreadable(
            "innehåller delar vars namn pekar utanför filen, som ingen riktig arbetsbok; hämta utdraget på nytt"
        )
    _demand_small(entries, limits)
    _demand_apart(entries)


def _leads_astray(name: str) -> bool:
    steps = name.replace("\\", "/").split("/")
    return ".." in steps or ":" in steps[0] or any(ord(sign) < ord(" ") for sign in name)


def _demand_small(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """What the directory says holds: of a part that is larger than it says no more is read, and its checksum fails."""
    unpacked = sum(entry.file_size for entry in entries)
    shrunk = sum(entry.compress_size for entry in entries)
    if unpacked > limits.unpacked_mb * _MB:
        raise Unreadable(
            f"är för stor när den packas upp, över {limits.unpacked_mb} MB; dela upp utdraget eller spara det som .csv"
            " (eller höj unpacked_mb under [reading] i config.toml)"
        )
    if unpacked > _SHRUNK_FROM and unpacked > _MOST_SHRUNK * shrunk:
        raise Unreadable(
            "är packad hårdare än någon riktig arbetsbok och kan vara skadlig; hämta utdraget på nytt eller spara det"
            " som .csv"
        )


def _demand_apart(entries: list[zipfile.ZipInfo]) -> None:
    """Parts that share bytes unpack to far more than the file holds."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Damaged
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
