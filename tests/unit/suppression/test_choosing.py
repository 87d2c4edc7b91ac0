"""Which rows are hidden in small tables that can be worked out by hand: as few as it takes, and no more."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.suppression import choose, recovered
from pipeline.suppression.plain import plain
from tests.unit.suppression.sketching import Sketch, Sum

ONE_ROW: list[Sum] = [("all", "abc")]


def line(a: float, b: float, c: float, **more: object) -> Sketch:
    """One row of a table with its total, which is always shown."""
    return Sketch({"all": a + b + c, "a": a, "b": b, "c": c}, ONE_ROW, fixed={"all"}, **more)  # type: ignore[arg-type]


def square(numbers: list[list[int]], small: str, *, shown: str = "margins") -> Sketch:
    """A table of 3 × 3 with its margins; rows are 1–3, columns a–c."""
    cells = {f"{column}{row + 1}": numbers[row]["abc".index(column)] for row in range(3) for column in "abc"}
    rows = {row: [f"{column}{row}" for column in "abc"] for row in "123"}
    columns = {column: [f"{column}{row}" for row in "123"] for column in "abc"}
    sums: list[Sum] = [*rows.items(), *columns.items(), ("all", list("123")), ("all", list("abc"))]
    margins = {name: sum(cells[cell] for cell in of) for name, of in (rows | columns).items()}
    fixed = {"all", *(margins if shown == "margins" else ())}
    return Sketch({"all": sum(cells.values()), **margins, **cells}, sums, small.split(), fixed)


def test_nothing_small_nothing_hidden() -> None:
    assert line(3, 57, 6).hidden() == set()


def test_one_alone_is_the_total_less_the_rest_so_another_is_hidden() -> None:
    assert line(3, 57, 6, small="a").found("a") == {"a"}
    hidden = line(3, 57, 6, small="a").hidden()
    assert len(hidden) == 2
    assert "a" in hidden


def test_two_small_ones_protect_each_other() -> None:
    assert line(3, 57, 4, small="ac").hidden() == {"a", "c"}


@pytest.mark.parametrize(("dear", "other"), [("b", "c"), ("c", "b")])
def test_importance_settles_between_equals(dear: str, other: str) -> None:
    assert line(3, 57, 6, small="a", importance={dear: 2.0, other: 1.0}).hidden() == {"a", other}


def test_a_figure_more_outweighs_any_importance() -> None:
    assert line(3, 57, 6, small="a", cost={"b": 3.0}, importance={"c": 1_000_000.0}).hidden() == {"a", "c"}


def test_a_nought_is_hidden_where_there_is_nothing_else() -> None:
    assert line(3, 0, 0, small="a").hidden() > {"a"}
    assert line(3, 57, 0, small="a", importance={"b": 1.0, "c": 2.0}).hidden() == {"a", "b"}


def test_a_nought_that_only_a_sum_of_noughts_hides_is_not_hidden_in_vain() -> None:
    # The total of the second line is 0 and shown: everybody knows that b2 is 0, hidden or not.
    sums: list[Sum] = [("x", ["a1", "b1"]), ("y", ["a2", "b2"]), ("b", ["b1", "b2"])]
    numbers = {"x": 60, "y": 0, "a1": 3, "b1": 57, "a2": 0, "b2": 0, "b": 57}
    sketch = Sketch(numbers, sums, small={"a1"}, fixed={"x", "y"})
    assert sketch.found({"a1", "b1", "b2"}) == {"a1", "b1", "b2"}
    assert sketch.hidden() == {"a1", "b1", "b"}


def test_a_total_that_may_be_hidden_is_as_good_a_cover() -> None:
    sketch = Sketch({"all": 9, "a": 3, "b": 6}, [("all", "ab")], small="a", importance={"all": 1.0, "b": 2.0})
    assert sketch.hidden() == {"a", "all"}


def test_four_cells_of_a_table_with_margins_and_no_three_do() -> None:
    sketch = square([[3, 20, 30], [40, 50, 60], [70, 80, 90]], "a1")
    hidden = sketch.hidden()
    assert len(hidden) == 4
    assert {cell[0] for cell in hidden} >= {"a"}
    assert len({cell[0] for cell in hidden}) == len({cell[1] for cell in hidden}) == 2
    assert sketch.found({"a1", "b1", "a2"}) == {"a1", "b1", "a2"}


def test_two_small_ones_across_share_the_same_four_cells() -> None:
    assert square([[3, 20, 30], [40, 2, 60], [70, 80, 90]], "a1 b2").hidden() == {"a1", "b1", "a2", "b2"}


def test_three_on_a_diagonal_take_three_more() -> None:
    assert len(square([[3, 20, 30], [40, 2, 60], [70, 80, 1]], "a1 b2 c3").hidden()) == 6


def test_a_margin_is_hidden_only_when_that_is_fewer() -> None:
    # Without fixed margins two of them with the cell would do for one line: a1, its line and column, and theirs.
    sketch = square([[3, 20, 30], [40, 50, 60], [70, 80, 90]], "a1", shown="all")
    assert len(sketch.hidden()) == 4


def test_units_of_programmes_of_the_committee() -> None:
    sums: list[Sum] = [("all", ["p", "q"]), ("p", ["p1", "p2", "p3"]), ("q", ["q1", "q2"])]
    numbers = {"all": 100, "p": 60, "q": 40, "p1": 3, "p2": 20, "p3": 37, "q1": 15, "q2": 25}
    importance = {"p": 10.0, "q": 10.0, "p3": 1.0}
    sketch = Sketch(numbers, sums, small={"p1"}, fixed={"all"}, importance=importance)
    assert sketch.hidden() == {"p1", "p2"}


def test_a_small_programme_with_a_single_unit_takes_another_programme_and_its_unit_along() -> None:
    sums: list[Sum] = [("all", ["p", "q"]), ("p", ["p1"]), ("q", ["q1", "q2"])]
    numbers = {"all": 43, "p": 3, "q": 40, "p1": 3, "q1": 15, "q2": 25}
    sketch = Sketch(numbers, sums, small={"p", "p1"}, fixed={"all"}, importance={"q2": 1.0})
    assert sketch.hidden() == {"p", "p1", "q", "q1"}


def test_a_quantity_that_two_rows_print_is_hidden_in_both_or_in_none() -> None:
    # The same cases in two metrics: what one shows the other need not hide.
    numbers = {"all": 66, "a": 3, "b": 57, "c": 6}
    rows = {f"{name} of {metric}": [name] for metric in ("one", "other") for name in numbers}
    small = {"a of one", "a of other"}
    sketch = Sketch(numbers, ONE_ROW, small, {"all of one", "all of other"}, rows, cost={"b of other": 2.0})
    assert sketch.found({*small, "c of one"}) == {"a"}
    assert sketch.hidden() == {*small, "c of one", "c of other"}


def test_windows_within_each_other() -> None:
    # The tertial and the months before it make up the year so far; twelve months begin before it.
    sums: list[Sum] = [("ytd", ["earlier", "tertial"]), ("r12", ["last year", "ytd"])]
    numbers = {"r12": 40, "last year": 20, "ytd": 20, "earlier": 17, "tertial": 3}
    sketch = Sketch(numbers, sums, small={"tertial"}, importance={"ytd": 2.0, "earlier": 1.0})
    assert sketch.hidden() == {"tertial", "earlier"}


def test_what_stands_beside_a_row_is_hidden_with_it_and_not_the_other_way() -> None:
    numbers = {"all": 66, "a": 3, "b": 57, "c": 6, "persons a": 3, "persons b": 50, "persons c": 4}
    follow = [(f"persons {name}", name) for name in "abc"]
    sketch = Sketch(numbers, ONE_ROW, {"a", "persons a", "persons c"}, {"all"}, follow=follow, importance={"b": 1.0})
    assert sketch.hidden() == {"a", "persons a", "c", "persons c"}
    sketch = Sketch(numbers, ONE_ROW, {"persons c"}, {"all"}, follow=follow)
    assert sketch.hidden() == {"persons c"}


def test_the_price_of_what_follows_counts() -> None:
    numbers = {"all": 66, "a": 3, "b": 57, "c": 6, "persons b": 50}
    sketch = Sketch(numbers, ONE_ROW, {"a"}, {"all"}, follow=[("persons b", "b")], importance={"c": 9.0})
    assert sketch.hidden() == {"a", "c"}


def test_one_unknown_of_a_set_is_told_by_the_others() -> None:
    # The longest of all is that of one of them: whoever is alone unknown may be it.
    sketch = Sketch({"all": 1, "a": 1, "b": 1, "c": 1}, small="a", sets=[["all", "a", "b", "c"]])
    assert sketch.found("a") == {"a"}
    assert len(sketch.hidden()) == 2


def test_a_row_that_prints_total_and_part_is_needed_only_for_what_is_unknown() -> None:
    # The line's totals are known from elsewhere; only the numerators bind.
    numbers = {"n all": 30, "n a": 3, "n b": 27, "k all": 9, "k a": 1, "k b": 8}
    rows = {name: [f"n {name}", f"k {name}"] for name in ("all", "a", "b")}
    sums: list[Sum] = [("n all", ["n a", "n b"]), ("k all", ["k a", "k b"])]
    sketch = Sketch(numbers, sums, {"a"}, {"all"}, rows, at_most=[(f"k {name}", f"n {name}") for name in rows])
    assert sketch.hidden() == {"a", "b"}


def test_what_nobody_can_protect_does_not_hold_up_the_rest() -> None:
    sums: list[Sum] = [("all", ["only"]), ("sum", ["a", "b", "c"])]
    numbers = {"all": 3, "only": 3, "sum": 66, "a": 3, "b": 57, "c": 6}
    sketch = Sketch(numbers, sums, {"only", "a"}, {"all", "sum"}, importance={"b": 1.0})
    problem = sketch.problem()
    chosen = choose(problem)
    assert sketch.names(chosen) == {"only", "a", "c"}
    assert sketch.found(sketch.names(chosen)) == {"only"}


def test_rows_that_bind_much_are_hidden_when_there_is_no_other_way() -> None:
    sketch = Sketch({"all": 9, "a": 3, "b": 6}, [("all", "ab")], "a", {"b"}, unordinary={"all"})
    assert sketch.hidden() == {"a", "all"}


def test_the_same_is_chosen_every_time() -> None:
    sketch = square([[3, 20, 30], [40, 2, 60], [70, 80, 90]], "a1")
    first = choose(sketch.problem())
    for _ in range(3):
        assert np.array_equal(choose(sketch.problem()), first)


def test_a_large_table_is_solved_too_and_protected() -> None:
    # Far more rows than are solved exactly: 40 units × 25 categories with all margins.
    chance = np.random.default_rng(3)
    numbers = {f"{row}/{column}": int(chance.integers(0, 60)) for row in range(40) for column in range(25)}
    small = {name for name, number in numbers.items() if 0 < number < 5}
    sums: list[Sum] = [(f"row {row}", [f"{row}/{column}" for column in range(25)]) for row in range(40)]
    sums += [(f"column {column}", [f"{row}/{column}" for row in range(40)]) for column in range(25)]
    margins = {total: sum(numbers[part] for part in parts) for total, parts in sums}
    hidden = Sketch(numbers | margins, sums, small, margins).hidden()
    assert small < hidden
    assert len(hidden) < 2 * len(small)


def test_nothing_fixed_is_ever_hidden() -> None:
    sketch = square([[1, 2, 3], [4, 1, 2], [3, 4, 1]], "a1 b1 c1 a2 b2 c2 a3 b3 c3")
    assert sketch.hidden() == {f"{column}{row}" for column in "abc" for row in "123"}
    assert recovered(sketch.problem(), choose(sketch.problem())) == []


def test_a_target_that_can_only_become_less_is_protected_though_it_stands_among_others() -> None:
    # Together a and b are all there is: more of them there cannot be, but less when c is unknown as well.
    numbers = {"all": 3, "a": 3, "b": 0, "c": 0, "a and c": 3, "a and b": 3}
    sums: list[Sum] = [("all", "abc"), ("a and c", "ac"), ("a and b", "ab")]
    sketch = Sketch(numbers, sums, {"a", "a and c", "a and b"}, {"all"}, importance={"c": 9.0})
    assert sketch.hidden() == {*"abc", "a and c", "a and b"}


def test_plain_numbers_make_the_same_problem() -> None:
    made = plain([66, 3, 57, 6], [{0: 1, 1: -1, 2: -1, 3: -1}], primary={1}, fixed={0}, importance=[0, 0, 2, 1])
    assert choose(made).tolist() == [False, True, False, True]
    assert not choose(plain([3, 57], [], primary=(), fixed=(), importance=[0, 0])).any()
