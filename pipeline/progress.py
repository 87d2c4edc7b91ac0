"""What the person at the terminal sees while a run is under way: each step, and how long it took."""

from __future__ import annotations

import time
from types import TracebackType


class Progress:
    """A line on standard error for each step; a spinner while it lasts when the terminal can show one."""

    def __init__(self, *, quiet: bool = False) -> None:
        from rich.console import Console

        self._console = Console(stderr=True, quiet=quiet, highlight=False)
        self._status = self._console.status("")
        self._step = ""
        self._began = 0.0

    def __enter__(self) -> Progress:
        self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._status.stop()
        if kind is None:
            self._finish()
        elif issubclass(kind, KeyboardInterrupt):
            self._console.print("Avbrutet. Det som är publicerat är helt; nästa körning städar efter den här.")

    def step(self, text: str) -> None:
        """Begin the next step; the one before is done."""
        self._finish()
        self._step, self._began = text, time.monotonic()
        self._status.update(f"{text} …")

    def _finish(self) -> None:
        if self._step:
            seconds = f"{time.monotonic() - self._began:.1f}".replace(".", ",")
            self._console.print(f"{self._step} … klart på {seconds} s", markup=False, soft_wrap=True)
        self._step = ""
