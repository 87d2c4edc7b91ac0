"""The same command once more: with unchanged extracts, and with one of them changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.measuring import Run, in_turn, ratio
from bench.parts import told
from bench.place import PERIOD, Place
from bench.results import Part, Ratio
from bench.rows import Form

_ROWS = 1_000_000
_SAME = ("committee/resultat.csv", "committee/rapport.html", "internal/resultat.csv")


def measure(place: Place) -> Part:
    """A first run, then a second on the same extracts; what they publish must be the same."""
    raw, rows = place.extracts("again", place.rows(_ROWS), Form.CSV)
    folder = raw.parent
    published = folder / "made" / "reports" / PERIOD
    first, again = place.report(raw, name="first"), place.report(raw, fresh=False, name="again")
    found: dict[str, list[dict[str, bytes]]] = {"first": [], "again": []}
    runs: dict[str, list[Run]] = {"first": [], "again": []}
    for _ in range(place.repeat):
        for command in (first, again):
            runs[command.name] += in_turn((command,), 1, folder)[command.name]
            found[command.name].append(_contents(published))
    if found["first"] != found["again"]:
        raise RuntimeError("a second run on unchanged extracts published something else")
    steps = {name: told.steps(folder / f"{name}-0.log") for name in runs}
    shutil.rmtree(folder)
    return Part(
        title=f"{rows:,} rows of CSV, the same command twice",
        ratios=[Ratio("second run on unchanged extracts / first run", ratio(runs["again"], runs["first"]))],
        tables=[
            (told.COLUMNS, told.rows(runs)),
            (
                ("step of the report", "first, s", "again, s"),
                [
                    (step, f"{taken:.1f}", f"{steps['again'].get(step, 0):.1f}")
                    for step, taken in steps["first"].items()
                ],
            ),
        ],
        notes=[f"{', '.join(_SAME)}: the same bytes after both."],
    )


def _contents(published: Path) -> dict[str, bytes]:
    return {name: (published / name).read_bytes() for name in _SAME}
