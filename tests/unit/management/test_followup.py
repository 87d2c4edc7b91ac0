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


BY_HAND = "review_fulfilled"


def days(unit: str, *measured_in: str, areas: tuple[str, ...] = ("Barn och unga",), units: object = UNITS) -> int:
    """How many days of the measured units count for what is planned at a unit."""
    reviews = [review(date(2026, 5, 1 + number), unit=name) for number, name in enumerate(measured_in)]
    plan = [planned(unit=unit, metrics=BY_HAND)]
    (item,) = read(areas=areas, units=units, reviews=reviews, followup_plan=plan).plan  # type: ignore[arg-type]
    return len(item.measured[0].days or ())


def test_other_committees_measurements_are_not_this_ones() -> None:
    assert days("Alla enheter", "Öst") == 0
    assert days("Alla enheter", "Öst", "Norr") == 1
    assert days("Alla enheter", "Öst", "Norr", areas=("BARN och unga", "Äldreomsorg")) == 2
    assert days("Alla enheter", "Öst", "Norr", areas=()) == 2


def test_what_is_measured_in_no_known_area_is_no_committees_of_some_areas() -> None:
    assert days("Alla enheter", "Okänd") == 0
    assert days("Okänd", "Okänd") == 0
    assert days("Okänd", "Okänd", areas=()) == 1


def test_of_a_programme_in_two_areas_the_committees_own_units_count() -> None:
    units = [register("Norr", "Barn och unga", "Stöd"), register("Öst", "Äldreomsorg", "Stöd")]
    assert days("Stöd", "Norr", "Öst", "Öst", units=units) == 1


def test_a_unit_stands_where_it_does_on_the_last_day() -> None:
    came = [register("Norr", "Äldreomsorg") | {"valid_to": date(2026, 8, 30)},
            register("Norr", "Barn och unga") | {"valid_from": DAY}]  # fmt: skip
    assert days("Alla enheter", "Norr", units=came) == 1
    assert days("Alla enheter", "Norr", units=came, areas=("Äldreomsorg",)) == 0
    ended = [register("Norr", "Barn och unga") | {"valid_to": date(2026, 6, 30)}]
    assert days("Alla enheter", "Norr", units=ended) == 1


def test_other_committees_programmes_and_areas_are_left_out() -> None:
    names = ("Barn och familj", "BARN OCH UNGA", "Äldre", "Äldreomsorg", "LSS", "Alla enheter")
    units = [*UNITS[:2], register("Öst", "Äldreomsorg", "Äldre")]
    rows = [planned(unit=name) for name in names]
    case = {"referral_id": "1", "person_id": "1", "unit": "Väst", "area": "LSS", "received": DAY, "kind": "anmälan"}
    found = read(areas=("Barn och unga",), units=units, followup_plan=rows, referrals=[case]).plan
    assert {item.unit for item in found} == {"Barn och familj", "BARN OCH UNGA", "Alla enheter"}
    assert len(read(units=units, followup_plan=rows).plan) == len(names)


def test_a_programme_with_one_unit_in_the_committees_areas_is_its_own() -> None:
    units = [register("Norr", "Barn och unga", "Stöd"), register("Öst", "Äldreomsorg", "Stöd")]
    (item,) = read(areas=("Barn och unga",), units=units, followup_plan=[planned(unit="stöd")]).plan
    assert item.unit == "stöd"


def test_a_unit_is_itself_before_a_programme_of_its_name() -> None:
    units = [register("Stöd", "Äldreomsorg", "Äldre"), register("Norr", "Barn och unga", "Stöd")]
    assert read(areas=("Barn och unga",), units=units, followup_plan=[planned(unit="Stöd")]).plan == ()


def test_without_rows_there_is_nothing() -> None:
    found = read()
    assert (found.controls, found.requirements, found.plan, found.faults) == ((), (), (), ())
