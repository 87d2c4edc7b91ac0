"""Read → validate → load: delivered files become typed tables, and every row is accounted for.

Each extract goes the same way. Its files are staged as text; rows that a rule on keys takes are marked; the rest is
typed in the engine and judged; what fails moves to the quarantine. When all are judged, words are spelt alike over all
extracts and the rows are loaded. Source: the extract contract, rules 1–11.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from pipeline.config import Config
from pipeline.database import Database
from pipeline.loading import accounts, keys, noticing, quarantine, register, spelling, typing
from pipeline.loading.register import outside_register, unknown_areas
from pipeline.loading.staging import StagedFile, Staging
from pipeline.model import Quality, Rejection, Warned
from pipeline.periods import Period
from pipeline.privacy import Pseudonyms, load_key
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Extract
from pipeline.schemas.judge import Judge
from pipeline.sources import files, profiles

__all__ = ["load", "newest_day", "not_final", "outside_register", "unknown_areas"]

_EVENT_DAYS = (
    ("referrals", "received"),
    ("referrals", "decided"),
    ("investigations", "opened"),
    ("decisions", "decided"),
)
TABLES = Path(__file__).resolve().parent.parent.parent / "sql" / "tables"


def load(
    database: Database,
    config: Config,
    today: date,
    raw: Path | None = None,
    notify: Callable[[str], None] = lambda _: None,
) -> Quality:
    """Load the raw folder's files (`config.paths.raw` unless given) as of a day, and tell what became of every row.

    Makes `loaded.<extract>` for every extract (empty where no file came), `quarantine` and `delivered`. `notify` is
    told, in Swedish, which step begins. Raises WrongUse for a folder, file or heading that must be mended first; too
    many rejected rows are the caller's matter, see `Quality.above`.
    """
    delivered = files.find(raw or config.paths.raw, config.files)
    profile = profiles.load()
    staging = Staging(database, profile, Pseudonyms(load_key(config.paths.key), today))
    _make_tables(database)
    staged: list[StagedFile] = []
    rejections: list[Rejection] = []
    warnings: list[Warned] = []
    extracts = [extract for extract in EXTRACTS.values() if any(file.extract == extract.name for file in delivered)]
    for extract in extracts:
        notify(f"Läser {extract.noun}")
        own = staging.stage(extract, [file for file in delivered if file.extract == extract.name])
        taken, noticed = _judge(database, extract, own, profile, today)
        staged += own
        rejections += taken
        warnings += [*staging.warnings(extract), *noticed]
    notify("Läser in raderna")
    spelling.load(database, extracts)
    columns = _note_delivered(database, staged)
    warnings += [*register.missing(columns), *noticing.warnings(database, profile, extracts, columns)]
    quality = Quality(accounts.balanced(database, extracts, staged), tuple(rejections), tuple(warnings), columns)
    _clear(database)
    return quality


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


def _make_tables(database: Database) -> None:
    database.run("create schema loaded")
    for name in (*EXTRACTS, "quarantine", "delivered"):
        database.script(TABLES / f"{name}.sql")


def _judge(
    database: Database, extract: Extract, staged: list[StagedFile], profile: profiles.Profile, today: date
) -> tuple[list[Rejection], list[Warned]]:
    keys.decide(database, extract, staged)
    typing.type_rows(database, extract, profile)
    breaches = quarantine.find(database, extract, Judge(extract, today))
    return quarantine.put(database, extract, staged, profile, breaches, today)


def _note_delivered(database: Database, staged: list[StagedFile]) -> dict[str, frozenset[str]]:
    columns: dict[str, frozenset[str]] = {}
    for file in staged:
        columns[file.source.extract] = columns.get(file.source.extract, frozenset()) | file.columns
    for extract, names in columns.items():
        for name in sorted(names):
            database.run("insert into delivered values (?, ?)", [extract, name])
    return columns


def _clear(database: Database) -> None:
    for table in _staging_tables(database):
        database.run(f"drop table memory.main.{table}")


def _staging_tables(database: Database) -> Iterator[str]:
    rows = database.rows("select table_name from duckdb_tables() where database_name = 'memory'")
    return (row[0] for row in rows)
