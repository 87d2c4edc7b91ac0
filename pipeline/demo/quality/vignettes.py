"""Vignettes: invented cases that the case workers judge once a year, alone, and then talk about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from pipeline.demo.chance import drifting
from pipeline.demo.society import Society
from pipeline.demo.story import Area
from pipeline.demo.tables import Table, rows, stacked, texts
from pipeline.demo.times import Column, days_on, months_on


@dataclass(frozen=True)
class VignetteStory:
    """A case for the case workers of an area. `questions`: text → answers, the most usual first."""

    name: str
    area: Area
    questions: Mapping[str, tuple[str, ...]]


DEGREES = ("Medel", "Hög", "Låg")
VIGNETTES = (
    VignetteStory(
        "Förskolan är orolig för Alva, 4 år",
        Area.CHILDREN,
        {"Ska utredning inledas?": ("Ja", "Nej"), "Behövs omedelbart skydd?": ("Nej", "Ja"), "Risk": DEGREES},
    ),
    VignetteStory(
        "Melvin, 15 år, har slutat gå till skolan",
        Area.CHILDREN,
        {"Ska utredning inledas?": ("Ja", "Nej"), "Risk": DEGREES, "Insats": ("Öppenvård", "Kontaktperson", "Ingen")},
    ),
    VignetteStory(
        "Sara, 31 år, söker ledsagning",
        Area.DISABILITY,
        {
            "Ingår hon i personkretsen?": ("Ja", "Nej"),
            "Omfattning": ("10 timmar", "15 timmar", "20 timmar", "5 timmar"),
        },
    ),
)
MONTH, DAY = 11, 6
DAYS_TO_ANSWER = 14
USUAL = (0.62, 0.8)  # share that gives the most usual answer
ANSWERS = 0.95


def make(society: Society, cases: Mapping[str, Table]) -> Table:
    """All answers in the order of years. Each year has cases of its own: a case can be judged once by each worker."""
    found = [
        table
        for day in _days(society)
        for story in VIGNETTES
        for table in _of_year(society, story, day, cases["investigations"])
    ]
    return stacked(found)


def _days(society: Society) -> Iterator[date]:
    calendar = society.calendar
    for year in range(calendar.starts.year, calendar.delivered.year + 1):
        day = date(year, MONTH, DAY)
        if day > calendar.starts and (calendar.delivered - day).days > DAYS_TO_ANSWER:
            yield day


def _of_year(society: Society, story: VignetteStory, day: date, investigations: Table) -> Iterator[Table]:
    rater, unit = _raters(society, story, day, investigations)
    start = np.full(len(rater), np.datetime64(day))
    date_ = days_on(start, society.chance.whole(0, DAYS_TO_ANSWER, len(rater)))
    answers = society.chance.happens(ANSWERS, len(rater))
    for question, options in story.questions.items():
        table = {
            "vignette": texts(f"{story.name} ({day.year})", len(rater)),
            "question": texts(question, len(rater)),
            "rater": rater,
            "unit": society.organisation.names[unit],
            "answer": _answer(society, options, start),
            "date": date_,
            "source_system": texts("Webbformulär", len(rater)),
        }
        yield rows(table, answers)


def _raters(society: Society, story: VignetteStory, day: date, investigations: Table) -> tuple[Column, Column]:
    """Who had opened an investigation in the year before, and where they worked last."""
    since = months_on(np.array([day], dtype="datetime64[D]"), -12)[0]
    opened = (investigations["opened"] >= since) & (investigations["opened"] < np.datetime64(day))
    own = rows(investigations, opened & (investigations["area"] == story.area) & (investigations["case_worker"] != ""))
    latest_first = rows(own, np.argsort(own["opened"], kind="stable")[::-1])
    rater, first = np.unique(latest_first["case_worker"], return_index=True)
    return rater, latest_first["unit"][first]


def _answer(society: Society, options: tuple[str, ...], day: Column) -> Column:
    chance, count = society.chance, len(day)
    usual = chance.happens(drifting(society.calendar.progress(day), USUAL), count)
    other = chance.pick(dict.fromkeys(options[1:], 1.0), count)
    return np.where(usual, options[0], other).astype(object)
