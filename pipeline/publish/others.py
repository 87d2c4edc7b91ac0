"""A figure of ours beside a national indicator: the rows, the years and the words, ready to print.

Our own value is the public figure that the pair points at, or its hidden mark; everything else is the source's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.language import later, say
from pipeline.model import Figure, Figures, Metric, Statistic
from pipeline.model.comparison import Comparisons, Indicator, Kind, Mean, Pair, Source
from pipeline.publish import forms, others_chart, words
from pipeline.publish.forms import DASH
from pipeline.publish.observed import (
    ALL,
    MEN,
    WOMEN,
    Observed,
    discontinued,
    in_text,
    made_of,
    means_differ,
    processed,
    quantity,
    source_line,
)
from pipeline.publish.ranks import Ranked

if TYPE_CHECKING:
    from pipeline.publish.report import Report

OUR_FIGURE, BASE = later("Vår siffra"), later("Underlag")
HEADING = later("Jämfört med andra")
CHART = "-andra-"  # between the metric and the number in a chart's id
_SEX = {WOMEN: "kvinna", MEN: "man"}


@dataclass(frozen=True)
class Row:
    """Ours or a party's values: all and, where the source tells them apart, women and men; `made` says of what.

    `amounts` are the same as numbers, None where there is none to show; those of shares (`is_share`) from 0 to 1.
    `is_own` is our own figure; `is_ranked` the source's value for our municipality, which the rank is of.
    """

    name: str
    span: str
    is_own: bool
    is_ranked: bool
    values: tuple[str, ...]
    amounts: tuple[float | None, ...]
    is_share: bool
    made: str


@dataclass(frozen=True)
class Years:
    """The drawn lines' values by year, oldest first, under the chart that shows them."""

    chart_id: str
    title: str
    description: str
    chart: dict[str, Any]
    keys: tuple[tuple[str, str], ...]  # kind of line, name
    years: tuple[str, ...]
    rows: tuple[tuple[str, bool, tuple[str, ...]], ...]  # name, whether it is our own figure, a value a year


@dataclass(frozen=True)
class Beside:
    """A pair told: a figure of ours and an indicator of others'."""

    heading: str
    name: str  # the indicator's, as in the heading
    short: str  # the indicator, where its whole heading has been said
    year: str  # the others'
    sentence: str
    rank: Ranked | None
    genders: tuple[str, ...]
    columns: tuple[str, ...]  # their headings
    caption: str
    rows: tuple[Row, ...]
    years: Years | None
    differences: tuple[str, ...]
    notes: tuple[str, ...]
    source: str


def pairs(metric_id: str, comparisons: Comparisons) -> Iterator[tuple[Pair, Observed]]:
    """The metric's pairs that may stand side by side and have something to stand beside."""
    for pair in comparisons.pairs.get(metric_id, ()):
        indicator = comparisons.indicators.get((pair.source, pair.indicator_id))
        if not pair.refused and indicator is not None and (told := Observed(indicator)).latest_year is not None:
            yield pair, told


def of_metric(metric: Metric, report: Report) -> tuple[Beside, ...]:
    """Every pair of a metric, in the order of `sql/comparisons.toml`."""
    found = pairs(metric.metric_id, report.comparisons)
    return tuple(_beside(number, pair, told, metric, report) for number, (pair, told) in enumerate(found, start=1))


def heading(indicator: Indicator) -> str:
    """What an indicator is called above its figures, its id last where it has one of its own."""
    return f"{HEADING}: {name(indicator)}"


def name(indicator: Indicator) -> str:
    """What an indicator is called, its id last where it has one of its own."""
    own_id = f" ({indicator.indicator_id})" if indicator.source is Source.KOLADA else ""
    return f"{str(indicator.title).rstrip('.')}{own_id}"


def own_figure(pair: Pair, metric: Metric, figures: Figures, gender: str = ALL) -> Figure | None:
    """The figure of ours that the pair points at; of women or men only where the whole of the metric is compared.

    None where there is none, or where the metric tells no such total.
    """
    statistic = Statistic(pair.statistic) if pair.statistic else metric.judged
    if gender != ALL:
        is_whole = not pair.breakdown and not metric.headline_by
        return figures.get(metric, statistic, breakdown="gender", category=_SEX[gender]) if is_whole else None
    if metric.headline_by and pair.breakdown != metric.headline_by:
        return None
    return figures.get(metric, statistic, breakdown=pair.breakdown, category=pair.category)


def own_label(pair: Pair) -> str:
    """What our own figure's row is called: with the category that it is of."""
    return f"{OUR_FIGURE}: {say(pair.category)}" if pair.category else str(OUR_FIGURE)


def columns(told: Observed, metric: Metric) -> list[tuple[str, str]]:
    """The genders that a pair's latest year is told of, with the headings of their columns."""
    genders = told.genders(told.latest_year or 0)
    whole = say("Alla") if len(genders) > 1 else say("Värde")
    return [(one, whole if one == ALL else words.category(metric, "gender", _SEX[one])) for one in genders]


