"""What stands ready on this machine for a report, and what is missing; nothing is changed by looking."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from pipeline import __version__, access, database, privacy, room
from pipeline.config import Config
from pipeline.errors import UserFault
from pipeline.model import EXTRACT_NAMES
from pipeline.places import ROOT
from pipeline.publish import pdf
from pipeline.sources import files

_LOCKED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)", re.MULTILINE)
_OFFICES = ("libreoffice", "soffice")


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: its name, whether a report can be made as it is, and what was found (Swedish)."""

    name: str
    ok: bool
    text: str


def examine(config: Config) -> list[Check]:
    """Look at everything that a report needs, in the order it is needed; the configuration has been read already."""
    paths = config.paths
    return [
        Check("Program", True, f"Tertial {__version__}, Python {sys.version.split()[0]}, {sys.platform}"),
        _libraries(ROOT / "requirements.lock"),
        Check("Konfiguration", True, _summary(config)),
        *_extracts(config),
        _key(paths.key),
        _room(paths.raw, paths.processed),
        _writable("Databasens mapp", paths.processed),
        _writable("Rapporternas mapp", paths.reports),
        _database(paths.processed),
        *_rights(config),
        _program("Webbläsare för PDF", pdf.browser(), "finns inte; behövs bara för report --pdf"),
        _program("LibreOffice", _first(_OFFICES), "finns inte; behövs bara för att pröva programmet"),
    ]


def _libraries(lock: Path) -> Check:
    """An environment that was changed by hand gives figures that nobody else can repeat."""
    wanted: dict[str, set[str]] = {}
    for found in _LOCKED.finditer(lock.read_text(encoding="utf-8")):
        wanted.setdefault(found["name"], set()).add(found["version"])
    installed = {name: version for name in wanted if (version := _installed(name))}
    others = [f"{name} {version}" for name, version in installed.items() if version not in wanted[name]]
    if others:
        text = f"stämmer inte med requirements.lock: {', '.join(others)}. Ta bort mappen .venv och kör igen"
        return Check("Bibliotek", False, text)
    return Check("Bibliotek", True, f"{len(installed)} stycken, alla som i requirements.lock")


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _summary(config: Config) -> str:
    areas = ", ".join(config.committee.areas) or "alla områden"
    return f"{config.municipality.name}, {config.committee.name} ({areas}), {len(config.targets)} mål"


def _extracts(config: Config) -> Iterator[Check]:
    raw = config.paths.raw
    if files.is_empty(raw):
        yield Check("Utdrag", True, f"{raw} är tom: en rapport görs på den påhittade demokommunen")
        return
    try:
        found = files.find(raw, config.files)
    except UserFault as fault:
        yield Check("Utdrag", False, str(fault))
        return
    for extract, name in EXTRACT_NAMES.items():
        names = [file.name for file in found if file.extract == extract]
        yield Check(f"Utdrag: {name}", True, ", ".join(names) or "ingen fil; måtten som bygger på dem saknar uppgift")


def _key(file: Path) -> Check:
    if not file.exists():
        return Check("Nyckel", True, f"{file} finns inte ännu och skapas av den första körningen på riktiga utdrag")
    try:
        privacy.read_key(file)
        access.demand_ignored(file, privacy.ANOTHER_PLACE)
    except UserFault as fault:
        return Check("Nyckel", False, str(fault))
    return Check("Nyckel", True, f"{file}. Spara en kopia på ett säkert ställe: utan den byter alla pseudonymer värde")


def _room(raw: Path, processed: Path) -> Check:
    try:
        free = room.free(processed)
    except OSError as fault:
        return Check("Diskutrymme", False, f"kan inte läsas för {processed} ({fault.strerror})")
    needed = room.needed(raw)
    text = f"{room.megabytes(free)} ledigt, en körning kan behöva {room.megabytes(needed)}"
    return Check("Diskutrymme", free >= needed, text)


def _writable(name: str, folder: Path) -> Check:
    nearest = _nearest_folder(folder)
    try:
        with tempfile.TemporaryFile(dir=nearest):
            return Check(name, True, f"{folder} går att skriva i" if nearest == folder else f"{folder} skapas")
    except OSError as fault:
        return Check(name, False, f"{nearest} går inte att skriva i ({fault.strerror}); kontrollera behörigheten")


def _nearest_folder(folder: Path) -> Path:
    return next((place for place in (folder, *folder.parents) if place.is_dir()), folder)


def _database(folder: Path) -> Check:
    if not (folder / database.FILE_NAME).exists():
        return Check("Databas", True, "finns inte ännu och byggs av en rapport")
    try:
        with database.read_only(folder) as connection:
            tables = connection.value("select count(*) from information_schema.tables")
    except UserFault as fault:
        return Check("Databas", False, str(fault))
    return Check("Databas", True, f"{folder / database.FILE_NAME} går att läsa ({tables} tabeller)")


def _rights(config: Config) -> Iterator[Check]:
    """What others than the user can read of what is secret; a run closes the key and the database by itself."""
    if os.name == "nt":
        yield Check("Behörighet", True, "styrs av Windows; mapparna stängs för andra när de skapas")
        return
    paths = config.paths
    yield _closed("Behörighet: nyckel", access.open_below(paths.key))
    yield _closed("Behörighet: databas", _files_open(paths.processed))
    yield _closed("Behörighet: utdrag", _files_open(paths.raw))
    yield _closed("Behörighet: interna rapporter", _reports_open(paths.reports))


def _files_open(folder: Path) -> Iterator[Path]:
    """The files that others can read; a folder of empty marks tells nothing."""
    return (path for path in access.open_below(folder) if path.is_file() and path.stat().st_size)


def _reports_open(reports: Path) -> Iterator[Path]:
    for folder in (*reports.glob("*/internal"), *reports.glob("*/ivo"), reports / "check"):
        yield from _files_open(folder)


def _closed(name: str, readable: Iterator[Path]) -> Check:
    first = next(readable, None)
    if first is None:
        return Check(name, True, "kan inte läsas av andra användare på datorn")
    text = f"{first} kan läsas av andra användare; stäng mappen: chmod -R go-rwx {first.parent}"
    return Check(name, False, text)


def _program(name: str, place: Path | None, otherwise: str) -> Check:
    return Check(name, True, os.fspath(place) if place else otherwise)


def _first(commands: tuple[str, ...]) -> Path | None:
    return next((Path(found) for found in map(shutil.which, commands) if found), None)
