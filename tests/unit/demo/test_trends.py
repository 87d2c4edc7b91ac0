"""How the years went, in a municipality large enough for chance to even out."""

import numpy as np
import pytest

from pipeline.demo import DEFAULT_SEED, Size
from pipeline.demo.extracts import of as invent
from pipeline.demo.sizes import SCALES
from pipeline.demo.society import Society
from pipeline.demo.story import Area
from pipeline.demo.tables import Table, rows
from pipeline.demo.times import Calendar, month_of
from tests.unit.demo.delivered import TODAY

EARLY = np.datetime64("2023-05-01"), np.datetime64("2024-04-30")
LATE = np.datetime64("2025-09-01"), np.datetime64("2026-08-31")


@pytest.fixture(scope="module")
def society() -> Society:
    return Society.invent(Calendar.on(TODAY), SCALES[Size.CITY], DEFAULT_SEED, 0)


@pytest.fixture(scope="module")
def city(society: Society) -> dict[str, Table]:
    return invent(society)


@pytest.fixture(scope="module")
def children(city: dict[str, Table]) -> Table:
    investigations = city["investigations"]
    return rows(investigations, investigations["kind"] == "Barnavårdsutredning")


def within(table: Table, column: str, span: tuple[np.datetime64, np.datetime64]) -> np.ndarray:
    return (table[column] >= span[0]) & (table[column] <= span[1])


def days(table: Table, span: tuple[np.datetime64, np.datetime64], also: np.ndarray | bool = True) -> np.ndarray:
    closed = rows(table, within(table, "closed", span) & also)
    return (closed["closed"] - closed["opened"]).astype(int)


def test_schools_report_less_in_summer_and_most_in_autumn(city: dict[str, Table]) -> None:
    by_school = rows(city["referrals"], city["referrals"]["source"] == "Skola")
    months = np.bincount(month_of(by_school["received"]), minlength=12)
    assert months[6] < months[9] / 10
    assert months.argmax() in (8, 9, 10)


def test_children_are_reported_more_every_year(city: dict[str, Table]) -> None:
    children = rows(city["referrals"], city["referrals"]["area"] == Area.CHILDREN)
    assert within(children, "received", LATE).sum() > 1.08 * within(children, "received", EARLY).sum()


def test_childrens_investigations_are_finished_in_time_more_often(children: Table) -> None:
    before, now = (float(np.mean(days(children, span) <= 120)) for span in (EARLY, LATE))
    assert 0.7 < before < now < 0.95


def test_one_unit_grows_slower_while_another_grows_faster(society: Society, children: Table) -> None:
    names = society.organisation.names
    south = np.char.startswith(names[children["unit"]].astype(str), "Utredningsgruppen Söder")
    north = np.char.startswith(names[children["unit"]].astype(str), "Utredningsgruppen Norr")
    assert days(children, LATE, south).mean() > 1.1 * days(children, EARLY, south).mean()
    assert days(children, LATE, north).mean() < 0.9 * days(children, EARLY, north).mean()


def test_girls_and_boys_differ_a_little(society: Society, children: Table) -> None:
    gender = society.people.gender[children["person"]]
    girls, boys = (days(children, (EARLY[0], LATE[1]), gender == one).mean() for one in ("Kvinna", "Man"))
    assert 1.005 < boys / girls < 1.06


def test_preassessments_are_done_in_time_more_often(city: dict[str, Table]) -> None:
    reports = rows(city["referrals"], ~np.isnat(city["referrals"]["decided"]))
    took = (reports["decided"] - reports["received"]).astype(int)
    before, now = (float(np.mean(took[within(reports, "received", span)] <= 14)) for span in (EARLY, LATE))
    assert 0.75 < before < now < 0.97


def test_most_decisions_are_executed_within_three_months_but_not_all(city: dict[str, Table]) -> None:
    decisions = rows(city["decisions"], city["decisions"]["kind"] == "nytt")
    waited = (decisions["executed"] - decisions["decided"])[~np.isnat(decisions["executed"])].astype(int)
    assert 0.85 < np.mean(waited <= 90) < 0.97
    assert 0.001 < np.mean(waited < 0) < 0.05


def test_ids_are_given_in_the_order_things_happened(city: dict[str, Table]) -> None:
    for extract, started in (("referrals", "received"), ("investigations", "opened"), ("decisions", "decided")):
        assert (np.diff(city[extract][started]).astype(int) >= 0).all()


def test_every_reference_points_at_a_row(city: dict[str, Table]) -> None:
    referrals, decisions = set(city["referrals"]["referral_id"]), set(city["decisions"]["decision_id"])
    assert set(city["investigations"]["referral_id"]) - {""} <= referrals
    assert set(city["decisions"]["referral_id"]) - {""} <= referrals
    assert set(city["plans"]["decision_id"]) - {""} <= decisions


def test_keys_are_unique(city: dict[str, Table]) -> None:
    keys = list(zip(city["plans"]["plan_id"], city["plans"]["decision_id"], strict=True))
    assert len(keys) == len(set(keys))
    for extract, key in (("referrals", "referral_id"), ("investigations", "investigation_id")):
        assert len(set(city[extract][key])) == len(city[extract][key])
