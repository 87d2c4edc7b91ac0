"""Every saved question runs on the invented municipality, and says what the report and the tables say."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from pipeline import database
from pipeline.model import Statistic
from pipeline.questions import saved
from tests.contracts.conftest import Built

SAVED = saved.read_all()
# What is chosen where a question has no value of its own.
CHOSEN = {
    "metric_by_unit": {"metric": "decision_executed_within_3_months"},
    "metric_month_by_month": {"metric": "investigation_within_120_days"},
    "women_and_men": {"metric": "plan_current"},
    "own_and_private": {"metric": "plan_current"},
    "unit_figures": {"unit": "Vuxenenheten"},
}


def ask(built: Built, name: str, **given: str) -> list[dict[str, Any]]:
    one = SAVED[name]
    with database.answering(built.folder, one.sql, one.values({**CHOSEN.get(name, {}), **given}), 60) as answer:
        rows = [row for chunk in answer.chunks(100_000) for row in chunk]
        return [dict(zip([column.name for column in answer.columns], row, strict=True)) for row in rows]


def rows(built: Built, sql: str) -> list[tuple[Any, ...]]:
    with database.read_only(built.folder) as db:
        return db.rows(sql)


@pytest.mark.parametrize("name", SAVED)
def test_it_answers_with_rows(name: str, asked: Built) -> None:
    assert ask(asked, name)


def test_overrun_child_investigations_are_those_of_the_loaded_rows(asked: Built) -> None:
    found = ask(asked, "child_investigations_over_deadline")
    # By the contract's own words, on the rows as they were loaded: four months, or a later day decided in time.
    known_to = found[0]["as_of"]
    late = rows(
        asked,
        f"""
        select investigation_id, unit, date_diff('day', opened, date '{known_to}')
        from loaded.investigations
        where closed is null and lower(area) = 'barn och unga'
            and lower(coalesce(kind, '')) not in (select value from limit_values where name = 'not_child_kinds')
            and date '{known_to}' > cast(opened + interval 4 months as date)
            and not coalesce(extended <= opened + interval 4 months and extended_until >= date '{known_to}', false)
            and investigation_id not in (select case_id from protected_cases where extract = 'investigations')
    """,
    )
    assert {(row["investigation_id"], row["unit"], row["days"]) for row in found} == set(late)
    assert [row["days_over_deadline"] for row in found] == sorted(row["days_over_deadline"] for row in found)[::-1]
    unit = found[0]["unit"]
    of_unit = ask(asked, "child_investigations_over_deadline", unit=unit.upper())
    assert of_unit == [row for row in found if row["unit"] == unit]


def test_waiting_decisions_add_up_to_the_reports_figure(asked: Built) -> None:
    found = ask(asked, "waiting_decisions_by_service")
    total = Counter({key: sum(row[key] for row in found) for key in ("waiting", "over_three_months")})
    (figure,) = (
        one
        for key, one in asked.figures.figures.items()
        if (key.metric, key.statistic) == ("decision_unexecuted_over_3_months", Statistic.SHARE)
        and (key.window, key.level, key.breakdown) == ("stock", 1, "")
    )
    assert (total["over_three_months"], total["waiting"]) == (figure.numerator, figure.denominator)
    lss = ask(asked, "waiting_decisions_by_service", law="lss")
    assert lss == [row for row in found if row["law"] == "LSS"]


def test_a_metric_by_unit_is_the_reports_worst_first(asked: Built) -> None:
    name = CHOSEN["metric_by_unit"]["metric"]
    found = ask(asked, "metric_by_unit", window_kind="ytd")
    told = {
        key.org: (one.numerator, one.denominator, one.value)
        for key, one in asked.figures.figures.items()
        if (key.metric, key.window, key.level, key.breakdown) == (name, "ytd", 3, "") and one.denominator
    }
    assert {row["unit"]: (row["numerator"], row["denominator"], row["value"]) for row in found} == told
    assert [row["value"] for row in found] == sorted(row["value"] for row in found)
    for_less = ask(asked, "metric_by_unit", metric="incident_open_over_90_days", window_kind="stock")
    assert [row["value"] for row in for_less] == sorted((row["value"] for row in for_less), reverse=True)
