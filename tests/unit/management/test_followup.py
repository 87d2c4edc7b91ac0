from datetime import date

import pytest

from pipeline.model import Level
from pipeline.model.goals import Reference
from pipeline.model.management import Measured, PlanItem
from tests.unit.management.system_rows import DAY, planned, read, register, review

UNITS = [register("Norr", "Barn och unga", "Barn och familj"), register("Söder", "Barn och unga", "Barn och familj"),
         register("Öst", "Äldreomsorg")]  # fmt: skip


def only(period: str = "2026T2", reviews: object = (), **more: object) -> PlanItem:
    found = read(period=period, units=UNITS, reviews=reviews, followup_plan=[planned(**more)])  # type: ignore[arg-type]
    (item,) = found.plan
    return item


def test_due_days_reach_from_the_one_before_the_year_to_the_one_after_the_last_day() -> None:
    assert only().due == (
        date(2025, 12, 31), date(2026, 4, 30), date(2026, 8, 31), date(2026, 12, 31)
    )  # fmt: skip
    assert only("2026").due[-1] == date(2027, 4, 30)
    assert only(schedule="mars").due == (date(2025, 3, 31), date(2026, 3, 31), date(2027, 3, 31))


def test_a_schedule_that_cannot_be_read_is_told() -> None:
    found = read(followup_plan=[planned("löpande"), planned("vid behov, T1", unit="Söder")])
    assert [item.due for item in found.plan] == [(), (date(2025, 4, 30), date(2026, 4, 30), date(2027, 4, 30))]
    assert all(item.unread for item in found.plan)
    assert sum(warned.count for warned in found.faults) == 2
    assert any("löpande" in warned.text for warned in found.faults)


def test_what_comes_from_a_case_system_has_no_days_of_its_own() -> None:
    assert only(metrics="plan_current").measured == (Measured(Reference("plan_current"), None),)


def test_what_is_measured_by_hand_has_the_days_that_have_happened_in_the_unit() -> None:
    rows = [
        review(date(2026, 3, 5)), review(DAY), review(date(2026, 9, 1)), review(date(2026, 4, 1), unit="Söder"),
        review(date(2026, 5, 1), unit="NORR"),
    ]  # fmt: skip
    (measured,) = only(reviews=rows, metrics="review_fulfilled").measured
    assert measured.days == (date(2026, 3, 5), date(2026, 5, 1), DAY)


@pytest.mark.parametrize(("category", "days"), [("Barn: Hörd?", 1), ("barn: hörd?", 1), ("Barn: Skydd?", 0)])
def test_a_category_has_its_own_days(category: str, days: int) -> None:
    (measured,) = only(reviews=[review(DAY)], metrics=f"review_fulfilled: {category}").measured
    assert len(measured.days or ()) == days


@pytest.mark.parametrize(
    ("unit", "scope", "days"),
    [("norr", Level.UNIT, 1), ("Barn och familj", Level.PROGRAMME, 2), ("Alla enheter", Level.COMMITTEE, 3)],
)
def test_a_programme_or_all_units_take_in_their_units(unit: str, scope: Level, days: int) -> None:
    rows = [
        review(date(2026, 5, 1)), review(date(2026, 5, 2), unit="Söder"), review(date(2026, 5, 3), unit="Öst"),
    ]  # fmt: skip
    item = only(reviews=rows, unit=unit, metrics="review_fulfilled")
    assert (item.scope, len(item.measured[0].days or ())) == (scope, days)


def test_an_unknown_metric_is_told() -> None:
    found = read(followup_plan=[planned(metrics="plan_current; hittepå")])
    assert found.plan[0].unknown == ("hittepå",)
    assert ["hittepå" in warned.text for warned in found.faults] == [True]


def test_other_committees_units_are_left_out() -> None:
    rows = [planned(unit="Norr"), planned(unit="Öst"), planned(unit="Alla enheter")]
    found = read(areas=("Barn och unga",), units=UNITS, followup_plan=rows).plan
    assert [item.unit for item in found] == ["Alla enheter", "Norr"]


def test_without_rows_there_is_nothing() -> None:
    found = read()
    assert (found.controls, found.requirements, found.plan, found.faults) == ((), (), (), ())
