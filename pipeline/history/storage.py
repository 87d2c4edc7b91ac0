"""The register on disk: three CSV files in `register/` and the whole of the last one beside it in `register.previous/`.

UTF-8, comma, LF, days as 2026-08-31; columns are found by their heading, so that a later program may add some. The
faults' days repeat the deliveries' own, for whoever opens the file; what is read back is the deliveries' ids.

- `deliveries.csv` extract, delivery_id, delivered, first_run, rows
- `columns.csv` extract, delivery_id, column_name, filled
- `faults.csv` extract, fault_id, record_key, unit, heading, rule, then day and id of the delivery where it was first
  seen, last seen and mended
- `SHA256SUMS` the three files' hashes, as `sha256sum -c` reads them: a file cut short is seen

The old register is copied beside before a new one takes its place in one step, so that both are always whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pipeline import plain_files, swapping
from pipeline.errors import WrongUse
from pipeline.history.register import Delivery, Fault, Register
from pipeline.plain_files import UNREADABLE, Damaged, Row

NAME = "register"
_DELIVERIES, _COLUMNS, _FAULTS = "deliveries.csv", "columns.csv", "faults.csv"
_HEADINGS = {
    _DELIVERIES: ("extract", "delivery_id", "delivered", "first_run", "rows"),
    _COLUMNS: ("extract", "delivery_id", "column_name", "filled"),
    _FAULTS: (
        "extract", "fault_id", "record_key", "unit", "heading", "rule",
        "first_seen", "first_delivery", "last_seen", "last_delivery", "mended_on", "mended_delivery",
    ),
}  # fmt: skip


def read(folder: Path) -> Register:
    """The register; empty where none has been written. Raises WrongUse when a file in it is damaged or missing."""
    place, previous = folder / NAME, _previous(folder)
    if not place.exists():
        if not previous.exists():
            return Register()
        place = previous
    try:
        return _register(_read_checked(place))
    except UNREADABLE as fault:
        what = plain_files.told(fault)
        raise WrongUse(
            f"Felregistret i {place} kan inte läsas{what}. Ingenting i det har ändrats. {_cure(place, previous)}"
        ) from None


def write(folder: Path, register: Register) -> None:
    """Put a register in the old one's place, and keep the old one beside it. Raises WrongUse when that cannot be."""
    place, previous = folder / NAME, _previous(folder)
    aside, copy = swapping.aside(place), swapping.aside(previous)
    try:
        for one in (aside, copy):
            shutil.rmtree(one, ignore_errors=True)
        tables = _tables(register)
        plain_files.write_all(aside, {name: plain_files.text(_HEADINGS[name], rows) for name, rows in tables.items()})
        if place.exists():
            shutil.copytree(place, copy)
            swapping.put_folder(copy, previous)
        swapping.put_folder(aside, place)
    except OSError:
        raise WrongUse(
            f"Felregistret i {place} kan inte skrivas. Stäng program som har filerna öppna, kontrollera att du får"
            " skriva i mappen och att disken inte är full, och kör igen."
        ) from None
    finally:
        for one in (aside, copy):
            shutil.rmtree(one, ignore_errors=True)


def remove_previous(folder: Path) -> None:
    """Take away the copy of the last register, where the register itself is whole."""
    if (folder / NAME).exists() and _previous(folder).exists():
        shutil.rmtree(_previous(folder))


def remove(folder: Path) -> None:
    """Take away the register and its copy."""
    for place in (folder / NAME, _previous(folder)):
        if place.exists():
            shutil.rmtree(place)


def _previous(folder: Path) -> Path:
    return folder / f"{NAME}.previous"


def _cure(place: Path, previous: Path) -> str:
    """What to do about a damaged register: take the copy, if there is one apart from the damaged files."""
    if previous.exists() and previous != place:
        return f"Flytta undan mappen och byt namn på kopian {previous.name} till {place.name}, eller återställ den."
    return "Återställ mappen från en säkerhetskopia, eller flytta undan den: registret börjar då om."


# --- writing --------------------------------------------------------------------------------------------------------


def _tables(register: Register) -> dict[str, list[tuple[object, ...]]]:
    days = {(one.extract, one.delivery_id): one.delivered for one in register.deliveries}

    def seen(fault: Fault, delivery_id: str) -> tuple[object, str]:
        return (days[fault.extract, delivery_id], delivery_id) if delivery_id else ("", "")

    return {
        _DELIVERIES: [(d.extract, d.delivery_id, d.delivered, d.first_run, d.rows) for d in register.deliveries],
        _COLUMNS: [(d.extract, d.delivery_id, *filled) for d in register.deliveries for filled in d.filled.items()],
        _FAULTS: [
            (f.extract, f.fault_id, f.key, f.unit, f.heading, f.rule, *seen(f, f.first), *seen(f, f.last),
             *seen(f, f.mended))
            for f in register.faults
        ],
    }  # fmt: skip


# --- reading --------------------------------------------------------------------------------------------------------


def _read_checked(place: Path) -> dict[str, list[Row]]:
    """The register's tables, each file found to be as it was written."""
    noted = plain_files.sums(place)
    contents = {name: plain_files.checked(place, name, noted) for name in _HEADINGS}
    return {name: plain_files.rows(name, content, _HEADINGS[name]) for name, content in contents.items()}


def _register(tables: Mapping[str, Sequence[Row]]) -> Register:
    filled: dict[tuple[str, str], dict[str, int]] = {}
    for row in tables[_COLUMNS]:
        filled.setdefault((row["extract"], row["delivery_id"]), {})[row["column_name"]] = int(row["filled"])
    deliveries = tuple(_delivery(row, filled) for row in tables[_DELIVERIES])
    known = {(one.extract, one.delivery_id) for one in deliveries} | {("", "")}
    faults = tuple(map(_fault, tables[_FAULTS]))
    for fault in faults:
        if any((fault.extract, one) not in known for one in (fault.first, fault.last, fault.mended) if one):
            raise Damaged(f"{_FAULTS} nämner en leverans som inte står i {_DELIVERIES}")
    return Register(deliveries, faults)


def _delivery(row: Row, filled: Mapping[tuple[str, str], Mapping[str, int]]) -> Delivery:
    return Delivery(
        extract=row["extract"],
        delivery_id=row["delivery_id"],
        delivered=date.fromisoformat(row["delivered"]),
        first_run=date.fromisoformat(row["first_run"]),
        rows=int(row["rows"]),
        filled=filled.get((row["extract"], row["delivery_id"]), {}),
    )


def _fault(row: Row) -> Fault:
    return Fault(
        extract=row["extract"],
        fault_id=row["fault_id"],
        key=row["record_key"],
        unit=row["unit"],
        heading=row["heading"],
        rule=row["rule"],
        first=row["first_delivery"],
        last=row["last_delivery"],
        mended=row["mended_delivery"],
    )
