"""What the metrics share: a case, and the defined words of the catalogue (child scope, granted, executed, ended …)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from .days import add_days, add_months
from .extracts import Extracts, Record
from .settings import Settings

BLANK = "ej angivet"
UNKNOWN = "okänt"


Number = int | Fraction


class Duration(NamedTuple):
    """Days from a start to its end, or (not over) to the last day that is known."""

    days: int
    is_over: bool


class Stratum(NamedTuple):
    """What a sample was drawn from: its name, and how many there are, where that is known."""

    name: tuple[str, ...]
    population: int | None


class Answer(NamedTuple):
    """What a rater answered about an item."""

    item: tuple[str, str]
    rater: str
    text: str


@dataclass
class Case:
    """One row of a metric's denominator: where it stands, whether it is in the numerator (hit), or its value.

    A row that stands for many has instead of `hit` how many it is about (`n`) and of them in the numerator (`hits`).
    """

    unit: str | None
    area: str
    categories: dict[str, str]
    hit: bool | None = None
    hits: Number | None = None
    n: Number | None = None
    value: Number | None = None
    observed: Duration | None = None
    stratum: Stratum | None = None
    answer: Answer | None = None
    person: str | None = None
    case_worker: str | None = None
    special_reasons: bool = False

    @property
    def part(self) -> tuple[Number, Number]:
        """What it adds to a share's numerator and denominator."""
        return (self.hits or 0, self.n or 0) if self.hit is None else (int(self.hit), 1)


