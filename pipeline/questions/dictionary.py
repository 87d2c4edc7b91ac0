"""The data dictionary: every view and table that can be asked, with what each column means, from their own comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.database import Database

_CASES = "v_cases_"
_TABLES = """
select table_name as name, schema_name, comment from duckdb_tables() where {own}
union all
select view_name, schema_name, comment from duckdb_views() where {own}
order by schema_name desc, name
"""
_COLUMNS = """
select schema_name, table_name, column_name, data_type, comment from duckdb_columns() where {own} order by column_index
"""
_OWN = "database_name = current_database() and not internal"
_HEAD = """# Datakatalog

Det som går att fråga med `python -m pipeline sql`: se [fraga-databasen.md](fraga-databasen.md). Sidan görs av
databasens egna kommentarer med `make datadoc`; ändra i `sql/views`, `sql/prepared` och `sql/tables`.
"""
_PARTS = (
    ("Vyer", "Färdiga att fråga. Börja här."),
    ("Raderna bakom måtten", "En vy per mått: raderna som siffran räknas av, så som de räknas, i varje mätfönster."
     " Alla har kolumnerna i den första tabellen; vad var och en har därutöver står i den andra."),
    ("Förberedda tabeller", "Utdragen med dagar, gränser och det som måtten bygger på, och siffrorna själva."),
    ("Inlästa tabeller", "Utdragens rader så som de lästes in, i schemat `loaded`."),
)  # fmt: skip

Column = tuple[str, str, str]  # name, type, meaning


def text(database: Database) -> str:
    """The page (Markdown, Swedish) of a database that a run has built."""
    columns: dict[tuple[str, str], list[Column]] = {}
    for schema, table, *column in database.rows(_COLUMNS.format(own=_OWN)):
        columns.setdefault((schema, table), []).append((column[0], column[1], column[2] or ""))
    tables = [(name, schema, comment or "") for name, schema, comment in database.rows(_TABLES.format(own=_OWN))]
    views = [one for one in tables if one[0].startswith("v_") and not one[0].startswith(_CASES)]
    cases = [one for one in tables if one[0].startswith(_CASES)]
    prepared = [one for one in tables if one[1] == "main" and not one[0].startswith("v_")]
    loaded = [one for one in tables if one[1] == "loaded"]
    bodies = [_each(views, columns), _of_cases(cases, columns), _each(prepared, columns), _each(loaded, columns)]
    parts = [f"\n## {title}\n\n{about}\n{body}" for (title, about), body in zip(_PARTS, bodies, strict=True)]
    return "".join([_HEAD, *parts])


def _each(tables: Sequence[Any], columns: Mapping[tuple[str, str], Sequence[Column]]) -> str:
    return "".join(
        f"\n### {schema + '.' if schema != 'main' else ''}{name}\n\n{comment}\n\n{_rows(columns[schema, name])}"
        for name, schema, comment in tables
    )


def _rows(columns: Sequence[Column]) -> str:
    lines = [f"| `{name}` | {kind.lower()} | {_cell(meaning)} |" for name, kind, meaning in columns]
    return "\n".join(["| kolumn | typ | betyder |", "|---|---|---|", *lines]) + "\n"


def _of_cases(tables: Sequence[Any], columns: Mapping[tuple[str, str], Sequence[Column]]) -> str:
    every = [columns[schema, name] for name, schema, _ in tables]
    shared = [one for one in every[0] if all(one in others for others in every)] if every else []
    return f"\n{_rows(shared)}\n" + "\n".join(
        ["| vy | rader | egna kolumner |", "|---|---|---|", *_own(tables, columns, shared)]
    ) + "\n"  # fmt: skip


def _own(
    tables: Sequence[Any], columns: Mapping[tuple[str, str], Sequence[Column]], shared: Sequence[Column]
) -> Iterator[str]:
    for name, schema, comment in tables:
        own = "; ".join(
            f"`{column}`: {_cell(meaning).rstrip('.')}"
            for column, kind, meaning in columns[schema, name]
            if (column, kind, meaning) not in shared
        )
        yield f"| `{name}` | {_cell(comment)} | {own} |"


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")
