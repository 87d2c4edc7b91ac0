"""Extracts that do not tell who is protected say so, in words that tell what it means."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline import database, loading
from pipeline.loading.unflagged import RULE
from pipeline.model import Warned
from pipeline.publish import advice

FLAG = "protected_identity"
TODAY = date(2026, 9, 8)


def warned(raw) -> list[Warned]:
    with database.in_memory() as db:
        quality = loading.load(db, raw.config, TODAY, raw.folder)
        return loading.not_flagged(db, quality)


def referrals(raw, *flags: str | None) -> None:
    """A referral for each of the flags; None: there is no such column."""
    said = [{} if flag is None else {FLAG: flag} for flag in flags]
    raw.rows("referrals", *({"referral_id": f"A{n}", **flag} for n, flag in enumerate(said)))


def test_a_missing_column_is_told_with_what_it_means(raw):
    referrals(raw, None, None)
    raw.rows("incidents", {})
    (one,) = warned(raw)
    assert (one.extract, one.rule, one.count, one.examples) == ("referrals", RULE, 1, ())
    assert one.text == (
        "Kolumnen Skyddade personuppgifter finns inte i utdraget, så ingen vet vilka personer som har skyddade"
        " personuppgifter: de som har det skyddas bara om ett annat utdrag visar det, och kan annars stå i"
        " bevakningslistor och synas i små grupper."
    )


@pytest.mark.parametrize(
    ("flags", "count", "told"),
    [
        (("", ""), 1, "är tom på alla rader"),
        (("nej", "", ""), 2, "är tom på en del rader"),
        (("ja", "nej", ""), 1, "är tom på en del rader"),
    ],
)
def test_so_is_a_blank_one(raw, flags: tuple[str, ...], count: int, told: str):
    referrals(raw, *flags)
    (one,) = warned(raw)
    assert one.count == count
    assert told in one.text


@pytest.mark.parametrize("flags", [("ja", "nej"), ("nej", "nej"), ("ja", ""), ("x", "")])
def test_a_column_that_tells_of_everybody_is_in_order(raw, flags: tuple[str, ...]):
    referrals(raw, *flags)
    assert warned(raw) == []


def test_an_extract_without_rows_tells_of_nobody(raw):
    raw.rows("referrals")
    assert warned(raw) == []


def test_files_that_lack_it_beside_one_that_has_it_are_told_of_by_their_rows(raw):
    raw.rows("referrals", {"referral_id": "A1", FLAG: "nej"}, file="aktualiseringar_2026-01-01.csv")
    raw.rows("referrals", {"referral_id": "A2"}, {"referral_id": "A3"}, file="aktualiseringar_2026-06-01.csv")
    (one,) = warned(raw)
    assert (one.count, "på en del rader" in one.text) == (2, True)


def test_a_blank_column_is_told_of_once(raw):
    referrals(raw, "", "")
    assert "column_empty" not in raw.load().warned


def test_it_is_called_by_a_name_of_its_own():
    assert advice.of(RULE).title == "Okänt vilka som har skyddade personuppgifter"
