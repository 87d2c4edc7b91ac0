"""Read → validate → load: delivered files become typed tables, and every row is accounted for.

Each extract goes the same way. Its files are staged as text; rows that a rule on keys takes are marked; the rest is
typed in the engine and judged; what fails moves to the quarantine. When all are judged, words are spelt alike over all
extracts and the rows are loaded. Source: the extract contract, rules 1–11.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa

from pipeline.config import Config
from pipeline.database import Database
from pipeline.loading import (
    accounts,
    days,
    forms,
    keys,
    merging,
    noticing,
    outlived,
    protected,
    register,
    snapshots,
    spelling,
    stopping,
    suspicions,
    typing,
    unflagged,
    wordings,
)
from pipeline.loading.identities import Identities
from pipeline.loading.memory import Memory, key_of
from pipeline.loading.persons import read_persons
from pipeline.loading.quarantine import Found, Quarantine
from pipeline.loading.register import outside_register, unknown_areas
from pipeline.loading.severities import Severities
from pipeline.loading.staging import StagedFile, Staging
from pipeline.model import Quality, Warned
from pipeline.periods import Period
from pipeline.privacy import Pseudonyms, load_key, mask
from pipeline.schemas import EXTRACTS, contract
from pipeline.schemas.extract import Extract
from pipeline.sources import SourceFile, files, profiles
from pipeline.sources.profiles import Profile
from pipeline.sources.wording import Wording

__all__ = [
    "Memory",
    "Severities",
    "load",
    "make_tables",
    "newest_day",
    "not_final",
    "not_flagged",
    "outlived",
    "outside_register",
    "read_persons",
    "stopping",
    "unknown_areas",
]

_EVENT_DAYS = (
    ("referrals", "received"),
    ("referrals", "decided"),
    ("investigations", "opened"),
    ("decisions", "decided"),
    ("care_levels", "assessed"),
    ("incidents", "received"),
)
_BESIDE = ("quarantine", "delivered", "protected_persons", "protected_cases")
_DELIVERED = pa.schema([("extract", pa.string()), ("column_name", pa.string())])
_FILLED = (*(f"loaded.{name}" for name in EXTRACTS), *_BESIDE)
TABLES = Path(__file__).resolve().parent.parent.parent / "sql" / "tables"


def load(
    database: Database,
    config: Config,
    today: date,
    raw: Path | None = None,
    notify: Callable[[str], None] = lambda _: None,
    only: str = "",
    memory: Memory | None = None,
) -> Quality:
    """Load the raw folder's files (`config.paths.raw` unless given) as of a day, and tell what became of every row.

    Makes `loaded.<extract>` for every extract (empty where no file came), `quarantine`, `delivered`,
    `protected_persons` and `protected_cases`. `notify` is told, in Swedish, which step begins; `only` is the name of
    the one file to load; what `memory` has of the very same files is taken over. Raises WrongUse for a folder, file,
    heading, profile or setting that must be mended first; too many rejected rows are the caller's matter, see
    `Quality.above`.
    """
    known = profiles.load_all(config.paths.profiles, contract())
    folder, of_profiles = raw or config.paths.raw, [profile.files for profile in known]
    ignored = [pattern for profile in known for pattern in profile.ignored]
    found_files = files.find(folder, config.files, of_profiles, ignored)
    delivered = [file for file in found_files if only in ("", file.name)]
    passed_over = tuple(mask(name) for name in files.passed_over(folder, config.files, of_profiles, ignored))
    secret = load_key(config.paths.key)
    make_tables(database)
    key = key_of(config, today, delivered, passed_over, secret) if memory else ""
    if memory and (kept := memory.recall(database, key, _FILLED)):
        notify("Tar över raderna från förra körningen, eftersom utdragen är desamma")
        return kept
    identities = Identities(Pseudonyms(secret, today), today)
    quality = replace(_read(database, config, today, delivered, known, identities, notify), passed_over=passed_over)
    _clear(database)
    if memory:
        memory.note(key, quality)
    return quality


def _read(
    database: Database,
    config: Config,
    today: date,
    delivered: Sequence[SourceFile],
    known: Sequence[Profile],
    identities: Identities,
    notify: Callable[[str], None],
) -> Quality:
    severities = Severities(config, today)
    staging = Staging(database, identities, config.reading)
    extracts = [extract for extract in EXTRACTS.values() if any(file.extract == extract.name for file in delivered)]
    staged: dict[str, list[StagedFile]] = {}
    quarantines: dict[str, Quarantine] = {}
    decided: dict[str, forms.Forms] = {}
    for extract in extracts:
        notify(f"Läser {extract.noun}")
        own = [
            (file, wordings.possible(file, extract, known, config))
            for file in delivered
            if file.extract == extract.name
        ]
        decided[extract.name] = _stage(database, extract, staging, own, staged)
    notify("Läser in raderna")
    protected.find(database, extracts)
    for extract in extracts:
        standard = profiles.load().wording(extract.name, extract.names, extract.required)
        quarantine = Quarantine(database, extract, staged[extract.name], standard, severities, today)
        keys.decide(database, extract, staged[extract.name], decided[extract.name])
        typing.type_rows(database, extract, decided[extract.name])
        quarantine.judge()
        quarantines[extract.name] = quarantine
    every = [file for own in staged.values() for file in own]
    columns = _note_delivered(database, every)
    for extract in extracts:
        quarantines[extract.name].notice(noticing.notices(extract, columns))
    spelling.load(database, extracts)
    found = {name: quarantine.found() for name, quarantine in quarantines.items()}
    return _quality(database, extracts, every, columns, found, staging, severities)


def _stage(
    database: Database,
    extract: Extract,
    staging: Staging,
    files: Sequence[tuple[SourceFile, Sequence[Wording]]],
    staged: dict[str, list[StagedFile]],
) -> forms.Forms:
    """The extract's files as text in the engine, with what its days, codes and answers mean; rows merged."""
    own = staging.stage(extract, files)
    date_forms = forms.decide(database, extract, own)
    days.read(database, extract, date_forms)
    typing.find_meanings(database, extract, own)
    merging.merge(database, extract, own, date_forms)
    staged[extract.name] = [forms.noted(file, date_forms) for file in own]
    return date_forms


