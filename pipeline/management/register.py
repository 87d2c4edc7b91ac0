"""What the names in the management system stand for: a unit, a programme or the committee as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.database import Database
from pipeline.model import Level

# The row that became valid last counts, and one valid on the day before any other.
_UNITS = """
select unit, programme, area
from loaded.units
order by
    (valid_from is null or valid_from <= $day) and (valid_to is null or valid_to >= $day),
    valid_from nulls first, programme desc, area desc
"""
_UNITS_WITH_CASES = """
select unit from loaded.referrals
union select unit from loaded.investigations
union select unit from loaded.decisions
union select provider_unit from loaded.decisions
union select unit from loaded.plans
union select unit from loaded.care_levels
union select unit from loaded.coordinated_plans
union select unit from loaded.incidents
union select unit from loaded.reviews
union select unit from loaded.surveys
union select unit from loaded.vignettes
union select unit from loaded.measurements
"""
AREAS = """
select area from loaded.units
union select area from loaded.referrals
union select area from loaded.investigations
union select area from loaded.decisions
"""


@dataclass(frozen=True)
class Register:
    """The units, programmes and areas that are known, case aside."""

    programme_of_unit: Mapping[str, str]
    units: frozenset[str]  # those of the register, and those with cases or measurements
    areas: frozenset[str]
    area_of_unit: Mapping[str, str]

    @classmethod
    def read(cls, database: Database, day: date) -> Register:
        """The register as it stood on a day, with the units and areas that are seen elsewhere."""
        rows = database.rows(_UNITS, {"day": day})
        programmes = {unit.casefold(): programme.casefold() for unit, programme, _ in rows}
        seen = {unit.casefold() for (unit,) in database.rows(_UNITS_WITH_CASES) if unit}
        return cls(
            programme_of_unit=programmes,
            units=frozenset(seen.union(programmes)),
            areas=frozenset(area.casefold() for (area,) in database.rows(AREAS)),
            area_of_unit={unit.casefold(): area for unit, _, area in rows},
        )

    def area(self, name: str) -> str | None:
        """The name, if it is an area that cases or units stand in; "alla områden" is none."""
        return name if name.casefold() in self.areas else None

    def area_of(self, unit: str | None) -> str | None:
        """The area that a unit stands in; None for one that the register lacks."""
        return self.area_of_unit.get((unit or "").casefold())

    def level(self, name: str) -> Level:
        """Whose figures a name in the plan stands for: a unit's, a programme's, or the committee's."""
        if name.casefold() in self.units:
            return Level.UNIT
        return Level.PROGRAMME if name.casefold() in self.programme_of_unit.values() else Level.COMMITTEE

    def is_within(self, unit: str | None, name: str) -> bool:
        """Whether a unit's rows belong to what a name in the plan stands for."""
        own, level = (unit or "").casefold(), self.level(name)
        if level is Level.UNIT:
            return own == name.casefold()
        return level is Level.COMMITTEE or self.programme_of_unit.get(own) == name.casefold()
