"""Which units stand in which programmes: a unit that stands in several is shared by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.disclosure.tables import Org
from pipeline.model import Level
from pipeline.suppression.problem import Flags, Ints

_NO_PLACES = np.empty(0, dtype=np.int64)


class Group(NamedTuple):
    """Programmes that share units, those units, and which unit stands in which programme (units × programmes)."""

    above: Ints
    below: Ints
    stands_in: Flags

    def parts(self) -> Iterator[tuple[int, Ints, Ints]]:
        """Each programme, the units that are its alone, and all that stand in it."""
        is_shared = self.stands_in.sum(axis=1) > 1
        for number, programme in enumerate(self.above.tolist()):
            inside = self.stands_in[:, number]
            yield programme, self.below[inside & ~is_shared], self.below[inside]


def groups_of(orgs: Sequence[Org], programmes: Mapping[str, frozenset[str]]) -> list[Group]:
    """The groups of all programmes that there are rows of; `programmes` says which each unit stands in."""
    number = {org: index for index, org in enumerate(orgs)}
    groups: list[Group] = []
    for names, units in _together(programmes):
        above = [name for name in names if Org(Level.PROGRAMME, name) in number]
        below = [unit for unit in units if Org(Level.UNIT, unit) in number]
        if above:
            stands_in = [[name in programmes[unit] for name in above] for unit in below]
            groups.append(
                Group(
                    np.array([number[Org(Level.PROGRAMME, name)] for name in above], dtype=np.int64),
                    np.array([number[Org(Level.UNIT, unit)] for unit in below], dtype=np.int64),
                    np.array(stands_in, dtype=bool).reshape(len(below), len(above)),
                )
            )
    # What no unit stands in has nothing but rows of units that nobody knows of.
    grouped = {int(one) for group in groups for one in group.above}
    lone = [n for org, n in number.items() if org.level == Level.PROGRAMME and n not in grouped]
    return [*groups, *(Group(np.array([one]), _NO_PLACES, np.empty((0, 1), dtype=bool)) for one in lone)]


def _together(programmes: Mapping[str, frozenset[str]]) -> Iterator[tuple[list[str], list[str]]]:
    """Programmes that share units, and their units; units without programme are in none of them."""
    group: dict[str, set[str]] = {}
    for own in map(programmes.__getitem__, sorted(programmes)):
        merged: set[str] = set(own).union(*(group.get(name, ()) for name in own))
        for name in merged:
            group[name] = merged
    for names in {id(one): one for one in group.values()}.values():
        yield sorted(names), sorted(unit for unit, of in programmes.items() if of & names)
