"""`make bench`: measures the parts that are asked for and writes bench/results.json and bench/RESULTS.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench import machine, parts, results
from bench.place import Place
from pipeline.places import ROOT


def main(arguments: list[str] | None = None) -> int:
    """Measure part by part; what is found of one is kept before the next begins."""
    asked = _parser().parse_args(arguments)
    place = Place(asked.work, asked.scale, asked.repeat, asked.slow)
    for name in asked.only or parts.NAMES:
        print(f"{name} …", file=sys.stderr, flush=True)
        moment = machine.now()
        results.keep(asked.out, name, parts.of(name)(place), machine.described(), moment, parts.NAMES)
    print(asked.out / results.TOLD)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=parts.NAMES, metavar="PART", help=", ".join(parts.NAMES))
    parser.add_argument("--repeat", type=int, default=3, help="runs of each command, in turn (3)")
    parser.add_argument("--scale", type=float, default=1.0, help="times the usual number of rows (1)")
    parser.add_argument("--slow", type=float, default=900, help="seconds after which another tool is too slow (900)")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bench", help="where extracts are made")
    parser.add_argument("--out", type=Path, default=ROOT / "bench", help="where the results are written")
    return parser


if __name__ == "__main__":
    sys.exit(main())
