"""Writes extracts as `;`-separated UTF-8 CSV with the standard headings."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .contract import HEADINGS, PATTERNS

FILE_NAMES = {extract: patterns[0] for extract, patterns in PATTERNS.items()}


def write(
    folder: Path,
    extract: str,
    rows: Iterable[Mapping[str, Any]],
    columns: Iterable[str] | None = None,
    name: str = "",
) -> Path:
    """Write one file of an extract: rows by the contract's column names, of which `columns` are delivered (or all)."""
    columns = list(HEADINGS[extract] if columns is None else columns)
    path = folder / f"{name or FILE_NAMES[extract]}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow([HEADINGS[extract][column] for column in columns])
        for row in rows:
            writer.writerow(["" if row.get(column) is None else str(row[column]) for column in columns])
    return path
