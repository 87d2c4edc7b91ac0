"""The few formulas behind intervals, tests and rounding. Thin on purpose; checked against scipy in the tests."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

Z95 = NormalDist().inv_cdf(0.975)
_FEWEST_EXPECTED = 5


def round_half_up(numerator: int, denominator: int, decimals: int) -> float:
    """`numerator / denominator` rounded half up (away from zero), decided in whole numbers.

    Binary fractions never decide a tie, so the value is the one a reader gets with pen and paper.
    Raises ZeroDivisionError when the denominator is 0.
    """
    scale = 10**decimals
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    whole = (2 * abs(numerator) * scale + abs(denominator)) // (2 * abs(denominator))
    return sign * whole / scale


def wilson(hits: int, rows: int, z: float = Z95) -> tuple[float, float]:
    """The Wilson score interval of a share, 0–1, without continuity correction (Wilson 1927); `rows` > 0."""
    share = hits / rows
    centre = share + z * z / (2 * rows)
    half = z * sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows))
    scale = 1 + z * z / rows
    # At 0 and 1 the bound is exact; floating point would leave a crumb.
    low = 0.0 if hits == 0 else (centre - half) / scale
    high = 1.0 if hits == rows else (centre + half) / scale
    return low, high


def shares_differ(hits: int, rows: int, hits_before: int, rows_before: int) -> bool:
    """Whether two shares differ at 95 %: the pooled two-proportion z-test.

    Where fewer than five hits or misses are expected in either group the test is too bold, and the shares differ
    only when their Wilson intervals stand apart.
    """
    if not rows or not rows_before:
        return False
    pooled = (hits + hits_before) / (rows + rows_before)
    if min(pooled, 1 - pooled) * min(rows, rows_before) < _FEWEST_EXPECTED:
        low, high = wilson(hits, rows)
        low_before, high_before = wilson(hits_before, rows_before)
        return low > high_before or high < low_before
    deviation = sqrt(pooled * (1 - pooled) * (1 / rows + 1 / rows_before))
    return abs(hits / rows - hits_before / rows_before) > Z95 * deviation


def counts_differ(count: int, before: int) -> bool:
    """Whether two counts of equally long windows differ at 95 %.

    Given their sum, either is a fair coin's share of it if nothing has changed; they differ when the Wilson interval
    of that share leaves out one half.
    """
    if count + before == 0:
        return False
    low, high = wilson(count, count + before)
    return not low <= 0.5 <= high


def means_differ(
    mean: float, deviation: float, rows: int, mean_before: float, deviation_before: float, rows_before: int
) -> bool:
    """Whether two means differ at 95 % (Welch's statistic against the normal curve); False on fewer than 20 rows."""
    if min(rows, rows_before) < 20:
        return False
    error = sqrt(deviation**2 / rows + deviation_before**2 / rows_before)
    return abs(mean - mean_before) > Z95 * error
