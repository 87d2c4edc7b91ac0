"""Bands of days: none that is small can be found, by nothing that is shown of the same rows; what may be is joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from random import Random

import pytest

from pipeline.config import Disclosure
from pipeline.disclosure import PublicFigures, protect
from pipeline.model import Figure, Key, Metric, Statistic, spreads
from pipeline.model.revisions import PublishedFigure
from tests.unit import builders
from tests.unit.builders import WINDOWS, config, key, mean, metric, share
from tests.unit.disclosure.tables import ANCHOR, published

NEEDS = {"investigations": ("closed",)}
DAYS = metric(
    "days", statistics=(Statistic.MEAN,), needs=NEEDS, headline_by="area", bands=(30, 60, 90, 120, 180), bands_limit=120
)
WITHIN = metric("within", needs=NEEDS)
METRICS: dict[str, Metric] = ANCHOR | {"days": DAYS, "within": WITHIN}
AREA = "barn"
MANY = 9  # of a band whose whole is not known
LIMIT = 4  # the bands before it are within 120 days


def banded(numbers: Sequence[int], window: str = "ytd", protected: Sequence[int] = ()) -> list[Figure]:
    names = spreads.categories(DAYS, Statistic.BY_DAYS, AREA)
    return [
        Figure(
            Key("days", Statistic.BY_DAYS, window, 1, builders.COMMITTEE, "area_days", name),
            WINDOWS[window].ends, denominator=number, value=number, protected=flagged,
        )
        for name, number, flagged in zip(names, numbers, protected or [0] * len(numbers), strict=True)
    ]  # fmt: skip


def wholes(numbers: Sequence[int], *, with_limit: bool = True) -> list[Figure]:
    """The area's own figures of the same rows."""
    rows = sum(numbers)
    found = [mean(key("days", category=AREA, statistic=Statistic.MEAN), 70.0, rows)]
    if with_limit:
        hits = sum(numbers[:LIMIT])
        found += [share(key("within", category=AREA), hits, rows), share(key("within"), hits, rows)]
    return found


def protected(
    whole: Iterable[Figure],
    bands: Iterable[Figure],
    earlier: Iterable[PublishedFigure] = (),
    rule: Disclosure | None = None,
) -> PublicFigures:
    internal = replace(builders.figures(*whole), spreads={one.key: one for one in bands})
    return protect(internal, METRICS, config(disclosure=rule or Disclosure()), earlier)


def shown(public: PublicFigures) -> list[float | None]:
    return [one.denominator for one in public.spread(DAYS, Statistic.BY_DAYS, "ytd", AREA)]


def joined(public: PublicFigures) -> dict[str, float | None]:
    names = spreads.categories(DAYS, Statistic.BY_DAYS, AREA)
    return {k.category: one.denominator for k, one in public.spreads.items() if k.category not in names}


def test_large_bands_are_shown_as_they_are() -> None:
    numbers = [5, 12, 18, 25, 10, 0]
    assert shown(protected(wholes(numbers), banded(numbers))) == numbers


def test_a_small_band_and_the_one_beside_it_are_hidden_and_told_as_one() -> None:
    numbers = [5, 12, 18, 25, 10, 1]
    public = protected(wholes(numbers), banded(numbers))
    assert shown(public) == [5, 12, 18, 25, None, None]
    assert joined(public) == {"barn × över 120": 11}


def test_a_limit_told_elsewhere_binds_the_bands_before_it() -> None:
    numbers = [3, 12, 18, 25, 6, 6]
    # Hiding a band beyond the limit would not help: those within it are told by the share.
    assert shown(protected(wholes(numbers), banded(numbers))) == [None, None, 18, 25, 6, 6]
    numbers = [20, 12, 18, 3, 20, 6]
    assert shown(protected(wholes(numbers), banded(numbers)))[LIMIT:] == [20, 6]


def test_hidden_bands_that_are_small_together_are_not_told_as_one() -> None:
    numbers = [20, 15, 12, 9, 2, 1]
    assert joined(protected(wholes(numbers), banded(numbers))) == {}


def test_hidden_bands_apart_are_not_told_as_one() -> None:
    numbers = [3, 15, 12, 9, 8, 3]
    public = protected(wholes(numbers, with_limit=False), banded(numbers))
    assert [at for at, number in enumerate(shown(public)) if number is None] == [0, 5]
    assert joined(public) == {}


def test_more_are_demanded_where_somebody_is_protected() -> None:
    numbers, one = [20, 15, 12, 9, 7, 2], [0, 0, 0, 0, 1, 0]
    public = protected(wholes(numbers), banded(numbers, protected=one))
    assert shown(public)[LIMIT:] == [None, None]
    assert joined(public) == {}
    assert joined(protected(wholes(numbers), banded(numbers))) == {"barn × över 120": 9}


def test_what_two_windows_leave_of_each_other_is_not_told() -> None:
    before, small = [6, 15, 12, 9, 20, 6], [8, 2, 9, 9, 9, 9]
    so_far = [one + other for one, other in zip(before, small, strict=True)]
    told = [published(one, date(2026, 1, 1), date(2026, 4, 30)) for one in banded(before)]
    of_tertial = [one for one in banded(small, "tertial") if (one.denominator or 0) < 5]
    alone = protected(wholes(so_far), [*banded(so_far), *of_tertial])
    assert None not in shown(alone)
    assert shown(protected(wholes(so_far), [*banded(so_far), *of_tertial], told))[1] is None


def test_what_an_earlier_report_hid_stays_hidden() -> None:
    numbers = [5, 12, 18, 25, 10, 6]
    before = [*numbers[:5], 1]
    days = WINDOWS["ytd"]
    was = [
        published(replace(one, suppressed=(one.denominator or 0) in (1, 10)), days.starts, days.ends)
        for one in banded(before)
    ]
    assert shown(protected(wholes(before), banded(before), was))[4:] == [None, None]


def ways(told: Sequence[float | None], total: float | None) -> Iterator[tuple[float, ...]]:
    """Every way to fill in what is hidden, so that it adds up to a total that is known."""
    if not told:
        yield from [()] if total in (0, None) else []
        return
    first, rest = told[0], told[1:]
    most = MANY if total is None else int(total)
    for number in range(most + 1) if first is None else [first]:
        if number <= most:
            for others in ways(rest, None if total is None else total - number):
                yield (number, *others)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("rule", [Disclosure(), Disclosure(rule="strict")], ids=["default", "strict"])
def test_nobody_finds_a_small_band_by_trying_every_number(seed: int, rule: Disclosure) -> None:
    random = Random(seed)
    numbers = [random.choice((0, 0, 1, 2, 3, 4, 5, 6, 8, 11)) for _ in range(6)]
    with_limit = seed % 3 > 0
    public = protected(wholes(numbers, with_limit=with_limit), banded(numbers), rule=rule)
    figures = public.figures
    told = shown(public)
    rows = figures[key("days", category=AREA, statistic=Statistic.MEAN)].denominator
    limit = figures.get(key("within"))
    hits = limit.numerator if limit and not limit.suppressed else None
    rows = limit.denominator if limit and not limit.suppressed else rows
    parts = [told] if hits is None else [told[:LIMIT], told[LIMIT:]]
    sums = [rows] if hits is None else [hits, (rows or 0) - hits]
    possible = [
        sum(one, ()) for one in product(*(list(ways(part, total)) for part, total in zip(parts, sums, strict=True)))
    ]
    assert tuple(numbers) in possible
    for at, number in enumerate(numbers):
        if 0 < number < 5:
            assert told[at] is None
            assert len({one[at] for one in possible}) > 1
