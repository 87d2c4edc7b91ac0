"""Whom a municipality is set beside: the nation, its county, its SKR group and the municipalities that are like it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.comparison.codes import COUNTIES, COUNTY_DIGITS, NATION, county_of
from pipeline.comparison.kolada.records import Content, Group
from pipeline.model.comparison import Kind, Mean, Party

# "Liknande kommuner IFO, Nacka, 2024"; the kind of the whole municipality stands after a comma of its own.
_SIMILAR = re.compile(r"Liknande kommuner,? (?P<kind>[^,]+), (?P<name>.+), (?P<year>\d{4})")
_COUNTY_GROUP = re.compile(r"(?P<name>.+ läns?) kommuner \(ovägt medel\)", re.IGNORECASE)
_SKR_GROUPS = frozenset(f"G{number}" for number in range(92786, 92795))
_UNWEIGHTED_MARK = re.compile(r" *\(ovägt medel\)$")


def groups_of(content: Content, code: str) -> tuple[str, ...]:
    """The ids of every group that a municipality may be set beside, of whatever kind."""
    similar = (party.code for kind in sorted(kinds(content, code)) if (party := similar_to(content, code, kind)))
    others = (one.group_id for one in (_skr_group(content, code), _county_group(content, code)) if one)
    return (*similar, *others)


def kinds(content: Content, code: str) -> set[str]:
    """The kinds of similar municipalities (IFO, LSS …) that Kolada has for a municipality."""
    return {found["kind"] for _, found in _similar_groups(content, code)}


def similar_to(content: Content, code: str, kind: str) -> Party | None:
    """The municipalities that are like it in that respect, as of the latest year; None where Kolada names none."""
    of_kind = [(found["year"], group) for group, found in _similar_groups(content, code)
               if found["kind"].casefold() == kind.casefold()]  # fmt: skip
    if not of_kind:
        return None
    year, group = max(of_kind, key=lambda one: (one[0], one[1].group_id))
    return Party(Kind.SIMILAR, group.group_id, f"Liknande kommuner ({kind} {year})", Mean.UNWEIGHTED, group.members)


def beside(content: Content, code: str, kind: str) -> tuple[Party, ...]:
    """Everyone to set a municipality beside, but the municipalities one by one."""
    nation = Party(Kind.NATION, NATION, "Riket", Mean.UNKNOWN)
    similar, skr = similar_to(content, code, kind), _skr_group(content, code)
    group = (
        Party(Kind.GROUP, skr.group_id, _UNWEIGHTED_MARK.sub("", skr.title), Mean.UNWEIGHTED, skr.members)
        if skr
        else None
    )
    return tuple(one for one in (nation, county(content, code), group, similar) if one)


def county(content: Content, code: str) -> Party | None:
    """The municipalities of its county: Kolada's group of them, else those whose codes begin alike."""
    group = _county_group(content, code)
    if group is not None:
        return Party(Kind.COUNTY, group.group_id, _UNWEIGHTED_MARK.sub("", group.title), Mean.UNWEIGHTED, group.members)
    digits = county_of(code)
    if digits is None:
        return None
    inside = (one for one, place in content.places.items() if place.kind == "K" and one[:COUNTY_DIGITS] == digits)
    members = tuple(sorted(inside))
    return Party(Kind.COUNTY, digits, f"Kommunerna i {COUNTIES[digits]}", Mean.UNWEIGHTED, members) if members else None


def _similar_groups(content: Content, code: str) -> Iterator[tuple[Group, re.Match[str]]]:
    name = content.places[code].title if code in content.places else ""
    for group in content.groups.values():
        found = _SIMILAR.fullmatch(group.title)
        if found and found["name"] == name:
            yield group, found


def _skr_group(content: Content, code: str) -> Group | None:
    return next((content.groups[one] for one in sorted(_SKR_GROUPS & content.groups.keys())
                 if code in content.groups[one].members), None)  # fmt: skip


def _county_group(content: Content, code: str) -> Group | None:
    return next((one for _, one in sorted(content.groups.items())
                 if code in one.members and _COUNTY_GROUP.fullmatch(one.title)), None)  # fmt: skip
