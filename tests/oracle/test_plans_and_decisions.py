"""The oracle against cases worked out by hand: plans, decisions and their execution."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from .asking import DECISION, IN_FORCE, PLAN, REFERRAL, Ask, Record, everything, part, total


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
def test_a_plan_in_force_and_a_current_one(ask: Ask, plan: Record, in_force: int, current: int) -> None:
    tables = {"decisions": [IN_FORCE], "plans": [PLAN | plan]}
    assert part(ask("plan_in_force", window="stock", **tables)) == (in_force, 1)
    assert part(ask("plan_current", window="stock", **tables)) == (current, 1)


def test_elderly_care_renews_its_plans_twice_a_year(ask: Ask) -> None:
    plans = [PLAN | {"established": "2025-02-28"}]
    decision = IN_FORCE | {"area": "äldreomsorg"}
    # 28 February + 6 months = 28 August; 1 March + 6 months = 1 September.
    assert part(ask("plan_current", window="stock", decisions=[decision], plans=plans)) == (0, 1)
    plans = [PLAN | {"established": "2025-03-01"}]
    assert part(ask("plan_current", window="stock", decisions=[decision], plans=plans)) == (1, 1)


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
def test_services_that_need_a_plan(ask: Ask, change: Record, needs: int) -> None:
    row = ask("plan_in_force", window="stock", decisions=[IN_FORCE | change], plans=[])
    assert part(row) == (0, needs)


def test_of_several_plans_the_latest_counts(ask: Ask) -> None:
    plans = [
        PLAN | {"plan_id": "1", "established": "2025-02-01", "revised": "2025-06-01", "participation": "ja"},
        PLAN | {"plan_id": "2", "established": "2025-03-01", "revised": "2025-06-01", "participation": "nej"},
        PLAN | {"plan_id": "3", "established": "2025-03-01", "revised": "2025-06-01", "participation": "ja"},
        PLAN | {"plan_id": "9", "established": "2025-05-31", "participation": "nej"},
    ]
    tables = {"decisions": [IN_FORCE], "plans": plans}
    assert part(ask("plan_current_participation", window="stock", **tables)) == (1, 1)


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
def test_plan_within_30_days(ask: Ask, executed: str, established: str, expected: tuple[int, int]) -> None:
    tables = {"decisions": [IN_FORCE | {"executed": executed}], "plans": [PLAN | {"established": established}]}
    assert part(ask("plan_established_within_30_days", **tables)) == expected


def test_follow_up(ask: Ask) -> None:
    decisions = [IN_FORCE | {"executed": "2024-08-31", "followed_up": "2024-08-31"}]
    plans = [PLAN | {"established": "2024-09-01", "followed_up": "2024-09-01", "next_follow_up": "2025-08-31"}]
    tables = {"decisions": decisions, "plans": plans}
    assert part(ask("plan_followed_up_within_12_months", window="stock", **tables)) == (1, 1)
    assert part(ask("plan_follow_up_planned", window="stock", **tables)) == (1, 1)
    assert part(ask("service_followed_up_within_12_months", window="stock", **tables)) == (0, 1)
    tables["decisions"] = [decisions[0] | {"executed": "2024-09-01"}]
    assert part(ask("service_followed_up_within_12_months", window="stock", **tables)) == (0, 0)


def test_a_plan_that_repeats_counts_once_and_stands_where_its_first_decision_does(tmp_path: Path) -> None:
    decisions = [
        IN_FORCE | {"decision_id": "B1", "provider_unit": "Utförare 1", "gender": "kvinna"},
        IN_FORCE | {"decision_id": "B2", "provider_unit": "Utförare 2", "gender": "kvinna", "area": "Äldreomsorg"},
    ]
    plan = PLAN | {"plan_id": "G1", "established": "2025-01-01", "ended": "2025-08-31", "ended_as_planned": "ja"}
    plans = [plan | {"decision_id": "B2"}, plan | {"decision_id": "B1"}, PLAN | {"plan_id": "G2", "decision_id": ""}]
    found = everything(tmp_path, "2025T2", decisions=decisions, plans=plans)
    assert part(found[total("plan_ended_as_planned", "tertial")]) == (1, 1)
    by_unit = ("plan_ended_as_planned", "share", "tertial", 3)
    assert {key[4]: row.denominator for key, row in found.items() if key[:4] == by_unit} == {
        "Enhet A": 0,
        "Enhet P": 0,
        "Utförare 1": 1,
        "Utförare 2": 0,
    }
    assert part(found[total("plan_dated", "stock")]) == (0, 1)
    assert part(found[("plan_dated", "share", "stock", 1, "Socialnämnden", "area", "okänt")]) == (0, 1)


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
def test_unexecuted_decisions(ask: Ask, change: Record, expected: tuple[int, int]) -> None:
    row = ask("decision_unexecuted_over_3_months", window="stock", decisions=[DECISION | change])
    assert part(row) == expected


def test_persons_and_the_longest_wait_are_those_over_the_limit(tmp_path: Path) -> None:
    waiting = DECISION | {"decided": "2025-05-01"}
    interrupted = DECISION | {"executed": "2023-02-01", "interrupted": "2025-04-23", "person_id": "P2"}
    soon = DECISION | {"decided": "2025-07-01", "person_id": "P3"}
    found = everything(tmp_path, "2025T2", decisions=[waiting, waiting, interrupted, soon])
    metric = "decision_unexecuted_over_3_months"
    assert part(found[total(metric, "stock")]) == (3, 4)
    assert found[total(metric, "stock", "persons")].value == 2
    longest = found[total(metric, "stock", "longest_wait")]
    assert (longest.denominator, longest.value) == (3, Decimal("130.00"))
    by_wait = (*total(metric, "stock")[:5], "wait")
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
def test_executed_within_3_months(ask: Ask, change: Record, expected: tuple[int, int]) -> None:
    decision = DECISION | {"decided": "2025-05-31"} | change
    assert part(ask("decision_executed_within_3_months", decisions=[decision])) == expected


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
        found[total(metric, "tertial", "mean")] for metric in ("decision_wait_days", "decision_days_from_application")
    )
    assert (wait.denominator, wait.value) == (2, Decimal("5.00"))
    assert (application.denominator, application.value) == (2, Decimal("15.50"))
