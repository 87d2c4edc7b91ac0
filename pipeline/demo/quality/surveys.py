"""Surveys (enkäter), summed up a unit and question as such results are delivered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np

from pipeline.demo.chance import drifting
from pipeline.demo.quality.survey_story import CARE_COUNTS, SURVEYS, SurveyStory
from pipeline.demo.society import Society
from pipeline.demo.story import Role
from pipeline.demo.tables import Table, listed
from pipeline.demo.times import OPEN_END

_COLUMNS = (
    "survey",
    "unit",
    "question",
    "date",
    "invited",
    "answered",
    "positive",
    "mean",
    "scale",
    "option",
    "option_count",
)
_NOBODY = -1
_MOST = 2000  # asked of one unit


def make(society: Society, cases: Mapping[str, Table]) -> Table:
    """All surveys in the order they were made."""
    found = [
        row
        for story in SURVEYS
        for day in _days(society, story)
        for position, unit in enumerate(society.organisation.units)
        if unit.area is story.area and Role.PERFORMS in unit.roles
        for row in _of_unit(society, story, day, position, _asked(cases["decisions"], position, day))
    ]
    return listed((*_COLUMNS, "source_system"), [(*row, "Enkätverktyget") for row in sorted(found, key=_order)])


def _order(row: tuple[Any, ...]) -> Any:
    return row[_COLUMNS.index("date")]


def _days(society: Society, story: SurveyStory) -> Iterator[date]:
    calendar = society.calendar
    for year in range(calendar.starts.year, calendar.delivered.year + 1):
        day = date(year, story.month, story.day)
        if calendar.starts <= day < calendar.delivered:
            yield day


def _asked(decisions: Table, unit: int, on: date) -> int:
    """People who have a service of the unit on the day."""
    day = np.datetime64(on)
    ends = np.fmin(
        decisions["ended"], np.where(decisions["valid_to"] == OPEN_END, decisions["ended"], decisions["valid_to"])
    )
    has = (decisions["provider"] == unit) & (decisions["executed"] <= day) & ~(ends < day)
    return min(len(np.unique(decisions["person"][has])), _MOST)


def _of_unit(society: Society, story: SurveyStory, day: date, unit: int, asked: int) -> Iterator[tuple[Any, ...]]:
    """The rows of one unit; a unit that nobody has a service of is not asked."""
    progress = society.calendar.progress(np.array([day], dtype="datetime64[D]"))
    answered = _about(society, asked, float(drifting(progress, story.answering)[0]))
    if not answered:
        return
    common = (story.name, society.organisation.names[unit])
    first, last = (ends[unit] for ends in society.organisation.care())
    better = CARE_COUNTS * float(first + (last - first) * progress[0] - (first + last) / 2)
    for question, ends in story.questions.items():
        answers = max(answered - int(society.chance.whole(0, 2, 1)[0]), 1)
        share = min(float(drifting(progress, ends)[0]) + better, 0.97)
        positive = _about(society, answers, share)
        mean = round(1 + (story.scale - 1) * (0.2 + 0.7 * positive / answers), 1)
        yield (*common, question, np.datetime64(day), asked, answers, positive, mean, story.scale, "", _NOBODY)
    for question, options in story.choices.items():
        for option, count in zip(options, _shared(society, answered, options), strict=True):
            yield (*common, question, np.datetime64(day), asked, answered, _NOBODY, np.nan, _NOBODY, option, count)


def _about(society: Society, of: int, share: float) -> int:
    """So many of them, give or take chance."""
    return int(society.chance.happens(share, of).sum())


def _shared(society: Society, answered: int, options: Mapping[str, float]) -> list[int]:
    """The answers by option; they add up."""
    return np.bincount(society.chance.place(list(options.values()), answered), minlength=len(options)).tolist()
