"""Who has a protected identity, and which rows are about them, by every row that was read.

Flagged in one extract, protected in all; so a row counts that is rejected or superseded, and a flag that cannot be read
as no. A row that names no person is about the one whose case it points to. Such persons are in totals and in no list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.database import Database
from pipeline.loading.identities import MANGLED
from pipeline.loading.staging import stage_table
from pipeline.loading.typing import meaning_joined
from pipeline.schemas.extract import Extract
from pipeline.sources.sheet import ERROR_VALUES, NOT_COMPUTED

PERSON, FLAG = "person_id", "protected_identity"
ROWS = "memory.main.protected_rows"  # row_id, extract and case_id ('' where the row has none) of what is about them
_ITEM = "item_id"  # what was reviewed: a case of any extract
_NOBODY = ", ".join(f"'{text}'" for text in ("", MANGLED, *ERROR_VALUES, NOT_COMPUTED))


def find(database: Database, extracts: Sequence[Extract]) -> None:
    """Fill `protected_persons` and `protected_cases`, and make `ROWS`; needs every extract's stage and meanings."""
    database.run(f"create table {ROWS} (row_id bigint, extract varchar, case_id varchar)")
    of_persons = [extract for extract in extracts if FLAG in extract.names]
    for extract in of_persons:
        for person_id in _flagged(extract, of_persons):
            database.run(f"insert or ignore into protected_persons {person_id}")
    for extract in of_persons:
        _mark(database, extract, f"{_is_flagged()} or {PERSON} in (from protected_persons)")
    for extract in extracts:
        for where in _pointing(extract):
            _mark(database, extract, where)
    for extract in extracts:
        if _ITEM in extract.names:
            _mark(database, extract, f"{_ITEM} in (select case_id from {ROWS})")
    database.run(f"insert into protected_cases select distinct extract, case_id from {ROWS} where case_id <> ''")


def row_ids(database: Database) -> frozenset[int]:
    """The rows that are about them."""
    return frozenset(row_id for (row_id,) in database.rows(f"select row_id from {ROWS}"))


def cases(database: Database) -> frozenset[tuple[str, str]]:
    """Extract and id of every case that is about them."""
    return frozenset(database.rows("from protected_cases"))


def _flagged(extract: Extract, of_persons: Sequence[Extract]) -> Iterator[str]:
    """SELECTs of the persons that an extract's rows flag: by their own id, else by the case that they point to."""
    stage = f"{stage_table(extract)} as s {meaning_joined(extract, FLAG, 's')}"
    yield f"select distinct s.{PERSON} from {stage} where {_is_flagged()} and {_is_somebody('s')}"
    known = {one.name: one for one in of_persons}
    for reference in extract.references:
        if reference.extract in known:
            yield f"""
                select distinct t.{PERSON} from {stage}
                inner join {stage_table(known[reference.extract])} as t
                on t.{reference.target} = s.{reference.column} and s.{reference.column} <> ''
                and {_same_system()}
                where {_is_flagged()} and not {_is_somebody("s")} and {_is_somebody("t")}
            """


def _pointing(extract: Extract) -> Iterator[str]:
    """What is true of the rows that name nobody and point to a case about somebody protected."""
    nobody = f"not {_is_somebody('s')} and " if PERSON in extract.names else ""
    for reference in extract.references:
        yield (
            f"{nobody}s.{reference.column} in (select case_id from {ROWS} where extract = '{reference.extract}'"
            " and case_id <> '')"
        )


def _mark(database: Database, extract: Extract, where: str) -> None:
    meaning = meaning_joined(extract, FLAG, "s") if FLAG in extract.names else ""
    case = _ITEM if _ITEM in extract.names else extract.key[0]
    database.run(f"""
        insert into {ROWS}
        select s.row_id, '{extract.name}', coalesce(s.{case}, '') from {stage_table(extract)} as s {meaning}
        where ({where}) and not exists (select 1 from {ROWS} as r where r.row_id = s.row_id)
    """)


def _is_flagged() -> str:
    """Whatever is not said to be no: an answer that cannot be read may well be one of the grades of protection."""
    return f"(coalesce(s.{FLAG}, '') <> '' and coalesce({FLAG}_means.value, 'true') = 'true')"


def _is_somebody(alias: str) -> str:
    return f"(coalesce({alias}.{PERSON}, '') not in ({_NOBODY}))"


def _same_system() -> str:
    """Ids are unique within a case system; a row that names none may belong to any."""
    own, other = (f"lower(coalesce({alias}.source_system, ''))" for alias in ("s", "t"))
    return f"({own} = '' or {other} = '' or {own} = {other})"
