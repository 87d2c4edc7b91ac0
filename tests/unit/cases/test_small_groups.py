"""Who knows the sums, what is shown and how we hide must not be able to tell a small count."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from pipeline.cases.small_groups import hidden

SMALLEST = 5
ONE_TABLE = [("all", ["a", "b", "c"])]
NESTED = [("all", ["sol", "lss"]), ("sol", ["s1", "s2"]), ("lss", ["l1", "l2"])]
TWO_TABLES = [("all", ["a", "b"]), ("all", ["x", "y", "z"])]


def hide(counts: dict[str, int], sums=ONE_TABLE) -> frozenset[str]:
    return hidden(counts, sums, {"all"}, SMALLEST)


def table(*parts: int) -> dict[str, int]:
    return {"all": sum(parts), **dict(zip("abc", parts, strict=True))}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((5, 6, 7), ""),
        ((0, 6, 7), ""),  # none is no group
        ((4, 6, 7), "ab"),  # one alone is the total less the rest
        ((2, 3, 9), "ab"),  # two, and together no small group
        ((1, 3, 9), "abc"),  # together they are a small group
        ((4, 4, 9), "abc"),  # together eight: both must be four
        ((4, 0, 9), "ac"),  # a zero is the last to be hidden
        ((3, 0, 0), "abc"),
    ],
)
def test_as_many_are_hidden_as_it_takes(parts: tuple[int, ...], expected: str) -> None:
    assert hide(table(*parts)) == frozenset(expected)


def test_the_total_is_always_shown() -> None:
    assert "all" not in hide(table(1, 1, 1))


def test_a_part_that_is_the_whole_of_a_hidden_one_hides_another() -> None:
    sums = [("all", ["sol", "lss"]), ("sol", ["s1", "s2"]), ("lss", ["l1"])]
    counts = {"all": 33, "sol": 30, "lss": 3, "s1": 20, "s2": 10, "l1": 3}
    # With both services of SoL shown their sum would give SoL, and so LSS.
    assert hide(counts, sums) >= {"sol", "lss", "l1", "s2"}


def possible(counts: dict[str, int], sums, concealed: frozenset[str]) -> Iterator[dict[str, int]]:
    """Every table that agrees with what is shown."""
    totals = {total for total, _ in sums}
    free = [name for name in counts if name in concealed and name not in totals]
    known = {name: count for name, count in counts.items() if name not in totals and name not in concealed}
    for values in product(range(counts["all"] + 1), repeat=len(free)):
        guess = known | dict(zip(free, values, strict=True))
        for total, parts in reversed(sums):
            together = sum(guess[part] for part in parts)
            if guess.setdefault(total, together) != together or (total not in concealed and together != counts[total]):
                break
        else:
            yield guess


@pytest.mark.parametrize(
    ("sums", "knows_how"),
    [(ONE_TABLE, True), (TWO_TABLES, True), (NESTED, False)],
    ids=["one table", "two tables", "nested"],
)
def test_nobody_can_tell_a_small_count_from_the_sums(sums, knows_how: bool) -> None:
    """Nor can who knows how we hide, and passes over the tables of which we would hide something else."""
    random = Random(7)
    for _ in range(25):
        counts = _random_table(sums, random)
        concealed = hide(counts, sums)
        # A table that is hidden as a whole is not printed at all: then there is nothing to protect in it.
        printed = {name for _, parts in sums if not set(parts) <= concealed for name in parts}
        told = {name for name in concealed & printed if 0 < counts[name] < SMALLEST}
        for guess in possible(counts, sums, concealed):
            if not told:
                break
            if any(guess[name] != counts[name] for name in told) and (not knows_how or hide(guess, sums) == concealed):
                told = {name for name in told if guess[name] == counts[name]}
        assert not told, (counts, concealed)


def _random_table(sums, random: Random) -> dict[str, int]:
    parts = {part for _, own in sums for part in own}
    leaves = sorted(parts - {total for total, _ in sums})
    counts = {name: random.choice((0, 1, 2, 3, 4, 5, 6)) for name in leaves}
    if sums is TWO_TABLES:  # the same total, divided twice
        total = counts["a"] + counts["b"]
        counts["x"] = random.randint(0, total)
        counts["y"] = random.randint(0, total - counts["x"])
        counts["z"] = total - counts["x"] - counts["y"]
    for total, own in reversed(sums):
        counts[total] = sum(counts[name] for name in own)
    return counts
