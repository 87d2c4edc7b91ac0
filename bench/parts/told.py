"""How measured processes are told, the same in every part."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.measuring import Run, spread
from bench.results import seconds

COLUMNS = ("command", "wall", "processor", "peak memory")
_STEP = re.compile(r"(?m)^(?P<step>.+) … klart på (?P<seconds>\d+,\d) s$")
READING, LOADING = "Läser filerna", "Läser in raderna"
_OF_A_FILE = "Läser "


def rows(runs: Mapping[str, Sequence[Run]]) -> list[tuple[str, ...]]:
    """A line for each command: medians with the least and the greatest, and the most memory of any run."""
    return [
        (
            name,
            seconds(spread([run.wall for run in several])),
            seconds(spread([run.cpu for run in several])),
            f"{max(run.memory for run in several):.0f} MB",
        )
        for name, several in runs.items()
    ]


def steps(log: Path) -> dict[str, float]:
    """Seconds by step, as a run of the program tells them; the reading of all extracts is one step."""
    found: dict[str, float] = {}
    for match in _STEP.finditer(log.read_text(encoding="utf-8")):
        taken = float(match["seconds"].replace(",", "."))
        is_file = match["step"].startswith(_OF_A_FILE) and match["step"] != LOADING
        name = READING if is_file else match["step"]
        found[name] = found.get(name, 0) + taken
    return found
