"""The boundary cases of the metrics: a folder each, with tiny extracts and the rows of resultat.csv they must give.

`case.toml` says why the case exists, the period, and what differs from the standard configuration; `expect.csv` lists
only the rows that the case is about, with `ci_low` and `ci_high` where it is about the interval. Windows of the trend
stand there under their own ids (`month_2025_02`).
The cases were worked out by hand from the definitions: when one fails, read the definition before changing either.
"""

from __future__ import annotations

import csv
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.config import Committee, Config, Limits, Municipality, Paths
from pipeline.database import engine
from pipeline.metrics import catalogue
from pipeline.model import Figures
from pipeline.periods import Period
from pipeline.publish import results
from pipeline.run import measure
from tests.contract_metrics import EXPECTED

HERE = Path(__file__).resolve().parent
KEYS = ("metric", "statistic", "window", "level", "org", "breakdown", "category")
MEASURED = ("numerator", "denominator", "value", "ci_low", "ci_high")
FEWEST_CASES = 2
CATALOGUE = catalogue.read()
# So late that what a case places after its period's last day has happened; a day later than today would be rejected.
READ_AFTER = timedelta(days=90)


@dataclass(frozen=True)
class Case:
    """One folder: the extracts, and what stands in `case.toml`."""

    folder: Path
    why: str
    period: str
    today: date | None = None
    areas: tuple[str, ...] = ()
    limits: dict[str, Any] | None = None

    @classmethod
    def read(cls, folder: Path) -> Case:
        return cls(folder, **tomllib.loads((folder / "case.toml").read_text(encoding="utf-8")))

    @property
    def metric(self) -> str:
        return self.folder.parent.name

    def figures(self, workspace: Path) -> Figures:
        period = Period.parse(self.period)
        today = self.today or period.ends + READ_AFTER
        return measure(self._raw(workspace), self.config(workspace), period, today, only=[self.metric])

    def config(self, workspace: Path) -> Config:
        """The standard values of the catalogue, not those of config.toml, which is the analyst's to change."""
        return Config(
            municipality=Municipality(name="Exempelköping", code="9999"),
            committee=Committee(name="Socialnämnden", areas=self.areas),
            limits=Limits.model_validate(self.limits or {}),
            paths=Paths(raw=workspace / "raw", processed=workspace / "processed", key=workspace / "pseudonym.key"),
        )

    def expected(self) -> Iterator[dict[str, str]]:
        with (self.folder / "expect.csv").open(encoding="utf-8", newline="") as stream:
            yield from ({"metric": self.metric, **row} for row in csv.DictReader(stream))

    def _raw(self, workspace: Path) -> Path:
        raw = workspace / "raw"
        raw.mkdir()
        for extract in self.folder.glob("*.csv"):
            if extract.name != "expect.csv":
                shutil.copy(extract, raw)
        return raw


CASES = [Case.read(file.parent) for file in sorted(HERE.glob("*/*/case.toml"))]


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue is the same for all cases."""
    monkeypatch.setattr(catalogue, "read", lambda: CATALOGUE)


@pytest.fixture(autouse=True)
def unplanned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a handful of rows, planning takes longer than it saves; what the plans give is held in tests/oracle."""
    every = ",".join(name for (name,) in duckdb.sql("select name from duckdb_optimizers()").fetchall())
    monkeypatch.setitem(engine.MEMORY, "disabled_optimizers", every)
    monkeypatch.setitem(engine.MEMORY, "threads", "1")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.metric}/{case.folder.name}")
def test_the_extracts_give_the_expected_rows(case: Case, tmp_path: Path) -> None:
    printed = _printed(case.figures(tmp_path), case.config(tmp_path), tmp_path / "resultat.csv")

    expected = {_key(row): _measured(row) for row in case.expected()}
    found = {key: {column: printed[key][column] for column in row} for key, row in expected.items() if key in printed}

    assert found == expected, case.why


@pytest.mark.parametrize("metric", sorted(CATALOGUE))
def test_every_metric_has_boundary_cases(metric: str) -> None:
    fewest = FEWEST_CASES if metric in EXPECTED else 1
    assert sum(case.metric == metric for case in CASES) >= fewest


def test_every_case_expects_something_of_a_metric_that_exists() -> None:
    assert CASES
    for case in CASES:
        assert case.metric in CATALOGUE, case.folder
        assert case.why.strip(), case.folder
        assert list(case.expected()), case.folder


def _printed(figures: Figures, config: Config, file: Path) -> dict[tuple[str, ...], dict[str, str]]:
    """Every figure as resultat.csv prints it, those of the trend and of earlier windows too."""
    windows = {name: replace(window, series="report") for name, window in figures.windows.items()}
    results.write_internal(file, replace(figures, windows=windows), config)
    with file.open(encoding="utf-8", newline="") as stream:
        return {_key(row): _measured(row) for row in csv.DictReader(stream)}


def _key(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row[column] for column in KEYS)


def _measured(row: dict[str, str]) -> dict[str, str]:
    return {column: row[column] for column in MEASURED if column in row}
