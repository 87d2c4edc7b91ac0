"""The trickiest definitions on a handful of rows each: what happens on the very day of a limit, and as of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from pipeline import database
from pipeline.config import Limits
from pipeline.database import Database
from pipeline.metrics import catalogue, prepare
from pipeline.periods import Period
from pipeline.places import ROOT
from pipeline.schemas import EXTRACTS
from tests.unit import builders

CATALOGUE = catalogue.read()
CHILDREN, ELDERLY = "Barn och unga", "Äldreomsorg"
DEFAULTS: dict[str, dict[str, Any]] = {
    "referrals": {"person_id": "p", "unit": "Mottagningen", "area": CHILDREN, "kind": "anmälan"},
    "investigations": {"person_id": "p", "unit": "Barnenheten", "area": CHILDREN},
    "decisions": {
        "person_id": "p", "unit": "Bistånd", "area": ELDERLY, "law": "SoL", "service": "Hemtjänst", "result": "bifall",
    },
    "plans": {"unit": "Hemtjänsten"},
}  # fmt: skip
TODAY = date(2026, 12, 31)
T2 = Period.parse("2026T2")  # 1 May – 31 August 2026
LAST = T2.ends


def day(text: str) -> date:
    return date.fromisoformat(text)


class Case:
    """Rows by table, and what a metric says of them in a window of a period."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._prepared = False  # by the first question, with its period and limits
        db.run("create schema loaded")
        for table in (*EXTRACTS, "delivered"):
            db.script(ROOT / "sql" / "tables" / f"{table}.sql")

    def add(self, table: str, **row: Any) -> None:
        row = {**DEFAULTS[table], **row}
        columns, marks = ", ".join(row), ", ".join("?" for _ in row)
        self._db.run(f"insert into loaded.{table} ({columns}) values ({marks})", list(row.values()))

    def rows(self, metric: str, window: str, period: Period = T2, **limits: Any) -> dict[str, dict[str, Any]]:
        """The metric's rows in a window by case id."""
        if not self._prepared:
            prepare(self._db, builders.config(limits=Limits(**limits)), period, TODAY)
            self._prepared = True
        frame = self._db.frame(f"select * from ({CATALOGUE[metric].sql}) where window_id = ?", [window])
        return {record["case_id"]: record for record in frame.to_dict("records")}

    def hits(self, metric: str, window: str, period: Period = T2, **limits: Any) -> dict[str, bool]:
        """Case id → whether it stands in the numerator."""
        return {case: bool(row["hit"]) for case, row in self.rows(metric, window, period, **limits).items()}


@pytest.fixture
def case() -> Iterator[Case]:
    with database.in_memory() as db:
        yield Case(db)


def test_the_hundred_and_twentieth_day_is_within_and_the_next_is_not(case: Case) -> None:
    for days in (120, 121):
        case.add("investigations", investigation_id=f"{days}", opened=LAST - timedelta(days), closed=LAST)

    assert case.hits("investigation_within_120_days", "ytd") == {"120": True, "121": False}


def test_an_open_investigation_is_over_120_days_on_the_hundred_and_twenty_first(case: Case) -> None:
    for days in (120, 121):
        case.add("investigations", investigation_id=f"{days}", opened=LAST - timedelta(days))
    case.add("investigations", investigation_id="closed later", opened=day("2026-01-01"), closed=day("2026-09-03"))
    case.add("investigations", investigation_id="opened later", opened=day("2026-09-01"))

    assert case.hits("investigation_open_over_120_days", "stock") == {"120": False, "121": True, "closed later": True}


def test_investigations_of_kinds_that_are_not_childrens_are_left_out_whatever_their_case(case: Case) -> None:
    for kind in ("VÅRDNAD", None, "Barnavård"):
        case.add("investigations", investigation_id=f"{kind}", opened=LAST, closed=LAST, kind=kind)
    case.add("investigations", investigation_id="adult", opened=LAST, closed=LAST, area="Vuxna")

    hits = case.hits("investigation_within_120_days", "ytd", not_child_kinds=("vårdnad",))
    assert set(hits) == {"None", "Barnavård"}


def test_the_fourteenth_day_is_within_and_decides_which_window_a_report_belongs_to(case: Case) -> None:
    received = T2.starts - timedelta(14)
    case.add("referrals", referral_id="14", received=received, decided=received + timedelta(14))
    case.add("referrals", referral_id="15", received=received, decided=received + timedelta(15))
    case.add("referrals", referral_id="undecided", received=LAST - timedelta(14))
    case.add("referrals", referral_id="due before", received=received - timedelta(1))
    case.add("referrals", referral_id="due after", received=LAST - timedelta(13))

    hits = case.hits("preassessment_within_14_days", "tertial")
    assert hits == {"14": True, "15": False, "undecided": False}


