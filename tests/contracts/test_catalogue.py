"""Every metric of the catalogue is whole: its header, what its statement returns, the SQL it is written in, and what
must stand beside it: boundary cases, a line in the glossary, a chart, an owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

import pytest

from pipeline import config, database
from pipeline.database import Database
from pipeline.metrics import catalogue, prepare
from pipeline.model import Figure, Key, Level, Metric, Statistic
from pipeline.periods import Period, Window, windows
from pipeline.places import ROOT
from pipeline.publish import charts
from pipeline.schemas import EXTRACTS
from tests.contract_metrics import EXPECTED

CATALOGUE = catalogue.read()
SQL_FOLDER = ROOT / "sql"
# What rows are counted by; a metric's statement returns those of its statistics and no other.
MEASURING = {"hit", "hits", "n", "value", "observed_days", "is_over", "item", "rater", "answer", "population_part"}
# May be empty: a count has no numerator, and where neither more nor less is better nothing is said to be.
MAY_BE_EMPTY = {
    "numerator", "better", "headline_by", "refines", "kpis", "choices", "per", "limit_days", "limit_name", "outcome",
    "summed", "finite_population", "yearly", "fewest", "part_of", "demanded_by_law", "child_scope", "flow", "bands",
    "bands_limit",
}  # fmt: skip
# Shares that tell how work is done, not how well; of the municipality's own measures each target says it.
NEITHER_IS_BETTER = {
    "preassessment_led_to_investigation", "investigation_with_service", "care_level_changed", "measure"
}  # fmt: skip
FEWEST_CASES = 2
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
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


def test_the_catalogue_has_every_metric_of_the_contract() -> None:
    assert set(CATALOGUE) >= EXPECTED


@each_metric
def test_a_statement_returns_what_the_aggregation_needs(metric: Metric, empty: Database) -> None:
    columns = set(empty.frame(metric.sql).columns)

    assert {"window_id", "case_id", "unit", "area"} <= columns
    assert set(metric.breakdowns) <= columns
    assert _measured(metric) <= columns
    assert columns & MEASURING == _measured(metric) & MEASURING


def _measured(metric: Metric) -> set[str]:
    if metric.per:
        return {metric.per}
    columns: dict[Statistic, set[str]] = {
        Statistic.SHARE: {"hits", "n"} if metric.summed else {"hit"},
        Statistic.MEAN: {"value", "n"} if metric.summed else {"value"},
        Statistic.VALUE: {"value"},
        Statistic.KM_MEDIAN: {"observed_days", "is_over"},
        Statistic.ALPHA: {"item", "rater", "answer"},
        Statistic.AGREEMENT: {"item", "rater", "answer"},
        Statistic.PERSONS: {"person_id"},
        Statistic.LONGEST_WAIT: {"wait_days"},
        Statistic.SPECIAL_REASONS: {"special_reasons"},
    }
    needed = [columns.get(statistic, set()) for statistic in metric.statistics]
    return set().union(*needed, {"population_part"} if metric.finite_population else set())


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
        "waiting_on_day",
        "care_levels", "coordinated_plans", "incidents", "reviews", "surveys", "vignettes", "measurements",
        "activities", "controls", "flow_windows", "flow_and_year_windows", "stock_windows",
    }  # fmt: skip
    assert bool(read & {"stock_windows", "services_on_day", "waiting_on_day"}) != metric.flow
    assert bool(read & {"flow_windows", "flow_and_year_windows"}) == metric.flow
    assert ("flow_and_year_windows" in read) == metric.yearly


@each_metric
def test_every_field_of_the_header_is_filled(metric: Metric) -> None:
    empty_fields = {field.name for field in fields(metric) if not getattr(metric, field.name)}

    assert empty_fields <= MAY_BE_EMPTY
    assert all(text.strip() for text in (*metric.choices, *metric.noun, *metric.breakdowns))
    assert bool(metric.numerator) != metric.judged.is_count
    assert metric.better or metric.judged.is_count or metric.metric_id in NEITHER_IS_BETTER


@each_metric
def test_a_metric_has_boundary_cases_a_place_in_the_glossary_and_a_chart(metric: Metric) -> None:
    cases = list((ROOT / "tests" / "metrics" / metric.metric_id).glob("*/case.toml"))
    months = [(window, _point(metric, window)) for window in _months(metric)]
    chart = charts.trend(metric, months, [], months[-1][1])

    if metric.metric_id in EXPECTED:
        assert len(cases) >= FEWEST_CASES
        assert f"| {metric.title} | `{metric.metric_id}` |" in GLOSSARY
    assert cases
    assert [y for y in chart["data"][0]["y"] if y is not None]
    assert chart["layout"]["yaxis"]["range"][1] > 0


def _months(metric: Metric) -> list[Window]:
    every = windows(Period.parse("2026T2"))
    return [w for w in every if w.series == "month" and (w.kind == "stock") != metric.flow]


def _point(metric: Metric, window: Window) -> Figure:
    key = Key(metric.metric_id, metric.judged, window.window_id, Level.COMMITTEE, "Socialnämnden")
    return Figure(key, window.ends, numerator=10, denominator=20, value=20 if metric.judged.is_count else 0.5)


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
    cited = [citation for rule in metric.law for citation in rule.cited]
    old = [citation for citation in cited if "2001:453" in citation.text]
    new = [citation for citation in cited if "2025:400" in citation.text]

    assert [str(citation.valid_to) for citation in old] == ["2025-06-30"] * len(new)
    assert [str(citation.valid_from) for citation in new] == ["2025-07-01"] * len(old)


def test_titles_are_told_apart() -> None:
    titles = [metric.title for metric in CATALOGUE.values()]

    assert len(set(titles)) == len(titles)
