"""A unit's own figures beside those of its programme and committee, one table a section of the report.

The unit's are open. The others' are the protected ones: what is hidden in public is another unit's, and secrecy holds
between units too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.model import Change, Figure, Figures, Level, Metric, Statistic
from pipeline.publish import forms, sparklines, summary, words
from pipeline.publish.sparklines import Strip

if TYPE_CHECKING:
    from pipeline.disclosure import PublicFigures

_JUDGED = (words.Mark.MET, words.Mark.NEAR, words.Mark.NOT_MET)


@dataclass(frozen=True)
class Beside:
    """The same figure of a programme or the committee."""

    outcome: str
    base: str


@dataclass(frozen=True)
class UnitRow:
    """A figure of the unit, ready to print; `beside` in the order of the table's last columns.

    `earlier` tells how it was: a year ago, and of a stock on the last tertial's last day too. `reference` is the
    committee's place on the axis of the drawing, in per cent; None where there is none.
    """

    title: str
    outcome: str
    base: str
    interval: str
    target: str
    verdict: words.Verdict
    change: str
    earlier: tuple[str, ...]
    beside: tuple[Beside, ...]
    strip: Strip | None
    reference: float | None


@dataclass(frozen=True)
class UnitSection:
    """The unit's figures of a section of the report."""

    anchor: str
    title: str
    rows: tuple[UnitRow, ...]


@dataclass(frozen=True)
class Told:
    """A headline of a unit: its metric, title and figure."""

    metric: Metric
    title: str
    figure: Figure


class UnitFigures:
    """What there is to tell of the units of a report: their figures as measured, all others' as published."""

    def __init__(self, internal: Figures, public: PublicFigures, metrics: Mapping[str, Metric]) -> None:
        self._figures = internal
        self._public = public
        self._metrics = metrics
        self._told: dict[str, list[Told]] = {}
        for metric in metrics.values():
            for one in self._headlines(metric):
                self._told.setdefault(one.figure.key.org, []).append(one)

    def units(self) -> frozenset[str]:
        """The units that have anything to tell."""
        return frozenset(self._told)

    def programmes(self, unit: str) -> list[str]:
        """The programmes that a unit stands in together with others; alone in one, it is what the programme is."""
        own = self._figures.programmes.get(unit, frozenset())
        together = Counter(name for names in self._figures.programmes.values() for name in names)
        return sorted(name for name in own if together[name] > 1)

    def columns(self, unit: str) -> list[str]:
        """Whose figures stand beside the unit's."""
        return [*self.programmes(unit), self._figures.committee]

    def sections(self, unit: str) -> list[UnitSection]:
        """The unit's figures in the report's sections, without those that have none."""
        grouped: dict[str, list[UnitRow]] = {}
        programmes = self.programmes(unit)
        for one in self._told.get(unit, ()):
            grouped.setdefault(one.metric.section, []).append(self._row(one, programmes))
        return [
            UnitSection(f"siffror-{number}", title, tuple(rows))
            for number, (title, rows) in enumerate(grouped.items(), start=1)
        ]

    def sentences(self, unit: str) -> list[str]:
        """What is reached and what is not, and what has certainly changed."""
        told = self._told.get(unit, [])
        if not told:
            return ["Inga siffror är beräknade för enheten den här perioden."]
        return [*_status(told), _changed(told, self._figures)]

    # --- rows ---

    def _headlines(self, metric: Metric) -> Iterator[Told]:
        """The metric's figure of each unit, or one a category where the report tells it so; none on no rows."""
        for figure in self._figures.by_org(metric, Level.UNIT, breakdown=metric.headline_by):
            shown = summary.as_delivered(metric, figure, self._figures)
            if shown.denominator:
                category = figure.key.category
                yield Told(metric, f"{metric.title}: {category}" if category else metric.title, shown)

    def _row(self, told: Told, programmes: list[str]) -> UnitRow:
        metric, figure = told.metric, told.figure
        change = words.change_since_last_year(self._figures, figure)
        of_committee = self._beside(figure, Level.COMMITTEE, self._figures.committee)
        others = [*(self._beside(figure, Level.PROGRAMME, name) for name in programmes), of_committee]
        is_drawn = Statistic(figure.key.statistic).is_share and figure.value is not None
        return UnitRow(
            title=told.title,
            outcome=words.outcome(metric, figure),
            base="" if _is_said(figure) else _base(figure),
            interval=words.interval(figure),
            target=words.target(metric, figure),
            verdict=words.verdict(metric, figure),
            change=words.change_in_words(metric, figure, change),
            earlier=tuple(_earlier(metric, one) for one in self._changes(figure)),
            beside=tuple(_shown(metric, one) for one in others),
            strip=sparklines.strip(figure.value or 0.0, figure.ci_low, figure.ci_high, 1.0) if is_drawn else None,
            reference=_reference(of_committee) if is_drawn else None,
        )

    def _changes(self, figure: Figure) -> list[Change]:
        """Against each earlier time that can be compared with, the nearest last."""
        found = [one for one in self._figures.changes.get(figure.key, ()) if one.difference is not None]
        return sorted(found, key=lambda one: one.since.ends)

    def _beside(self, figure: Figure, level: Level, org: str) -> Figure | None:
        return self._public.figures.get(replace(figure.key, level=level, org=org))


