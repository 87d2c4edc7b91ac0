"""The oracle itself, against cases worked out by hand: every limit on its last day and the day after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from . import Row, Settings, figures
from .days import add_months, windows
from .extracts import KEYS
from .figures import rounded, wilson
from .generate import PERIODS, generate
from .metrics import CATALOGUE
from .writing import write

Record = dict[str, Any]
Answer = Callable[..., Row]

REFERRAL = {"person_id": "P1", "unit": "Enhet A", "area": "Barn och unga", "kind": "anmälan"}
INVESTIGATION = {"person_id": "P1", "unit": "Enhet A", "area": "Barn och unga", "kind": "barnavårdsutredning"}
DECISION = {
    "person_id": "P1",
    "unit": "Enhet A",
    "area": "Funktionsnedsättning",
    "law": "LSS",
    "service": "boendestöd",
    "kind": "nytt",
    "result": "bifall",
    "decided": "2023-01-10",
}
PLAN = {"unit": "Enhet P", "decision_id": "B1"}
IN_FORCE = {**DECISION, "decision_id": "B1", "executed": "2023-02-01"}


@pytest.fixture
def ask(tmp_path: Path) -> Answer:
    """Writes rows (ids are filled in), computes 2025T2 unless said, and gives the committee's figure."""

    def answer(metric: str, *, period: str = "2025T2", window: str = "tertial", **tables: list[Record]) -> Row:
        return everything(tmp_path, period, **tables)[_key(metric, window)]

    return answer


def everything(folder: Path, period: str, **tables: list[Record]) -> dict[Any, Row]:
    """All figures of the given rows."""
    for extract, rows in tables.items():
        key = KEYS[extract][0]
        write(folder, extract, [{key: f"{number}"} | row for number, row in enumerate(rows)])
    return figures(folder, period, Settings())


def _key(metric: str, window: str, statistic: str = "share") -> tuple[Any, ...]:
    return (metric, statistic, window, 1, "Socialnämnden", "", "")


def _part(row: Row) -> tuple[int | None, int | None]:
    return row.numerator, row.denominator


# Calendar -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2023-10-31", 4, "2024-02-29"),
        ("2024-10-31", 4, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-02-28", 12, "2026-02-28"),
        ("2025-07-01", 4, "2025-11-01"),
        ("2025-11-30", 3, "2026-02-28"),
    ],
)
def test_months_are_added_to_the_earlier_date(start: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("period", "spans"),
    [
        ("2024T1", "tertial 2024-01-01 2024-04-30, ytd 2024-01-01 2024-04-30, r12 2023-05-01 2024-04-30"),
        ("2025T2", "tertial 2025-05-01 2025-08-31, ytd 2025-01-01 2025-08-31, r12 2024-09-01 2025-08-31"),
        ("2025", "ytd 2025-01-01 2025-12-31"),
        ("2025H1", "half 2025-01-01 2025-06-30"),
        ("2025Q3", "quarter 2025-07-01 2025-09-30"),
    ],
)
def test_windows_of_a_period(period: str, spans: str) -> None:
    flows, stock = windows(period)
    assert ", ".join(f"{window.name} {window.starts} {window.ends}" for window in flows) == spans
    assert stock.starts == stock.ends == flows[0].ends


# Referrals ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "decided", "expected"),
    [
        ("2025-08-17", "2025-08-31", (1, 1)),  # the 14th day is the period's last
        ("2025-08-18", "2025-08-19", (0, 0)),  # the 14th day falls after it
        ("2025-04-17", "2025-05-01", (1, 1)),  # the 14th day is the period's first
        ("2025-04-16", "2025-04-30", (0, 0)),
        ("2025-06-01", "2025-06-15", (1, 1)),
        ("2025-06-01", "2025-06-16", (0, 1)),
        ("2025-06-01", "", (0, 1)),
    ],
)
def test_preassessment_within_14_days(ask: Answer, received: str, decided: str, expected: tuple[int, int]) -> None:
    row = REFERRAL | {"received": received, "decided": decided}
    assert _part(ask("preassessment_within_14_days", referrals=[row])) == expected


