"""Units of the invented municipality: the register, and which unit takes which case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pipeline.demo.sizes import Scale
from pipeline.demo.story import PROGRAMMES, Area, Role, UnitStory
from pipeline.demo.story import UNITS as STORY
from pipeline.demo.tables import Table
from pipeline.demo.times import NO_DAY, OPEN_END, Calendar, Column


@dataclass(frozen=True)
class Organisation:
    """The units of one batch, in a fixed order; cases hold positions in `units`."""

    units: tuple[UnitStory, ...]

    @classmethod
    def of(cls, scale: Scale, batch: int) -> Organisation:
        """Each district of the batch has its own set of units; a small municipality has one set, without suffix."""
        return cls(
            tuple(
                _in_district(unit, district, place)
                for place, district in enumerate(_districts(scale, batch))
                for unit in STORY
            )
        )

    @property
    def names(self) -> Column:
        """Names by position."""
        return np.array([unit.name for unit in self.units], dtype=object)

    def name_of(self, code: str) -> str:
        """The name of the unit with a code of the story, in the first district; no code, no name."""
        return next(unit.name for unit in self.units if unit.code.startswith(code)) if code else ""

    @property
    def codes(self) -> Column:
        """Short codes by position, for case workers' signatures."""
        return np.array([unit.code for unit in self.units], dtype=object)

    @property
    def provider_types(self) -> Column:
        """Regi by position."""
        return np.array([unit.provider_type for unit in self.units], dtype=object)

    def pace(self) -> tuple[Column, Column]:
        """By position: times the usual time, at both ends of the four years."""
        return np.array([unit.pace[0] for unit in self.units]), np.array([unit.pace[1] for unit in self.units])

    def care(self) -> tuple[Column, Column]:
        """By position: how often plans are made and followed up, at both ends of the four years."""
        return np.array([unit.care[0] for unit in self.units]), np.array([unit.care[1] for unit in self.units])

    def unit_for(self, area: Area, role: Role, homes: Column) -> Column:
        """The unit by where people live (0–1): the same person meets the same unit."""
        return self._by_home(self._with_role(area, role), homes)

    def performer_of(self, area: Area, service: str, homes: Column) -> Column:
        """The unit that performs a service, by where people live."""
        able = [n for n in self._with_role(area, Role.PERFORMS) if service in (self.units[n].services or (service,))]
        return self._by_home(able, homes)

    def _with_role(self, area: Area, role: Role) -> list[int]:
        return [n for n, unit in enumerate(self.units) if unit.area is area and role in unit.roles]

    def _by_home(self, positions: list[int], homes: Column) -> Column:
        edges = np.cumsum([self.units[n].share for n in positions])
        return np.array(positions)[np.searchsorted(edges, homes * edges[-1], side="right").clip(0, len(edges) - 1)]

    def after_reorganisation(self, units: Column) -> Column:
        """The same units, closed ones replaced by the one they were merged into."""
        position = {unit.name: n for n, unit in enumerate(self.units)}
        successor = np.array([position.get(unit.merged_into, n) for n, unit in enumerate(self.units)])
        return successor[units]

    def register(self, calendar: Calendar) -> Table:
        """The extract *units*: one row a unit and spell of days in the same programme."""
        before, after = np.datetime64(calendar.reorganised) - 1, np.datetime64(calendar.reorganised)
        spells: list[tuple[UnitStory, str, Any, Any]] = []
        for unit in self.units:
            old, new = PROGRAMMES[unit.area]
            spells.append((unit, old, NO_DAY, before))
            if not unit.merged_into:
                spells.append((unit, new, after, OPEN_END))
        return {
            "unit": np.array([unit.name for unit, *_ in spells], dtype=object),
            "programme": np.array([programme for _, programme, *_ in spells], dtype=object),
            "area": np.array([str(unit.area) for unit, *_ in spells], dtype=object),
            "provider_type": np.array([unit.provider_type for unit, *_ in spells], dtype=object),
            "valid_from": np.array([first for *_, first, _ in spells], dtype="datetime64[D]"),
            "valid_to": np.array([last for *_, last in spells], dtype="datetime64[D]"),
        }


def _districts(scale: Scale, batch: int) -> list[str]:
    if scale.batches == 1:
        return list(scale.districts)
    return [f"{district} {batch + 1}" for district in scale.districts]


def _in_district(unit: UnitStory, district: str, place: int) -> UnitStory:
    if not district:
        return unit
    merged_into = f"{unit.merged_into}, {district}" if unit.merged_into else ""
    return replace(unit, name=f"{unit.name}, {district}", code=f"{unit.code}{place + 1}", merged_into=merged_into)
