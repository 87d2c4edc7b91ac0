"""Which engine counts: the run's own database, or a Spark server that is given its prepared tables as Parquet."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import access, swapping
from pipeline.config import Config
from pipeline.database import Database
from pipeline.errors import WrongUse
from pipeline.metrics import placing
from pipeline.metrics.aggregation import Engine
from pipeline.metrics.preparation import FOLLOWED_UP, PREPARED
from pipeline.model import Metric

if TYPE_CHECKING:
    from pipeline.database.spark import Spark

# What a metric's statement and its placing may read. The rest is prepared where the extracts were loaded.
_TABLES = (
    "windows", "flow_windows", "flow_and_year_windows", "stock_windows", "limit_values", "protected_cases",
    "unit_on_day", "units", "referrals", "investigations", "decisions", "plans", "plan_decisions", *FOLLOWED_UP,
)  # fmt: skip
# Views in the portable subset, by file: as large as the windows times the cases, so the engine makes them itself.
_VIEWS = ("services", "waiting")
_VIEW = re.compile(r"create view (?P<name>\w+) as\n(?P<select>.*?);", re.DOTALL)


@contextmanager
def counting(database: Database, config: Config, metrics: Iterable[Metric]) -> Iterator[Engine]:
    """The engine that `config.engine` names, with everything there that the metrics' statements read.

    Raises WrongUse where a Spark server does not answer, or the folder for its files cannot be used.
    """
    wanted = list(metrics)
    if config.engine.kind == "duckdb":
        with _computed_once(database, wanted):
            yield database
        return
    from pipeline.database.spark import spark

    with _folder(config) as folder, spark(config.engine.address) as engine:
        _hand_over(database, engine, wanted, folder, config.engine.seen_as)
        yield engine


@contextmanager
def _computed_once(database: Database, metrics: list[Metric]) -> Iterator[None]:
    """Meanwhile the views that several metrics read have the rows at hand, of their columns those that some names."""
    read = [_words((placing.on_any_engine(metric),)) for metric in metrics]
    named = set[str]().union(*read)
    kept = [view["name"] for view in _views() if sum(view["name"] in words for words in read) > 1]
    for name in kept:
        columns = [column for column in database.columns(name) if column in named]
        database.keep(name, f"select {', '.join(columns)} from {name}")
    try:
        yield
    finally:
        for name in kept:
            database.drop(name)


@contextmanager
def _folder(config: Config) -> Iterator[Path]:
    """An empty folder for the files, gone afterwards; closed to others unless the configuration chose the place.

    What a run that died left beside the database, the next one sweeps away.
    """
    chosen = config.engine.folder
    folder = swapping.aside((chosen or config.paths.processed) / "spark")
    shutil.rmtree(folder, ignore_errors=True)
    if chosen is None:
        access.make_folder(folder)
    else:
        _open_to_group(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _open_to_group(folder: Path) -> None:
    """Make a folder that the cluster's group may read, as far as the rights of the place allow."""
    try:
        folder.mkdir(mode=0o750)
    except OSError as fault:
        raise WrongUse(
            f"Mappen {folder.parent} går inte att skriva i ({fault.strerror}). Rätta folder under [engine] i"
            " config.toml."
        ) from None


def _hand_over(database: Database, engine: Spark, metrics: list[Metric], folder: Path, seen_as: str) -> None:
    """Write the tables, of their columns those that some statement names, and let the engine read them."""
    views = _views()
    named = _words([*(placing.on_any_engine(metric) for metric in metrics), *(view["select"] for view in views)])
    seen = seen_as or str(folder.parent)
    for table in _TABLES:
        columns = [column for column in database.columns(table) if column in named]
        if columns:
            database.export(f"select {', '.join(columns)} from {table}", folder / f"{table}.parquet")
            engine.read(table, f"{seen.rstrip('/')}/{folder.name}/{table}.parquet")
    for view in views:
        engine.keep(view["name"], view["select"])


def _views() -> list[re.Match[str]]:
    return [view for name in _VIEWS for view in _VIEW.finditer((PREPARED / f"{name}.sql").read_text(encoding="utf-8"))]


def _words(statements: Iterable[str]) -> set[str]:
    return {word for statement in statements for word in re.findall(r"\w+", statement)}
