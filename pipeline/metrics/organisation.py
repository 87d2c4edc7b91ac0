"""Who has figures of their own: the committee, its programmes and its units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pipeline.config import Config
from pipeline.database import Database
from pipeline.model import Level, swedish_order

# Plans, requirements and goals are left out: they may name a programme, or all units, as whom they are for.
_WITH_AREA = ("referrals", "investigations", "decisions")  # besides the unit its rows name an area
_WITHOUT_AREA = (
    "units", "plans", "care_levels", "coordinated_plans", "incidents", "reviews", "surveys", "vignettes",
    "measurements", "activities", "controls",
)  # fmt: skip
_SEEN = " union ".join(
    (
        "select provider_unit as unit, area from loaded.decisions",
        *(f"select unit, area from loaded.{extract}" for extract in _WITH_AREA),
        *(f"select unit, null from loaded.{extract}" for extract in _WITHOUT_AREA),
    )
)
# Every unit of the register or of any extract, with its programme and area on the period's last day. A unit that the
# register lacks on that day stands in the programme named as its rows' area, as the rows themselves do.
_UNITS_EVERYWHERE = f"""
with seen as ({_SEEN})
select distinct s.unit, coalesce(u.programme, s.area) as programme, coalesce(s.area, u.area) as area
from seen as s
left join unit_on_day as u
    on s.unit = u.unit and u.window_id = (select max(window_id) from windows where series = 'report' and kind = 'stock')
where s.unit is not null
"""
_REGISTER = "select programme, area from loaded.units"


@dataclass(frozen=True)
class Organisation:
    """The committee's name, its programmes, and the programmes that each unit stands in (as a rule one)."""

    committee: str
    programmes: frozenset[str]
    programmes_of_unit: Mapping[str, frozenset[str]]

    def names(self, level: Level) -> list[str]:
        """All names on a level, in Swedish alphabetical order."""
        if level == Level.COMMITTEE:
            return [self.committee]
        return sorted(self.programmes if level == Level.PROGRAMME else self.programmes_of_unit, key=swedish_order)

    def with_seen(self, cells: Iterable[tuple[str, int, str, str, str]]) -> Organisation:
        """The same with every programme and unit that some figure's rows stand in."""
        seen: dict[int, set[str]] = defaultdict(set)
        for _, level, org, _, _ in cells:
            seen[level].add(org)
        units = self.programmes_of_unit.keys() | seen[Level.UNIT]
        return replace(
            self,
            programmes=self.programmes | seen[Level.PROGRAMME],
            # In order: what is chosen to protect small groups hangs on it, and sets and the engine keep none.
            programmes_of_unit={unit: self.programmes_of_unit.get(unit, frozenset()) for unit in sorted(units)},
        )


def read_organisation(database: Database, config: Config) -> Organisation:
    """Programmes and units that stand in the register or in any extract, with something in the committee's areas."""
    areas = {area.lower() for area in config.committee.areas}

    def is_ours(area: str | None) -> bool:
        return not areas or (area or "").lower() in areas

    of_unit: dict[str, set[str]] = defaultdict(set)
    for unit, programme, area in database.rows(_UNITS_EVERYWHERE):
        if is_ours(area):
            of_unit[unit].update([programme] if programme else [])
    registered = {programme for programme, area in database.rows(_REGISTER) if is_ours(area)}
    return Organisation(
        committee=config.committee.name,
        programmes=frozenset(registered.union(*of_unit.values())),
        programmes_of_unit={unit: frozenset(programmes) for unit, programmes in of_unit.items()},
    )
