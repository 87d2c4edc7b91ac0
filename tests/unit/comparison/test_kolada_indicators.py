"""What is kept of Kolada seen from one municipality: whose each value is, what has ended, what is missing."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.comparison.kolada import Kept, indicators, is_discontinued, parse, similar_to
from pipeline.comparison.kolada.indicators import unit_of
from pipeline.comparison.kolada.parties import groups_of, kinds
from pipeline.comparison.pairs import Wanted
from pipeline.model.comparison import Indicator, Kind, Mean, Missing, Source
from tests.unit.comparison.stub import (
    GROUPS,
    IFO_OF_NACKA,
    KPIS,
    LSS_OF_NACKA,
    MUNICIPALITIES,
    NACKA,
    group,
    kpi,
    value,
)

DAY = date(2026, 4, 20)
PLACES = [{"id": "0000", "title": "Riket", "type": "L"}] + [
    {"id": code, "title": name, "type": "K"} for code, name in MUNICIPALITIES.items()
]


def indicator(*rows: object, wanted: str = "U28129", similar: str = "", more: tuple[object, ...] = ()) -> Indicator:
    content = parse([*PLACES, *GROUPS, *KPIS.values(), *more, *rows])
    (found,) = indicators(
        Kept(content, {wanted: DAY}), [Wanted(Source.KOLADA, wanted, "higher", similar)], NACKA, "IFO"
    )
    return found


def of(found: Indicator, kind: Kind) -> dict[tuple[str, int, str], float | None]:
    return {(one.party.code, one.year, one.gender): one.value for one in found.observations if one.party.kind == kind}


def test_every_value_is_somebodys():
    found = indicator(
        value("U28129", "0182", 2025, 74.5),
        value("U28129", "0000", 2025, 80),
        value("U28129", "G36599", 2025, 78),
        value("U28129", "G92793", 2025, 77),
        value("U28129", "0126", 2025, 60),
        value("U28129", "0001", 2025, 1),
        value("U28129", "G92787", 2025, 2),
        value("U28129", "G30599", 2025, 3),
    )
    assert of(found, Kind.OWN) == {("0182", 2025, "T"): 74.5}
    assert of(found, Kind.NATION) == {("0000", 2025, "T"): 80}
    assert of(found, Kind.SIMILAR) == {("G36599", 2025, "T"): 78}
    assert of(found, Kind.GROUP) == {("G92793", 2025, "T"): 77}
    assert of(found, Kind.MUNICIPALITY) == {("0126", 2025, "T"): 60}
    # A region's, other municipalities' groups' and an older list's values are nobody's to compare with.
    assert len(found.observations) == 5
    assert (found.fetched, found.unit, found.better, found.note) == (DAY, "%", "higher", "")


def test_means_are_told_apart():
    found = indicator(
        value("U28129", "0000", 2025, 80), value("U28129", "G36599", 2025, 78), value("U28129", "0182", 2025, 1)
    )
    assert {one.party.kind: one.party.mean for one in found.observations} == {
        Kind.NATION: Mean.UNKNOWN, Kind.SIMILAR: Mean.UNWEIGHTED, Kind.OWN: Mean.NONE,
    }  # fmt: skip


def test_the_county_is_reckoned_from_its_municipalities_where_kolada_has_no_group_of_them():
    found = indicator(*(value("U28129", code, 2025, number) for code, number in
                        {"0182": 70, "0126": 80, "0163": 99, "0184": None, "1285": 1}.items()))  # fmt: skip
    assert of(found, Kind.COUNTY) == {("01", 2025, "T"): 83.0}
    assert {one.party.mean for one in found.observations if one.party.kind is Kind.COUNTY} == {Mean.OURS}
    assert found.note == ""


def test_a_mean_that_we_made_says_so_of_its_own_year_alone():
    theirs = [value("U28129", "G36599", 2025, 40)]
    ours = [value("U28129", code, 2024, 50) for code in IFO_OF_NACKA]
    made = {
        one.year: one.party.mean for one in indicator(*theirs, *ours).observations if one.party.kind is Kind.SIMILAR
    }
    assert made == {2024: Mean.OURS, 2025: Mean.UNWEIGHTED}


def test_koladas_own_mean_of_the_county_goes_before():
    county = group("G900001", "Stockholms läns kommuner (ovägt medel)", {"0182": "Nacka", "0126": "Huddinge"})
    found = indicator(value("U28129", "G900001", 2025, 66), value("U28129", "0182", 2025, 1), more=(county,))
    assert of(found, Kind.COUNTY) == {("G900001", 2025, "T"): 66}
    assert found.note == ""


def test_a_mean_of_two_is_none():
    found = indicator(value("U28129", "0182", 2025, 70), value("U28129", "0126", 2025, 80))
    assert of(found, Kind.COUNTY) == of(found, Kind.SIMILAR) == {}


def test_the_mean_of_similar_ones_is_reckoned_where_kolada_gives_none():
    numbers = dict(zip(IFO_OF_NACKA, range(10, 80, 10), strict=True))
    found = indicator(*(value("U28129", code, 2025, number, gender="K") for code, number in numbers.items()))
    assert of(found, Kind.SIMILAR) == {("G36599", 2025, "K"): 40.0}
    assert {one.party.mean for one in found.observations if one.party.kind is Kind.SIMILAR} == {Mean.OURS}


def test_nackas_similar_municipalities_are_those_of_the_latest_year_and_the_right_kind():
    content = parse([*PLACES, *GROUPS])
    for kind, members in (("IFO", IFO_OF_NACKA), ("ifo", IFO_OF_NACKA), ("LSS", LSS_OF_NACKA)):
        party = similar_to(content, NACKA, kind)
        assert party is not None
        assert {content.places[code].title for code in party.members} == set(members.values())
    assert kinds(content, NACKA) == {"IFO", "LSS"}
    assert similar_to(content, NACKA, "äldreomsorg") is None
    assert sorted(groups_of(content, NACKA)) == ["G36599", "G39648", "G92793"]


def test_the_kind_of_the_whole_municipality_stands_after_a_comma():
    content = parse([*PLACES, group("G1", "Liknande kommuner, övergripande, Nacka, 2023", {"0126": "Huddinge"})])
    party = similar_to(content, NACKA, "övergripande")
    assert party is not None
    assert party.name == "Liknande kommuner (övergripande 2023)"


def test_an_indicator_has_its_own_kind_of_similar_ones():
    rows = [value("U28129", "G36599", 2025, 1), value("U28129", "G39648", 2025, 2)]
    assert of(indicator(*rows, similar="LSS"), Kind.SIMILAR) == {("G39648", 2025, "T"): 2}
    lacking = indicator(*rows, similar="äldreomsorg")
    assert of(lacking, Kind.SIMILAR) == {}
    assert lacking.note == "Kolada anger inga liknande kommuner av slaget äldreomsorg för kommunen."


@pytest.mark.parametrize(
    ("title", "publ_period", "ended"),
    [
        ("Väntetid, median (- 2024)", None, True),
        ("Väntetid, median (-2024)", "2026", True),
        ("Väntetid, median (–2024) ", "2026", True),
        ("Väntetid, medelvärde", None, True),
        ("Andel (%) av befolkningen 0-20 år", "2025", False),
        ("Ändrad 2019-2024, andel (%)", "2026", False),
    ],
)
def test_an_ended_indicator_is_known_by_its_title_or_by_having_no_next_year(title, publ_period, ended):
    (found,) = parse([kpi("U33402", title, publ_period)]).kpis.values()
    assert is_discontinued(found) is ended


def test_an_ended_indicator_is_marked_with_its_last_year():
    said = indicator(value("U33402", NACKA, 2022, 88), wanted="U33402")
    assert (said.title, said.discontinued, said.last_year) == (
        "Utredningstid i antal dagar, barn och unga 0-20 år, median", True, 2024,
    )  # fmt: skip
    seen = indicator(value("U33401", NACKA, 2022, 88), value("U33401", "0126", 2023, None), wanted="U33401")
    assert (seen.discontinued, seen.last_year) == (True, 2022)
    unknown = indicator(wanted="U33401")
    assert (unknown.discontinued, unknown.last_year, unknown.note) == (True, None, "Inga värden finns hämtade.")
    living = indicator(value("U28129", NACKA, 2025, 74.5))
    assert (living.discontinued, living.last_year) == (False, None)


def test_an_unknown_indicator_says_so():
    found = indicator(wanted="U99999")
    assert (found.title, found.observations) == ("U99999", ())
    assert found.note == "Kolada har inget nyckeltal U99999, eller så har det inte hämtats."


def test_why_a_value_is_missing_goes_along():
    found = indicator(value("U28129", NACKA, 2025, None, ".."), value("U28129", "0126", 2025, 5, isdeleted=True))
    assert {one.party.code: one.missing for one in found.observations} == {
        "0182": Missing.SECRET, "0126": Missing.REMOVED,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Brukare med en plan, andel (%)", "%"),
        ("Väntat längre än 14 dagar (%). (- 2024)", "%"),
        ("Utredningstid i antal dagar, medelvärde", "dagar"),
        ("Investeringsutgifter, kr/inv", "kr/inv"),
        ("Barn på HVB någon gång under året, antal/1000 inv", "per 1 000 invånare"),
        ("Antal barn och unga på HVB", "antal"),
        ("Årsarbetare inom rehabilitering, antal", "antal"),
        ("Medarbetarengagemang, totalindex", ""),
    ],
)
def test_the_unit_is_told_by_the_title(title, unit):
    assert unit_of(title) == unit
