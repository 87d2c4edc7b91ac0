"""Comparison with others: national indicators, other municipalities' figures, and what differs from ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pipeline.model.figures import Key


class Source(StrEnum):
    """Where others' figures come from; the word is what readers see."""

    KOLADA = "Kolada"
    OPPNA_JAMFORELSER = "Öppna jämförelser"
    EXCHANGE = "Utbyte mellan kommuner"


class Kind(StrEnum):
    """Whom a value is of."""

    OWN = "own"
    NATION = "nation"
    COUNTY = "county"
    SIMILAR = "similar"  # Kolada's "Liknande kommuner"
    GROUP = "group"  # SKR's groups of municipalities
    MUNICIPALITY = "municipality"


class Mean(StrEnum):
    """How the value of many municipalities is made of theirs."""

    NONE = ""  # one municipality's own
    WEIGHTED = "vägt medelvärde"
    UNWEIGHTED = "ovägt medelvärde"
    OURS = "ovägt medelvärde, beräknat av oss"  # of those municipalities that have a value
    MEDIAN = "median"
    UNKNOWN = "okänt hur medelvärdet är vägt"


class Missing(StrEnum):
    """Why there is no value; the word is what readers see."""

    NOT_ANSWERED = "bortfall"
    NOT_APPLICABLE = "ej tillämpligt"
    SECRET = "sekretess"  # noqa: S105  (a word for readers)
    HIDDEN = "skyddad"
    REMOVED = "borttagen"
    NONE = "uppgift saknas"


@dataclass(frozen=True, order=True)
class Party:
    """A municipality, or many of them: a county, a group, the nation. `members` of a group where they are known.

    `mean` may differ between an indicator's years and genders: where the source has none, we may have made one.
    """

    kind: Kind
    code: str  # "0182", "G36449"; codes are texts, zeros first
    name: str
    mean: Mean = Mean.NONE
    members: tuple[str, ...] = ()  # codes


@dataclass(frozen=True)
class Observation:
    """One value of an indicator, in the indicator's own unit (per cent are 0–100). Without value `missing` says why."""

    party: Party
    year: int
    gender: str  # "T" all, "K" women, "M" men
    value: float | None
    missing: Missing | None = None


@dataclass(frozen=True)
class Indicator:
    """One indicator and what is known of it.

    When it has been `discontinued`, `last_year` is the last year with values, where that is known.
    """

    source: Source
    indicator_id: str
    title: str
    description: str
    unit: str  # "%" for shares, else as the source words it ("dagar", "kr/inv"); "" unknown
    better: str  # "higher", "lower" or ""
    observations: tuple[Observation, ...]
    fetched: date | None  # the day that it was fetched or imported; None: never
    discontinued: bool = False
    last_year: int | None = None
    note: str = ""  # what the reader must know, as why there is nothing


@dataclass(frozen=True)
class Pair:
    """One metric of ours beside one indicator of others, and every difference between the two.

    `statistic`, `breakdown` and `category` say which figure of the metric's it is. A refused pair is never drawn or
    printed side by side, and `refused` says why (Swedish, one sentence).
    """

    metric: str
    source: Source
    indicator_id: str
    statistic: str
    breakdown: str
    category: str
    differences: tuple[str, ...]  # Swedish, one sentence each
    refused: str = ""


@dataclass(frozen=True)
class Delivery:
    """Another municipality's published figures of a period, hidden ones included (value None, `missing` HIDDEN)."""

    party: Party
    period: str
    figures: Mapping[Key, tuple[float | None, Missing | None]]  # shares 0–1, as in resultat.csv
    imported: date


@dataclass(frozen=True)
class Comparisons:
    """Everything that there is to compare with.

    `pairs` by metric id; `national` are the indicators of no metric of ours, by the heading that they stand under;
    `deliveries` of others, of the report's period only. `warnings` (Swedish, one sentence each) say what is missing or
    could not be read.
    """

    indicators: Mapping[tuple[Source, str], Indicator] = field(default_factory=dict)
    pairs: Mapping[str, tuple[Pair, ...]] = field(default_factory=dict)
    national: Mapping[str, tuple[tuple[Source, str], ...]] = field(default_factory=dict)
    deliveries: tuple[Delivery, ...] = ()
    warnings: tuple[str, ...] = ()
