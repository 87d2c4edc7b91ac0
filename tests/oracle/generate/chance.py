"""One seed's chances: days at the edges of the windows, persons, units; what every extract's rows are made with."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from ..days import add_months, windows

TODAY = date(2026, 1, 2)
TOMORROW = TODAY + timedelta(days=1)
PERIODS = ("2024T1", "2025T2", "2025T3", "2025")

Record = dict[str, Any]
T = TypeVar("T")

AREAS = ("Barn och unga", "Barn och unga", "Barn och unga", "Äldreomsorg", "Funktionsnedsättning", "Ekonomiskt bistånd")
UNITS = ("Barnenheten", "Familjeenheten Öst", "Vuxenenheten", "Hemtjänst Söder", "Åängens boende")
OUTSIDE_REGISTER = ("Nya mottagningen", "Resursteamet")
SERVICES = (
    "hemtjänst",
    "hemtjänst",
    "boendestöd",
    "boendestöd",
    "daglig verksamhet",
    "Bostad med särskild service",
    "Trygghetslarm",
    "matdistribution",
)

# Days and months between the two dates that a limit compares.
Span = tuple[int, int]
SAME_DAY, A_YEAR = (0, 0), (0, 12)
MONTH_ENDS = (date(2024, 2, 29), date(2024, 2, 28), date(2025, 2, 28), date(2024, 10, 31), date(2025, 5, 31))


def own_period(seed: int) -> str:
    """The period whose first and last days a seed's rows crowd around."""
    return PERIODS[seed // 4 % 4]


class Chance:
    """The seed's random choices; `seed` besides decides which of the rarer troubles it has."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.seed = seed
        flows, stock = windows(own_period(seed))
        self.last_day = stock.ends
        # The last day of each window, the day before its first, and both a year earlier.
        self.edges = [
            day
            for window in (*flows, *(flow.a_year_back() for flow in flows))
            for day in (window.ends, window.starts - timedelta(days=1))
        ]
        self.persons = [f"P{number:03}" for number in range(1, self.random.randint(8, 40))] + ["20150316-2381"]
        self.has_systems = seed % 6 == 1
        self.has_same_ids = seed % 12 == 1  # in both systems; else some rows do not tell their system

    def choice(self, values: Sequence[T]) -> T:
        """One of them."""
        return self.random.choice(values)

    def sample(self, values: Sequence[T], most: int) -> list[T]:
        """Some of them, no more than there are."""
        return self.random.sample(values, min(most, len(values)))

    def is_so(self, share: float) -> bool:
        """Yes, as often as that."""
        return self.random.random() < share

    def maybe(self, share: float, value: Any) -> Any:
        """The value that often, else nothing."""
        return value if self.is_so(share) else None

    def size(self, most: int = 60) -> int:
        """How many rows."""
        return self.random.randint(5, most)

    def edge(self) -> date:
        """The last day in some window, or the day after it."""
        way = self.random.random()
        day = self.last_day if way < 0.55 else self.choice(self.edges if way < 0.88 else MONTH_ENDS)
        return day + timedelta(days=self.choice((0, 0, 1)))

    def day(self, *spans: Span) -> date:
        """A day from which one of the spans ends at an edge; now and then any day."""
        if self.is_so(0.1):
            return date(2023, 1, 1) + timedelta(days=self.random.randrange(3 * 365))
        days, months = self.choice(spans)
        return self.past(add_months(self.edge() - timedelta(days=days), -months))

    def after(self, day: date, *spans: Span) -> date:
        """A day at one of the spans after another, or one off; or an edge. Never before it."""
        if self.is_so(0.3):
            return max(day, self.edge())
        days, months = self.choice(spans)
        return max(day, add_months(day, months) + timedelta(days=days + self.choice((-1, 0, 0, 1))))

    def past(self, day: date) -> date:
        """No later than tomorrow, the last day that the row rules let a plain date have."""
        return min(day, TOMORROW)

    def person(self) -> str:
        """One of the municipality's persons."""
        return self.choice(self.persons)

    def unit(self) -> str:
        """A unit, now and then one that the register does not hold."""
        return self.choice(UNITS if self.is_so(0.9) else OUTSIDE_REGISTER)

    def area(self) -> str:
        """An area, seldom one that has no unit."""
        return self.choice(AREAS) if self.is_so(0.97) else "Våld i nära relation"

    def answer(self) -> str | None:
        """Yes, no or no answer."""
        return self.choice(("ja", "ja", "nej", None))
