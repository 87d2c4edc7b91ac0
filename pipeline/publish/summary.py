"""The first screen, by rule: what is reached, what is not, what truly changed, what the committee should look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.language import later, one_many, plural, say
from pipeline.model import Direction, Figure, Figures, Metric, Statistic, Status
from pipeline.publish import forms, words

MOST_ATTENTION = 5
_MOST_NAMED = 2
_JUDGED = (words.Mark.MET, words.Mark.NEAR, words.Mark.NOT_MET)


@dataclass(frozen=True)
class _Tally:
    """How it is told how many of a kind are reached: the only one, none of several, one, more."""

    only_met: str
    only_not: str
    none: str
    one: str
    some: str


_GOALS = _Tally(
    later("det enda mål som har mätts är uppfyllt"),
    later("det enda mål som har mätts är inte uppfyllt"),
    later("inget av {total} mål är uppfyllt"),
    later("{met} mål är uppfyllt"),
    later("{met} mål är uppfyllda"),
)
_LAWS = _Tally(
    later("det enda lagkrav som har mätts är helt uppfyllt"),
    later("det enda lagkrav som har mätts är inte helt uppfyllt"),
    later("inget av {total} lagkrav är helt uppfyllt"),
    later("{met} lagkrav är helt uppfyllt"),
    later("{met} lagkrav är helt uppfyllda"),
)
# All of them, and some of many.
_ABOUT = later("Det gäller {named}."), later("Det gäller bland annat {named}.")
_BETTER_ARE = later("Bättre är {named}."), later("Bättre är bland annat {named}.")
_WORSE_ARE = later("Sämre är {named}."), later("Sämre är bland annat {named}.")
_BETTER = one_many("{number} mått bättre", "{number} mått bättre")
_WORSE = one_many("{number} mått sämre", "{number} mått sämre")


@dataclass(frozen=True)
class Headline:
    """The figure that a metric is known by: the committee's, or one category's where the total would mislead."""

    metric: Metric
    title: str
    figure: Figure

    @property
    def in_text(self) -> str:
        """What it is called inside a sentence, with the category in parentheses: `Utredningstid (Barn och unga)`."""
        category = self.figure.key.category
        return f"{self.metric.title} ({category})" if category else self.title

    @property
    def is_key(self) -> bool:
        """Whether it belongs in the summary's table: it has a target, or the law demands something."""
        is_judged = self.figure.target is not None and self.figure.status is not Status.NO_TARGET
        return self.metric.demanded_by_law or is_judged

    @property
    def is_law(self) -> bool:
        """Whether it is held against the law rather than against a target."""
        return words.lawful(self.metric, self.figure) is not None


def headlines(metric: Metric, figures: Figures) -> list[Headline]:
    """One headline, or one a category for a metric with `headline_by`; none when no category was seen."""
    if metric.headline_by and metric.metric_id not in figures.missing:
        told = (as_delivered(metric, figure, figures) for figure in figures.breakdown(metric, metric.headline_by))
        rows = [figure for figure in told if _has_rows(figure)]
        return [Headline(metric, f"{metric.title}: {figure.key.category}", figure) for figure in rows]
    figure = figures.get(metric)
    return [] if figure is None else [Headline(metric, metric.title, figure)]


def is_listed(metric: Metric) -> bool:
    """Whether its headlines are a list without courses: questions, controls, measures; areas are told one by one."""
    return metric.headline_by not in ("", "area")


def as_delivered(metric: Metric, figure: Figure, figures: Figures) -> Figure:
    """The figure; for a measure that was delivered as a value, and not as n of N, that value."""
    if Statistic.VALUE not in metric.statistics or figure.suppressed or figure.denominator:
        return figure
    return figures.figures.get(replace(figure.key, statistic=Statistic.VALUE), figure)


def key_headlines(figures: Figures, metrics: Mapping[str, Metric]) -> list[Headline]:
    """The rows of the summary's table, in the metrics' order."""
    return [headline for metric in metrics.values() for headline in headlines(metric, figures) if headline.is_key]


def sentences(figures: Figures, metrics: Mapping[str, Metric]) -> list[str]:
    """Three paragraphs of short sentences: what is reached, what is not, what truly changed."""
    keys = key_headlines(figures, metrics)
    everything = [headline for metric in metrics.values() for headline in headlines(metric, figures)]
    return [_reached(keys), _not_reached(keys), _changed(everything, figures)]


def attention(figures: Figures, metrics: Mapping[str, Metric]) -> list[Headline]:
    """At most five, each metric once: the law broken, then targets missed, then what certainly became worse."""
    found: dict[str, Headline] = {}
    for headline in _most_urgent_first(figures, metrics):
        found.setdefault(headline.metric.metric_id, headline)
    return list(found.values())[:MOST_ATTENTION]


