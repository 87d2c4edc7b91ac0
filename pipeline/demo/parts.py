"""Which files a delivery has: their forms, as different as the systems and people that they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np

from pipeline.demo import extracts
from pipeline.demo.files import TABS, UTF_8_WITH_BOM, WINDOWS_1252, WORKBOOK, Form
from pipeline.demo.quality import incidents
from pipeline.demo.sizes import Size
from pipeline.demo.tables import Table, length, rows, stacked
from pipeline.demo.times import Calendar
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Extract

CASES = frozenset(("units", "referrals", "investigations", "decisions", "plans"))


# What the form for complaints does not ask.
NOT_ASKED = ("external", "severity", "recurrence", "serious", "reported_to_ivo", "investigation_id", "source_system")


class Keeping(Enum):
    """How well a file is looked after."""

    TIDY = 0
    UNTIDY = 1  # spaces too many, names in another case: no row is rejected for it
    FAULTY = 2  # and about one row in a hundred has a fault


def _last(calendar: Calendar) -> date:
    return calendar.delivered


def _earlier(calendar: Calendar) -> date:
    return calendar.delivered_before


def _all(calendar: Calendar, table: Table) -> Table:
    return table


def _with_one_twice(calendar: Calendar, table: Table) -> Table:
    """The register is kept tidy, since it says how units are spelt; somebody has only pasted its last row twice."""
    return stacked([table, rows(table, np.array([length(table) - 1]))])


@dataclass(frozen=True)
class Part:
    """A file of an extract: its form, the rows that it holds and how well they are kept; it may lack columns."""

    extract_name: str
    stem: str
    form: Form
    keeping: Keeping = Keeping.FAULTY
    delivered: Callable[[Calendar], date] = _last
    select: Callable[[Calendar, Table], Table] = _all
    lacking: tuple[str, ...] = ()

    @property
    def extract(self) -> Extract:
        """The extract that the file belongs to."""
        return EXTRACTS[self.extract_name]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it has, in the contract's order."""
        return tuple(name for name in self.extract.names if name not in self.lacking)

    @property
    def is_of_cases(self) -> bool:
        """Whether it comes from the case system, whose files share their dice; every other file has its own."""
        return self.extract_name in CASES

    def name(self, calendar: Calendar) -> str:
        """File name with the day of delivery."""
        return f"{self.stem}_{self.delivered(calendar)}.{self.form.suffix}"


def parts(size: Size) -> tuple[Part, ...]:
    """The files of a delivery, those of the case system first. A nation's rows are more than a sheet can hold."""
    large = UTF_8_WITH_BOM if size is Size.NATION else WORKBOOK
    return (
        Part("units", "enheter", WORKBOOK, Keeping.TIDY, select=_with_one_twice),
        Part("referrals", "aktualiseringar", UTF_8_WITH_BOM),
        Part("investigations", "utredningar", WINDOWS_1252, delivered=_earlier, select=extracts.delivered_earlier),
        Part("investigations", "utredningar", WINDOWS_1252, select=extracts.delivered_last),
        Part("decisions", "beslut", WINDOWS_1252),
        Part("plans", "genomförandeplaner", large),
        Part("care_levels", "nivåbedömningar", large),
        Part("coordinated_plans", "sip", WINDOWS_1252),
        Part("incidents", "avvikelser", large, select=incidents.others, lacking=("feedback", "source_system")),
        Part("incidents", "synpunkter", UTF_8_WITH_BOM, select=incidents.complaints, lacking=NOT_ASKED),
        Part("reviews", "granskningar", large),
        Part("surveys", "enkäter", TABS),
        Part("vignettes", "vinjetter", UTF_8_WITH_BOM, Keeping.UNTIDY),
        Part("measurements", "mätvärden", WINDOWS_1252),
        Part("activities", "aktiviteter", WORKBOOK, Keeping.UNTIDY),
        Part("controls", "internkontroll", WORKBOOK, Keeping.UNTIDY),
        Part("followup_plan", "uppföljningsplan", WORKBOOK, Keeping.UNTIDY),
        Part("requirements", "kravmatris", WINDOWS_1252, Keeping.UNTIDY),
        Part("goals", "mål", WORKBOOK, Keeping.UNTIDY),
    )
