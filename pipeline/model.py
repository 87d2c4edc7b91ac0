"""The nouns that the rooms hand to each other. No input or output here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from pipeline.periods import Period, Window

EXTRACT_NAMES = {
    "units": "enheter",
    "referrals": "aktualiseringar",
    "investigations": "utredningar",
    "decisions": "beslut",
    "plans": "genomförandeplaner",
    "care_levels": "nivåbedömningar",
    "coordinated_plans": "samordnade individuella planer",
    "incidents": "avvikelser och synpunkter",
    "reviews": "granskningar",
    "surveys": "enkäter",
    "vignettes": "vinjetter",
    "measurements": "mätvärden",
    "activities": "aktiviteter",
    "controls": "internkontroll",
    "followup_plan": "uppföljningsplan",
    "requirements": "kravmatris",
    "goals": "mål",
}

_SWEDISH_ALPHABET = str.maketrans({"å": "{", "ä": "|", "ö": "}"})


def swedish_order(text: str) -> tuple[str, str]:
    """Sort key: å, ä, ö after z, case aside; the text itself settles ties. Does not depend on the machine's locale."""
    return text.lower().translate(_SWEDISH_ALPHABET), text


class Level(IntEnum):
    """Where in the organisation a figure stands; each level is computed from rows."""

    COMMITTEE = 1
    PROGRAMME = 2
    UNIT = 3


class Status(StrEnum):
    """How a figure stands against its target; the word is what readers see."""

    MET = "målet uppfyllt"
    NEAR = "nästan uppfyllt"
    NOT_MET = "inte uppfyllt"
    NO_TARGET = "mål saknas"
    NO_DATA = "uppgift saknas"


class Statistic(StrEnum):
    """What a figure is of; `persons`, `longest_wait` and `special_reasons` stand beside a metric's own."""

    SHARE = "share"
    COUNT = "count"
    MEAN = "mean"
    MEDIAN = "median"
    P90 = "p90"
    PERSONS = "persons"
    LONGEST_WAIT = "longest_wait"
    SPECIAL_REASONS = "special_reasons"

    @property
    def is_count(self) -> bool:
        """Whole numbers of rows or persons."""
        return self in (Statistic.COUNT, Statistic.PERSONS, Statistic.SPECIAL_REASONS)

    @property
    def is_distribution(self) -> bool:
        """A measure of a distribution: tells about single rows when there are few."""
        return not self.is_count and self is not Statistic.SHARE


@dataclass(frozen=True)
class Citation:
    """A rule of law that a metric follows up, valid for events from and to a day (None = open)."""

    text: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    verified: bool = False


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
    law: tuple[Citation, ...]
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


