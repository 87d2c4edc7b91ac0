"""The API's JSON as typed records: what is taken as it is, and what is refused with its place."""

from __future__ import annotations

import pytest

from pipeline.comparison.kolada import NotKolada, parse, records
from pipeline.comparison.kolada.records import Group, Kpi, Place
from pipeline.model.comparison import Missing
from tests.unit.comparison.stub import group, kpi, value


def read(number: object, status: object = "", **more: object) -> tuple[float | None, Missing | None]:
    row = value("U28129", "0182", 2025, number, status, **more)  # type: ignore[arg-type]
    return parse([row]).values["U28129", "0182", 2025, more.get("gender", "T")]  # type: ignore[index]


def test_each_kind_of_record_is_known_by_its_keys():
    found = parse(
        [
            kpi("U33402", "Utredningstid,  median (- 2024)", None, "Dagar."),
            {"id": "0182", "title": "Nacka", "type": "K"},
            group("G36599", "Liknande kommuner IFO, Nacka, 2024", {"0126": "Huddinge"}),
            value("U33402", "0182", 2023, 88),
        ]
    )
    assert found.kpis == {"U33402": Kpi("U33402", "Utredningstid, median (- 2024)", "Dagar.", "")}
    assert found.places == {"0182": Place("0182", "Nacka", "K")}
    assert found.groups == {"G36599": Group("G36599", "Liknande kommuner IFO, Nacka, 2024", ("0126",))}
    assert found.values == {("U33402", "0182", 2023, "T"): (88.0, None)}


@pytest.mark.parametrize(
    ("number", "status", "expected"),
    [
        (0, "", (0.0, None)),
        (74.5, "", (74.5, None)),
        (74.5, None, (74.5, None)),
        (74.5, "Preliminary", (74.5, None)),
        (None, "", (None, Missing.NONE)),
        (None, "-", (None, Missing.NOT_ANSWERED)),
        (None, " Missing ", (None, Missing.NOT_ANSWERED)),
        (None, ".", (None, Missing.NOT_APPLICABLE)),
        (None, "..", (None, Missing.SECRET)),
        (None, "Private", (None, Missing.SECRET)),
        (3, "..", (None, Missing.SECRET)),
        (float("nan"), "", (None, Missing.NONE)),
    ],
)
def test_a_value_or_why_there_is_none(number, status, expected):
    assert read(number, status) == expected


def test_a_value_that_has_been_removed_is_none_also_where_its_number_stands():
    assert read(74.5, isdeleted=True) == (None, Missing.REMOVED)


def test_women_men_and_all_are_kept_apart():
    row = value("U33401", "0182", 2023, 90)
    row["values"] += [
        {**row["values"][0], "gender": "K", "value": 80},
        {**row["values"][0], "gender": "M", "value": 95},
    ]
    assert {key[3]: number for key, (number, _) in parse([row]).values.items()} == {"T": 90, "K": 80, "M": 95}


def test_the_same_record_twice_counts_once_and_the_last_holds():
    rows = [value("U28129", "0182", 2025, 70), value("U28129", "0182", 2025, 71)]
    assert parse(rows).values == {("U28129", "0182", 2025, "T"): (71.0, None)}


@pytest.mark.parametrize("document", [[], {}, None, "text", {"values": {}}, {"values": None}, {"count": 0}])
def test_what_is_no_answer_is_refused(document):
    with pytest.raises(NotKolada, match="det saknar listan values"):
        records(document)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("text", "är ingen post"),
        ({}, "saknar id"),
        ({"id": "0182", "type": "K"}, "saknar title"),
        ({"id": 182, "title": "Nacka", "type": "K"}, "har ett id som inte går att använda"),
        ({"id": "182", "title": "Nacka", "type": "K"}, "har ett id som inte går att använda"),
        ({"id": "0182/../x", "title": "Nacka", "type": "K"}, "har ett id som inte går att använda"),
        ({**kpi("U28129", "Titel"), "publ_period": []}, "har en publ_period som varken är text eller tom"),
        (kpi("U28129,U28130", "Titel"), "har ett id som inte går att använda"),
        ({"id": "G1", "title": "Grupp", "members": "0182"}, "har members som inte är en lista av kommuner"),
        ({"id": "G1", "title": "Grupp", "members": [{}]}, "saknar member_id"),
        ({"kpi": "U28129", "municipality": "0182", "period": "2025", "values": []}, "saknar ett årtal i period"),
        ({"kpi": "U28129", "municipality": "0182", "period": 20255, "values": []}, "saknar ett årtal i period"),
        ({"kpi": "U28129", "period": 2025, "values": []}, "saknar municipality"),
        ({"kpi": "U28129", "municipality": "0182", "period": 2025}, "saknar listan values"),
        (value("U28129", "0182", 2025, 1, gender="X"), "har ett värde utan kön (T, K eller M)"),
        (value("U28129", "0182", 2025, "74,5"), "har ett värde som inte är ett tal"),
        (value("U28129", "0182", 2025, True), "har ett värde som inte är ett tal"),
        (value("U28129", "0182", 2025, 1, 7), "har en status som inte är text"),
        (value("U28129", "0182", 2025, 1, isdeleted="true"), "har ett isdeleted som varken är true eller false"),
        (value("U28129", "0182", 2025, 1, isdeleted=1), "har ett isdeleted som varken är true eller false"),
        (value("U28129", "0182", 2025, 1, isdeleted=None), "har ett isdeleted som varken är true eller false"),
    ],
)
def test_a_wrong_record_is_refused_with_its_number(row, told):
    with pytest.raises(NotKolada) as fault:
        parse([{"id": "0180", "title": "Stockholm", "type": "K"}, row])
    assert str(fault.value) == f"har en post nr 2 som {told}"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (value("U28129", "0182", 2025, 10**400), "har ett orimligt stort värde"),
        (value("U28129", "0182", 2025, 1e300), "har ett orimligt stort värde"),
        (value("U28129", "0182", 2025, 1, gender=["T"]), "har ett värde utan kön"),
        (kpi("U28129", "Titel", description="x" * 200_000), "har ett description som är för långt"),
        (kpi("U28129", "Ti\ud800tel"), "har ett title som är för långt eller har tecken som inte finns"),
    ],
)
def test_what_could_not_be_kept_or_printed_is_refused(row, told):
    with pytest.raises(NotKolada, match=told):
        parse([row])
