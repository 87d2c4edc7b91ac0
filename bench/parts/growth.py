"""Ten times the rows, twice: how much longer the report takes, and how much memory it holds."""

from __future__ import annotations

import shutil

from bench.measuring import Run, Spread, in_turn, ratio, spread
from bench.parts import told
from bench.place import Place
from bench.results import Part, Ratio, seconds
from bench.rows import Form

_SIZES = (200_000, 2_000_000, 20_000_000)
GOAL, MOST_MEMORY = 11.0, 4.0


def measure(place: Place) -> Part:
    """The report at each size; the largest once, the smallest as often as asked for."""
    found: list[tuple[int, list[Run], list[Run], dict[str, float]]] = []
    for number, usual in enumerate(_SIZES):
        raw, rows = place.extracts("growth", place.rows(usual), Form.CSV)
        repeat = 1 if number == len(_SIZES) - 1 else place.repeat
        runs = in_turn((place.check(raw), place.report(raw)), repeat, raw.parent, seconds=4 * 3600)
        found.append((rows, runs["check"], runs["report"], told.steps(raw.parent / "report-0.log")))
        shutil.rmtree(raw.parent)
    memory = max(run.memory for run in found[-1][2]) / 1024
    return Part(
        title="the same organisation with ten times the cases, twice",
        ratios=[
            *(
                Ratio(f"{name} of {more[0]:,} rows / of {fewer[0]:,}", _grown(more[place_], fewer[place_]), GOAL)
                for name, place_ in (("check", 1), ("report", 2))
                for fewer, more in zip(found, found[1:], strict=False)
            ),
            Ratio(
                f"peak memory of the report of {found[-1][0]:,} rows, GB", Spread(memory, memory, memory), MOST_MEMORY
            ),
        ],
        tables=[
            (
                ("rows", "check", "report", "processor, report", "peak memory, report"),
                [
                    (
                        f"{rows:,}",
                        seconds(spread([run.wall for run in check])),
                        seconds(spread([run.wall for run in report])),
                        seconds(spread([run.cpu for run in report])),
                        f"{max(run.memory for run in report):.0f} MB",
                    )
                    for rows, check, report, _ in found
                ],
            ),
            (
                ("step of the report", *(f"{rows:,} rows, s" for rows, *_ in found)),
                [(step, *(f"{steps.get(step, 0):.1f}" for *_, steps in found)) for step in found[0][3]],
            ),
        ],
    )


def _grown(more: list[Run], fewer: list[Run]) -> Spread:
    """The sizes are not run in turn: each run of the larger against the median of the smaller."""
    middle = spread([run.wall for run in fewer]).median
    return ratio(more, [Run(middle, 0, 0)] * len(more))
