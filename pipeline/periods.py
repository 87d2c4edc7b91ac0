"""Periods of a report and the windows of time that its figures are computed for.

A window is a first and a last day; every figure of a window is computed as of its last day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

TREND_MONTHS = 24
# Outside these years a date is a slip of the hand, not a day that any extract tells of.
FIRST_YEAR, LAST_YEAR = 1950, 2100
_PATTERN = re.compile(r"(?P<year>\d{4})(?:(?P<letter>[THQ])(?P<number>\d))?", re.IGNORECASE)


class PeriodKind(StrEnum):
    """The kinds of period a report can be made for."""

    TERTIAL = "tertial"
    HALF = "half"
    QUARTER = "quarter"
    YEAR = "year"


_PARTS = {PeriodKind.YEAR: 1, PeriodKind.HALF: 2, PeriodKind.TERTIAL: 3, PeriodKind.QUARTER: 4}
_LETTERS = {"T": PeriodKind.TERTIAL, "H": PeriodKind.HALF, "Q": PeriodKind.QUARTER}


@dataclass(frozen=True)
class Period:
    """A calendar year or an equal part of one: `2026`, `2026H1`, `2026T2`, `2026Q3`."""

    kind: PeriodKind
    year: int
    number: int = 1

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period as written on the command line; raises ValueError when it is none."""
        match = _PATTERN.fullmatch(text.strip())
        if not match:
            raise ValueError(text)
        if not FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
            raise ValueError(text)
        if match["letter"] is None:
            return cls(PeriodKind.YEAR, int(match["year"]))
        kind, number = _LETTERS[match["letter"].upper()], int(match["number"])
        if not 1 <= number <= _PARTS[kind]:
            raise ValueError(text)
        return cls(kind, int(match["year"]), number)

    @property
    def code(self) -> str:
        """`2026T2`, as in folder names and in `resultat.csv`."""
        if self.kind is PeriodKind.YEAR:
            return f"{self.year:04}"
        letter = next(letter for letter, kind in _LETTERS.items() if kind is self.kind)
        return f"{self.year:04}{letter}{self.number}"

    @property
    def months(self) -> int:
        """Length in months."""
        return 12 // _PARTS[self.kind]

    @property
    def starts(self) -> date:
        """First day."""
        return date(self.year, (self.number - 1) * self.months + 1, 1)

    @property
    def ends(self) -> date:
        """Last day, D of the metric definitions."""
        return month_end(self.year, self.number * self.months)

    @property
    def judges_year_to_date(self) -> bool:
        """Whether goals are judged on the year so far: the year's report and the delårsrapport (T2)."""
        return self.kind is PeriodKind.YEAR or (self.kind is PeriodKind.TERTIAL and self.number == 2)

    @property
    def judged_flow_kind(self) -> str:
        """The kind of flow window that is judged against the target in this period's report."""
        return "ytd" if self.judges_year_to_date else self.kind.value


def tertial_of(day: date) -> Period:
    """The tertial that a day falls in."""
    return Period(PeriodKind.TERTIAL, day.year, (day.month - 1) // 4 + 1)


def last_tertial_ended(by: date) -> Period:
    """The last tertial whose last day is on or before `by`."""
    current = tertial_of(by)
    return current if current.ends == by else tertial_of(current.starts - timedelta(days=1))


@dataclass(frozen=True)
class Window:
    """A span of time that figures are computed for; its last day is the day D they are known on.

    `kind` says how it is read (tertial, half, quarter, ytd, r12, month; stock = on the last day alone).
    `series` says what it is for: `report` (the period's own), `last_year`, `last_tertial`, `month` (the trend), `part`
    (each whole tertial that ends in the trend) or `year` (each calendar year in the data, for tables of all years).
    `prior_*` are its days moved back one year, month-ends kept.
    """

    window_id: str
    series: str
    kind: str
    starts: date
    ends: date

    @property
    def prior_starts(self) -> date:
        """First day, a year earlier."""
        return year_back(self.starts)

    @property
    def prior_ends(self) -> date:
        """Last day, a year earlier; a month's last day stays a month's last day."""
        return year_back(self.ends)


class Days(NamedTuple):
    """The days that a window is of, whatever it is called: of what happened, or of what was so on the last one."""

    is_stock: bool
    starts: date
    ends: date

    @classmethod
    def of(cls, window: Window) -> Days:
        """Those of a window."""
        return cls(window.kind == "stock", window.starts, window.ends)


def windows(period: Period, first_year: int | None = None) -> list[Window]:
    """All windows of a period's report, in a fixed order; ids of the period's own windows equal their kind.

    Calendar years from `first_year` on; none unless it is given.
    """
    return [
        *_report_windows(period),
        *_last_year(period),
        *_last_tertial(period),
        *_months(period.ends),
        *_parts(period.ends),
        *_years(period, first_year),
    ]


def _report_windows(period: Period) -> Iterator[Window]:
    for kind, starts in _flows(period):
        yield Window(kind, "report", kind, starts, period.ends)
    yield Window("stock", "report", "stock", period.ends, period.ends)


def _flows(period: Period) -> Iterator[tuple[str, date]]:
    if period.kind is not PeriodKind.YEAR:
        yield period.kind.value, period.starts
    if period.kind in (PeriodKind.TERTIAL, PeriodKind.YEAR):
        yield "ytd", date(period.year, 1, 1)
    if period.kind is PeriodKind.TERTIAL:
        yield "r12", year_back(period.ends) + timedelta(days=1)


def _last_year(period: Period) -> Iterator[Window]:
    for window in _report_windows(period):
        yield Window(f"{window.kind}_last_year", "last_year", window.kind, window.prior_starts, window.prior_ends)


def _last_tertial(period: Period) -> Iterator[Window]:
    if period.kind is PeriodKind.TERTIAL:
        ends = period.starts - timedelta(days=1)
        yield Window("stock_last_tertial", "last_tertial", "stock", ends, ends)


def _months(last: date) -> Iterator[Window]:
    for back in range(TREND_MONTHS - 1, -1, -1):
        year, month = divmod(last.year * 12 + last.month - 1 - back, 12)
        starts, ends = date(year, month + 1, 1), month_end(year, month + 1)
        yield Window(f"month_{starts:%Y_%m}", "month", "month", starts, ends)
        yield Window(f"stock_{starts:%Y_%m}", "month", "stock", ends, ends)


def _parts(last: date) -> Iterator[Window]:
    year, month = divmod(last.year * 12 + last.month - TREND_MONTHS, 12)
    tertial = tertial_of(date(year, month + 1, 1))
    while tertial.ends <= last:
        code = tertial.code.lower()
        yield Window(f"tertial_{code}", "part", "tertial", tertial.starts, tertial.ends)
        tertial = tertial_of(tertial.ends + timedelta(days=1))


def _years(period: Period, first_year: int | None) -> Iterator[Window]:
    for year in range(first_year or period.year + 1, period.year + 1):
        yield Window(f"year_{year:04}", "year", "year", date(year, 1, 1), min(date(year, 12, 31), period.ends))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def year_back(day: date) -> date:
    """The same day a year earlier; a month's last day gives that month's last day."""
    if day == month_end(day.year, day.month):
        return month_end(day.year - 1, day.month)
    return day.replace(year=day.year - 1)