def test_preassessment_counts_reports_on_children_that_opened_no_case_already(ask: Answer) -> None:
    base = REFERRAL | {"received": "2025-06-01", "decided": "2025-06-02"}
    rows = [
        base | {"outcome": "tillförd pågående utredning"},
        base | {"outcome": "tillförd pågående utredning", "decided": ""},
        base | {"outcome": "tillförd pågående utredning", "decided": "2025-09-01"},  # not known on the last day
        base | {"kind": "ansökan"},
        base | {"area": "Äldreomsorg"},
        base | {"area": "BARN OCH UNGA"},
    ]
    assert _part(ask("preassessment_within_14_days", referrals=rows)) == (1, 2)


@pytest.mark.parametrize(
    ("received", "decided", "expected"),
    [
        ("2025-08-17", "", (0, 1)),  # 14 days
        ("2025-08-16", "", (1, 1)),  # 15 days
        ("2025-08-16", "2025-08-31", (0, 0)),
        ("2025-08-16", "2025-09-01", (1, 1)),
        ("2025-08-31", "", (0, 1)),
        ("2025-09-01", "", (0, 0)),
    ],
)
def test_preassessment_open_over_14_days(ask: Answer, received: str, decided: str, expected: tuple[int, int]) -> None:
    row = REFERRAL | {"received": received, "decided": decided}
    assert _part(ask("preassessment_open_over_14_days", window="stock", referrals=[row])) == expected


@pytest.mark.parametrize(
    ("received", "assessed", "expected"),
    [
        ("2025-08-30", "2025-08-31", (1, 1)),
        ("2025-08-30", "2025-09-01", (0, 1)),
        ("2025-08-31", "2025-08-31", (0, 0)),
        ("2025-04-30", "2025-04-30", (1, 1)),
    ],
)
def test_protection_assessed_by_next_day(ask: Answer, received: str, assessed: str, expected: tuple[int, int]) -> None:
    row = REFERRAL | {"received": received, "protection_assessed": assessed}
    assert _part(ask("protection_assessed_by_next_day", referrals=[row])) == expected


@pytest.mark.parametrize(
    ("closed", "received", "kind", "expected"),
    [
        ("2024-08-31", "2025-08-31", "anmälan", (0, 1)),  # 12 months to the day
        ("2024-08-30", "2025-08-31", "anmälan", (1, 1)),
        ("2024-06-01", "2024-06-01", "ansökan", (1, 1)),  # the same day is not after
        ("2024-06-01", "2024-06-02", "ansökan", (0, 1)),
        ("2024-06-01", "2024-06-02", "övrigt", (1, 1)),
        ("2024-04-30", "2024-06-02", "anmälan", (0, 0)),
        ("2024-09-01", "2024-09-02", "anmälan", (0, 0)),
    ],
)
def test_not_returned(ask: Answer, closed: str, received: str, kind: str, expected: tuple[int, int]) -> None:
    investigation = INVESTIGATION | {"opened": "2024-02-01", "closed": closed, "person_id": "19990101-1234"}
    referral = REFERRAL | {"received": received, "kind": kind, "person_id": "990101-1234"}
    tables = {"investigations": [investigation], "referrals": [referral]}
    assert _part(ask("not_returned_within_12_months", **tables)) == expected


def test_a_leap_day_closes_its_twelve_months_on_the_28th(ask: Answer) -> None:
    investigation = INVESTIGATION | {"opened": "2024-01-01", "closed": "2024-02-29"}
    back_on_time = [REFERRAL | {"received": "2025-03-01"}]
    tables = {"investigations": [investigation], "referrals": back_on_time}
    assert _part(ask("not_returned_within_12_months", period="2025T1", **tables)) == (1, 1)


