"""Metrics: what is measured, by which rule of law, and what a figure can be of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """Where in the organisation a figure stands; each level is computed from rows."""

    COMMITTEE = 1
    PROGRAMME = 2
    UNIT = 3


class Status(StrEnum):
    """How a figure stands against its target; the word is what readers see.

    `NOT_YET` has none: the figure's window is not over.
    """

    MET = "målet uppfyllt"
    NEAR = "nästan uppfyllt"
    NOT_MET = "inte uppfyllt"
    NO_TARGET = "mål saknas"
    NO_DATA = "uppgift saknas"
    NOT_YET = ""


class Statistic(StrEnum):
    """What a figure is of; `persons`, `longest_wait` and `special_reasons` stand beside a metric's own.

    `km_median` is the median by Kaplan and Meier, `alpha` Krippendorff's for nominal answers, `agreement` the share of
    agreeing pairs, and `value` a figure that was delivered as it is. `by_days` and `cohort` are rows in bands of days,
    see `spreads`.
    """

    SHARE = "share"
    COUNT = "count"
    MEAN = "mean"
    MEDIAN = "median"
    P90 = "p90"
    KM_MEDIAN = "km_median"
    ALPHA = "alpha"
    AGREEMENT = "agreement"
    VALUE = "value"
    PERSONS = "persons"
    LONGEST_WAIT = "longest_wait"
    SPECIAL_REASONS = "special_reasons"
    BY_DAYS = "by_days"
    COHORT = "cohort"

    @property
    def is_count(self) -> bool:
        """Whole numbers of rows or persons."""
        return self in (Statistic.COUNT, Statistic.PERSONS, Statistic.SPECIAL_REASONS) or self.is_spread

    @property
    def is_spread(self) -> bool:
        """Rows in bands of days: drawn, and no statistic of the exchange format."""
        return self in (Statistic.BY_DAYS, Statistic.COHORT)

    @property
    def is_share(self) -> bool:
        """A part of a whole, 0–1, with a numerator; written in per cent."""
        return self in (Statistic.SHARE, Statistic.AGREEMENT)

    @property
    def is_distribution(self) -> bool:
        """A measure of a distribution: tells about single rows when there are few."""
        return not self.is_count and not self.is_share


@dataclass(frozen=True)
class Citation:
    """A provision, valid for events from and to a day (None = open); for decisions under `act` alone where given."""

    text: str
    valid_from: date | None = None
    valid_to: date | None = None
    act: str = ""  # SoL or LSS
    source: str = ""
    verified: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether it is the one to cite for an event of that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Rule:
    """What the law demands, in Swedish, and the provisions that have said so over time."""

    rule_id: str
    about: str
    cited: tuple[Citation, ...]

    def on(self, day: date, act: str = "") -> tuple[Citation, ...]:
        """The provisions to cite for an event of that day; of a decision under `act`, that act's own."""
        return tuple(c for c in self.cited if c.holds_on(day) and (not act or c.act in ("", act)))


@dataclass(frozen=True)
class PartOf:
    """The category of another metric that a metric's rows are, all of them."""

    metric: str
    breakdown: str
    category: str


@dataclass(frozen=True)
class Metric:
    """One metric: the header of its SQL file, and the statement itself.

    `needs` and `refines` map a table to columns. Without a needed one (no file of the extract has the heading) the
    metric reads *uppgift saknas*; without a refining one it is still computed, and the report says what was left out.
    """

    metric_id: str
    title: str
    section: str
    question: str
    numerator: str
    denominator: str
    unit: str
    kind: str
    quality_area: str
    better: str  # "higher", "lower" or "" where neither is
    flow: bool
    statistics: tuple[Statistic, ...]
    judged: Statistic
    breakdowns: tuple[str, ...]
    demanded_by_law: bool
    child_scope: bool
    needs: Mapping[str, tuple[str, ...]]
    refines: Mapping[str, tuple[str, ...]]
    law: tuple[Rule, ...]
    kpis: tuple[str, ...]
    owner: str
    choices: tuple[str, ...]
    per: str  # the column whose distinct values are the units of observation, "" = rows
    noun: tuple[str, str]  # what is counted: one, many ("utredning", "utredningar")
    verb: str  # what the numerator did, after the noun ("avslutades inom 120 dagar")
    nothing: str  # the whole sentence when the denominator is empty
    limit_days: int | None  # the limit drawn in charts of days
    limit_name: str
    sql: str
    sha256: str
    headline_by: str = ""  # the breakdown told instead of the total, where a total over everything would mislead
    outcome: str = ""  # the breakdown whose categories are shares of the total
    summed: bool = False  # a row stands for many cases, which it gives the number of
    finite_population: bool = False  # rows tell how many they were drawn from, which narrows the interval
    yearly: bool = False  # also measured for every calendar year in the data
    fewest: int = 0  # published on no fewer rows than this, whatever the general rule
    bands: tuple[int, ...] = ()  # the last days of the bands that its durations are shown in, but the longest's
    bands_limit: int | None = None  # the one of them that is drawn as a limit
    part_of: PartOf | None = None  # its rows are one category of another metric's, so that each tells the other
