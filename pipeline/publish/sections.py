"""A metric's section as data, in its fixed order; the templates only set it in type. Every text is ready to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.config import Config
from pipeline.language import say
from pipeline.model import Break, Figure, Figures, Level, Metric, Statistic
from pipeline.periods import Window
from pipeline.publish import (
    charts,
    day_bands,
    forms,
    frequencies,
    method,
    signals,
    sparklines,
    summary,
    system_changes,
    words,
)
from pipeline.publish.comparison_section import Others
from pipeline.publish.day_bands import Picture
from pipeline.publish.sparklines import Strip

MOST_SIDE_BY_SIDE = 24


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
class Course:
    """A trend chart and the same numbers as rows: when, what else is to be said of that time, n of N, outcome.

    `breaks` names the changes of case system that are drawn, and `warning` tells what they mean for the reader.
    """

    chart_id: str
    title: str
    measure: str  # statistic and unit of the axis
    description: str
    chart: dict[str, Any]
    lines: tuple[tuple[str, bool], ...]  # name, whether it is the law's
    step_name: str  # what the steps are; empty without steps
    parts: tuple[tuple[str, str, str, str], ...]
    months: tuple[tuple[str, str, str, str], ...]
    breaks: tuple[str, ...]
    warning: str
    has_band: bool
    has_signals: bool
    is_rolling: bool
    chance: str  # what the months show beyond chance


@dataclass(frozen=True)
class Story:
    """One headline told: the committee's, or one category's."""

    heading: str
    sentence: str
    frequency: str  # the same in natural frequencies, "av 100 …"; empty where it does not help
    verdict: words.Verdict | None
    facts: tuple[Fact, ...]
    beside: tuple[tuple[str, str], ...]
    course: Course | None
    days: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Row:
    """A unit, programme or category in a comparison."""

    name: str
    base: str
    outcome: str
    interval: str
    strip: Strip | None


@dataclass(frozen=True)
class Comparison:
    """A table of rows side by side; `axis_end` is where the dots' axis from 0 ends, empty without dots.

    `reference` is the committee's own place on that axis, in per cent. `hidden` names the rows that may not be shown,
    where they are not rows of the table.
    """

    title: str
    caption: str
    first_column: str
    rows: tuple[Row, ...]
    axis_end: str
    note: str
    has_hidden: bool
    hidden: tuple[str, ...] = ()
    is_of_units: bool = False
    reference: float | None = None


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
    comparisons: tuple[Comparison, ...]
    more: tuple[Comparison, ...]
    others: Others | None
    method: tuple[tuple[str, tuple[str, ...]], ...]  # label, texts


def section(
    metric: Metric, figures: Figures, config: Config, others: Others | None = None, not_compared: Sequence[str] = ()
) -> MetricSection:
    """The section of one metric; a metric without data is its sentence and its method.

    `others` is what stands beside it of other municipalities, and `not_compared` what must not, and why.
    """
    told = _breakdowns(metric, figures)
    organisation = [] if summary.is_listed(metric) else _organisation(metric, figures, config)
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


def course_values(metric: Metric, figure: Figure, figures: Figures) -> list[float | None]:
    """The 24 months of a headline, oldest first; None where nothing can be shown."""
    return [None if point.suppressed else point.value for _, point in _trend(metric, figure, figures, "month")]


# --- the story ------------------------------------------------------------------------------------------------------


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
    sentence = words.sentences(metric, figure, figures)
    if metric.metric_id in figures.missing:
        return Story("", sentence, "", words.verdict(metric, figure), (), (), None)
    return Story(
        heading=figure.key.category,
        sentence=sentence,
        frequency="" if figure.key.category else frequencies.sentence(metric, figures),
        verdict=words.verdict(metric, figure),
        facts=tuple(_facts(metric, figure, figures)),
        beside=tuple(_beside(metric, figure, figures)),
        course=_course(metric, figure, figures, f"{metric.metric_id}-{number}"),
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
        caption=f"{metric.title}, {_when(metric, figures)}",
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


# --- the course over time -------------------------------------------------------------------------------------------


def _course(metric: Metric, figure: Figure, figures: Figures, chart_id: str) -> Course | None:
    months = _trend(metric, figure, figures, "month")
    parts = _trend(metric, figure, figures, "part")
    if not any(_is_seen(point) for _, point in months):
        return None
    breaks = figures.breaks_in(metric, [window for window, _ in months])
    warning = system_changes.told(breaks)
    found = signals.band(metric, months, breaks)
    return Course(
        chart_id=chart_id,
        title=f"{metric.question} {figure.key.category}".strip(),
        measure=_measure(metric),
        description=f"{_description(metric, months)} {warning}".strip(),
        chart=charts.trend(metric, months, parts, figure, breaks),
        lines=tuple((name, is_law) for _, name, is_law in charts.reference_lines(metric, figure)),
        step_name=_step_name(metric, parts),
        parts=tuple(_part(metric, w, point) for w, point in reversed(parts)),
        months=tuple(_month(metric, w, point, breaks) for w, point in reversed(months)),
        breaks=tuple(f"{system_changes.name(one)}, {forms.month(one.day)}" for one in breaks),
        warning=warning,
        has_band=found is not None,
        has_signals=found is not None and bool(found.months),
        is_rolling=bool(signals.rolling(metric, months)),
        chance=signals.told(found),
    )


def _measure(metric: Metric) -> str:
    name = forms.capital(words.STATISTICS.get(metric.judged, metric.judged.value))
    return f"{name}, {metric.unit}" if metric.judged.is_distribution else name


def _trend(metric: Metric, figure: Figure, figures: Figures, series: str) -> list[tuple[Window, Figure]]:
    return figures.trend(metric, None, series, breakdown=figure.key.breakdown, category=figure.key.category)


def _month(metric: Metric, window: Window, point: Figure, breaks: Sequence[Break]) -> tuple[str, str, str, str]:
    note = system_changes.in_month(breaks, window)
    return forms.month(window.ends), note, words.base(point), words.outcome(metric, point, after_base=True)


def _part(metric: Metric, window: Window, point: Figure) -> tuple[str, str, str, str]:
    when, outcome = f"{forms.window_label(window)} {window.ends.year}", words.outcome(metric, point, after_base=True)
    level = charts.step_level(window, point)
    if metric.judged.is_count and level is not None:
        outcome = say("{outcome} ({level} i månaden)", outcome=outcome, level=forms.number(level, 1))
    return when, "", words.base(point), outcome


def _step_name(metric: Metric, parts: Sequence[tuple[Window, Figure]]) -> str:
    if not any(_is_seen(point) for _, point in parts):
        return ""
    return say("tertialets medel per månad") if metric.judged.is_count else say("hela tertialet")


def _description(metric: Metric, months: Sequence[tuple[Window, Figure]]) -> str:
    seen = [(window, point) for window, point in months if _is_seen(point)]
    by_value = sorted(seen, key=lambda pair: pair[1].value or 0.0)
    lowest, highest, last = (_told(metric, *pair) for pair in (by_value[0], by_value[-1], seen[-1]))
    return say("Lägst {lowest} och högst {highest}; senast {last}.", lowest=lowest, highest=highest, last=last)


def _told(metric: Metric, window: Window, point: Figure) -> str:
    outcome = words.outcome(metric, point, after_base=True)
    return say("{outcome} i {month}", outcome=outcome, month=forms.month(window.ends))


def _is_seen(point: Figure) -> bool:
    return not point.suppressed and point.value is not None


# --- side by side ---------------------------------------------------------------------------------------------------


def _organisation(metric: Metric, figures: Figures, config: Config) -> list[Comparison]:
    label = config.committee.programme_label
    programmes = _ranked(metric, figures, Level.PROGRAMME, label, label)
    units = _ranked(metric, figures, Level.UNIT, say("Enheter"), say("Enhet"))
    several = [programmes] if programmes and len(programmes.rows) > 1 else []
    return [*several, *([units] if units else [])]


def _ranked(metric: Metric, figures: Figures, level: Level, title: str, first_column: str) -> Comparison | None:
    found = figures.by_org(metric, level)
    with_rows = [figure for figure in found if figure.suppressed or figure.denominator]
    if not with_rows:
        return None
    shown = [figure for figure in with_rows if not figure.suppressed]
    hidden = [figure.key.org for figure in with_rows if figure.suppressed]
    ordered = sorted(shown, key=lambda figure: -(figure.value or 0.0))
    of_all = None if metric.headline_by or metric.judged.is_count else figures.get(metric)
    most = _axis_end(metric, ordered)
    is_drawn = of_all is not None and of_all.value is not None and not of_all.suppressed
    empty = len(found) - len(with_rows)
    return Comparison(
        title=title,
        caption=f"{metric.title}: {forms.inside(title)}, {_when(metric, figures)}",
        first_column=first_column,
        rows=tuple(_row(metric, figure, figure.key.org, most) for figure in _ends(ordered)),
        axis_end=words.quantity(metric, metric.judged, most),
        note=" ".join(filter(None, (_left_out(ordered), _nothing(empty)))),
        has_hidden=False,
        hidden=tuple(hidden),
        is_of_units=level is Level.UNIT,
        reference=sparklines.along(of_all.value or 0.0, most) if of_all is not None and is_drawn else None,
    )


def _ends(ordered: Sequence[Figure]) -> Sequence[Figure]:
    """All of them, or those at either end where they are more than anyone reads."""
    if len(ordered) <= MOST_SIDE_BY_SIDE:
        return ordered
    return [*ordered[: MOST_SIDE_BY_SIDE // 2], *ordered[-MOST_SIDE_BY_SIDE // 2 :]]


def _left_out(ordered: Sequence[Figure]) -> str:
    if len(ordered) <= MOST_SIDE_BY_SIDE:
        return ""
    half = MOST_SIDE_BY_SIDE // 2
    return say(
        "De {half} högsta och de {half} lägsta visas. Alla {ordered} finns i arbetsboken.",
        half=half,
        ordered=forms.number(len(ordered)),
    )


def _nothing(empty: int) -> str:
    return say("{empty} till hade inget att mäta.", empty=forms.number(empty)) if empty else ""


def _breakdowns(metric: Metric, figures: Figures) -> dict[str, Comparison]:
    """By name; not the persons' where areas must not be mixed, and not what the headlines already are."""
    apart = (metric.headline_by, "gender", "age_group") if metric.headline_by else ()
    if summary.is_listed(metric):
        return {}
    named = {name: _breakdown(metric, figures, name) for name in metric.breakdowns if name not in apart}
    return {name: comparison for name, comparison in named.items() if comparison}


