"""Formulas against scipy and against pen and paper."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2_contingency, ttest_ind_from_stats

from pipeline.statistics import (
    Signal,
    agreeing_pairs,
    counts_differ,
    kaplan_meier_median,
    life_table,
    means_differ,
    nominal_alpha,
    round_half_up,
    shares_differ,
    wilson,
    wilson_of_finite,
    xmr,
)


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


def test_decimals_are_rounded_as_they_are_written() -> None:
    assert round_half_up(1.005, 1, 2) == 1.01
    assert round_half_up(0.375, 1.5, 6) == 0.25


def test_a_ratio_above_one_is_compared_with_nothing() -> None:
    assert not shares_differ(30, 20, 5, 20)
    assert not shares_differ(5, 20, 30, 20)


# --- finite populations ---------------------------------------------------------------------------------------------


def test_a_sample_of_everybody_leaves_no_uncertainty() -> None:
    assert wilson_of_finite(3, 8, 8) == (3 / 8, 3 / 8)
    assert wilson_of_finite(3, 8, 7) == (3 / 8, 3 / 8)


def test_a_sample_of_very_many_is_as_from_an_endless_population() -> None:
    assert wilson_of_finite(30, 80, 10**12) == pytest.approx(wilson(30, 80), abs=1e-9)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n), st.integers(n + 1, 5000))))
def test_the_larger_part_of_a_population_the_narrower(case: tuple[int, int, int]) -> None:
    hits, rows, population = case
    low, high = wilson_of_finite(hits, rows, population)
    endless_low, endless_high = wilson(hits, rows)
    assert 0 <= low <= hits / rows <= high <= 1
    assert high - low <= endless_high - endless_low + 1e-12


def test_the_finite_correction_by_hand() -> None:
    # 20 of 50 drawn from 200: they count as 50 · 199 / 150 = 66.33 rows.
    assert wilson_of_finite(20, 50, 200) == pytest.approx(wilson(0.4 * 199 / 3, 199 / 3))


# --- Kaplan–Meier ---------------------------------------------------------------------------------------------------

# Weeks in remission in the 6-MP trial (Freireich and others 1963): week, relapses, patients observed to it.
TREATED = [
    (6, 3, 4), (7, 1, 1), (9, 0, 1), (10, 1, 2), (11, 0, 1), (13, 1, 1), (16, 1, 1), (17, 0, 1), (19, 0, 1),
    (20, 0, 1), (22, 1, 1), (23, 1, 1), (25, 0, 1), (32, 0, 2), (34, 0, 1), (35, 0, 1),
]  # fmt: skip
CONTROL = [
    (1, 2, 2), (2, 2, 2), (3, 1, 1), (4, 2, 2), (5, 2, 2), (8, 4, 4), (11, 2, 2), (12, 2, 2), (15, 1, 1), (17, 1, 1),
    (22, 1, 1), (23, 1, 1),
]  # fmt: skip


def test_the_medians_of_the_6_mp_trial() -> None:
    assert sum(patients for _, _, patients in TREATED) == sum(patients for _, _, patients in CONTROL) == 21
    assert kaplan_meier_median(TREATED) == 23
    assert kaplan_meier_median(CONTROL) == 8


def test_without_censoring_the_median_is_the_day_by_which_half_have_ended() -> None:
    assert kaplan_meier_median([(10, 1, 1), (20, 1, 1), (30, 1, 1), (40, 1, 1)]) == 20
    assert kaplan_meier_median([(10, 1, 1), (20, 1, 1), (30, 1, 1)]) == 20


def test_there_is_no_median_while_more_than_half_go_on() -> None:
    assert kaplan_meier_median([(10, 1, 1), (20, 0, 2)]) is None
    assert kaplan_meier_median([]) is None


def test_who_is_censored_on_a_day_was_still_at_risk_that_day() -> None:
    # Two at risk on day 10: one ends, one is censored; one half remains.
    assert kaplan_meier_median([(10, 1, 2)]) == 10


# --- agreement ------------------------------------------------------------------------------------------------------

# Four observers, twelve units, nominal data: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part C.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def _units(observers: list[list[int | None]]) -> list[dict[str, int]]:
    units: list[dict[str, int]] = []
    for answers in zip(*observers, strict=True):
        given = [str(answer) for answer in answers if answer is not None]
        units.append({answer: given.count(answer) for answer in given})
    return units


def test_krippendorffs_own_example() -> None:
    alpha = nominal_alpha(_units(OBSERVERS))
    assert alpha is not None
    assert round(float(alpha), 3) == 0.743


def test_alpha_is_one_when_all_agree_and_has_no_meaning_without_difference_or_pairs() -> None:
    assert nominal_alpha([{"ja": 2}, {"nej": 3}]) == 1
    assert nominal_alpha([{"ja": 2}, {"ja": 3}]) is None
    assert nominal_alpha([{"ja": 1}, {"nej": 1}]) is None
    assert nominal_alpha([]) is None


def test_alpha_falls_below_zero_where_raters_always_differ() -> None:
    alpha = nominal_alpha([{"ja": 1, "nej": 1}, {"ja": 1, "nej": 1}])
    assert alpha == Fraction(-1, 2)


def test_pairs_are_counted_within_an_item() -> None:
    assert agreeing_pairs([{"ja": 3, "nej": 1}, {"ja": 1}, {"nej": 2}]) == (3 + 1, 6 + 1)
    assert agreeing_pairs([]) == (0, 0)


# --- XmR ------------------------------------------------------------------------------------------------------------

OF_THE_NHS = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


def test_the_limits_of_the_nhs_example() -> None:
    chart = xmr(OF_THE_NHS)
    assert chart is not None
    assert round(chart.mean, 2) == 1.94
    assert (round(chart.high, 1), round(chart.low, 2)) == (4.6, -0.72)
    assert [at for at, found in enumerate(chart.signals) if found] == [4]
    assert chart.signals[4] == {Signal.OUTSIDE}
    assert not chart.is_trial


def test_ranges_are_screened_once() -> None:
    # The mean range of 0, 10, 0, 10, 0, 100 is 28; 100 lies beyond 3.267 × 28 and is left out, but only once.
    chart = xmr([0, 10, 0, 10, 0, 100])
    assert chart is not None
    assert chart.high - chart.mean == pytest.approx(2.66 * 10)


@pytest.mark.parametrize(("in_a_row", "is_run"), [(6, False), (7, True)])
def test_seven_in_a_row_on_one_side_is_a_signal(in_a_row: int, is_run: bool) -> None:
    # The values stay close to the mean of the whole, so that nothing but the run can be found.
    values = [20.0, 10.0] * 10 + [18.0] * in_a_row
    chart = xmr([*values, 10.0])
    assert chart is not None
    assert any(Signal.RUN in found for found in chart.signals) is is_run


def test_a_missing_point_or_one_on_the_mean_breaks_a_run() -> None:
    for middle, is_run in ((2.1, True), (None, False), (2.0, False)):
        chart = xmr([*[3.0, 1.0] * 10, 2.1, 2.1, 2.1, middle, 2.1, 2.1, 2.1, 1.4])
        assert chart is not None
        assert any(Signal.RUN in found for found in chart.signals) is is_run


def test_two_of_three_beyond_two_sigma_on_one_side() -> None:
    steady = [10.0, 11.0] * 10
    chart = xmr([*steady, 13.0, 10.5, 13.0, 10.0])
    assert chart is not None
    two_sigma = chart.mean + 2 * (chart.high - chart.mean) / 3
    assert two_sigma < 13.0 < chart.high
    assert [at for at, found in enumerate(chart.signals) if Signal.TWO_OF_THREE in found] == [20, 22]


def test_a_series_that_never_moves_gives_no_signal() -> None:
    chart = xmr([0.1] * 24)
    assert chart is not None
    assert not any(chart.signals)


def test_fewer_than_twelve_points_give_trial_limits() -> None:
    settled, trial = xmr([1, 2] * 6), xmr([1, 2] * 5 + [1])
    assert settled is not None
    assert trial is not None
    assert not settled.is_trial
    assert trial.is_trial


def test_two_points_side_by_side_are_the_least() -> None:
    assert xmr([]) is None
    assert xmr([1]) is None
    assert xmr([1, None, 2]) is None
    assert xmr([1, 2]) is not None


# --- what is left after so many days --------------------------------------------------------------------------------


def test_the_life_table_without_censoring_is_the_share_that_is_left() -> None:
    assert life_table([(2, 0), (3, 0), (0, 0), (5, 0)]) == pytest.approx([0.8, 0.5, 0.5, 0.0])


def test_who_is_followed_no_further_counts_as_half_in_a_life_table() -> None:
    # 20 begin; in the first band 4 end and 8 are followed no further, so that 16 were at risk; then 2 of 7.
    assert life_table([(4, 8), (2, 2), (0, 4)]) == pytest.approx([12 / 16, 12 / 16 * 5 / 7, 12 / 16 * 5 / 7])


def test_the_life_table_is_near_kaplan_and_meier_with_days_of_their_own() -> None:
    weeks = [(0, 0)] * 36
    for week, ended, patients in TREATED:
        weeks[week] = (ended, patients - ended)
    left = life_table(weeks)
    assert next(week for week, share in enumerate(left) if share <= 0.5) == kaplan_meier_median(TREATED)


def test_nobody_left_is_nothing_to_reckon_from() -> None:
    assert life_table([]) == []
    assert life_table([(0, 0)]) == [1.0]
