"""Several municipalities' prepared tables as one, for what they come to together.

Each has been loaded and prepared on its own, with its own words, limits and register: what a row counts as is decided
there, and nothing of it is decided again. A municipality stands where a programme does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.database import Database

# What is the same thing everywhere. Surveys, reviews, measures and the like are each municipality's own.
EXTRACTS = (
    "units", "referrals", "investigations", "decisions", "plans", "care_levels", "coordinated_plans", "incidents",
)  # fmt: skip
_DATED = "incidents"
_PREPARED = (*EXTRACTS, "plan_decisions", "unit_on_day", "protected_cases")
_UNITS = ("unit", "provider_unit", "service_unit")
# What tells cases and persons apart within a municipality, and may be the same in another.
_IDS = (
    "referral_id", "investigation_id", "investigation_key", "decision_id", "decision_key", "plan_id", "plan_key",
    "assessment_id", "sip_id", "incident_id", "case_id", "person_id", "case_worker",
)  # fmt: skip
# What a row is told by, in each municipality's own words.
_WORDS = ("area", "kind", "service", "source", "category", "delay_reason")
# Where rows without a unit stand: with their municipality, in no unit of it.
_NO_UNIT = "okänd enhet"
_UNIT_NOT_ON_DAY = """
insert into unit_on_day (window_id, unit, programme)
select w.window_id, s.unit, ?
from windows as w
cross join ({seen}) as s
where starts_with(s.unit, ?)
    and not exists (select 1 from unit_on_day as u where u.window_id = w.window_id and u.unit = s.unit)
"""
_SEEN = " union ".join([*(f"select unit from {table}" for table in EXTRACTS), "select service_unit from decisions"])


@dataclass(frozen=True)
class Part:
    """A municipality's code and name, and the folder of its database."""

    code: str
    name: str
    folder: Path


def gather_dated(database: Database, parts: Iterable[Part]) -> None:
    """Fill the one loaded table that says which years there are, all that is needed for making the prepared tables.

    With the others the preparation would join what has the same ids in several municipalities, to be thrown away.
    """
    _gather(database, parts, (_DATED,))


def gather_loaded(database: Database, parts: Sequence[Part]) -> None:
    """Fill the other loaded tables with every municipality's rows: units under its name, ids as they were delivered."""
    _gather(database, parts, [extract for extract in EXTRACTS if extract != _DATED])
    for part in parts:
        with database.beside(part.folder) as other:
            database.run(f"insert or ignore into protected_persons by name select * from {other}.protected_persons")
            database.run(
                f"insert into delivered select d.* from {other}.delivered as d"
                f" where d.extract in {EXTRACTS} and not exists"
                " (select 1 from delivered as n where n.extract = d.extract and n.column_name = d.column_name)"
            )


def _gather(database: Database, parts: Iterable[Part], extracts: Iterable[str]) -> None:
    for part in parts:
        with database.beside(part.folder) as other:
            for extract in extracts:
                _insert(database, f"loaded.{extract}", f"{other}.loaded.{extract}", part, keyed=False)


def gather_prepared(database: Database, parts: Iterable[Part]) -> None:
    """Fill the prepared tables, made of what was gathered, with what each municipality prepared, ids under its code."""
    for table in _PREPARED:
        database.run(f"delete from {table}")
    for part in parts:
        with database.beside(part.folder) as other:
            for table in _PREPARED:
                _insert(database, table, f"{other}.{table}", part, keyed=True)
        database.run(_UNIT_NOT_ON_DAY.format(seen=_SEEN), [part.name, f"{part.name}: "])
    database.run("delete from unit_on_day where window_id not in (select window_id from windows)")
    for column in _WORDS:
        _spell_alike(database, column)


def _spell_alike(database: Database, column: str) -> None:
    """Words that differ in case alone are one category: spelt as in most rows of all, as within a municipality."""
    tables = [table for table in _PREPARED if column in database.columns(table)]
    every = " union all ".join(f"select {column} as word from {table}" for table in tables)
    database.keep(
        "spelt",
        f"""
        select lower(word) as word, first(word order by number desc, word) as most
        from (select word, count(*) as number from ({every}) as e where word is not null group by word) as counted
        group by lower(word)
        having count(*) > 1
        """,
    )
    for table in tables:
        database.run(f"update {table} set {column} = s.most from spelt as s where lower({column}) = s.word")


def _insert(database: Database, table: str, source: str, part: Part, *, keyed: bool) -> None:
    columns = database.columns(table)
    said = {column: f"'{_quoted(part.name)}: ' || {column}" for column in columns if column in _UNITS}
    if "unit" in said:
        said["unit"] = f"'{_quoted(part.name)}: ' || coalesce(unit, '{_NO_UNIT}')"
    if "programme" in columns:
        said["programme"] = f"'{_quoted(part.name)}'"
    if keyed:
        said |= {column: f"'{part.code}/' || {column}" for column in columns if column in _IDS}
    replaced = ", ".join(f"{how} as {column}" for column, how in said.items())
    database.run(f"insert into {table} by name select * replace ({replaced}) from {source}")


def _quoted(text: str) -> str:
    return text.replace("'", "''")
