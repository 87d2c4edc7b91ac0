"""What may stand in no answer that leaves the house: ids, pseudonyms and the texts of single cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from pipeline import database
from pipeline.lastcheck.secret import CASE_TEXTS
from pipeline.schemas import EXTRACTS

# What the views call them besides; of rejected rows the value, and where it stood.
_OTHER_NAMES = {"case_id", "record_key", "value", "content", "reason", "fault_id", "row_number", "item", "birth_year"}
_ID_COLUMNS = {
    extract.name: [column.name for column in extract.columns if column.is_id or column.secrecy is not None]
    for extract in EXTRACTS.values()
}
_TEXT_COLUMNS = {
    extract.name: [column.name for column in extract.columns if column.name in CASE_TEXTS]
    for extract in EXTRACTS.values()
}
NAMES = frozenset(
    {column for columns in (*_ID_COLUMNS.values(), *_TEXT_COLUMNS.values()) for column in columns} | _OTHER_NAMES
)
_SECONDS = 60.0


def stands_among(folder: Path, texts: Collection[str]) -> bool:
    """Whether any of the texts is an id, a pseudonym or the text of a single case in the database.

    Texts of cases of a single word are not looked for: other columns have the same words.
    """
    return _is_any(folder, _ID_COLUMNS, texts) or _is_any(folder, _TEXT_COLUMNS, [one for one in texts if " " in one])


def _is_any(folder: Path, columns: dict[str, list[str]], texts: Collection[str]) -> bool:
    known = database.contents(folder)
    there = [
        f"select cast({column} as varchar) as secret from loaded.{table}"
        for table, names in columns.items()
        for column in names
        if column in known.get(f"loaded.{table}", ())
    ]
    if not texts or not there:
        return False
    question = f"select 1 from ({_union(there)}) where list_contains($texts, secret) limit 1"
    with database.answering(folder, question, {"texts": list(texts)}, _SECONDS) as found:
        return any(found.chunks(1))


def _union(selects: Iterable[str]) -> str:
    return " union all ".join(selects)
