"""Where a benchmark works, how large and how often; and the project's own commands as processes to measure."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.measuring import Command
from bench.rows import Form, write
from pipeline.places import ROOT

TODAY = date(2026, 9, 10)
PERIOD = "2026T2"
_KEY = 'key = "data/pseudonym.key"'


@dataclass(frozen=True)
class Place:
    """A folder to work in; `scale` times the usual number of rows; `repeat` runs of each command.

    `slow`: seconds after which another tool is called too slow.
    """

    folder: Path
    scale: float = 1.0
    repeat: int = 3
    slow: float = 900

    def rows(self, usual: int) -> int:
        """How many rows are wanted where `usual` are, full scale."""
        return max(round(usual * self.scale), 300)

    def extracts(self, name: str, rows: int, form: Form, only: frozenset[str] = frozenset()) -> tuple[Path, int]:
        """A folder with about so many rows of extracts, made anew, and how many they are."""
        raw = self.emptied(name) / "raw"
        return raw, write(raw, rows, form, TODAY, only)

    def emptied(self, name: str) -> Path:
        """An empty folder."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def report(self, raw: Path, *, fresh: bool = True, name: str = "report") -> Command:
        """A whole run on the extracts in a folder; `fresh`: without anything that an earlier run has left."""
        return self._ours(name, "report", raw, fresh=fresh)

    def check(self, raw: Path) -> Command:
        """Reading and validation, with the quality report."""
        return self._ours("check", "check", raw, fresh=True)

    def config(self, raw: Path) -> Path:
        """The project's configuration with the key beside the extracts."""
        file = raw.parent / "config.toml"
        text = (ROOT / "config.toml").read_text(encoding="utf-8")
        if _KEY not in text:
            raise RuntimeError(f"config.toml no longer says {_KEY}")
        text = text.replace(_KEY, 'key = "pseudonym.key"')
        file.write_text(text.replace('profiles = "profiles"', f'profiles = "{ROOT / "profiles"}"'), encoding="utf-8")
        return file

    def _ours(self, name: str, command: str, raw: Path, *, fresh: bool) -> Command:
        made = raw.parent / "made"
        folders = ["--processed", str(made / "processed"), "--reports", str(made / "reports")]
        arguments = ["--config", str(self.config(raw)), "--raw", str(raw), *folders, "--today", str(TODAY)]
        before = (lambda: shutil.rmtree(made, ignore_errors=True)) if fresh else (lambda: None)
        period = ["--period", PERIOD] if command == "report" else []
        return Command(name, [sys.executable, "-m", "pipeline", command, *arguments, *period], before)


def python(name: str, module: str, *arguments: str | Path) -> Command:
    """A module of the benchmark in the project's own environment."""
    return Command(name, [sys.executable, "-m", module, *map(str, arguments)], environment={"PYTHONPATH": str(ROOT)})
