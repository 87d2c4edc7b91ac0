"""Windows and statistics, against calendars and published figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from .cases import Duration
from .days import add_months, windows
from .statistics import (
    kaplan_meier_median,
    krippendorffs_alpha,
    mean,
    quantile,
    rounded,
    wilson,
    wilson_of_a_sample,
)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2023-10-31", 4, "2024-02-29"),
        ("2024-10-31", 4, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-02-28", 12, "2026-02-28"),
        ("2025-07-01", 4, "2025-11-01"),
        ("2025-11-30", 3, "2026-02-28"),
    ],
)
def test_months_are_added_to_the_earlier_date(start: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("period", "spans"),
    [
        ("2024T1", "tertial 2024-01-01 2024-04-30, ytd 2024-01-01 2024-04-30, r12 2023-05-01 2024-04-30"),
        ("2025T2", "tertial 2025-05-01 2025-08-31, ytd 2025-01-01 2025-08-31, r12 2024-09-01 2025-08-31"),
        ("2025", "ytd 2025-01-01 2025-12-31"),
        ("2025H1", "half 2025-01-01 2025-06-30"),
        ("2025Q3", "quarter 2025-07-01 2025-09-30"),
    ],
)
def test_windows_of_a_period(period: str, spans: str) -> None:
    flows, stock = windows(period)
    assert ", ".join(f"{window.name} {window.starts} {window.ends}" for window in flows) == spans
    assert stock.starts == stock.ends == flows[0].ends


def test_rounding_is_half_up() -> None:
    assert rounded(Fraction(1, 8), 2) == Decimal("0.13")
    assert rounded(Fraction(5, 1000), 2) == Decimal("0.01")
    assert rounded(Fraction(1, 3), 6) == Decimal("0.333333")
    assert rounded(Fraction(-1, 8), 2) == Decimal("-0.13")


def test_wilson_against_published_intervals() -> None:
    """Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    published = {(81, 263): (".2553", ".3662"), (15, 148): (".0624", ".1605"), (0, 20): (".0000", ".1611")}
    published[(1, 29)] = (".0061", ".1718")
    for (hits, n), expected in published.items():
        assert tuple(str(bound.quantize(Decimal("0.0001")))[1:] for bound in wilson(hits, n)) == expected


def test_a_sample_of_a_finite_population_is_worth_more() -> None:
    assert wilson_of_a_sample(5, 10, 19) == wilson(10, 20)
    assert wilson_of_a_sample(3, 10, 100) == wilson(Fraction(33, 10), 11)
    assert wilson_of_a_sample(1, 3, 3) == (Decimal("0.333333"), Decimal("0.333333"))


# Freireich et al. 1963, weeks in remission; + is still in remission when the trial was reported.
TREATED = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
CONTROLS = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


@pytest.mark.parametrize(
    ("weeks", "median"),
    [
        (TREATED, 23),
        (CONTROLS, 8),
        ("", None),
        ("4+ 9+", None),
        ("4 9+", 4),  # exactly half are left
        ("4 9 9+", 9),
        ("4+ 4 9", 9),  # who is censored on a day is at risk on it: 2/3 left
        ("0 0 5", 0),
    ],
)
def test_kaplan_meier(weeks: str, median: int | None) -> None:
    durations = [Duration(int(week.rstrip("+")), not week.endswith("+")) for week in weeks.split()]
    assert kaplan_meier_median(durations) == median


def test_krippendorff_against_his_own_example() -> None:
    # Four observers, twelve units, nominal; a point is no answer.
    observers = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    units = [[answer for answer in unit if answer != "."] for unit in zip(*observers, strict=True)]
    alpha = krippendorffs_alpha(unit for unit in units if len(unit) > 1)
    assert alpha is not None
    assert rounded(alpha, 3) == Decimal("0.743")


def test_means_are_weighted_and_quantiles_interpolated() -> None:
    assert mean([(1, 1), (Fraction(5, 2), 3)]) == Fraction(17, 8)
    assert mean([(1, 0)]) is None
    assert quantile(90, [1, 2, 3]) == Fraction(14, 5)
