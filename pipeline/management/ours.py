"""Which rows of the management system are the committee's own, where several committees share the extracts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.config import Config
from pipeline.database import Database
from pipeline.management.register import AREAS

_UNITS = "select unit, programme, area from loaded.units where area is not null"


@dataclass(frozen=True)
class Ours:
    """The committee's areas, and the areas that each name stands in; names case aside. No areas: everything.

    A name is a unit of the register, else a programme of it (with the areas of all its units), else an area.
    """

    areas: frozenset[str] = frozenset()
    areas_of: Mapping[str, set[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, database: Database, config: Config) -> Ours:
        """The areas of the configuration, the units and programmes of the register, and the areas of cases."""
        of_unit: dict[str, set[str]] = defaultdict(set)
        of_programme: dict[str, set[str]] = defaultdict(set)
        for unit, programme, area in database.rows(_UNITS):
            of_unit[unit.casefold()].add(area.casefold())
            of_programme[(programme or "").casefold()].add(area.casefold())
        of_itself = {area.casefold(): {area.casefold()} for (area,) in database.rows(AREAS) if area}
        return cls(
            areas=frozenset(area.casefold() for area in config.committee.areas),
            areas_of={**of_itself, **of_programme, **of_unit},
        )

    def includes(self, area: str | None, named: str | None) -> bool:
        """Whether what is planned or demanded for an area, or for what is named, is the committee's.

        What names neither, or something unknown, is everybody's.
        """
        if not self.areas or area:
            return self.owns(area)
        standing = self.areas_of.get((named or "").casefold()) if named else None
        return standing is None or not self.areas.isdisjoint(standing)

    def owns(self, area: str | None) -> bool:
        """Whether a row that stands in an area is counted in the committee's figures; in no known one it is not."""
        return not self.areas or (area or "").casefold() in self.areas