# Investigations -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("closed", "within_120", "overrun"),
    [("2025-05-01", (1, 1), (0, 0)), ("2025-05-02", (0, 1), (0, 1))],  # 120 and 121 days
)
def test_120_days(ask: Answer, closed: str, within_120: tuple[int, int], overrun: tuple[int, int]) -> None:
    rows = [INVESTIGATION | {"opened": "2025-01-01", "closed": closed}]
    assert _part(ask("investigation_within_120_days", investigations=rows)) == within_120
    assert _part(ask("investigation_overrun_extended", investigations=rows)) == overrun


@pytest.mark.parametrize(
    ("opened", "closed", "expected"),
    [
        ("2025-04-30", "2025-08-30", (1, 1)),
        ("2025-04-30", "2025-08-31", (0, 1)),
        ("2025-04-30", "", (0, 1)),
        ("2025-05-01", "2025-05-02", (0, 0)),  # its limit is 1 September
        ("2025-01-01", "2025-01-02", (1, 1)),  # its limit is 1 May
        ("2024-12-31", "2025-01-02", (0, 0)),
    ],
)
def test_four_months(ask: Answer, opened: str, closed: str, expected: tuple[int, int]) -> None:
    rows = [INVESTIGATION | {"opened": opened, "closed": closed}]
    assert _part(ask("investigation_within_4_months", investigations=rows)) == expected


@pytest.mark.parametrize(("closed", "expected"), [("2025-02-28", (1, 1)), ("2025-03-01", (0, 1))])
def test_four_months_from_the_31st_end_with_february(ask: Answer, closed: str, expected: tuple[int, int]) -> None:
    rows = [INVESTIGATION | {"opened": "2024-10-31", "closed": closed}]
    assert _part(ask("investigation_within_4_months", period="2025T1", investigations=rows)) == expected


@pytest.mark.parametrize(
    ("extended", "until", "closed", "expected"),
    [
        ("2025-05-10", "2025-08-10", "2025-08-10", (1, 1)),  # extended on the four-month limit itself
        ("2025-05-11", "2025-08-10", "2025-08-10", (0, 1)),  # too late: the limit stays 10 May
        ("2025-05-10", "2025-08-10", "2025-08-11", (0, 1)),
        ("2025-05-01", "2025-05-10", "2025-05-10", (1, 1)),  # until is not later than the limit
        ("2025-05-01", "2025-09-01", "2025-05-10", (0, 0)),  # the allowed limit falls after the period
        ("", "2025-09-01", "2025-05-10", (1, 1)),
        ("2025-05-01", "", "2025-05-10", (1, 1)),
    ],
)
def test_allowed_time(ask: Answer, extended: str, until: str, closed: str, expected: tuple[int, int]) -> None:
    row = {"opened": "2025-01-10", "closed": closed, "extended": extended, "extended_until": until}
    assert _part(ask("investigation_within_allowed_time", investigations=[INVESTIGATION | row])) == expected


@pytest.mark.parametrize(
    ("opened", "closed", "over_120", "over_allowed"),
    [
        ("2025-05-03", "", (0, 1), (0, 1)),  # 120 days
        ("2025-05-02", "", (1, 1), (0, 1)),  # 121 days, four months on 2 September
        ("2025-04-30", "", (1, 1), (1, 1)),
        ("2025-04-30", "2025-08-31", (0, 0), (0, 0)),
        ("2025-04-30", "2025-09-01", (1, 1), (1, 1)),
        ("2025-09-01", "", (0, 0), (0, 0)),
    ],
)
def test_open_investigations(
    ask: Answer, opened: str, closed: str, over_120: tuple[int, int], over_allowed: tuple[int, int]
) -> None:
    rows = [INVESTIGATION | {"opened": opened, "closed": closed}]
    assert _part(ask("investigation_open_over_120_days", window="stock", investigations=rows)) == over_120
    assert _part(ask("investigation_open_over_allowed_time", window="stock", investigations=rows)) == over_allowed


