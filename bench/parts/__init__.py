"""The parts of the benchmark, by the name that `--only` knows them by."""

from __future__ import annotations

from collections.abc import Callable

from bench.place import Place
from bench.results import Part


def of(name: str) -> Callable[[Place], Part]:
    """The part that measures what its name says."""
    from bench.parts import again, excel, floor, growth, rivals, small

    return {
        "floor": floor.measure,
        "excel": excel.measure,
        "rivals": rivals.measure,
        "growth": growth.measure,
        "small": small.measure,
        "again": again.measure,
    }[name]


NAMES = ("floor", "excel", "rivals", "growth", "small", "again")