def _beside(number: int, pair: Pair, told: Observed, metric: Metric, report: Report) -> Beside:
    indicator, year = told.indicator, told.latest_year or 0
    rank, named = told.rank(year), columns(told, metric)
    genders = [gender for gender, _ in named]
    ours = processed(indicator.source, told.parties(year), is_ranked=rank is not None)
    return Beside(
        heading=heading(indicator),
        name=name(indicator),
        short=indicator.indicator_id if indicator.source is Source.KOLADA else indicator.title,
        year=str(year),
        sentence=_sentence(told, year),
        rank=rank,
        genders=tuple(genders),
        columns=tuple(name for _, name in named),
        caption=say("{metric}: vår siffra och andras", metric=metric.title),
        rows=(_ours(pair, metric, report.figures, genders), *_theirs(told, year, genders)),
        years=_years(f"{metric.metric_id}{CHART}{number}", pair, told, metric, report),
        differences=tuple(_differences(pair, told, metric, report.figures, year)),
        notes=tuple(filter(None, (discontinued(indicator), indicator.note))),
        source=f"{source_line(told)} {ours}".rstrip(),
    )


def _ours(pair: Pair, metric: Metric, figures: Figures, genders: Sequence[str]) -> Row:
    whole = own_figure(pair, metric, figures)
    told = [own_figure(pair, metric, figures, gender) for gender in genders]
    return Row(
        name=own_label(pair),
        span=forms.window(figures.windows[figures.judged_window(metric)]),
        is_own=True,
        is_ranked=False,
        values=tuple(_own_value(metric, figure) for figure in told),
        amounts=tuple(map(_own_amount, told)),
        is_share=(Statistic(pair.statistic) if pair.statistic else metric.judged).is_share,
        made=DASH if whole is None else words.base(whole),
    )


def _own_value(metric: Metric, figure: Figure | None) -> str:
    return DASH if figure is None else words.outcome(metric, figure, after_base=True)


def _own_amount(figure: Figure | None) -> float | None:
    return None if figure is None or figure.suppressed or figure.value is None else words.exact_value(figure)


def _theirs(told: Observed, year: int, genders: Sequence[str]) -> Iterator[Row]:
    for party in told.parties(year):
        values = tuple(told.written(party, year, gender) for gender in genders)
        amounts = tuple(told.scaled(party, year, gender) for gender in genders)
        yield Row(
            name=party.name,
            span=str(year),
            is_own=False,
            is_ranked=party.kind is Kind.OWN,
            values=values,
            amounts=amounts,
            is_share=told.is_share,
            made=made_of(party),
        )


def _sentence(told: Observed, year: int) -> str:
    """`År 2024 hade Exempelköping 81 %, liknande kommuner 74 % och riket 70 %.`"""
    known = [p for p in told.parties(year) if p.kind is not Kind.GROUP and told.amount(p, year) is not None]
    parts = [f"{in_text(party)} {told.written(party, year)}" for party in known]
    return say("År {year} hade {parts}.", year=year, parts=forms.listed(parts)) if parts else ""


def _differences(pair: Pair, told: Observed, metric: Metric, figures: Figures, year: int) -> Iterator[str]:
    yield from pair.differences
    if own_figure(pair, metric, figures) is not None:
        window = figures.windows[figures.judged_window(metric)]
        yield say("Vår siffra gäller {window}, de andras år {year}.", window=forms.window(window), year=year)
    known = [party for party in told.parties(year) if party.mean is not Mean.UNKNOWN]
    if apart := means_differ(known):  # what is unknown stands in the column that says how each is made
        yield apart


# --- over years -----------------------------------------------------------------------------------------------------


def _years(chart_id: str, pair: Pair, told: Observed, metric: Metric, report: Report) -> Years | None:
    if len(told.years) < 2:
        return None
    figure, this_year = own_figure(pair, metric, report.figures), report.figures.period.year
    spoken = told.years if figure is None else sorted({*told.years, this_year})
    lines = others_chart.lines(told)
    rows = [(line.name, False, tuple(_at(told, line, year) for year in spoken)) for line in lines]
    if figure is not None:
        shown = words.outcome(metric, figure, after_base=True)
        rows.insert(0, (own_label(pair), True, tuple(shown if year == this_year else DASH for year in spoken)))
    own = others_chart.own_point(told.indicator, figure, this_year)
    return Years(
        chart_id=chart_id,
        title=say("Hur ser det ut år för år?"),
        description=_description(told.indicator, lines),
        chart=others_chart.chart(told.indicator, lines, own),
        keys=(
            *((line.kind.value, line.short) for line in lines),
            *([("figure", others_chart.OWN_NAME)] if own else []),
        ),
        years=tuple(map(str, spoken)),
        rows=tuple(rows),
    )


def _at(told: Observed, line: others_chart.Line, year: int) -> str:
    return DASH if told.value(line.party, year) is None else told.written(line.party, year)


def _description(indicator: Indicator, lines: Sequence[others_chart.Line]) -> str:
    said = []
    for line in lines:
        points = [(year, amount) for year, amount in line.points if amount is not None]
        (first, low), (last, high) = points[0], points[-1]
        told = {"who": line.short, "low": quantity(indicator, low), "first": first}
        if last > first:
            said.append(say("{who} {low} {first} och {high} {last}", **told, high=quantity(indicator, high), last=last))
        else:
            said.append(say("{who} {low} {first}", **told))
    return f"{forms.capital('; '.join(said))}."
