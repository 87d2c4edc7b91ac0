"""Asks the oracle of a few rows: what the tests of cases worked out by hand share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import Row, Settings, figures
from .cases import Number
from .contract import KEYS
from .writing import write

Record = dict[str, Any]
Ask = Callable[..., Row]
Key = tuple[str, str, str, int, str, str, str]

REFERRAL = {"person_id": "P1", "unit": "Enhet A", "area": "Barn och unga", "kind": "anmälan"}
INVESTIGATION = {"person_id": "P1", "unit": "Enhet A", "area": "Barn och unga", "kind": "barnavårdsutredning"}
DECISION = {
    "person_id": "P1",
    "unit": "Enhet A",
    "area": "Funktionsnedsättning",
    "law": "LSS",
    "service": "boendestöd",
    "kind": "nytt",
    "result": "bifall",
    "decided": "2023-01-10",
}
PLAN = {"unit": "Enhet P", "decision_id": "B1"}
IN_FORCE = {**DECISION, "decision_id": "B1", "executed": "2023-02-01"}
ASSESSMENT = {"person_id": "P1", "unit": "Enhet A", "service": "daglig verksamhet", "level": "2"}


def everything(folder: Path, period: str, **tables: list[Record]) -> dict[Key, Row]:
    """All figures of the given rows; the first column of an extract's key is filled in."""
    for extract, rows in tables.items():
        key = KEYS[extract][0]
        write(folder, extract, [{key: f"{number}"} | row for number, row in enumerate(rows)])
    return figures(folder, period, Settings())


def total(metric: str, window: str, statistic: str = "share") -> Key:
    """The key of the committee's own figure."""
    return (metric, statistic, window, 1, "Socialnämnden", "", "")


def category(metric: str, window: str, breakdown: str, category: str, statistic: str = "share") -> Key:
    """The key of the committee's figure of a category."""
    return (*total(metric, window, statistic)[:5], breakdown, category)


def part(row: Row) -> tuple[Number | None, Number | None]:
    """How many of how many."""
    return row.numerator, row.denominator
