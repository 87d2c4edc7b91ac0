"""What is secret of an extract's rows, and what is not since the report itself says the like."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from pipeline import database
from pipeline.config import Disclosure
from pipeline.database import Database
from pipeline.lastcheck import Kind, secrets
from pipeline.lastcheck.findings import Piece
from pipeline.lastcheck.searching import Searcher
from pipeline.schemas import EXTRACTS
from tests.unit.publish import fakes


@pytest.fixture
def db() -> Iterator[Database]:
    with database.in_memory() as made:
        made.run("create schema loaded; create table quarantine (extract varchar, content varchar)")
        for name, extract in EXTRACTS.items():
            made.run(f"create table loaded.{name} ({', '.join(f'{c} varchar' for c in extract.names)})")
        yield made


def found(
    db: Database,
    text: str,
    *,
    public: tuple[str, ...] = (),
    own: tuple[str, ...] = (),
    smallest: int = 5,
    **of: bool,
) -> set[Kind]:
    return set(searcher(db, public=public, own=own, smallest=smallest).kinds(Piece("", text, **of)))


def searcher(db: Database, *, public: tuple[str, ...] = (), own: tuple[str, ...] = (), smallest: int = 5) -> Searcher:
    return Searcher(secrets(db, fakes.config(disclosure=Disclosure(smallest=smallest))), public, own)


@pytest.mark.parametrize(
    ("case", "text", "is_found"),
    [
        ("A1-1", "se A1-1.", True),
        ("U39", "se U39", False),  # as P90, r12
        ("12345", "se 12345", True),
        ("1234", "se 1234", False),
        ("12345", "12\N{NO-BREAK SPACE}345", False),
        ("2026-1234", "se 2026-1234", True),
        ("2025-400", "lagen (2025:400)", False),
        ("2026-08", "2026-08", False),  # a month of the report
        ("Akt 17 B", "se akt 17 b här", True),
        ("Kundakt", "Kundakt", True),
        ("Kundakt", "en kundakt till", False),
    ],
)
def test_an_id_is_searched_as_far_as_it_is_told_from_words_and_numbers(
    case: str, text: str, is_found: bool, db: Database
) -> None:
    db.run("insert into loaded.decisions (decision_id) values (?)", [case])
    assert found(db, text) == ({Kind.CASE} if is_found else set())


@pytest.mark.parametrize(
    ("case", "text", "alone", "in_comment"),
    [
        ("U39", "U39", True, True),
        ("U39", "se u39 igen", False, True),
        ("U39", "xU39 U391", False, False),
        ("P90", "P90", False, False),  # the report's own
        ("1234", "1234", True, False),
        ("1234", "1234 barn", False, False),
        ("1234", "i ärende 1234", False, True),
        ("7", "akt nr 7.", False, True),
        ("7", "7", False, False),
        ("2026", "2026, akt 2026", False, False),
        ("A1", "A1", False, False),
        ("A1", "id: A1", False, True),
    ],
)
def test_a_short_id_is_searched_where_it_is_told_from_what_the_report_says(
    case: str, text: str, alone: bool, in_comment: bool, db: Database
) -> None:
    db.run("insert into loaded.decisions (decision_id) values (?)", [case])
    own = ("P90 är ett mått",)
    assert found(db, text, own=own) == set()
    assert found(db, text, own=own, is_told=True) == ({Kind.CASE} if alone else set())
    assert found(db, text, own=own, is_free=True) == ({Kind.CASE} if in_comment else set())


def test_an_id_of_digits_is_no_secret_in_a_cell_of_numbers(db: Database) -> None:
    db.run("insert into loaded.referrals (referral_id) values ('12345')")
    assert found(db, "12345", is_number=True) == set()
    assert found(db, "199001011239", is_number=True) == {Kind.PERSON_NUMBER}


SHAPES = (
    "BES-1", "bes/1", "Bes_1.2+3", "a--1b", "-ab1", "ab1-", "AB:12", "ÅR-12", "12345", "1234", "123-45", "1-2-3-4-5",
    "2026-08", "2026-08-31", "2026-8-31", "1899-08", "20260831", "½1234", "x²34", "12345²", "abcd", "ab1", "a1b2",
    "2026", "12345é", "Akt 12345", "akt\u200b12345", "A\u0308R-123", "12.345", "2025:400", "٣٤٥٦٧", "١٢٣٤-a",
)  # fmt: skip


@pytest.mark.parametrize("case", SHAPES)
def test_an_id_is_the_same_secret_whether_the_engine_or_the_program_spells_it(case: str, db: Database) -> None:
    def seen() -> list[set[Kind]]:
        places = ({}, {"is_told": True}, {"is_free": True})
        texts = (case, f"se {case}.", case.upper(), case.replace("-", "/"), f"i {case}-1")
        searched = searcher(db)
        return [set(searched.kinds(Piece("", text, **place))) for place in places for text in texts]

    db.run("insert into loaded.decisions (decision_id) values (?)", [case])
    loaded = seen()
    db.run("truncate loaded.decisions")
    assert set().union(*seen()) == set()
    db.run("insert into quarantine values ('decisions', ?)", [json.dumps({"decision_id": case})])
    assert loaded == seen()


def test_persons_and_staff_are_told_apart_and_rejected_rows_are_secret_too(db: Database) -> None:
    person, staff, rejected = "1f" * 16, "2e" * 16, "BES-9999"
    db.run("insert into loaded.investigations (person_id, case_worker) values (?, ?)", [person, staff])
    db.run("insert into quarantine values ('decisions', ?)", [f'{{"decision_id": "{rejected}", "law": "SoL123"}}'])
    assert [found(db, text) for text in (person, staff, rejected, "SoL123")] == [
        {Kind.PERSON}, {Kind.STAFF}, {Kind.CASE}, set(),
    ]  # fmt: skip


def test_a_rare_text_is_secret_inside_others_and_a_common_one_as_a_whole(db: Database) -> None:
    for text, cases in (("Fadern flyttade utomlands", 4), ("Frånvaro utan vikarie", 5), ("Avliden", 1)):
        for _ in range(cases):
            db.run("insert into loaded.incidents (cause) values (?)", [text])
    assert found(db, "Det sägs att fadern flyttade utomlands.") == {Kind.TEXT}
    assert found(db, "Ofta är det frånvaro utan vikarie.") == set()
    assert found(db, "Frånvaro utan vikarie") == {Kind.TEXT}
    assert found(db, "Fadern flyttade utomlands", smallest=3) == {Kind.TEXT}
    assert found(db, "Att fadern flyttade utomlands", smallest=4) == set()


def test_a_text_of_one_word_is_secret_as_all_that_a_cell_says(db: Database) -> None:
    db.run("insert into loaded.decisions (end_reason) values ('Avliden'), ('Annat')")
    assert found(db, "Avliden", is_told=True) == {Kind.TEXT}
    assert found(db, "Några har avlidit, en är avliden.", is_told=True, is_free=True) == set()
    assert found(db, "Annat", is_told=True, own=("eller annat",)) == set()
    assert found(db, "Avliden", is_told=True, public=("Avliden",)) == set()


def test_a_category_that_is_shown_is_no_secret(db: Database) -> None:
    db.run("insert into loaded.decisions (delay_reason) values ('Saknar ledig plats')")
    assert found(db, "Saknar ledig plats") == {Kind.TEXT}
    assert found(db, "Saknar ledig plats", public=("Saknar ledig plats",)) == set()


def test_what_the_management_system_tells_is_no_secret(db: Database) -> None:
    db.run("insert into loaded.incidents (action) values ('Ny rutin införd')")
    db.run("insert into loaded.controls (action) values ('Ny rutin införd')")
    assert found(db, "Ny rutin införd") == set()
