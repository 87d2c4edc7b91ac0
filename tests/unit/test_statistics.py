"""Formulas against scipy and against pen and paper."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2_contingency, ttest_ind_from_stats

from pipeline.statistics import counts_differ, means_differ, round_half_up, shares_differ, wilson


@pytest.mark.parametrize(
    ("numerator", "denominator", "decimals", "rounded"),
    [
        (1, 128, 6, 0.007813),  # 0.0078125
        (3, 640, 6, 0.004688),  # 0.0046875 is no binary fraction
        (1, 3, 6, 0.333333),
        (2, 3, 6, 0.666667),
        (0, 7, 6, 0.0),
        (7, 7, 6, 1.0),
        (201, 200, 2, 1.01),  # 1.005
        (5, 2, 0, 3.0),
        (-5, 2, 0, -3.0),
        (5, -2, 0, -3.0),
    ],
)
def test_halves_are_rounded_up(numerator: int, denominator: int, decimals: int, rounded: float) -> None:
    assert round_half_up(numerator, denominator, decimals) == rounded


@given(st.integers(0, 10**9), st.integers(1, 10**6), st.integers(0, 6))
def test_rounding_agrees_with_exact_fractions(numerator: int, denominator: int, decimals: int) -> None:
    exact = Fraction(numerator, denominator) * 10**decimals
    assert round_half_up(numerator, denominator, decimals) == floor(exact + Fraction(1, 2)) / 10**decimals


def test_rounding_needs_a_denominator() -> None:
    with pytest.raises(ZeroDivisionError):
        round_half_up(1, 0, 2)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_scipy(case: tuple[int, int]) -> None:
    hits, rows = case
    expected = binomtest(hits, rows).proportion_ci(method="wilson")
    assert wilson(hits, rows) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_wilson_is_exact_at_the_ends() -> None:
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == 1.0


@given(st.integers(30, 400), st.integers(30, 400), st.floats(0.25, 0.75), st.floats(0.25, 0.75))
def test_large_shares_are_tested_as_by_chi_square(rows: int, before: int, share: float, share_before: float) -> None:
    hits, hits_before = round(rows * share), round(before * share_before)
    table = [[hits, rows - hits], [hits_before, before - hits_before]]
    p = chi2_contingency(table, correction=False).pvalue
    if abs(p - 0.05) > 1e-6:
        assert shares_differ(hits, rows, hits_before, before) == (p < 0.05)


def test_few_rows_differ_only_when_their_intervals_stand_apart() -> None:
    assert not shares_differ(3, 4, 0, 4)
    assert shares_differ(9, 9, 0, 9)
    assert not shares_differ(1, 2, 0, 0)


def test_counts_differ_when_a_fair_coin_would_not_do_it() -> None:
    assert not counts_differ(0, 0)
    assert not counts_differ(60, 50)
    assert counts_differ(1400, 1178)
    assert counts_differ(90, 50)


def test_means_differ_as_by_welch_on_many_rows() -> None:
    for mean in (100.0, 103.0, 104.5, 110.0):
        p = ttest_ind_from_stats(mean, 20, 300, 100.0, 25, 250, equal_var=False).pvalue
        assert means_differ(mean, 20, 300, 100.0, 25, 250) == (p < 0.05)
    assert not means_differ(200, 1, 19, 100, 1, 300)
