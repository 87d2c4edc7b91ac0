"""Rule 5, set-wise: which rows are exact duplicates, which contradict each other in a file, which are superseded."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.database import Database
from pipeline.loading.days import day_or_text
from pipeline.loading.forms import Forms
from pipeline.loading.staging import StagedFile, stage_table
from pipeline.loading.typing import joined
from pipeline.schemas.extract import Extract, Kind

DUPLICATE, CONFLICT, SUPERSEDED = "duplicate", "conflict", "superseded"


def fate_table(extract: Extract) -> str:
    """Rows that a rule on keys takes: row_id and fate. A row that is not there goes on to the other rules."""
    return f"memory.main.fate_{extract.name}"


def key_table(extract: Extract) -> str:
    """Each row's key as it is compared, in the columns `system` and `key_1` …; `whole`: no required part is blank."""
    return f"memory.main.key_{extract.name}"


def decide(database: Database, extract: Extract, staged: Sequence[StagedFile], date_forms: Forms) -> None:
    """Make the extract's key and fate tables, in the order that the rule lays down."""
    _make_keys(database, extract, staged, date_forms)
    database.run(f"create table {fate_table(extract)} (row_id bigint, fate varchar)")
    _mark_duplicates(database, extract, date_forms)
    _mark_conflicts(database, extract)
    _mark_superseded(database, extract)


def _make_keys(database: Database, extract: Extract, staged: Sequence[StagedFile], date_forms: Forms) -> None:
    scopes = sorted({file.source.scope for file in staged})
    database.run("create or replace table memory.main.scopes (file_id integer, scope integer)")
    for file in staged:
        database.run("insert into memory.main.scopes values (?, ?)", [file.file_id, scopes.index(file.source.scope)])
    parts = ", ".join(f"{compared(extract, name)} as key_{n}" for n, name in enumerate(extract.key, 1))
    whole = " and ".join(f"coalesce(s.{name}, '') <> ''" for name in extract.key if extract[name].required)
    database.run(f"""
        create table {key_table(extract)} as
        select s.row_id, s.file_id, scope, lower(coalesce(s.source_system, '')) as system, {parts}, {whole} as whole
        from {stage_table(extract)} as s
        inner join memory.main.scopes using (file_id)
        {joined(extract, extract.key, date_forms)}
    """)


def compared(extract: Extract, name: str) -> str:
    """SQL for a key part of the stage's `s` as it is compared; needs what is `joined` to it.

    Days are compared as days, codes by meaning, names without case, ids letter by letter.
    """
    column, text = extract[name], f"s.{name}"
    if column.kind is Kind.DATE:
        return day_or_text(name)
    if column.kind in (Kind.CODE, Kind.YES_NO):
        return f"coalesce({name}_means.value, lower({text}), '')"
    return f"lower(coalesce({text}, ''))" if column.spelling else f"coalesce({text}, '')"


def key_columns(extract: Extract) -> str:
    """SQL for the columns of the key table that a row is known by."""
    return ", ".join(["system", *(f"key_{n}" for n in range(1, len(extract.key) + 1))])


def _mark_duplicates(database: Database, extract: Extract, date_forms: Forms) -> None:
    """The same row again in a file: equal rows have equal keys, so only those are compared whole, by what they say."""
    shared = f"""
        select file_id, {key_columns(extract)} from {key_table(extract)}
        group by file_id, {key_columns(extract)} having count(*) > 1
    """
    # To lay a plan for all columns takes longer than to find out that there is nothing to compare.
    if not database.rows(f"{shared} limit 1"):
        return
    said = (compared(extract, name) for name in extract.names)
    columns = ", ".join(("s.file_id", "s.surplus", *said))
    database.run(f"""
        insert into {fate_table(extract)}
        with
        shared as ({shared}),
        alike as (select row_id from {key_table(extract)} inner join shared using (file_id, {key_columns(extract)})),
        numbered as (
            select s.row_id, row_number() over (partition by {columns} order by s.row_id) as occurrence
            from {stage_table(extract)} as s
            inner join alike on s.row_id = alike.row_id
            {joined(extract, extract.names, date_forms)}
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
            select file_id, {key_columns(extract)} from left_over
            group by file_id, {key_columns(extract)} having count(*) > 1
        )
        select row_id, '{CONFLICT}' from left_over inner join shared using (file_id, {key_columns(extract)})
    """)


def _mark_superseded(database: Database, extract: Extract) -> None:
    """Files are numbered by name, so the last one has the greatest number; its row counts even if it is rejected."""
    database.run(f"""
        insert into {fate_table(extract)}
        with newest as (
            select scope, {key_columns(extract)}, max(file_id) as newest_file from {key_table(extract)}
            where whole
            group by scope, {key_columns(extract)} having min(file_id) <> max(file_id)
        )
        select row_id, '{SUPERSEDED}'
        from {key_table(extract)} as k
        inner join newest using (scope, {key_columns(extract)})
        where whole and file_id < newest_file
        and not exists (select 1 from {fate_table(extract)} as f where f.row_id = k.row_id)
    """)
