"""Rule 7: text that differs only in case is one category; then the rows that passed are loaded."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.database import Database
from pipeline.loading.quarantine import rejected_table
from pipeline.loading.typing import typed_table
from pipeline.schemas.extract import Extract

_SPELLINGS = "memory.main.spellings"


def load(database: Database, extracts: Sequence[Extract]) -> None:
    """Fill `loaded.<extract>` for the extracts that came: categories as in the unit register, else as most often."""
    _decide_spellings(database, extracts)
    for extract in extracts:
        _load(database, extract)


def _decide_spellings(database: Database, extracts: Sequence[Extract]) -> None:
    """One spelling for each category that has several; where two are as frequent, the first by code point."""
    every = " union all ".join(
        f"select '{column.spelling}' as words, {column.name} as spelling, {extract.name == 'units'} as registered,"
        f" count(*) as times from {typed_table(extract)} anti join {rejected_table(extract)} using (row_id)"
        f" where {column.name} is not null group by {column.name}"
        for extract in extracts
        for column in extract.columns
        if column.spelling
    )
    database.run(f"""
        create table {_SPELLINGS} as
        with
        found as ({every}),
        summed as (
            select words, spelling, lower(spelling) as folded, bool_or(registered) as registered,
                -- Only how the register spells counts where it does; elsewhere all extracts do.
                coalesce(sum(times) filter (where registered), sum(times)) as times
            from found
            group by words, spelling
        ),
        ranked as (
            select *,
                row_number() over (partition by words, folded order by registered desc, times desc, spelling) as place,
                count(*) over (partition by words, folded) as several
            from summed
        )
        select words, folded, spelling from ranked where place = 1 and several > 1
    """)


def _load(database: Database, extract: Extract) -> None:
    spelt = [column for column in extract.columns if column.spelling]
    joins = "\n".join(
        f"left join {_SPELLINGS} as {column.name}_as"
        f" on {column.name}_as.words = '{column.spelling}' and {column.name}_as.folded = lower(t.{column.name})"
        for column in spelt
    )
    values = ", ".join(
        f"coalesce({column.name}_as.spelling, t.{column.name})" if column.spelling else f"t.{column.name}"
        for column in extract.columns
    )
    database.run(f"""
        insert into loaded.{extract.name} ({", ".join(extract.names)})
        select {values} from {typed_table(extract)} as t {joins}
        where not exists (select 1 from {rejected_table(extract)} as r where r.row_id = t.row_id)
        order by t.row_id
    """)