def test_joining_an_open_investigation_counts_from_the_day_it_was_decided(case: Case) -> None:
    received, joined = LAST - timedelta(20), "tillförd pågående utredning"
    case.add("referrals", referral_id="by then", received=received, decided=LAST, outcome=joined)
    case.add("referrals", referral_id="later", received=received, decided=LAST + timedelta(1), outcome=joined)
    case.add("referrals", referral_id="some day", received=received, outcome=joined)

    assert case.hits("preassessment_within_14_days", "tertial") == {"later": False}
    assert case.hits("preassessment_open_over_14_days", "stock") == {"later": True}


@pytest.fixture
def four_months(case: Case) -> Case:
    """Opened on the 31st of October: the limit is the last day of February."""
    for year in (2023, 2024):
        last = date(year + 1, 3, 1) - timedelta(1)
        for closed in (last, last + timedelta(1)):
            case.add("investigations", investigation_id=f"{closed:%Y-%m-%d}", opened=date(year, 10, 31), closed=closed)
    return case


@pytest.mark.parametrize(("year", "within", "late"), [("2024", "02-29", "03-01"), ("2025", "02-28", "03-01")])
def test_four_months_from_the_31st_of_october_end_with_february(
    four_months: Case, year: str, within: str, late: str
) -> None:
    hits = four_months.hits("investigation_within_4_months", "ytd", Period.parse(f"{year}T1"))

    assert hits == {f"{year}-{within}": True, f"{year}-{late}": False}


def test_only_an_extension_in_time_to_a_later_day_moves_the_limit(case: Case) -> None:
    opened, limit = day("2026-02-10"), day("2026-06-10")
    closed = until = day("2026-07-20")
    case.add("investigations", investigation_id="in time", opened=opened, closed=closed, extended=limit,
             extended_until=until)  # fmt: skip
    case.add("investigations", investigation_id="too late", opened=opened, closed=closed,
             extended=limit + timedelta(1), extended_until=until)  # fmt: skip
    case.add("investigations", investigation_id="undated", opened=opened, closed=closed, extended_until=until)
    case.add("investigations", investigation_id="not later", opened=opened, closed=closed, extended=limit,
             extended_until=limit)  # fmt: skip
    case.add("investigations", investigation_id="due after", opened=opened, extended=limit,
             extended_until=LAST + timedelta(1))  # fmt: skip

    hits = case.hits("investigation_within_allowed_time", "tertial")
    assert hits == {"in time": True, "too late": False, "undated": False, "not later": False}
    assert case.hits("investigation_open_over_allowed_time", "stock") == {"due after": False}


@pytest.mark.parametrize(
    ("received", "kind", "returned"),
    [
        ("2024-02-29", "anmälan", False),  # the very day of closing
        ("2024-03-01", "ansökan", True),
        ("2025-02-28", "anmälan", True),  # twelve months on
        ("2025-03-01", "anmälan", False),
        ("2024-06-01", "begäran om yttrande", False),
    ],
)
def test_a_return_is_a_report_or_application_within_twelve_months(
    case: Case, received: str, kind: str, returned: bool
) -> None:
    case.add("investigations", investigation_id="i", opened=day("2024-02-01"), closed=day("2024-02-29"))
    case.add("referrals", referral_id="r", received=day(received), kind=kind, area="Vuxna")

    hits = case.hits("not_returned_within_12_months", "month_2025_02", Period.parse("2025T1"))
    assert hits == {"i": not returned}


def test_rows_of_the_caseload_name_their_case_worker(case: Case) -> None:
    case.add("investigations", investigation_id="a", opened=LAST, case_worker="h")
    case.add("investigations", investigation_id="nobody's", opened=LAST)

    rows = case.rows("open_investigations_per_case_worker", "stock")
    assert {case_id: row["case_worker"] for case_id, row in rows.items()} == {"a": "h"}


# --- decisions ------------------------------------------------------------------------------------------------------


