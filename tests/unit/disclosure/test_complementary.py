"""What is hidden besides the small rows, so that no sum, window, other metric or earlier report tells them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.disclosure import protect
from pipeline.disclosure.tables import lay_out
from pipeline.model import Figure, Statistic
from tests.unit.builders import config, count, figures, in_window, key, mean, metric, share
from tests.unit.disclosure.tables import (
    ANCHOR,
    COUNTED,
    counts,
    hidden,
    place,
    protected,
    published,
    shares,
)


def test_what_stands_beside_a_hidden_figure_is_hidden_with_it_but_not_the_other_way() -> None:
    def cell(org: str, rows: int, persons: int) -> list[Figure]:
        return [
            count(key(level=3, org=org, statistic=Statistic.COUNT), rows),
            count(key(level=3, org=org, statistic=Statistic.PERSONS), persons),
        ]

    metrics = ANCHOR | {"share": metric(statistics=(Statistic.COUNT, Statistic.PERSONS))}
    public = protect(figures(*cell("A", 3, 0), *cell("B", 6, 4), *cell("C", 9, 5)), metrics, config()).figures
    hidden = {(k.org, str(k.statistic)) for k, figure in public.items() if figure.suppressed}
    assert hidden == {("A", "count"), ("A", "persons"), ("B", "persons")}


@pytest.mark.parametrize("rule", ["default", "strict"])
def test_without_small_groups_nothing_is_hidden(rule: str) -> None:
    numbers = {"all": (30, 60), "barn": (10, 20), "vuxen": (20, 40), "annat": (0, 0)}
    assert hidden(*shares(**numbers), rule=rule) == set()
    assert hidden(*counts(all=60, P=40, Q=20, A=15, B=25, C=20), rule=rule) == set()


def test_one_small_category_takes_the_smallest_other_along() -> None:
    assert hidden(*counts(all=66, barn=3, vuxen=57, annat=6)) == {"barn", "annat"}


def test_a_nought_is_the_last_to_be_hidden() -> None:
    assert hidden(*counts(all=66, barn=3, vuxen=57, annat=6, äldre=0)) == {"barn", "annat"}
    assert hidden(*counts(all=63, barn=3, vuxen=60, äldre=0)) == {"barn", "vuxen"}


def test_two_small_ones_hide_each_other() -> None:
    assert hidden(*counts(all=63, barn=3, vuxen=56, annat=4)) == {"barn", "annat"}


def test_a_category_without_name_is_missed_least() -> None:
    assert hidden(*counts(all=65, barn=3, vuxen=50, annat=6, okänt=6)) == {"barn", "okänt"}


def test_a_unit_takes_another_of_its_programme_along() -> None:
    numbers = {"all": 90, "P": 50, "Q": 40, "A": 3, "B": 20, "C": 40, "D": 27}
    programmes = {"A": {"P"}, "B": {"P"}, "D": {"P"}, "C": {"Q"}}
    assert hidden(*counts(**numbers), programmes=programmes) == {"A", "B"}


def test_a_unit_alone_in_its_programme_with_one_of_another_takes_both_programmes() -> None:
    assert hidden(*counts(all=43, P=40, Q=3, A=15, B=25, C=3)) == {"P", "Q", "A", "C"}


def test_units_that_stand_in_two_programmes_are_bound_by_both_together() -> None:
    # 20 of B's 30 are of P: only P and Q together are the sum of the units.
    numbers = {"all": 63, "P": 23, "Q": 40, "A": 3, "B": 30, "C": 30}
    names = hidden(*counts(**numbers), programmes={"A": {"P"}, "B": {"P", "Q"}, "C": {"Q"}})
    assert names in ({"A", "B"}, {"A", "C"})


def test_categories_of_units_are_bound_both_ways() -> None:
    cells = {"A": (3, 20), "B": (15, 30), "C": (25, 40)}
    items = []
    for category, which in (("barn", 0), ("vuxen", 1)):
        items += [
            count(key(level=3, org=org, category=category, statistic=Statistic.COUNT), both[which])
            for org, both in cells.items()
        ]
        items.append(
            count(key(category=category, statistic=Statistic.COUNT), sum(both[which] for both in cells.values()))
        )
    items += counts(all=133, **{org: sum(both) for org, both in cells.items()})
    assert hidden(*items, programmes={org: {"P"} for org in cells}) == {"A barn", "A vuxen", "B barn", "B vuxen"}


def test_the_numerators_and_what_is_left_bind_as_well() -> None:
    names = hidden(*shares(all=(10, 66), barn=(1, 3), vuxen=(8, 57), annat=(1, 6)))
    assert names == {"barn", "annat"}


def test_noughts_and_totals_that_are_shown_are_true() -> None:
    numbers = {"all": 66, "barn": 3, "vuxen": 57, "annat": 6, "äldre": 0}
    public = protected(*counts(**numbers)).figures
    for where, figure in public.items():
        if where.metric == "share":
            assert figure.suppressed or figure.denominator == numbers[where.category or "all"]
    assert public[place("all")].value == 66


def test_no_nought_stands_for_what_is_hidden() -> None:
    where = key(category="barn", statistic=Statistic.COUNT)
    public = protected(*counts(all=66, barn=3, vuxen=63)).figures[where]
    assert (public.numerator, public.denominator, public.value) == (None, None, None)


def test_two_metrics_that_count_the_same_rows_tell_each_other() -> None:
    # The second has no figure of children: all that it shows of the others would tell the first one's.
    cells = {"": (20, 66), "barn": (2, 3), "vuxen": (15, 57), "annat": (3, 6)}
    items = [share(key("days", category=category), hits, rows) for category, (hits, rows) in cells.items()]
    items += [share(key("months", category=of), hits, rows) for of, (hits, rows) in cells.items() if of != "barn"]
    apart = {name: metric(name, needs={name: ()}) for name in ("days", "months")}
    assert hidden(*items, metrics=ANCHOR | apart) == {"days barn", "days annat"}
    together = {name: metric(name, needs={"investigations": ()}) for name in ("days", "months")}
    assert hidden(*items, metrics=ANCHOR | together) == {"days barn", "days annat", "months annat"}


@pytest.mark.parametrize("statistic", [Statistic.COUNT, Statistic.PERSONS])
def test_a_window_holds_no_more_than_the_longer_one(statistic: Statistic) -> None:
    # All 7 and all 20 of the year so far were there in the tertial; among the 7 is one with protected identity.
    metrics = ANCHOR | {"share": metric(statistics=(Statistic.COUNT, Statistic.PERSONS))}
    longer = [count(key(level=3, org=org, statistic=statistic), rows) for org, rows in (("A", 7), ("B", 20))]
    items = [in_window(figure, "tertial") for figure in (*longer, count(key(statistic=statistic), 27))]
    items[0] = replace(items[0], protected=1)
    assert len(hidden(*items, metrics=metrics)) == 2
    assert len(hidden(*items, *longer, metrics=metrics)) == 3


def test_a_window_less_a_shorter_one_is_what_is_between_them() -> None:
    # Twelve months less the year so far are the last tertial of last year.
    def at(window: str, unit: int, other: int) -> list[Figure]:
        return [in_window(figure, window) for figure in counts(all=unit + other, A=unit, B=other)]

    items = [*at("r12", 20, 60), *at("ytd", 17, 40), *at("tertial_2025t3", 3, 20)]
    names = hidden(*items, programmes={"A": {"P"}, "B": {"P"}}, metrics=COUNTED)
    assert {"A tertial_2025t3", "B tertial_2025t3"} <= names
    assert names & {"A", "A r12"}
    assert names & {"B", "B r12"}


def test_months_that_fill_a_window_are_its_sum() -> None:
    months = {"month_2026_05": 3, "month_2026_06": 9, "month_2026_07": 10, "month_2026_08": 11}
    items = [in_window(count(place("A"), rows), window) for window, rows in months.items()]
    items += [in_window(count(place("A"), sum(months.values())), "tertial")]
    items += [in_window(count(place("all"), rows * 5), window) for window, rows in months.items()]
    names = hidden(*items, metrics=COUNTED)
    assert "A month_2026_05" in names
    assert len(names) == 2


def test_a_longest_wait_is_told_by_the_longest_of_all() -> None:
    late = {"": (15, 60), "barn": (3, 20), "vuxen": (6, 20), "annat": (6, 20)}
    items = [share(key(category=category), *both) for category, both in late.items()]
    items += [
        mean(key(category=category, statistic=Statistic.LONGEST_WAIT), 100.0 + hits, hits)
        for category, (hits, _) in late.items()
    ]
    names = hidden(*items, metrics=ANCHOR | {"share": metric(statistics=(Statistic.SHARE, Statistic.LONGEST_WAIT))})
    assert "longest_wait barn" in names
    assert len(names) == 2
    assert all(name.startswith("longest_wait") for name in names)


def test_a_mean_and_its_number_are_protected_as_a_sum() -> None:
    statistic = {"statistic": Statistic.MEAN}
    rows = {"": 33, "barn": 3, "vuxen": 10, "annat": 20}
    items = [mean(key(category=category, **statistic), 5.0, number) for category, number in rows.items()]
    names = hidden(*items)
    assert "mean barn" in names
    assert len(names) == 2


JANUARY, APRIL, AUGUST = date(2026, 1, 1), date(2026, 4, 30), date(2026, 8, 31)


def test_what_an_earlier_report_told_is_not_told_again_with_a_little_more() -> None:
    # 17 until April, 20 until August: 3 in the tertial, which is hidden.
    def unit(rows: int, window: str) -> Figure:
        return in_window(count(place("A"), rows), window)

    items = [unit(20, "ytd"), unit(3, "tertial"), in_window(count(place("all"), 50), "ytd")]
    items += [in_window(count(place("all"), 30), "tertial")]
    assert hidden(*items, metrics=COUNTED) == {"A tertial"}
    earlier = [published(unit(17, "ytd"), JANUARY, APRIL)]
    assert hidden(*items, metrics=COUNTED, earlier=earlier) == {"A tertial", "A"}


def test_what_an_earlier_report_hid_stays_hidden() -> None:
    # 3 until April were hidden then: 23 until August, of which 20 in the tertial, would tell them now.
    def unit(rows: int, window: str) -> Figure:
        return in_window(count(place("A"), rows), window)

    items = [unit(23, "ytd"), unit(20, "tertial"), in_window(count(place("all"), 50), "ytd")]
    items += [in_window(count(place("all"), 30), "tertial")]
    assert hidden(*items, metrics=COUNTED) == set()
    was_hidden = replace(unit(3, "ytd"), suppressed=True)
    assert len(hidden(*items, metrics=COUNTED, earlier=[published(was_hidden, JANUARY, APRIL)])) == 1


@pytest.mark.parametrize(
    ("told", "rows", "together"),
    [
        (186.17, 6, 1117.0),  # 1 117 / 6, rounded
        (2.5, 5, 12.5),  # of what is not counted in whole numbers
        (0.0, 0, 0.0),
    ],
)
def test_an_earlier_mean_tells_the_whole_number_that_it_was_rounded_from(
    told: float, rows: int, together: float
) -> None:
    where = key(level=3, org="A", statistic=Statistic.MEAN)
    metrics = ANCHOR | {"share": metric(statistics=(Statistic.MEAN,))}
    layout = lay_out(figures(), metrics, [published(mean(where, told, rows), JANUARY, APRIL)])
    assert layout.summed[layout.is_earlier].tolist() == [together]


def test_an_earlier_figure_that_is_another_now_binds_nothing() -> None:
    def unit(rows: int, window: str) -> Figure:
        return in_window(count(place("A"), rows), window)

    items = [unit(20, "ytd"), unit(3, "tertial")]
    earlier = [published(unit(19, "ytd"), JANUARY, APRIL), published(unit(5, "ytd"), JANUARY, AUGUST)]
    assert hidden(*items, metrics=COUNTED, earlier=earlier) == {"A tertial"}


def test_an_earlier_report_of_a_metric_that_is_no_more_is_passed_over() -> None:
    gone = count(key("gone", level=3, org="A", statistic=Statistic.COUNT), 9)
    items = counts(all=66, barn=3, vuxen=57, annat=6)
    assert hidden(*items, metrics=COUNTED, earlier=[published(gone, JANUARY, APRIL)]) == {"barn", "annat"}


def test_the_same_is_hidden_every_time_whatever_the_order() -> None:
    items = counts(all=90, P=50, Q=40, A=3, B=20, C=40, D=27, barn=2, vuxen=44, annat=44)
    programmes = {"A": {"P"}, "B": {"P"}, "D": {"P"}, "C": {"Q"}}
    first = hidden(*items, programmes=programmes)
    assert hidden(*items, programmes=programmes) == first


def test_what_an_earlier_report_showed_of_the_same_days_hides_nothing_now() -> None:
    items = counts(all=66, barn=3, vuxen=57, annat=6)
    assert hidden(*items) == {"barn", "annat"}
    earlier = [published(count(place("annat"), 6), JANUARY, AUGUST)]
    assert hidden(*items, earlier=earlier) == {"barn", "vuxen"}


def test_windows_of_the_same_days_are_hidden_alike() -> None:
    # The tertial of the report stands in the trend as well.
    numbers = counts(all=66, barn=3, vuxen=57, annat=6)
    items = [in_window(figure, window) for figure in numbers for window in ("tertial", "tertial_2026t2")]
    windows = ("tertial", "tertial_2026t2")
    assert hidden(*items, metrics=COUNTED) == {f"{name} {of}" for name in ("barn", "annat") for of in windows}


def test_what_does_not_meet_a_target_in_a_window_is_no_more_than_in_the_longer_one() -> None:
    # 2 and 11 in the year so far, 13 together in the tertial: none of them was before it.
    tertial, ytd = {"A": (1, 3), "B": (9, 20)}, {"A": (5, 7), "B": (20, 31)}
    items = [share(key(), 50, 90), in_window(share(key(), 10, 23), "tertial")]
    items += [in_window(share(key(level=3, org=org), *both), "tertial") for org, both in tertial.items()]
    items += [share(key(level=3, org=org), *both) for org, both in ytd.items()]
    names = hidden(*items, metrics=ANCHOR | {"share": metric()})
    assert names > {"A tertial", "B tertial"}


def test_windows_of_the_same_days_are_one_also_when_not_all_of_them_tell_of_units() -> None:
    # Of A the second earlier report told, so that hiding it now hides nobody; the first told of the committee alone.
    items = counts(all=23, A=20, B=3)
    earlier = [
        published(count(place("all"), 23), JANUARY, AUGUST, 1),
        published(count(place("A"), 20), JANUARY, AUGUST, 2),
    ]
    assert hidden(*items) == {"A", "B"}
    assert hidden(*items, metrics=COUNTED, earlier=earlier) == {"B"}


def test_a_unit_of_two_programmes_tells_of_no_more_than_both_hold() -> None:
    # All of C, which stands in both, and of B in Q alone are shown as none: so what P has is A's, whatever Q hides.
    programmes = {"A": {"P"}, "B": {"Q"}, "C": {"P", "Q"}}
    items = counts(all=40, P=3, Q=37, A=3, B=30, C=7)
    found = hidden(*items, programmes=programmes)
    assert {"P", "A"} <= found
    assert not {"B", "C"} - found or not {"Q"} - found


def test_between_windows_the_committee_is_the_sum_of_its_programmes_too() -> None:
    # 1 of P until April is what the committee had then, and Q had none: told if P's year and tertial both were shown.
    def at(name: str, rows: int, window: str) -> Figure:
        return in_window(count(place(name), rows), window)

    items = [at("all", 50, "ytd"), at("P", 23, "ytd"), at("Q", 27, "ytd")]
    items += [at("all", 47, "tertial"), at("P", 20, "tertial"), at("Q", 27, "tertial")]
    earlier = [
        published(replace(at("P", 3, "ytd"), suppressed=True), JANUARY, APRIL),
        published(replace(at("Q", 0, "ytd"), suppressed=True), JANUARY, APRIL),
        published(at("all", 3, "ytd"), JANUARY, APRIL),
    ]
    found = hidden(*items, metrics=COUNTED, earlier=earlier)
    assert {"P", "P tertial"} & found
    assert {"Q", "Q tertial"} & found
