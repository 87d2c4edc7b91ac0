"""Rule 5, set-wise: which rows are exact duplicates, which contradict each other in a file, which are superseded."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.database import Database
from pipeline.loading.staging import StagedFile, stage_table
from pipeline.loading.typing import day_or_text
from pipeline.schemas.extract import Extract, Kind

DUPLICATE, CONFLICT, SUPERSEDED = "duplicate", "conflict", "superseded"


def fate_table(extract: Extract) -> str:
    """Rows that a rule on keys takes: row_id and fate. A row that is not there goes on to the other rules."""
    return f"memory.main.fate_{extract.name}"


def key_table(extract: Extract) -> str:
    """Each row's key as it is compared, in the columns `system` and `key_1` …; `whole`: no required part is blank."""
    return f"memory.main.key_{extract.name}"


def decide(database: Database, extract: Extract, staged: Sequence[StagedFile]) -> None:
    """Make the extract's key and fate tables, in the order that the rule lays down."""
    _make_keys(database, extract, staged)
    database.run(f"create table {fate_table(extract)} (row_id bigint, fate varchar)")
    _mark_duplicates(database, extract)
    _mark_conflicts(database, extract)
    _mark_superseded(database, extract)


def _make_keys(database: Database, extract: Extract, staged: Sequence[StagedFile]) -> None:
    scopes = sorted({file.source.scope for file in staged})
    database.run("create or replace table memory.main.scopes (file_id integer, scope integer)")
    for file in staged:
        database.run("insert into memory.main.scopes values (?, ?)", [file.file_id, scopes.index(file.source.scope)])
    parts = ", ".join(f"{_compared(extract, name)} as key_{n}" for n, name in enumerate(extract.key, 1))
    whole = " and ".join(f"coalesce({name}, '') <> ''" for name in extract.key if extract[name].required)
    database.run(f"""
        create table {key_table(extract)} as
        select row_id, file_id, scope, lower(coalesce(source_system, '')) as system, {parts}, {whole} as whole
        from {stage_table(extract)}
        inner join memory.main.scopes using (file_id)
    """)


def _compared(extract: Extract, name: str) -> str:
    """A key part as it is compared: days as days, names of units without regard to case, ids letter by letter."""
    column = extract[name]
    if column.kind is Kind.DATE:
        return day_or_text(name)
    return f"lower(coalesce({name}, ''))" if column.spelling else f"coalesce({name}, '')"


def _key(extract: Extract) -> str:
    return ", ".join(["system", *(f"key_{n}" for n in range(1, len(extract.key) + 1))])


def _mark_duplicates(database: Database, extract: Extract) -> None:
    """The same row again in a file: equal rows have equal keys, so only those are compared whole."""
    columns = ", ".join(("file_id", "surplus", *extract.names))
    database.run(f"""
        insert into {fate_table(extract)}
        with
        shared as (
            select file_id, {_key(extract)} from {key_table(extract)}
            group by file_id, {_key(extract)} having count(*) > 1
        ),
        alike as (select row_id from {key_table(extract)} inner join shared using (file_id, {_key(extract)})),
        numbered as (
            select row_id, row_number() over (partition by {columns} order by row_id) as occurrence
            from {stage_table(extract)}
            inner join alike using (row_id)
        )
        select row_id, '{DUPLICATE}' from numbered where occurrence > 1
    """)


def _mark_conflicts(database: Database, extract: Extract) -> None:
    database.run(f"""
        insert into {fate_table(extract)}
        with
        left_over as (
            select * from {key_table(extract)} as k
            where whole and not exists (select 1 from {fate_table(extract)} as f where f.row_id = k.row_id)
        ),
        shared as (
            select file_id, {_key(extract)} from left_over
            group by file_id, {_key(extract)} having count(*) > 1
        )
        select row_id, '{CONFLICT}' from left_over inner join shared using (file_id, {_key(extract)})
    """)


def _mark_superseded(database: Database, extract: Extract) -> None:
    """Files are numbered by name, so the last one has the greatest number; its row counts even if it is rejected."""
    database.run(f"""
        insert into {fate_table(extract)}
        with newest as (
            select scope, {_key(extract)}, max(file_id) as newest_file from {key_table(extract)}
            where whole
            group by scope, {_key(extract)} having min(file_id) <> max(file_id)
        )
        select row_id, '{SUPERSEDED}'
        from {key_table(extract)} as k
        inner join newest using (scope, {_key(extract)})
        where whole and file_id < newest_file
        and not exists (select 1 from {fate_table(extract)} as f where f.row_id = k.row_id)
    """)