def test_a_child_investigation_has_no_kind_that_is_excepted(ask: Answer) -> None:
    base = INVESTIGATION | {"opened": "2025-05-01", "closed": "2025-06-01"}
    changes: tuple[Record, ...] = ({}, {"kind": ""}, {"kind": "VÅRDNAD"}, {"kind": "lss"}, {"area": "Äldreomsorg"})
    rows = [base | change for change in changes]
    assert _part(ask("investigation_within_120_days", investigations=rows)) == (2, 2)
    assert _part(ask("investigation_within_3_months", investigations=rows)) == (5, 5)


def test_days_and_case_workers(tmp_path: Path) -> None:
    closed = [INVESTIGATION | {"opened": "2025-06-01", "closed": f"2025-06-{1 + days:02}"} for days in (0, 1, 2, 10)]
    names = ("H1", "H1", "H1", "H2", "")
    still_open = [INVESTIGATION | {"opened": "2025-06-01", "case_worker": name} for name in names]
    found = everything(tmp_path, "2025T2", investigations=closed + still_open)
    days = [found[_key("investigation_days", "tertial", statistic)] for statistic in ("mean", "median", "p90")]
    assert [row.value for row in days] == [Decimal("3.25"), Decimal("1.50"), Decimal("7.60")]
    each = found[_key("open_investigations_per_case_worker", "stock", "mean")]
    assert (each.denominator, each.value) == (2, Decimal("2.00"))


# Plans --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "in_force", "current"),
    [
        ({"established": "2024-09-01"}, 1, 1),
        ({"established": "2024-08-31"}, 1, 0),  # D is not before 31 August 2025
        ({"established": "2023-03-01", "revised": "2024-09-01"}, 1, 1),
        ({"established": "2023-03-01", "revised": "2025-09-01"}, 1, 0),  # a revision after D has not happened
        ({"established": "2025-08-31"}, 1, 1),
        ({"established": "2025-09-01"}, 0, 0),
        ({"established": ""}, 0, 0),
        ({"established": "2025-01-01", "ended": "2025-08-31"}, 0, 0),
        ({"established": "2025-01-01", "ended": "2025-09-01"}, 1, 1),
        ({"established": "2025-01-01", "decision_id": "", "person_id": "P1", "service": "Boendestöd"}, 1, 1),
        ({"established": "2025-01-01", "decision_id": "", "person_id": "P2", "service": "boendestöd"}, 0, 0),
        ({"established": "2025-01-01", "decision_id": "", "person_id": "P1"}, 0, 0),
        ({"established": "2025-01-01", "decision_id": "B9", "person_id": "P1", "service": "boendestöd"}, 0, 0),
    ],
)
def test_a_plan_in_force_and_a_current_one(ask: Answer, plan: Record, in_force: int, current: int) -> None:
    tables = {"decisions": [IN_FORCE], "plans": [PLAN | plan]}
    assert _part(ask("plan_in_force", window="stock", **tables)) == (in_force, 1)
    assert _part(ask("plan_current", window="stock", **tables)) == (current, 1)


def test_elderly_care_renews_its_plans_twice_a_year(ask: Answer) -> None:
    plans = [PLAN | {"established": "2025-02-28"}]
    decision = IN_FORCE | {"area": "äldreomsorg"}
    # 28 February + 6 months = 28 August; 1 March + 6 months = 1 September.
    assert _part(ask("plan_current", window="stock", decisions=[decision], plans=plans)) == (0, 1)
    plans = [PLAN | {"established": "2025-03-01"}]
    assert _part(ask("plan_current", window="stock", decisions=[decision], plans=plans)) == (1, 1)


