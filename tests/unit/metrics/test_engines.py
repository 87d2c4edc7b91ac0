"""The same statements on the database and on a Spark server: every metric, every figure, nothing may differ."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import database, demo, loading, metrics
from pipeline.config import Committee, Config, Engine, Municipality, Paths
from pipeline.database import Database
from pipeline.errors import WrongUse
from pipeline.metrics import catalogue, engines
from pipeline.model import Figures, Metric
from pipeline.periods import Period, Window

TODAY, PERIOD = date(2026, 11, 22), Period.parse("2026T2")
CATALOGUE = catalogue.read()
# Of each way to count: shares, medians of what is observed, values per case worker, sums, alpha, values beside a count.
FEW = ("investigation_days", "open_investigations_per_case_worker", "measure", "rater_agreement", "referrals")

# A database with everything prepared, and its windows.
Prepared = tuple[Database, dict[str, Window]]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where a Spark server answers: Sail, a Spark Connect server without Java."""
    os.environ.setdefault("RUST_LOG", "error")  # its log would tell of every statement
    from pysail.spark import SparkConnectServer

    # Spark's client takes a main module without a file, such as that of a worker of these tests, for its own tests.
    vars(sys.modules["__main__"]).setdefault("__file__", __file__)

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    _, port = server.listening_address
    yield f"sc://127.0.0.1:{port}"
    server.stop()


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    place = tmp_path_factory.mktemp("engines")
    demo.write(place / "raw", demo.Size.SMALL, demo.DEFAULT_SEED, TODAY)
    paths = Paths(raw=place / "raw", processed=place / "processed", reports=place / "reports", key=place / "key")
    return Config(
        municipality=Municipality(name="Exempelköping", code="9999"), committee=Committee(name="Nämnden"), paths=paths
    )


@pytest.fixture(scope="module")
def prepared(config: Config) -> Iterator[Prepared]:
    with database.in_memory() as db:
        loading.load(db, config, TODAY, config.paths.raw)
        yield db, metrics.prepare(db, config, PERIOD, TODAY)


def on_spark(config: Config, address: str) -> Config:
    return config.model_copy(update={"engine": Engine(kind="spark", address=address)})


def measured(prepared: Prepared, config: Config, only: tuple[str, ...] = tuple(CATALOGUE)) -> Figures:
    db, windows = prepared
    asked = {name: CATALOGUE[name] for name in only}
    return metrics.measure(db, asked, config, PERIOD, windows, {}, {})


def test_every_figure_of_every_metric_is_the_same_on_both(
    prepared: Prepared, config: Config, address: str, record_property: Callable[[str, object], None]
) -> None:
    here, there = measured(prepared, config), measured(prepared, on_spark(config, address))
    assert not here.missing
    assert {key.metric for key in here.figures} == set(CATALOGUE)
    assert len({key.window for key in here.figures}) == len(here.windows)
    counted = {"metrics": len(CATALOGUE), "figures": len(here.figures) + len(here.spreads)}
    for name, number in counted.items():
        record_property(name, number)
    assert different(here, there) == []
    assert list(here.figures) == list(there.figures)


def test_only_the_committees_areas_are_counted_on_both(prepared: Prepared, config: Config, address: str) -> None:
    db, _ = prepared
    db.run("insert into limit_values values ('committee_areas', 'äldreomsorg')")
    try:
        here, there = measured(prepared, config, FEW), measured(prepared, on_spark(config, address), FEW)
    finally:
        db.run("delete from limit_values where name = 'committee_areas'")
    areas = {key.category for key, one in here.figures.items() if key.breakdown == "area" and one.denominator}
    assert areas == {"Äldreomsorg"}
    assert different(here, there) == []


def different(here: Figures, there: Figures) -> list[str]:
    """Where the two do not say the same, a line each."""
    one, other = {**here.figures, **here.spreads}, {**there.figures, **there.spreads}
    keys = [key for key in {**one, **other} if one.get(key) != other.get(key)]
    return [f"{key}: {one.get(key)} / {other.get(key)}" for key in keys]


def test_the_cluster_gets_what_is_read_and_nothing_is_left(
    prepared: Prepared, config: Config, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, _ = prepared
    given: dict[str, set[str]] = {}

    def noted(self: Database, select: str, file: Path) -> None:
        export(self, select, file)
        given[file.stem] = set(pq.read_schema(file).names)
        assert file.parent.parent == config.paths.processed
        assert file.parent.stat().st_mode & 0o077 == 0

    export = Database.export
    monkeypatch.setattr(Database, "export", noted)
    with engines.counting(db, on_spark(config, address), [CATALOGUE["incidents"]]):
        pass
    assert {"incident_id", "category", "received"} <= given["incidents"]
    assert not given["incidents"] & {"cause", "action"}
    assert not given["decisions"] & {"end_reason", "birth_year"}
    assert list(config.paths.processed.iterdir()) == []


def test_a_folder_that_the_cluster_reaches_may_be_chosen(
    prepared: Prepared, config: Config, address: str, tmp_path: Path
) -> None:
    shared, seen = tmp_path / "shared", tmp_path / "seen"
    chosen = Engine(kind="spark", address=address, folder=shared, seen_as=f"{seen}/")
    moved = config.model_copy(update={"engine": chosen})
    with pytest.raises(WrongUse, match=r"shared går inte att skriva i .* Rätta folder under \[engine\]"):
        measured(prepared, moved, FEW[:1])
    shared.mkdir()
    seen.symlink_to(shared)
    assert different(measured(prepared, config, FEW[:1]), measured(prepared, moved, FEW[:1])) == []
    assert list(shared.iterdir()) == []


def test_a_server_that_is_not_there_is_told_at_once_and_not_its_secrets(prepared: Prepared, config: Config) -> None:
    with pytest.raises(WrongUse) as fault:
        measured(prepared, on_spark(config, "sc://127.0.0.1:9/;token=hemlig"), FEW[:1])
    assert str(fault.value) == (
        "Spark på 127.0.0.1:9 svarar inte (Connection refused). Starta servern eller rätta address under [engine] i"
        ' config.toml, eller skriv kind = "duckdb" där för att räkna på den här datorn.'
    )


def test_a_statement_that_the_server_refuses_is_told_with_its_file(
    prepared: Prepared, config: Config, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(metric: Metric, **_: object) -> str:
        return f"select no_such_column from {metric.metric_id}"

    monkeypatch.setattr("pipeline.metrics.aggregation.placing.on_any_engine", refused)
    with pytest.raises(
        WrongUse, match=r"^sql/metrics/referrals\.sql: .* kan inte köra satsen \(.*no_such_column.*\)\.$"
    ):
        measured(prepared, on_spark(config, address), ("referrals",))
