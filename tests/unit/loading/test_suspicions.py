"""What is seen only over all rows: empty columns, days on the first, late registration; and what the rows came to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from pipeline import database
from pipeline.database import Database
from pipeline.loading import snapshots, suspicions
from pipeline.model import Warned
from pipeline.places import ROOT
from pipeline.schemas import EXTRACTS
from pipeline.sources import profiles

WORDS = profiles.load().headings
DELIVERED = date(2026, 9, 12)
REFERRALS, UNITS = EXTRACTS["referrals"], EXTRACTS["units"]


@pytest.fixture
def db() -> Iterator[Database]:
    with database.in_memory() as made:
        made.run("create schema loaded")
        for name in ("referrals", "units"):
            made.script(ROOT / "sql" / "tables" / f"{name}.sql")
        yield made


def refer(db: Database, received: date, registered: date | None = None, rows: int = 1) -> None:
    for _ in range(rows):
        db.run(
            "insert into loaded.referrals by name select uuid() as referral_id, 'p' as person_id, 'Öst' as unit,"
            " 'Barn' as area, 'anmälan' as kind, ?::date as received, ?::date as registered",
            [received, registered],
        )


def warned(db: Database, *columns: str) -> list[Warned]:
    return suspicions.warnings(db, WORDS, [REFERRALS], {"referrals": frozenset(columns)})


# --- days on the first ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rows", "told"), [(19, []), (20, ["dates_on_first"])])
def test_days_on_the_first_of_a_month_are_told_of_when_they_are_many(db: Database, rows: int, told: list[str]):
    for month in range(rows):
        refer(db, date(2025, month % 12 + 1, 1))
    assert [one.rule for one in warned(db, "received")] == told


def test_one_other_day_is_enough_to_trust_the_column(db: Database):
    refer(db, date(2026, 3, 1), rows=40)
    refer(db, date(2026, 3, 2))
    assert warned(db, "received") == []


def test_the_warning_names_the_column_and_how_many(db: Database):
    refer(db, date(2026, 3, 1), rows=20)
    (only,) = warned(db, "received")
    assert only.text.startswith("Alla datum i Inkommen (20) är den första i en månad")
    assert (only.extract, only.count) == ("referrals", 1)


def test_blank_days_do_not_count(db: Database):
    refer(db, date(2026, 3, 2), date(2026, 4, 1), rows=19)
    refer(db, date(2026, 3, 2), None, rows=30)
    assert warned(db, "received", "registered") == []
    refer(db, date(2026, 3, 2), date(2026, 5, 1))
    assert [one.text[:26] for one in warned(db, "received", "registered")] == ["Alla datum i Registrerad ("]


def test_days_that_somebody_sets_are_left_alone(db: Database):
    for _ in range(25):
        db.run("insert into loaded.units (unit, programme, area, valid_from) values (uuid(), 'P', 'A', '2026-01-01')")
    columns = {"units": frozenset({"unit", "valid_from"})}
    assert suspicions.warnings(db, WORDS, [UNITS], columns) == []


# --- empty columns --------------------------------------------------------------------------------------------------


def test_a_delivered_column_without_a_value_is_told_of(db: Database):
    refer(db, date(2026, 3, 2), rows=3)
    (only,) = warned(db, "received", "registered")
    assert only == Warned("referrals", "column_empty", "Registrerad finns i utdraget men är tom på alla rader (3).", 1)


def test_a_column_that_did_not_come_or_has_one_value_is_not(db: Database):
    refer(db, date(2026, 3, 2), rows=3)
    assert warned(db, "received") == []
    refer(db, date(2026, 3, 2), date(2026, 3, 3))
    assert warned(db, "received", "registered") == []


def test_an_extract_without_rows_says_nothing(db: Database):
    assert warned(db, "received", "registered") == []


def test_a_common_column_has_its_common_heading(db: Database):
    refer(db, date(2026, 3, 2))
    assert [one.text[:4] for one in warned(db, "gender")] == ["Kön "]


# --- late registration ----------------------------------------------------------------------------------------------


def register(db: Database, month: date, on_time: int, late: int, days: int = 12) -> None:
    """Rows of a month: so many registered so many days after its last day, and so many a day too late for that."""
    ends = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    refer(db, month, ends + timedelta(days=days), rows=on_time)
    refer(db, ends, ends + timedelta(days=days + 1), rows=late)


def test_the_share_usually_registered_by_then_is_that_of_earlier_months(db: Database):
    register(db, date(2026, 2, 1), on_time=27, late=3)
    july, august = [one for one in suspicions.lateness(db, {"referrals": DELIVERED}) if one.month.month > 6]
    assert (august.month, august.days, august.share, august.rows) == (date(2026, 8, 1), 12, 0.9, 30)
    assert (july.month, july.days, july.share) == (date(2026, 7, 1), 43, 1.0)
    assert (august.since, august.until) == (date(2025, 6, 1), date(2026, 5, 31))


def test_three_months_are_told_oldest_first(db: Database):
    register(db, date(2026, 2, 1), on_time=30, late=0)
    found = suspicions.lateness(db, {"referrals": DELIVERED})
    assert [one.month for one in found] == [date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)]


@pytest.mark.parametrize(("rows", "told"), [(29, 0), (30, 3)])
def test_nothing_is_said_on_few_rows(db: Database, rows: int, told: int):
    register(db, date(2026, 2, 1), on_time=rows, late=0)
    refer(db, date(2026, 2, 1), None, rows=50)
    assert len(suspicions.lateness(db, {"referrals": DELIVERED})) == told


@pytest.mark.parametrize(
    ("received", "counts"),
    [(date(2025, 5, 31), False), (date(2025, 6, 1), True), (date(2026, 5, 31), True), (date(2026, 6, 1), False)],
)
def test_only_months_long_past_and_not_too_old_are_reckoned(db: Database, received: date, counts: bool):
    refer(db, received, received + timedelta(days=1), rows=30)
    assert bool(suspicions.lateness(db, {"referrals": DELIVERED})) is counts


@pytest.mark.parametrize(
    ("delivered", "newest", "days"),
    [(date(2026, 8, 31), date(2026, 8, 1), 0), (date(2026, 8, 30), date(2026, 7, 1), 30),
     (date(2027, 1, 1), date(2026, 12, 1), 1)],
)  # fmt: skip
def test_the_newest_month_is_the_last_that_had_ended(db: Database, delivered: date, newest: date, days: int):
    refer(db, date(2026, 2, 2), date(2026, 2, 3), rows=30)
    last = suspicions.lateness(db, {"referrals": delivered})[-1]
    assert (last.month, last.days) == (newest, days)


def test_without_referrals_nothing_is_said(db: Database):
    assert suspicions.lateness(db, {"decisions": DELIVERED}) == ()


# --- snapshots ------------------------------------------------------------------------------------------------------


def test_a_snapshot_counts_rows_and_what_is_filled(db: Database):
    refer(db, date(2026, 3, 2), None, rows=2)
    refer(db, date(2026, 3, 2), date(2026, 3, 3))
    (only,) = snapshots.take(db, [REFERRALS], {"referrals": DELIVERED}, WORDS)
    assert (only.extract, only.delivered, only.rows) == ("referrals", DELIVERED, 3)
    assert (only.filled["received"], only.filled["registered"], only.filled["decided"]) == (3, 1, 0)
    assert set(only.filled) == set(REFERRALS.names)
    assert (only.headings["registered"], only.headings["gender"]) == ("Registrerad", "Kön")
