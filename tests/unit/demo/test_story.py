"""What the invented municipality has been through."""

import calendar
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline.demo.story import UNITS, Area
from tests.unit.demo import delivered
from tests.unit.demo.delivered import ENDS, STARTS, Rows, day

CHILDREN = str(Area.CHILDREN)


@pytest.fixture(scope="module")
def referrals(small: Path) -> Rows:
    return delivered.of(small, "referrals")


@pytest.fixture(scope="module")
def investigations(small: Path) -> Rows:
    return delivered.of(small, "investigations")


@pytest.fixture(scope="module")
def decisions(small: Path) -> Rows:
    return delivered.of(small, "decisions")


@pytest.fixture(scope="module")
def plans(small: Path) -> Rows:
    return delivered.of(small, "plans")


def month_ends() -> Iterator[date]:
    for year in range(STARTS.year, ENDS.year + 1):
        for month in range(1, 13):
            last = date(year, month, calendar.monthrange(year, month)[1])
            if STARTS < last <= ENDS:
                yield last


def is_open(row: dict[str, str], starts: str, ends: str, on: date) -> bool:
    first, last = day(row[starts]), day(row[ends])
    return first is not None and first <= on and (last is None or last > on)


def days_taken(rows: Rows, since: date, until: date) -> list[int]:
    """Days of the children's investigations closed in some time."""
    spans = [
        (day(row["Inledd"]), day(row["Avslutad"]))
        for row in rows
        if row["Utredningstyp"] == "Barnavårdsutredning" and since <= (day(row["Avslutad"]) or STARTS) <= until
    ]
    return [(closed - opened).days for opened, closed in spans if opened and closed and closed >= opened]


def test_investigations_are_open_at_every_months_end(investigations: Rows) -> None:
    assert all(any(is_open(row, "Inledd", "Avslutad", last) for row in investigations) for last in month_ends())


def test_decisions_wait_for_execution_at_every_months_end(decisions: Rows) -> None:
    granted = [row for row in decisions if row["Beslut"] != "Avslag"]
    days = ("Beslutsdatum", "Verkställighetsdatum")
    assert all(any(is_open(row, *days, last) for row in granted) for last in month_ends())


def test_plans_are_in_force_at_every_months_end(plans: Rows) -> None:
    assert all(any(is_open(row, "Upprättad", "Avslutad", last) for row in plans) for last in month_ends())


@pytest.mark.parametrize("last", [date(2023, 10, 31), date(2024, 2, 29), date(2024, 10, 31), date(2025, 10, 31)])
def test_things_happen_on_the_last_day_of_the_month(investigations: Rows, decisions: Rows, last: date) -> None:
    text = str(last)
    assert any(text in (row["Inledd"], row["Avslutad"]) for row in investigations)
    assert any(text in (row["Beslutsdatum"], row["Verkställighetsdatum"]) for row in decisions)


def test_plans_are_made_on_the_last_day_of_the_month(plans: Rows) -> None:
    assert len({row["Upprättad"] for row in plans} & {str(last) for last in month_ends()}) > 20


def test_some_investigations_overrun_and_some_extensions_come_too_late(investigations: Rows) -> None:
    extended = [
        (_four_months_on(opened), day(row["Förlängning beslutad"]))
        for row in investigations
        if (opened := day(row["Inledd"]))
    ]
    assert any(decided and decided <= limit for limit, decided in extended)
    assert any(decided and decided > limit for limit, decided in extended)
    assert any(days > 123 for days in days_taken(investigations, STARTS, ENDS))


def _four_months_on(opened: date) -> date:
    year, month = divmod(opened.year * 12 + opened.month + 3, 12)
    return date(year, month + 1, min(opened.day, calendar.monthrange(year, month + 1)[1]))


def test_the_small_municipality_has_few_units_and_a_reorganisation(small: Path) -> None:
    register = delivered.of(small, "units")
    rows = delivered.rows(small / f"enheter_{delivered.DELIVERED}.xlsx")
    assert len({row["Enhet"] for row in register}) == len(UNITS) == 15
    merged = [row for row in rows if row["Enhet"] == "Utredningsgruppen Väst"]
    stays = [row for row in rows if row["Enhet"] == "Utredningsgruppen Norr"]
    assert [row["Giltig till"] for row in merged] == ["2024-12-31"]
    assert [row["Giltig från"] for row in stays] == ["", "2025-01-01"]
    assert len({row["Verksamhetsuppdrag"] for row in stays}) == 2


def test_services_are_interrupted_resumed_partly_executed_offered_and_declined(decisions: Rows) -> None:
    assert any(row["Avbrott"] and not row["Återupptagen"] for row in decisions)
    assert any(row["Återupptagen"] for row in decisions)
    assert {row["Delvis verkställd"] for row in decisions} == {"x", ""}
    assert any(row["Erbjudande datum"] and row["Tackat nej datum"] for row in decisions)
    assert any(row["Skäl till dröjsmål"] for row in decisions)


def test_urgent_services_start_before_the_decision(decisions: Rows) -> None:
    days = [(day(row["Beslutsdatum"]), day(row["Verkställighetsdatum"])) for row in decisions]
    assert any(decided and executed and executed < decided for decided, executed in days)


def test_plans_lack_dates_cover_several_decisions_or_name_none(plans: Rows) -> None:
    ids = [row["Plan-ID"] for row in plans]
    assert any(not row["Upprättad"] for row in plans)
    assert any(not row["Beslut-ID"] and row["Person-ID"] and row["Insats"] for row in plans)
    assert len(ids) > len(set(ids))


def test_some_people_come_back_within_a_year(referrals: Rows, investigations: Rows) -> None:
    closed: dict[str, list[date]] = {}
    for row in investigations:
        if (last := day(row["Avslutad"])) and row["Verksamhetsområde"] == CHILDREN:
            closed.setdefault(row["Person-ID"], []).append(last)
    returned = [
        row
        for row in referrals
        if (received := day(row["Inkommen"]))
        and any(0 < (received - last).days <= 365 for last in closed.get(row["Person-ID"], ()))
    ]
    assert len(returned) > 20


def test_some_units_have_few_cases(investigations: Rows) -> None:
    closed: dict[str, int] = {}
    for row in investigations:
        if date(2026, 5, 1) <= (day(row["Avslutad"]) or STARTS) <= ENDS and row["Verksamhetsområde"] != CHILDREN:
            closed[row["Enhet"].strip()] = closed.get(row["Enhet"].strip(), 0) + 1
    assert any(1 <= number <= 9 for number in closed.values())


def test_women_and_men_are_there_and_a_few_are_protected(referrals: Rows) -> None:
    genders = [row["Kön"] for row in referrals]
    assert {"Kvinna", "Man", "Okänt"} <= set(genders)
    protected = sum(row["Skyddade personuppgifter"] == "ja" for row in referrals) / len(referrals)
    assert 0.001 < protected < 0.03
