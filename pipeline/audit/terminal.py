"""The log on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from pipeline.audit.reading import Entry


def show(entries: Sequence[Entry], left: int, damaged: int) -> None:
    """Print entries as a table; `left`: how many older ones are not shown, `damaged`: lines that say nothing."""
    console = Console(markup=False, highlight=False)
    table = Table(box=None, pad_edge=False)
    for heading in ("När", "Vem", "Kommando"):
        table.add_column(heading, no_wrap=True)
    table.add_column("Rader", justify="right")
    table.add_column("Vad", overflow="fold")
    for entry in entries:
        rows = "" if entry.rows is None else str(entry.rows)
        table.add_row(entry.at.isoformat(sep=" "), entry.user, entry.command, rows, entry.what)
    if entries:
        console.print(table)
    else:
        console.print("Loggen har inget att visa.")
    if left:
        console.print(f"Äldre rader som inte visas: {left}. Visa fler med --last, eller alla från en dag med --since.")
    if damaged:
        console.print(f"Rader i loggen som är skadade och inte går att läsa: {damaged}.")