@dataclass(frozen=True, order=True)
class Key:
    """What makes a figure unique within a period's report. Totals have an empty breakdown and category."""

    metric: str
    statistic: str
    window: str
    level: int
    org: str
    breakdown: str = ""
    category: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure; shares are 0–1. `denominator` None: extract or column missing. `value` None: nothing to measure."""

    key: Key
    as_of: date
    numerator: int | None = None
    denominator: int | None = None
    value: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    target: float | None = None
    status: Status | None = None
    suppressed: bool = False
    deviation: float | None = None  # standard deviation of the rows behind a mean, for testing changes; never published


class Direction(StrEnum):
    """What a change means, in the words of the report."""

    BETTER = "bättre"
    WORSE = "sämre"
    HIGHER = "högre"
    LOWER = "lägre"
    NOT_CERTAIN = "ingen säkerställd förändring"
    NOT_COMPARABLE = "går inte att jämföra"


@dataclass(frozen=True)
class Change:
    """A figure against the same window of an earlier time (`since`: that window's series, see `Window`)."""

    since: Window
    before: Figure
    difference: float | None  # share: of the share (0.05 = 5 percentage points); else in the metric's own unit
    relative: float | None  # of the earlier value
    certain: bool
    direction: Direction


@dataclass(frozen=True)
class Break:
    """A change of case system in mid-series: figures before and after the day may differ for that reason alone."""

    day: date  # the first of the month in which most rows come from the new system
    before: str
    after: str


@dataclass(frozen=True)
class Figures:
    """All figures of a report: the period's own, and those of other windows for trends and changes.

    `missing` says for each metric without data why (Swedish, one sentence). `omitted` lists for each metric the
    refining headings that no file had. `programmes` says where each unit stands on the last day. `known_to` says for
    each metric which day its extracts were delivered: windows that end later are not complete. `breaks` tells for each
    metric when most of its rows began to come from another case system.
    """

    period: Period
    windows: Mapping[str, Window]
    figures: Mapping[Key, Figure]
    changes: Mapping[Key, tuple[Change, ...]]
    missing: Mapping[str, str]
    omitted: Mapping[str, tuple[str, ...]]
    programmes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    known_to: Mapping[str, date] = field(default_factory=dict)
    breaks: Mapping[str, tuple[Break, ...]] = field(default_factory=dict)

    def get(
        self,
        metric: Metric,
        statistic: Statistic | None = None,
        window: str | None = None,
        *,
        level: int = 1,
        org: str | None = None,
        breakdown: str = "",
        category: str = "",
    ) -> Figure | None:
        """The figure with that key; the judged statistic and window, and the committee itself, unless said."""
        key = Key(
            metric.metric_id,
            statistic or metric.judged,
            window or self.judged_window(metric),
            level,
            self.committee if org is None else org,
            breakdown,
            category,
        )
        return self.figures.get(key)

    def judged_window(self, metric: Metric) -> str:
        """The id of the window that is judged against the target in this report."""
        return self.period.judged_flow_kind if metric.flow else "stock"

    def trend(
        self, metric: Metric, statistic: Statistic | None = None, series: str = "month", **which: str
    ) -> list[tuple[Window, Figure]]:
        """The committee's figures of a series of windows (`month` or `part`), oldest first; `which` as in `get`.

        Windows that ended after the delivery are left out: their last days would look like a fall.
        """
        points = []
        for window in self.windows.values():
            if window.series == series and (window.kind != "stock") == metric.flow:
                figure = self.get(metric, statistic, window.window_id, **which)  # type: ignore[arg-type]
                if figure is not None and self.is_complete(metric.metric_id, window):
                    points.append((window, figure))
        return points

    def breaks_in(self, metric: Metric, windows: Sequence[Window]) -> tuple[Break, ...]:
        """The changes of case system within a trend, oldest first; one before its second window breaks nothing."""
        if len(windows) < 2:
            return ()
        first, last = min(w.ends for w in windows), max(w.ends for w in windows)
        return tuple(b for b in self.breaks.get(metric.metric_id, ()) if first < b.day <= last)

    def breakdown(
        self, metric: Metric, breakdown: str, statistic: Statistic | None = None, window: str | None = None
    ) -> list[Figure]:
        """The committee's figures by category, in the categories' order of reading."""
        return self._select(metric, statistic, window, level=1, breakdown=breakdown)

    def by_org(
        self, metric: Metric, level: int, statistic: Statistic | None = None, window: str | None = None
    ) -> list[Figure]:
        """Totals of all programmes (2) or units (3), by name."""
        return self._select(metric, statistic, window, level=level, breakdown="")

    def _select(
        self, metric: Metric, statistic: Statistic | None, window: str | None, *, level: int, breakdown: str
    ) -> list[Figure]:
        wanted = (metric.metric_id, statistic or metric.judged, window or self.judged_window(metric), level, breakdown)
        return [self.figures[key] for key in self._index.get(wanted, ())]

    @property
    def _index(self) -> Mapping[tuple[str, str, str, int, str], list[Key]]:
        if "_keys" not in self.__dict__:
            index: dict[tuple[str, str, str, int, str], list[Key]] = {}
            for key in self.figures:
                index.setdefault((key.metric, key.statistic, key.window, key.level, key.breakdown), []).append(key)
            self.__dict__["_keys"] = index
        return self.__dict__["_keys"]

    def is_complete(self, metric_id: str, window: Window) -> bool:
        """Whether the metric's extracts were delivered on the window's last day or later."""
        return metric_id not in self.known_to or window.ends <= self.known_to[metric_id]

    @property
    def committee(self) -> str:
        """The name on level 1."""
        if "_committee" not in self.__dict__:
            self.__dict__["_committee"] = next((key.org for key in self.figures if key.level == 1), "")
        return self.__dict__["_committee"]

    def own(self) -> Iterable[Figure]:
        """The period's own figures: what `resultat.csv` holds."""
        return (f for key, f in self.figures.items() if self.windows[key.window].series == "report")


@dataclass(frozen=True)
class Rejection:
    """Why one row was not loaded: one reason for one heading of it. Person values are masked."""

    extract: str
    file: str
    sheet: str
    row: int
    column: str  # the contract's name
    heading: str  # as it stands in the file
    value: str
    rule: str  # the rule's short name, see schemas
    reason: str  # Swedish
    key: str  # the row's key without persons, for finding it in the case system
    unit: str
    fault_id: str = ""  # the same for the same fault of the same row in every delivery; tells nobody's identity


@dataclass(frozen=True)
class Warned:
    """Something that was noticed and let through: what, how often, and a few places."""

    extract: str
    rule: str
    text: str  # Swedish, one sentence
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileAccount:
    """What became of one file's rows: read = loaded + rejected + duplicates + superseded."""

    file: str
    extract: str
    sha256: str
    delivered: date
    encoding: str
    sheets: tuple[str, ...]
    read: int
    loaded: int
    rejected: int
    duplicates: int
    superseded: int
    skipped: tuple[str, ...]  # non-rows, with their places (Swedish)
    ignored_columns: tuple[str, ...]
    notes: tuple[str, ...] = ()  # how the file was read: profile, forms of dates, hidden and merged cells (Swedish)

    @property
    def balanced(self) -> bool:
        """Whether every row read is accounted for."""
        return self.read == self.loaded + self.rejected + self.duplicates + self.superseded


@dataclass(frozen=True)
class SeverityChange:
    """A rule that the configuration makes milder or harder than the contract, until a day, for a reason."""

    rule: str
    extract: str  # "" = every extract
    severity: str  # stop, reject or warn
    default: str
    reason: str  # Swedish, from the configuration
    until: date
    expired: bool  # its last day has passed: the contract's own severity holds again


@dataclass(frozen=True)
class Snapshot:
    """What an extract's loaded rows amounted to, for comparing with the next delivery."""

    extract: str
    delivered: date
    rows: int
    filled: Mapping[str, int]  # column → rows where it is filled
    headings: Mapping[str, str] = field(default_factory=dict)  # column → what readers call it


@dataclass(frozen=True)
class Lateness:
    """How much of a month's rows had usually been registered as many days after it as the delivery came.

    The share is reckoned from `rows` rows of the months from `since` to `until`, all of them long past.
    """

    extract: str
    month: date  # its first day
    days: int  # from the month's last day to the delivery
    share: float  # 0–1
    rows: int
    since: date
    until: date


@dataclass(frozen=True)
class Quality:
    """The state of the data behind a report."""

    files: tuple[FileAccount, ...]
    rejections: tuple[Rejection, ...]
    warnings: tuple[Warned, ...]
    columns: Mapping[str, frozenset[str]]  # extract → the contract's columns that some file has
    severities: tuple[SeverityChange, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    lateness: tuple[Lateness, ...] = ()
    unlisted: Mapping[str, int] = field(default_factory=dict)  # extract → faults beyond those in `rejections`
    passed_over: tuple[str, ...] = ()  # names of files that a profile says to leave alone
    stops: tuple[str, ...] = ()  # what the configuration says that nothing may be published with (Swedish)

    def above(self, percent: float) -> tuple[str, ...]:
        """The extracts in which more than `percent` of the rows read were rejected."""
        return tuple(extract for extract, total in self.totals().items() if total.rejected * 100 > percent * total.read)

    def totals(self) -> dict[str, FileAccount]:
        """One account an extract, summed over its files."""
        sums: dict[str, FileAccount] = {}
        for account in self.files:
            sums[account.extract] = _add(sums[account.extract], account) if account.extract in sums else account
        return sums


@dataclass(frozen=True)
class Mended:
    """A fault of the last earlier delivery that the newest one has no more. No values: they may name somebody."""

    extract: str
    unit: str
    key: str
    heading: str
    rule: str
    first_seen: date  # the day of the delivery in which it was first seen


@dataclass(frozen=True)
class Seen:
    """What the register of faults knows of a run's deliveries, and what fell since the last earlier ones.

    `since` holds the faults that the last earlier delivery of their extract had too: fault id → the day of the delivery
    in which they were first seen. `earlier`: extract → the day of that earlier delivery; without one nothing is told.
    `later`: extract → the day of the newest delivery that is known, where that is not this one.
    """

    since: Mapping[str, date] = field(default_factory=dict)
    mended: tuple[Mended, ...] = ()
    warnings: tuple[Warned, ...] = ()
    earlier: Mapping[str, date] = field(default_factory=dict)
    later: Mapping[str, date] = field(default_factory=dict)


def _add(one: FileAccount, other: FileAccount) -> FileAccount:
    return FileAccount(
        file="",
        extract=one.extract,
        sha256="",
        delivered=max(one.delivered, other.delivered),
        encoding="",
        sheets=(),
        read=one.read + other.read,
        loaded=one.loaded + other.loaded,
        rejected=one.rejected + other.rejected,
        duplicates=one.duplicates + other.duplicates,
        superseded=one.superseded + other.superseded,
        skipped=one.skipped + other.skipped,
        ignored_columns=tuple(dict.fromkeys(one.ignored_columns + other.ignored_columns)),
        notes=one.notes + other.notes,
    )


@dataclass(frozen=True)
class RunInfo:
    """What identifies a run, printed in everything it makes."""

    run_id: str
    version: str
    today: date
    demo: bool
    config_sha256: str
    inputs: tuple[FileAccount, ...] = field(default=())
