"""What the attacker finds, by hand: also what takes several sums at once, differences, bounds and noughts."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.suppression import Target, recovered
from tests.unit.suppression.sketching import Sketch, Sum


def test_what_stands_alone_in_a_sum_is_found_exactly() -> None:
    sketch = Sketch({"all": 66, "a": 3, "b": 57, "c": 6}, [("all", "abc")])
    hidden = sketch.problem().values == 3
    (found,) = recovered(sketch.problem(), hidden)
    assert (found.target, found.below, found.above, found.sums) == (Target(1, 1), 0.0, 0.0, (0,))


def test_nothing_is_found_of_what_is_shown_or_bound_by_nothing() -> None:
    sketch = Sketch({"all": 66, "a": 3, "b": 57, "c": 6, "free": 2}, [("all", "abc")])
    assert sketch.found(()) == set()
    assert sketch.found({"free"}) == set()
    assert sketch.found({"a", "c"}) == set()


def test_what_another_row_shows_is_not_sought() -> None:
    sketch = Sketch({"n": 3}, rows={"one": ["n"], "other": ["n"]})
    assert sketch.found({"one"}) == set()


def test_three_sums_together_tell_what_none_tells_alone() -> None:
    # a + b, b + c and a + c: each has two unknown, and half of all three less one of them is the third.
    sums: list[Sum] = [("x", "ab"), ("y", "bc"), ("z", "ac")]
    assert Sketch({"x": 5, "y": 9, "z": 8, "a": 2, "b": 3, "c": 6}, sums).found("abc") == {"a", "b", "c"}


def test_two_sums_that_differ_by_one_number_tell_it() -> None:
    # All units, and all units but one that a programme holds: none of the others is known.
    sums: list[Sum] = [("all", "abc"), ("programme", "bc")]
    sketch = Sketch({"all": 33, "programme": 30, "a": 3, "b": 20, "c": 10}, sums)
    assert sketch.found("abc") == {"a"}


def test_numbers_that_can_only_be_none_are_found() -> None:
    sketch = Sketch({"all": 0, "a": 0, "b": 0}, [("all", "ab")])
    assert sketch.found("ab") == {"a", "b"}


def test_one_more_and_one_less_is_enough_to_be_safe() -> None:
    # Together one: either may be it.
    assert Sketch({"all": 1, "a": 1, "b": 0}, [("all", "ab")]).found("ab") == set()


@pytest.mark.parametrize(("whole", "found"), [(3, {"part"}), (4, set())])
def test_a_part_is_never_more_than_its_whole(whole: int, found: set[str]) -> None:
    # Of two unknown parts that sum to 6, each at most 3: both are 3.
    numbers = {"all": 6, "part": 3, "other": 3, "whole": whole, "of other": 3}
    pairs = [("part", "whole"), ("other", "of other")]
    sketch = Sketch(numbers, [("all", ["part", "other"])], at_most=pairs, targets=[("part", "part")])
    assert sketch.found({"part", "other"}) == found


def test_bounds_from_below_tell_as_well() -> None:
    # Twelve months are at least the year so far, which is shown and as great.
    sums: list[Sum] = [("all", ["r12", "other"])]
    pairs = [("ytd", "r12"), ("of other", "other")]
    sketch = Sketch({"all": 9, "r12": 3, "other": 6, "ytd": 3, "of other": 6}, sums, at_most=pairs)
    assert sketch.found({"r12", "other"}) == {"r12", "other"}


def test_what_is_left_when_a_part_is_taken_away_is_found_though_neither_is() -> None:
    # Total and numerator move together: their difference is 2 whatever they are.
    numbers = {"all": 30, "n a": 4, "n b": 26, "k a": 2, "k b": 20, "rest a": 2}
    sums: list[Sum] = [("all", ["n a", "n b"]), ("n a", ["k a", "rest a"])]
    rows = {"all": ["all"], "a": ["n a", "k a"], "b": ["n b", "k b"], "rest": ["rest a"]}
    sketch = Sketch(numbers, sums, rows=rows, targets=[("a", "n a"), ("a", "k a"), ("a", "n a", "k a")])
    assert sketch.found({"a", "b"}) == {"n a - k a"}
    assert sketch.found({"a", "b", "rest"}) == set()


def test_a_difference_is_not_sought_where_one_of_the_two_is_shown() -> None:
    numbers = {"n": 4, "k": 2}
    sketch = Sketch(numbers, rows={"both": ["n", "k"], "part": ["k"]}, targets=[("both", "n", "k")])
    assert sketch.found({"both"}) == set()


def test_sums_of_values_are_real_numbers() -> None:
    # Means times how many: known to a fraction of a day.
    sums: list[Sum] = [("all", "abc")]
    sketch = Sketch({"all": 1234.75, "a": 33.25, "b": 1000.5, "c": 201.0}, sums)
    assert sketch.found("a") == {"a"}
    assert sketch.found("ab") == set()


def test_less_than_a_whole_number_from_the_truth_is_found() -> None:
    # The two share half a day: neither can be a whole day more.
    sketch = Sketch({"all": 0.5, "a": 0.25, "b": 0.25}, [("all", "ab")])
    assert sketch.found("ab") == {"a", "b"}


def test_a_set_tells_its_only_unknown_and_no_two() -> None:
    sketch = Sketch({"all": 1, "a": 1, "b": 1}, sets=[["all", "a", "b"]])
    assert sketch.found("a") == {"a"}
    assert sketch.found("ab") == set()


def test_only_what_is_asked_for_is_sought() -> None:
    problem = Sketch({"all": 0, "a": 0, "b": 0}, [("all", "ab")]).problem()
    hidden = np.array([False, True, True])
    assert {one.target for one in recovered(problem, hidden)} == {Target(1, 1), Target(2, 2)}
    assert {one.target for one in recovered(problem, hidden, {Target(1, 1)})} == {Target(1, 1)}


@pytest.mark.parametrize("seed", range(40))
def test_the_same_is_found_near_a_target_as_in_the_whole(seed: int) -> None:
    """Of a table with margins of which some is hidden, whichever way is taken."""
    chance = np.random.default_rng(seed)
    rows, columns = "pqrst", "vwxyz"
    numbers = {f"{row}{column}": int(chance.choice([0, 1, 2, 9])) for row in rows for column in columns}
    numbers |= {row: sum(numbers[f"{row}{column}"] for column in columns) for row in rows}
    numbers |= {column: sum(numbers[f"{row}{column}"] for row in rows) for column in columns}
    sums: list[Sum] = [(row, [f"{row}{column}" for column in columns]) for row in rows]
    sums += [(column, [f"{row}{column}" for row in rows]) for column in columns]
    hidden = {name for name in numbers if len(name) > 1 and chance.random() < 0.35}
    Sketch(numbers, sums).found(hidden)
