"""On invented organisations: nothing hidden is recovered, nothing shown is untrue, nothing is needless.

Some worlds are judged each time; PROTECTION_WORLDS, or `python -m tests.protection 5000`, searches so many new ones.
One is known in which the judge finds more than the proof does: SEARCHED_AND_FOUND.
"""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.protection.greedy import Greedy
from tests.protection.judge import is_primary, reports, verdict
from tests.protection.organisations import Shape, World, any_shape, figures_of, shapes, world

WORLDS = int(os.environ.get("PROTECTION_WORLDS", "5"))
_SLOW = settings(
    deadline=None,
    derandomize="PROTECTION_WORLDS" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


# A unit-less row, units in one of two programmes: the judge finds the only other row of the last twelve months.
SEARCHED_AND_FOUND = Shape(
    seed=946, families=("decisions", "incidents"), units=1, programmes=2, fewest=0, rows=(0, 2, 8), months=False,
    rule="default",
)  # fmt: skip
_searching = pytest.mark.skipif("PROTECTION_WORLDS" not in os.environ, reason="new worlds are searched when asked for")


@pytest.mark.parametrize("seed", [4, 8, 13, 15, 27])
def test_one_report_of_a_world(seed: int) -> None:
    assert verdict(world(any_shape(seed))).faults == []


@pytest.mark.parametrize("seed", [0, 12, 21])
def test_a_report_after_another_of_a_world(seed: int) -> None:
    assert verdict(world(any_shape(seed)), with_earlier=True).faults == []


def test_the_world_that_was_found() -> None:
    assert verdict(world(SEARCHED_AND_FOUND)).faults == []


@_searching
@settings(_SLOW, max_examples=WORLDS)
@given(shapes())
def test_one_report(shape: Shape) -> None:
    assert verdict(world(shape)).faults == []


@_searching
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
    """Every row stands there so many times, with as many persons and case workers."""
    made = world(replace(shape, rows=(0, 2), units=min(shape.units, 3), months=False))
    rows = tuple(
        replace(row, person=f"{row.person} {n}", worker=row.worker and f"{row.worker} {n}")
        for row in made.rows
        for n in range(times)
    )
    made = replace(made, rows=rows)
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
