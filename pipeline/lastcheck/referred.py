"""The hidden figures that goals, activities, plans and overviews refer to, by the names that they go by there.

Each part's own rule for which figure a row tells is followed from the report's public figures; what the part itself
made of them is not trusted. Left out are the parts that print no figure of ours: the risk matrix (numbers of risks),
the calendar (words for whether something was done), and the count of units that reach a target, which is of shown ones;
and sentences of the year's compilation and the summary, which are those of the metrics' own sections.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.language import say
from pipeline.lastcheck.entries import UNPLACED, Hidden, Labels, Region, named
from pipeline.model import Figure, Level, Metric, Statistic
from pipeline.model.comparison import Pair
from pipeline.model.goals import Aim, Reference
from pipeline.model.management import Control, PlanItem, Requirement
from pipeline.model.references import EVERYWHERE, Place, figure_of, then_and_now, told_as
from pipeline.publish import (
    controls_section,
    exchanged,
    feedback_years,
    followup,
    incident_matrix,
    others,
    outcomes,
    summary,
    words,
)
from pipeline.publish.observed import ALL, Observed

if TYPE_CHECKING:
    from pipeline.publish.report import Report

NOW, BEFORE, CHANGE = "nu", "före", "förändring"
BASE, STATUS, WORDS = "avvikelser", "utfall", "analys och åtgärd"
Named = Iterator[tuple[Region, Labels]]


def hidden(report: Report) -> Hidden:
    """How many hidden figures go by which names in which part."""
    found: Hidden = Counter()
    for names in (
        _goals,
        _levels,
        _incidents,
        _years,
        _plan,
        _requirements,
        _activities,
        _controls,
        _contents,
        _others,
    ):
        found.update(names(report))
    return found


def _goals(report: Report) -> Named:
    judged = report.figures.windows[report.figures.period.judged_flow_kind]
    for aim in report.goals.aims():
        if not aim.has_ended(judged.starts):
            yield from _goal(aim, report)


def _goal(aim: Aim, report: Report) -> Named:
    metric = report.metrics.get(aim.reference.metric) if aim.reference else None
    if aim.reference is None or metric is None or aim.statistic is None:
        return
    place = Place(aim.statistic, "", aim.area, aim.unit)
    for told in told_as(aim.reference, metric, report.figures, place):
        if _is_hidden(figure_of(told, metric, report.figures, place)):
            whose = aim.unit or ("" if told.category == aim.area else aim.area)
            yield named(Region.GOALS, outcomes.title(told, metric), *filter(None, [whose]))


def _levels(report: Report) -> Named:
    for headline in summary.key_headlines(report.figures, report.metrics):
        metric = headline.metric
        if not metric.headline_by:
            found = (headline.figure, *report.figures.by_org(metric, Level.PROGRAMME))
            yield from (named(Region.LEVELS, headline.title, f.key.org) for f in found if f.suppressed)


def _incidents(report: Report) -> Named:
    metric = report.metrics.get(incident_matrix.METRIC)
    if metric is None:
        return
    found = report.figures.breakdown(metric, incident_matrix.BREAKDOWN, Statistic.COUNT, _year_so_far(report))
    for category in (figure.key.category for figure in found if figure.suppressed):
        row, _, column = category.partition(" × ")
        yield named(Region.INCIDENTS, *((row, column) if column else (UNPLACED,)))


def _years(report: Report) -> Named:
    metric = report.metrics.get(feedback_years.METRIC)
    windows = sorted((w for w in report.figures.windows.values() if w.series == "year"), key=lambda w: w.starts)
    for number, window in enumerate(windows if metric else ()):
        yield from _in_year(metric, window.window_id, str(number), report)  # type: ignore[arg-type]


def _in_year(metric: Metric, window: str, number: str, report: Report) -> Named:
    units = report.figures.by_org(metric, Level.UNIT, window=window)
    yield from (named(Region.YEARS, say("Enhet"), f.key.org, number) for f in units if f.suppressed)
    for breakdown, heading in feedback_years.BREAKDOWNS:
        found = report.figures.breakdown(metric, breakdown, window=window)
        yield from (
            named(Region.YEARS, heading, words.category(metric, breakdown, f.key.category), number)
            for f in found
            if f.suppressed
        )


def _plan(report: Report) -> Named:
    period = report.figures.period
    for item in report.management.plan:
        due = [one for one in followup.due_days(item, report) if period.starts <= one.day <= period.ends]
        for one in item.measured if due else ():
            is_missing = all(followup.name(one, report) in day.missing for day in due)
            if not is_missing and _is_outcome_hidden(one.reference, _place(item), report):
                yield named(Region.PLAN, item.definition, item.unit, one.reference.metric)


def _place(item: PlanItem) -> Place:
    if item.scope is Level.UNIT:
        return Place(unit=item.unit)
    return Place(programme=item.unit) if item.scope is Level.PROGRAMME else EVERYWHERE


def _requirements(report: Report) -> Named:
    for one in report.management.requirements:
        for reference in one.references:
            if _is_outcome_hidden(reference, _answered_by(one, reference, report), report):
                yield named(Region.REQUIREMENTS, one.requirement, reference.metric)


def _answered_by(one: Requirement, reference: Reference, report: Report) -> Place:
    """An area's requirement is answered by the committee's figures where these are told by other than areas."""
    metric = report.metrics.get(reference.metric)
    is_of_areas = metric is None or metric.headline_by in ("", "area")
    return one.place if not one.place.area or is_of_areas else EVERYWHERE


def _is_outcome_hidden(reference: Reference, place: Place, report: Report) -> bool:
    """Several categories are not put together, so that nothing is told of them."""
    metric = report.metrics.get(reference.metric)
    told = told_as(reference, metric, report.figures, place) if metric else ()
    return metric is not None and len(told) == 1 and _is_hidden(figure_of(told[0], metric, report.figures, place))


def _activities(report: Report) -> Named:
    for goal in report.goals.pursued:
        begun = {(activity.since, activity.references) for activity in goal.activities}
        for since, references in sorted(begun):
            for reference in references:
                metric = report.metrics.get(reference.metric)
                for told in told_as(reference, metric, report.figures) if metric else ():
                    then, now = then_and_now(told, metric, report.figures, since)  # type: ignore[arg-type]
                    yield from _moved((goal.goal, outcomes.title(told, metric)), then, now)  # type: ignore[arg-type]


def _moved(names: Labels, then: Figure | None, now: Figure | None) -> Named:
    for what, is_hidden in ((BEFORE, _is_hidden(then)), (NOW, _is_hidden(now))):
        if is_hidden:
            yield named(Region.ACTIVITIES, *names, what)
    if _is_hidden(then) or _is_hidden(now):
        yield named(Region.ACTIVITIES, *names, CHANGE)


def _controls(report: Report) -> Named:
    metric = report.metrics.get(controls_section.METRIC)
    if metric is None:
        return
    found = report.figures.breakdown(metric, "control", window=_year_so_far(report))
    of = {figure.key.category.casefold() for figure in found if figure.suppressed}
    for control in report.management.controls:
        if control.category.casefold() in of:
            yield from (named(Region.CONTROLS, control.risk, control.control, what) for what in _told_of(control))


def _told_of(control: Control) -> Iterator[str]:
    """What tells of a control's hidden numbers: themselves, what was written of them, and what was judged by them."""
    yield from (BASE, WORDS)
    if not control.is_given and not control.is_due and control.outcome is not None:
        yield STATUS


