"""On invented organisations: nothing hidden is recovered, nothing shown is untrue, nothing is needless.

Some worlds are judged each time; PROTECTION_WORLDS, or `python -m tests.protection 5000`, searches so many new ones.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.metrics import catalogue
from tests.protection.greedy import Greedy
from tests.protection.judge import is_primary, reports, verdict
from tests.protection.measures import CHILD, Row
from tests.protection.organisations import Shape, World, any_shape, figures_of, multiplied, shapes, world

WORLDS = int(os.environ.get("PROTECTION_WORLDS", "10"))
_SLOW = settings(
    deadline=None,
    derandomize="PROTECTION_WORLDS" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


# A unit-less row, units in one of two programmes: between two windows the committee's only row is the programme's.
SEARCHED_AND_FOUND = Shape(
    seed=946, families=("decisions", "incidents"), units=1, programmes=2, fewest=0, rows=(0, 2, 8), months=False,
    rule="default",
)  # fmt: skip


# A unit in three programmes: between two windows the two others together have no incident there, so no opinion either.
SHARED_BY_THREE = Shape(
    seed=2100, families=("incidents",), units=11, programmes=4, fewest=0, rows=(1, 60), months=False, rule="strict",
)  # fmt: skip


@pytest.mark.parametrize("seed", [4, 8, 13, 15, 27, 551, 1165, 1193, 7711, 7720, 7987])
def test_one_report_of_a_world(seed: int) -> None:
    assert verdict(world(any_shape(seed))).faults == []


@pytest.mark.parametrize("seed", [0, 12, 21, 594, 711, 1056, 1143, 3099])
def test_a_report_after_another_of_a_world(seed: int) -> None:
    assert verdict(world(any_shape(seed)), with_earlier=True).faults == []


@pytest.mark.parametrize("shape", [SEARCHED_AND_FOUND, SHARED_BY_THREE])
def test_the_worlds_that_were_found(shape: Shape) -> None:
    assert verdict(world(shape)).faults == []


def test_what_may_be_chance_is_no_reason_to_give_up_a_row() -> None:
    """The only child's case is the only one within three months: where numbers agree so, the two measures are two."""
    child = Row("investigations", "A", "P", CHILD, date(2025, 8, 13), date(2025, 9, 22), {"age_group": "13–17"})
    adult = Row("investigations", "", "", "Vuxna", date(2025, 6, 29), date(2025, 12, 13), {"age_group": "7–12"})
    known = catalogue.read()
    metrics = {
        name: replace(known[name], breakdowns=("age_group",), yearly=False)
        for name in ("investigation_within_3_months", "investigation_within_120_days")
    }
    assert verdict(World((child, adult), {"A": "P"}, metrics, rule="strict"), with_earlier=True).faults == []


@settings(_SLOW, max_examples=WORLDS)
@given(shapes())
def test_one_report(shape: Shape) -> None:
    assert verdict(world(shape)).faults == []


@settings(_SLOW, max_examples=WORLDS // 2)
@given(shapes())
def test_a_report_after_another(shape: Shape) -> None:
    assert verdict(world(replace(shape, months=False)), with_earlier=True).faults == []


@settings(_SLOW, max_examples=max(WORLDS // 10, 5))
@given(shapes())
def test_the_same_figures_in_any_order_are_hidden_alike(shape: Shape) -> None:
    assert verdict(world(shape), thorough=True).faults == []


@settings(_SLOW, max_examples=max(WORLDS // 6, 5))
@given(shapes(), st.sampled_from([10, 11, 23]))
def test_without_small_groups_nothing_is_hidden(shape: Shape, times: int) -> None:
    made = multiplied(world(replace(shape, rows=(0, 2), units=min(shape.units, 3), months=False)), times)
    assert not any(is_primary(figure, made.rule) for figure in figures_of(made).figures.values())
    judged = verdict(made)
    assert (judged.hidden, judged.faults) == (0, [])


@pytest.mark.parametrize("seed", range(max(WORLDS // 5, 5)))
def test_no_more_is_hidden_than_by_the_greedy_baseline(seed: int) -> None:
    made: World = replace(world(any_shape(seed)), months=False)
    baseline = Greedy(made, figures_of(made))
    if not baseline.run():
        return  # it gave up: there is nothing to compare with
    ours = reports(made)[-1].public
    assert sum(figure.suppressed for figure in ours.figures.values()) <= len(baseline.hidden)
