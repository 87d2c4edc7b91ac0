"""Everything in the database that a run builds says what it is, for those who ask it questions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date

import pytest

from pipeline import config, database, loading, metrics
from pipeline.database import Database
from pipeline.metrics import catalogue
from pipeline.model import RunInfo
from pipeline.places import ROOT
from tests.unit import builders

CASE = ROOT / "tests" / "metrics" / "decision_days_from_application" / "decided_in_the_window"
OWN = "database_name = current_database() and not internal"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The database of a whole run, without a figure that matters."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "raw").mkdir()
    for file in CASE.glob("*.csv"):
        if file.name != "expect.csv":
            shutil.copy(file, folder / "raw")
    settings = builders.config(paths=config.Paths(raw=folder / "raw", key=folder / "pseudonym.key"))
    with database.in_memory() as db:
        loading.load(db, settings, date(2026, 12, 1))
        metrics.prepare(db, settings, builders.PERIOD, date(2026, 12, 1))
        run = RunInfo("run", "1.0", date(2026, 12, 1), demo=False, config_sha256="")
        metrics.store(db, builders.figures(), catalogue.read(), run)
        metrics.create_views(db, catalogue.read())
        yield db


def test_every_table_and_view_has_a_comment(built: Database) -> None:
    tables = dict(built.rows(f"select table_name, comment from duckdb_tables() where {OWN}"))
    views = dict(built.rows(f"select view_name, comment from duckdb_views() where {OWN}"))

    assert {"decisions", "quarantine", "windows", "limits", "figures", "run_info"} <= set(tables)
    assert {"flow_windows", "stock_windows", "services_on_day"} <= set(views)
    assert [name for name, comment in (tables | views).items() if not comment] == []


def test_every_column_has_a_comment(built: Database) -> None:
    silent = built.rows(
        f"select schema_name, table_name, column_name from duckdb_columns() where {OWN} and comment is null"
    )

    assert silent == []


def test_a_column_that_is_taken_over_keeps_its_words(built: Database) -> None:
    laws = "table_name = 'decisions' and column_name = 'law'"
    told = built.rows(f"select distinct comment from duckdb_columns() where {OWN} and {laws}")

    assert told == [("Lagen: SoL, LSS, LVU eller LVM.",)]
