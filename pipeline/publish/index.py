"""index.html: all published reports, what has changed between them, and every status over time. Public.

Nothing but what the committee has been given is told, and nothing is reckoned from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pipeline.config import Config
from pipeline.model import Metric, RunInfo
from pipeline.model.issues import Issue
from pipeline.periods import Period
from pipeline.publish import forms, html, issues_over_time, marks, summary, words
from pipeline.publish.issues_over_time import Told

TITLE = "Kvalitetsrapporter"
MOST_MOVED = 3  # comparisons told openly; older ones are folded
HEAT, MOVED = "heat", "moved"  # the kinds of its tables
_TEMPLATE = "index.html.j2"
_KINDS = {".html": "Rapport", ".pdf": "PDF", ".xlsx": "Arbetsbok", ".csv": "Öppna data"}
_JUDGED = (words.Mark.MET, words.Mark.NEAR, words.Mark.NOT_MET)


@dataclass(frozen=True)
class Link:
    """A file of a report: what it is called, and where it lies from the page."""

    text: str
    label: str
    href: str


@dataclass(frozen=True)
class Line:
    """A report in the list."""

    name: str
    span: str
    published: str
    goals: str
    laws: str
    links: tuple[Link, ...]


def file_name(*, demo: bool) -> str:
    """The page's name; an invented municipality's says so."""
    return f"index{marks.DEMO_SUFFIX if demo else ''}.html"


def write(
    file: Path,
    issues: Sequence[Issue],
    files: Mapping[Period, Sequence[str]],
    metrics: Mapping[str, Metric],
    config: Config,
    run: RunInfo,
) -> None:
    """Write the page; `files` are the committee's files that stand, as paths from the page."""
    file.write_text(page(issues, files, metrics, config, run), encoding="utf-8", newline="\n")


def page(
    issues: Sequence[Issue],
    files: Mapping[Period, Sequence[str]],
    metrics: Mapping[str, Metric],
    config: Config,
    run: RunInfo,
) -> str:
    """The page as text. There is at least one issue."""
    every = issues_over_time.told(issues, metrics)
    newest = max(every, key=lambda one: (one.issue.period.ends, -one.issue.period.months))
    moved = issues_over_time.moved(every)
    return html.render(
        _TEMPLATE,
        title=TITLE,
        newest=f"Den senaste rapporten gäller {forms.period_inside(newest.issue.period).rstrip(',')}.",
        sentences=summary.sentences(newest.issue.figures, metrics)[:2],
        lines=[_line(one, files) for one in reversed(every)],
        moved=moved[:MOST_MOVED],
        moved_before=moved[MOST_MOVED:],
        tables=issues_over_time.over_time(every),
        another_definition=issues_over_time.ANOTHER_DEFINITION,
        heat=HEAT,
        changed=MOVED,
        way=issues_over_time.WAY,
        status_words=words.LEGEND,
        period_name=newest.name,
        config=config,
        run=run,
    )


def _line(one: Told, files: Mapping[Period, Sequence[str]]) -> Line:
    period = one.issue.period
    goals, laws = _reached(one)
    return Line(
        name=one.name,
        span=forms.period(period).partition(", ")[2],
        published=forms.day(one.issue.published.day),
        goals=goals,
        laws=laws,
        links=tuple(_links(files.get(period, ()), one.name)),
    )


def _links(files: Sequence[str], name: str) -> Iterator[Link]:
    for ending, text in _KINDS.items():
        for file in files:
            if file.endswith(ending):
                yield Link(text, f"{text}: {forms.inside(name)}", quote(file))


def _reached(one: Told) -> tuple[str, str]:
    """How many of the goals, and of the laws' demands, are met."""
    keys = [h for h in one.headlines.values() if h.is_key]
    goals: list[bool] = []
    laws: list[bool] = []
    for headline in keys:
        mark = words.verdict(headline.metric, headline.figure).mark
        if mark in _JUDGED:
            (laws if headline.is_law else goals).append(mark is words.Mark.MET)
    return _part(goals), _part(laws)


def _part(met: Sequence[bool]) -> str:
    return forms.part_of(sum(met), len(met)) if met else forms.DASH
