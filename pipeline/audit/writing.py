"""Adding to the log: whole lines only, by any number of processes at once, each line in one write."""

from __future__ import annotations

import getpass
import json
import os
import re
import sys
from datetime import datetime
from pathlib import Path

from pipeline import access
from pipeline.audit import storage
from pipeline.privacy import MASK, PSEUDONYM_CHARACTERS, mask

FULL = 1_000_000  # bytes; a full file is closed, and the next line begins a new one
_LONGEST = 20_000  # characters of a question
_PSEUDONYM = re.compile(rf"(?<![0-9a-f])[0-9a-f]{{{PSEUDONYM_CHARACTERS}}}(?![0-9a-f])", re.IGNORECASE)


def record(processed: Path, command: str, what: str, rows: int | None) -> None:
    """Note that the user asks for something: `command` as it is typed, `what` in its own words, `rows` handed out.

    To be called before anything of single cases is shown: raises WrongUse where the line cannot be written, and then
    nothing may be handed out.
    """
    place = storage.folder(processed)
    entry = {"at": _now(), "user": user(), "command": command, "what": _told(what), "rows": rows}
    line = json.dumps(entry, ensure_ascii=False).encode("utf-8", errors="replace") + b"\n"
    with storage.alone(place):
        try:
            _close_if_full(place)
            _append(place / storage.OPEN, line)
        except OSError as fault:
            raise storage.not_writable(place, fault) from None


def demand_writable(processed: Path) -> None:
    """Raise WrongUse where `record` would: for what takes long, and is noted when it is done."""
    place = storage.folder(processed)
    with storage.alone(place):
        try:
            os.close(_opened(place / storage.OPEN))
        except OSError as fault:
            raise storage.not_writable(place, fault) from None


def user() -> str:
    """The account that the process runs as. On POSIX the environment, which anybody can set, is not asked."""
    if sys.platform == "win32":
        return os.getlogin()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()} ({getpass.getuser()})" if os.environ.get("USER") else f"uid {os.getuid()}"


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _told(what: str) -> str:
    """Without personnummer, and without pseudonyms: a change of key must leave none of the old ones anywhere."""
    masked = _PSEUDONYM.sub(MASK, mask(what))
    return masked if len(masked) <= _LONGEST else f"{masked[:_LONGEST]} …"


def _close_if_full(place: Path) -> None:
    file = place / storage.OPEN
    if file.exists() and file.stat().st_size >= FULL:
        file.rename(storage.next_closed(place))


def _append(file: Path, line: bytes) -> None:
    """One write at the end of the file. What a machine that stopped left half written is ended first, so that the new
    line stands alone; what a full disk left half written is taken away again.
    """
    descriptor = _opened(file)
    try:
        before = os.fstat(descriptor).st_size
        if before and _last_byte(file, before) != b"\n":
            line = b"\n" + line
        try:
            written = os.write(descriptor, line)
            if written != len(line):
                raise OSError(28, "disken är full")
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, before)
            raise
    finally:
        os.close(descriptor)


def _opened(file: Path) -> int:
    if not file.exists():
        access.new_file(file).close()
    return os.open(file, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))


def _last_byte(file: Path, size: int) -> bytes:
    with file.open("rb") as stream:
        stream.seek(size - 1)
        return stream.read(1)
