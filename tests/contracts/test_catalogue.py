"""Every metric of the catalogue is whole: its header, what its statement returns, and the SQL it is written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from pipeline import config, database
from pipeline.database import Database
from pipeline.metrics import catalogue, prepare
from pipeline.model import Metric, Statistic
from pipeline.periods import Period
from pipeline.schemas import EXTRACTS

CATALOGUE = catalogue.read()
SQL_FOLDER = config.ROOT / "sql"
EXPECTED = {
    "referrals", "preassessment_within_14_days", "preassessment_open_over_14_days",
    "preassessment_led_to_investigation", "protection_assessed_by_next_day", "not_returned_within_12_months",
    "investigations_opened", "investigation_days", "investigation_within_120_days", "investigation_within_3_months",
    "investigation_within_4_months", "investigation_within_allowed_time", "investigations_open",
    "investigation_open_over_120_days", "investigation_open_over_allowed_time", "investigation_overrun_extended",
    "investigation_with_service", "open_investigations_per_case_worker", "plan_in_force", "plan_current",
    "plan_current_measurable_goal", "plan_current_participation", "plan_all_goals_measurable",
    "plan_follow_up_planned", "plan_followed_up_within_12_months", "plan_established_within_30_days",
    "plan_ended_as_planned", "plan_dated", "plan_cooperation", "service_followed_up_within_12_months",
    "decision_unexecuted_over_3_months", "decision_executed_within_3_months", "decision_wait_days",
    "decision_days_from_application",
}  # fmt: skip
OUTSIDE_THE_PORTABLE_SUBSET = (
    r"date_diff|datediff|day_number|date_part|to_months|generate_series|unnest|try_strptime|strptime|quantile_cont|qualify"
    r"|group by all|list_\w+|struct_\w+|concat|asof|pivot|exclude|replace|macro|ilike"
)


@pytest.fixture(scope="module")
def empty() -> Iterator[Database]:
    """A database as a run prepares it, without a single row in any extract."""
    with database.in_memory() as db:
        db.run("create schema loaded")
        for table in (*EXTRACTS, "delivered"):
            db.script(SQL_FOLDER / "tables" / f"{table}.sql")
        prepare(db, config.load(), Period.parse("2026T2"), date(2026, 12, 1))
        yield db


def each_metric(function: object) -> object:
    return pytest.mark.parametrize("metric", CATALOGUE.values(), ids=CATALOGUE)(function)  # type: ignore[arg-type]


def test_the_catalogue_is_the_contracts() -> None:
    assert set(CATALOGUE) >= EXPECTED


@each_metric
def test_a_statement_returns_what_the_aggregation_needs(metric: Metric, empty: Database) -> None:
    columns = set(empty.frame(metric.sql).columns)

    assert {"window_id", "case_id", "unit", "area"} <= columns
    assert set(metric.breakdowns) <= columns
    assert _measured(metric) <= columns
    assert columns & {"hit", "value"} == _measured(metric) & {"hit", "value"}


def _measured(metric: Metric) -> set[str]:
    if metric.per:
        return {metric.per}
    columns = {
        Statistic.SHARE: "hit",
        Statistic.MEAN: "value",
        Statistic.PERSONS: "person_id",
        Statistic.LONGEST_WAIT: "wait_days",
        Statistic.SPECIAL_REASONS: "special_reasons",
    }
    return {columns[statistic] for statistic in metric.statistics if statistic in columns}


@each_metric
def test_columns_asked_for_stand_in_the_extracts(metric: Metric) -> None:
    for tables in (metric.needs, metric.refines):
        for table, columns in tables.items():
            known = {column.name for column in EXTRACTS[table].columns}
            assert {column for needed in columns for column in needed.split(" or ")} <= known


@each_metric
def test_a_statement_keeps_to_the_portable_subset(metric: Metric) -> None:
    found = re.findall(rf"\b(?:{OUTSIDE_THE_PORTABLE_SUBSET})\b|//|::", metric.sql)

    assert not found


@each_metric
def test_a_statement_reads_downward(metric: Metric) -> None:
    ctes = set(re.findall(r"^(?:with )?(\w+) as \($", metric.sql, re.MULTILINE))
    starred = re.findall(r"select\s+\*,?[^()]*?\bfrom (\w+)", metric.sql)

    assert set(starred) <= ctes, "select * from a base table"
    assert not re.search(r"group by \d|order by \d", metric.sql)
    assert not re.search(r"from \w+(?: as \w+)?,", metric.sql), "a comma join"
    assert metric.sql == re.sub(r"\b(SELECT|FROM|WHERE|WITH|AS|JOIN|CASE)\b", lambda word: word[0].lower(), metric.sql)


@each_metric
def test_a_statement_reads_prepared_tables_and_windows_only(metric: Metric) -> None:
    ctes = set(re.findall(r"^(?:with )?(\w+) as \($", metric.sql, re.MULTILINE))
    read = set(re.findall(r"\b(?:from|join) ([\w.]+)", metric.sql)) - ctes

    assert read <= {
        "units", "referrals", "investigations", "decisions", "plans", "plan_decisions", "services_on_day",
        "flow_windows", "stock_windows",
    }  # fmt: skip
    assert ("stock_windows" in metric.sql or "services_on_day" in metric.sql) != metric.flow


@each_metric
def test_texts_fit_the_sentences_they_are_put_into(metric: Metric) -> None:
    for words in (metric.numerator, metric.denominator, metric.verb, *metric.noun):
        assert words == words.strip()
        assert not words.endswith((".", "?", ","))
    assert metric.title[0].isupper()
    assert metric.nothing.startswith(("Ingen ", "Inget ", "Inga ", "Det fanns ingen "))
    assert not re.search(r"\b(har|är|ligger|pågår|väntar)\b", metric.verb), "the window has passed"


@each_metric
def test_citations_follow_one_another_without_overlap(metric: Metric) -> None:
    old = [citation for citation in metric.law if "2001:453" in citation.text]
    new = [citation for citation in metric.law if "2025:400" in citation.text]

    assert [str(citation.valid_to) for citation in old] == ["2025-06-30"] * len(new)
    assert [str(citation.valid_from) for citation in new] == ["2025-07-01"] * len(old)


def test_titles_are_told_apart() -> None:
    titles = [metric.title for metric in CATALOGUE.values()]

    assert len(set(titles)) == len(titles)