@dataclass
class World:
    """The extracts and the settings, with the look-ups between extracts. Slow on purpose: every look-up is a search."""

    extracts: Extracts
    settings: Settings
    _plans_of: dict[int, list[Record]] = field(default_factory=dict)
    _register: dict[tuple[str, date], Record | None] = field(default_factory=dict)

    # Rows as cases --------------------------------------------------------------------------------------------------

    def case(self, extract: str, record: Record, start: str, named: Iterable[str] = ()) -> Case:
        """A referral, investigation or decision as a case; `start` is its own start, `named` the extra breakdowns."""
        categories = {"area": record["area"], "gender": record["gender"] or UNKNOWN}
        if self.extracts.delivered(extract, "birth_year"):
            categories["age_group"] = age_group(record[start], record["birth_year"])
        if extract == "decisions":
            named = [*named, "provider_type"]
        categories |= self.named(extract, record, named)
        return Case(record["unit"], record["area"], categories, person=record["person_id"])

    def named(self, extract: str, record: Record, columns: Iterable[str]) -> dict[str, str]:
        """A row's categories in the columns that some file has; a blank one reads `ej angivet`."""
        return {
            column: BLANK if record[column] is None else str(record[column])
            for column in columns
            if self.extracts.delivered(extract, column)
        }

    def unit_case(self, extract: str, record: Record, day: date, named: Iterable[str] = ()) -> Case:
        """A row without an area of its own: its unit's in the register on D, else `okänt`."""
        register = self.register_row(record["unit"], day) if record["unit"] else None
        area = register["area"] if register else UNKNOWN
        return Case(record["unit"], area, {"area": area} | self.named(extract, record, named))

    def person_case(self, extract: str, record: Record, start: str, day: date, named: Iterable[str] = ()) -> Case:
        """As `unit_case`, of a row that is a person's; `start` is its own start."""
        case = self.unit_case(extract, record, day, named)
        case.person = record["person_id"]
        case.categories["gender"] = record["gender"] or UNKNOWN
        if self.extracts.delivered(extract, "birth_year"):
            case.categories["age_group"] = age_group(record[start], record["birth_year"])
        return case

    def service_case(self, decision: Record, named: Iterable[str] = ()) -> Case:
        """A decision in a plan metric: these stand on the decision's provider_unit where given, else on its unit."""
        case = self.case("decisions", decision, "decided", named)
        case.unit = decision["provider_unit"] or decision["unit"]
        return case

    def plan_case(self, plan: Record, day: date) -> Case:
        """A plan as a case: it takes gender and area from its decision, if any, and stands on its provider_unit."""
        decision = self.first_decision_of(plan)
        unit = (decision and decision["provider_unit"]) or plan["unit"]
        register = self.register_row(unit, day)
        area = decision["area"] if decision else register["area"] if register else UNKNOWN
        categories = {"area": area, "gender": (decision or plan)["gender"] or UNKNOWN}
        if self.extracts.delivered("plans", "birth_year"):
            categories["age_group"] = age_group(plan["established"], plan["birth_year"])
        if self.extracts.delivered("decisions", "provider_type"):
            categories["provider_type"] = (decision and decision["provider_type"]) or BLANK
        return Case(unit, area, categories, person=plan["person_id"])

    def register_row(self, unit: str, day: date) -> Record | None:
        """The register row valid on the day of the figure; of several the one that began last."""
        if (unit, day) not in self._register:
            self._register[unit, day] = self._find_in_register(unit, day)
        return self._register[unit, day]

    def _find_in_register(self, unit: str, day: date) -> Record | None:
        valid = [
            row
            for row in self.extracts.units
            if row["unit"].lower() == unit.lower()
            and (row["valid_from"] is None or row["valid_from"] <= day)
            and (row["valid_to"] is None or day <= row["valid_to"])
        ]
        return max(valid, key=lambda row: row["valid_from"] or date.min, default=None)

    def programme(self, unit: str, area: str, day: date) -> str:
        """Its unit's in the register valid on D; a unit not in it: programme = area."""
        register = self.register_row(unit, day)
        return register["programme"] if register else area

    # Referrals and investigations -----------------------------------------------------------------------------------

    def in_child_scope(self, record: Record) -> bool:
        """Child scope = area among `limits.child_areas`."""
        return among(record["area"], self.settings.child_areas)

    def is_child_report(self, referral: Record) -> bool:
        """Child scope, kind anmälan."""
        return self.in_child_scope(referral) and referral["kind"] == "anmälan"

    def is_child_investigation(self, investigation: Record) -> bool:
        """A child investigation besides has no kind among `limits.not_child_kinds`."""
        return self.in_child_scope(investigation) and not among(investigation["kind"], self.settings.not_child_kinds)

    def referral_of(self, decision: Record) -> Record | None:
        """The referral that the decision refers to."""
        for referral in self.extracts.referrals:
            if refers(decision, referral, "referral_id"):
                return referral
        return None

    # Decisions and plans --------------------------------------------------------------------------------------------

    def is_reportable(self, decision: Record, day: date) -> bool:
        """Granted, law SoL or LSS, area not exempt, kind nytt or utökat or not given; and made by D."""
        return (
            is_granted(decision, day)
            and decision["law"] in ("SoL", "LSS")
            and not among(decision["area"], self.settings.execution_exempt_areas)
            and decision["kind"] in ("nytt", "utökat", None)
        )

    def is_plan_service(self, decision: Record) -> bool:
        """Area not in `limits.plan_exempt_areas`, service not in `limits.plan_exempt_services`."""
        return not among(decision["area"], self.settings.plan_exempt_areas) and not among(
            decision["service"], self.settings.plan_exempt_services
        )

    def services_that_need_a_plan(self, day: date) -> Iterator[Record]:
        """In force on D, executed at least `limits.plan_grace_days` before, area and service not exempt."""
        for decision in self.extracts.decisions:
            if (
                is_in_force(decision, day)
                and add_days(decision["executed"], self.settings.plan_grace_days) <= day
                and self.is_plan_service(decision)
            ):
                yield decision

    def covers(self, plan: Record, decision: Record) -> bool:
        """By decision_id; where that is empty, that person's granted decisions of that service."""
        if plan["decision_id"]:
            return refers(plan, decision, "decision_id")
        return (
            plan["person_id"] is not None
            and plan["service"] is not None
            and plan["person_id"] == decision["person_id"]
            and plan["service"].lower() == decision["service"].lower()
            and decision["result"] in ("bifall", "delvis bifall")
        )

    def plans_of(self, decision: Record) -> list[Record]:
        """Every plan row that covers the decision."""
        if id(decision) not in self._plans_of:
            self._plans_of[id(decision)] = [plan for plan in self.extracts.plans if self.covers(plan, decision)]
        return self._plans_of[id(decision)]

    def plan_of(self, decision: Record, day: date) -> Record | None:
        """Of a decision's plans in force, the one with the latest `latest` (ties: later established, greater id)."""
        in_force = [plan for plan in self.plans_of(decision) if is_plan_in_force(plan, day)]
        return max(in_force, key=lambda plan: (latest(plan, day), plan["established"], plan["plan_id"]), default=None)

    def current_plan_of(self, decision: Record, day: date) -> Record | None:
        """Its plan, when it is current: `D < latest + M months`, M by the decision's area."""
        plan = self.plan_of(decision, day)
        months = {area.lower(): months for area, months in self.settings.plan_current_months.items()}
        limit = months.get(decision["area"].lower(), months["default"])
        return plan if plan and day < add_months(latest(plan, day), limit) else None

    def first_decision_of(self, plan: Record) -> Record | None:
        """The decision, with the smallest id, that a plan covers."""
        covered = [decision for decision in self.extracts.decisions if self.covers(plan, decision)]
        return min(covered, key=lambda decision: decision["decision_id"], default=None)

    def plans_once_each(self) -> list[Record]:
        """A plan that covers several decisions repeats: its row with the smallest linked decision_id stands for it."""
        once: dict[tuple[str, str], Record] = {}
        for plan in sorted(self.extracts.plans, key=self._smallest_decision_first):
            once.setdefault((plan["plan_id"], (plan["source_system"] or "").lower()), plan)
        return list(once.values())

    def _smallest_decision_first(self, plan: Record) -> tuple[bool, str]:
        decision = self.first_decision_of(plan)
        return (False, decision["decision_id"]) if decision else (True, plan["decision_id"] or "")


