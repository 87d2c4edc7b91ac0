"""Others' figures in the report: what stands in each metric's section, and the section *Jämförelser*."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.language import later, say
from pipeline.model import Metric
from pipeline.model.comparison import Comparisons, Indicator, Kind, Pair, Source
from pipeline.publish import exchanged, forms, observed, others, ranks, sparklines
from pipeline.publish.exchanged import Exchanged
from pipeline.publish.forms import DASH
from pipeline.publish.observed import PER_CENT, Observed
from pipeline.publish.others import Beside
from pipeline.publish.ranks import Ranked
from pipeline.publish.sparklines import Sparkline

if TYPE_CHECKING:
    from pipeline.publish.report import Report

ANCHOR, TITLE = "jamforelser", later("Jämförelser")
LEAD = later(
    "Här står nationella nyckeltal som inte är något av rapportens egna mått, och varifrån alla jämförelser kommer."
    " Jämförelserna för ett mått står i måttets eget avsnitt."
)
EXCHANGE_NOTE = later(
    "Kommuner som lämnar sin resultatfil till varandra kan jämföra allt som rapporten mäter. Skyddade siffror är"
    " skyddade också där."
)
_COLUMNS = (Kind.OWN, Kind.SIMILAR, Kind.NATION)
COLUMN_NAMES = (later("Kommunen"), later("Liknande kommuner"), later("Riket"))


@dataclass(frozen=True)
class Others:
    """What is said of others in a metric's section."""

    beside: tuple[Beside, ...]
    exchanged: tuple[Exchanged, ...]
    exchange_source: str  # said once, below `exchanged`
    base_title: str


@dataclass(frozen=True)
class NationalRow:
    """A national indicator of no metric of ours, its last year: ours, the similar ones' and the nation's."""

    title: str
    indicator_id: str
    source: str
    year: str
    values: tuple[str, ...]  # as COLUMN_NAMES
    amounts: tuple[float | None, ...]  # the same as numbers, per cent as shares
    is_share: bool
    rank: Ranked | None
    course: Sparkline | None
    span: str  # the years of the small drawing
    note: str


@dataclass(frozen=True)
class Section:
    """The section. `national` by heading; `ended` are discontinued: title with id, last year, which metric they met."""

    anchor: str
    title: str
    lead: str
    columns: tuple[str, ...]  # what the values of `national` are of
    national: tuple[tuple[str, tuple[NationalRow, ...]], ...]
    among: str  # what most of the ranks of `national` are of, told once
    means: str
    ended: tuple[tuple[str, str, str], ...]
    links: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]  # a group of municipalities and its members
    ranks: str
    exchange: str
    sources: tuple[str, ...]
    warnings: tuple[str, ...]


def of_metric(metric: Metric, report: Report) -> Others | None:
    """What stands in a metric's section; None when there is nothing to compare with."""
    beside, among = others.of_metric(metric, report), exchanged.of_metric(metric, report)
    return Others(beside, among, exchanged.explained(among), others.BASE) if beside or among else None


def refused(metric: Metric, comparisons: Comparisons) -> tuple[str, ...]:
    """What the metric is not compared with, and why: a text a pair, for *Så räknar vi*."""
    told = (pair for pair in comparisons.pairs.get(metric.metric_id, ()) if pair.refused)
    return tuple(f"{_named(pair, comparisons)}. {pair.refused}" for pair in told)


def section(report: Report) -> Section | None:
    """The section; None when there is nothing at all to compare with."""
    known = report.comparisons
    national = tuple(_national(known))
    told = {name: one for name, metric in report.metrics.items() if (one := of_metric(metric, report))}
    links = tuple((name, report.metrics[name].title) for name in told)
    ended = tuple(_ended(report))
    if not (national or links or ended):
        return None
    ranked = _ranked_sources(report)
    is_ranked = bool(ranked) or any(one.rank for others in told.values() for one in others.exchanged)
    return Section(
        anchor=ANCHOR,
        title=TITLE,
        lead=LEAD,
        columns=COLUMN_NAMES,
        national=national,
        among=_among(national),
        means=_means(known),
        ended=ended,
        links=links,
        groups=tuple(_groups(known)),
        ranks=ranks.explained() if is_ranked else "",
        exchange=EXCHANGE_NOTE if known.deliveries else "",
        sources=tuple(_sources(report, is_ranked=Source.KOLADA in ranked)),
        warnings=known.warnings,
    )


def _named(pair: Pair, comparisons: Comparisons) -> str:
    indicator = comparisons.indicators.get((pair.source, pair.indicator_id))
    title = f" {str(indicator.title).rstrip('.')}" if indicator else ""
    return f"{pair.indicator_id}{title} ({pair.source.value})"


# --- national indicators --------------------------------------------------------------------------------------------


def _national(known: Comparisons) -> Iterator[tuple[str, tuple[NationalRow, ...]]]:
    for heading, names in known.national.items():
        found = (known.indicators.get(name) for name in names)
        rows = tuple(row for row in map(_row, (one for one in found if one is not None)) if row is not None)
        if rows:
            yield heading, rows