def _breakdown(metric: Metric, figures: Figures, name: str) -> Comparison | None:
    found = [f for f in figures.breakdown(metric, name) if f.suppressed or f.denominator]
    if len(found) < 2:
        return None
    title = words.breakdown_title(metric, name)
    return Comparison(
        title=title,
        caption=f"{metric.title}: {forms.inside(title)}, {_when(metric, figures)}",
        first_column=say("Kön") if name == "gender" else words.BREAKDOWNS.get(name, title),
        rows=tuple(_row(metric, f, words.category(metric, name, f.key.category), 0.0) for f in found),
        axis_end="",
        note="",
        has_hidden=any(figure.suppressed for figure in found),
    )


def _row(metric: Metric, figure: Figure, name: str, most: float) -> Row:
    drawn = most > 0 and not figure.suppressed and figure.value is not None
    return Row(
        name=name,
        base=words.base(figure),
        outcome=words.outcome(metric, figure, after_base=True),
        interval=words.interval(figure),
        strip=sparklines.strip(figure.value or 0.0, figure.ci_low, figure.ci_high, most) if drawn else None,
    )


def _axis_end(metric: Metric, rows: Sequence[Figure]) -> float:
    if metric.judged is Statistic.SHARE:
        return 1.0
    return charts.axis_end([figure.value or 0.0 for figure in rows])


def _when(metric: Metric, figures: Figures) -> str:
    return forms.window(figures.windows[figures.judged_window(metric)])


def _base_title(metric: Metric) -> str:
    if metric.judged is Statistic.SHARE:
        return say("n av\N{NO-BREAK SPACE}N")
    return "" if metric.judged.is_count else say("Antal")
