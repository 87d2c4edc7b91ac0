"""What is counted in the invented worlds: rows, the measures that sum them, and the metrics that tell of them.

The metrics are the catalogue's own; what their figures count is told here once more, in words of rows, so that the
judge does not lean on what it judges.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pipeline.model import Statistic
from pipeline.periods import Window

CHILD = "Barn och unga"
THREE_MONTHS, FOUR_MONTHS = 92, 120


@dataclass(frozen=True)
class Row:
    """One case, decision, service or incident: where it stands, what it is, and when it began and ended."""

    source: str
    unit: str  # "" = no unit given
    programme: str
    area: str
    opened: date
    closed: date | None = None
    categories: Mapping[str, str] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    person: str = ""
    worker: str = ""

    @property
    def days(self) -> int:
        return (self.closed - self.opened).days if self.closed else 0

    def category(self, breakdown: str) -> str:
        return self.area if breakdown == "area" else self.categories[breakdown]


Test = Callable[[Row, Window], bool]
Weight = Callable[[Row, Window], int]


@dataclass(frozen=True)
class Measure:
    """A quantity that adds up over rows. Flows also add up over time."""

    source: str
    flow: bool
    counts: Test
    weight: Weight = lambda row, window: 1


@dataclass(frozen=True)
class Distinct:
    """A number of different persons or case workers among a measure's rows: it does not add up, but it is bounded."""

    among: str
    who: Callable[[Row], str]


def _begun(row: Row, window: Window) -> bool:
    return window.starts <= row.opened <= window.ends


def _ended(row: Row, window: Window) -> bool:
    return row.closed is not None and window.starts <= row.closed <= window.ends


def _standing(row: Row, window: Window) -> bool:
    return row.opened <= window.ends and (row.closed is None or row.closed > window.ends)


def _all(*tests: Test) -> Test:
    return lambda row, window: all(test(row, window) for test in tests)


def _flag(*names: str) -> Test:
    return lambda row, window: row.flags >= set(names)


def _waited(row: Row, window: Window) -> int:
    return (window.ends - row.opened).days


def _over(row: Row, window: Window) -> bool:
    return _waited(row, window) > THREE_MONTHS


def _child(row: Row, window: Window) -> bool:
    """Of the children's area, and not of a kind that is none of a child."""
    return row.area == CHILD and "other kind" not in row.flags


def _due(row: Row, window: Window) -> bool:
    """A report whose fourteenth day is in the window: not the rows that came in then."""
    return window.starts <= row.opened + timedelta(days=14) <= window.ends


MEASURES: dict[str, Measure] = {
    "opened": Measure("investigations", True, _begun),
    "closed": Measure("investigations", True, _ended),
    "closed.days": Measure("investigations", True, _ended, lambda row, window: row.days),
    "closed.3m": Measure("investigations", True, _all(_ended, lambda r, w: r.days <= THREE_MONTHS)),
    "child": Measure("investigations", True, _all(_ended, _child)),
    "child.120": Measure("investigations", True, _all(_ended, _child, lambda r, w: r.days <= FOUR_MONTHS)),
    "answered": Measure("investigations", True, _all(_ended, _flag("answered"))),
    "answered.service": Measure("investigations", True, _all(_ended, _flag("answered", "service"))),
    "open": Measure("investigations", False, _standing),
    "open.worked": Measure("investigations", False, _all(_standing, lambda r, w: r.worker != "")),
    "services": Measure("services", False, _standing),
    "services.plan": Measure("services", False, _all(_standing, _flag("plan"))),
    "services.current": Measure("services", False, _all(_standing, _flag("plan", "current"))),
    "services.goal": Measure("services", False, _all(_standing, _flag("plan", "current", "goal"))),
    "services.part": Measure("services", False, _all(_standing, _flag("plan", "current", "part"))),
    "services.next": Measure("services", False, _all(_standing, _flag("plan", "next"))),
    "incidents": Measure("incidents", True, _begun),
    "opinions": Measure("incidents", True, _all(_begun, lambda r, w: r.categories["kind"] == "synpunkt")),
    "waiting": Measure("decisions", False, _standing),
    "waiting.over": Measure("decisions", False, _all(_standing, _over)),
    "referrals": Measure("referrals", True, _begun),
    "reported": Measure("referrals", True, _all(_due, _child)),
    "reported.hit": Measure("referrals", True, _all(_due, _child, _flag("hit"))),
    "reported.special": Measure("referrals", True, _all(_due, _child, _flag("special"))),
}

