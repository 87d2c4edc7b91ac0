"""Every figure of the pipeline against the oracle's, on random extracts that crowd around the limits.

A normal run takes some seeds, with one period each; `ORACLE_SEEDS=500` takes as many as wanted, with every period. A
failure prints the seed and its folder; `python -m tests.oracle FOLDER PERIOD METRIC` shows the oracle's figures of it.
"""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from pipeline import config as configuration
from pipeline import run
from pipeline.model import Figure
from pipeline.periods import Period

from . import Row, Settings, figures
from .cases import Number
from .generate import PERIODS, TODAY, generate, own_period

WANTED = int(os.environ.get("ORACLE_SEEDS", "0"))
RUNS = (
    [(seed, period) for seed in range(WANTED) for period in PERIODS]
    if WANTED
    else [(seed, own_period(seed)) for seed in range(24)]
)
SHOWN = 25

Cell = tuple[Any, ...]


@pytest.mark.parametrize(("seed", "period"), RUNS)
def test_pipeline_gives_the_oracles_figures(tmp_path: Path, seed: int, period: str) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    generate(raw, seed)
    differences = compare(raw, period, tmp_path / "pseudonym.key")
    assert not differences, f"{len(differences)} of seed {seed}, {raw}:\n" + "\n".join(differences[:SHOWN])


def compare(raw: Path, period: str, key: Path, today: date = TODAY) -> list[str]:
    """What differs between the pipeline and the oracle for a folder and period, a line a figure; empty when nothing."""
    config = configuration.load()
    config = config.model_copy(update={"paths": config.paths.model_copy(update={"key": key})})
    own = run.measure(raw, config, Period.parse(period), today).own()
    actual = dict(_as_cell(figure) for figure in own)
    expected = dict(_row_as_cell(where, row) for where, row in _expected(raw, period, config).items())
    return [
        f"{', '.join(map(str, where))}: expected {_shown(expected.get(where))}, pipeline {_shown(actual.get(where))}"
        for where in sorted(expected.keys() | actual.keys())
        if expected.get(where) != actual.get(where)
    ]


def _expected(raw: Path, period: str, config: configuration.Config) -> dict[Any, Row]:
    """The oracle's figures, with the limits of the same configuration."""
    limits = config.limits
    settings = Settings(
        committee=config.committee.name,
        child_areas=limits.child_areas,
        not_child_kinds=limits.not_child_kinds,
        plan_grace_days=limits.plan_grace_days,
        plan_exempt_areas=limits.plan_exempt_areas,
        plan_exempt_services=limits.plan_exempt_services,
        plan_current_months=limits.plan_current_months,
        execution_exempt_areas=limits.execution_exempt_areas,
        care_level_services=limits.care_level_services,
        incident_days=limits.incident_days,
    )
    return figures(raw, period, settings)


def _as_cell(figure: Figure) -> tuple[Cell, Cell]:
    key = figure.key
    where = (key.metric, str(key.statistic), key.window, key.level, key.org, key.breakdown, key.category)
    decimals = 6 if key.statistic in ("share", "agreement") else 2
    numbers = tuple(_exact(number, decimals) for number in (figure.value, figure.ci_low, figure.ci_high))
    parts = (_as_delivered(figure.numerator), _as_delivered(figure.denominator))
    return _comparable(where, (*parts, *numbers, figure.as_of))


def _row_as_cell(where: Cell, row: Row) -> tuple[Cell, Cell]:
    return _comparable(where, (row.numerator, row.denominator, row.value, row.ci_low, row.ci_high, row.as_of))


def _comparable(where: Cell, cell: Cell) -> tuple[Cell, Cell]:
    """Which statistic stands for a metric without data is each implementation's own choice."""
    return ((where[0], "any", *where[2:]) if cell[1] is None else where), cell


def _exact(number: float | None, decimals: int) -> Decimal | None:
    """The decimals that are printed; a figure that has more is not rounded and differs."""
    if number is None:
        return None
    exact = Decimal(repr(float(number)))
    return exact if exact == round(exact, decimals) else Decimal(f"{number:.12f}")


def _as_delivered(number: float | None) -> Number | None:
    """A number of rows; of a measure the decimals that were delivered, summed without a rest."""
    if number is None or number == int(number):
        return number if number is None else int(number)
    return Fraction(repr(float(number)))


def _shown(cell: Cell | None) -> str:
    return "no row" if cell is None else " ".join("–" if part is None else str(part) for part in cell[:-1])