def test_what_waits_on_a_day(case: Case) -> None:
    decided = day("2026-05-31")  # three months on is the last day itself
    case.add("decisions", decision_id="limit today", decided=decided)
    case.add("decisions", decision_id="over", decided=decided - timedelta(1))
    case.add("decisions", decision_id="in part", decided=decided - timedelta(1), executed=decided, partly_executed=True)
    case.add("decisions", decision_id="executed later", decided=decided, executed=LAST + timedelta(1))
    case.add("decisions", decision_id="executed", decided=decided, executed=LAST)
    case.add("decisions", decision_id="ended", decided=decided, ended=LAST)
    case.add("decisions", decision_id="valid today", decided=decided, valid_to=LAST)
    case.add("decisions", decision_id="ran out", decided=decided, valid_to=LAST - timedelta(1))
    case.add("decisions", decision_id="prolonged", decided=decided, kind="förlängt")
    case.add("decisions", decision_id="refused", decided=decided, result="avslag")
    case.add("decisions", decision_id="money", decided=decided, area="ekonomiskt bistånd")

    hits = case.hits("decision_unexecuted_over_3_months", "stock", execution_exempt_areas=("Ekonomiskt bistånd",))
    assert hits == {
        "limit today": False, "over": True, "in part": True, "executed later": False, "valid today": False,
    }  # fmt: skip


def test_an_interrupted_service_waits_from_the_interruption_until_it_is_resumed(case: Case) -> None:
    known = {"decided": day("2025-01-01"), "executed": day("2025-01-02")}
    cut = day("2026-05-30")
    case.add("decisions", decision_id="cut", **known, interrupted=cut)
    case.add("decisions", decision_id="resumed", **known, interrupted=cut, resumed=LAST)
    case.add("decisions", decision_id="resumed later", **known, interrupted=cut, resumed=LAST + timedelta(1))
    case.add("decisions", decision_id="cut later", **known, interrupted=LAST + timedelta(1))
    case.add("decisions", decision_id="never begun", decided=day("2026-06-30"), interrupted=day("2026-07-01"))

    rows = case.rows("decision_unexecuted_over_3_months", "stock")
    told = {case_id: (row["wait"], row["wait_days"], bool(row["hit"])) for case_id, row in rows.items()}
    assert told == {
        "cut": ("avbruten", 93, True),
        "resumed later": ("avbruten", 93, True),
        "never begun": ("ej påbörjad", 62, False),
    }


def test_ended_by_the_limit_is_left_out_unless_executed_by_it(case: Case) -> None:
    decided, limit = day("2026-03-31"), day("2026-06-30")
    case.add("decisions", decision_id="in time", decided=decided, executed=limit)
    case.add("decisions", decision_id="late", decided=decided, executed=limit + timedelta(1))
    case.add("decisions", decision_id="executed and ended", decided=decided, executed=limit, ended=limit)
    case.add("decisions", decision_id="ended", decided=decided, ended=limit)
    case.add("decisions", decision_id="ran out", decided=decided, valid_to=limit - timedelta(1))
    case.add("decisions", decision_id="ended after", decided=decided, ended=limit + timedelta(1))

    hits = case.hits("decision_executed_within_3_months", "tertial")
    assert hits == {"in time": True, "late": False, "executed and ended": True, "ended after": False}


def test_a_service_that_began_before_its_decision_waited_no_day(case: Case) -> None:
    case.add("decisions", decision_id="urgent", decided=LAST, executed=LAST - timedelta(3))
    case.add("decisions", decision_id="next week", decided=LAST - timedelta(7), executed=LAST)

    rows = case.rows("decision_wait_days", "tertial")
    assert {case_id: row["value"] for case_id, row in rows.items()} == {"urgent": 0, "next week": 7}


def test_an_application_is_found_in_the_decisions_own_case_system(case: Case) -> None:
    for system, days in (("A", 10), ("B", 20)):
        case.add("referrals", referral_id="1", source_system=system, kind="ansökan", received=LAST - timedelta(days))
    case.add("decisions", decision_id="of B", referral_id="1", source_system="B", decided=LAST)
    case.add("decisions", decision_id="same day", referral_id="1", source_system="A", decided=LAST - timedelta(10))
    case.add("decisions", decision_id="before", referral_id="1", source_system="A", decided=LAST - timedelta(11))

    rows = case.rows("decision_days_from_application", "tertial")
    assert {case_id: row["value"] for case_id, row in rows.items()} == {"of B": 20, "same day": 0}


# --- plans ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def service(case: Case) -> Case:
    """One service in force since January 2025."""
    case.add("decisions", decision_id="d", decided=day("2025-01-01"), executed=day("2025-01-10"),
             provider_unit="Hemtjänst Söder")  # fmt: skip
    return case


def test_a_plan_is_current_until_the_day_its_months_have_run_out(service: Case) -> None:
    service.add("plans", plan_id="x", decision_id="d", established=day("2025-08-31"))

    assert service.hits("plan_in_force", "stock") == {"d": True}
    assert service.hits("plan_current", "stock") == {"d": False}


