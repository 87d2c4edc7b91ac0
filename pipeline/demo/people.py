"""Invented people. None of them can be a real person.

Most are known by the case system's own client id. Some have a number shaped as a personnummer, with birth number 000:
the series that is given to people begins at 001.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.demo.chance import Chance
from pipeline.demo.sizes import Scale
from pipeline.demo.story import AREAS, Area
from pipeline.demo.times import Calendar, Column

NUMBERED = 0.08  # share of people that the case system knows by a number shaped as a personnummer
PROTECTED = 0.012
COMES_BACK_WITHIN_YEARS = 1.3
_IDS = 9_999_991  # a prime: multiplying by another number below it gives each person a different id
_PER_BATCH = 200_000
_HUNDRED_YEARS = np.timedelta64(36_000, "D")  # a little less: ten digits must not leave the century open
_WRONG_CHECK_DIGIT = 50  # one number in so many

GROUPS: tuple[tuple[Area, ...], ...] = (
    (Area.CHILDREN,),
    (Area.ECONOMIC, Area.ADDICTION),  # the same adults
    (Area.DISABILITY,),
    (Area.ELDERLY,),
)


@dataclass(frozen=True)
class People:
    """Everyone of one batch. Cases hold positions in these columns; a group's people stand in the order they come."""

    identity: Column  # client id or twelve digits
    numbered: Column
    born: Column
    gender: Column
    protected: Column
    home: Column  # 0–1, where they live; decides their units
    first: dict[Area, int]
    count: dict[Area, int]

    def meet(self, chance: Chance, calendar: Calendar, area: Area, days: Column) -> Column:
        """Who comes on each of the days: often someone who came not long before."""
        span = np.datetime64(calendar.delivered) - np.datetime64(calendar.services_from)
        passed = (days - np.datetime64(calendar.services_from)).astype(int) / span.astype(int)
        count = self.count[area]
        draw = chance.uniform(len(days))
        back = draw * draw * count * COMES_BACK_WITHIN_YEARS * 365.25 / span.astype(int)
        return self.first[area] + np.clip(passed * count - back, 0, count - 1).astype(int)

    def written(self, chance: Chance, people: Column) -> Column:
        """Ids as they stand in an extract: numbers in all the forms that people write them in."""
        forms = chance.whole(0, 2, len(people))
        ids = self.identity[people]
        for row in np.flatnonzero(self.numbered[people]):
            ids[row] = _written(ids[row], forms[row])
        return ids


def invent(chance: Chance, calendar: Calendar, scale: Scale, batch: int) -> People:
    """The people of a batch."""
    first: dict[Area, int] = {}
    count: dict[Area, int] = {}
    births, total = [], 0
    for group in GROUPS:
        members = _members(group, calendar, scale)
        for area in group:
            first[area], count[area] = total, members
        total += members
        births.append(_births(chance, calendar, group, members))
    born = np.concatenate(births)
    wanted = chance.happens(NUMBERED, total) & (born > np.datetime64(calendar.delivered) - _HUNDRED_YEARS)
    numbered = _first_of_each_day(born, wanted, scale, batch)
    return People(
        identity=_identities(born, numbered, batch),
        numbered=numbered,
        born=born,
        gender=chance.pick({"Kvinna": 49, "Man": 50, "Okänt": 1}, total),
        protected=chance.happens(PROTECTED, total),
        home=chance.uniform(total),
        first=first,
        count=count,
    )


def _members(group: tuple[Area, ...], calendar: Calendar, scale: Scale) -> int:
    years = (calendar.delivered - calendar.services_from).days / 365.25
    a_year = sum(AREAS[area].received * AREAS[area].people_a_case for area in group)
    return max(50, round(a_year * scale.volume * years))


def _births(chance: Chance, calendar: Calendar, group: tuple[Area, ...], members: int) -> Column:
    """Days of birth: people are of the area's ages when they first come, and they come in order."""
    youngest, oldest = AREAS[group[0]].ages
    span = (calendar.delivered - calendar.services_from).days
    came = np.datetime64(calendar.services_from) + (np.arange(members) * span // members).astype("timedelta64[D]")
    ages = chance.spread(((0, youngest), (1, oldest)), members) * 365.25
    return came - ages.astype(int).astype("timedelta64[D]")


def _first_of_each_day(born: Column, wanted: Column, scale: Scale, batch: int) -> Column:
    """One birth number allows one person a day of birth; batches share the days between them."""
    mine = wanted & (born.astype(int) % scale.batches == batch)
    candidates = np.flatnonzero(mine)
    _, firsts = np.unique(born[candidates], return_index=True)
    chosen = np.zeros(len(born), dtype=bool)
    chosen[candidates[firsts]] = True
    return chosen


def _identities(born: Column, numbered: Column, batch: int) -> Column:
    positions = np.arange(len(born), dtype=np.int64) + batch * _PER_BATCH + 1
    ids = np.array([f"K{number:07}" for number in positions * 48_271 % _IDS], dtype=object)
    for row in np.flatnonzero(numbered):
        ids[row] = _number(str(born[row]).replace("-", ""), wrong=row % _WRONG_CHECK_DIGIT == 0)
    return ids


def _number(birth: str, *, wrong: bool) -> str:
    digits = f"{birth}000"
    return f"{digits}{(_check_digit(digits[2:]) + wrong) % 10}"


def _check_digit(nine: str) -> int:
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(nine))
    return -total % 10


def _written(number: str, form: int) -> str:
    return (f"{number[:8]}-{number[8:]}", number, f"{number[2:8]}-{number[8:]}")[form]
