"""What saved questions list and count of cases, reckoned once more in Python from the rows as they were loaded.

The definitions are written out again here on purpose: a question that goes wrong with its view is found.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

import pytest

from pipeline import database
from tests.contracts.conftest import PERIOD, Built
from tests.contracts.test_saved_queries import ask
from tests.unit import builders

Row = dict[str, Any]
LIMITS = builders.config().limits
CHILDREN = {one.casefold() for one in LIMITS.child_areas}
OTHER_KINDS = {one.casefold() for one in LIMITS.not_child_kinds}
DAY = timedelta(days=1)
REPORT_DAY = PERIOD.ends


def later(day: date, months: int) -> date:
    """The same day so many months on, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Loaded:
    """Rows of the loaded extracts, and what holds for all of them."""

    def __init__(self, built: Built) -> None:
        self.built = built
        with database.read_only(built.folder) as db:
            self._tables = {
                name: self._read(db, f"select * from loaded.{name}")
                for name in ("referrals", "investigations", "decisions", "plans", "incidents", "reviews")
            }
            self.quarantine = self._read(db, "select * from quarantine")
            self._protected = set(db.rows("select extract, case_id from protected_cases"))
            self.known_to = {row["extract"]: row["as_of"] for row in self._read(db, "select * from v_deliveries")}

    @staticmethod
    def _read(db: database.Database, sql: str) -> list[Row]:
        names, rows = db.named_rows(sql)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def all(self, table: str) -> list[Row]:
        return self._tables[table]

    def open_to_all(self, table: str, key: str) -> list[Row]:
        """Those without protected identity."""
        return [row for row in self._tables[table] if (table, row[key]) not in self._protected]


@pytest.fixture(scope="module")
def loaded(asked: Built) -> Loaded:
    return Loaded(asked)


def is_child(row: Row) -> bool:
    return row["area"].casefold() in CHILDREN and (row["kind"] or "").casefold() not in OTHER_KINDS


def is_report(row: Row) -> bool:
    return row["area"].casefold() in CHILDREN and row["kind"] == "anmälan"


def column(rows: Iterable[Row], name: str) -> list[Any]:
    return [row[name] for row in rows]


