"""The statistics of the catalogue by their textbook definitions, in exact arithmetic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from itertools import combinations

from .cases import Answer, Duration, Number

Z = Decimal("1.959963984540054235524594430520551527955")  # the normal distribution's 97.5 % point
PRECISION = 60

Interval = tuple[Decimal, Decimal]


def rounded(value: Number, decimals: int) -> Decimal:
    """Half up (away from zero, as rounding by hand does it), exactly."""
    value = Fraction(value)
    units, rest = divmod(abs(value.numerator) * 10**decimals, value.denominator)
    units += 2 * rest >= value.denominator
    return Decimal(units if value >= 0 else -units).scaleb(-decimals)


def mean(values: Iterable[tuple[Number, Number]]) -> Fraction | None:
    """The mean of values with weights."""
    pairs = list(values)
    weight = Fraction(sum(weight for _, weight in pairs))
    return sum(Fraction(value) * weight for value, weight in pairs) / weight if weight else None


def quantile(percent: int, values: Iterable[Number]) -> Fraction | None:
    """With linear interpolation."""
    values = sorted(values)
    if not values:
        return None
    place = Fraction(percent, 100) * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return Fraction(values[below] + (place - below) * (values[above] - values[below]))


def wilson(hits: Number, n: Number, worth: Fraction | None = None) -> Interval:
    """The 95 % Wilson interval of a share, with 6 decimals; `worth`: how many rows the n are worth, if not n."""
    with localcontext() as context:
        context.prec = PRECISION
        share, size, z2 = _decimal(Fraction(hits) / Fraction(n)), _decimal(Fraction(worth or n)), Z * Z
        middle = (share + z2 / (2 * size)) / (1 + z2 / size)
        half = Z / (1 + z2 / size) * (share * (1 - share) / size + z2 / (4 * size * size)).sqrt()
        low, high = (
            max(Decimal(0), min(Decimal(1), bound)).quantize(Decimal("0.000001"), ROUND_HALF_UP)
            for bound in (middle - half, middle + half)
        )
    return low, high


def wilson_of_a_sample(hits: Number, n: Number, population: int) -> Interval:
    """The Wilson interval with n* = n (N − 1) / (N − n) in place of n; who asked all knows the share itself."""
    if population <= n:
        share = rounded(Fraction(hits) / Fraction(n), 6)
        return share, share
    return wilson(hits, n, Fraction(n) * (population - 1) / (population - Fraction(n)))


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def kaplan_meier_median(durations: Sequence[Duration]) -> int | None:
    """The smallest time t at which at most half are left: S(t) = the product of 1 − ended / at risk up to t.

    Who is censored at t is still at risk at t.
    """
    left = Fraction(1)
    for time in sorted({days for days, is_over in durations if is_over}):
        ended = sum(is_over and days == time for days, is_over in durations)
        at_risk = sum(days >= time for days, _ in durations)
        left *= 1 - Fraction(ended, at_risk)
        if left <= Fraction(1, 2):
            return time
    return None


def krippendorffs_alpha(items: Iterable[Sequence[Hashable]]) -> Fraction | None:
    """Alpha of nominal answers, an item's in each sequence; none when nothing can be compared or all are alike.

    From the coincidence matrix: each ordered pair of answers within an item of m counts 1 / (m − 1).
    """
    matrix: dict[tuple[Hashable, Hashable], Fraction] = defaultdict(Fraction)
    for answers in items:
        for i, one in enumerate(answers):
            for j, other in enumerate(answers):
                if i != j:
                    matrix[one, other] += Fraction(1, len(answers) - 1)
    margin: Counter[Hashable] = Counter()
    for (one, _), weight in matrix.items():
        margin[one] += weight  # type: ignore[assignment]
    n = sum(margin.values(), Fraction(0))
    observed = sum((weight for (one, other), weight in matrix.items() if one != other), Fraction(0))
    expected = sum(margin[one] * margin[other] for one in margin for other in margin if one != other)
    return 1 - (n - 1) * observed / expected if expected else None


def by_item(answers: Iterable[Answer]) -> list[list[Answer]]:
    """The answers of each item."""
    items: dict[tuple[str, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        items[answer.item].append(answer)
    return list(items.values())


def agreeing_pairs(items: Iterable[Iterable[Answer]]) -> tuple[int, int]:
    """Pairs of answers to the same item by different raters: those that agree, and all."""
    pairs = [
        one.text == other.text
        for answers in items
        for one, other in combinations(answers, 2)
        if one.rater != other.rater
    ]
    return sum(pairs), len(pairs)
