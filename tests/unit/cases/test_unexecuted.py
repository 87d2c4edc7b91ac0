"""Which decisions a quarter reports, as what, and on which day it turns."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline import cases
from pipeline.cases.unexecuted import quarter_ended, reporting_time
from pipeline.config import Committee, Ivo
from pipeline.errors import WrongUse
from pipeline.model.cases import Reported, Unexecuted
from pipeline.periods import Period

Q3 = Period.parse("2026Q3")  # 1 July – 30 September; the day before it is 30 June
BEFORE, OVER = date(2026, 2, 1), date(2026, 6, 10)  # over the limit in the quarter before, and in this one
AFTER = date(2026, 10, 1)
CHILDREN = "Barn och unga"


def states(found: Unexecuted) -> dict[str, Reported]:
    return {row.decision_id: row.state for row in found.rows}


def test_a_decision_is_new_the_day_after_its_three_months(case) -> None:
    case.add("decisions", decision_id="on the day", decided=date(2026, 6, 30))
    case.add("decisions", decision_id="the day after", decided=date(2026, 6, 29))
    case.add("decisions", decision_id="last on the day", decided=date(2026, 3, 30))  # 30 June is its limit
    case.add("decisions", decision_id="last the day after", decided=date(2026, 3, 29))

    assert states(case.unexecuted(Q3)) == {
        "the day after": Reported.NEW,
        "last on the day": Reported.NEW,
        "last the day after": Reported.WAITING,
    }


def test_what_was_reported_is_told_of_once_more_when_it_ceases_to_wait(case) -> None:
    add = case.add
    add("decisions", decision_id="executed first day", decided=BEFORE, executed=Q3.starts)
    add("decisions", decision_id="executed last day", decided=BEFORE, executed=Q3.ends)
    add("decisions", decision_id="executed after", decided=BEFORE, executed=AFTER)
    add("decisions", decision_id="executed before", decided=BEFORE, executed=date(2026, 6, 30))
    add("decisions", decision_id="ended", decided=BEFORE, ended=date(2026, 8, 3), end_reason="avliden")
    add("decisions", decision_id="expired", decided=BEFORE, valid_to=date(2026, 8, 31))
    add("decisions", decision_id="ended, then executed", decided=BEFORE, ended=Q3.starts, executed=Q3.ends)
    interruption = {"decided": date(2025, 1, 1), "executed": date(2025, 1, 2), "interrupted": BEFORE}
    add("decisions", decision_id="resumed", **interruption, resumed=date(2026, 7, 9))
    add("decisions", decision_id="resumed after", **interruption, resumed=AFTER)

    found = case.unexecuted(Q3, today=date(2026, 10, 20))

    assert {row.decision_id: (row.state, row.done) for row in found.rows} == {
        "executed first day": (Reported.EXECUTED, Q3.starts),
        "executed last day": (Reported.EXECUTED, Q3.ends),
        "executed after": (Reported.WAITING, None),
        "ended": (Reported.ENDED, date(2026, 8, 3)),
        "expired": (Reported.ENDED, date(2026, 9, 1)),
        "ended, then executed": (Reported.ENDED, Q3.starts),
        "resumed": (Reported.RESUMED, date(2026, 7, 9)),
        "resumed after": (Reported.WAITING, None),
    }
    reasons = {row.decision_id: row.end_reason for row in found.rows}
    assert (reasons["ended"], reasons["expired"]) == ("avliden", "giltighetstiden gick ut")
    assert (found.before, len(found.waiting)) == (8, 2)


def test_what_was_executed_too_late_within_the_quarter_is_reported_too(case) -> None:
    add, limit = case.add, date(2026, 8, 1)
    within = {"decided": date(2026, 5, 1)}
    add("decisions", decision_id="on the limit", **within, executed=limit)
    add("decisions", decision_id="the day after", **within, executed=date(2026, 8, 2))
    add("decisions", decision_id="last day", **within, executed=Q3.ends)
    add("decisions", decision_id="ended on its last day in time", **within, ended=date(2026, 8, 2))
    add("decisions", decision_id="ended over the limit", **within, ended=date(2026, 8, 3))
    add("decisions", decision_id="expired over the limit", **within, valid_to=date(2026, 8, 2))
    add("decisions", decision_id="first day over", decided=date(2026, 3, 31), executed=Q3.starts)  # limit 30 June
    interruption = {"decided": date(2025, 1, 1), "executed": date(2025, 1, 2), "interrupted": date(2026, 5, 1)}
    add("decisions", decision_id="resumed in time", **interruption, resumed=limit)
    add("decisions", decision_id="resumed late", **interruption, resumed=date(2026, 8, 2))

    found = case.unexecuted(Q3, today=date(2026, 10, 20))

    assert {row.decision_id: (row.state, row.done) for row in found.rows} == {
        "the day after": (Reported.EXECUTED, date(2026, 8, 2)),
        "last day": (Reported.EXECUTED, Q3.ends),
        "ended over the limit": (Reported.ENDED, date(2026, 8, 3)),
        "expired over the limit": (Reported.ENDED, date(2026, 8, 3)),
        "first day over": (Reported.EXECUTED, Q3.starts),
        "resumed late": (Reported.RESUMED, date(2026, 8, 2)),
    }
    assert (found.before, len(found.waiting)) == (0, 0)


def test_what_is_not_to_be_reported_is_left_out(case) -> None:
    case.add("decisions", decision_id="LVU", decided=OVER, law="LVU")
    case.add("decisions", decision_id="avslag", decided=OVER, result="avslag")
    case.add("decisions", decision_id="prolonged", decided=OVER, kind="förlängt")
    case.add("decisions", decision_id="money", decided=OVER, area="ekonomiskt bistånd")

    assert states(case.unexecuted(Q3)) == {}


def test_a_decision_that_is_partly_executed_is_reported_for_the_rest(case) -> None:
    case.add("decisions", decision_id="part", decided=OVER, executed=date(2026, 7, 1), partly_executed=True)

    (row,) = case.unexecuted(Q3).rows
    assert (row.state, row.is_partly, row.partly, row.done) == (Reported.NEW, True, date(2026, 7, 1), None)


def test_days_after_the_quarter_have_not_happened(case) -> None:
    later = dict.fromkeys(("executed", "interrupted", "offer_made", "offer_declined"), AFTER)
    case.add("decisions", decision_id="later", decided=OVER, **later)
    case.add("decisions", decision_id="offered", decided=OVER, offer_made=Q3.ends, offer_declined=AFTER)

    rows = {row.decision_id: row for row in case.unexecuted(Q3, today=date(2026, 10, 20)).rows}
    assert [getattr(rows["later"], name) for name in ("interrupted", "offer_made", "offer_declined", "done")] == [
        None
    ] * 4
    assert (rows["offered"].offer_made, rows["offered"].offer_declined) == (Q3.ends, None)
    assert rows["later"].days == (Q3.ends - OVER).days


def test_days_are_counted_from_the_decision_also_of_an_interruption(case) -> None:
    case.add(
        "decisions",
        decision_id="b",
        decided=date(2025, 9, 30),
        executed=date(2025, 10, 1),
        interrupted=date(2026, 6, 1),
    )

    (row,) = case.unexecuted(Q3).rows
    assert (row.state, row.is_interruption, row.days) == (Reported.NEW, True, 365)


def test_the_law_is_that_of_the_day_the_wait_began_and_of_the_decisions_act(case) -> None:
    for decided in (date(2025, 6, 30), date(2025, 7, 1)):
        for law in ("SoL", "LSS"):
            case.add("decisions", decision_id=f"{law} {decided}", decided=decided, law=law)

    cited = {row.decision_id: [one.text for one in row.citations] for row in case.unexecuted(Q3).rows}
    assert ["2001:453" in text for text in cited["SoL 2025-06-30"]] == [True]
    assert ["2025:400" in text for text in cited["SoL 2025-07-01"]] == [True]
    assert cited["LSS 2025-06-30"] == cited["LSS 2025-07-01"]
    assert ["1993:387" in text for text in cited["LSS 2025-07-01"]] == [True]


def test_who_is_protected_in_one_extract_is_protected_in_all(case) -> None:
    case.add("decisions", decision_id="flagged elsewhere", person_id="hidden", decided=OVER)
    case.add("decisions", decision_id="open", decided=OVER, protected_identity=False)
    case.add("referrals", referral_id="r", person_id="hidden", received=OVER, protected_identity=True)

    found = case.unexecuted(Q3)
    assert {row.decision_id: row.is_protected for row in found.rows} == {"flagged elsewhere": True, "open": False}
    assert found.has_flag


def test_a_committee_reports_its_own_areas(case) -> None:
    case.add("decisions", decision_id="ours", decided=OVER, area="äldreomsorg")
    case.add("decisions", decision_id="theirs", decided=OVER, area=CHILDREN)

    found = case.unexecuted(Q3, committee=Committee(name="Äldrenämnden", areas=("Äldreomsorg",)))
    assert set(states(found)) == {"ours"}


def test_those_that_wait_come_first_and_the_longest_wait_of_them(case) -> None:
    case.add("decisions", decision_id="done", decided=date(2025, 1, 1), executed=Q3.starts)
    case.add("decisions", decision_id="new", decided=OVER)
    case.add("decisions", decision_id="newer", decided=date(2026, 6, 20))
    case.add("decisions", decision_id="old", decided=BEFORE)

    assert list(states(case.unexecuted(Q3))) == ["new", "newer", "old", "done"]


def test_without_days_of_execution_there_is_no_report(case) -> None:
    case.undelivered = {("decisions", "executed")}
    with pytest.raises(WrongUse, match="saknar en kolumn"):
        case.unexecuted(Q3)


def test_without_a_flag_for_protected_identity_the_report_says_so(case) -> None:
    case.undelivered = {("decisions", "protected_identity")}
    assert not case.unexecuted(Q3).has_flag


@pytest.mark.parametrize(
    ("quarter", "first", "last"),
    [
        ("2026Q1", date(2026, 4, 1), date(2026, 4, 30)),
        ("2026Q2", date(2026, 7, 1), date(2026, 8, 31)),
        ("2026Q3", date(2026, 10, 1), date(2026, 10, 31)),
        ("2026Q4", date(2027, 1, 1), date(2027, 1, 31)),
    ],
)
def test_a_quarter_is_reported_after_its_end(quarter: str, first: date, last: date) -> None:
    assert reporting_time(Ivo(), Period.parse(quarter)) == (first, last)


@pytest.mark.parametrize(
    ("today", "quarter"), [("2026-09-29", "2026Q2"), ("2026-09-30", "2026Q3"), ("2027-01-01", "2026Q4")]
)
def test_the_last_quarter_is_the_one_that_has_ended(today: str, quarter: str) -> None:
    assert quarter_ended(date.fromisoformat(today)).code == quarter


def test_only_a_quarter_that_has_ended_is_reported() -> None:
    cases.demand_ended_quarter(Q3, Q3.ends)
    with pytest.raises(WrongUse, match="2026Q2"):
        cases.demand_ended_quarter(Q3, date(2026, 9, 29))
    with pytest.raises(WrongUse, match="kvartal"):
        cases.demand_ended_quarter(Period.parse("2026T2"), Q3.ends)
