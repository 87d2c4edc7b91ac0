"""Measurements (mätvärden): what is counted in a spreadsheet because no case system holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.demo.organisation import Organisation
from pipeline.demo.society import Society
from pipeline.demo.story import Area, Role, UnitStory
from pipeline.demo.tables import Table, listed
from pipeline.demo.times import Column, month_of

_COLUMNS = ("measure", "unit", "date", "numerator", "denominator", "value", "comment")
WINTER = (0, 1, 10, 11)  # months, counted from January = 0


@dataclass(frozen=True)
class MeasureStory:
    """A measure of some units. `ends`: its value when the four years begin and end; `of`: the value is a share of so
    many, 0 = it is no share.
    """

    name: str
    ends: tuple[float, float]
    roles: tuple[Role, ...]
    areas: tuple[Area, ...]
    every: int = 1  # months
    of: float = 0
    decimals: int = 0
    spread: float = 0.12  # how far a value may lie from the line, as a share of it
    winter: float = 1.0  # times an ordinary month
    comments: Sequence[str] = ()

    def concerns(self, unit: UnitStory) -> bool:
        """Whether the unit has the measure."""
        return unit.area in self.areas and bool(set(self.roles) & set(unit.roles))


HELD_BY = (Role.INVESTIGATES,)
TRAINED = "Medarbetare med föreskriven utbildning"
MEASURES = (
    MeasureStory(
        "Sjukfrånvaro, timmar",
        (0.078, 0.069),
        tuple(Role),
        tuple(Area),
        of=1640.0,
        decimals=1,
        spread=0.3,
        winter=1.35,
        comments=("Mycket förkylningar", "Siffran är preliminär; löneenheten rättar i nästa månad"),
    ),
    MeasureStory("Årsarbetare, handläggare", (7.5, 8.25), HELD_BY, tuple(Area), every=4, decimals=2, spread=0.05),
    MeasureStory(
        "Kö till kontaktfamilj",
        (16, 9),
        (Role.PERFORMS,),
        (Area.CHILDREN,),
        spread=0.25,
        comments=("Två nya familjer klara",),
    ),
    MeasureStory(
        "Personal per brukare under 14 dagar",
        (15.2, 12.9),
        (Role.PERFORMS,),
        (Area.ELDERLY,),
        every=6,
        decimals=1,
        comments=("Mätning vecka 43–44",),
    ),
    MeasureStory(
        TRAINED,
        (0.71, 0.82),
        (Role.PERFORMS,),
        (Area.ELDERLY, Area.DISABILITY),
        every=12,
        of=28,
        spread=0.05,
    ),
)
COMMENTED = 0.06


def make(society: Society, cases: Mapping[str, Table]) -> Table:
    """A row a measure, unit and month's last day."""
    found = [row for story in MEASURES for row in _of_measure(society, story)]
    return listed((*_COLUMNS, "source_system"), [(*row, "Excel") for row in found])


def _of_measure(society: Society, story: MeasureStory) -> Iterator[tuple[Any, ...]]:
    days = _month_ends(society)[story.every - 1 :: story.every]
    progress = society.calendar.progress(days)
    season = np.where(np.isin(month_of(days), WINTER), story.winter, 1.0)
    usual = (story.ends[0] + (story.ends[1] - story.ends[0]) * progress) * season
    for position, unit in enumerate(society.organisation.units):
        if story.concerns(unit) and not unit.merged_into:
            drawn = usual * (1 + story.spread * (2 * society.chance.uniform(len(days)) - 1))
            comments = _comments(society, story, len(days))
            for day, value, comment in zip(days, drawn.tolist(), comments, strict=True):
                yield (story.name, _name(society.organisation, position), day, *_figures(story, unit, value), comment)


def _name(organisation: Organisation, position: int) -> str:
    return str(organisation.names[position])


def _month_ends(society: Society) -> Column:
    """The last days of the months within the four years."""
    first = np.datetime64(society.calendar.starts, "M")
    return np.arange(first + 1, np.datetime64(society.calendar.tertial.ends, "M") + 2).astype("datetime64[D]") - 1


def _figures(story: MeasureStory, unit: UnitStory, value: float) -> tuple[float, float, float]:
    """Numerator, denominator and value: a share has the first two, anything else the last."""
    if not story.of:
        return np.nan, np.nan, round(value, story.decimals)
    of = round(story.of * (0.5 + unit.share), story.decimals)
    return round(min(value, 1.0) * of, story.decimals), of, np.nan


def _comments(society: Society, story: MeasureStory, count: int) -> list[str]:
    if not story.comments:
        return [""] * count
    commented = society.chance.happens(COMMENTED, count).tolist()
    which = society.chance.whole(0, len(story.comments) - 1, count).tolist()
    return [story.comments[place] if said else "" for said, place in zip(commented, which, strict=True)]