def _contents(report: Report) -> Named:
    for metric in report.metrics.values():
        found = summary.headlines(metric, report.figures)
        yield from (named(Region.CONTENTS, one.title) for one in found if one.figure.suppressed)
        if found and all(one.figure.suppressed for one in found):
            yield named(Region.AREAS, metric.title)


def _others(report: Report) -> Named:
    for metric in report.metrics.values():
        for pair, told in others.pairs(metric.metric_id, report.comparisons):
            names = (metric.metric_id, others.heading(told.indicator), others.own_label(pair))
            for what in _hidden_beside(pair, told, metric, report):
                yield named(Region.OTHERS, *names, what)
        for headline in summary.headlines(metric, report.figures):
            if headline.figure.suppressed:
                ours = exchanged.own_name(report.config.municipality.name)
                yield named(Region.OTHERS, metric.metric_id, exchanged.heading(headline.figure), ours)


def _hidden_beside(pair: Pair, told: Observed, metric: Metric, report: Report) -> Iterator[str]:
    """The columns of a pair's tables in which our own figure is hidden: the page's, and the workbook's by gender."""
    for gender, column in others.columns(told, metric):
        if _is_hidden(others.own_figure(pair, metric, report.figures, gender)):
            yield from (column, gender)
            if gender == ALL:
                yield from (others.BASE, str(report.figures.period.year))


def _year_so_far(report: Report) -> str:
    return "ytd" if "ytd" in report.figures.windows else report.figures.period.judged_flow_kind


def _is_hidden(figure: Figure | None) -> bool:
    return figure is not None and figure.suppressed
