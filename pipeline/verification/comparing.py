"""What was published against what comes out now: every row of resultat.csv, or a quarter's files."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

from pipeline.config import Config
from pipeline.disclosure import PublicFigures
from pipeline.model import Figures
from pipeline.model.exchange import COLUMNS
from pipeline.publish import forms, marks, results
from pipeline.verification.published import Published

MOST_LISTED = 50
_KEY = COLUMNS[2:9]  # metric … category; municipality and period are those of the file
_PUBLIC, _INTERNAL = "committee", "internal"
# Written from the analyst's own list of persons, which is kept nowhere.
_OF_PERSONS = ("individrapport", "revisorer")
_Rows = dict[tuple[str, ...], dict[str, str]]


def figures(
    report: Published, now: tuple[Figures, PublicFigures], config: Config, aside: Path
) -> tuple[list[str], list[str]]:
    """What differs, a sentence each, and what is told besides.

    Values are told only of rows that both files of the committee show; of others their keys, and what differs.
    """
    mark = marks.DEMO_SUFFIX if report.demo else ""
    names = {part: f"{part}/resultat{mark}.csv" for part in (_INTERNAL, _PUBLIC)}
    places = {part: aside / f"{part}.csv" for part in names}
    results.write_internal(places[_INTERNAL], now[0], config)
    results.write_public(places[_PUBLIC], now[1], config)
    faults: list[str] = []
    told: list[str] = []
    for part, name in names.items():
        before, after = _read(report.folder / name), _read(places[part])
        if before is None or after is None:
            faults.append(f"{name} saknas eller kan inte läsas som en resultatfil, så dess siffror kan inte jämföras.")
            continue
        differing = list(_differing(before, after, is_public=part == _PUBLIC))
        if differing:
            faults.append(f"{name}: {forms.counted(len(differing), 'rad', 'rader')} stämmer inte.")
            faults += [f"  {one}" for one in differing[:MOST_LISTED]]
            if len(differing) > MOST_LISTED:
                faults.append(f"  … och {forms.number(len(differing) - MOST_LISTED)} till.")
        else:
            told.append(f"{name}: alla {forms.number(len(before))} rader stämmer.")
    return faults, told


def files(report: Published, aside: Path) -> tuple[list[str], list[str]]:
    """The same of a quarter's files: they come out to the last byte as they were, or do not hold."""
    faults, told = [], []
    written = {file.relative_to(aside).as_posix(): file for file in aside.rglob("*") if file.is_file()}
    for name in sorted({*report.outputs, *written}):
        if report.with_persons and name.startswith(_OF_PERSONS):
            told.append(f"{name} gjordes med en egen lista över personer (--persons) och räknas inte om.")
        elif name not in written:
            faults.append(f"{name} skulle inte skrivas nu.")
        elif hashlib.sha256(written[name].read_bytes()).hexdigest() != report.outputs.get(name):
            faults.append(f"{name} blir en annan när den räknas om.")
        else:
            told.append(f"{name} blir likadan när den räknas om.")
    return faults, told


def _read(file: Path) -> _Rows | None:
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            rows = csv.DictReader(stream)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                return None
            return {tuple(row[name] or "" for name in _KEY): row for row in rows}
    except (OSError, ValueError, csv.Error):
        return None


def _differing(before: _Rows, after: _Rows, *, is_public: bool) -> Iterator[str]:
    for key in sorted({*before, *after}):
        then, now = before.get(key), after.get(key)
        if then == now:
            continue
        called = " · ".join(part for part in key if part)
        if then is None or now is None:
            yield f"{called}: raden {'finns bara nu' if then is None else 'finns inte längre'}"
        else:
            yield f"{called}: {_told(then, now, is_public=is_public)}"


def _told(then: dict[str, str], now: dict[str, str], *, is_public: bool) -> str:
    columns = [name for name in COLUMNS if then[name] != now[name]]
    if not is_public or then["suppressed"] == now["suppressed"] == "true":
        return f"skiljer sig i {forms.listed(columns)}"
    if then["suppressed"] != now["suppressed"]:
        return "är skyddad nu men visades då" if now["suppressed"] == "true" else "var skyddad då men är det inte nu"
    return ", ".join(f"{name} {then[name] or 'tomt'} → {now[name] or 'tomt'}" for name in columns)
