"""The judge by itself: one failure a rule and row, and nothing is wrong with what has not happened."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Kind
from pipeline.schemas.judge import Judge, State, state

PLANS = EXTRACTS["plans"]


@pytest.fixture
def failures():
    def judged(**columns):
        size = max(len(values) for values in columns.values())
        frame = {state(name): [State.FINE.value] * size for name in PLANS.names}
        frame |= {column.name: pd.to_datetime([None] * size).astype("datetime64[us]")
                  for column in PLANS.of_kind(Kind.DATE)}  # fmt: skip
        frame |= {column.name: [float("nan")] * size for column in PLANS.of_kind(Kind.COUNT)}
        for name, values in columns.items():
            frame[name] = (
                pd.to_datetime(values).astype("datetime64[us]") if name in ("established", "ended") else values
            )
        batch = pd.DataFrame(frame, index=pd.Index(range(100, 100 + size), name="row_id"))
        found = Judge(PLANS, date(2026, 9, 8)).failures(batch)
        return [(failure.rule.name, failure.column, failure.other, failure.row_ids) for failure in found]

    return judged


def test_rows_in_order_have_no_failure(failures):
    assert failures(established=["2026-01-01", None], ended=["2026-01-01", "2026-01-01"]) == []


def test_a_breach_across_columns_is_told_once(failures):
    assert failures(established=["2026-01-02", "2026-01-02"], ended=["2026-01-01", None]) == [
        ("ended_before_established", "ended", "established", [100])
    ]


def test_counts_are_compared_the_other_way(failures):
    assert failures(goals=[1.0, 2.0, float("nan")], measurable_goals=[2.0, 2.0, 2.0]) == [
        ("measurable_goals_over_goals", "measurable_goals", "goals", [100])
    ]


def test_states_are_rules(failures):
    assert failures(unit__state=[State.MISSING, State.ERROR_VALUE, State.FINE], goals__state=[0, 0, State.UNTYPED]) == [
        ("error_value", "unit", "", [101]),
        ("missing", "unit", "", [100]),
        ("not_count", "goals", "", [102]),
    ]


def test_days_out_of_bounds(failures):
    assert failures(established=["1899-12-31", "1900-01-01", "2026-09-09", "2026-09-10"]) == [
        ("too_early", "established", "", [100]),
        ("too_late", "established", "", [103]),
    ]
