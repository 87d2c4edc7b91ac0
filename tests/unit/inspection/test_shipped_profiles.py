"""The profiles that come with the project: readable, unambiguous, and open about being starting points."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest

from pipeline.places import ROOT
from pipeline.schemas import EXTRACTS, contract
from pipeline.sources import profiles
from pipeline.sources.profile_faults import COMMON
from pipeline.sources.profiles import STANDARD, Profile
from pipeline.sources.wording import Wording, fold

SYSTEMS = ("combine", "lifecare", "procapita", "treserva", "viva")
BY_NAME = {profile.name: profile for profile in profiles.load_all(ROOT / "profiles", contract())}


def wordings(profile: Profile) -> Iterator[tuple[str, Wording, Wording]]:
    for extract in EXTRACTS.values():
        standard = BY_NAME[STANDARD].wording(extract.name, extract.names, extract.required)
        yield extract.name, standard, profile.over(standard, extract.name)


def test_the_systems_are_there():
    assert {*SYSTEMS, STANDARD} <= BY_NAME.keys()


@pytest.mark.parametrize("name", SYSTEMS)
def test_it_says_that_it_is_a_starting_point(name: str):
    assert "Utgångspunkt gjord av allmän kunskap" in BY_NAME[name].about
    first_lines = (ROOT / "profiles" / f"{name}.toml").read_text(encoding="utf-8")[:300]
    assert "general knowledge" in first_lines


@pytest.mark.parametrize("name", SYSTEMS)
def test_it_words_the_extracts_that_such_systems_hold(name: str):
    assert {"referrals", "investigations", "decisions", "plans"} <= BY_NAME[name].headings.keys()
    assert BY_NAME[name].codes["decisions"]["result"]["bifall"]


@pytest.mark.parametrize("name", SYSTEMS)
def test_rows_are_not_marked_with_a_system_unless_somebody_says_so(name: str):
    assert not any("source_system" in columns for columns in BY_NAME[name].constants.values())
    shown = re.search(r'#\s+source_system = "(.+)"', (ROOT / "profiles" / f"{name}.toml").read_text(encoding="utf-8"))
    assert shown
    assert shown[1] == BY_NAME[name].title


@pytest.mark.parametrize("name", SYSTEMS)
def test_no_heading_means_two_things(name: str):
    for extract, _, own in wordings(BY_NAME[name]):
        folded = [fold(heading) for headings in own.own.values() for heading in headings]
        assert sorted(set(folded)) == sorted(folded), extract


@pytest.mark.parametrize("name", SYSTEMS)
def test_no_heading_only_repeats_the_contracts(name: str):
    for extract, standard, own in wordings(BY_NAME[name]):
        for column, headings in BY_NAME[name].headings.get(extract, {}).items():
            known = set(map(fold, standard.standard[column]))
            assert [heading for heading in headings if fold(heading) in known] == [], own.profile


@pytest.mark.parametrize("name", SYSTEMS)
def test_no_text_means_two_codes(name: str):
    document = tomllib.loads((ROOT / "profiles" / f"{name}.toml").read_text(encoding="utf-8"))
    for extract in (COMMON, *EXTRACTS):
        for column, codes in document.get(extract, {}).get("codes", {}).items():
            folded = [fold(text) for texts in codes.values() for text in texts]
            assert sorted(set(folded)) == sorted(folded), f"{extract}.{column}"


@pytest.mark.parametrize("name", SYSTEMS)
@pytest.mark.parametrize("text", ["Bifallsbeslut", "B"])
def test_the_ways_to_write_a_granted_decision_are_understood(name: str, text: str):
    own = next(own for extract, _, own in wordings(BY_NAME[name]) if extract == "decisions")
    assert own.meanings("result", EXTRACTS["decisions"]["result"].codes)[fold(text)] == "bifall"
