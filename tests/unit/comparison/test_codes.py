"""Who a code is of: one home for the counties and the nation, whichever source a code comes from."""

from __future__ import annotations

import pytest

from pipeline.comparison import codes
from pipeline.places import SQL


@pytest.mark.parametrize(("code", "county"), [("0182", "01"), ("2584", "25"), ("0000", None), ("9999", None)])
def test_a_municipality_is_in_the_county_that_its_code_begins_with(code: str, county: str | None):
    assert codes.county_of(code) == county


def test_every_county_is_known_by_its_whole_name_without_its_last_word_and_without_the_genitive():
    assert len(codes.COUNTIES) == 21
    for name in ("västragötalandslän", "västragötalands", "västragötaland"):
        assert codes.COUNTY_NAMED[name] == "14"


def test_the_counties_stand_nowhere_else():
    home = SQL.parent
    holding = [
        file.relative_to(home).as_posix()
        for folder in ("pipeline/comparison", "sql")
        for file in (home / folder).rglob("*.*")
        if file.suffix in (".py", ".toml") and "Västernorrlands län" in file.read_text(encoding="utf-8")
    ]
    assert holding == ["pipeline/comparison/codes.py"]
