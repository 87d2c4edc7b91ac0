"""What both pages of lineage tell: the way of each metric and view from the files, and what rests on each column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.config import DEFAULT_FILES
from pipeline.lineage.library import Library
from pipeline.model import EXTRACT_NAMES, Metric
from pipeline.sources import profiles

_WINDOWS = "windows"


@dataclass(frozen=True)
class Read:
    """A column that is read: its heading in the files (Swedish), and its name in the database."""

    heading: str
    name: str


@dataclass(frozen=True)
class Source:
    """What is read of an extract: the patterns of its files, what it is called, and the columns."""

    files: tuple[str, ...]
    extract: str
    columns: tuple[Read, ...]


@dataclass(frozen=True)
class Trail:
    """The way of a metric or view: what it reads directly, and what lies behind that.

    `settings`: the tables that [limits] of the configuration becomes, those of them that count.
    """

    tables: tuple[str, ...]
    sources: tuple[Source, ...]
    settings: tuple[str, ...]


@dataclass(frozen=True)
class Resting:
    """The columns of an extract, each with the ids of the metrics that rest on it."""

    extract: str
    columns: tuple[tuple[Read, tuple[str, ...]], ...]


def of_metric(library: Library, metric: Metric) -> Trail:
    """The way of a metric."""
    return _trail(library, _read_by(library, metric))


def of_view(library: Library, name: str) -> Trail:
    """The way of a view."""
    return _trail(library, {name: set(library.relations[name].columns)})


def by_section(metrics: Mapping[str, Metric]) -> dict[str, list[Metric]]:
    """The metrics under the report's sections, both in the order of the report."""
    found: dict[str, list[Metric]] = {}
    for metric in metrics.values():
        found.setdefault(metric.section, []).append(metric)
    return found


def resting(library: Library, metrics: Mapping[str, Metric]) -> Iterator[Resting]:
    """What rests on each column, extract by extract."""
    on: dict[tuple[str, str], list[str]] = defaultdict(list)
    for metric in metrics.values():
        for extract, columns in library.extracts_behind(_read_by(library, metric)).items():
            for column in columns:
                on[extract, column].append(metric.metric_id)
    for extract, name in EXTRACT_NAMES.items():
        relation = library.relations.get(f"loaded.{extract}")
        if relation is not None:
            yield Resting(
                name, tuple((_read(extract, column), tuple(on[extract, column])) for column in relation.columns)
            )


def _read_by(library: Library, metric: Metric) -> dict[str, set[str]]:
    return library.read_by(metric.sql, f"sql/metrics/{metric.metric_id}.sql")


def _trail(library: Library, read: Mapping[str, set[str]]) -> Trail:
    sources = tuple(
        Source(DEFAULT_FILES[extract], EXTRACT_NAMES[extract], tuple(_read(extract, column) for column in columns))
        for extract, columns in library.extracts_behind(read).items()
    )
    tables = tuple(name for name in read if not name.endswith(_WINDOWS))
    return Trail(tables, sources, tuple(library.settings_behind(read)))


def _read(extract: str, column: str) -> Read:
    headings = profiles.load().headings
    return Read((headings[extract].get(column) or headings["common"][column])[0], column)
