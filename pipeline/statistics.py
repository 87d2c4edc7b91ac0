"""The few formulas behind intervals, tests and rounding. Thin on purpose; checked against scipy in the tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import sqrt
from statistics import NormalDist

Z95 = NormalDist().inv_cdf(0.975)
_FEWEST_EXPECTED = 5
_LIMITS_PER_RANGE, _RANGE_LIMIT = 2.66, 3.267  # of the XmR chart, see there
_RUN, _SETTLED_POINTS, _DECIMALS = 7, 12, 9


def round_half_up(numerator: float, denominator: float, decimals: int) -> float:
    """`numerator / denominator` rounded half up (away from zero), decided exactly.

    What has decimals counts as it is written, so binary fractions never decide a tie: the value is the one a reader
    gets with pen and paper. Raises ZeroDivisionError when the denominator is 0.
    """
    exact = abs(_as_written(numerator) / _as_written(denominator))
    scale = 10**decimals
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    whole = (2 * exact.numerator * scale + exact.denominator) // (2 * exact.denominator)
    return sign * whole / scale


def _as_written(number: float) -> Fraction:
    return Fraction(number) if isinstance(number, int) else Fraction(repr(float(number)))


def wilson(hits: float, rows: float, z: float = Z95) -> tuple[float, float]:
    """The Wilson score interval of a share, 0–1, without continuity correction (Wilson 1927); `rows` > 0."""
    share = hits / rows
    centre = share + z * z / (2 * rows)
    half = z * sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows))
    scale = 1 + z * z / rows
    # At 0 and 1 the bound is exact; floating point would leave a crumb.
    low = 0.0 if hits == 0 else (centre - half) / scale
    high = 1.0 if hits == rows else (centre + half) / scale
    return low, high


def wilson_of_finite(hits: float, rows: float, population: int) -> tuple[float, float]:
    """As `wilson`, of rows drawn without replacement from `population`: the more of it, the narrower.

    The rows count as n (N − 1) / (N − n), which gives the share's variance its finite population correction (Cochran,
    Sampling Techniques, 2.6). A sample of everybody has no uncertainty left.
    """
    if population <= rows:
        return hits / rows, hits / rows
    effective = rows * (population - 1) / (population - rows)
    return wilson(effective if hits == rows else hits / rows * effective, effective)


def shares_differ(hits: float, rows: float, hits_before: float, rows_before: float) -> bool:
    """Whether two shares differ at 95 %: the pooled two-proportion z-test.

    Where fewer than five hits or misses are expected in either group the test is too bold, and the shares differ
    only when their Wilson intervals stand apart.
    """
    if not rows or not rows_before or hits > rows or hits_before > rows_before:
        return False  # nothing to compare, or a ratio that is no part of a whole
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
    mean: float, deviation: float, rows: float, mean_before: float, deviation_before: float, rows_before: float
) -> bool:
    """Whether two means differ at 95 % (Welch's statistic against the normal curve); False on fewer than 20 rows."""
    if min(rows, rows_before) < 20:
        return False
    error = sqrt(deviation**2 / rows + deviation_before**2 / rows_before)
    return abs(mean - mean_before) > Z95 * error


def kaplan_meier_median(days: Sequence[tuple[int, int, int]]) -> int | None:
    """The first day by which half or fewer remain (Kaplan and Meier 1958); None when more remain to the last.

    `days`, in rising order: the day, how many ended on it, and how many were observed to it (ended or still running).
    Decided in whole numbers: the product of (at risk − ended) / at risk is held against one half exactly.
    """
    remaining, of = 1, 1
    at_risk = sum(observed for _, _, observed in days)
    for day, ended, observed in days:
        remaining, of = remaining * (at_risk - ended), of * at_risk
        if 2 * remaining <= of:
            return day
        at_risk -= observed
    return None


def life_table(counted: Sequence[tuple[int, int]]) -> list[float]:
    """The share that is still running at the end of each band of days, of rows that were followed for different times.

    `counted`: how many ended in a band, and how many were followed no further than it. Kaplan and Meier's estimate with
    days in bands: who is followed no further counts as half (Cutler and Ederer 1958).
    """
    left, at_risk, found = 1.0, float(sum(ended + running for ended, running in counted)), []
    for ended, running in counted:
        followed = at_risk - running / 2
        left *= 1 - ended / followed if followed > 0 else 1.0
        at_risk -= ended + running
        found.append(left)
    return found


def agreeing_pairs(items: Iterable[Mapping[str, int]]) -> tuple[int, int]:
    """How many pairs of answers to the same item agree, and how many pairs there are.

    An item is its different answers, each with the number of raters who gave it.
    """
    agreeing = pairs = 0
    for answers in items:
        pairs += _pairs(sum(answers.values()))
        agreeing += sum(map(_pairs, answers.values()))
    return agreeing, pairs


def nominal_alpha(items: Iterable[Mapping[str, int]]) -> Fraction | None:
    """Krippendorff's alpha for nominal answers: 1 − observed disagreement / that which chance would give, exactly.

    Items as in `agreeing_pairs`; those with a single answer say nothing. None where nothing can be compared, or all
    answers are one and the same. Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).
    """
    observed, totals = Fraction(0), Counter[str]()
    for answers in items:
        raters = sum(answers.values())
        if raters > 1:
            observed += Fraction(raters**2 - sum(number**2 for number in answers.values()), raters - 1)
            totals.update(answers)
    answered = totals.total()
    by_chance = answered**2 - sum(number**2 for number in totals.values())
    return 1 - (answered - 1) * observed / by_chance if by_chance else None


def _pairs(number: int) -> int:
    return number * (number - 1) // 2


class Signal(StrEnum):
    """Why a point of a series is more than chance."""

    OUTSIDE = "outside"  # beyond a limit
    RUN = "run"  # one of seven or more in a row on one side of the mean
    TWO_OF_THREE = "two of three"  # one of two in three beyond two sigma on one side


@dataclass(frozen=True)
class Xmr:
    """A series' mean, the limits of what chance does to it, and each point's signals (as many as there are points).

    `is_trial`: on fewer than twelve points the limits are not settled yet.
    """

    mean: float
    low: float
    high: float
    signals: tuple[frozenset[Signal], ...]
    is_trial: bool


def xmr(values: Sequence[float | None]) -> Xmr | None:
    """The XmR chart of a series in its order of time; None where no two points stand next to each other.

    Limits: mean ± 2.66 × mean moving range, in which ranges above 3.267 times their mean are left out once (Wheeler,
    Understanding Variation; NHS England, Making Data Count). A point that is missing (None) breaks a range and a run.
    """
    ranges = [abs(after - before) for before, after in pairwise(values) if before is not None and after is not None]
    if not ranges:
        return None
    given = [value for value in values if value is not None]
    mean, usual = sum(given) / len(given), sum(ranges) / len(ranges)
    kept = [moved for moved in ranges if moved <= _RANGE_LIMIT * usual]
    reach = _LIMITS_PER_RANGE * sum(kept) / len(kept)
    found: list[set[Signal]] = [set() for _ in values]
    for side in (1, -1):
        # Rounded, so that a point on the mean or on a limit is not beyond it by a crumb of the computer's arithmetic.
        away = [None if value is None else round(side * (value - mean), _DECIMALS) for value in values]
        _mark_outside(found, away, round(reach, _DECIMALS))
        _mark_runs(found, away)
        _mark_two_of_three(found, away, round(2 * reach / 3, _DECIMALS))
    is_trial = len(given) < _SETTLED_POINTS
    return Xmr(mean, mean - reach, mean + reach, tuple(frozenset(one) for one in found), is_trial)


def _mark_outside(found: list[set[Signal]], away: Sequence[float | None], reach: float) -> None:
    for at, distance in enumerate(away):
        if distance is not None and distance > reach:
            found[at].add(Signal.OUTSIDE)


def _mark_runs(found: list[set[Signal]], away: Sequence[float | None]) -> None:
    start = 0
    for at in range(len(away) + 1):
        distance = away[at] if at < len(away) else None
        if distance is None or distance <= 0:
            if at - start >= _RUN:
                for one in range(start, at):
                    found[one].add(Signal.RUN)
            start = at + 1


def _mark_two_of_three(found: list[set[Signal]], away: Sequence[float | None], two_sigma: float) -> None:
    for at in range(len(away) - 2):
        three = away[at : at + 3]
        beyond = [at + place for place, distance in enumerate(three) if distance is not None and distance > two_sigma]
        if len(beyond) >= 2 and None not in three:
            for one in beyond:
                found[one].add(Signal.TWO_OF_THREE)
