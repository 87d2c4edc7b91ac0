"""The delivered files read back as plain texts, without the pipeline's own readers."""

from __future__ import annotations

import csv
from datetime import date, datetime
from functools import cache
from pathlib import Path

from openpyxl import load_workbook

from pipeline.schemas import EXTRACTS
from pipeline.sources.profiles import load

TODAY = date(2026, 11, 22)
STARTS, ENDS, DELIVERED, DELIVERED_BEFORE = date(2022, 9, 1), date(2026, 8, 31), "2026-09-07", "2026-01-07"
FILES = {
    f"aktualiseringar_{DELIVERED}.csv": ("referrals", "utf-8-sig"),
    f"beslut_{DELIVERED}.csv": ("decisions", "cp1252"),
    f"enheter_{DELIVERED}.xlsx": ("units", "xlsx"),
    f"genomförandeplaner_{DELIVERED}.xlsx": ("plans", "xlsx"),
    f"utredningar_{DELIVERED_BEFORE}.csv": ("investigations", "cp1252"),
    f"utredningar_{DELIVERED}.csv": ("investigations", "cp1252"),
    f"aktiviteter_{DELIVERED}.xlsx": ("activities", "xlsx"),
    f"avvikelser_{DELIVERED}.xlsx": ("incidents", "xlsx"),
    f"enkäter_{DELIVERED}.tsv": ("surveys", "utf-8-sig"),
    f"granskningar_{DELIVERED}.xlsx": ("reviews", "xlsx"),
    f"internkontroll_{DELIVERED}.xlsx": ("controls", "xlsx"),
    f"kravmatris_{DELIVERED}.csv": ("requirements", "cp1252"),
    f"mål_{DELIVERED}.xlsx": ("goals", "xlsx"),
    f"mätvärden_{DELIVERED}.csv": ("measurements", "cp1252"),
    f"nivåbedömningar_{DELIVERED}.xlsx": ("care_levels", "xlsx"),
    f"sip_{DELIVERED}.csv": ("coordinated_plans", "cp1252"),
    f"synpunkter_{DELIVERED}.csv": ("incidents", "utf-8-sig"),
    f"uppföljningsplan_{DELIVERED}.xlsx": ("followup_plan", "xlsx"),
    f"vinjetter_{DELIVERED}.csv": ("vignettes", "utf-8-sig"),
}
Rows = list[dict[str, str]]


@cache
def lines(path: Path) -> list[list[str]]:
    """All lines of a file, data or not."""
    form = FILES[path.name][1]
    if form == "xlsx":
        return [[_text(cell) for cell in row] for row in load_workbook(path).active.iter_rows(values_only=True)]
    with path.open(encoding=form, newline="") as file:
        return list(csv.reader(file, delimiter="\t" if path.suffix == ".tsv" else ";"))


def headings(path: Path) -> list[str]:
    """The heading row: the first that is filled to its end."""
    return next(line for line in lines(path) if len(line) > 1 and all(line))


def rows(path: Path) -> Rows:
    """The data rows by heading."""
    every = lines(path)
    names = headings(path)
    below = every[every.index(names) + 1 :]
    return [dict(zip(names, line, strict=True)) for line in below if any(line) and line[0] != "Totalt"]


def of(folder: Path, extract: str) -> Rows:
    """An extract's rows as they last were: the newest file's row of each key."""
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for name in sorted(name for name, (of_extract, _) in FILES.items() if of_extract == extract):
        for row in rows(folder / name):
            found[tuple(row[heading] for heading in _key(extract))] = row
    return list(found.values())


@cache
def _key(extract: str) -> list[str]:
    words = load().headings
    return [words[extract][column][0] for column in EXTRACTS[extract].key]


def day(text: str) -> date | None:
    """The day a cell tells, if it is one that can have been."""
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2030 else None


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)
