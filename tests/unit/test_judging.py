"""Targets, status words and changes, at their edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.config import Target
from pipeline.judging import judge
from pipeline.model import Direction, Figure, Figures, Key, Metric, Statistic, Status
from tests.unit.builders import config, count, figures, in_window, key, mean, metric, share

ANCHOR = {"anchor": metric("anchor")}


def _judge(metric_: Metric, *items: Figure, targets: tuple[Target, ...] = ()) -> Figures:
    return judge(figures(*items), ANCHOR | {metric_.metric_id: metric_}, config(targets=targets))


def _status(metric_: Metric, figure: Figure, *targets: Target) -> Status | None:
    return _judge(metric_, figure, targets=targets).figures[figure.key].status


@pytest.mark.parametrize(
    ("hits", "status"),
    [(900, Status.MET), (899, Status.NEAR), (850, Status.NEAR), (849, Status.NOT_MET), (1000, Status.MET)],
)
def test_nearly_met_is_within_five_percentage_points(hits: int, status: Status) -> None:
    assert _status(metric(), share(key(), hits, 1000), Target(metric="share", value=90)) is status


@pytest.mark.parametrize(
    ("hits", "status"), [(100, Status.MET), (101, Status.NEAR), (150, Status.NEAR), (151, Status.NOT_MET)]
)
def test_lower_is_better_turns_it_around(hits: int, status: Status) -> None:
    assert _status(metric(better="lower"), share(key(), hits, 1000), Target(metric="share", value=10)) is status


def test_a_rounded_share_does_not_reach_a_target_that_its_rows_do_not() -> None:
    rows = 10_000_000
    figure = share(key(), 9 * rows // 10 - 1, rows)
    assert figure.value == 0.9
    assert _status(metric(), figure, Target(metric="share", value=90)) is Status.NEAR


def test_what_the_law_demands_is_never_nearly_met() -> None:
    assert (
        _status(metric(demanded_by_law=True), share(key(), 99, 100), Target(metric="share", value=100))
        is Status.NOT_MET
    )


@pytest.mark.parametrize(("value", "status"), [(100.0, Status.MET), (105.0, Status.NEAR), (105.01, Status.NOT_MET)])
def test_other_targets_are_near_within_five_per_cent(value: float, status: Status) -> None:
    days = metric(better="lower", statistics=(Statistic.MEAN,))
    figure = mean(key(statistic=Statistic.MEAN), value, 50)
    assert _status(days, figure, Target(metric="share", value=100)) is status


def test_no_target_and_no_data_have_words_of_their_own() -> None:
    assert _status(metric(), share(key(), 1, 2)) is Status.NO_TARGET
    assert _status(metric(), share(key(), 0, 0), Target(metric="share", value=90)) is Status.NO_DATA
    assert _status(metric(statistics=(Statistic.COUNT,)), count(key(statistic=Statistic.COUNT), 0)) is Status.NO_TARGET


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "holds"),
    [
        (date(2026, 8, 31), None, True),
        (date(2026, 9, 1), None, False),
        (None, date(2026, 8, 31), True),
        (None, date(2026, 8, 30), False),
    ],
)
def test_a_target_holds_on_the_windows_last_day(valid_from: date | None, valid_to: date | None, holds: bool) -> None:
    target = Target(metric="share", value=90, valid_from=valid_from, valid_to=valid_to)
    assert (_status(metric(), share(key(), 9, 10), target) is Status.MET) is holds


def test_the_most_particular_target_counts_and_is_stored_as_a_share() -> None:
    targets = (
        Target(metric="share", value=90),
        Target(metric="share", value=80, area="barn och unga"),
        Target(metric="share", value=70.1, unit="Enhet A"),
    )
    where: list[Key] = [key(), key(category="Barn och unga"), key(category="Vuxna"), key(level=3, org="Enhet A")]
    judged = _judge(metric(), *(share(k, 1, 2) for k in where), targets=targets).figures
    assert [judged[k].target for k in where] == [0.9, 0.8, 0.9, 0.701]


def test_the_goal_tree_goes_before_the_configuration() -> None:
    figure, other = share(key(), 85, 100), share(key(window="tertial"), 85, 100)
    of_tree = Target(metric="share", value=80, valid_to=figure.as_of)

    judged = judge(figures(figure), ANCHOR | {"share": metric()}, config(targets=(Target(metric="share", value=90),)),
                   [of_tree])  # fmt: skip
    assert judged.figures[figure.key].target == 0.8
    assert judged.figures[figure.key].status is Status.MET

    ended = of_tree.model_copy(update={"valid_to": date(2025, 12, 31)})
    judged = judge(figures(other), ANCHOR | {"share": metric()}, config(targets=(Target(metric="share", value=90),)),
                   [ended])  # fmt: skip
    assert judged.figures[other.key].target == 0.9


def test_a_target_of_a_category_stands_on_that_category_alone() -> None:
    asked = metric(headline_by="question", breakdowns=("area", "question"))
    one = share(key(breakdown="question", category="Enkät: Trygg?"), 8, 10)
    other = share(key(breakdown="question", category="Enkät: Nöjd?"), 8, 10)
    total = share(key(), 16, 20)
    target = Target(metric="share", value=90, category="enkät: trygg?")

    judged = _judge(asked, one, other, total, targets=(target,)).figures

    assert [judged[figure.key].target for figure in (one, other, total)] == [0.9, None, None]


@pytest.mark.parametrize(
    ("better", "status"), [("lower", Status.NOT_MET), ("higher", Status.MET), ("", Status.NO_TARGET)]
)
def test_a_metric_without_direction_is_judged_by_its_targets(better: str, status: Status) -> None:
    target = Target(metric="share", value=10, better=better)

    judged = _judge(metric(better=""), share(key(), 50, 100), targets=(target,)).figures[key()]

    assert (judged.status, judged.better) == (status, better)


def test_a_target_stands_only_on_its_own_statistic() -> None:
    both = metric(statistics=(Statistic.MEAN, Statistic.MEDIAN), better="lower")
    items = [mean(key(statistic=s), 90.0, 50) for s in both.statistics]
    judged = _judge(both, *items, targets=(Target(metric="share", value=100),)).figures
    assert [judged[item.key].status for item in items] == [Status.MET, Status.NO_TARGET]


def _direction(metric_: Metric, now: Figure, before: Figure) -> Direction:
    judged = _judge(metric_, now, in_window(before, "ytd_last_year"))
    return judged.changes[now.key][0].direction


def test_a_change_is_named_only_when_it_is_certain() -> None:
    assert _direction(metric(), share(key(), 80, 100), share(key(), 75, 100)) is Direction.NOT_CERTAIN
    assert _direction(metric(), share(key(), 80, 100), share(key(), 50, 100)) is Direction.BETTER
    assert _direction(metric(better="lower"), share(key(), 80, 100), share(key(), 50, 100)) is Direction.WORSE
    assert _direction(metric(better=""), share(key(), 80, 100), share(key(), 50, 100)) is Direction.HIGHER
    assert _direction(metric(), share(key(), 0, 0), share(key(), 50, 100)) is Direction.NOT_COMPARABLE


def test_the_change_of_a_count_is_the_computed_one() -> None:
    where = key(statistic=Statistic.COUNT)
    counts = metric(statistics=(Statistic.COUNT,), better="")
    change = _judge(counts, count(where, 1400), in_window(count(where, 1178), "ytd_last_year")).changes[where][0]
    assert change.relative is not None
    assert round(change.relative * 100, 1) == 18.8
    assert change.direction is Direction.HIGHER


def test_the_change_of_a_mean_needs_its_spread() -> None:
    where = key(statistic=Statistic.MEAN)
    days = metric(statistics=(Statistic.MEAN,), better="lower")
    before = mean(where, 137.0, 200, deviation=30.0)
    assert _direction(days, mean(where, 97.0, 200, deviation=30.0), before) is Direction.BETTER
    assert _direction(days, mean(where, 97.0, 200), before) is Direction.NOT_CERTAIN


def test_stocks_are_held_against_last_year_and_the_last_tertial() -> None:
    where = key(window="stock")
    stock = metric(flow=False)
    now = share(where, 10, 100)
    judged = _judge(stock, now, in_window(now, "stock_last_year"), in_window(now, "stock_last_tertial"))
    assert [change.since.series for change in judged.changes[where]] == ["last_year", "last_tertial"]


@pytest.mark.parametrize(("delivered", "direction"), [(30, Direction.NOT_COMPARABLE), (31, Direction.WORSE)])
def test_a_window_that_the_delivery_does_not_reach_the_end_of_is_not_compared(
    delivered: int, direction: Direction
) -> None:
    now, before = share(key(), 50, 100), in_window(share(key(), 80, 100), "ytd_last_year")
    known = replace(figures(now, before), known_to={"share": date(2026, 8, delivered)})
    judged = judge(known, ANCHOR | {"share": metric()}, config())
    assert judged.changes[key()][0].direction is direction


def test_a_trend_ends_where_the_delivery_does() -> None:
    months = [in_window(share(key(), 1, 2), f"month_2026_0{month}") for month in (6, 7, 8)]
    known = replace(figures(*months), known_to={"share": date(2026, 7, 31)})
    assert [window.window_id for window, _ in known.trend(metric())] == ["month_2026_06", "month_2026_07"]


@pytest.mark.parametrize(
    ("first", "of_count", "of_share", "of_survey"),
    [
        (date(2024, 11, 2), Direction.HIGHER, Direction.BETTER, Direction.BETTER),
        (date(2024, 11, 3), Direction.HIGHER, Direction.NOT_COMPARABLE, Direction.BETTER),  # only short cases are there
        (date(2025, 2, 1), Direction.HIGHER, Direction.NOT_COMPARABLE, Direction.BETTER),
        (date(2025, 2, 2), Direction.NOT_COMPARABLE, Direction.NOT_COMPARABLE, Direction.BETTER),
        (date(2025, 8, 31), Direction.NOT_COMPARABLE, Direction.NOT_COMPARABLE, Direction.BETTER),
        (date(2025, 9, 1), Direction.NOT_COMPARABLE, Direction.NOT_COMPARABLE, Direction.NOT_COMPARABLE),
    ],
)
def test_what_was_before_the_extract_begins_is_unknown(
    first: date, of_count: Direction, of_share: Direction, of_survey: Direction
) -> None:
    """Against January to August 2025: a count wants all of it, cases also what had begun 60 days before."""
    definitions = {
        "count": metric("count", statistics=(Statistic.COUNT,), better="", needs={"referrals": ()}),
        "share": metric(needs={"investigations": ()}),
        "survey": metric("survey", needs={"surveys": ()}),
    }
    now = (
        count(key("count", statistic=Statistic.COUNT), 100),
        share(key(), 90, 100),
        share(key("survey"), 90, 100),
    )
    before = (
        count(key("count", statistic=Statistic.COUNT), 10),
        share(key(), 40, 100),
        share(key("survey"), 40, 100),
    )
    every = figures(*now, *(in_window(figure, "ytd_last_year") for figure in before))
    known = replace(every, known_from=dict.fromkeys(definitions, first))

    changes = judge(known, ANCHOR | definitions, config()).changes

    assert [changes[figure.key][0].direction for figure in now] == [of_count, of_share, of_survey]


def test_a_referral_is_compared_with_whole_windows_only() -> None:
    of_referrals = metric(needs={"referrals": ()})
    now, before = share(key(), 90, 100), in_window(share(key(), 40, 100), "ytd_last_year")
    found = []
    for first in (date(2025, 2, 1), date(2025, 2, 2)):
        known = replace(figures(now, before), known_from={"share": first})
        found.append(judge(known, ANCHOR | {"share": of_referrals}, config()).changes[key()][0].direction)
    assert found == [Direction.BETTER, Direction.NOT_COMPARABLE]


@pytest.mark.parametrize(("today", "status"), [(30, Status.NOT_YET), (31, Status.MET)])
def test_a_window_that_is_not_over_has_no_status_yet(today: int, status: Status) -> None:
    target = Target(metric="share", value=10)
    judged = judge(
        figures(share(key(), 50, 100)),
        ANCHOR | {"share": metric()},
        config(targets=(target,)),
        (),
        date(2026, 8, today),
    )
    assert judged.figures[key()].status is status
    assert judged.figures[key()].target == 0.1


def test_a_target_of_a_count_is_the_whole_committees() -> None:
    counted = metric("count", statistics=(Statistic.COUNT,), breakdowns=("area", "gender"))
    of_all, of_unit, of_area = (
        count(key("count", statistic=Statistic.COUNT), 60),
        count(key("count", level=3, org="Norr", statistic=Statistic.COUNT), 20),
        count(key("count", category="Barn", statistic=Statistic.COUNT), 30),
    )
    general = Target(metric="count", value=50)
    own = Target(metric="count", value=15, unit="norr")

    alone = _judge(counted, of_all, of_unit, of_area, targets=(general,)).figures
    assert [alone[one.key].target for one in (of_all, of_unit, of_area)] == [50, None, None]
    both = _judge(counted, of_all, of_unit, of_area, targets=(general, own)).figures
    assert [both[one.key].target for one in (of_all, of_unit, of_area)] == [50, 15, None]


def test_a_mean_is_judged_before_it_is_rounded() -> None:
    days = metric(better="lower", statistics=(Statistic.MEAN,), demanded_by_law=True)
    figure = replace(mean(key(statistic=Statistic.MEAN), 45.0, 250), exact=45.004)
    assert _status(days, figure, Target(metric="share", value=45)) is Status.NOT_MET
