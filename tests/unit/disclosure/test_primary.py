"""Which rows are too small to be shown, whatever else is: 1–4 hidden, 0 and 5 shown, and what has limits of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import Figure, Key, Statistic
from tests.unit.builders import WINDOWS, count, key, mean, metric, share
from tests.unit.disclosure.tables import (
    ANCHOR,
    hidden,
    protected,
)


@pytest.mark.parametrize(("rows", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
@pytest.mark.parametrize("where", [key(level=2, org="P"), key(level=3, org="A"), key(category="Barn och unga")])
def test_one_to_four_rows_are_hidden_outside_the_committees_total(where: Key, rows: int, hidden: bool) -> None:
    public = protected(share(where, 0, rows)).figures[where]
    assert public.suppressed is hidden
    if hidden:
        assert (public.numerator, public.denominator, public.value, public.ci_low, public.status) == (None,) * 5


@pytest.mark.parametrize("rows", [1, 4])
def test_the_committees_own_share_is_always_shown(rows: int) -> None:
    assert protected(share(key(), 1, rows)).figures[key()].denominator == rows


@pytest.mark.parametrize(("number", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_counts_are_hidden_alike(number: int, hidden: bool) -> None:
    where = key(level=3, org="A", statistic=Statistic.COUNT)
    assert protected(count(where, number)).figures[where].suppressed is hidden


@pytest.mark.parametrize("statistic", [Statistic.MEAN, Statistic.MEDIAN, Statistic.P90, Statistic.LONGEST_WAIT])
@pytest.mark.parametrize(("rows", "hidden"), [(0, False), (4, True), (5, False)])
def test_distributions_on_fewer_than_five_are_hidden_on_every_level(statistic: str, rows: int, hidden: bool) -> None:
    where = key(statistic=statistic)
    assert protected(mean(where, 12.5 if rows else None, rows)).figures[where].suppressed is hidden


@pytest.mark.parametrize(
    ("hits", "rows", "hidden"),
    [
        (4, 20, True), (5, 20, False), (16, 20, True), (15, 20, False), (0, 9, True), (9, 9, True), (0, 10, False),
        (10, 10, False), (0, 0, False),
    ],
)  # fmt: skip
def test_the_strict_rule_also_hides_small_parts(hits: int, rows: int, hidden: bool) -> None:
    where = key(level=3, org="A")
    assert protected(share(where, hits, rows), rule="strict").figures[where].suppressed is hidden
    assert not protected(share(key(), hits, rows), rule="strict").figures[key()].suppressed


@pytest.mark.parametrize(
    ("rows", "protected_rows", "is_hidden"), [(9, 1, True), (10, 1, False), (9, 0, False), (0, 0, False)]
)
@pytest.mark.parametrize("where", [key(level=2, org="P"), key(level=3, org="A"), key(category="Barn och unga")])
def test_persons_with_protected_identity_need_a_larger_group(
    where: Key, rows: int, protected_rows: int, is_hidden: bool
) -> None:
    figure = replace(share(where, 0, rows), protected=protected_rows)
    assert protected(figure).figures[where].suppressed is is_hidden


def test_the_committees_own_total_is_shown_with_persons_of_protected_identity_in_it() -> None:
    public = protected(replace(share(key(), 1, 6), protected=2)).figures[key()]
    assert (public.denominator, public.protected) == (6, 0)


@pytest.mark.parametrize(
    ("value", "is_hidden"), [(0, False), (1, True), (4, True), (4.5, False), (2.5, False), (5, False), (-1, False)]
)
def test_delivered_whole_numbers_may_be_of_people(value: float, is_hidden: bool) -> None:
    unit, committee = (key(statistic=Statistic.VALUE, **more) for more in ({"level": 3, "org": "A"}, {}))
    public = protected(*(replace(count(where, 1), value=value) for where in (unit, committee))).figures
    assert public[unit].suppressed is is_hidden
    assert not public[committee].suppressed


@pytest.mark.parametrize(("rows", "is_hidden"), [(9, True), (10, False), (0, False)])
@pytest.mark.parametrize("where", [key(), key(category="Barn och unga"), key(level=3, org="A")])
def test_a_metric_may_be_published_on_many_answers_alone(where: Key, rows: int, is_hidden: bool) -> None:
    metrics = ANCHOR | {"share": metric(fewest=10)}
    assert protected(share(where, 0, rows), metrics=metrics).figures[where].suppressed is is_hidden


def test_measures_of_the_same_rows_are_hidden_together() -> None:
    statistics = (Statistic.MEAN, Statistic.MEDIAN, Statistic.P90)
    metrics = ANCHOR | {"share": metric(statistics=statistics)}
    items = [
        mean(key(level=3, org=org, statistic=of), 9.0, rows) for of in statistics for org, rows in (("A", 4), ("B", 5))
    ]
    assert hidden(*items, metrics=metrics) >= {"mean A", "median A", "p90 A"}


def test_a_breach_of_a_limit_is_readable_under_the_default_rule() -> None:
    where = key(level=3, org="A")
    public = protected(share(where, 1, 20)).figures[where]
    assert (public.numerator, public.denominator) == (1, 20)


def test_what_was_not_measured_is_not_small() -> None:
    where = key(level=3, org="A")
    public = protected(Figure(where, WINDOWS["ytd"].ends)).figures[where]
    assert not public.suppressed
