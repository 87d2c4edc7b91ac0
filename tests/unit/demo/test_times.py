import numpy as np
import pytest

from pipeline.demo.chance import Chance, drifting
from pipeline.demo.times import days_on, last_of_month, month_of, months_on, weekday_of


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2023-10-31", 4, "2024-02-29"),
        ("2024-10-31", 4, "2025-02-28"),
        ("2026-07-01", 4, "2026-11-01"),
        ("2024-02-29", 12, "2025-02-28"),
        ("NaT", 4, "NaT"),
    ],
)
def test_months_are_added_to_the_same_day_or_the_months_last(start: str, months: int, end: str) -> None:
    assert str(months_on(days(start), months)[0]) == end


def test_months_may_differ_from_row_to_row() -> None:
    assert (
        months_on(days("2026-01-31", "2026-01-31"), np.array([1, 2])).tolist()
        == days("2026-02-28", "2026-03-31").tolist()
    )


def test_days_weekdays_and_months() -> None:
    assert str(days_on(days("2024-02-28"), 2)[0]) == "2024-03-01"
    assert weekday_of(days("2026-08-31", "2026-09-06")).tolist() == [0, 6]
    assert month_of(days("2026-01-31", "2026-12-01")).tolist() == [0, 11]
    assert str(last_of_month(days("2024-02-01"))[0]) == "2024-02-29"


def test_draws_follow_their_weights_and_quantiles() -> None:
    chance = Chance(1, 0)
    picked = chance.pick({"ofta": 9, "sällan": 1, "aldrig": 0}, 10_000).tolist()
    assert 0.88 < picked.count("ofta") / 10_000 < 0.92
    assert "aldrig" not in picked
    waited = chance.days(((0, 0), (0.5, 10), (1, 100)), 10_000)
    assert 9 <= np.median(waited) <= 11
    assert waited.min() >= 0
    assert waited.max() <= 100


def test_batches_differ_and_repeat() -> None:
    assert Chance(1, 0).uniform(3).tolist() == Chance(1, 0).uniform(3).tolist()
    assert Chance(1, 0).uniform(3).tolist() != Chance(1, 1).uniform(3).tolist()


def test_what_drifts_moves_evenly() -> None:
    assert drifting(np.array([0.0, 0.5, 1.0]), (1.0, 3.0)).tolist() == [1.0, 2.0, 3.0]
