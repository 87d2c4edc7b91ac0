"""`python -m tests.protection 5000`: as many worlds as are asked for, on all cores, and what was found in them.

`python -m tests.protection mutations` breaks the protection in one way after the other and shows what notices it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace

from tests.protection.greedy import Greedy
from tests.protection.judge import least, reports, told, verdict
from tests.protection.organisations import any_shape, figures_of, world

_SHARE = 10  # worlds that one core takes at a time


@dataclass
class Outcome:
    """What became of some worlds."""

    worlds: int = 0
    rows: int = 0
    primary: int = 0
    hidden: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    examples: dict[str, tuple[int, str]] = field(default_factory=dict)
    slowest: float = 0.0
    greedy: list[tuple[int, int, int]] = field(default_factory=list)  # seed, ours, the baseline's

    def add(self, other: Outcome) -> None:
        self.worlds += other.worlds
        self.rows += other.rows
        self.primary += other.primary
        self.hidden += other.hidden
        self.faults += other.faults
        self.slowest = max(self.slowest, other.slowest)
        self.greedy += other.greedy
        for kind, example in other.examples.items():
            self.examples.setdefault(kind, example)


def some(seeds: range, against_greedy: bool) -> Outcome:
    """Judge the worlds of some seeds; each third has an earlier report before it."""
    found = Outcome()
    for seed in seeds:
        shape = any_shape(seed)
        made = world(shape)
        started = time.monotonic()
        judged = verdict(made, with_earlier=seed % 3 == 0, thorough=seed % 10 == 1)
        found.slowest = max(found.slowest, time.monotonic() - started)
        found.worlds += 1
        found.rows += judged.rows
        found.primary += judged.primary
        found.hidden += judged.hidden
        for fault in judged.faults:
            kind = fault.split(":")[0]
            found.faults[kind] += 1
            found.examples.setdefault(kind, (seed, fault))
        if against_greedy and not judged.faults and seed % 3:
            baseline = Greedy(replace(made, months=False), figures_of(replace(made, months=False)))
            if baseline.run():
                ours = sum(f.suppressed for f in reports(replace(made, months=False))[-1].public.figures.values())
                found.greedy.append((seed, ours, len(baseline.hidden)))
    return found


def show(found: Outcome, seconds: float) -> None:
    share = 100 * found.hidden / max(found.rows, 1)
    print(f"{found.worlds} worlds, {found.rows} rows, {found.primary} small, {found.hidden} hidden ({share:.1f} %)")  # noqa: T201
    print(f"{seconds:.0f} s in all, {found.slowest:.1f} s the slowest; faults: {dict(found.faults) or 'none'}")  # noqa: T201
    for kind, (seed, fault) in found.examples.items():
        print(f"  {kind}, seed {seed}: {fault}")  # noqa: T201
    if found.greedy:
        ours, theirs = (sum(row[n] for row in found.greedy) for n in (1, 2))
        worse = [row for row in found.greedy if row[1] > row[2]]
        print(f"baseline on {len(found.greedy)} worlds: it hides {theirs}, ours {ours}; ours more on {worse or 'none'}")  # noqa: T201


def smallest(seed: int) -> None:
    """Print the least world that shows the first kind of fault of a seed."""
    made, earlier = world(any_shape(seed)), seed % 3 == 0
    kinds = verdict(made, earlier).kinds
    if not kinds:
        print("no fault")  # noqa: T201
        return
    kind = max(kinds, key=lambda kind: (kind == "recovered", kind))
    found = least(made, lambda other: kind in verdict(other, earlier).kinds)
    print(told(found))  # noqa: T201
    print("\n".join(verdict(found, earlier).faults))  # noqa: T201


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.protection", description=__doc__)
    parser.add_argument("what", help="a number of worlds, “mutations”, or “least”")
    parser.add_argument("--first", type=int, default=0, help="the first seed, or the one to make small")
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--baseline", action="store_true", help="compare with the greedy baseline too")
    given = parser.parse_args()
    if given.what == "mutations":
        from tests.protection.mutations import main as break_it

        return break_it()
    if given.what == "least":
        smallest(given.first)
        return 0
    started, total = time.monotonic(), Outcome()
    last = given.first + int(given.what)
    shares = [range(n, min(n + _SHARE, last)) for n in range(given.first, last, _SHARE)]
    with ProcessPoolExecutor(given.cores) as pool:
        for found in pool.map(some, shares, [given.baseline] * len(shares)):
            total.add(found)
    show(total, time.monotonic() - started)
    return 1 if total.faults else 0


if __name__ == "__main__":
    sys.exit(main())


__all__ = ["Outcome", "main", "some"]