@pytest.mark.parametrize(("followed_up", "is_current"), [("2025-10-31", False), ("2025-11-01", True)])
def test_six_months_in_elderly_care_from_the_latest_day(service: Case, followed_up: str, is_current: bool) -> None:
    service.add("plans", plan_id="x", decision_id="d", established=day("2025-02-01"), followed_up=day(followed_up))

    months = {"default": 12, ELDERLY.upper(): 6}
    assert service.hits("plan_current", "stock", Period.parse("2026T1"), plan_current_months=months) == {
        "d": is_current
    }


def test_of_plans_as_late_the_later_established_is_the_services_own_then_the_greater_id(service: Case) -> None:
    same = {"decision_id": "d", "followed_up": day("2026-07-01")}
    service.add("plans", plan_id="9", established=day("2026-01-01"), participation=False, **same)
    service.add("plans", plan_id="1", established=day("2026-02-01"), participation=False, **same)
    service.add("plans", plan_id="2", established=day("2026-02-01"), participation=True, **same)
    service.add("plans", plan_id="3", established=day("2026-03-01"), participation=False, decision_id="d")
    service.add("plans", plan_id="4", established=LAST + timedelta(1), participation=False, decision_id="d")

    assert service.hits("plan_current_participation", "stock") == {"d": True}


def test_a_follow_up_counts_for_twelve_months_less_a_day_and_not_before_it_has_happened(service: Case) -> None:
    service.add("plans", plan_id="x", decision_id="d", established=day("2025-01-15"), followed_up=day("2025-09-01"))
    service.add("decisions", decision_id="e", decided=day("2025-01-01"), executed=day("2025-01-10"))
    service.add("plans", plan_id="y", decision_id="e", established=day("2025-01-15"), revised=day("2025-08-31"),
                followed_up=LAST + timedelta(1))  # fmt: skip

    assert service.hits("plan_followed_up_within_12_months", "stock") == {"d": True, "e": False}


def test_the_authoritys_follow_up_counts_for_twelve_months_less_a_day(case: Case) -> None:
    known = {"decided": day("2025-01-01"), "executed": day("2025-08-31")}
    case.add("decisions", decision_id="within", **known, followed_up=day("2025-09-01"))
    case.add("decisions", decision_id="out", **known, followed_up=day("2025-08-31"))
    case.add("decisions", decision_id="later", **known, followed_up=LAST + timedelta(1))
    case.add("decisions", decision_id="too new", decided=day("2025-01-01"), executed=day("2025-09-01"))

    hits = case.hits("service_followed_up_within_12_months", "stock")
    assert hits == {"within": True, "out": False, "later": False}


def test_a_plan_without_decision_covers_the_persons_granted_ones_of_the_service(case: Case) -> None:
    known = {"decided": day("2025-01-01"), "executed": day("2025-01-10")}
    case.add("decisions", decision_id="a", **known, service="hemtjänst", gender="kvinna")
    case.add("decisions", decision_id="b", **known)
    case.add("decisions", decision_id="other service", **known, service="Boendestöd")
    case.add("decisions", decision_id="other person", **known, person_id="q")
    case.add("plans", plan_id="x", person_id="p", service="HEMTJÄNST", established=day("2026-01-01"))

    assert case.hits("plan_in_force", "stock") == {"a": True, "b": True, "other service": False, "other person": False}
    dated = case.rows("plan_dated", "stock")
    assert [(row["area"], row["gender"]) for row in dated.values()] == [(ELDERLY, "kvinna")]


def test_a_plan_for_two_decisions_is_one_plan_and_stands_on_the_first_ones_provider(service: Case) -> None:
    service.add("decisions", decision_id="c", decided=day("2025-01-01"), provider_unit="Boendet")
    for decision in ("d", "c", "nowhere"):
        service.add("plans", plan_id="x", decision_id=decision, ended=LAST, ended_as_planned=True)

    rows = service.rows("plan_ended_as_planned", "tertial")
    assert {case_id: row["unit"] for case_id, row in rows.items()} == {"x": "Boendet"}
    assert service.rows("plan_dated", "stock") == {}


def test_a_plan_is_awaited_for_thirty_days_even_if_the_service_has_ended(case: Case) -> None:
    known = {"decided": day("2026-07-01"), "executed": day("2026-08-01")}
    for plan, established in (("30", LAST), ("31", LAST + timedelta(1))):
        case.add("decisions", decision_id=plan, **known)
        case.add("plans", plan_id=plan, decision_id=plan, established=established)
    case.add("decisions", decision_id="ended", **known, ended=LAST)
    case.add("decisions", decision_id="alarm", **known, service="Trygghetslarm")
    case.add("decisions", decision_id="due later", decided=day("2026-07-01"), executed=day("2026-08-02"))

    hits = case.hits("plan_established_within_30_days", "tertial", plan_exempt_services=("trygghetslarm",))
    assert hits == {"30": True, "31": False, "ended": False}
