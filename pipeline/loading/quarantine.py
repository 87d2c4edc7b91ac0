"""Judged rows: those that break a rule move to the quarantine with all their reasons; some rules only warn."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from pipeline.database import Database
from pipeline.loading.keys import CONFLICT, fate_table, key_table
from pipeline.loading.staging import EXAMPLES, StagedFile, stage_table
from pipeline.loading.typing import typed_table
from pipeline.model import Rejection, Warned
from pipeline.privacy import MASK, mask
from pipeline.schemas import rules
from pipeline.schemas.extract import Extract, Kind
from pipeline.schemas.judge import Judge, last_day, state
from pipeline.schemas.rules import Rule, Severity
from pipeline.sources.profiles import Profile
from pipeline.sources.sheet import ERROR_VALUES, NOT_COMPUTED
from pipeline.sources.table import places

_JUDGED_ROWS = 200_000
_COLUMNS = (
    "extract",
    "file",
    "sheet",
    "row_number",
    "column_name",
    "heading",
    "value",
    "rule",
    "reason",
    "record_key",
    "unit",
)


@dataclass(frozen=True)
class Breach:
    """A rule that a row breaks in a column; `other`: the column compared with; `rows`: the rows it contradicts."""

    row_id: int
    rule: Rule
    column: str
    other: str = ""
    rows: str = ""


def rejected_table(extract: Extract) -> str:
    """The ids of the rows that are not loaded because they break a rule."""
    return f"memory.main.rejected_{extract.name}"


def find(database: Database, extract: Extract, judge: Judge) -> list[Breach]:
    """Every rule that a row of the typed table breaks, by row and column."""
    order = {name: place for place, name in enumerate(extract.names)}
    breaches = [*_conflicts(database, extract), *_shifted(database, extract), *_judged(database, extract, judge)]
    return sorted(breaches, key=lambda breach: (breach.row_id, order.get(breach.column, -1), breach.rule.name))


def _conflicts(database: Database, extract: Extract) -> Iterator[Breach]:
    key = ", ".join(["system", *(f"key_{n}" for n in range(1, len(extract.key) + 1))])
    groups = database.rows(f"""
        select list(k.row_id order by k.row_id), list(row_number order by k.row_id), list(sheet order by k.row_id)
        from {fate_table(extract)}
        inner join {key_table(extract)} as k using (row_id)
        inner join {stage_table(extract)} as s using (row_id)
        where fate = '{CONFLICT}'
        group by k.file_id, {key}
    """)
    for row_ids, numbers, sheets in groups:
        where = "; ".join(
            f"{f'blad {sheet} ' if sheet else ''}"
            + places([number for number, other in zip(numbers, sheets, strict=True) if other == sheet])
            for sheet in dict.fromkeys(sheets)
        )
        for row_id in row_ids:
            yield Breach(row_id, rules.CONFLICT, extract.key[0], rows=where)


def _shifted(database: Database, extract: Extract) -> Iterator[Breach]:
    rows = database.rows(
        f"select row_id from {stage_table(extract)} semi join {typed_table(extract)} using (row_id)"
        " where surplus is not null"
    )
    return (Breach(row_id, rules.SURPLUS, "") for (row_id,) in rows)


def _judged(database: Database, extract: Extract, judge: Judge) -> Iterator[Breach]:
    values = [f"cast({column.name} as timestamp) as {column.name}" for column in extract.of_kind(Kind.DATE)]
    values += [column.name for column in extract.of_kind(Kind.COUNT)]
    states = [state(name) for name in extract.names]
    query = f"select row_id, {', '.join(values + states)} from {typed_table(extract)}"
    for batch in database.frames(query, _JUDGED_ROWS):
        for failure in judge.failures(batch.set_index("row_id")):
            for row_id in failure.row_ids:
                yield Breach(row_id, failure.rule, failure.column, failure.other)


def put(
    database: Database,
    extract: Extract,
    staged: Sequence[StagedFile],
    profile: Profile,
    breaches: Sequence[Breach],
    today: date,
) -> tuple[list[Rejection], list[Warned]]:
    """Move the rows that break a rejecting rule to the quarantine; count those that only break a warning one."""
    rejecting = [breach for breach in breaches if breach.rule.severity is Severity.REJECT]
    _mark_rejected(database, extract, rejecting)
    rows = _texts(database, extract, rejecting)
    writer = _Writer(extract, staged, profile, today)
    rejections = [writer.rejection(breach, rows[breach.row_id]) for breach in rejecting]
    contents = [writer.content(rows[breach.row_id]) for breach in rejecting]
    _store(database, rejections, contents)
    # A row that is not loaded anyway has been told of already.
    warning = [breach for breach in breaches if breach.rule.severity is Severity.WARN and breach.row_id not in rows]
    return rejections, list(_warned(database, extract, writer, warning))


def _mark_rejected(database: Database, extract: Extract, breaches: Sequence[Breach]) -> None:
    database.run(f"create table {rejected_table(extract)} (row_id bigint)")
    row_ids = list(dict.fromkeys(breach.row_id for breach in breaches))
    database.append(rejected_table(extract), pa.table({"row_id": pa.array(row_ids, pa.int64())}))


def _texts(database: Database, extract: Extract, breaches: Iterable[Breach]) -> dict[int, dict[str, Any]]:
    """The rows as they were read, by id."""
    row_ids = pa.array(dict.fromkeys(breach.row_id for breach in breaches), pa.int64())
    database.run("create or replace table memory.main.wanted (row_id bigint)")
    database.append("memory.main.wanted", pa.table({"row_id": row_ids}))
    found = database.table(f"select * from {stage_table(extract)} semi join memory.main.wanted using (row_id)")
    return {row["row_id"]: row for row in found.to_pylist()}


def _store(database: Database, rejections: Sequence[Rejection], contents: Sequence[str]) -> None:
    columns = zip(*map(astuple, rejections), strict=True) if rejections else ([] for _ in _COLUMNS)
    types = [pa.int32() if name == "row_number" else pa.string() for name in _COLUMNS]
    table = {name: pa.array(values, type_) for name, values, type_ in zip(_COLUMNS, columns, types, strict=True)}
    database.append("quarantine", pa.table({**table, "content": pa.array(contents, pa.string())}))


def _warned(database: Database, extract: Extract, writer: _Writer, breaches: Sequence[Breach]) -> Iterator[Warned]:
    by_rule: dict[str, list[Breach]] = {}
    for breach in breaches:
        by_rule.setdefault(breach.rule.name, []).append(breach)
    for name, several in by_rule.items():
        rows = _texts(database, extract, several[:EXAMPLES])
        examples = tuple(writer.record_key(row) for _, row in sorted(rows.items()))
        yield Warned(extract.name, name, several[0].rule.summary, len(several), examples)


class _Writer:
    """Words a breach: headings as they stand in the file, values as read, nobody's identity."""

    def __init__(self, extract: Extract, staged: Sequence[StagedFile], profile: Profile, today: date) -> None:
        self._extract = extract
        self._files: Mapping[int, StagedFile] = {file.file_id: file for file in staged}
        self._standard = profile.headings_of(extract.name, extract.names, extract.required)
        self._limit = last_day(today).isoformat()

    def rejection(self, breach: Breach, row: Mapping[str, Any]) -> Rejection:
        """The breach as it is told to the file's owner."""
        is_conflict = breach.rule is rules.CONFLICT
        columns = self._extract.key if is_conflict else (breach.column,)
        heading = " + ".join(self._heading(column, row) for column in columns if column)
        value = self.record_key(row) if is_conflict else self._value(breach.column, row)
        return Rejection(
            extract=self._extract.name,
            file=self._files[row["file_id"]].source.name,
            sheet=row["sheet"],
            row=row["row_number"],
            column=breach.column,
            heading=heading,
            value=value,
            rule=breach.rule.name,
            reason=breach.rule.reason.format(
                heading=heading,
                value=value,
                other_heading=self._heading(breach.other, row) if breach.other else "",
                other_value=self._value(breach.other, row) if breach.other else "",
                allowed=", ".join(self._extract[breach.column].codes) if breach.column else "",
                rows=breach.rows,
                limit=self._limit,
            ),
            key=self.record_key(row),
            unit=mask(row["unit"] or ""),
        )

    def record_key(self, row: Mapping[str, Any]) -> str:
        """The row's key, for finding it in the case system."""
        return " / ".join(mask(row[name]) for name in self._extract.key if row[name])

    def content(self, row: Mapping[str, Any]) -> str:
        """The whole row as JSON, with pseudonyms for identities."""
        cells = {
            name: row[name] if self._extract[name].secrecy else mask(row[name])
            for name in self._extract.names
            if row[name]
        }
        return json.dumps(cells, ensure_ascii=False)

    def _heading(self, column: str, row: Mapping[str, Any]) -> str:
        headings = self._files[row["file_id"]].headings[row["sheet"]]
        return headings.get(column) or self._standard.standard(column)

    def _value(self, column: str, row: Mapping[str, Any]) -> str:
        text = (row[column] if column else row["surplus"]) or ""
        if column and self._extract[column].secrecy and text not in ("", *ERROR_VALUES, NOT_COMPUTED):
            return MASK
        return mask(text)