def _most_urgent_first(figures: Figures, metrics: Mapping[str, Metric]) -> Iterator[Headline]:
    keys = key_headlines(figures, metrics)
    yield from _farthest_first([h for h in keys if h.is_law and not _met(h)])
    yield from _farthest_first([h for h in keys if not h.is_law and h.figure.status is Status.NOT_MET])
    for metric in metrics.values():
        for headline in headlines(metric, figures):
            if _direction(headline, figures) is Direction.WORSE:
                yield headline


def _reached(keys: list[Headline]) -> str:
    goals, laws = _split(keys)
    parts = [*_tally(goals, _GOALS), *_tally(laws, _LAWS)]
    if not parts:
        return say("Inget mål och inget lagkrav har kunnat mätas för perioden.")
    met = [headline for headline in (*goals, *laws) if _met(headline)]
    return _together(_sentence(say(" och ").join(parts)), _named(_ABOUT, met))


def _tally(group: list[Headline], told: _Tally) -> Iterator[str]:
    met = sum(map(_met, group))
    if not group:
        return
    if len(group) == 1:
        yield say(told.only_met if met else told.only_not)
    elif not met:
        yield say(told.none, total=forms.number(len(group)))
    else:
        yield say(told.one if met == 1 else told.some, met=forms.part_of(met, len(group)))


def _not_reached(keys: list[Headline]) -> str:
    goals, laws = _split(keys)
    missed = _farthest_first([h for h in goals if h.figure.status is Status.NOT_MET])
    near = [h for h in goals if h.figure.status is Status.NEAR]
    unlawful = _farthest_first([h for h in laws if not _met(h)])
    told = [
        *_missing(
            unlawful,
            one_many("{number} lagkrav är inte helt uppfyllt", "{number} lagkrav är inte helt uppfyllda"),
            later("Längst från lagens krav är {named}."),
        ),
        *_missing(
            missed,
            one_many("{number} mål är inte uppfyllt", "{number} mål är inte uppfyllda"),
            later("Längst från målet är {named}."),
        ),
        *_missing(near, one_many("{number} mål är nästan uppfyllt", "{number} mål är nästan uppfyllda")),
    ]
    return _together(*told) or say("Inget mål och inget lagkrav som har mätts är ouppfyllt.")


def _missing(group: list[Headline], told: tuple[str, str], farthest: str = "") -> Iterator[str]:
    """How many they are, and the one that is farthest from what is demanded."""
    if not group:
        return
    yield _sentence(plural(*told, len(group)).format(number=forms.number(len(group))))
    if len(group) == 1:
        yield _named(_ABOUT, group)
    elif farthest:
        yield say(farthest, named=forms.inside(group[0].in_text))


def _changed(everything: list[Headline], figures: Figures) -> str:
    better = [h for h in everything if _direction(h, figures) is Direction.BETTER]
    worse = [h for h in everything if _direction(h, figures) is Direction.WORSE]
    year = figures.period.year - 1
    if not better and not worse:
        return say("Inget mått har statistiskt säkerställt blivit bättre eller sämre än {year}.", year=year)
    parts = [
        plural(*told, len(group)).format(number=forms.number(len(group)))
        for group, told in ((better, _BETTER), (worse, _WORSE))
        if group
    ]
    return _together(
        say("Jämfört med {year} är {parts}.", year=year, parts=forms.listed(parts)),
        say("Det är statistiskt säkerställt."),
        _named(_BETTER_ARE, better),
        _named(_WORSE_ARE, worse),
    )


def _named(told: tuple[str, str], group: list[Headline]) -> str:
    """A sentence that names them, or the first of many; empty for none."""
    if not group:
        return ""
    names = [forms.inside(headline.in_text) for headline in group[:_MOST_NAMED]]
    all_of_them, some = told
    return say(some if len(group) > _MOST_NAMED else all_of_them, named=forms.listed(names))


def _together(*told: str) -> str:
    return " ".join(filter(None, told))


def _sentence(text: str) -> str:
    return f"{forms.capital(text)}."


def _split(keys: list[Headline]) -> tuple[list[Headline], list[Headline]]:
    judged = [h for h in keys if words.verdict(h.metric, h.figure).mark in _JUDGED]
    return [h for h in judged if not h.is_law], [h for h in judged if h.is_law]


def _met(headline: Headline) -> bool:
    return words.verdict(headline.metric, headline.figure).mark is words.Mark.MET


def _direction(headline: Headline, figures: Figures) -> Direction | None:
    change = words.change_since_last_year(figures, headline.figure)
    return change.direction if change else None


def _farthest_first(group: list[Headline]) -> list[Headline]:
    return sorted(group, key=_distance, reverse=True)


def _distance(headline: Headline) -> float:
    """How far from what is demanded: the share of rows that broke the law, else the gap relative to the target."""
    fulfilled = words.lawful(headline.metric, headline.figure)
    if fulfilled is not None:
        return 1 - fulfilled / (headline.figure.denominator or 1)
    target, value = headline.figure.target or 0.0, headline.figure.value or 0.0
    return abs(target - value) / (abs(target) or 1)


def _has_rows(figure: Figure) -> bool:
    return figure.suppressed or bool(figure.denominator)
