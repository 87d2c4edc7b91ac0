"""A metric's section as data, in its fixed order; the templates only set it in type. Every text is ready to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.config import Config
from pipeline.language import say
from pipeline.model import Figure, Figures, Level, Metric, Statistic
from pipeline.periods import Window
from pipeline.publish import (
    courses,
    day_bands,
    forms,
    frequencies,
    method,
    sentences,
    side_by_side,
    summary,
    words,
)
from pipeline.publish.comparison_section import Others
from pipeline.publish.day_bands import Picture


@dataclass(frozen=True)
class Fact:
    """A window's figure: when, and everything that is told about it."""

    when: str
    span: str
    is_judged: bool
    base: str
    outcome: str
    interval: str
    target: str
    verdict: words.Verdict
    changes: tuple[tuple[str, str], ...]  # against when, how


@dataclass(frozen=True)
class Story:
    """One headline told: the committee's, or one category's."""

    heading: str
    sentence: str
    frequency: str  # the same in natural frequencies, "av 100 …"; empty where it does not help
    verdict: words.Verdict | None
    facts: tuple[Fact, ...]
    beside: tuple[tuple[str, str], ...]
    course: courses.Course | None
    days: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Listed:
    """One of a metric's questions, controls or measures: what came out for it in the judged window."""

    name: str
    base: str
    outcome: str
    interval: str
    target: str
    verdict: words.Verdict
    change: str


@dataclass(frozen=True)
class Listing:
    """The headlines of a metric that has too many for a story each."""

    caption: str
    first_column: str
    since: str  # what the changes are against
    rows: tuple[Listed, ...]


@dataclass(frozen=True)
class MetricSection:
    """Everything that is said about one metric."""

    anchor: str
    title: str
    has_interval: bool
    base_title: str  # what the base column holds; empty for counts, which are their own base
    stories: tuple[Story, ...]
    listing: Listing | None
    comparisons: tuple[side_by_side.Comparison, ...]
    more: tuple[side_by_side.Comparison, ...]
    others: Others | None
    method: tuple[tuple[str, tuple[str, ...]], ...]  # label, texts


def section(
    metric: Metric, figures: Figures, config: Config, others: Others | None = None, not_compared: Sequence[str] = ()
) -> MetricSection:
    """The section of one metric; a metric without data is its sentence and its method.

    `others` is what stands beside it of other municipalities, and `not_compared` what must not, and why.
    """
    told = side_by_side.breakdowns(metric, figures)
    organisation = [] if summary.is_listed(metric) else side_by_side.organisation(metric, figures, config)
    return MetricSection(
        anchor=metric.metric_id,
        title=metric.title,
        has_interval=metric.judged is Statistic.SHARE,
        base_title=_base_title(metric),
        stories=tuple(_stories(metric, figures)),
        listing=_listing(metric, figures),
        comparisons=tuple(filter(None, [told.pop("area", None), *organisation, told.pop("gender", None)])),
        more=tuple(told.values()),
        others=others,
        method=method.items(metric, figures, not_compared),
    )


def _stories(metric: Metric, figures: Figures) -> list[Story]:
    found = summary.headlines(metric, figures)
    if not found:
        return [Story("", metric.nothing, "", None, (), (), None)]
    if summary.is_listed(metric) and metric.metric_id not in figures.missing:
        told = say(
            "{found} redovisas. {lowest_and_highest}",
            found=forms.counted(len(found), *words.LISTED[metric.headline_by]),
            lowest_and_highest=_lowest_and_highest(metric, found),
        ).rstrip()
        return [Story("", told, "", None, (), (), None)]
    return [_story(headline, figures, number) for number, headline in enumerate(found, start=1)]


def _lowest_and_highest(metric: Metric, found: Sequence[summary.Headline]) -> str:
    """`Lägst är ”A” (12 av 40, 30 %) och högst ”B” (38 av 40, 95 %).`; empty where there is nothing to compare.

    Of shares that are shown; not of the municipality's own measures, which measure different things.
    """
    is_alike = metric.judged is Statistic.SHARE and metric.headline_by != "measure"
    shown = [h.figure for h in found if not h.figure.suppressed and h.figure.value is not None] if is_alike else []
    if len({words.exact_value(figure) for figure in shown}) < 2:
        return ""
    # Of several that are alike the one that most rows stand behind.
    least = min(shown, key=lambda one: (words.exact_value(one), -(one.denominator or 0)))
    most = max(shown, key=lambda one: (words.exact_value(one), one.denominator or 0))
    lowest, highest = (
        f"{forms.quoted(one.key.category)} ({words.base(one)}, {words.outcome(metric, one, after_base=True)})"
        for one in (least, most)
    )
    return say("Lägst är {lowest} och högst {highest}.", lowest=lowest, highest=highest)


