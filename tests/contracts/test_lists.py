"""What a metric counts as missed is what its unit's manager is told of: the definitions must not drift apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline import cases, config, database, demo, loading, metrics
from pipeline.database import Database
from pipeline.metrics import catalogue, citations
from pipeline.model.cases import Watch
from pipeline.periods import Period
from pipeline.places import ROOT
from pipeline.schemas import EXTRACTS
from tests.unit import builders

PERIOD, TODAY = Period.parse("2026T2"), date(2026, 10, 20)
MISSED = {
    "preassessment_open_over_14_days": ("preassessment_open",),
    "investigation_open_over_allowed_time": ("investigation_allowed_time",),
    "investigation_open_over_120_days": ("investigation_allowed_time", "investigation_120_days"),
    "decision_unexecuted_over_3_months": ("decision_waiting",),
    "plan_in_force": ("plan_missing",),
    "plan_current": ("plan_missing", "plan_not_current"),
    "plan_follow_up_planned": ("plan_follow_up_day",),
    "service_followed_up_within_12_months": ("service_follow_up",),
    "incident_open_over_90_days": ("incident_open",),
}


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Watch]]:
    """The invented municipality on the period's last day, as the metrics and as the managers see it."""
    folder = tmp_path_factory.mktemp("demo")
    demo.write(folder / "raw", demo.Size.SMALL, demo.DEFAULT_SEED, TODAY)
    settings = builders.config(paths=config.Paths(raw=folder / "raw", key=folder / "pseudonym.key"))
    with database.in_memory() as db:
        loading.load(db, settings, TODAY)
        metrics.prepare(db, settings, PERIOD, TODAY)
        yield db, cases.watch(db, settings, PERIOD, PERIOD.ends, {"decisions": PERIOD.ends}, citations.read())


def protected(db: Database) -> set[str]:
    """The ids of everything that is about a protected person."""
    of_person = "person_id in (select person_id from protected_persons)"
    ids = {
        "decisions": "decision_id", "referrals": "referral_id", "investigations": "investigation_id",
        "plans": "plan_id", "care_levels": "assessment_id",
    }  # fmt: skip
    parts = [f"select {name} from {table} where {of_person}" for table, name in ids.items()]
    parts.append(f"select incident_id from incidents where investigation_id in ({parts[2]})")
    return {case for (case,) in db.rows(" union ".join(parts))}


@pytest.mark.parametrize("metric_id", MISSED)
def test_every_miss_of_a_metric_is_listed_for_its_unit(metric_id: str, invented: tuple[Database, Watch]) -> None:
    db, watched = invented
    metric, secret = catalogue.read()[metric_id], protected(db)
    missed = "hit" if metric.better == "lower" else "not hit"
    rows = db.rows(f"select case_id, unit from ({metric.sql}) where window_id = 'stock' and {missed}")
    own = [row for found in watched.rows.values() for row in found if row.list_id in MISSED[metric_id]]
    assert rows or metric_id == "investigation_open_over_allowed_time"  # of which the invented municipality has none
    assert {row for row in rows if row[0] not in secret} <= {(row.case_id, row.unit) for row in own}


def test_what_is_listed_as_passed_is_what_the_metric_counts(invented: tuple[Database, Watch]) -> None:
    db, watched = invented
    for metric_id, (first, *others) in MISSED.items():
        if others or catalogue.read()[metric_id].better != "lower":
            continue
        sql = catalogue.read()[metric_id].sql
        missed = {case for (case,) in db.rows(f"select case_id from ({sql}) where window_id = 'stock' and hit")}
        passed = {
            row.case_id
            for found in watched.rows.values()
            for row in found
            if row.list_id == first and (row.days_left or 0) < 0
        }
        assert passed <= missed, metric_id


def test_no_list_is_of_a_protected_person(invented: tuple[Database, Watch]) -> None:
    db, watched = invented
    secret = protected(db)
    assert secret
    assert not secret & {row.case_id for rows in watched.rows.values() for row in rows}
    assert sum(watched.left_out.values()) > 0


def test_a_case_of_a_metric_is_one_of_the_extract_that_it_needs_first(invented: tuple[Database, Watch]) -> None:
    """By its id a row is known to be about somebody protected."""
    db, _ = invented
    ids = {name: "item_id" if "item_id" in one.names else one.key[0] for name, one in EXTRACTS.items()}
    about_persons = {extract for (extract,) in db.rows("select distinct extract from protected_cases")}
    assert about_persons >= {"referrals", "investigations", "decisions", "plans", "care_levels"}
    for metric in catalogue.read().values():
        extract = next(iter(metric.needs))
        if extract in about_persons | {"incidents", "reviews", "coordinated_plans"}:
            known = f"select {ids[extract]} from loaded.{extract}"
            strange = db.value(f"select count(*) from ({metric.sql}) where case_id is null or case_id not in ({known})")
            assert strange == 0, metric.metric_id


def test_figures_know_how_many_rows_are_of_protected_persons(invented: tuple[Database, Watch]) -> None:
    """Against a count by person; and the invented municipality has groups that only the higher limit hides."""
    db, _ = invented
    ids = {"referrals": "referral_id", "decision_executed_within_3_months": "decision_id"}
    known = {name: catalogue.read()[name] for name in ids}
    found = metrics.measure(db, known, builders.config(), PERIOD, builders.WINDOWS, {}, {})
    for name, metric in known.items():
        of_protected = f"""
            select m.unit, count(*) from ({metric.sql}) as m
            inner join {next(iter(metric.needs))} as t on m.case_id = t.{ids[name]}
            where m.window_id = 'r12' and t.person_id in (select person_id from protected_persons) group by m.unit
        """
        told = {one.key.org: one.protected for one in found.by_org(metric, 3, window="r12") if one.protected}
        assert told
        assert told == dict(db.rows(of_protected))
    disclosure = builders.config().disclosure
    between = range(disclosure.smallest, disclosure.smallest_with_protected)
    assert any(one.protected and one.denominator in between for one in found.own())


def test_the_folder_holds_nothing_but_lists() -> None:
    folder = Path(ROOT) / "sql" / "lists"
    assert {file.stem for file in folder.iterdir()} == {one.id for one in cases.catalogue.read()}
