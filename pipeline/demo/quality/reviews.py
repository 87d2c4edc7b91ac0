"""File reviews (granskningar): a sample of each unit's real files, and an answer to each question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from pipeline.demo.chance import drifting
from pipeline.demo.quality.review_story import FIRST_WEEKS, REASONED, REVIEWS, Question, ReviewStory
from pipeline.demo.society import Society
from pipeline.demo.tables import Table, length, rows, stacked, texts
from pipeline.demo.times import Column, days_on, months_on

_KEYS = {"investigations": "investigation_id", "referrals": "referral_id", "plans": "plan_id"}


def make(society: Society, cases: Mapping[str, Table]) -> Table:
    """All reviews in the order they were made."""
    found = [
        table
        for story in REVIEWS
        for day in _days(society, story)
        for table in _of_year(society, story, day, cases[story.extract])
    ]
    table = stacked(found)
    return rows(table, np.argsort(table["reviewed"], kind="stable"))


def _days(society: Society, story: ReviewStory) -> Iterator[date]:
    """The first day of every review whose twelve months lie within the data and that is over at the delivery."""
    calendar = society.calendar
    for year in range(calendar.starts.year + 1, calendar.delivered.year + 1):
        first = date(year, story.month, 1)
        if first.replace(year=year - 1) >= calendar.starts and first.replace(day=FIRST_WEEKS) < calendar.delivered:
            yield first


def _of_year(society: Society, story: ReviewStory, first: date, files: Table) -> Iterator[Table]:
    since, until = months_on(np.array([first], dtype="datetime64[D]"), -12)[0], np.datetime64(first)
    of_area = (files["area"] == story.area) if story.area else np.ones(length(files), dtype=bool)
    finished = rows(files, of_area & (files[story.day] >= since) & (files[story.day] < until))
    _, once = np.unique(finished[_KEYS[story.extract]], return_index=True)
    finished = rows(finished, np.sort(once))
    for unit in np.unique(finished["unit"]).tolist():
        own = rows(finished, finished["unit"] == unit)
        population = length(own)
        chosen = np.sort(np.argsort(society.chance.uniform(population), kind="stable")[: story.sample])
        yield _answers(society, story, first, unit, population, own[_KEYS[story.extract]][chosen])


def _answers(society: Society, story: ReviewStory, first: date, unit: int, population: int, ids: Column) -> Table:
    """A row a file and question, file by file."""
    start = np.full(len(ids), np.datetime64(first))
    day = np.repeat(days_on(start, society.chance.whole(0, FIRST_WEEKS - 1, len(ids))), len(story.questions))
    by_question = [_answered(society, question, start) for question in story.questions]
    count = len(day)
    return {
        "review": texts(story.name, count),
        "unit": texts(society.organisation.names[unit], count),
        "item_id": np.repeat(ids, len(story.questions)),
        "question": np.array([question.text for question in story.questions] * len(ids), dtype=object),
        "answer": np.stack([answers for answers, _ in by_question], axis=1).ravel(),
        "reason": np.stack([reasons for _, reasons in by_question], axis=1).ravel(),
        "reviewed": day,
        "population": np.full(count, population),
        "source_system": texts("Granskningsmallen", count),
    }


def _answered(society: Society, question: Question, day: Column) -> tuple[Column, Column]:
    """Answers of all files to one question, with reasons for some of those that are not yes."""
    chance, count = society.chance, len(day)
    yes = chance.happens(drifting(society.calendar.progress(day), question.yes), count)
    partly, not_relevant = chance.happens(question.partly, count), chance.happens(question.not_relevant, count)
    answer = np.select([not_relevant, yes, partly], ["ej aktuellt", "ja", "delvis"], "nej").astype(object)
    reason = chance.pick(dict.fromkeys(question.reasons, 1.0), count)
    told = np.isin(answer.astype(str), ("nej", "delvis")) & chance.happens(REASONED, count)
    return answer, np.where(told, reason, "").astype(object)
