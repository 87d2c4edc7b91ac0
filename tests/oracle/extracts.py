"""Reads clean extracts with the standard headings: `;`-separated UTF-8 CSV files in one folder."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

Record = dict[str, Any]

PATTERNS = {
    "units": ("enheter",),
    "referrals": ("aktualiseringar",),
    "investigations": ("utredningar",),
    "decisions": ("beslut",),
    "plans": ("genomförandeplaner", "genomforandeplaner"),
}

PERSON = {
    "gender": "Kön",
    "birth_year": "Födelseår",
    "protected_identity": "Skyddade personuppgifter",
    "source_system": "Källsystem",
}

HEADINGS: dict[str, dict[str, str]] = {
    "units": {
        "unit": "Enhet",
        "programme": "Verksamhetsuppdrag",
        "area": "Verksamhetsområde",
        "provider_type": "Regi",
        "valid_from": "Giltig från",
        "valid_to": "Giltig till",
        "source_system": "Källsystem",
    },
    "referrals": {
        "referral_id": "Aktualiserings-ID",
        "person_id": "Person-ID",
        "unit": "Enhet",
        "area": "Verksamhetsområde",
        "kind": "Typ",
        "source": "Aktualiserad av",
        "received": "Inkommen",
        "registered": "Registrerad",
        "protection_assessed": "Skyddsbedömning datum",
        "decided": "Beslut förhandsbedömning datum",
        "outcome": "Beslut förhandsbedömning",
        "special_reasons": "Synnerliga skäl",
        **PERSON,
    },
    "investigations": {
        "investigation_id": "Utrednings-ID",
        "referral_id": "Aktualiserings-ID",
        "person_id": "Person-ID",
        "unit": "Enhet",
        "area": "Verksamhetsområde",
        "kind": "Utredningstyp",
        "opened": "Inledd",
        "closed": "Avslutad",
        "extended": "Förlängning beslutad",
        "extended_until": "Förlängd till",
        "outcome": "Resultat",
        "case_worker": "Handläggare",
        **PERSON,
    },
    "decisions": {
        "decision_id": "Beslut-ID",
        "referral_id": "Aktualiserings-ID",
        "person_id": "Person-ID",
        "unit": "Enhet",
        "area": "Verksamhetsområde",
        "law": "Lag",
        "service": "Insats",
        "kind": "Beslutstyp",
        "decided": "Beslutsdatum",
        "result": "Beslut",
        "valid_to": "Gäller till",
        "ordered": "Uppdrag skickat",
        "executed": "Verkställighetsdatum",
        "partly_executed": "Delvis verkställd",
        "interrupted": "Avbrott",
        "resumed": "Återupptagen",
        "ended": "Avslutad",
        "end_reason": "Avslutsorsak",
        "delay_reason": "Skäl till dröjsmål",
        "offer_made": "Erbjudande datum",
        "offer_declined": "Tackat nej datum",
        "followed_up": "Uppföljd",
        "provider_unit": "Utförare",
        "provider_type": "Regi",
        **PERSON,
    },
    "plans": {
        "plan_id": "Plan-ID",
        "decision_id": "Beslut-ID",
        "person_id": "Person-ID",
        "service": "Insats",
        "kind": "Plantyp",
        "unit": "Enhet",
        "established": "Upprättad",
        "revised": "Reviderad",
        "followed_up": "Uppföljd",
        "next_follow_up": "Nästa uppföljning",
        "participation": "Delaktighet dokumenterad",
        "cooperation": "Samverkan beskriven",
        "goals": "Antal mål",
        "measurable_goals": "Antal mätbara mål",
        "subgoals": "Antal delmål",
        "ended": "Avslutad",
        "ended_as_planned": "Avslutad enligt plan",
        **PERSON,
    },
}

REQUIRED = {
    "units": ("unit", "programme", "area"),
    "referrals": ("referral_id", "person_id", "unit", "area", "kind", "received"),
    "investigations": ("investigation_id", "person_id", "unit", "area", "opened"),
    "decisions": ("decision_id", "person_id", "unit", "area", "law", "service", "decided", "result"),
    "plans": ("plan_id", "unit"),
}

KEYS = {
    "units": ("unit", "valid_from"),
    "referrals": ("referral_id",),
    "investigations": ("investigation_id",),
    "decisions": ("decision_id",),
    "plans": ("plan_id", "decision_id"),
}

DATES = {
    "units": ("valid_from", "valid_to"),
    "referrals": ("received", "registered", "protection_assessed", "decided"),
    "investigations": ("opened", "closed", "extended", "extended_until"),
    "decisions": (
        "decided",
        "valid_to",
        "ordered",
        "executed",
        "interrupted",
        "resumed",
        "ended",
        "offer_made",
        "offer_declined",
        "followed_up",
    ),
    "plans": ("established", "revised", "followed_up", "next_follow_up", "ended"),
}
COUNTS = ("birth_year", "goals", "measurable_goals", "subgoals")
ANSWERS = (
    "special_reasons",
    "partly_executed",
    "participation",
    "cooperation",
    "ended_as_planned",
    "protected_identity",
)
CODES = {
    ("*", "gender"): ("kvinna", "man", "okänt"),
    ("units", "provider_type"): ("egen", "privat"),
    ("referrals", "kind"): (
        "anmälan",
        "ansökan",
        "information på annat sätt",
        "begäran om yttrande",
        "överflyttning",
        "övrigt",
    ),
    ("referrals", "outcome"): ("utredning inleds", "utredning inleds inte", "tillförd pågående utredning"),
    ("investigations", "outcome"): ("insats", "ingen insats", "avbruten", "övrigt"),
    ("decisions", "law"): ("SoL", "LSS", "LVU", "LVM"),
    ("decisions", "kind"): ("nytt", "utökat", "förlängt", "ändrat", "omprövning"),
    ("decisions", "result"): ("bifall", "delvis bifall", "avslag"),
    ("decisions", "provider_type"): ("egen", "privat"),
    ("plans", "kind"): ("genomförandeplan", "vårdplan", "hälsoplan"),
}

# Columns that name the same things: their texts are spelt alike. The unit register's columns come first.
SPELT_ALIKE = (
    (
        ("units", "unit"),
        ("referrals", "unit"),
        ("investigations", "unit"),
        ("decisions", "unit"),
        ("decisions", "provider_unit"),
        ("plans", "unit"),
    ),
    (("units", "area"), ("referrals", "area"), ("investigations", "area"), ("decisions", "area")),
    (("units", "programme"),),
    (("referrals", "source"),),
    (("investigations", "kind"),),
    (("decisions", "service"), ("plans", "service")),
    (("decisions", "delay_reason"),),
)


@dataclass(frozen=True)
class Extracts:
    """The loaded rows of each extract, and the columns whose heading stands in at least one of its files."""

    units: list[Record]
    referrals: list[Record]
    investigations: list[Record]
    decisions: list[Record]
    plans: list[Record]
    columns: dict[str, set[str]]

    def delivered(self, extract: str, column: str) -> bool:
        """Whether a file of the extract has the column; False too when the extract has no file."""
        return column in self.columns.get(extract, set())


def read(folder: Path) -> Extracts:
    """Read, settle which rows count (rule 5), type, and spell alike (rule 7)."""
    tables: dict[str, list[Record]] = {}
    columns: dict[str, set[str]] = {}
    for extract, starts in PATTERNS.items():
        files = []
        for path in folder.iterdir():
            if path.suffix == ".csv" and _folded(path.name).startswith(starts):
                headings, rows = _read_file(path, extract)
                columns.setdefault(extract, set()).update(headings)
                files.append((_folded(path.name), rows))
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


def _that_count(extract: str, files: list[tuple[str, list[dict[str, str]]]]) -> Iterable[dict[str, str]]:
    """Rule 5: exact duplicates count once; conflicts within a file are all rejected; the last file by name wins."""
    winners: dict[tuple[str, ...], dict[str, str] | None] = {}
    for _, rows in sorted(files, key=lambda file: file[0]):
        different: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
        for row in rows:
            key = (row.get("source_system", "").lower(), *(row.get(column, "") for column in KEYS[extract]))
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
    if column in COUNTS:
        return int(text)
    if column in ANSWERS:
        return "ja" if text.lower() in ("ja", "j", "1", "true") else "nej"
    if column in ("person_id", "case_worker"):
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
