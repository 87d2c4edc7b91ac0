"""About one row in a hundred is faulty, in every way that the contract knows."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pipeline.demo import DEFAULT_SEED, Size
from pipeline.demo.delivery import Delivery
from pipeline.demo.times import Calendar
from tests.unit.demo import delivered
from tests.unit.demo.delivered import DELIVERED, FILES, TODAY

KINDS = {
    "missing",
    "unreadable_date",
    "too_early",
    "too_late",
    "unknown_code",
    "not_yes_no",
    "negative_count",
    "fractional_count",
    "order",
    "exact_duplicate",
    "key_conflict",
    "dangling_reference",
    "outcome_without_date",
    "unknown_unit",
    "out_of_range",
    "not_number",
}
ONLY_WARN = {"exact_duplicate", "dangling_reference", "outcome_without_date", "unknown_unit"}
SPOILED = ("referrals", "investigations", "decisions", "plans", "incidents", "reviews", "measurements")
SHORT = ("care_levels", "coordinated_plans", "surveys")  # one row in a hundred is one row or two
SMALL = ("vignettes", "activities", "controls", "followup_plan", "requirements", "goals")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Counter[str]]:
    delivery = Delivery(tmp_path_factory.mktemp("planted"), Size.SMALL, Calendar.on(TODAY))
    delivery.add(DEFAULT_SEED, 0)
    delivery.close()
    return delivery.planted


def count(folder: Path, extract: str) -> int:
    return sum(len(delivered.rows(folder / name)) for name, (of_extract, _) in FILES.items() if of_extract == extract)


def test_every_kind_of_fault_is_there(planted: dict[str, Counter[str]]) -> None:
    assert set().union(*planted.values()) == KINDS


@pytest.mark.parametrize("extract", SPOILED)
def test_about_one_row_in_a_hundred_is_faulty(small: Path, planted: dict[str, Counter[str]], extract: str) -> None:
    assert 0.005 <= planted[extract].total() / count(small, extract) <= 0.015


@pytest.mark.parametrize("extract", SHORT)
def test_short_extracts_have_a_fault_or_two(planted: dict[str, Counter[str]], extract: str) -> None:
    assert 1 <= planted[extract].total() <= 3


@pytest.mark.parametrize("extract", SMALL)
def test_small_tables_are_looked_after(planted: dict[str, Counter[str]], extract: str) -> None:
    assert not planted[extract]


@pytest.mark.parametrize("extract", [*SPOILED, *SHORT, *SMALL])
def test_no_extract_comes_near_the_limit_of_rejected_rows(
    small: Path, planted: dict[str, Counter[str]], extract: str
) -> None:
    rejecting = sum(number for kind, number in planted[extract].items() if kind not in ONLY_WARN)
    assert rejecting / count(small, extract) < 0.025


def test_the_register_has_a_row_twice_and_no_fault_that_rejects(small: Path) -> None:
    register = delivered.rows(small / f"enheter_{DELIVERED}.xlsx")
    twice = [row for row in register if register.count(row) == 2]
    assert twice == register[-2:]


def test_days_are_unreadable_long_ago_or_still_to_come_whenever_the_files_are_read(small: Path) -> None:
    days = [row["Inkommen"] for row in delivered.of(small, "referrals")]
    days += [row["Registrerad"] for row in delivered.of(small, "referrals")]
    days += [row["Beslut förhandsbedömning datum"] for row in delivered.of(small, "referrals")]
    days += [row["Skyddsbedömning datum"] for row in delivered.of(small, "referrals")]
    assert any(day[4:10] == "-02-30" for day in days)
    assert any(day.startswith("1") and day < "1900" for day in days)
    ahead = [date.fromisoformat(day[:10]) for day in days if "2030" < day < "3"]
    assert ahead
    assert all(2060 <= day.year < 2100 for day in ahead)


def test_conflicting_rows_share_a_key_in_one_file(small: Path) -> None:
    rows = delivered.rows(small / f"aktualiseringar_{DELIVERED}.csv")
    by_key: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_key.setdefault(row["Aktualiserings-ID"], []).append(row)
    several = [found for found in by_key.values() if len(found) > 1]
    assert any(first != second for first, second in several)
    assert any(first == second for first, second in several)


def test_only_planted_references_point_nowhere(small: Path, planted: dict[str, Counter[str]]) -> None:
    referrals = {row["Aktualiserings-ID"] for row in delivered.of(small, "referrals")}
    decisions = delivered.of(small, "decisions")
    dangling = [row for row in decisions if row["Aktualiserings-ID"] and row["Aktualiserings-ID"] not in referrals]
    assert len(dangling) == planted["decisions"]["dangling_reference"]
    ids = {row["Beslut-ID"] for row in decisions}
    plans = [row for row in delivered.of(small, "plans") if row["Beslut-ID"] and row["Beslut-ID"] not in ids]
    assert len(plans) == planted["plans"]["dangling_reference"]
