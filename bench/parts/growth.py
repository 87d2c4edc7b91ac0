"""Ten times the rows, twice: how much longer the report takes, and how much memory it holds."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from itertools import pairwise

from bench.measuring import Run, Spread, in_turn, ratio, spread
from bench.parts import told
from bench.place import Place
from bench.results import Part, Ratio, seconds
from bench.rows import Form

_SIZES = (200_000, 2_000_000, 20_000_000)
_LONGEST = 4 * 3600
GOAL, MOST_MEMORY = 11.0, 4.0


@dataclass(frozen=True)
class _Grown:
    """The runs at one size, and the seconds of the first one's steps."""

    rows: int
    runs: list[Run]
    steps: dict[str, float]

    @property
    def reading(self) -> float:
        """Seconds of reading and validation."""
        return self.steps[told.READING] + self.steps[told.LOADING]


def measure(place: Place) -> Part:
    """The report at each size; the largest once, the others as often as asked for."""
    found: list[_Grown] = []
    for number, usual in enumerate(_SIZES):
        raw, rows = place.extracts("growth", place.rows(usual), Form.CSV)
        repeat = 1 if number == len(_SIZES) - 1 else place.repeat
        report = place.report(raw)
        runs = in_turn((report,), repeat, raw.parent, _LONGEST)[report.name]
        found.append(_Grown(rows, runs, told.steps(raw.parent / f"{report.name}-0.log")))
        shutil.rmtree(raw.parent)
    memory = max(run.memory for run in found[-1].runs) / 1024
    whole = [
        Ratio(f"report of {more.rows:,} rows / of {fewer.rows:,}", _grown(more, fewer), GOAL)
        for fewer, more in pairwise(found)
    ]
    reading = [
        Ratio(
            f"its reading and validation, {more.rows:,} rows / {fewer.rows:,}",
            _once(more.reading / fewer.reading),
            GOAL,
        )
        for fewer, more in pairwise(found)
    ]
    most = Ratio(f"peak memory of the report of {found[-1].rows:,} rows, GB", _once(memory), MOST_MEMORY)
    return Part(
        title="the same organisation with ten times the cases, twice",
        ratios=[*whole, *reading, most],
        tables=[
            (("rows", "wall", "processor", "peak memory"), [_line(one) for one in found]),
            (
                ("step of the report", *(f"{one.rows:,} rows, s" for one in found)),
                [(step, *(f"{one.steps.get(step, 0):.1f}" for one in found)) for step in found[0].steps],
            ),
        ],
    )


def _line(one: _Grown) -> tuple[str, ...]:
    return (
        f"{one.rows:,}",
        seconds(spread([run.wall for run in one.runs])),
        seconds(spread([run.cpu for run in one.runs])),
        f"{max(run.memory for run in one.runs):.0f} MB",
    )


def _once(value: float) -> Spread:
    return Spread(value, value, value)


def _grown(more: _Grown, fewer: _Grown) -> Spread:
    """The sizes are not run in turn: each run of the larger against the median of the smaller."""
    middle = spread([run.wall for run in fewer.runs]).median
    return ratio(more.runs, [Run(middle, 0, 0)] * len(more.runs))
