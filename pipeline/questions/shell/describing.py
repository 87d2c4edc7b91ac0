r"""What there is to ask: `\d` and `\d name`, with what the Swedish comments say of it."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

from pipeline import database
from pipeline.database import Kind, QuestionFault
from pipeline.errors import WrongUse
from pipeline.questions import faults

_SECONDS = 20.0
_MOST = 100_000
_OF_CASES = "v_cases_"
_NARROWEST = 30
_INDENT = "    "
_OWN = "case when schema_name = 'main' then '' else schema_name || '.' end"
_TABLES = f"""
select name, comment from (
    select {_OWN} || view_name as name, comment from duckdb_views() where not internal
    union all
    select {_OWN} || table_name as name, comment from duckdb_tables() where not internal
)
order by not starts_with(name, 'v_'), name
"""
_COLUMNS = f"""
select column_name, lower(data_type), comment from duckdb_columns()
where not internal and {_OWN} || table_name = $name
order by column_index
"""


def show(folder: Path, name: str) -> None:
    """Print the columns of a table or view; without a name, or with the beginning of one, what there is.

    Raises WrongUse, with the nearest, where there is nothing of that name.
    """
    tables = [(str(one), comment or "") for one, comment in _rows(folder, _TABLES)]
    columns = _rows(folder, _COLUMNS, name=name) if name else []
    if columns:
        sys.stdout.write(f"{name}\n{_wrapped(dict(tables).get(name, ''))}")
        _print((f"{column}  ({kind})", comment or "") for column, kind, comment in columns)
        return
    found = [one for one in tables if one[0].startswith(name)]
    if not found:
        fault = QuestionFault(Kind.TABLE, name=name)
        raise WrongUse(faults.sentence(fault, "", database.contents(folder), _SECONDS))
    if name:
        _print(found)
        return
    _print(one for one in found if one[0].startswith("v_") and not one[0].startswith(_OF_CASES))
    _print([(f"{_OF_CASES}…", rf"Raderna bakom varje mått. De visas av \d {_OF_CASES}")])
    others = ", ".join(one for one, _ in found if not one.startswith("v_"))
    sys.stdout.write(f"Tabeller\n{_wrapped(others)}")


def _print(told: Iterable[tuple[str, str]]) -> None:
    for name, comment in told:
        sys.stdout.write(f"{name}\n{_wrapped(comment)}")


def _wrapped(text: str) -> str:
    width = max(shutil.get_terminal_size().columns - 1, _NARROWEST)
    lines = textwrap.wrap(text, width, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False)
    return "".join(f"{line}\n" for line in lines)


def _rows(folder: Path, question: str, **parameters: str) -> list[tuple[str, ...]]:
    with database.answering(folder, question, parameters, _SECONDS) as found:
        return [row for chunk in found.chunks(_MOST) for row in chunk]
