"""What the views say of hand-made rows: days, limits and overruns as of the day that the data are known to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline import config, database, metrics
from pipeline.database import Database
from pipeline.metrics import catalogue, views
from pipeline.model import FileAccount, Metric, RunInfo
from pipeline.periods import Period
from pipeline.places import ROOT
from pipeline.schemas import EXTRACTS
from tests.unit import builders

T2 = Period.parse("2026T2")
TODAY, DELIVERED = date(2026, 12, 1), date(2026, 9, 7)
CHILDREN = "Barn och unga"


def file(extract: str, name: str, delivered: date = DELIVERED) -> FileAccount:
    return FileAccount(name, extract, "0", delivered, "utf-8", (), 3, 1, 1, 1, 0, (), ())


class Tables:
    """Loaded rows, and what a view says of them."""

    def __init__(self, db: Database, inputs: tuple[FileAccount, ...], **settings: Any) -> None:
        self._db, self._inputs, self._settings = db, inputs, settings
        db.run("create schema loaded")
        for table in EXTRACTS:
            db.script(ROOT / "sql" / "tables" / f"{table}.sql")
        for table in ("delivered", "quarantine", "protected_cases", "protected_persons"):
            db.script(ROOT / "sql" / "tables" / f"{table}.sql")
        for one in inputs:
            db.run("insert into delivered values (?, 'unit')", [one.extract])
        self.add("loaded.units", unit="Barnenheten", programme="Individ och familj", area=CHILDREN)

    def add(self, table: str, **row: Any) -> None:
        names, marks = ", ".join(row), ", ".join("?" for _ in row)
        self._db.run(f"insert into {table} ({names}) values ({marks})", list(row.values()))

    def investigation(self, name: str, opened: str, closed: str | None = None, **more: Any) -> None:
        row = {"person_id": "p", "unit": "Barnenheten", "area": CHILDREN, **more}
        self.add("loaded.investigations", investigation_id=name, opened=opened, closed=closed, **row)

    def finish(self, definitions: Mapping[str, Metric] | None = None) -> None:
        settings = builders.config().model_copy(update=self._settings)
        definitions = definitions or catalogue.read()
        metrics.prepare(self._db, settings, T2, TODAY)
        run = RunInfo("run", "1.0", TODAY, demo=False, config_sha256="", inputs=self._inputs)
        metrics.store(self._db, builders.figures(), definitions, run)
        metrics.create_views(self._db, definitions)

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        return self._db.rows(question)


@pytest.fixture
def tables() -> Iterator[Tables]:
    with database.in_memory() as db:
        inputs = (file("investigations", "old.csv", date(2026, 5, 1)), file("investigations", "new.csv"))
        yield Tables(db, (*inputs, file("incidents", "a.csv"), file("decisions", "b.csv")))


def test_days_and_overruns_of_an_investigation(tables: Tables) -> None:
    tables.investigation("in time", "2026-01-31", "2026-05-31")
    tables.investigation("late", "2026-01-31", "2026-06-01")
    tables.investigation("extended", "2026-02-10", "2026-07-20", extended="2026-06-10", extended_until="2026-07-19")
    tables.investigation("open", "2026-05-01")
    tables.investigation("adult", "2026-01-01", "2026-08-01", area="Vuxna")
    tables.finish()

    told = tables.ask("""
        select investigation_id, is_open, days, deadline, days_over_deadline, is_over_deadline, programme
        from v_investigations order by all
    """)
    unit = "Individ och familj"
    assert told == [
        ("adult", False, 212, None, None, False, unit),
        ("extended", False, 160, date(2026, 7, 19), 1, True, unit),
        ("in time", False, 120, date(2026, 5, 31), 0, False, unit),
        ("late", False, 121, date(2026, 5, 31), 1, True, unit),
        # Open cases are counted to the day that the data are known to, which is not the day of the run.
        ("open", True, (DELIVERED - date(2026, 5, 1)).days, date(2026, 9, 1), 6, True, unit),
    ]


def test_data_are_known_to_the_newest_delivery_and_never_beyond_today(tables: Tables) -> None:
    tables.finish()
    newest = "select files, delivered, as_of from v_deliveries where extract = 'investigations'"
    assert tables.ask(newest) == [(2, DELIVERED, DELIVERED)]
    with database.in_memory() as db:
        early = Tables(db, (file("plans", "p.csv", TODAY + timedelta(3)),))
        early.finish()
        assert early.ask("select as_of from v_deliveries") == [(TODAY,)]


@pytest.mark.parametrize(
    ("row", "state", "days", "over"),
    [
        ({"result": "avslag"}, "avslag", None, None),
        ({}, "ej verkställt", 109, 17),
        ({"executed": "2026-08-20"}, "verkställt", 91, 0),
        ({"executed": "2026-08-22"}, "verkställt", 93, 1),
        ({"executed": "2026-08-20", "partly_executed": True}, "ej verkställt", 109, 17),
        ({"executed": "2026-06-01", "interrupted": "2026-07-01"}, "avbrutet", 11, 0),
        ({"executed": "2026-06-01", "interrupted": "2026-07-01", "resumed": "2026-07-08"}, "verkställt", 11, 0),
        ({"executed": "2026-06-01", "ended": "2026-07-01"}, "avslutat", 11, 0),
        ({"valid_to": "2026-06-30"}, "avslutat", 41, 0),
    ],
)
def test_where_a_decision_stands(tables: Tables, row: dict[str, Any], state: str, days: int, over: int) -> None:
    decided = {"decision_id": "d", "person_id": "p", "unit": "Barnenheten", "area": CHILDREN, "law": "SoL",
               "service": "Kontaktfamilj", "decided": "2026-05-21", "result": "bifall"}  # fmt: skip
    tables.add("loaded.decisions", **{**decided, **row})
    tables.finish()

    told = tables.ask("select state, days_to_execution, days_over_deadline from v_decisions")
    assert told == [(state, days, over)]


def test_an_incident_says_whether_it_was_open_too_long(tables: Tables) -> None:
    for name, closed in (("in time", "2026-07-30"), ("late", "2026-07-31"), ("open", None)):
        tables.add("loaded.incidents", incident_id=name, unit="Barnenheten", kind="avvikelse", received="2026-05-01",
                   closed=closed)  # fmt: skip
    tables.finish()

    told = tables.ask("select incident_id, days, is_over_deadline, area from v_incidents order by all")
    assert told == [("in time", 90, False, CHILDREN), ("late", 91, True, CHILDREN), ("open", 129, True, CHILDREN)]


def test_a_rejected_row_says_how_many_reasons_it_has(tables: Tables) -> None:
    row = {"extract": "investigations", "file": "new.csv", "sheet": "", "row_number": 7, "heading": "", "value": "",
           "column_name": "", "record_key": "U7", "unit": "", "fault_id": "", "protected": False,
           "content": "{}"}  # fmt: skip
    for rule in ("required", "unknown_code"):
        tables.add("quarantine", **row, rule=rule, reason=rule)
    tables.finish()

    told = tables.ask("select rule, delivered, reasons_of_row from v_quarantine order by all")
    assert told == [("required", DELIVERED, 2), ("unknown_code", DELIVERED, 2)]


def test_protected_cases_are_marked(tables: Tables) -> None:
    tables.investigation("secret", "2026-05-01", "2026-06-01")
    tables.investigation("other", "2026-05-01", "2026-06-01")
    tables.add("protected_cases", extract="investigations", case_id="secret")
    tables.finish()

    for view, name in (
        ("v_investigations", "investigation_id"),
        ("v_cases_investigation_within_120_days", "case_id"),
    ):
        told = tables.ask(f"select distinct {name}, is_protected from {view} order by all")
        assert told == [("other", False), ("secret", True)], view


def test_the_rows_behind_a_figure_are_the_committees_own() -> None:
    with database.in_memory() as db:
        tables = Tables(db, (file("investigations", "a.csv"),), committee=config.Committee(name="N", areas=("Vuxna",)))
        for area in ("Vuxna", CHILDREN):
            tables.investigation(area, "2026-05-01", "2026-06-01", area=area)
        tables.finish()

        behind = "select distinct case_id, programme, dates from v_cases_investigations_opened join v_windows"
        assert tables.ask(f"{behind} using (window_id) where v_windows.kind = 'tertial' and v_windows.is_report") == [
            ("Vuxna", "Individ och familj", "2026-05-01–2026-08-31")
        ]


def test_every_column_of_the_rows_behind_todays_metrics_is_explained(tables: Tables) -> None:
    tables.finish()
    generic = views.words()["cases"]["*"]
    assert tables.ask(f"select table_name, column_name from duckdb_columns() where comment = '{generic}'") == []


def test_a_metric_may_have_columns_and_words_of_its_own(tables: Tables) -> None:
    """A new metric is one file: whatever it selects, and however its header is written, its rows can be asked for."""
    own = replace(
        catalogue.read()["investigations_opened"],
        metric_id="own",
        title="Månens 'egna' mått",
        sql="select w.window_id, 'c' as case_id, 'u' as unit, null as area, 'It''s' as gender, null as age_group,"
        " 1 as moon from flow_windows as w",
    )
    tables.finish({"own": own})

    assert tables.ask("select distinct moon, gender, age_group from v_cases_own") == [(1, "It's", "okänt")]
    ((title,),) = tables.ask("select comment from duckdb_views() where view_name = 'v_cases_own'")
    assert "Månens 'egna' mått" in title
    told = "select comment from duckdb_columns() where table_name = 'v_cases_own' and column_name = 'moon'"
    assert tables.ask(told) == [(views.words()["cases"]["*"],)]


def test_a_column_that_nothing_explains_is_a_fault(tables: Tables, tmp_path: Path, monkeypatch: Any) -> None:
    for view in views.FOLDER.iterdir():
        (tmp_path / view.name).write_text(view.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "v_new.sql").write_text("create view v_new as select 1 as moon", encoding="utf-8")
    monkeypatch.setattr(views, "FOLDER", tmp_path)
    with pytest.raises(KeyError, match=re.escape("v_new.moon")):
        tables.finish()
