"""The judge by itself: one failure a rule and row, and nothing is wrong with what has not happened."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Kind
from pipeline.schemas.judge import Judge, State, state


def judged(extract, **columns):
    """What the judge finds in rows where only the given columns are filled; row ids begin at 100."""
    size = max(len(values) for values in columns.values())
    days = [column.name for column in extract.of_kind(Kind.DATE)]
    frame = {state(name): [State.FINE.value] * size for name in extract.names}
    frame |= dict.fromkeys(days, [None] * size)
    frame |= {column.name: [float("nan")] * size for column in extract.of_kind(Kind.COUNT)}
    frame |= columns
    frame |= {name: pd.to_datetime(frame[name]).astype("datetime64[us]") for name in days}
    batch = pd.DataFrame(frame, index=pd.Index(range(100, 100 + size), name="row_id"))
    found = Judge(extract, date(2026, 9, 8)).failures(batch)
    return [(failure.rule.name, failure.column, failure.other, failure.row_ids) for failure in found]


@pytest.fixture
def failures():
    return lambda **columns: judged(EXTRACTS["plans"], **columns)


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


def test_counts_out_of_bounds_at_both_ends():
    assert judged(EXTRACTS["incidents"], severity=[0.0, 1.0, 4.0, 5.0, float("nan")]) == [
        ("out_of_range", "severity", "", [100]),
        ("out_of_range", "severity", "", [103]),
    ]


def test_a_count_with_one_bound_has_no_other():
    assert judged(EXTRACTS["care_levels"], level=[0.0, 1.0, 1000.0]) == [("out_of_range", "level", "", [100])]


def test_a_number_that_is_none_has_its_own_rule():
    assert judged(EXTRACTS["measurements"], value__state=[State.FINE, State.UNTYPED, State.ERROR_VALUE]) == [
        ("error_value", "value", "", [102]),
        ("not_number", "value", "", [101]),
    ]


def test_a_number_that_must_stand_may_not_be_blank():
    assert judged(EXTRACTS["goals"], target__state=[State.MISSING, State.FINE]) == [("missing", "target", "", [100])]


def test_answers_invited_and_positive_are_compared_two_by_two():
    assert judged(
        EXTRACTS["surveys"], invited=[10.0, 10.0, 9.0], answered=[10.0, 10.0, 10.0], positive=[10.0, 11.0, 1.0]
    ) == [
        ("positive_over_answered", "positive", "answered", [101]),
        ("answered_over_invited", "answered", "invited", [102]),
    ]


def test_a_due_day_may_lie_ahead_but_not_the_day_of_judging():
    assert judged(EXTRACTS["activities"], due=["2030-01-01"], date=["2030-01-01"]) == [("too_late", "date", "", [100])]
