"""The ids that may stand nowhere in public, as tokens, kept in the engine: there are as many of them as cases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

import pyarrow as pa

from pipeline.database import Database
from pipeline.lastcheck.findings import Kind

# Parts of plain letters and digits, joined as `tokens.token` does, are made tokens by the engine. It does so with the
# ids that are searched everywhere alone; what it leaves is null.
_SPELT = """
case when regexp_full_match(id, '[A-Za-z0-9]+([-_./+][A-Za-z0-9]+)*') then lower(translate(id, '_./+', '----')) end
"""
_IS_SEARCHED = """
regexp_matches(token, '[0-9]') and case
    when regexp_matches(token, '[a-z]') then length(token) >= {letters}
    else length(replace(token, '-', '')) >= {digits} and not regexp_full_match(token, '{day}')
end
"""
DAY = r"(19|20)[0-9]{2}(-[0-9]{2}){1,2}"  # a month or a day of our time, 2026-08 or 2026-08-31
_KINDS = tuple(Kind)


class Ids(Protocol):
    """Ids that are searched wherever they stand, spelt as `tokens.token` does."""

    @property
    def longest(self) -> int:
        """Of how many parts the one of most is, at least 1."""

    def among(self, words: Collection[str]) -> Mapping[str, Kind]:
        """Those of the words that are such an id, and whose."""


class KnownIds:
    """The same of a run's database, in a table that never reaches its file."""

    def __init__(self, database: Database, shortest_with_letters: int, fewest_digits: int) -> None:
        self._database = database
        self._is_searched = _IS_SEARCHED.format(letters=shortest_with_letters, digits=fewest_digits, day=DAY)
        self._longest: int | None = None
        database.run("create or replace temp table secret_ids (token varchar, kind utinyint)")

    def add(self, kind: Kind, tokens: Iterable[str]) -> None:
        """Add tokens as they are."""
        rows = {"token": pa.array(tokens, pa.string())}
        self._longest = None
        self._database.append("secret_ids", pa.table({**rows, "kind": _numbers(kind, len(rows["token"]))}))

    def add_column(self, kind: Kind, table: str, column: str) -> Iterator[str]:
        """Add what a column holds, and return what the engine cannot tell the token of, or does not take for an id."""
        self._longest = None
        self._database.keep(
            "ids_of_column",
            f"select id, case when {self._is_searched} then token end as token"
            f" from (select id, {_SPELT} as token from (select distinct {column} as id from {table}))"
            " where id is not null",
        )
        self._database.run(
            "insert into secret_ids select distinct token, ? from ids_of_column where token is not null",
            [_KINDS.index(kind)],
        )
        left = self._database.rows("select id from ids_of_column where token is null")
        self._database.drop("ids_of_column")
        return (row[0] for row in left)

    @property
    def longest(self) -> int:
        """Of how many parts the one of most is, at least 1."""
        if self._longest is None:
            joints = "max(length(token) - length(replace(replace(token, '-', ''), ':', '')))"
            self._longest = 1 + int(self._database.value(f"select coalesce({joints}, 0) from secret_ids"))
        return self._longest

    def among(self, words: Collection[str]) -> dict[str, Kind]:
        """Those of the words that are such an id, and whose."""
        if not words:
            return {}
        self._database.keep("words_to_find", "select ''::varchar as token limit 0")
        self._database.append("words_to_find", pa.table({"token": pa.array(words, pa.string())}))
        found = self._database.rows(
            "select token, max(kind) from secret_ids semi join words_to_find using (token) group by token"
        )
        self._database.drop("words_to_find")
        return {token: _KINDS[kind] for token, kind in found}


def _numbers(kind: Kind, rows: int) -> pa.Array:
    return pa.repeat(pa.scalar(_KINDS.index(kind), pa.uint8()), rows)
