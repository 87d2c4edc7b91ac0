"""A new file or folder takes the old one's place whole: built aside, written through to the disk, then exchanged.

Where the system can exchange two folders in one step (Linux, macOS), whoever looks sees the old one or the new one,
also when the machine stops. Elsewhere two renames are needed. A run that dies between them, or before, leaves folders
whose names tell what they are, `.<name>.new-<process>` and `.<name>.old-<process>`: `sweep` puts back what was taken
away and removes the rest.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

_WINDOWS = os.name == "nt"
PAUSE, TRIES = 0.5, 20  # seconds between tries to move what another program has open, and how many
_LEFT = re.compile(r"\.(?P<name>.+)\.(?P<kind>new|old)-(?P<process>\d+)")
_FORGOTTEN = 24 * 60 * 60  # seconds after which a folder aside is nobody's, whatever process has its number now
# What systems say where a file system cannot exchange two names in one step.
_CANNOT = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM)
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux' renameat2(2), RENAME_SWAP of macOS' renamex_np(2)


def aside(place: Path) -> Path:
    """Where what is to stand in a place is built: beside it, so that it lies on the same disk."""
    return place.with_name(f".{place.name}.new-{os.getpid()}")


def put_folder(new: Path, place: Path) -> None:
    """Let a finished folder take a place, and remove what was there. Raises OSError; the old one stands then."""
    for path in (*new.rglob("*"), new):
        _through(path)
    if place.exists() and _exchanged(new, place):
        old = new
    else:
        old = place.with_name(f".{place.name}.old-{os.getpid()}")
        _moved_in_two_steps(new, place, old)
    _through(place.parent)
    shutil.rmtree(old, ignore_errors=True)


def put_file(new: Path, place: Path, tries: int = TRIES) -> None:
    """Let a finished file take a place; whoever has the old one open keeps it. Raises OSError; the old one stands then.

    Windows lets nobody replace a file that is open, so it is tried again for a while.
    """
    _through(new)
    _moved(new, place, tries)
    _through(place.parent)


def sweep(folder: Path, depth: int, *, alone: bool = False) -> None:
    """Put back what a dead run had taken away, and remove what it left aside, in a folder and `depth` levels below.

    `alone`: no other run can be at work there, so that everything aside is a dead one's; otherwise what belongs to a
    process that lives is left. What cannot be removed is left for the next time.
    """
    found = sorted(_left(folder, depth, alone=alone), key=lambda one: one[1]["kind"] != "old")
    for path, name in found:
        place = path.with_name(name["name"])
        if name["kind"] == "old" and not place.exists():
            path.rename(place)
        elif path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()


def _left(folder: Path, depth: int, *, alone: bool) -> Iterator[tuple[Path, re.Match[str]]]:
    for level in range(depth + 1):
        for path in folder.glob("*/" * level + ".*-*"):
            name = _LEFT.fullmatch(path.name)
            if name and (alone or _is_nobodys(path, int(name["process"]))):
                yield path, name


def _is_nobodys(path: Path, process: int) -> bool:
    try:
        if time.time() - path.stat().st_mtime > _FORGOTTEN:
            return True
        if not _WINDOWS:  # where a signal of no meaning ends the process
            os.kill(process, 0)
    except (ProcessLookupError, FileNotFoundError, OverflowError):
        return True
    except OSError:
        return False
    return False


def _moved(path: Path, place: Path, tries: int = TRIES) -> None:
    for left in range(tries, -1, -1):
        try:
            path.replace(place) if path.is_file() else path.rename(place)
        except PermissionError:
            if not _WINDOWS or not left:
                raise
            time.sleep(PAUSE)
        else:
            return


def _moved_in_two_steps(new: Path, place: Path, old: Path) -> None:
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        _moved(place, old)
    try:
        _moved(new, place)
    except BaseException:
        if old.exists() and not place.exists():
            old.rename(place)
        raise


def _through(path: Path) -> None:
    """Write a file to the disk itself, and not only to the system's memory; so with a folder, where that can be."""
    if path.is_symlink():
        return
    if path.is_dir():
        with suppress(OSError):
            _synced(path, os.O_RDONLY)
    else:
        _synced(path, os.O_RDWR)


def _synced(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, os.fspath(path)) from None
    finally:
        os.close(handle)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the disk cannot."""
    exchange = _exchange()
    if exchange is None:
        return False
    if exchange(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), os.fspath(other))


@cache
def _exchange() -> Callable[[bytes, bytes], int] | None:
    """The system's own function for two paths, giving 0 when it was done; None where it has none."""
    if _WINDOWS:
        return None
    system = ctypes.CDLL(None, use_errno=True)
    try:
        if sys.platform == "darwin":
            swap = system.renamex_np
            return lambda one, other: swap(one, other, _EXCHANGE)
        swap = system.renameat2
    except AttributeError:
        return None
    return lambda one, other: swap(_HERE, one, _HERE, other, _EXCHANGE)