@pytest.mark.parametrize(
    ("change", "needs"),
    [
        ({}, 1),
        ({"executed": "2025-08-31"}, 1),
        ({"executed": "2025-09-01"}, 0),
        ({"partly_executed": "ja"}, 0),
        ({"ended": "2025-08-31"}, 0),
        ({"ended": "2025-09-01"}, 1),
        ({"valid_to": "2025-08-31"}, 1),
        ({"valid_to": "2025-08-30"}, 0),
        ({"interrupted": "2025-03-01"}, 1),
        ({"result": "avslag"}, 0),
        ({"result": "delvis bifall"}, 1),
        ({"law": "LVU"}, 0),
        ({"service": "TRYGGHETSLARM"}, 0),
        ({"area": "Ekonomiskt bistånd"}, 0),
        ({"kind": "omprövning"}, 1),
    ],
)
def test_services_that_need_a_plan(ask: Answer, change: Record, needs: int) -> None:
    row = ask("plan_in_force", window="stock", decisions=[IN_FORCE | change], plans=[])
    assert _part(row) == (0, needs)


def test_of_several_plans_the_latest_counts(ask: Answer) -> None:
    plans = [
        PLAN | {"plan_id": "1", "established": "2025-02-01", "revised": "2025-06-01", "participation": "ja"},
        PLAN | {"plan_id": "2", "established": "2025-03-01", "revised": "2025-06-01", "participation": "nej"},
        PLAN | {"plan_id": "3", "established": "2025-03-01", "revised": "2025-06-01", "participation": "ja"},
        PLAN | {"plan_id": "9", "established": "2025-05-31", "participation": "nej"},
    ]
    tables = {"decisions": [IN_FORCE], "plans": plans}
    assert _part(ask("plan_current_participation", window="stock", **tables)) == (1, 1)


@pytest.mark.parametrize(
    ("executed", "established", "expected"),
    [
        ("2025-08-01", "2025-08-31", (1, 1)),
        ("2025-08-01", "2025-09-01", (0, 1)),
        ("2025-08-02", "2025-08-02", (0, 0)),
        ("2025-04-01", "2025-04-01", (1, 1)),
        ("2025-03-31", "2025-04-01", (0, 0)),
    ],
)
def test_plan_within_30_days(ask: Answer, executed: str, established: str, expected: tuple[int, int]) -> None:
    tables = {"decisions": [IN_FORCE | {"executed": executed}], "plans": [PLAN | {"established": established}]}
    assert _part(ask("plan_established_within_30_days", **tables)) == expected


def test_follow_up(ask: Answer) -> None:
    decisions = [IN_FORCE | {"executed": "2024-08-31", "followed_up": "2024-08-31"}]
    plans = [PLAN | {"established": "2024-09-01", "followed_up": "2024-09-01", "next_follow_up": "2025-08-31"}]
    tables = {"decisions": decisions, "plans": plans}
    assert _part(ask("plan_followed_up_within_12_months", window="stock", **tables)) == (1, 1)
    assert _part(ask("plan_follow_up_planned", window="stock", **tables)) == (1, 1)
    assert _part(ask("service_followed_up_within_12_months", window="stock", **tables)) == (0, 1)
    tables["decisions"] = [decisions[0] | {"executed": "2024-09-01"}]
    assert _part(ask("service_followed_up_within_12_months", window="stock", **tables)) == (0, 0)


def test_a_plan_that_repeats_counts_once_and_stands_where_its_first_decision_does(tmp_path: Path) -> None:
    decisions = [
        IN_FORCE | {"decision_id": "B1", "provider_unit": "Utförare 1", "gender": "kvinna"},
        IN_FORCE | {"decision_id": "B2", "provider_unit": "Utförare 2", "gender": "kvinna", "area": "Äldreomsorg"},
    ]
    plan = PLAN | {"plan_id": "G1", "established": "2025-01-01", "ended": "2025-08-31", "ended_as_planned": "ja"}
    plans = [plan | {"decision_id": "B2"}, plan | {"decision_id": "B1"}, PLAN | {"plan_id": "G2", "decision_id": ""}]
    found = everything(tmp_path, "2025T2", decisions=decisions, plans=plans)
    assert _part(found[_key("plan_ended_as_planned", "tertial")]) == (1, 1)
    by_unit = ("plan_ended_as_planned", "share", "tertial", 3)
    assert {key[4]: row.denominator for key, row in found.items() if key[:4] == by_unit} == {
        "Enhet A": 0,
        "Enhet P": 0,
        "Utförare 1": 1,
        "Utförare 2": 0,
    }
    assert _part(found[_key("plan_dated", "stock")]) == (0, 1)
    assert _part(found[("plan_dated", "share", "stock", 1, "Socialnämnden", "area", "okänt")]) == (0, 1)