def _row(indicator: Indicator) -> NationalRow | None:
    told = Observed(indicator)
    year = told.latest_year
    if year is None:
        return None
    by_kind = {party.kind: party for party in reversed(told.parties(year))}
    shown = [by_kind[kind] for kind in _COLUMNS if kind in by_kind]
    values = [told.written(by_kind[kind], year) if kind in by_kind else DASH for kind in _COLUMNS]
    ours = observed.processed(indicator.source, shown, is_ranked=False)
    years, course = _course(told)
    return NationalRow(
        title=indicator.title,
        indicator_id=indicator.indicator_id,
        source=indicator.source.value,
        year=str(year),
        values=tuple(values),
        amounts=tuple(told.scaled(by_kind[kind], year) if kind in by_kind else None for kind in _COLUMNS),
        is_share=told.is_share,
        rank=told.rank(year),
        course=sparklines.sparkline(course, indicator.unit == PER_CENT),
        span=f"{years[0]}{DASH}{years[-1]}" if years else "",
        note=" ".join(filter(None, (observed.discontinued(indicator), str(indicator.note), ours))),
    )


def _course(told: Observed) -> tuple[list[int], list[float | None]]:
    """Our municipality's values for all, with a gap for each year between that has none; per cent as shares."""
    scale = 100 if told.indicator.unit == PER_CENT else 1
    own = next((party for party in told.parties() if party.kind is Kind.OWN), None)
    amounts = {year: told.amount(own, year) for year in told.years} if own else {}
    known = {year: amount / scale for year, amount in amounts.items() if amount is not None}
    years = list(range(min(known), max(known) + 1)) if known else []
    return years, [known.get(year) for year in years]


def _ended(report: Report) -> Iterator[tuple[str, str, str]]:
    """The discontinued indicators: what they are called, their last year, the metric that they are nearest to."""
    known = report.comparisons
    paired = [(pair, name) for name, pairs in known.pairs.items() for pair in pairs if name in report.metrics]
    # What it is compared with goes before what it is refused beside.
    met = {
        (pair.source, pair.indicator_id): report.metrics[name].title
        for pair, name in sorted(paired, key=lambda one: not one[0].refused)
    }
    for name, indicator in sorted(known.indicators.items(), key=lambda item: (item[1].source, item[1].indicator_id)):
        if indicator.discontinued:
            last = str(indicator.last_year) if indicator.last_year else DASH
            yield f"{indicator.title} ({indicator.indicator_id})", last, met.get(name, DASH)


def _among(national: Iterable[tuple[str, tuple[NationalRow, ...]]]) -> str:
    told = Counter(row.rank.of for _, rows in national for row in rows if row.rank)
    return max(told, key=lambda words: (told[words], words), default="")


def _means(known: Comparisons) -> str:
    """That weighted and unweighted means stand beside each other in the tables, where they do."""
    shown = [known.indicators[name] for names in known.national.values() for name in names if name in known.indicators]
    told = [Observed(indicator) for indicator in shown]
    met = (party for one in told for party in one.parties(one.latest_year) if party.kind in _COLUMNS)
    return observed.means_differ(met)


def shown_indicators(report: Report) -> Iterator[Indicator]:
    """The indicators that the report prints values of, each once; never one that is refused everywhere."""
    known = report.comparisons
    paired = [told.indicator for name in report.metrics for _, told in others.pairs(name, known)]
    named = [known.indicators[name] for under in known.national.values() for name in under if name in known.indicators]
    yield from {(one.source, one.indicator_id): one for one in (*paired, *named)}.values()


def _ranked_sources(report: Report) -> set[Source]:
    """The sources that ranks were made from."""
    found = map(Observed, shown_indicators(report))
    return {one.indicator.source for one in found if one.latest_year is not None and one.rank(one.latest_year)}


# --- who and whence -------------------------------------------------------------------------------------------------


def _groups(known: Comparisons) -> Iterator[tuple[str, str]]:
    """Each group of similar municipalities with its members by name, as far as their names are known."""
    met = [one.party for indicator in known.indicators.values() for one in indicator.observations]
    names = {party.code: party.name for party in met if party.kind in (Kind.OWN, Kind.MUNICIPALITY)}
    groups = {party.code: party for party in met if party.kind is Kind.SIMILAR and party.members}
    for party in sorted(groups.values(), key=lambda one: one.name):
        yield party.name, forms.listed(sorted(names.get(code, code) for code in party.members))


def _sources(report: Report, *, is_ranked: bool) -> Iterator[str]:
    known = report.comparisons
    kolada = [one for one in known.indicators.values() if one.source is Source.KOLADA]
    if kolada:
        days = sorted({one.fetched for one in kolada if one.fetched})
        told = (
            say("Källa: Kolada."),
            say("Hämtat {days}.", days=_between(*map(forms.day, (days[0], days[-1])))) if days else "",
            say("Rangerna är egen bearbetning av data från Kolada.") if is_ranked else "",
        )
        yield " ".join(filter(None, told))
    yield from _workbooks(known)
    for one in sorted(known.deliveries, key=lambda delivery: delivery.party.name):
        yield say(
            "Källa: {name}, resultatfil för {period}, inläst {imported}.",
            name=one.party.name,
            period=one.period,
            imported=forms.day(one.imported),
        )


def _between(first: str, last: str) -> str:
    return first if first == last else say("{first} till {last}", first=first, last=last)


def _workbooks(known: Comparisons) -> list[str]:
    """The credits of Öppna jämförelser: each set of years and day of import once."""
    ours = [one for one in known.indicators.values() if one.source is Source.OPPNA_JAMFORELSER]
    return list(dict.fromkeys(observed.source_line(Observed(one)) for one in ours))
