"""On invented organisations without number: nothing hidden is recovered, nothing shown is untrue, nothing is needless.

The number of worlds is set by PROTECTION_WORLDS; `python -m tests.protection 5000` judges as many as are asked for.
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
