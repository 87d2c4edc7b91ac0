"""`python -m tests.fuzz`: as many runs as are asked for, on all cores, and what became of them."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path

from tests.fuzz.harness import Fallen, run, seeds
from tests.fuzz.seeds import make

_SHARE = 100  # runs that one core takes at a time


@dataclass
class Outcome:
    """How some runs ended. `fallen`: what to mend, each with its run and seed."""

    read: int = 0
    refused: int = 0
    slowest: tuple[float, int] = (0.0, 0)
    fallen: list[str] = field(default_factory=list)


def some(numbers: range, seed: int, made: list[Path]) -> Outcome:
    """Do runs of some numbers; each is the same whichever others are done with it."""
    known = seeds(made)
    outcome = Outcome()
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            started = time.monotonic()
            try:
                if run(number, seed, known, Path(folder)):
                    outcome.read += 1
                else:
                    outcome.refused += 1
            except Fallen as fallen:
                outcome.fallen.append("".join(traceback.format_exception(fallen)))
            outcome.slowest = max(outcome.slowest, (time.monotonic() - started, number))
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000, help="how many damaged files are read")
    parser.add_argument("--first", type=int, default=0, help="the number of the first run, to do one again")
    parser.add_argument("--seed", type=int, default=1, help="another seed damages in other places")
    given = parser.parse_args()
    end = given.first + given.runs
    shares = [range(start, min(start + _SHARE, end)) for start in range(given.first, end, _SHARE)]
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(os.cpu_count()) as cores:
        made = make(Path(folder))
        outcomes = list(cores.map(some, shares, repeat(given.seed), repeat(made)))
    return _told(outcomes, given.seed)


def _told(outcomes: list[Outcome], seed: int) -> int:
    fallen = [text for outcome in outcomes for text in outcome.fallen]
    seconds, number = max(outcome.slowest for outcome in outcomes)
    lines = [
        *fallen,
        f"seed {seed}: {sum(outcome.read for outcome in outcomes)} read whole,"
        f" {sum(outcome.refused for outcome in outcomes)} refused with one sentence, {len(fallen)} fallen;"
        f" the slowest took {seconds:.1f} seconds (run {number})",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
