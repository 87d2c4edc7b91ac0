"""The kinds of calls that write, as `preload.c` numbers them."""

from __future__ import annotations

from enum import IntEnum


class Kind(IntEnum):
    """What a call does; ANY is for a call by its number among all."""

    ANY = -1
    OPEN = 0
    WRITE = 1
    SYNC = 2
    RENAME = 3
    EXCHANGE = 4
    MKDIR = 5
    UNLINK = 6
    RMDIR = 7
    CHMOD = 8
