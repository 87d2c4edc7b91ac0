"""Ad hoc SQL on the database of the last report: read-only, answered as a table or as CSV."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

from pipeline import database
from pipeline.errors import WrongUse

Rows = list[tuple[Any, ...]]


def answer(processed: Path, query: str) -> tuple[list[str], Rows]:
    """Column names and rows of a query.

    Raises WrongUse when there is no database yet, and when the query cannot be run.
    """
    if not (processed / database.FILE_NAME).exists():
        raise WrongUse(f"Ingen databas finns i {processed}. Kör först: python -m pipeline report")
    with database.read_only(processed) as connection:
        try:
            return connection.named_rows(query)
        except database.SqlFault as fault:
            raise WrongUse(f"Frågan kunde inte köras: {fault}") from None


def print_csv(names: list[str], rows: Rows) -> None:
    """Write comma-separated rows with a header line to standard output; empty for null."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)


def print_table(names: list[str], rows: Rows) -> None:
    """Write rows as a table that fits the terminal to standard output."""
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for place, name in enumerate(names):
        numeric = any(isinstance(row[place], int | float) for row in rows)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    console = Console(markup=False, highlight=False)
    console.print(table)
    console.print(f"{len(rows)} rader" if len(rows) != 1 else "1 rad")
