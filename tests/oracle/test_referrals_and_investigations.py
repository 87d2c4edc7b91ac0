"""The oracle against cases worked out by hand: every limit on its last day and the day after."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from .asking import INVESTIGATION, REFERRAL, Ask, Record, everything, part, total


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
def test_preassessment_within_14_days(ask: Ask, received: str, decided: str, expected: tuple[int, int]) -> None:
    row = REFERRAL | {"received": received, "decided": decided}
    assert part(ask("preassessment_within_14_days", referrals=[row])) == expected


def test_preassessment_counts_reports_on_children_that_opened_no_case_already(ask: Ask) -> None:
    base = REFERRAL | {"received": "2025-06-01", "decided": "2025-06-02"}
    rows = [
        base | {"outcome": "tillförd pågående utredning"},
        base | {"outcome": "tillförd pågående utredning", "decided": ""},
        base | {"outcome": "tillförd pågående utredning", "decided": "2025-09-01"},  # not known on the last day
        base | {"kind": "ansökan"},
        base | {"area": "Äldreomsorg"},
        base | {"area": "BARN OCH UNGA"},
    ]
    assert part(ask("preassessment_within_14_days", referrals=rows)) == (1, 2)


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
def test_preassessment_open_over_14_days(ask: Ask, received: str, decided: str, expected: tuple[int, int]) -> None:
    row = REFERRAL | {"received": received, "decided": decided}
    assert part(ask("preassessment_open_over_14_days", window="stock", referrals=[row])) == expected


@pytest.mark.parametrize(
    ("received", "assessed", "expected"),
    [
        ("2025-08-30", "2025-08-31", (1, 1)),
        ("2025-08-30", "2025-09-01", (0, 1)),
        ("2025-08-31", "2025-08-31", (0, 0)),
        ("2025-04-30", "2025-04-30", (1, 1)),
    ],
)
def test_protection_assessed_by_next_day(ask: Ask, received: str, assessed: str, expected: tuple[int, int]) -> None:
    row = REFERRAL | {"received": received, "protection_assessed": assessed}
    assert part(ask("protection_assessed_by_next_day", referrals=[row])) == expected


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
def test_not_returned(ask: Ask, closed: str, received: str, kind: str, expected: tuple[int, int]) -> None:
    investigation = INVESTIGATION | {"opened": "2024-02-01", "closed": closed, "person_id": "19990101-1234"}
    referral = REFERRAL | {"received": received, "kind": kind, "person_id": "990101-1234"}
    tables = {"investigations": [investigation], "referrals": [referral]}
    assert part(ask("not_returned_within_12_months", **tables)) == expected


def test_a_leap_day_closes_its_twelve_months_on_the_28th(ask: Ask) -> None:
    investigation = INVESTIGATION | {"opened": "2024-01-01", "closed": "2024-02-29"}
    back_on_time = [REFERRAL | {"received": "2025-03-01"}]
    tables = {"investigations": [investigation], "referrals": back_on_time}
    assert part(ask("not_returned_within_12_months", period="2025T1", **tables)) == (1, 1)


# Investigations -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("closed", "within_120", "overrun"),
    [("2025-05-01", (1, 1), (0, 0)), ("2025-05-02", (0, 1), (0, 1))],  # 120 and 121 days
)
def test_120_days(ask: Ask, closed: str, within_120: tuple[int, int], overrun: tuple[int, int]) -> None:
    rows = [INVESTIGATION | {"opened": "2025-01-01", "closed": closed}]
    assert part(ask("investigation_within_120_days", investigations=rows)) == within_120
    assert part(ask("investigation_overrun_extended", investigations=rows)) == overrun


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
def test_four_months(ask: Ask, opened: str, closed: str, expected: tuple[int, int]) -> None:
    rows = [INVESTIGATION | {"opened": opened, "closed": closed}]
    assert part(ask("investigation_within_4_months", investigations=rows)) == expected


@pytest.mark.parametrize(("closed", "expected"), [("2025-02-28", (1, 1)), ("2025-03-01", (0, 1))])
def test_four_months_from_the_31st_end_with_february(ask: Ask, closed: str, expected: tuple[int, int]) -> None:
    rows = [INVESTIGATION | {"opened": "2024-10-31", "closed": closed}]
    assert part(ask("investigation_within_4_months", period="2025T1", investigations=rows)) == expected


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
def test_allowed_time(ask: Ask, extended: str, until: str, closed: str, expected: tuple[int, int]) -> None:
    row = {"opened": "2025-01-10", "closed": closed, "extended": extended, "extended_until": until}
    assert part(ask("investigation_within_allowed_time", investigations=[INVESTIGATION | row])) == expected


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
    ask: Ask, opened: str, closed: str, over_120: tuple[int, int], over_allowed: tuple[int, int]
) -> None:
    rows = [INVESTIGATION | {"opened": opened, "closed": closed}]
    assert part(ask("investigation_open_over_120_days", window="stock", investigations=rows)) == over_120
    assert part(ask("investigation_open_over_allowed_time", window="stock", investigations=rows)) == over_allowed


def test_a_child_investigation_has_no_kind_that_is_excepted(ask: Ask) -> None:
    base = INVESTIGATION | {"opened": "2025-05-01", "closed": "2025-06-01"}
    changes: tuple[Record, ...] = ({}, {"kind": ""}, {"kind": "VÅRDNAD"}, {"kind": "lss"}, {"area": "Äldreomsorg"})
    rows = [base | change for change in changes]
    assert part(ask("investigation_within_120_days", investigations=rows)) == (2, 2)
    assert part(ask("investigation_within_3_months", investigations=rows)) == (5, 5)


def test_days_and_case_workers(tmp_path: Path) -> None:
    closed = [INVESTIGATION | {"opened": "2025-06-01", "closed": f"2025-06-{1 + days:02}"} for days in (0, 1, 2, 10)]
    names = ("H1", "H1", "H1", "H2", "")
    still_open = [INVESTIGATION | {"opened": "2025-06-01", "case_worker": name} for name in names]
    found = everything(tmp_path, "2025T2", investigations=closed + still_open)
    days = [found[total("investigation_days", "tertial", statistic)] for statistic in ("mean", "median", "p90")]
    assert [row.value for row in days] == [Decimal("3.25"), Decimal("1.50"), Decimal("7.60")]
    each = found[total("open_investigations_per_case_worker", "stock", "mean")]
    assert (each.denominator, each.value) == (2, Decimal("2.00"))
