"""Single cases to act on or to report. Secret: nothing here may reach a public file but by counting and protecting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.model.metrics import Citation
from pipeline.periods import Period


@dataclass(frozen=True, slots=True)
class WatchRow:
    """A case of a unit that has passed a limit, or comes near one.

    `demand` is the rule in Swedish, `limit` the last day within it and `days_left` how many days remain (negative:
    passed); both None where the list has no day. `law`: the provisions for an event of the day it began.
    """

    list_id: str
    demand: str
    case_id: str
    unit: str
    area: str
    subject: str
    since: date | None
    limit: date | None
    days_left: int | None
    law: tuple[Citation, ...]
    todo: str
    note: str


@dataclass(frozen=True)
class Watch:
    """What the managers of the units are to look at, as of a day.

    `rows`: by unit, the most urgent first. `left_out`: by unit, how many cases of persons with protected identity are
    not listed. `lacking`: why some lists are not there (Swedish sentences). `old`: extracts delivered before the day,
    with their own. `unflagged`: extracts that do not tell who is protected.
    """

    as_of: date
    rows: Mapping[str, tuple[WatchRow, ...]]
    left_out: Mapping[str, int]
    lacking: tuple[str, ...] = ()
    old: Mapping[str, date] | None = None
    unflagged: tuple[str, ...] = ()


class Reported(StrEnum):
    """How a decision stands in the quarter's report; the word is what readers see."""

    NEW = "nytt"
    WAITING = "väntar fortfarande"
    EXECUTED = "verkställt"
    RESUMED = "återupptaget"
    ENDED = "avslutat"

    @property
    def is_waiting(self) -> bool:
        """Not executed or resumed on the quarter's last day."""
        return self in (Reported.NEW, Reported.WAITING)


@dataclass(frozen=True)
class UnexecutedDecision:
    """A decision that had waited more than three months on the quarter's last day, or on the day before the quarter.

    Days after the quarter have not happened. `partly`: since when a part is executed, for what the rest is reported.
    `done`: the day it was executed, resumed or ended; `days`: from the decision to that day, else to the quarter's
    last. `person`: the pseudonym, never written. `is_protected`: never listed but by its id.
    """

    decision_id: str
    person: str
    state: Reported
    is_interruption: bool
    law: str
    service: str
    decided: date
    days: int
    partly: date | None
    is_partly: bool
    interrupted: date | None
    offer_made: date | None
    offer_declined: date | None
    done: date | None
    delay_reason: str
    end_reason: str
    unit: str
    area: str
    gender: str
    is_protected: bool
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Unexecuted:
    """A quarter's decisions to report. `before`: how many had waited more than three months when it began.

    `reported_from`, `reported_to`: when the supervisor wants it. `delivered`: the day of the extract;
    `has_flag`: whether it tells who has a protected identity.
    """

    period: Period
    rows: tuple[UnexecutedDecision, ...]
    before: int
    reported_from: date
    reported_to: date
    delivered: date
    has_flag: bool

    @property
    def waiting(self) -> tuple[UnexecutedDecision, ...]:
        """Those that still waited on the quarter's last day."""
        return tuple(row for row in self.rows if row.state.is_waiting)

    @property
    def is_final(self) -> bool:
        """Whether the extract was delivered on the quarter's last day or later."""
        return self.delivered >= self.period.ends


@dataclass(frozen=True)
class Named:
    """Who a person is, from the analyst's own list: number as it is to be written, and a name or nothing."""

    number: str
    name: str = ""


@dataclass(frozen=True)
class Persons:
    """The analyst's list of persons: by pseudonym, and how many of its rows could not be read as anybody's number."""

    by_pseudonym: Mapping[str, Named]
    listed: int
    unread: int


@dataclass(frozen=True)
class Counted:
    """A row of a public table: what is counted, and how many; None = hidden."""

    label: str
    count: int | None


@dataclass(frozen=True)
class CountTable:
    """One way of dividing the decisions; no rows where all of it is hidden."""

    title: str
    heading: str
    rows: tuple[Counted, ...]


@dataclass(frozen=True)
class CouncilStatistics:
    """The quarter's decisions as numbers that may leave the house: small groups are hidden.

    `total`: decisions that had waited more than three months on the quarter's last day; `before`: on the day before
    the quarter. `citations`: the provisions that the decisions are reported by.
    """

    period: Period
    total: int
    before: int
    tables: tuple[CountTable, ...]
    citations: tuple[Citation, ...]
    smallest: int
    delivered: date
    is_final: bool

    @property
    def is_divided(self) -> bool:
        """Whether any way of dividing the decisions can be shown."""
        return any(table.rows for table in self.tables)