# Decisions ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"decided": "2025-05-31"}, (0, 1)),  # the limit is 31 August
        ({"decided": "2025-05-30"}, (1, 1)),
        ({"decided": "2025-05-30", "executed": "2025-08-31"}, (0, 0)),
        ({"decided": "2025-05-30", "executed": "2025-09-01"}, (1, 1)),
        ({"decided": "2025-05-30", "executed": "2025-06-01", "partly_executed": "ja"}, (1, 1)),
        ({"decided": "2025-05-30", "ended": "2025-08-31"}, (0, 0)),
        ({"decided": "2025-05-30", "valid_to": "2025-08-31"}, (1, 1)),
        ({"decided": "2025-09-01"}, (0, 0)),
        ({"kind": ""}, (1, 1)),
        ({"kind": "förlängt"}, (0, 0)),
        ({"law": "LVM"}, (0, 0)),
        ({"area": "ekonomiskt bistånd"}, (0, 0)),
        ({"executed": "2023-02-01", "interrupted": "2025-05-31"}, (0, 1)),
        ({"executed": "2023-02-01", "interrupted": "2025-05-30"}, (1, 1)),
        ({"executed": "2023-02-01", "interrupted": "2025-05-30", "resumed": "2025-08-31"}, (0, 0)),
        ({"executed": "2023-02-01", "interrupted": "2025-05-30", "resumed": "2025-09-01"}, (1, 1)),
        ({"executed": "2023-02-01", "interrupted": "2025-05-30", "ended": "2025-06-30"}, (0, 0)),
    ],
)
def test_unexecuted_decisions(ask: Answer, change: Record, expected: tuple[int, int]) -> None:
    row = ask("decision_unexecuted_over_3_months", window="stock", decisions=[DECISION | change])
    assert _part(row) == expected


def test_persons_and_the_longest_wait_are_those_over_the_limit(tmp_path: Path) -> None:
    waiting = DECISION | {"decided": "2025-05-01"}
    interrupted = DECISION | {"executed": "2023-02-01", "interrupted": "2025-04-23", "person_id": "P2"}
    soon = DECISION | {"decided": "2025-07-01", "person_id": "P3"}
    found = everything(tmp_path, "2025T2", decisions=[waiting, waiting, interrupted, soon])
    metric = "decision_unexecuted_over_3_months"
    assert _part(found[_key(metric, "stock")]) == (3, 4)
    assert found[_key(metric, "stock", "persons")].value == 2
    longest = found[_key(metric, "stock", "longest_wait")]
    assert (longest.denominator, longest.value) == (3, Decimal("130.00"))
    by_wait = (*_key(metric, "stock")[:5], "wait")
    assert {key[6]: row.denominator for key, row in found.items() if key[:6] == by_wait} == {
        "ej påbörjad": 3,
        "avbruten": 1,
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"executed": "2025-08-31"}, (1, 1)),
        ({"executed": "2025-09-01"}, (0, 1)),
        ({"executed": ""}, (0, 1)),
        ({"ended": "2025-08-31"}, (0, 0)),
        ({"ended": "2025-09-01"}, (0, 1)),
        ({"ended": "2025-08-31", "executed": "2025-07-01"}, (1, 1)),
        ({"executed": "2025-05-20"}, (1, 1)),
        ({"decided": "2025-06-01"}, (0, 0)),
        ({"decided": "2025-01-31"}, (0, 0)),
        ({"decided": "2025-02-01"}, (0, 1)),
    ],
)
def test_executed_within_3_months(ask: Answer, change: Record, expected: tuple[int, int]) -> None:
    decision = DECISION | {"decided": "2025-05-31"} | change
    assert _part(ask("decision_executed_within_3_months", decisions=[decision])) == expected