def refers(record: Record, target: Record, column: str) -> bool:
    """Whether a row's reference is to that target: same id, and same source system where both have one."""
    systems = {row["source_system"].lower() for row in (record, target) if row["source_system"]}
    return bool(record[column] and record[column] == target[column] and len(systems) < 2)


def among(text: str | None, texts: Iterable[str]) -> bool:
    """Whether a text is one of those listed; case makes no difference, and no text is none of them."""
    return text is not None and text.lower() in [listed.lower() for listed in texts]


def has_happened(event: date | None, day: date) -> bool:
    """A date after D has not happened."""
    return event is not None and event <= day


def is_open(investigation: Record, day: date) -> bool:
    """Opened, and not closed, by D."""
    return has_happened(investigation["opened"], day) and not has_happened(investigation["closed"], day)


def four_month_limit(investigation: Record) -> date:
    """`opened + 4 months`."""
    return add_months(investigation["opened"], 4)


def is_extended_in_time(investigation: Record) -> bool:
    """`extended` present and `≤ opened + 4 months`."""
    return has_happened(investigation["extended"], four_month_limit(investigation))


def allowed_limit(investigation: Record) -> date:
    """`extended_until` where it is later than the four-month limit and the extension came in time, else that limit."""
    limit = four_month_limit(investigation)
    until: date | None = investigation["extended_until"]
    return until if until is not None and until > limit and is_extended_in_time(investigation) else limit


def is_attached(referral: Record, day: date) -> bool:
    """Outcome *tillförd pågående utredning*, as known on D: not before the day of its decision, if that is known."""
    known = referral["decided"] is None or referral["decided"] <= day
    return known and referral["outcome"] == "tillförd pågående utredning"


def is_granted(decision: Record, day: date) -> bool:
    """Bifall or delvis bifall, decided by D."""
    return has_happened(decision["decided"], day) and decision["result"] in ("bifall", "delvis bifall")


def is_executed(decision: Record, day: date) -> bool:
    """`executed ≤ D` and partly_executed is not ja."""
    return has_happened(decision["executed"], day) and decision["partly_executed"] != "ja"


def is_ended(decision: Record, day: date) -> bool:
    """`ended ≤ D`, or `valid_to < D`."""
    return has_happened(decision["ended"], day) or (decision["valid_to"] is not None and decision["valid_to"] < day)


def ended_from(decision: Record) -> date | None:
    """The first day on which it has ended: the day of `ended`, or the one after `valid_to`."""
    days = [decision["ended"], decision["valid_to"] and add_days(decision["valid_to"], 1)]
    return min((day for day in days if day is not None), default=None)


def is_in_force(decision: Record, day: date) -> bool:
    """Granted, law SoL or LSS, executed, not ended; an interrupted service remains in force."""
    return (
        is_granted(decision, day)
        and decision["law"] in ("SoL", "LSS")
        and is_executed(decision, day)
        and not is_ended(decision, day)
    )


def is_plan_in_force(plan: Record, day: date) -> bool:
    """`established ≤ D` and not ended."""
    return has_happened(plan["established"], day) and not has_happened(plan["ended"], day)


def latest(plan: Record, day: date) -> date:
    """The latest of established, revised, followed_up that is `≤ D`."""
    dates: tuple[date | None, ...] = (plan["established"], plan["revised"], plan["followed_up"])
    return max(event for event in dates if event is not None and has_happened(event, day))


def is_within_12_months(event: date | None, day: date) -> bool:
    """`d ≤ D < d + 12 months`."""
    return event is not None and event <= day < add_months(event, 12)


def age_group(start: date | None, birth_year: int | None) -> str:
    """Age = the year of the row's own start less birth_year; nobody is younger than 0."""
    if start is None or birth_year is None or start.year < birth_year:
        return UNKNOWN
    age = start.year - birth_year
    for oldest, label in ((6, "0–6"), (12, "7–12"), (17, "13–17"), (20, "18–20"), (64, "21–64")):
        if age <= oldest:
            return label
    return "65–"
