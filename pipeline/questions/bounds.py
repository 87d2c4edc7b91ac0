"""The last bounds of a question asked from the command line, for what the engine does not bound itself.

The engine minds its own memory and can be broken off between its steps. A single step may still want more (a text of
gigabytes) or take long; here the process has a roof, and an end.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

_GRACE = 5.0  # seconds after its time that a question has to stop by itself
_ROOM = 3 * 1024**3  # bytes beyond what the process has when the question comes: the engine's own share, and Python's
_WRONG_USE = 2
_STATM = Path("/proc/self/statm")


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Ends the process with a sentence when what is done takes longer than `seconds` and a grace; bounds its memory.

    Memory is bounded on Linux alone: elsewhere the engine's own limit is the only one.
    """
    timer = Timer(seconds + _GRACE, _end, (seconds,))
    timer.daemon = True
    timer.start()
    try:
        with _roof():
            yield
    finally:
        timer.cancel()
        timer.join()


def _end(seconds: float) -> None:
    sys.stderr.write(f"Frågan avbröts: den gick inte att stoppa efter {seconds:g} sekunder.\n")
    sys.stderr.flush()
    # Nothing can be lost: the database is only read, and a file takes its place when it is whole.
    os._exit(_WRONG_USE)


@contextmanager
def _roof() -> Iterator[None]:
    if not _STATM.exists():
        yield
        return
    import resource

    before, most = resource.getrlimit(resource.RLIMIT_AS)
    used = int(_STATM.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    allowed = used + _ROOM if before == resource.RLIM_INFINITY else min(before, used + _ROOM)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, most))
