"""Days, months and windows, as the common rules of the catalogue have them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """The same day N months on, or that month's last day where it has no such day."""
    months_since_year_0 = day.year * 12 + (day.month - 1) + months
    year, month = months_since_year_0 // 12, months_since_year_0 % 12 + 1
    return date(year, month, min(day.day, last_of_month(year, month).day))


def add_days(day: date, days: int) -> date:
    """Calendar days on."""
    return day + timedelta(days=days)


def days_between(start: date, end: date) -> int:
    """Calendar days: end − start; the same day is 0."""
    return (end - start).days


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True)
class Window:
    """A span of time; `ends` is D, the day that everything in it is known on."""

    name: str
    starts: date
    ends: date

    def holds(self, day: date | None) -> bool:
        """Whether something that happened on that day happened in the window."""
        return day is not None and self.starts <= day <= self.ends

    def a_year_back(self) -> Window:
        """The window moved back a year: a month's last day stays a month's last day."""
        return Window(self.name, _a_year_before(self.starts), _a_year_before(self.ends))


def _a_year_before(day: date) -> date:
    if day == last_of_month(day.year, day.month):
        return last_of_month(day.year - 1, day.month)
    return date(day.year - 1, day.month, day.day)


def windows(period: str) -> tuple[list[Window], Window]:
    """The flow windows of a period (`2026`, `2026T2`, `2026H1`, `2026Q3`), and its stock window."""
    match = re.fullmatch(r"(\d{4})(?:([THQ])(\d))?", period)
    if not match:
        raise ValueError(f"not a period: {period}")
    year, letter, number = int(match[1]), match[2], int(match[3] or 1)
    months = {None: 12, "T": 4, "H": 6, "Q": 3}[letter]
    starts = date(year, (number - 1) * months + 1, 1)
    ends = last_of_month(year, number * months)
    stock = Window("stock", ends, ends)
    so_far = Window("ytd", date(year, 1, 1), ends)
    if letter == "T":
        twelve = Window("r12", add_days(_a_year_before(ends), 1), ends)
        return [Window("tertial", starts, ends), so_far, twelve], stock
    if letter == "H":
        return [Window("half", starts, ends)], stock
    if letter == "Q":
        return [Window("quarter", starts, ends)], stock
    return [so_far], stock