def _earlier(metric: Metric, change: Change) -> str:
    """`Samma period 2025: 83 %, 25 av 30`."""
    before = change.before
    base = "" if _is_said(before) else _base(before)
    told = ", ".join(filter(None, (words.outcome(metric, before), base)))
    return f"{forms.capital(forms.earlier(change.since))}: {told}"


def _shown(metric: Metric, figure: Figure | None) -> Beside:
    if figure is None:
        return Beside(forms.DASH, "")
    return Beside(words.outcome(metric, figure), "" if figure.suppressed or _is_said(figure) else _base(figure))


def _is_said(figure: Figure) -> bool:
    """Whether the outcome says its base itself, as shares on few rows do."""
    is_few = (figure.denominator or 0) < words.FEWEST_FOR_PERCENT_FIRST
    return Statistic(figure.key.statistic).is_share and is_few and not figure.suppressed and figure.value is not None


def _base(figure: Figure) -> str:
    base = words.base(figure)
    if base == forms.DASH:
        return ""
    return f"{base}{forms.NBSP}st" if Statistic(figure.key.statistic).is_distribution else base


def _reference(figure: Figure | None) -> float | None:
    if figure is None or figure.suppressed or figure.value is None:
        return None
    return sparklines.along(figure.value, 1.0)


# --- sentences ------------------------------------------------------------------------------------------------------


def _status(told: list[Told]) -> Iterator[str]:
    goals: list[tuple[Told, words.Mark]] = []
    laws: list[tuple[Told, words.Mark]] = []
    for one in told:
        mark = words.verdict(one.metric, one.figure).mark
        if mark in _JUDGED:
            (goals if words.lawful(one.metric, one.figure) is None else laws).append((one, mark))
    for group, noun, met in ((goals, "mål", "uppfyllda"), (laws, "lagkrav", "helt uppfyllda")):
        if group:
            reached = sum(mark is words.Mark.MET for _, mark in group)
            missed = [one for one, mark in group if mark is not words.Mark.MET]
            yield f"{_tally(reached, len(group), noun, met)}{_missed(missed)}"
    if not goals and not laws:
        yield "Inget mål och inget lagkrav har kunnat mätas för enheten."


def _tally(reached: int, of: int, noun: str, met: str) -> str:
    if of == 1:
        return f"Det enda {noun} som har mätts är {'' if reached else 'inte '}{met.removesuffix('da')}t."
    if not reached:
        return f"Inget av {forms.number(of)} {noun} är {met.removesuffix('da')}t."
    return f"{forms.part_of(reached, of)} {noun} är {met if reached > 1 else met.removesuffix('da') + 't'}."


def _missed(missed: list[Told]) -> str:
    if not missed:
        return ""
    return f" Kvar att nå: {forms.listed([forms.inside(one.title) for one in missed], 4)}."


def _changed(told: list[Told], figures: Figures) -> str:
    found: dict[str, list[str]] = {"bättre": [], "sämre": []}
    for one in told:
        change = words.change_since_last_year(figures, one.figure)
        if change is not None and change.certain and change.direction.value in found:
            found[change.direction.value].append(forms.inside(one.title))
    year = figures.period.year - 1
    parts = [f"{how}: {forms.listed(titles, 4)}" for how, titles in found.items() if titles]
    if not parts:
        return f"Inget har statistiskt säkerställt blivit bättre eller sämre än {year}."
    return f"Statistiskt säkerställt jämfört med {year} – {'; '.join(parts)}."
