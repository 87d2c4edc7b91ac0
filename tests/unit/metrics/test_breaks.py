"""Changes of case system in mid-series: where one is found, and where none is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from pipeline import database
from pipeline.database import Database
from pipeline.metrics import breaks
from pipeline.model import Break
from pipeline.places import ROOT
from tests.unit import builders

OLD, NEW, THIRD = "Procapita", "Treserva", "Combine"
METRICS = {"share": builders.metric(needs={"referrals": ("received",), "decisions": ()})}


@pytest.fixture
def db() -> Iterator[Database]:
    with database.in_memory() as made:
        made.run("create schema loaded")
        made.script(ROOT / "sql" / "tables" / "referrals.sql")
        yield made


def months(db: Database, *systems: str | None, year: int = 2026) -> None:
    """One row a month from January on, from the system named."""
    for number, system in enumerate(systems, start=1):
        refer(db, date(year, number, 15), system)


def refer(db: Database, day: date, system: str | None, rows: int = 1) -> None:
    for _ in range(rows):
        db.run(
            "insert into loaded.referrals (referral_id, person_id, unit, area, kind, received, source_system)"
            " values (uuid(), 'p', 'Öst', 'Barn', 'anmälan', ?, ?)",
            [day, system],
        )


def found(db: Database) -> list[Break]:
    return list(breaks.find(db, METRICS).get("share", ()))


def test_a_change_is_marked_on_the_first_of_its_month(db: Database):
    months(db, OLD, OLD, NEW, NEW)
    assert found(db) == [Break(date(2026, 3, 1), OLD, NEW)]


def test_a_series_from_one_system_has_none(db: Database):
    months(db, OLD, OLD, OLD)
    assert breaks.find(db, METRICS) == {}


def test_a_few_blanks_are_no_system(db: Database):
    months(db, None, OLD, None, OLD, None)
    assert found(db) == []


def test_blank_months_between_do_not_hide_a_change(db: Database):
    months(db, OLD, None, None, NEW, None)
    assert found(db) == [Break(date(2026, 4, 1), OLD, NEW)]


def test_blank_rows_do_not_outvote_the_others(db: Database):
    months(db, OLD, OLD, NEW)
    refer(db, date(2026, 3, 1), None, rows=5)
    assert found(db) == [Break(date(2026, 3, 1), OLD, NEW)]


@pytest.mark.parametrize(("rows", "is_told"), [(4, False), (5, True)])
def test_an_old_system_that_does_not_tell_its_name_is_left_for_one_that_does(db: Database, rows: int, is_told: bool):
    for month in (1, 2):
        refer(db, date(2026, month, 15), None, rows)
    refer(db, date(2026, 2, 15), NEW, rows=2)  # cases that were taken along
    months(db, NEW, NEW, year=2027)
    assert found(db) == ([Break(date(2027, 1, 1), breaks.UNNAMED, NEW)] if is_told else [])


@pytest.mark.parametrize(("rows", "is_told"), [(4, False), (5, True)])
def test_a_system_that_is_left_for_blanks_is_told_of_unless_they_are_few(db: Database, rows: int, is_told: bool):
    months(db, OLD, OLD, OLD)
    for month in (4, 5):
        refer(db, date(2026, month, 15), None, rows)
    assert found(db) == ([Break(date(2026, 4, 1), OLD, breaks.UNNAMED)] if is_told else [])


def test_a_named_system_beside_many_blanks_changes_hands_once_at_most(db: Database):
    for number, system in enumerate((None, NEW, None, NEW, None, NEW), start=1):
        refer(db, date(2026, number, 15), system, rows=20)
    assert found(db) == [Break(date(2026, 2, 1), breaks.UNNAMED, NEW)]
    refer(db, date(2026, 7, 15), None, rows=20)
    assert found(db) == []


def test_a_change_among_few_named_rows_is_told_although_most_are_blank(db: Database):
    months(db, OLD, OLD, NEW, NEW)
    for month in range(1, 5):
        refer(db, date(2026, month, 1), None, rows=20)
    assert found(db) == [Break(date(2026, 3, 1), OLD, NEW)]


def test_rows_that_never_tell_their_system_have_no_change(db: Database):
    for month in range(1, 5):
        refer(db, date(2026, month, 1), None, rows=20)
    assert found(db) == []


def test_the_month_is_the_first_where_most_rows_are_the_new_systems(db: Database):
    months(db, OLD, OLD, OLD, NEW)
    refer(db, date(2026, 2, 1), NEW)  # as many as the old
    refer(db, date(2026, 3, 1), NEW, rows=2)
    assert found(db) == [Break(date(2026, 3, 1), OLD, NEW)]


def test_several_changes_are_told_in_order(db: Database):
    months(db, THIRD, OLD, NEW)
    assert found(db) == [Break(date(2026, 2, 1), THIRD, OLD), Break(date(2026, 3, 1), OLD, NEW)]


def test_a_lead_that_comes_back_is_no_change(db: Database):
    months(db, OLD, NEW, OLD, OLD)
    assert found(db) == []


def test_a_lead_that_passes_to_and_fro_changes_hands_once(db: Database):
    months(db, OLD, NEW, OLD, OLD, NEW, NEW)
    assert found(db) == [Break(date(2026, 5, 1), OLD, NEW)]


def test_rows_without_a_day_belong_to_no_month(db: Database):
    db.script(ROOT / "sql" / "tables" / "plans.sql")
    for day, system in ((None, NEW), ("2026-01-01", OLD), ("2026-02-01", OLD)):
        db.run(
            "insert into loaded.plans (plan_id, unit, established, source_system) values (uuid(), 'Öst', ?, ?)",
            [day, system],
        )
    assert breaks.find(db, {"plans": builders.metric(needs={"plans": ()})}) == {}


def test_a_metric_on_a_register_has_none(db: Database):
    assert breaks.find(db, {"units": builders.metric(needs={"units": ()}), "none": builders.metric(needs={})}) == {}
