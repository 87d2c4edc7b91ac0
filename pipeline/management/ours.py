"""Which rows of the management system are the committee's own, where several committees share the extracts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from pipeline.config import Config
from pipeline.database import Database


@dataclass(frozen=True)
class Ours:
    """The committee's areas, and the areas that each unit has stood in; names case aside. No areas: everything."""

    areas: frozenset[str] = frozenset()
    areas_of_unit: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, database: Database, config: Config) -> Ours:
        """The areas of the configuration, and the units of the register."""
        of_unit: dict[str, set[str]] = defaultdict(set)
        for unit, area in database.rows("select unit, area from loaded.units where area is not null"):
            of_unit[unit.casefold()].add(area.casefold())
        return cls(frozenset(area.casefold() for area in config.committee.areas), dict(of_unit))

    def includes(self, area: str | None, unit: str | None) -> bool:
        """Whether a row of that area and unit is the committee's; one that names neither is everybody's."""
        if not self.areas:
            return True
        if area:
            return area.casefold() in self.areas
        standing = self.areas_of_unit.get((unit or "").casefold())
        return standing is None or not self.areas.isdisjoint(standing)
