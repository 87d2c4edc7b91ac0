"""The published reports beside one another: each figure's status from period to period, and which have changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pipeline.model import Figure, Metric
from pipeline.model.issues import Issue
from pipeline.periods import Period, PeriodKind
from pipeline.publish import forms, summary, words
from pipeline.publish.summary import Headline
from pipeline.publish.words import Mark, Verdict

MOST_PERIODS = 6  # side by side; older ones stand in the list of reports
ANOTHER_DEFINITION = "ändrad definition"
WAY = "Ändring"  # what the column of a change's direction is called
_KINDS = {
    PeriodKind.TERTIAL: "Tertialer",
    PeriodKind.QUARTER: "Kvartal",
    PeriodKind.HALF: "Halvår",
    PeriodKind.YEAR: "Helår",
}
_RANKS = {Mark.NOT_MET: 0, Mark.NEAR: 1, Mark.MET: 2}

Named = tuple[str, str]  # metric, category


@dataclass(frozen=True)
class Cell:
    """A figure as it stood in a report; `note` says what differs from the report before it."""

    outcome: str
    verdict: Verdict
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A figure over time; None where a report did not tell it."""

    title: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Column:
    """A report's period, and the time that its goals are judged on."""

    name: str
    judged_on: str


@dataclass(frozen=True)
class OverTime:
    """The reports of a kind of period, oldest first."""

    anchor: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    older: str


@dataclass(frozen=True)
class Move:
    """A figure whose status is another than in the report before."""

    title: str
    before: Verdict
    now: Verdict
    way: str
    note: str


@dataclass(frozen=True)
class Moved:
    """What a report judges otherwise than the one before it of the same kind."""

    title: str
    before: str
    now: str
    sentence: str
    rows: tuple[Move, ...]


@dataclass(frozen=True)
class Told:
    """An issue with its headlines by name."""

    issue: Issue
    headlines: Mapping[Named, Headline]

    @property
    def name(self) -> str:
        """The period's name."""
        return period_name(self.issue.period)


def period_name(period: Period) -> str:
    """What a report's period is called on the page: `Tertial 2 2026`, `Helåret 2026`."""
    return forms.period(period) if period.kind is PeriodKind.YEAR else forms.period_name(period)


def told(issues: Sequence[Issue], metrics: Mapping[str, Metric]) -> list[Told]:
    """The issues with their headlines, the newest period last."""
    ordered = sorted(issues, key=lambda one: (one.period.ends, one.period.months))
    return [Told(one, dict(_headlines(one, metrics))) for one in ordered]


def over_time(issues: Sequence[Told]) -> list[OverTime]:
    """A table for each kind of period, of the figures that have a goal or stand under a law in any of its reports."""
    found = []
    for kind, title in _KINDS.items():
        of_kind = [one for one in issues if one.issue.period.kind is kind]
        if of_kind:
            found.append(_over_time(kind, title, of_kind))
    return found


def moved(issues: Sequence[Told]) -> list[Moved]:
    """For each report what it judges otherwise than the one before it of its kind; newest first."""
    found: list[tuple[date, Moved]] = []
    for kind in _KINDS:
        for before, now in pairwise(one for one in issues if one.issue.period.kind is kind):
            found.append((now.issue.period.ends, _moved(before, now)))
    return [one for _, one in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _headlines(one: Issue, metrics: Mapping[str, Metric]) -> list[tuple[Named, Headline]]:
    every = [headline for metric in metrics.values() for headline in summary.headlines(metric, one.figures)]
    return [((one.metric.metric_id, one.figure.key.category), one) for one in every]


# --- side by side ---------------------------------------------------------------------------------------------------


def _over_time(kind: PeriodKind, title: str, issues: Sequence[Told]) -> OverTime:
    shown = issues[-MOST_PERIODS:]
    names = _in_order([[name for name, one in each.headlines.items() if one.is_key] for each in reversed(shown)])
    left = len(issues) - len(shown)
    return OverTime(
        anchor=f"over-tid-{kind.value}",
        title=title,
        columns=tuple(Column(one.name, _judged_on(one.issue)) for one in shown),
        rows=tuple(_row(name, shown) for name in names),
        older=f"De {MOST_PERIODS} senaste visas. {forms.number(left)} äldre står i listan över rapporter."
        if left
        else "",
    )


def _in_order(groups: Sequence[Sequence[Named]]) -> list[Named]:
    """All names, the newest report's first and in its order."""
    return list(dict.fromkeys(name for group in groups for name in group))


def _row(name: Named, issues: Sequence[Told]) -> Row:
    newest = next(one.headlines[name] for one in reversed(issues) if name in one.headlines)
    cells: list[Cell | None] = []
    for at, one in enumerate(issues):
        headline = one.headlines.get(name)
        note = _note(name[0], issues[at - 1], one) if at else ""
        cells.append(None if headline is None else _cell(headline, note))
    return Row(newest.title, tuple(cells))


def _cell(headline: Headline, note: str) -> Cell:
    metric, figure = headline.metric, headline.figure
    return Cell(words.outcome(metric, figure), words.verdict(metric, figure), note)


def _note(metric_id: str, before: Told, now: Told) -> str:
    then, today = (one.issue.definitions.get(metric_id) for one in (before, now))
    return ANOTHER_DEFINITION if then and today and then != today else ""


def _judged_on(one: Issue) -> str:
    return forms.window(one.figures.windows[one.period.judged_flow_kind])


# --- what has changed -----------------------------------------------------------------------------------------------


def _moved(before: Told, now: Told) -> Moved:
    rows = []
    for name, headline in now.headlines.items():
        earlier = before.headlines.get(name)
        if earlier is not None:
            row = _move(headline, earlier.figure, _note(name[0], before, now))
            rows += [row] if row else []
    rows.sort(key=lambda row: list(_WAYS).index(row.way))
    title = f"{now.name} mot {forms.inside(before.name)}"
    return Moved(title, before.name, now.name, _sentence(rows, before.name), tuple(rows))


_WAYS = {"sämre status": "sämre", "bättre status": "bättre"}


def _move(headline: Headline, earlier: Figure, note: str) -> Move | None:
    """The change of a status; None where it is the same, or where either was not judged or is hidden."""
    before, now = words.verdict(headline.metric, earlier), words.verdict(headline.metric, headline.figure)
    if before.mark not in _RANKS or now.mark not in _RANKS or before.mark is now.mark:
        return None
    way = "bättre status" if _RANKS[now.mark] > _RANKS[before.mark] else "sämre status"
    return Move(headline.title, before, now, way, note)


def _sentence(rows: Sequence[Move], before: str) -> str:
    since = forms.inside(before)
    if not rows:
        return f"Inget mål och inget lagkrav har fått en annan status än i rapporten för {since}."
    parts = []
    for way, word in _WAYS.items():
        count = sum(row.way == way for row in rows)
        if count:
            parts.append(f"{forms.counted(count, 'mått', 'mått')} har fått {word} status")
    return f"Jämfört med rapporten för {since}: {forms.listed(parts)}."