def test_waits(tmp_path: Path) -> None:
    decisions = [
        DECISION | {"decided": "2025-06-01", "executed": "2025-05-30"},  # urgent: 0 days
        DECISION | {"decided": "2025-06-01", "executed": "2025-06-11", "referral_id": "0"},
        DECISION | {"decided": "2025-06-01", "executed": "2025-07-01", "partly_executed": "ja", "referral_id": "1"},
        DECISION | {"decided": "2025-06-01", "result": "avslag", "law": "LVM", "referral_id": "2"},
    ]
    referrals = [
        REFERRAL | {"kind": "ansökan", "received": "2025-05-01"},
        REFERRAL | {"kind": "anmälan", "received": "2025-05-01"},
        REFERRAL | {"kind": "ansökan", "received": "2025-06-01"},
    ]
    found = everything(tmp_path, "2025T2", decisions=decisions, referrals=referrals)
    wait, application = (
        found[_key(metric, "tertial", "mean")] for metric in ("decision_wait_days", "decision_days_from_application")
    )
    assert (wait.denominator, wait.value) == (2, Decimal("5.00"))
    assert (application.denominator, application.value) == (2, Decimal("15.50"))


# Levels, breakdowns, missing data, rows -------------------------------------------------------------------------------


def test_programmes_and_units_are_those_of_the_register_on_the_last_day(tmp_path: Path) -> None:
    units = [
        {"unit": "Enhet A", "programme": "Förr", "area": "Barn och unga", "valid_to": "2025-08-30"},
        {"unit": "Enhet A", "programme": "Nu", "area": "Barn och unga", "valid_from": "2025-08-31"},
        {"unit": "Enhet B", "programme": "Nu", "area": "Barn och unga", "valid_from": "2025-09-01"},
    ]
    base = REFERRAL | {"received": "2025-06-01"}
    changes: tuple[Record, ...] = ({}, {"unit": "ENHET A"}, {"unit": "Enhet B"}, {"unit": "Enhet C", "area": "Vuxna"})
    referrals = [base | change for change in changes]
    found = everything(tmp_path, "2025T2", units=units, referrals=referrals)
    metric = ("referrals", "count", "tertial")
    assert {key[3:5]: row.value for key, row in found.items() if key[:3] == metric and not key[5]} == {
        (1, "Socialnämnden"): 4,
        (2, "Förr"): 0,
        (2, "Nu"): 2,
        (2, "Barn och unga"): 1,
        (2, "Vuxna"): 1,
        (3, "Enhet A"): 2,
        (3, "Enhet B"): 1,
        (3, "Enhet C"): 1,
    }


def test_categories_stand_on_every_level_and_window_where_any_window_has_them(tmp_path: Path) -> None:
    referrals = [
        REFERRAL | {"received": "2025-01-01", "gender": "Kvinna", "birth_year": "2018", "source": "Skola"},
        REFERRAL | {"received": "2025-06-01", "birth_year": "2018", "source": "skola", "unit": "Enhet B"},
        REFERRAL | {"received": "2025-06-02", "birth_year": "2007", "source": "skola"},
        REFERRAL | {"received": "2025-06-02", "birth_year": ""},
    ]
    found = everything(tmp_path, "2025T2", referrals=referrals)
    unit = ("referrals", "count", "tertial", 3, "Enhet B")
    assert {key[5:]: row.value for key, row in found.items() if key[:5] == unit} == {
        ("", ""): 1,
        ("area", "Barn och unga"): 1,
        ("gender", "kvinna"): 0,
        ("gender", "okänt"): 1,
        ("age_group", "7–12"): 1,
        ("age_group", "18–20"): 0,
        ("age_group", "okänt"): 0,
        ("kind", "anmälan"): 1,
        ("source", "skola"): 1,
        ("source", "ej angivet"): 0,
    }