DISTINCT: dict[str, Distinct] = {
    "workers": Distinct("open.worked", lambda row: row.worker),
    "waiting.persons": Distinct("waiting.over", lambda row: row.person),
    "referrals.persons": Distinct("referrals", lambda row: row.person),
}

# In every cell, the first is no more than the second.
WITHIN = (
    ("closed.3m", "closed"), ("child", "closed"), ("child.120", "child"), ("answered", "closed"),
    ("answered.service", "answered"), ("open.worked", "open"), ("services.plan", "services"),
    ("services.current", "services.plan"), ("services.goal", "services.current"),
    ("services.part", "services.current"), ("services.next", "services.plan"), ("opinions", "incidents"),
    ("waiting.over", "waiting"), ("reported.hit", "reported"),
    ("reported.special", "reported"),
)  # fmt: skip

# Each pair of cells holds the same rows, wherever in the organisation.
SAME_IN = (("opinions", ("", ""), "incidents", ("kind", "synpunkt")),)


@dataclass(frozen=True)
class Told:
    """Which measures a metric's figures tell: rows, numerator, sum; other numbers by their statistic."""

    rows: str
    hits: str = ""
    total: str = ""
    others: Mapping[Statistic, str] = field(default_factory=dict)


METRICS: dict[str, Told] = {
    "investigations_opened": Told("opened"),
    "investigation_days": Told("closed", total="closed.days", others={Statistic.KM_MEDIAN: "opened"}),
    "investigation_within_3_months": Told("closed", "closed.3m"),
    "investigation_within_120_days": Told("child", "child.120"),
    "investigation_with_service": Told("answered", "answered.service"),
    "investigations_open": Told("open"),
    "open_investigations_per_case_worker": Told("workers", total="open.worked"),
    "plan_in_force": Told("services", "services.plan"),
    "plan_current": Told("services", "services.current"),
    "plan_current_measurable_goal": Told("services", "services.goal"),
    "plan_current_participation": Told("services", "services.part"),
    "plan_follow_up_planned": Told("services.plan", "services.next"),
    "incidents": Told("incidents"),
    "feedback": Told("opinions"),
    "decision_unexecuted_over_3_months": Told(
        "waiting",
        "waiting.over",
        others={Statistic.PERSONS: "waiting.persons", Statistic.LONGEST_WAIT: "waiting.over"},
    ),
    "referrals": Told("referrals", others={Statistic.PERSONS: "referrals.persons"}),
    "preassessment_within_14_days": Told(
        "reported", "reported.hit", others={Statistic.SPECIAL_REASONS: "reported.special"}
    ),
}

FAMILIES: dict[str, tuple[str, ...]] = {
    "investigations": (
        "investigations_opened", "investigation_days", "investigation_within_3_months",
        "investigation_within_120_days", "investigation_with_service", "investigations_open",
        "open_investigations_per_case_worker",
    ),
    "services": (
        "plan_in_force", "plan_current", "plan_current_measurable_goal", "plan_current_participation",
        "plan_follow_up_planned",
    ),
    "incidents": ("incidents", "feedback"),
    "decisions": ("decision_unexecuted_over_3_months",),
    "referrals": ("referrals", "preassessment_within_14_days"),
}  # fmt: skip


def counted(told: Told, statistic: Statistic) -> str:
    """The measure that a figure's denominator is."""
    return told.others.get(statistic, told.rows)