def _story(headline: summary.Headline, figures: Figures, number: int) -> Story:
    metric, figure = headline.metric, headline.figure
    sentence = sentences.together(metric, figure, figures)
    if metric.metric_id in figures.missing:
        return Story("", sentence, "", words.verdict(metric, figure), (), (), None)
    return Story(
        heading=figure.key.category,
        sentence=sentence,
        frequency="" if figure.key.category else frequencies.sentence(metric, figures),
        verdict=words.verdict(metric, figure),
        facts=tuple(_facts(metric, figure, figures)),
        beside=tuple(_beside(metric, figure, figures)),
        course=courses.course(metric, figure, figures, f"{metric.metric_id}-{number}"),
        days=day_bands.pictures(metric, figure, figures, f"{metric.metric_id}-{number}"),
    )


def _listing(metric: Metric, figures: Figures) -> Listing | None:
    if not summary.is_listed(metric) or metric.metric_id in figures.missing:
        return None
    found = summary.headlines(metric, figures)
    if not found:
        return None
    rows = [
        _listed(figure, metric, figures) for headline in found for figure in _apart(headline.figure, metric, figures)
    ]
    return Listing(
        caption=f"{metric.title}, {side_by_side.when(metric, figures)}",
        first_column=words.BREAKDOWNS[metric.headline_by],
        since=forms.earlier(figures.windows[f"{figures.judged_window(metric)}_last_year"]),
        rows=tuple(rows),
    )


def _apart(figure: Figure, metric: Metric, figures: Figures) -> list[Figure]:
    """The figure; of a measure whose values are not put together, each unit's too."""
    if figure.key.statistic != Statistic.VALUE or figure.value is not None or figure.suppressed:
        return [figure]
    of_units = figures.by_org(metric, Level.UNIT, Statistic.VALUE, breakdown=metric.headline_by)
    same = [one for one in of_units if one.key.category == figure.key.category]
    return [figure, *(one for one in same if one.suppressed or one.denominator)]


def _listed(figure: Figure, metric: Metric, figures: Figures) -> Listed:
    name = figure.key.category if figure.key.level == Level.COMMITTEE else f"{figure.key.category}: {figure.key.org}"
    return Listed(
        name=name,
        base=words.base(figure),
        outcome=words.outcome(metric, figure, after_base=True),
        interval=words.interval(figure),
        target=words.target(metric, figure),
        verdict=words.verdict(metric, figure),
        change=words.change_cell(metric, figure, words.change_since_last_year(figures, figure)),
    )


def _facts(metric: Metric, headline: Figure, figures: Figures) -> list[Fact]:
    facts = []
    for window in figures.windows.values():
        if window.series == "report" and (window.kind != "stock") == metric.flow:
            figure = _same_place(metric, headline, figures, window.window_id)
            if figure is not None:
                facts.append(_fact(metric, figure, figures, window))
    return facts


def _fact(metric: Metric, figure: Figure, figures: Figures, window: Window) -> Fact:
    changes = (words.change_since_last_year(figures, figure), words.change_since_last_tertial(figures, figure))
    told = [(forms.earlier(c.since), words.change_cell(metric, figure, c)) for c in changes if c is not None]
    return Fact(
        when=forms.window_label(window),
        span=forms.window(window),
        is_judged=window.window_id == figures.judged_window(metric),
        base=words.base(figure),
        outcome=words.outcome(metric, figure, after_base=True),
        interval=words.interval(figure),
        target=words.target(metric, figure),
        verdict=words.verdict(metric, figure),
        changes=tuple(told),
    )


def _beside(metric: Metric, headline: Figure, figures: Figures) -> list[tuple[str, str]]:
    beside = []
    for statistic in metric.statistics:
        figure = _same_place(metric, headline, figures, headline.key.window, statistic)
        if statistic is not metric.judged and figure is not None and (figure.suppressed or figure.value is not None):
            label = words.STATISTICS.get(statistic, statistic.value)
            beside.append((forms.capital(label), words.outcome(metric, figure)))
    return beside


def _same_place(
    metric: Metric, headline: Figure, figures: Figures, window: str, statistic: Statistic | None = None
) -> Figure | None:
    key = headline.key
    return figures.get(metric, statistic, window, breakdown=key.breakdown, category=key.category)


def _base_title(metric: Metric) -> str:
    if metric.judged is Statistic.SHARE:
        return say("n av\N{NO-BREAK SPACE}N")
    return "" if metric.judged.is_count else say("Antal")