def _quality(
    database: Database,
    extracts: Sequence[Extract],
    staged: Sequence[StagedFile],
    columns: Mapping[str, frozenset[str]],
    found: Mapping[str, Found],
    staging: Staging,
    severities: Severities,
) -> Quality:
    files = accounts.balanced(database, extracts, staged)
    delivered = {
        extract.name: max(file.delivered for file in files if file.extract == extract.name) for extract in extracts
    }
    words = profiles.load().headings
    secret = protected.row_ids(database)
    warnings = [
        *(warned for one in extracts for warned in (*staging.warnings(one, secret), *found[one.name].warnings)),
        *register.missing(columns),
        *suspicions.without_rows(files),
        *suspicions.warnings(database, words, extracts, columns),
    ]
    return Quality(
        files=files,
        rejections=tuple(rejection for one in found.values() for rejection in one.rejections),
        warnings=tuple(warnings),
        columns=columns,
        severities=severities.changes,
        snapshots=snapshots.take(database, extracts, delivered, words),
        lateness=suspicions.lateness(database, delivered),
        unlisted={name: one.unlisted for name, one in found.items() if one.unlisted},
        stops=tuple(sentence for one in found.values() for sentence in one.stops),
        secret_cases=protected.cases(database),
    )


def not_flagged(database: Database, quality: Quality) -> list[Warned]:
    """A warning for each extract that does not tell which of its persons have a protected identity."""
    return unflagged.warnings(database, profiles.load().headings, quality.columns)


def newest_day(database: Database, today: date) -> date | None:
    """How far the loaded rows reach: the newest received, opened or decided day up to today; None without any."""
    days = " union all ".join(f"select {column} as day from loaded.{extract}" for extract, column in _EVENT_DAYS)
    newest: date | None = database.value(f"select max(day) from ({days}) as days where day <= ?", [today])
    return newest


def not_final(quality: Quality, period: Period) -> list[Warned]:
    """A warning for each extract whose newest delivery came before the period's last day (rule 11)."""
    return [
        Warned(
            extract=name,
            rule="not_final",
            text=f"Utdraget med {EXTRACTS[name].noun} är från {total.delivered}, före periodens sista dag"
            f" {period.ends}: siffrorna för den dagen är inte slutliga.",
            count=1,
        )
        for name, total in quality.totals().items()
        if total.delivered < period.ends
    ]


def make_tables(database: Database) -> None:
    """Make `loaded.*` and what is told beside it, all empty."""
    database.run("create schema loaded")
    for name in (*EXTRACTS, *_BESIDE):
        database.script(TABLES / f"{name}.sql")


def _note_delivered(database: Database, staged: Sequence[StagedFile]) -> dict[str, frozenset[str]]:
    columns: dict[str, frozenset[str]] = {}
    for file in staged:
        columns[file.source.extract] = columns.get(file.source.extract, frozenset()) | file.columns
    rows = [{"extract": extract, "column_name": name} for extract, names in columns.items() for name in sorted(names)]
    database.append("delivered", pa.Table.from_pylist(rows, _DELIVERED))
    return columns


def _clear(database: Database) -> None:
    for table in _staging_tables(database):
        database.run(f"drop table memory.main.{table}")


def _staging_tables(database: Database) -> Iterator[str]:
    rows = database.rows("select table_name from duckdb_tables() where database_name = 'memory'")
    return (row[0] for row in rows)
