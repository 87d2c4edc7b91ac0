import unicodedata

import pytest

from pipeline.management.naming import natural_order, nearest, references
from pipeline.model.goals import Reference
from tests.unit.management.goal_rows import METRICS

MEASURES = {"Nöjdhet, totalt": True, "Svarstid": False}
PLAN, DAYS = Reference("plan_current"), Reference("days")


def named(text: str | None) -> tuple[tuple[Reference, ...], tuple[str, ...]]:
    return references(text, METRICS, MEASURES)


@pytest.mark.parametrize(
    "text",
    [
        "plan_current",
        " PLAN_CURRENT ",
        "Insatser med aktuell plan",
        "insatser  med\N{NO-BREAK SPACE}aktuell plan",
        unicodedata.normalize("NFD", "Insatser med aktuell plan"),
    ],
)
def test_a_metric_is_known_by_id_and_by_title(text: str) -> None:
    assert named(text) == ((PLAN,), ())


@pytest.mark.parametrize("text", ["plan_current; days", "plan_current,days", "Utredningstid; plan_current; days"])
def test_several_stand_with_semicolon_or_comma(text: str) -> None:
    found, unknown = named(text)
    assert set(found) == {PLAN, DAYS}
    assert len(found) == 2
    assert unknown == ()


def test_the_cells_order_is_kept() -> None:
    assert named("days, plan_current")[0] == (DAYS, PLAN)


def test_a_title_may_hold_a_comma() -> None:
    assert named("Klara inom 120 dagar, barn") == ((Reference("within_120"),), ())
    assert named("days, Klara inom 120 dagar, barn, plan_current") == ((DAYS, Reference("within_120"), PLAN), ())


@pytest.mark.parametrize("text", ["days: Barn och unga", "Utredningstid:Barn och unga", "DAYS :  Barn och  unga"])
def test_a_category_of_a_metric_that_is_told_by_one(text: str) -> None:
    assert named(text) == ((Reference("days", "Barn och unga"),), ())


def test_a_metric_that_is_not_told_by_category_has_none() -> None:
    assert named("plan_current: Barn och unga") == ((), ("plan_current: Barn och unga",))


def test_a_measure_is_known_by_its_name_and_spelt_as_in_its_extract() -> None:
    assert named("nöjdhet, totalt") == ((Reference("measure", "Nöjdhet, totalt"),), ())
    assert named("measure: svarstid; Svarstid") == ((Reference("measure", "Svarstid"),), ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("days: Barn och unga; plan_current", (Reference("days", "Barn och unga"), PLAN)),
        ("days: Barn och unga, plan_current", (Reference("days", "Barn och unga"), PLAN)),
        ("days: Barn, days: Äldre", (Reference("days", "Barn"), Reference("days", "Äldre"))),
        ("days: Missbruk, beroende", (Reference("days", "Missbruk, beroende"),)),
    ],
)
def test_a_category_ends_where_another_name_begins(text: str, found: tuple[Reference, ...]) -> None:
    assert named(text) == (found, ())


def test_what_names_nothing_is_told_once() -> None:
    assert named("plan_curent; days; plan_curent;;") == ((DAYS,), ("plan_curent",))


@pytest.mark.parametrize("text", [None, "", " ; , "])
def test_an_empty_cell_names_nothing(text: str | None) -> None:
    assert named(text) == ((), ())


def test_numbers_are_ordered_by_size() -> None:
    names = ["1:10 Öppet", "1:2 Ärligt", "Åldern", "1:2 Arbete", "Zonen", "1:1"]
    assert sorted(names, key=natural_order) == ["1:1", "1:2 Arbete", "1:2 Ärligt", "1:10 Öppet", "Zonen", "Åldern"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("plan_curent", "Menade du ”plan_current”?"),
        ("utredningstiden", "Menade du ”Utredningstid”?"),
        ("Nöjdhet totalt", "Menade du ”Nöjdhet, totalt”?"),
        ("sjukfrånvaro", "Skriv måttets namn så som det står i rapporten."),
    ],
)
def test_the_nearest_name_is_suggested(name: str, told: str) -> None:
    assert nearest(name, METRICS, MEASURES) == told
