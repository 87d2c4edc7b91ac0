"""Extracts of many rows kept as few: `NAME.many.csv`, whose first column, Antal, says how many rows a line stands for.

`#` in a cell is the row's number within its line, from 1.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

SUFFIX = ".many.csv"
HOW_MANY = "Antal"


def deliver(folder: Path, raw: Path) -> None:
    """Copies a municipality's extracts to where the pipeline reads them, those of many rows written out."""
    raw.mkdir(parents=True)
    for file in sorted(folder.glob("*.csv")):
        if file.name.endswith(SUFFIX):
            _written_out(file, raw / f"{file.name.removesuffix(SUFFIX)}.csv")
        elif file.name != "expect.csv":
            shutil.copy(file, raw)


def _written_out(file: Path, target: Path) -> None:
    with file.open(encoding="utf-8", newline="") as stream, target.open("w", encoding="utf-8", newline="") as written:
        lines = csv.reader(stream, delimiter=";")
        writer = csv.writer(written, delimiter=";", lineterminator="\n")
        how_many, *headings = next(lines)
        assert how_many == HOW_MANY, file
        writer.writerow(headings)
        for number, *cells in lines:
            writer.writerows([cell.replace("#", str(row)) for cell in cells] for row in range(1, int(number) + 1))
