import pytest

from pipeline import ranking
from pipeline.ranking import Rank, place, rank

SEVEN = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0]


@pytest.mark.parametrize(("own", "better", "expected"), [
    (80, "higher", Rank.BEST), (65, "higher", Rank.BEST), (55, "higher", Rank.MIDDLE), (25, "higher", Rank.MIDDLE),
    (15, "higher", Rank.WORST), (5, "higher", Rank.WORST),
    (5, "lower", Rank.BEST), (15, "lower", Rank.BEST), (25, "lower", Rank.MIDDLE), (65, "lower", Rank.WORST),
])  # fmt: skip
def test_two_of_eight_are_a_quarter_at_either_end(own: float, better: str, expected: Rank) -> None:
    assert rank(SEVEN, own, better) is expected


def test_equal_values_across_a_border_are_all_in_the_middle() -> None:
    # Three share the highest value: none of them is for certain among the two best of eight.
    assert rank([10, 20, 30, 40, 50, 70, 70], 70, "higher") is Rank.MIDDLE
    assert rank([10, 20, 30, 40, 50, 60, 70], 70, "higher") is Rank.BEST
    assert rank([50.0] * 7, 50, "higher") is Rank.MIDDLE


def test_no_more_than_a_quarter_is_ever_best_or_worst() -> None:
    for everyone in range(ranking.FEWEST, 40):
        values = [float(value) for value in range(everyone)]
        ranks = [rank([v for v in values if v != own], own, "higher") for own in values]
        assert ranks.count(Rank.BEST) == ranks.count(Rank.WORST) == everyone // 4


def test_fewer_than_eight_have_no_rank() -> None:
    assert rank(SEVEN[:-1], 80, "higher") is None
    assert rank([], 80, "higher") is None


def test_what_has_no_better_direction_has_no_rank_but_a_place() -> None:
    assert rank(SEVEN, 80, "") is None
    assert place(SEVEN, 80, "") == 1


@pytest.mark.parametrize(("own", "better", "expected"), [
    (80, "higher", 1), (70, "higher", 1), (65, "higher", 2), (5, "higher", 8), (5, "lower", 1), (10, "lower", 1),
    (80, "lower", 8),
])  # fmt: skip
def test_equal_values_share_the_better_place(own: float, better: str, expected: int) -> None:
    assert place(SEVEN, own, better) == expected