def grouped(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def days(row: Row) -> int:
    return (row["closed"] - row["opened"]).days


def test_investigations_that_soon_reach_120_days(asked: Built, loaded: Loaded) -> None:
    day = loaded.known_to["investigations"]
    soon = {
        row["investigation_id"]: 120 - (day - row["opened"]).days
        for row in loaded.open_to_all("investigations", "investigation_id")
        if is_child(row) and row["closed"] is None and 0 <= 120 - (day - row["opened"]).days <= 45
    }
    found = ask(asked, "investigations_near_120_days", days="45")
    assert soon
    assert {row["investigation_id"]: row["days_left"] for row in found} == soon
    assert column(found, "days_left") == sorted(column(found, "days_left")) or any(column(found, "lacks_case_worker"))
    assert [row["lacks_case_worker"] for row in found] == sorted(column(found, "lacks_case_worker"), reverse=True)


def test_overruns_of_120_days_with_what_explains_them(asked: Built, loaded: Loaded) -> None:
    noted = {row["investigation_id"] for row in loaded.all("incidents") if row["kind"] == "avvikelse"}
    groups = grouped(
        (
            row
            for row in loaded.all("investigations")
            if is_child(row) and (row["closed"] or date.min) >= date(2025, 1, 1)
        ),
        lambda row: (row["unit"], row["closed"].replace(day=1)),
    )
    expected = {}
    for key, rows in groups.items():
        long = [row for row in rows if days(row) > 120]
        extended = {r["investigation_id"] for r in long if r["extended"] and r["extended"] <= later(r["opened"], 4)}
        recorded = {row["investigation_id"] for row in long} & noted
        neither = len(long) - len(extended | recorded)
        expected[key] = (len(rows), len(long), len(extended), len(recorded), neither)
    found = ask(asked, "overruns_by_unit_and_month", since="2025-01-01")
    assert {(row["unit"], row["closed_month"]): tuple(row.values())[2:] for row in found} == expected
    assert sum(column(found, "neither")) > 0
    assert sum(column(found, "over_120_days")) > sum(column(found, "neither"))


def test_a_unit_month_by_month(asked: Built, loaded: Loaded) -> None:
    groups = grouped(
        (r for r in loaded.all("investigations") if is_child(r) and r["closed"] and r["closed"] <= REPORT_DAY),
        lambda row: (row["unit"], row["closed"].replace(day=1)),
    )
    first = later(REPORT_DAY.replace(day=1), -23)
    expected = {
        key: (len(rows), sum(days(row) <= 120 for row in rows)) for key, rows in groups.items() if key[1] >= first
    }
    found = ask(asked, "unit_month_by_month")
    assert {(row["unit"], row["starts"]): (row["denominator"], row["numerator"]) for row in found} == expected
    assert all(row["hit_share"] == row["numerator"] / row["denominator"] for row in found)
    unit = found[0]["unit"]
    assert ask(asked, "unit_month_by_month", unit=unit.upper()) == [row for row in found if row["unit"] == unit]


def test_children_with_several_reports_within_a_year(asked: Built, loaded: Loaded) -> None:
    day = loaded.known_to["referrals"]
    recent = [
        row
        for row in loaded.open_to_all("referrals", "referral_id")
        if is_report(row) and later(day, -12) < row["received"] <= day
    ]
    expected = {
        person: (
            len(rows),
            sum(row["outcome"] == "utredning inleds" for row in rows),
            sum(row["decided"] is None for row in rows),
            len({row["source"] for row in rows} - {None}),
            min(column(rows, "received")),
            max(column(rows, "received")),
        )
        for person, rows in grouped(recent, lambda row: row["person_id"]).items()
        if len(rows) >= 2
    }
    found = ask(asked, "children_with_repeated_reports", least="2")
    assert expected
    assert {row["person_id"]: tuple(row.values())[1:] for row in found} == expected
    assert column(found, "reports") == sorted(column(found, "reports"), reverse=True)
    three = ask(asked, "children_with_repeated_reports")
    assert three == [row for row in found if row["reports"] >= 3]


def test_reports_of_concern_by_who_reports(asked: Built, loaded: Loaded) -> None:
    since, until = date(2026, 1, 1), date(2026, 6, 30)
    groups = grouped(
        (row for row in loaded.all("referrals") if is_report(row) and since <= row["received"] <= until),
        lambda row: row["source"],
    )
    expected = {}
    for source, rows in groups.items():
        decided = sum(row["decided"] is not None for row in rows)
        led = sum(row["outcome"] == "utredning inleds" for row in rows)
        children = len(set(column(rows, "person_id")))
        expected[source] = (len(rows), children, decided, led, led / decided if decided else None)
    found = ask(asked, "reports_of_concern_by_source", since=str(since), until=str(until))
    assert {row["source"]: tuple(row.values())[1:] for row in found} == expected
    assert column(found, "reports") == sorted(column(found, "reports"), reverse=True)


def test_reports_without_protection_assessment_in_time(asked: Built, loaded: Loaded) -> None:
    day = loaded.known_to["referrals"]
    expected = {
        row["referral_id"]: ((row["protection_assessed"] or day) - row["received"] - DAY).days
        for row in loaded.open_to_all("referrals", "referral_id")
        if is_report(row)
        and row["received"] >= date(2026, 1, 1)
        and row["received"] + DAY < day
        and not (row["protection_assessed"] and row["protection_assessed"] <= row["received"] + DAY)
    }
    found = ask(asked, "protection_assessments_missed")
    assert expected
    assert {row["referral_id"]: row["days_late"] for row in found} == expected


def test_preassessments_that_go_on(asked: Built, loaded: Loaded) -> None:
    day = loaded.known_to["referrals"]
    expected = {
        row["referral_id"]: ((day - row["received"]).days, max((day - row["received"]).days - 14, 0))
        for row in loaded.open_to_all("referrals", "referral_id")
        if is_report(row) and row["decided"] is None and row["outcome"] != "tillförd pågående utredning"
    }
    found = ask(asked, "preassessments_open")
    assert expected
    assert {row["referral_id"]: (row["days"], row["days_over_deadline"]) for row in found} == expected
    assert column(found, "days") == sorted(column(found, "days"), reverse=True)


def test_investigations_opened_soon_after_another(asked: Built, loaded: Loaded) -> None:
    rows = loaded.open_to_all("investigations", "investigation_id")
    expected = {}
    for row in rows:
        earlier = [
            one["closed"]
            for one in loaded.all("investigations")
            if (one["person_id"], one["area"]) == (row["person_id"], row["area"])
            and one["opened"] < row["opened"]
            and one["closed"] is not None
            and one["closed"] <= row["opened"]
        ]
        if earlier and row["opened"] >= date(2025, 1, 1) and (row["opened"] - max(earlier)).days <= 100:
            expected[row["investigation_id"]] = (max(earlier), (row["opened"] - max(earlier)).days)
    found = ask(asked, "reopened_investigations", days="100", since="2025-01-01")
    assert expected
    assert {row["investigation_id"]: (row["earlier_closed"], row["days_between"]) for row in found} == expected


def test_investigations_by_unit_and_by_case_worker(asked: Built, loaded: Loaded) -> None:
    units = grouped((r for r in loaded.all("investigations") if r["closed"] is None), lambda row: row["unit"])
    expected = {}
    for unit, rows in units.items():
        each = Counter(row["case_worker"] for row in rows)
        without = each.pop(None, 0)
        mean = sum(each.values()) / len(each) if each else None
        expected[unit] = (len(rows), len(each), mean, max(each.values(), default=None), without)
    found = ask(asked, "caseload_by_unit")
    assert {row["unit"]: tuple(row.values())[1:] for row in found} == expected


def test_days_of_investigations_by_unit(asked: Built, loaded: Loaded) -> None:
    groups = grouped(
        (row for row in loaded.all("investigations") if (row["closed"] or date.min) >= date(2026, 1, 1)),
        lambda row: (row["area"], row["unit"]),
    )
    found = {(row["area"], row["unit"]): row for row in ask(asked, "investigation_days_by_unit")}
    assert found.keys() == groups.keys()
    for key, rows in groups.items():
        taken = sorted(map(days, rows))
        place = 0.9 * (len(taken) - 1)
        low = taken[int(place)]
        nine = low + (place - int(place)) * (taken[min(int(place) + 1, len(taken) - 1)] - low)
        told = found[key]
        assert (told["closed_investigations"], told["longest"], told["median_days"]) == (
            len(taken), taken[-1], median(taken),
        )  # fmt: skip
        assert told["mean_days"] == pytest.approx(sum(taken) / len(taken))
        assert told["nine_of_ten_within"] == pytest.approx(nine)


def waiting(loaded: Loaded, day: date) -> dict[str, tuple[str, date, Row]]:
    """Reportable decisions that wait on a day: what kind of wait, since when, and the decision."""
    found = {}
    exempt = {one.casefold() for one in LIMITS.execution_exempt_areas}
    for row in loaded.all("decisions"):
        executed = row["executed"] if row["partly_executed"] is not True else None
        ends = [one for one in (row["ended"], row["valid_to"] and row["valid_to"] + DAY) if one]
        if (
            row["result"] not in ("bifall", "delvis bifall")
            or row["law"] not in ("SoL", "LSS")
            or row["area"].casefold() in exempt
            or row["kind"] not in (None, "nytt", "utökat")
            or row["decided"] > day
            or (ends and min(ends) <= day)
        ):
            continue
        if executed is None or executed > day:
            found[row["decision_id"]] = ("ej påbörjad", row["decided"], row)
        elif row["interrupted"] and row["interrupted"] <= day and not (row["resumed"] and row["resumed"] <= day):
            found[row["decision_id"]] = ("avbruten", row["interrupted"], row)
    return found


def test_why_decisions_wait(asked: Built, loaded: Loaded) -> None:
    groups = defaultdict(list)
    for kind, since, row in waiting(loaded, REPORT_DAY).values():
        groups[kind, row["delay_reason"]].append(since)
    expected = {
        key: (
            len(all_),
            sum(later(since, 3) < REPORT_DAY for since in all_),
            median((REPORT_DAY - since).days for since in all_),
            max((REPORT_DAY - since).days for since in all_),
        )
        for key, all_ in groups.items()
    }
    found = ask(asked, "waiting_decisions_by_reason")
    assert len(expected) > 2
    assert {(row["wait"], row["delay_reason"]): tuple(row.values())[2:] for row in found} == expected


def test_the_longest_waits(asked: Built, loaded: Loaded) -> None:
    open_ = {row["decision_id"] for row in loaded.open_to_all("decisions", "decision_id")}
    expected = {
        name: (since, (REPORT_DAY - since).days, max((REPORT_DAY - later(since, 3)).days, 0))
        for name, (_, since, _) in waiting(loaded, REPORT_DAY).items()
        if name in open_
    }
    found = ask(asked, "longest_waits")
    assert {r["decision_id"]: (r["since"], r["days"], r["days_over_deadline"]) for r in found} == expected
    assert column(found, "days") == sorted(column(found, "days"), reverse=True)
    assert ask(asked, "longest_waits", law="lss") == [row for row in found if row["law"] == "LSS"]


def test_gaps_between_services_of_the_same_kind(asked: Built, loaded: Loaded) -> None:
    day = loaded.known_to["decisions"]
    open_ = {row["decision_id"] for row in loaded.open_to_all("decisions", "decision_id")}
    granted = [
        row
        for row in loaded.all("decisions")
        if row["result"] in ("bifall", "delvis bifall") and row["executed"] and row["executed"] <= day
    ]
    expected = {}
    for rows in grouped(granted, lambda row: (row["person_id"], row["service"].casefold())).values():
        rows.sort(key=lambda row: (row["executed"], row["decision_id"]))
        for one, then in pairwise(rows):
            ends = [end for end in (one["ended"], one["valid_to"] and one["valid_to"] + DAY) if end]
            if ends and min(ends) <= day and 5 <= (then["executed"] - min(ends)).days <= 60:
                expected[one["decision_id"]] = (then["decision_id"], (then["executed"] - min(ends)).days)
    expected = {name: value for name, value in expected.items() if name in open_}
    found = ask(asked, "service_gaps", least="5", most="60")
    assert expected
    assert {row["decision_id"]: (row["next_decision_id"], row["days_between"]) for row in found} == expected


def test_decisions_by_service_and_year(asked: Built, loaded: Loaded) -> None:
    groups = grouped(loaded.all("decisions"), lambda row: (row["decided"].year, row["law"], row["service"]))
    expected = {}
    for key, rows in groups.items():
        refused = sum(row["result"] == "avslag" for row in rows)
        persons = len(set(column(rows, "person_id")))
        expected[key] = (len(rows), len(rows) - refused, refused, refused / len(rows), persons)
    found = ask(asked, "decisions_by_service_and_year")
    assert {tuple(row.values())[:3]: tuple(row.values())[3:] for row in found} == expected
    assert sum(column(found, "refusals")) > 0


def in_force(loaded: Loaded) -> list[Row]:
    """Plans that are in force by the loaded rows, each once."""
    by_id = {row["plan_id"]: row for row in loaded.open_to_all("plans", "plan_id")}
    day = loaded.known_to["plans"]
    return [row for row in by_id.values() if row["established"] and not (row["ended"] and row["ended"] <= day)]


def test_plans_to_follow_up(asked: Built, loaded: Loaded) -> None:
    day = loaded.known_to["plans"]
    expected = {
        row["plan_id"]: (row["next_follow_up"], max((day - row["next_follow_up"]).days, 0))
        for row in in_force(loaded)
        if row["next_follow_up"]
        and (row["next_follow_up"] - day).days <= 20
        and not (row["followed_up"] and row["followed_up"] >= row["next_follow_up"])
    }
    found = ask(asked, "follow_ups_due", days="20")
    assert {row["plan_id"]: (row["next_follow_up"], row["days_late"]) for row in found} == expected
    assert {row["days_late"] > 0 for row in found} == {True, False}


def test_plans_that_soon_are_not_current(asked: Built, loaded: Loaded) -> None:
    day = loaded.known_to["plans"]
    area = {row["decision_id"]: row["area"] for row in loaded.all("decisions")}
    months = {name.casefold(): number for name, number in LIMITS.plan_current_months.items()}
    expected = {}
    for row in in_force(loaded):
        if row["decision_id"] not in area:
            continue
        one = months.get(area[row["decision_id"]].casefold(), months["default"])
        dates = [later(d, one) for d in (row["established"], row["revised"], row["followed_up"]) if d]
        if 0 < (max(dates) - day).days <= 40:
            expected[row["plan_id"]] = (max(dates), (max(dates) - day).days)
    found = {
        row["plan_id"]: (row["current_until"], row["days_left"]) for row in ask(asked, "plans_that_expire", days="40")
    }
    assert expected
    # A plan without a decision's id covers those of its person and service, which is not reckoned again here.
    named = {row["plan_id"] for row in loaded.all("plans") if row["decision_id"]}
    assert {plan: told for plan, told in found.items() if plan in named} == expected


def test_incidents_that_have_been_open_longest(asked: Built, loaded: Loaded) -> None:
    day = loaded.known_to["incidents"]
    expected = [
        (row["incident_id"], (day - row["received"]).days)
        for row in loaded.open_to_all("incidents", "incident_id")
        if row["closed"] is None and row["kind"] == "avvikelse"
    ]
    found = ask(asked, "incidents_open_longest", kind="Avvikelse")
    assert expected
    assert sorted((row["incident_id"], row["days"]) for row in found) == sorted(expected)
    assert column(found, "days") == sorted(column(found, "days"), reverse=True)
    assert all(row["is_over_deadline"] == (row["days"] > LIMITS.incident_days) for row in found)


def test_complaints_by_year_unit_and_kind(asked: Built, loaded: Loaded) -> None:
    groups = grouped(
        (row for row in loaded.all("incidents") if row["kind"] == "synpunkt"),
        lambda row: (row["received"].year, row["unit"], row["feedback"]),
    )
    expected = {}
    for key, rows in groups.items():
        taken = [(row["closed"] - row["received"]).days for row in rows if row["closed"]]
        expected[key] = (len(rows), len(rows) - len(taken), median(taken) if taken else None)
    found = ask(asked, "complaints_by_year")
    assert {tuple(row.values())[:3]: tuple(row.values())[3:] for row in found} == expected


def test_what_reviews_found_lacking(asked: Built, loaded: Loaded) -> None:
    groups = grouped(loaded.all("reviews"), lambda row: (row["review"], row["question"]))
    expected = {}
    for key, rows in groups.items():
        answers = Counter(column(rows, "answer"))
        told = answers["ja"] + answers["delvis"] + answers["nej"]
        share = answers["ja"] / told if told else None
        last = max(column(rows, "reviewed"))
        expected[key] = (last, told, answers["ja"], answers["delvis"], answers["nej"], share)
    found = ask(asked, "review_shortcomings")
    assert {tuple(row.values())[:2]: tuple(row.values())[2:] for row in found} == expected
    shares = [row["fulfilled_share"] for row in found if row["fulfilled_share"] is not None]
    assert shares == sorted(shares)


def test_rejected_rows_by_file_and_reason(asked: Built, loaded: Loaded) -> None:
    expected = defaultdict(set)
    for row in loaded.quarantine:
        expected[row["extract"], row["file"], row["heading"], row["rule"]].add((row["sheet"], row["row_number"]))
    found = ask(asked, "rejected_rows_by_file")
    counted = {key: len(rows) for key, rows in expected.items()}
    assert {tuple(row.values())[:4]: row["rejected_rows"] for row in found} == counted
    one = found[0]["extract"]
    assert ask(asked, "rejected_rows_by_file", extract=one.upper()) == [r for r in found if r["extract"] == one]
