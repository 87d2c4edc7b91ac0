"""The state of the data: what became of every file and row, what was noticed, what was seen before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


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
    protected: bool = False  # about somebody with a protected identity: counted, never listed


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
    secret_cases: frozenset[tuple[str, str]] = frozenset()  # extract and id of cases about protected persons

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
    """A fault of the last earlier delivery that the newest one has no more. No values: they may name somebody.

    `protected`: about somebody with a protected identity, so counted and never listed.
    """

    extract: str
    unit: str
    key: str
    heading: str
    rule: str
    first_seen: date  # the day of the delivery in which it was first seen
    protected: bool = False


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
