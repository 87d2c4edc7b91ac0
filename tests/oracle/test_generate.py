"""The generator gives the same for a seed, and reaches both sides of every limit."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from . import Settings, figures
from .cases import Number
from .generate import PERIODS, generate
from .metrics import CATALOGUE


def test_the_generator_gives_the_same_files_for_a_seed(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        generate(tmp_path / name, 4)
    one, other = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "other"))
    assert one == other


def test_the_generator_reaches_every_metric(tmp_path: Path) -> None:
    """Over a few seeds, every share has cases on both sides of its limit, and everything else has rows."""
    hits: dict[str, Number] = defaultdict(int)
    misses: dict[str, Number] = defaultdict(int)
    for seed in range(12):
        folder = tmp_path / str(seed)
        folder.mkdir()
        generate(folder, seed)
        for period in PERIODS:
            for (metric, statistic, *_), row in figures(folder, period, Settings()).items():
                hit = row.numerator if statistic == "share" else row.denominator
                hits[metric] += hit or 0
                misses[metric] += (row.denominator or 0) - (hit or 0) if statistic == "share" else 1
    assert {metric.name for metric in CATALOGUE} == {name for name in hits if hits[name] and misses[name]}
