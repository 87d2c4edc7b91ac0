"""The judge is judged: what it says is recovered is so, and what a patient reader finds it finds."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from pipeline.metrics import catalogue
from pipeline.model import Direction, Figures, Key
from tests.protection import bruteforce
from tests.protection.attacker import Attack, attack, leftovers
from tests.protection.greedy import _EMPTY
from tests.protection.knowledge import Knowledge, Publication, cells_of
from tests.protection.measures import Row
from tests.protection.organisations import NOW, Shape, World, figures_of, world
from tests.protection.shortcuts import follow
from tests.protection.system import determined
from tests.unit.builders import COMMITTEE

_HOMES = {"A": "P", "B": "P", "C": "Q", "D": "Q"}


def _service(unit: str, gender: str = "kvinna", plan: bool = True, area: str = "Vuxna") -> Row:
    categories = {"gender": gender, "age_group": "0–6"}
    return Row("services", unit, _HOMES[unit], area, date(2026, 1, 1), None, categories,
               frozenset({"plan"} if plan else ()), f"p{unit}", "")  # fmt: skip


def _world(*rows: Row, metrics: tuple[str, ...] = ("plan_in_force",), breakdowns: tuple[str, ...] = ()) -> World:
    known = catalogue.read()
    chosen = {name: replace(known[name], breakdowns=breakdowns) for name in metrics}
    return World(rows, _HOMES, chosen)


def _hiding(figures: Figures, hidden: set[Key]) -> Publication:
    """The figures with some rows hidden by hand."""
    told = {key: replace(f, **_EMPTY) if key in hidden else f for key, f in figures.figures.items()}
    return Publication(told, figures.windows)


def _key(level: int, org: str = COMMITTEE, category: str = "", metric: str = "plan_in_force") -> Key:
    return Key(metric, "share", "stock", level, org, "gender" if category else "", category)


_ROWS = (
    [_service("A", plan=False)] * 2 + [_service("A")] + [_service("B")] * 6 + [_service("C")] * 7 + [_service("D")] * 8
)


def test_one_hidden_unit_beside_a_shown_programme_is_recovered() -> None:
    made = _world(*_ROWS)
    found = attack(made, [_hiding(figures_of(made), {_key(3, "A")})])
    assert {(one.key, one.what, one.value) for one in found} == {
        (_key(3, "A"), "rows", 3), (_key(3, "A"), "hits", 1), (_key(3, "A"), "rest", 2),
    }  # fmt: skip
    assert "units" in found[0].how


def test_two_hidden_units_of_one_programme_are_not_recovered() -> None:
    made = _world(*_ROWS)
    assert attack(made, [_hiding(figures_of(made), {_key(3, "A"), _key(3, "B")})]) == []


def test_two_hidden_units_that_another_metric_shows_are_recovered() -> None:
    made = _world(*_ROWS, metrics=("plan_in_force", "plan_current"))
    found = attack(made, [_hiding(figures_of(made), {_key(3, "A"), _key(3, "B")})])
    assert (_key(3, "A"), "rows") in {(one.key, one.what) for one in found}


def test_a_hidden_pair_of_which_nothing_is_left_is_recovered() -> None:
    """Rows two and none: a sum of 0 for the one shown numerator leaves the other numerators no choice, rows do."""
    rows = [_service("A", "kvinna"), _service("A", "kvinna"), *[_service("B", "man")] * 6]
    made = _world(*rows, *[_service("C")] * 9, breakdowns=("gender",))
    women, men = _key(3, "A", "kvinna"), _key(3, "A", "man")
    found = attack(made, [_hiding(figures_of(made), {_key(3, "A"), women, men, _key(3, "B")})])
    assert {one.key for one in found} >= {women}


def test_what_the_committees_own_row_gives_is_no_recovery() -> None:
    rows = [_service("A")] * 3
    made = replace(_world(*rows), register={"A": "P"})
    assert attack(made, [_hiding(figures_of(made), {_key(2, "P"), _key(3, "A")})]) == []


def test_an_earlier_publication_gives_what_is_hidden_now() -> None:
    made = _world(*_ROWS)
    figures = figures_of(made)
    one, other = {_key(3, "A"), _key(3, "B")}, {_key(3, "A"), _key(3, "C"), _key(2, "P"), _key(2, "Q")}
    assert attack(made, [_hiding(figures, one)]) == []
    assert attack(made, [_hiding(figures, other), _hiding(figures, one)])


def test_a_hidden_figure_whose_change_is_told_is_a_leftover() -> None:
    made = _world(*_ROWS)
    figures = figures_of(made)
    key, changes = next((k, c) for k, c in figures.changes.items() if k == _key(3, "B"))
    hidden = _hiding(figures, {key}).figures
    public = replace(figures, figures=hidden, changes={key: tuple(
        replace(c, difference=0.1, direction=Direction.HIGHER) for c in changes)})  # fmt: skip
    assert leftovers(public)
    assert not leftovers(replace(public, changes={}))


@pytest.mark.parametrize("field", ["numerator", "denominator", "value", "ci_low", "ci_high", "exact", "deviation"])
def test_whatever_a_hidden_row_still_holds_is_a_leftover(field: str) -> None:
    made = _world(*_ROWS)
    figures = figures_of(made)
    hidden = dict(_hiding(figures, {_key(3, "A")}).figures)
    hidden[_key(3, "A")] = replace(hidden[_key(3, "A")], **{field: 1.0})
    assert leftovers(replace(figures, figures=hidden, changes={}))


@pytest.mark.parametrize("seed", range(40))
def test_all_whole_numbers_tried_one_by_one_agree_with_the_linear_programme(seed: int) -> None:
    """Rows are hidden at random; what no other table fits is what the attacker says, no more and no less."""
    draw = random.Random(seed)
    rows = [
        _service(draw.choice("ABCD"), draw.choice(["kvinna", "man"]), draw.random() < 0.6)
        for _ in range(draw.choice([3, 4, 6]))
    ]
    made = _world(*rows, breakdowns=("gender",) if seed % 2 else ())
    figures = figures_of(made)
    free = [key for key in figures.figures if key.window == "stock" and (key.level > 1 or key.breakdown)]
    hidden = set(draw.sample(free, min(len(free), draw.choice([1, 3, 5]))))
    publication = bruteforce.only(_hiding(figures, hidden), {"stock"}, "plan_in_force")
    patient = bruteforce.recovered(made, made.metrics["plan_in_force"], publication, [(NOW.ends, NOW.ends)])
    attacker = Attack(made, [publication])
    read = attacker.read([(figure, publication) for figure in publication.shown()])
    found = {(one.key, one.what): one.truth for one in determined(attacker.system, read, attacker.sought())}
    assert found == patient


def _hiding_all_but_the_committees(publication: Publication) -> Publication:
    return Publication(
        {key: figure if key.level == 1 and not key.breakdown else replace(figure, **_EMPTY)
         for key, figure in publication.figures.items()},
        publication.windows,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_what_falls_out_by_subtraction_is_found_by_the_linear_programme(seed: int) -> None:
    made = world(Shape(seed, ("investigations",), 4, 2, rows=(2, 8)))
    figures = figures_of(made)
    hidden = {key for n, key in enumerate(sorted(figures.figures)) if (key.level > 1 or key.breakdown) and n % 4 == 0}
    publication = _hiding(figures, hidden)
    knowledge = Knowledge(made, [publication])
    fallen = follow(knowledge.shown(), knowledge.equations())
    plain = {
        key for key in hidden
        if cells_of(key, figures.windows)["rows"] in fallen or cells_of(key, figures.windows)["rows"] in
        knowledge.shown()
    }  # fmt: skip
    found = {one.key for one in attack(made, [publication])}
    given = {key for key in plain if key not in found}
    always = Knowledge(made, [_hiding_all_but_the_committees(publication)])
    told = always.shown() | dict.fromkeys(follow(always.shown(), always.equations()), 0)
    told |= {cell: 0 for cell, rows in knowledge.shown().items() if rows == 0}  # nobody's, and said by another metric
    left = [cells_of(key, figures.windows)["rows"] for key in given]
    assert all(cell in told or knowledge.is_all_in_a_part(cell, knowledge.shown()) for cell in left)
