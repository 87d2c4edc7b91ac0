"""The people are invented, and the same in every extract."""

import re
from datetime import date
from pathlib import Path

import pytest

from pipeline.demo.people import _check_digit, _number
from tests.unit.demo import delivered

NUMBER = re.compile(r"(?:19|20)?\d{6}-?\d{4}")
CLIENT = re.compile(r"K\d{7}")
SPOILED = ("referrals", "investigations", "decisions", "plans")


@pytest.fixture(scope="module")
def ids(small: Path) -> dict[str, set[str]]:
    return {extract: {row["Person-ID"] for row in delivered.of(small, extract)} - {""} for extract in SPOILED}


@pytest.mark.parametrize(
    ("nine", "digit"),
    [("640823323", 4), ("811218987", 6), ("000101000", 8), ("000000000", 0)],
)
def test_the_check_digit_is_the_modulus_10_of_the_nine_before_it(nine: str, digit: int) -> None:
    assert _check_digit(nine) == digit


def test_a_wrong_check_digit_is_the_next_one() -> None:
    assert _number("20000101", wrong=False)[:-1] == _number("20000101", wrong=True)[:-1]
    assert _number("20000101", wrong=False)[-1] == "8"
    assert _number("20000101", wrong=True)[-1] == "9"


def test_people_have_the_systems_own_ids_or_numbers_that_nobody_is_given(ids: dict[str, set[str]]) -> None:
    every = set().union(*ids.values())
    numbers = {one for one in every if NUMBER.fullmatch(one)}
    assert all(CLIENT.fullmatch(one) for one in every - numbers)
    assert 0.02 < len(numbers) / len(every) < 0.2
    assert all(one[-4:-1] == "000" for one in numbers)


def test_numbers_are_written_in_every_form(ids: dict[str, set[str]]) -> None:
    lengths = {len(one) for one in set().union(*ids.values()) if NUMBER.fullmatch(one)}
    assert lengths == {11, 12, 13}


def test_the_same_people_stand_in_all_extracts(ids: dict[str, set[str]]) -> None:
    assert ids["referrals"] & ids["investigations"] & ids["decisions"] & ids["plans"]


def test_children_are_children_when_they_come(small: Path) -> None:
    ages = [
        received.year - int(row["Födelseår"])
        for row in delivered.of(small, "referrals")
        if row["Verksamhetsområde"] == "Barn och unga"
        and (received := delivered.day(row["Inkommen"]))
        and re.fullmatch(r"\d{4}", row["Födelseår"])
    ]
    assert min(ages) >= 0
    assert max(ages) <= 19


def test_no_number_can_be_read_as_another_century(small: Path) -> None:
    for row in delivered.of(small, "decisions"):
        if NUMBER.fullmatch(row["Person-ID"]) and row["Födelseår"].isdigit():
            assert int(row["Födelseår"]) > date(2026, 1, 1).year - 100
