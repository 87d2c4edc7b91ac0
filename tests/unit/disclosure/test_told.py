"""What the committee's own figures leave no choice about is shown with them: hiding it would hide nothing."""

from __future__ import annotations

from pipeline.model import PartOf, Statistic
from tests.unit.builders import count, key, metric, share
from tests.unit.disclosure.tables import (
    ANCHOR,
    counts,
    hidden,
    protected,
    shares,
)


def test_the_only_unit_of_a_programme_that_is_shown_is_shown_with_it() -> None:
    only = {"A": {"P"}}
    programme, unit = key(level=2, org="P"), key(level=3, org="A")
    public = protected(share(key(), 1, 3), share(programme, 1, 3), share(unit, 1, 3), programmes=only)
    assert not public.figures[programme].suppressed
    assert not public.figures[unit].suppressed


def test_the_only_unit_of_a_programme_that_is_hidden_is_hidden_with_it() -> None:
    programme, unit = key(level=2, org="Q"), key(level=3, org="C")
    public = protected(share(programme, 1, 3), share(unit, 1, 3))
    assert public.figures[programme].suppressed
    assert public.figures[unit].suppressed


def test_a_child_metrics_only_area_is_its_total() -> None:
    metrics = ANCHOR | {"share": metric(child_scope=True)}
    assert hidden(*shares(all=(1, 3), barn=(1, 3)), metrics=metrics) == set()


def test_the_only_category_is_the_total_and_one_with_a_nought_beside_it_is_not() -> None:
    assert hidden(*shares(all=(1, 3), barn=(1, 3))) == set()
    assert hidden(*shares(all=(1, 3), barn=(1, 3), vuxen=(0, 0))) == {"barn", "vuxen"}


def test_two_small_categories_are_not_told() -> None:
    assert hidden(*shares(all=(1, 3), barn=(1, 1), vuxen=(0, 2))) == {"barn", "vuxen"}


def test_the_only_programme_and_its_only_unit_are_the_committee() -> None:
    assert hidden(*counts(all=3, P=3, A=3), programmes={"A": {"P"}}) == set()


def test_two_programmes_with_a_unit_each_are_not_told() -> None:
    assert hidden(*counts(all=6, P=3, Q=3, A=3, C=3)) == {"P", "Q", "A", "C"}


def test_the_only_unit_is_hidden_with_its_programme() -> None:
    assert hidden(*counts(all=33, P=30, Q=3, A=15, B=15, C=3)) >= {"P", "Q", "C"}


def test_feedback_is_the_synpunkter_among_the_incidents() -> None:
    kinds = {"synpunkt": 3, "avvikelse": 20, "rapport": 30}
    statistic = {"statistic": Statistic.COUNT}
    items = [count(key("feedback", **statistic), 3), count(key("incidents", **statistic), 53)]
    items += [
        count(key("incidents", category=kind, breakdown="kind", **statistic), rows) for kind, rows in kinds.items()
    ]
    incidents = metric("incidents", statistics=(Statistic.COUNT,))
    part_of = PartOf("incidents", "kind", "synpunkt")
    feedback = metric("feedback", statistics=(Statistic.COUNT,), part_of=part_of)
    both = ANCHOR | {"incidents": incidents}
    assert hidden(*items, metrics=both | {"feedback": feedback}) == set()
    apart = metric("feedback", statistics=(Statistic.COUNT,))
    assert "incidents synpunkt" in hidden(*items, metrics=both | {"feedback": apart})


def test_of_a_units_synpunkter_neither_of_the_two_tells() -> None:
    statistic = {"statistic": Statistic.COUNT}
    synpunkter, kinds = {"A": 3, "B": 20, "C": 30}, {"A": 40, "B": 60, "C": 70}
    items = [count(key("feedback", **statistic), 53), count(key("incidents", **statistic), 170)]
    items += [count(key("feedback", level=3, org=org, **statistic), rows) for org, rows in synpunkter.items()]
    items += [count(key("incidents", level=3, org=org, **statistic), rows) for org, rows in kinds.items()]
    for kind in ("synpunkt", "avvikelse"):
        of = synpunkter if kind == "synpunkt" else {org: kinds[org] - synpunkter[org] for org in kinds}
        places = [({}, sum(of.values())), *(({"level": 3, "org": org}, rows) for org, rows in of.items())]
        items += [
            count(key("incidents", category=kind, breakdown="kind", **statistic, **where), rows)
            for where, rows in places
        ]
    metrics = ANCHOR | {
        "incidents": metric("incidents", statistics=(Statistic.COUNT,)),
        "feedback": metric("feedback", statistics=(Statistic.COUNT,), part_of=PartOf("incidents", "kind", "synpunkt")),
    }
    names = hidden(*items, metrics=metrics)
    assert {"feedback A", "incidents A synpunkt", "incidents A avvikelse"} <= names
    others = {org for org in "BC" if f"feedback {org}" in names}
    assert others == {org for org in "BC" if f"incidents {org} synpunkt" in names}
    assert len(others) == 1
