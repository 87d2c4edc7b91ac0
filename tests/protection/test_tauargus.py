"""Against pytauargus 0.6 on the tables that it can take: one stock, units within programmes, one breakdown.

It keeps every cell unsure by a fifth of its own and hides no zeros, so it may hide more than the contract asks for.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from pipeline.metrics import catalogue
from pipeline.model import Figures, Key
from tests.protection.attacker import attack
from tests.protection.greedy import _EMPTY
from tests.protection.judge import Report, protected
from tests.protection.knowledge import Publication
from tests.protection.measures import Row
from tests.protection.organisations import World, figures_of
from tests.protection.tauargus import hidden_by_tauargus
from tests.unit.builders import COMMITTEE

pytest.importorskip("pytauargus", reason="pytauargus has no wheel for this platform")

_METRIC = "investigations_open"


def _drawn(seed: int) -> World:
    draw = random.Random(seed)
    homes = {f"Enhet {n}": f"Program {n % 2}" for n in range(draw.choice([4, 5, 6, 8]))}
    rows = [
        Row("investigations", unit, home, "Vuxna", date(2026, 1, 1), None, {"gender": gender, "age_group": "0–6"})
        for unit, home in homes.items()
        for gender in ("kvinna", "man", "okänt")
        for _ in range(draw.choice([0, 1, 3, 6, 12, 20]))
    ]
    metric = replace(catalogue.read()[_METRIC], breakdowns=("gender",))
    return World(tuple(rows), homes, {_METRIC: metric})


def _one_table(world: World) -> Figures:
    """The figures of the period's last day alone."""
    figures = figures_of(world)
    own = {key: figure for key, figure in figures.figures.items() if key.window == "stock"}
    return replace(figures, figures=own, changes={}, windows={"stock": figures.windows["stock"]})


@pytest.mark.parametrize("seed", range(25))
def test_no_more_is_hidden_than_by_pytauargus(seed: int) -> None:
    world = _drawn(seed)
    figures = _one_table(world)
    ours = Report(figures, protected(world, figures))
    theirs = {
        Key(_METRIC, "count", "stock", level, org or COMMITTEE, "gender" if category else "", category)
        for level, org, category in hidden_by_tauargus(
            [(row.programme, row.unit, row.categories["gender"]) for row in world.rows]
        )
    }
    told = {key: replace(figure, **_EMPTY) if key in theirs else figure for key, figure in figures.figures.items()}
    assert attack(world, [ours.publication]) == []
    assert attack(world, [Publication(told, figures.windows)]) == [], "the oracle's own table is unsafe"
    assert len(set(ours.publication.hidden())) <= len(theirs)
