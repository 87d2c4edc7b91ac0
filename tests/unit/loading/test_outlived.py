"""What nobody needs any more: the case has ended, and nothing in the row is of the limit's day or later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from pipeline import database, loading
from pipeline.database import Database
from pipeline.loading import outlived
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Kind

LIMIT = date(2023, 1, 1)
BEFORE, ON = "2022-12-31", "2023-01-01"
PERSON = {"person_id": "p", "unit": "Norr", "area": "Barn och unga"}
DECISION = {**PERSON, "decision_id": "B1", "law": "SoL", "service": "hemtjänst", "decided": BEFORE, "result": "bifall"}
PLAN = {"plan_id": "P1", "unit": "Norr", "established": BEFORE, "decision_id": "B1"}


@pytest.fixture
def db() -> Iterator[Database]:
    with database.in_memory() as connection:
        connection.run("create schema loaded")
        for name in (*EXTRACTS, "quarantine"):
            connection.script(loading.TABLES / f"{name}.sql")
        yield connection


def insert(db: Database, extract: str, **values: str) -> None:
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    db.run(f"insert into loaded.{extract} ({names}) values ({marks})", list(values.values()))


@pytest.mark.parametrize(
    ("extract", "row", "day"),
    [
        ("referrals", {**PERSON, "referral_id": "A1", "kind": "anmälan", "received": BEFORE}, "decided"),
        ("investigations", {**PERSON, "investigation_id": "U1", "opened": BEFORE}, "closed"),
        ("decisions", DECISION, "ended"),
        ("decisions", DECISION, "valid_to"),
        ("plans", PLAN, "ended"),
        ("incidents", {"incident_id": "I1", "unit": "Norr", "kind": "avvikelse", "received": BEFORE}, "closed"),
    ],
)
@pytest.mark.parametrize(("ended", "past", "standing"), [(BEFORE, 1, 0), (ON, 0, 0), (None, 0, 1)])
def test_a_case_goes_when_it_ended_before_the_day(db, extract, row, day, ended, past, standing):
    insert(db, extract, **row, **({day: ended} if ended else {}))
    assert db.value(f"select count(*) from loaded.{extract} where {outlived.condition(extract, LIMIT)}") == past
    assert db.value(f"select count(*) from loaded.{extract} where {outlived.standing(extract, LIMIT)}") == standing


@pytest.mark.parametrize("kind", ["ansökan", "överflyttning"])
def test_a_referral_that_is_never_pre_assessed_has_ended_when_it_has_come(db, kind):
    insert(db, "referrals", **PERSON, referral_id="A1", kind=kind, received=BEFORE)
    assert outlived.counts(db, LIMIT) == {"referrals": 1}


def test_a_refusal_has_ended_on_the_day_of_the_decision(db):
    insert(db, "decisions", **{**DECISION, "result": "avslag"})
    assert outlived.counts(db, LIMIT) == {"decisions": 1}


@pytest.mark.parametrize("extract", outlived.ENDED)
def test_any_later_day_in_the_row_keeps_it(db, extract):
    """Every day of an extract counts, whatever it is of."""
    sql = outlived.condition(extract, LIMIT)
    for column in EXTRACTS[extract].of_kind(Kind.DATE):
        assert column.name in sql


def test_a_plan_goes_with_its_decision_and_not_before(db):
    insert(db, "plans", **PLAN)
    insert(db, "plans", **{**PLAN, "plan_id": "P2", "decision_id": "B2"})
    insert(db, "plans", **{**PLAN, "plan_id": "P3", "revised": ON})
    insert(db, "decisions", **DECISION, ended=BEFORE)
    past = db.rows(f"select plan_id from loaded.plans where {outlived.condition('plans', LIMIT)}")
    assert past == [("P1",)]


@pytest.mark.parametrize(
    ("content", "goes"),
    [
        ('{"received": "2022-12-31"}', True),
        ('{"received": "2022-12-31", "decided": "2023-01-01"}', False),
        ('{"received": "i våras"}', True),
    ],
)
def test_a_rejected_row_goes_unless_it_tells_a_later_day(db, content, goes):
    columns = db.columns("quarantine")
    values = [content if name == "content" else 1 if name == "row_number" else None for name in columns]
    db.run("create table found as from quarantine")
    db.run(f"insert into found values ({', '.join('?' * len(values))})", values)
    assert db.value(f"select count(*) from found where {outlived.quarantined(LIMIT)}") == goes


def test_rows_that_came_back_are_warned_of(db):
    insert(db, "investigations", **PERSON, investigation_id="U1", opened=BEFORE, closed=BEFORE)
    (warned,) = outlived.warnings(db, LIMIT)
    assert (warned.extract, warned.rule, warned.count) == ("investigations", "past_retention", 1)
    assert outlived.warnings(db, None) == []
    assert outlived.warnings(db, date(2022, 12, 31)) == []
