"""Everything that there is to compare with, joined from the three places where it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.comparison import exchange, kolada, oppna_jamforelser, pairs
from pipeline.comparison.kolada import Kept
from pipeline.comparison.pairs import Catalogue, Wanted
from pipeline.comparison.places import EXCHANGE, KOLADA, OPPNA_JAMFORELSER, below
from pipeline.config import Config
from pipeline.errors import WrongUse
from pipeline.model import Key, Metric
from pipeline.model.comparison import Comparisons, Indicator, Pair, Source
from pipeline.periods import Period

_EXTRA = "Fler nyckeltal"

_Name = tuple[Source, str]


def read(history: Path, config: Config, metrics: Mapping[str, Metric], period: Period) -> Comparisons:
    """What is kept below the history's folder, for a report of that period.

    Only what has values is there, or has been discontinued: a source with nothing kept gives nothing. What is damaged
    gives a warning and nothing else. Raises WrongUse where `sql/comparisons.toml` is wrong.
    """
    catalogue, warnings = pairs.load(), list[str]()
    kept = _kept(below(history, KOLADA), warnings)
    extra = _extra(config, catalogue)
    found = [
        *_of_kolada(kept, (*catalogue.of(Source.KOLADA), *extra), config),
        *_of_workbooks(below(history, OPPNA_JAMFORELSER), catalogue, config, warnings),
    ]
    names = {code: place.title for code, place in kept.content.places.items()}
    deliveries, unreadable = exchange.read(below(history, EXCHANGE), period.code, config.municipality.code, names)
    shown = {(one.source, one.indicator_id): one for one in found}
    return Comparisons(
        indicators=shown,
        pairs=_pairs(catalogue, metrics, shown),
        national=_national(catalogue, extra, shown),
        deliveries=deliveries,
        warnings=(*warnings, *unreadable),
    )


def spelt(found: Comparisons, keys: Iterable[Key], config: Config) -> Comparisons:
    """The same with the categories of pairs as the figures spell them.

    A category is first turned into the municipality's own word (config.toml), then found whatever its letter case.
    """
    own = {one.casefold(): word for one, word in config.comparison.categories.items()}
    seen = {(key.metric, key.breakdown, key.category.casefold()): key.category for key in keys if key.breakdown}

    def respelt(pair: Pair) -> Pair:
        word = own.get(pair.category.casefold(), pair.category)
        return replace(pair, category=seen.get((pair.metric, pair.breakdown, word.casefold()), word))

    return replace(found, pairs={metric: tuple(map(respelt, ours)) for metric, ours in found.pairs.items()})


def _kept(folder: Path, warnings: list[str]) -> Kept:
    try:
        return kolada.stored(folder)
    except WrongUse as fault:
        warnings.append(str(fault))
        return Kept()


def _extra(config: Config, catalogue: Catalogue) -> tuple[Wanted, ...]:
    """The indicators that the configuration names besides."""
    known = {one.indicator_id for one in catalogue.of(Source.KOLADA)}
    return tuple(Wanted(Source.KOLADA, one) for one in dict.fromkeys(config.comparison.kpis) if one not in known)


def _of_kolada(kept: Kept, wanted: Iterable[Wanted], config: Config) -> tuple[Indicator, ...]:
    """Those with values, and those that have ended."""
    every = kolada.indicators(kept, wanted, config.municipality.code, config.comparison.similar)
    return tuple(one for one in every if one.observations or one.discontinued)


def _of_workbooks(folder: Path, catalogue: Catalogue, config: Config, warnings: list[str]) -> Iterator[Indicator]:
    wanted = {one.indicator_id: one for one in catalogue.of(Source.OPPNA_JAMFORELSER)}
    indicators, unreadable = oppna_jamforelser.stored(folder, config.municipality.code, wanted)
    warnings.extend(unreadable)
    for one in indicators:
        if one.indicator_id in wanted:
            yield replace(one, better=wanted[one.indicator_id].better)


def _pairs(
    catalogue: Catalogue, metrics: Mapping[str, Metric], shown: Mapping[_Name, Indicator]
) -> dict[str, tuple[Pair, ...]]:
    """The pairs of each metric whose indicator is there."""
    of_metrics = {
        metric: tuple(
            one for one in catalogue.pairs if one.metric == metric and (one.source, one.indicator_id) in shown
        )
        for metric in metrics
    }
    return {metric: ours for metric, ours in of_metrics.items() if ours}


def _national(
    catalogue: Catalogue, extra: Iterable[Wanted], shown: Mapping[_Name, Indicator]
) -> dict[str, tuple[_Name, ...]]:
    headed = (*catalogue.national, (_EXTRA, tuple(extra)))
    named = {heading: tuple((one.source, one.indicator_id) for one in under) for heading, under in headed}
    there = {heading: tuple(one for one in under if one in shown) for heading, under in named.items()}
    return {heading: under for heading, under in there.items() if under}