def test_missing_extracts_and_columns_are_no_zeroes(tmp_path: Path) -> None:
    write(tmp_path, "referrals", [], ("referral_id", "person_id", "unit", "area", "kind", "received"))
    found = figures(tmp_path, "2025T2", Settings())
    assert found[_key("referrals", "ytd", "count")].value == 0
    missing = [key for key in found if key[0] == "preassessment_within_14_days"]
    assert missing == [_key("preassessment_within_14_days", window) for window in ("tertial", "ytd", "r12")]
    assert found[_key("preassessment_within_14_days", "ytd")].denominator is None
    assert found[_key("investigations_open", "stock", "count")].denominator is None


def test_duplicates_conflicts_and_later_files(tmp_path: Path) -> None:
    def row(number: int, **change: str) -> Record:
        return REFERRAL | {"referral_id": f"A{number}", "received": "2025-06-01"} | change

    write(tmp_path, "referrals", [row(1), row(2), row(3), row(4, area="Äldreomsorg")], suffix="_1")
    write(tmp_path, "referrals", [row(3), row(3, kind="övrigt"), row(4), row(4), row(5)], suffix="_2")
    found = figures(tmp_path, "2025T2", Settings())
    assert found[_key("referrals", "tertial", "count")].value == 4  # 1, 2, 4, 5: the conflict on 3 revives no older row
    assert found[("referrals", "count", "tertial", 1, "Socialnämnden", "area", "Barn och unga")].value == 4


def test_crosses_answer_and_their_absence_denies(ask: Answer) -> None:
    ended = PLAN | {"established": "2025-01-01", "ended": "2025-06-01"}
    plans = [ended | {"ended_as_planned": answer} for answer in ("x", "", "")]
    assert _part(ask("plan_ended_as_planned", plans=plans)) == (1, 3)
    plans = [ended | {"ended_as_planned": answer} for answer in ("ja", "nej", "")]
    assert _part(ask("plan_ended_as_planned", plans=plans)) == (1, 2)


# Numbers ------------------------------------------------------------------------------------------------------------


def test_rounding_is_half_up() -> None:
    assert rounded(Fraction(1, 8), 2) == Decimal("0.13")
    assert rounded(Fraction(5, 1000), 2) == Decimal("0.01")
    assert rounded(Fraction(1, 3), 6) == Decimal("0.333333")


def test_wilson_against_published_intervals() -> None:
    """Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    published = {(81, 263): (".2553", ".3662"), (15, 148): (".0624", ".1605"), (0, 20): (".0000", ".1611")}
    published[(1, 29)] = (".0061", ".1718")
    for (hits, n), expected in published.items():
        assert tuple(str(bound.quantize(Decimal("0.0001")))[1:] for bound in wilson(hits, n)) == expected


def test_the_generator_gives_the_same_files_for_a_seed(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        generate(tmp_path / name, 4)
    one, other = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "other"))
    assert one == other


def test_the_generator_reaches_every_metric(tmp_path: Path) -> None:
    """Over a few seeds, every share has cases on both sides of its limit, and everything else has rows."""
    hits: Counter[str] = Counter()
    misses: Counter[str] = Counter()
    for seed in range(12):
        folder = tmp_path / str(seed)
        folder.mkdir()
        generate(folder, seed)
        for period in PERIODS:
            for (metric, statistic, *_), row in figures(folder, period, Settings()).items():
                hit = row.numerator if statistic == "share" else row.denominator
                hits[metric] += hit or 0
                misses[metric] += (row.denominator or 0) - (hit or 0) if statistic == "share" else 1
    assert {metric.name for metric in CATALOGUE} == {name for name in hits if hits[name] and misses[name]}
