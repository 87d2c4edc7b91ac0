"""Reads clean extracts with the standard headings: `;`-separated UTF-8 CSV files in one folder."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from .contract import (
    ANSWERS,
    CODES,
    COUNTS,
    DATES,
    FOR_WHOM,
    HEADINGS,
    KEYS,
    NUMBERS,
    PATTERNS,
    SPELT_ALIKE,
    WITH_A_UNIT,
)

Record = dict[str, Any]


@dataclass(frozen=True)
class Extracts:
    """The loaded rows of each extract, and the columns whose heading stands in at least one of its files."""

    units: list[Record]
    referrals: list[Record]
    investigations: list[Record]
    decisions: list[Record]
    plans: list[Record]
    care_levels: list[Record]
    coordinated_plans: list[Record]
    incidents: list[Record]
    reviews: list[Record]
    surveys: list[Record]
    vignettes: list[Record]
    measurements: list[Record]
    activities: list[Record]
    controls: list[Record]
    followup_plan: list[Record]
    requirements: list[Record]
    goals: list[Record]
    columns: dict[str, set[str]]

    def delivered(self, extract: str, column: str) -> bool:
        """Whether a file of the extract has the column; False too when the extract has no file."""
        return column in self.columns.get(extract, set())

    def units_named(self) -> set[str]:
        """Every unit that some extract but the register names as whose row it is, spelt as usual."""
        naming = [extract for extract in WITH_A_UNIT if extract not in FOR_WHOM]
        return {row["unit"] for extract in naming for row in getattr(self, extract) if row["unit"]}


def read(folder: Path) -> Extracts:
    """Read, settle which rows count (rule 5), type, and spell alike (rule 7)."""
    tables: dict[str, list[Record]] = {}
    columns: dict[str, set[str]] = {}
    for extract, starts in PATTERNS.items():
        files = []
        for path in folder.iterdir():
            pattern = next((start for start in starts if _folded(path.name).startswith(start)), None)
            if path.suffix == ".csv" and pattern:
                headings, rows = _read_file(path, extract)
                columns.setdefault(extract, set()).update(headings)
                files.append((_folded(path.name), pattern, rows))
        tables[extract] = [_typed(extract, row) for row in _that_count(extract, files)]
    _spell_alike(tables)
    return Extracts(**tables, columns=columns)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _heading(text: str) -> str:
    return re.sub(r"[\s_-]", "", _folded(text))


def _clean(text: str | None) -> str:
    """Text is trimmed, runs of spaces and non-breaking spaces become one."""
    return re.sub(r"\s+", " ", text or "").strip()


def _read_file(path: Path, extract: str) -> tuple[set[str], list[dict[str, str]]]:
    names = {_heading(heading): column for column, heading in HEADINGS[extract].items()}
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, delimiter=";")
        header = [names.get(_heading(cell)) for cell in next(reader)]
        rows = []
        for cells in reader:
            row = {column: _clean(cell) for column, cell in zip(header, cells, strict=False) if column}
            if any(row.values()):
                rows.append(row)
    found = {column for column in header if column}
    for column in found.intersection(ANSWERS):
        _spell_out_crosses(column, rows)
    return found, rows


def _spell_out_crosses(column: str, rows: list[dict[str, str]]) -> None:
    """A column whose only values are x and blank: x = yes, blank = no."""
    if {row[column].lower() for row in rows} - {""} == {"x"}:
        for row in rows:
            row[column] = "ja" if row[column] else "nej"


def _that_count(extract: str, files: list[tuple[str, str, list[dict[str, str]]]]) -> Iterable[dict[str, str]]:
    """Rule 5: exact duplicates count once; conflicts within a file are all rejected; of several files of a pattern the
    last by name wins."""
    winners: dict[tuple[str, ...], dict[str, str] | None] = {}
    for _, pattern, rows in sorted(files, key=lambda file: file[0]):
        different: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
        for row in rows:
            key = (pattern, row.get("source_system", "").lower(), *(row.get(column, "") for column in KEYS[extract]))
            if row not in different[key]:
                different[key].append(row)
        for key, versions in different.items():
            winners[key] = versions[0] if len(versions) == 1 else None
    return [row for row in winners.values() if row is not None]


def _typed(extract: str, row: dict[str, str]) -> Record:
    return {
        column: _value(extract, column, text) if (text := row.get(column)) else None for column in HEADINGS[extract]
    }


def _value(extract: str, column: str, text: str) -> Any:
    codes = CODES.get((extract, column)) or CODES.get(("*", column))
    if codes:
        return next(code for code in codes if code.lower() == text.lower())
    if column in DATES[extract]:
        return _day(text)
    if column in (*COUNTS["*"], *COUNTS.get(extract, ())):
        return int(text)
    if column in NUMBERS.get(extract, ()):
        return Fraction(text.replace(",", "."))
    if column in ANSWERS:
        return "ja" if text.lower() in ("ja", "j", "1", "true") else "nej"
    if column in ("person_id", "case_worker", "rater"):
        return _person(text)
    return text


def _day(text: str) -> date | None:
    """Times are cut off; 9999-12-31 and later than 2100 = open end (empty)."""
    day = date.fromisoformat(text[:10])
    return None if day.year > 2100 else day


def _person(text: str) -> str:
    """`19990101-1234`, `199901011234` and `990101-1234` are one person; anything else is the system's own id."""
    match = re.fullmatch(r"(\d{2})?(\d{2})(\d{2})(\d{2})-?(\d{4})", text)
    if not match:
        return text
    century, year, month, day, number = match.groups()
    try:
        date(2000 + int(year) if century is None else int(century + year), int(month), (int(day) - 1) % 60 + 1)
    except ValueError:
        return text
    if century is None:
        century = "20" if int(year) <= 25 else "19"
    return f"{century}{year}{month}{day}{number}"


def _spell_alike(tables: dict[str, list[Record]]) -> None:
    """Text that differs only in case is one category, spelt as in the unit register, else as most often."""
    for columns in SPELT_ALIKE:
        register = [column for column in columns if column[0] == "units"]
        spelling = _most_often(tables, columns) | _most_often(tables, register)
        for extract, column in columns:
            for record in tables[extract]:
                if record[column] is not None:
                    record[column] = spelling[record[column].lower()]


def _most_often(tables: dict[str, list[Record]], columns: Iterable[tuple[str, str]]) -> dict[str, str]:
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for extract, column in columns:
        for record in tables[extract]:
            if record[column] is not None:
                seen[record[column].lower()][record[column]] += 1
    first: Callable[[tuple[str, int]], tuple[int, str]] = lambda item: (-item[1], item[0])  # noqa: E731
    return {folded: min(counter.items(), key=first)[0] for folded, counter in seen.items()}
