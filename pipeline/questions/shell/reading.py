"""Lines from whoever asks: a terminal's own plain prompt, or whatever another program sends."""

from __future__ import annotations

import sys
from typing import Protocol

FIRST, MORE = "fråga> ", "  ...> "


class Reader(Protocol):
    """Where questions come from."""

    is_interactive: bool

    def read(self, pending: str) -> str:
        """The next lines; `pending` has been read and is no whole statement yet.

        Raises EOFError at the end, and KeyboardInterrupt when what has been written is to be forgotten.
        """


class Piped:
    """Lines of another program or file."""

    is_interactive = False

    def read(self, pending: str) -> str:
        """The next line. Raises EOFError after the last."""
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.rstrip("\n").removeprefix("\ufeff")


class Plain:
    """A terminal that can show nothing but lines."""

    is_interactive = True

    def read(self, pending: str) -> str:
        """The next line. Raises EOFError after Ctrl-D."""
        return input(MORE if pending else FIRST)
