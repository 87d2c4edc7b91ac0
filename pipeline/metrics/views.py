"""What analysts ask: the views of sql/views, and one of the rows behind each metric, made from its own definition."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping

from pipeline.database import Database
from pipeline.metrics import placing
from pipeline.model import Metric
from pipeline.places import ROOT

FOLDER = ROOT / "sql" / "views"
CASES = "v_cases_"
# Other views stand on these.
_FIRST = ("v_deliveries", "v_units")
# Where a view's columns have their words from, if not from the table that it is named after.
_TAKEN_FROM = {
    "v_deliveries": ("files",),
    "v_figures": ("figures", "metrics", "windows"),
    "v_services": ("services_on_day",),
    "v_waiting": ("waiting_on_day",),
}
_OTHERS = "*"  # a column that only a metric's own file knows
_ON_A_DAY = ("services_on_day", "waiting_on_day")
_COMMENTS = """
select table_name, column_name, any_value(comment order by schema_name desc)
from duckdb_columns()
where database_name = current_database() and schema_name in ('main', 'loaded') and comment is not null
group by table_name, column_name
"""
_SILENT = """
select table_name, column_name
from duckdb_columns()
where database_name = current_database() and table_name like 'v!_%' escape '!' and comment is null
order by table_name, column_index
"""

Words = Mapping[str, Mapping[str, str]]  # table → column → what it means


def create(database: Database, metrics: Mapping[str, Metric]) -> None:
    """Make all views, each with its comments; needs the prepared tables and those of `storage`.

    Raises KeyError where a view has a column that nothing tells the meaning of.
    """
    database.run("begin")
    for name in _in_order(file.stem for file in FOLDER.glob("*.sql")):
        database.script(FOLDER / f"{name}.sql")
    for metric in metrics.values():
        database.run(cases(metric))
    database.run(";\n".join([*_of_views(metrics), *_of_columns(database, metrics)]))
    database.run("commit")


def cases(metric: Metric) -> str:
    """The statement that makes the view of the rows behind a metric: as they are counted, in every window."""
    named = ", ".join(f"{said} as {breakdown}" for breakdown, said in placing.named(metric.breakdowns).items())
    replaced = f" replace ({named})" if named else ""
    return f"""
        create view {CASES}{metric.metric_id} as
        select w.window_id, w.kind as window_kind, w.series = 'report' as is_report, w.starts, w.ends,
            r.* exclude (window_id, series)
        from (select *{replaced} from ({placing.placed(metric)}) as p) as r
        inner join windows as w on r.window_id = w.window_id
    """


def words() -> Words:
    """What columns that recur mean: under "cases" those of the rows behind metrics, under "" those of all views."""
    told = tomllib.loads((FOLDER / "columns.toml").read_text(encoding="utf-8"))
    return {"cases": told.pop("cases"), "": told}


def _in_order(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name not in _FIRST, name))


def _of_views(metrics: Mapping[str, Metric]) -> Iterator[str]:
    for name, metric in metrics.items():
        counted = metric.denominator + (f"; i täljaren: {metric.numerator}" if metric.numerator else "")
        yield _comment(
            f"view {CASES}{name}",
            f"Raderna bakom måttet {metric.title}: {counted}. En rad per mätfönster och rad som räknas."
            f"{'' if metric.summed else ' Innehåller ärendens id.'}",
        )


def _of_columns(database: Database, metrics: Mapping[str, Metric]) -> Iterator[str]:
    told = _tables_words(database)
    recurring = words()
    in_cases = recurring["cases"]
    for view, column in database.rows(_SILENT):
        if view.startswith(CASES):
            tables = _read_by(metrics[view.removeprefix(CASES)])
            found = [in_cases, *_of(tables, told), recurring[""], {column: in_cases[_OTHERS]}]
        else:
            found = [*_of(_TAKEN_FROM.get(view, (view.removeprefix("v_"),)), told), recurring[""]]
        yield _comment(f"column {view}.{column}", _meaning(f"{view}.{column}", column, found))


def _meaning(place: str, column: str, found: Iterable[Mapping[str, str]]) -> str:
    for one in found:
        if column in one:
            return one[column]
    raise KeyError(f"nothing tells what {place} means: say so in its file, or in columns.toml")


def _read_by(metric: Metric) -> tuple[str, ...]:
    """The tables that a metric's columns are of, its own extract first."""
    return (*metric.needs, *_ON_A_DAY, *metric.refines)


def _of(tables: Iterable[str], told: Words) -> list[Mapping[str, str]]:
    return [told[table] for table in tables if table in told]


def _tables_words(database: Database) -> Words:
    told: dict[str, dict[str, str]] = {}
    for table, column, comment in database.rows(_COMMENTS):
        told.setdefault(table, {})[column] = comment
    return told


def _comment(what: str, meaning: str) -> str:
    return f"comment on {what} is '{meaning.replace(chr(39), chr(39) * 2)}'"
