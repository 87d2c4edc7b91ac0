"""Several rows of one key in a file become alike where the profile says so: one row a service → one investigation.

The rows stay in the stage. Rows that have become equal are exact duplicates, and counted as such; where they still
differ in a column that the profile says nothing of, they contradict each other like any others.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.database import Database
from pipeline.loading.days import LAST_REAL_DAY
from pipeline.loading.forms import Forms
from pipeline.loading.keys import compared
from pipeline.loading.staging import StagedFile, stage_table
from pipeline.loading.typing import joined
from pipeline.schemas.extract import ANSWERS, Column, Extract, Kind
from pipeline.sources.profile_faults import MERGES_OF_DAYS
from pipeline.sources.wording import Wording


def merge(database: Database, extract: Extract, staged: Sequence[StagedFile], date_forms: Forms) -> None:
    """Give the rows of a key one text in each column that a profile merges, sheet by sheet of one file."""
    for file in staged:
        for name, sheet in file.sheets.items():
            for column in sheet.wording.merges.keys() & file.columns:
                _merge(database, extract, file.file_id, name, sheet.wording, column, date_forms)


def _merge(
    database: Database, extract: Extract, file_id: int, sheet: str, wording: Wording, column: str, date_forms: Forms
) -> None:
    key = ", ".join(f"{compared(extract, name)} as key_{n}" for n, name in enumerate(extract.key))
    same = ", ".join(f"key_{n}" for n in range(len(extract.key)))
    how = wording.merges[column]
    day = f"{column}_day.day" if extract[column].is_day else "null"
    # What cannot be read is for the rules to tell of, in its own row.
    unread = "day is null" if how in MERGES_OF_DAYS else "code is null" if isinstance(how, tuple) else "false"
    whole = " and ".join(f"key_{n} <> ''" for n, name in enumerate(extract.key) if extract[name].required)
    database.run(
        f"""
        create or replace table memory.main.merged as
        with rows as (
            select s.row_id, s.{column} as text, {day} as day, {_code(extract[column])} as code, {key}
            from {stage_table(extract)} as s
            {joined(extract, dict.fromkeys((column, *extract.key)), date_forms)}
            where s.file_id = $file and s.sheet = $sheet
        ),
        chosen as (
            select {same}, {_chosen(how)} as text from rows where {whole} group by {same}
            having count(*) > 1 and not bool_or(text <> '' and {unread})
        )
        select row_id, chosen.text from rows inner join chosen using ({same})
        """,
        {"file": file_id, "sheet": sheet},
    )
    database.run(f"""
        update {stage_table(extract)} as s set {column} = merged.text
        from memory.main.merged as merged where merged.row_id = s.row_id
    """)
    database.run("drop table memory.main.merged")


def _code(column: Column) -> str:
    """SQL for the code that a text means, as a profile writes it."""
    means = f"{column.name}_means.value"
    match column.kind:
        case Kind.CODE:
            return means
        case Kind.YES_NO:
            yes, no = ANSWERS
            return f"case {means} when 'true' then '{yes}' when 'false' then '{no}' end"
        case _:
            return "null"


def _chosen(how: str | tuple[str, ...]) -> str:
    """SQL for the one text of several rows."""
    filled = "filter (text <> '')"
    latest = f"coalesce(arg_max(text, day) {filled}, '')"
    match how:
        case tuple():
            codes = ", ".join("'" + code.replace("'", "''") + "'" for code in how)
            by_rank = f"arg_min(text, coalesce(nullif(list_position([{codes}], code), 0), {len(how) + 1}))"
            # Among crosses a blank cell has a meaning too.
            return f"coalesce({by_rank} filter (code is not null), '')"
        case "earliest":
            return f"coalesce(arg_min(text, day) {filled}, '')"
        case "latest":
            return latest
        case "latest or open":
            return (
                f"case when bool_or(coalesce(text, '') = '' or day > date '{LAST_REAL_DAY}') then '' else {latest} end"
            )
        case "first":
            return f"coalesce(arg_min(text, row_id) {filled}, '')"
        case _:
            return f"coalesce(arg_max(text, row_id) {filled}, '')"
