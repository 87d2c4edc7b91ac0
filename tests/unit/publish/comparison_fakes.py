"""Invented national indicators and result files of other municipalities, to stand beside `fakes`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zlib import crc32

from pipeline.model import Key
from pipeline.model.comparison import (
    Comparisons,
    Delivery,
    Indicator,
    Kind,
    Mean,
    Missing,
    Observation,
    Pair,
    Party,
    Source,
)

OWN = Party(Kind.OWN, "9999", "Exempelköping")
NEIGHBOURS = tuple(Party(Kind.MUNICIPALITY, f"900{at}", name) for at, name in enumerate("ABCDEFG", start=1))
MEMBERS = tuple(party.code for party in NEIGHBOURS)
SIMILAR = Party(Kind.SIMILAR, "G1", "Liknande kommuner, IFO", Mean.UNWEIGHTED, MEMBERS)
COUNTY = Party(Kind.COUNTY, "0001", "Exempellän", Mean.UNWEIGHTED)
NATION = Party(Kind.NATION, "0000", "Riket", Mean.WEIGHTED)
FETCHED = date(2026, 9, 5)
PLAN, WAIT, ENDED, SURVEY = "U99001", "U99002", "U99003", "LSS: Rutiner"
DIFFERENCE = "Nyckeltalet gäller boende, vår siffra alla insatser."
REFUSAL = "Nyckeltalet räknar från ansökan."

# Values for all by year: ours, the similar ones', the county's and the nation's.
_YEARS = {2023: (70.0, 66.0, 68.0, 69.0), 2024: (75.5, 67.0, 69.0, 70.0), 2025: (81.25, 68.0, 70.0, 71.0)}
_OF_NEIGHBOURS = (55.0, 60.0, 65.0, 68.0, 72.0, 76.0, 80.0)


def observations(*extra: Observation, genders: bool = False) -> tuple[Observation, ...]:
    """Three years of everybody, and the last year of each similar municipality."""
    found = [
        Observation(party, year, "T", value)
        for year, values in _YEARS.items()
        for party, value in zip((OWN, SIMILAR, COUNTY, NATION), values, strict=True)
    ]
    found += [Observation(one, 2025, "T", value) for one, value in zip(NEIGHBOURS, _OF_NEIGHBOURS, strict=True)]
    if genders:
        found += [Observation(NATION, 2025, gender, value) for gender, value in (("K", 73.0), ("M", 69.0))]
    return (*found, *extra)


def indicator(indicator_id: str = PLAN, title: str = "Aktuell plan, andel (%)", **changes: object) -> Indicator:
    """An indicator with parts replaced."""
    given: dict[str, object] = {
        "source": Source.KOLADA, "description": "", "unit": "%", "better": "higher", "observations": observations(),
        "fetched": FETCHED,
    }  # fmt: skip
    return Indicator(indicator_id=indicator_id, title=title, **(given | changes))  # type: ignore[arg-type]


def pair(metric: str = "plan_current", indicator_id: str = PLAN, **changes: object) -> Pair:
    """A pair with parts replaced."""
    given: dict[str, object] = {
        "source": Source.KOLADA, "statistic": "", "breakdown": "", "category": "", "differences": (DIFFERENCE,),
    }  # fmt: skip
    return Pair(metric=metric, indicator_id=indicator_id, **(given | changes))  # type: ignore[arg-type]


def known(indicators: Iterable[Indicator], pairs: Iterable[Pair] = (), **changes: object) -> Comparisons:
    """Comparisons of some indicators and pairs."""
    by_metric: dict[str, tuple[Pair, ...]] = {}
    for one in pairs:
        by_metric[one.metric] = (*by_metric.get(one.metric, ()), one)
    found = {(one.source, one.indicator_id): one for one in indicators}
    return Comparisons(indicators=found, pairs=by_metric, **changes)  # type: ignore[arg-type]


def delivery(
    name: str, value: float | None, metric: str = "investigation_within_120_days", window: str = "ytd", **key: str
) -> Delivery:
    """Another municipality's file with one figure; without a value it is hidden there."""
    given = {"statistic": "share", "org": "Socialnämnden", **key}
    known_as = Key(metric=metric, window=window, level=1, **given)  # type: ignore[arg-type]
    told = (value, None if value is not None else Missing.HIDDEN)
    code = f"8{crc32(name.encode())}"
    return Delivery(Party(Kind.MUNICIPALITY, code, name), "2026T2", {known_as: told}, FETCHED)


def comparisons() -> Comparisons:
    """Everything at once: a pair, one by category, one refused and ended, national ones, a workbook, three files."""
    ended = indicator(
        ENDED, "Utredningstid, medelvärde (dagar)", unit="dagar", better="lower", discontinued=True, last_year=2021
    )
    survey = indicator(SURVEY, "Rutiner finns, andel (%)", source=Source.OPPNA_JAMFORELSER)
    return known(
        [
            indicator(observations=observations(genders=True)),
            indicator(WAIT, "Väntetid, medelvärde (dagar)", unit="dagar", better="lower"),
            ended,
            survey,
        ],
        [
            pair(),
            pair("investigation_days", WAIT, breakdown="area", category="Funktionshinder"),
            pair("investigation_days", ENDED, refused=REFUSAL),
        ],
        national={"Rutiner": ((Source.OPPNA_JAMFORELSER, SURVEY),)},
        deliveries=(delivery("Ekvik", 0.9), delivery("Granstad", 0.5), delivery("Lindnäs", None)),
        warnings=("Ekviks fil saknar ett mått.",),
    )
