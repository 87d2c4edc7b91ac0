"""Calendar arithmetic on whole columns of days (numpy `datetime64[D]`; NaT = no day)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.periods import Period, last_tertial_ended, year_back

Column = NDArray[Any]
NO_DAY = np.datetime64("NaT", "D")
OPEN_END = np.datetime64("9999-12-31", "D")
YEARS = 4
YEARS_BEFORE = 6  # services that began earlier and may still be running
DELIVERED_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class Calendar:
    """The days that the extracts are made around; all follow from the last tertial that has been delivered."""

    tertial: Period

    @classmethod
    def on(cls, today: date) -> Calendar:
        """The newest delivery on or before `today`."""
        return cls(last_tertial_ended(today - DELIVERED_AFTER))

    @property
    def delivered(self) -> date:
        """The day the extracts were taken; nothing that happens later is known in them."""
        return self.tertial.ends + DELIVERED_AFTER

    @property
    def delivered_before(self) -> date:
        """The day of the earlier delivery that the newest one partly replaces."""
        return date(self.tertial.ends.year, 1, 1) - timedelta(days=1) + DELIVERED_AFTER

    @property
    def starts(self) -> date:
        """The first day of the four years."""
        day = self.tertial.ends
        for _ in range(YEARS):
            day = year_back(day)
        return day + timedelta(days=1)

    @property
    def services_from(self) -> date:
        """The first day a service that is still running may have begun."""
        return self.starts.replace(year=self.starts.year - YEARS_BEFORE)

    @property
    def reorganised(self) -> date:
        """The day the municipality's programmes changed and two units became one."""
        return date(self.tertial.ends.year - 1, 1, 1)

    @property
    def new_system(self) -> date:
        """The day the case system was changed."""
        return date(self.tertial.ends.year - 2, 1, 1)

    @property
    def years(self) -> float:
        """Length of the data in years, delivery included."""
        return (self.delivered - self.starts).days / 365.25

    def progress(self, days: Column) -> Column:
        """How far through the four years each day lies: 0 = the first day or earlier, 1 = the delivery."""
        length = (self.delivered - self.starts).days
        return np.clip((days - np.datetime64(self.starts)).astype(int) / length, 0, 1)

    def known(self, days: Column) -> Column:
        """The days that have come when the extracts are taken; the others become NaT."""
        return np.where(days <= np.datetime64(self.delivered), days, NO_DAY)


def days_on(days: Column, count: Column | int) -> Column:
    """Each day, moved by a number of days."""
    return days + np.asarray(count).astype("timedelta64[D]")


def months_on(days: Column, count: Column | int) -> Column:
    """The same day some months on, or that month's last day where it has no such day."""
    months = days.astype("datetime64[M]")
    target = months + np.asarray(count).astype("timedelta64[M]")
    day_of_month = days - months.astype("datetime64[D]")
    last = (target + 1).astype("datetime64[D]") - target.astype("datetime64[D]") - 1
    return target.astype("datetime64[D]") + np.minimum(day_of_month, last)


def month_of(days: Column) -> Column:
    """0 for January to 11 for December."""
    return days.astype("datetime64[M]").astype(int) % 12


def weekday_of(days: Column) -> Column:
    """0 for Monday to 6 for Sunday."""
    return (days.astype(int) + 3) % 7


def last_of_month(days: Column) -> Column:
    """The last day of each day's month."""
    return (days.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
