"""`python -m tests.faults`: reports that are killed, and disks that fail, at as many points as are asked for."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.harness import Account, Point, failures, kills, some
from tests.faults.scenes import Scene
from tests.faults.serving import Server, built, can_be_built


def main() -> int:
    """Try the points on all cores and tell what held."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--points", type=int, default=200, help="where a run is killed, besides what moves files")
    parser.add_argument("--failures", type=int, default=6, help="calls of every kind that fail, for each error")
    parser.add_argument("--seed", type=int, default=1, help="another seed chooses other points")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="how many runs are made at a time")
    asked = parser.parse_args()
    if not can_be_built():
        print("This needs Linux and a C compiler (cc).", file=sys.stderr)  # noqa: T201
        return 2
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        home = Path(folder)
        library = built(home)
        points = _points(home / "counting", library, asked.points, asked.failures, asked.seed)
        parts = [points[first :: asked.workers] for first in range(asked.workers)]
        whole = Account()
        with ThreadPoolExecutor(asked.workers) as pool:
            for part in pool.map(lambda one: some(home / f"worker-{one[0]}", library, one[1]), enumerate(parts)):
                whole.add(part)
    for name, count in sorted(whole.tried.items()):
        print(f"{name:24}{count:6}")  # noqa: T201
    ended = ", ".join(f"{code}: {count}" for code, count in sorted(whole.ended.items()))
    print(f"{whole.tried.total()} points in {time.monotonic() - started:.0f} s; ended with {ended}")  # noqa: T201
    for one in whole.broken:
        print(f"BROKEN {one}")  # noqa: T201
    print(f"{len(whole.broken)} did not hold")  # noqa: T201
    return int(bool(whole.broken))


def _points(home: Path, library: Path, number: int, fails: int, seed: int) -> list[tuple[bool, Point]]:
    home.mkdir()
    points: list[tuple[bool, Point]] = []
    with Server(home, library) as server:
        for published, share in ((True, number), (False, number // 4)):
            counted = Scene(home / str(published), server, published=published).counted
            points += [(published, one) for one in kills(counted, share, seed)]
            if published:
                points += [(published, one) for one in failures(counted, fails, seed)]
    return points


if __name__ == "__main__":
    sys.exit(main())
