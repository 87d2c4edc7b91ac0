"""Judged rows: those that break a rule move to the quarantine with all their reasons; some rules only warn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from pipeline.database import Database
from pipeline.loading.identities import MANGLED
from pipeline.loading.keys import CONFLICT, fate_table, key_columns, key_table
from pipeline.loading.protected import ROWS as PROTECTED_ROWS
from pipeline.loading.staging import EXAMPLES, StagedFile, stage_table
from pipeline.loading.typing import typed_table
from pipeline.model import Rejection, Warned
from pipeline.privacy import MASK, mask
from pipeline.schemas import rules
from pipeline.schemas.extract import Extract, Kind
from pipeline.schemas.judge import Judge, last_day, state
from pipeline.schemas.rules import Rule, Severity
from pipeline.sources.non_rows import places
from pipeline.sources.sheet import ERROR_VALUES, NOT_COMPUTED
from pipeline.sources.wording import Wording

if TYPE_CHECKING:
    from pipeline.loading.noticing import Notice
    from pipeline.loading.severities import Severities

# So many rows are judged at a time, and so many faults of an extract are handed on to the reports; the quarantine
# table holds them all. A file where everything is wrong must not fill the memory.
_JUDGED_ROWS = 200_000
_MOVED_FAULTS = 20_000
_LISTED_FAULTS = 100_000
_MOST_ROWS_IN_CONFLICT = 200
# Of a value so much is told: a cell may hold a whole page. The quarantine table has all of it.
_LONGEST_VALUE = 200
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
    "fault_id",
    "protected",
)
_TYPES = {"row_number": pa.int32(), "protected": pa.bool_()}


@dataclass(frozen=True)
class Breach:
    """A rule that a row breaks in a column; `other`: the column compared with; `rows`: the rows it contradicts."""

    row_id: int
    rule: Rule
    column: str
    other: str = ""
    rows: str = ""


@dataclass
class Found:
    """What judging an extract came to. `unlisted`: faults beyond those that are handed on; `stops`: why a run stops."""

    rejections: list[Rejection] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    unlisted: int = 0
    stops: list[str] = field(default_factory=list)


@dataclass
class _Warning:
    count: int = 0
    examples: list[str] = field(default_factory=list)


def rejected_table(extract: Extract) -> str:
    """The ids of the rows that are not loaded because they break a rule."""
    return f"memory.main.rejected_{extract.name}"


def passed(extract: Extract) -> str:
    """SQL for the rows of an extract that have passed so far."""
    return f"(from {typed_table(extract)} anti join {rejected_table(extract)} using (row_id))"


class Quarantine:
    """Judges the rows of one extract, and takes those that may not be loaded."""

    def __init__(
        self,
        database: Database,
        extract: Extract,
        staged: Sequence[StagedFile],
        standard: Wording,
        severities: Severities,
        today: date,
    ) -> None:
        self._database = database
        self._extract = extract
        self._judge = Judge(extract, today)
        self._severities = severities
        self._writer = _Writer(extract, staged, standard, today)
        self._order = {name: place for place, name in enumerate(extract.names)}
        self._warnings: dict[tuple[Rule, str, str], _Warning] = {}
        self._stops: dict[str, None] = {}
        self._found = Found()
        database.run(f"create table {rejected_table(extract)} (row_id bigint)")

    def judge(self) -> None:
        """Hold every row of the typed table against every rule, some rows at a time."""
        _note_conflicts(self._database, self._extract)
        first, last = self._database.rows(f"select min(row_id), max(row_id) from {typed_table(self._extract)}")[0]
        for start in range(first, last + 1, _JUDGED_ROWS) if first is not None else ():
            here = f"row_id between {start} and {start + _JUDGED_ROWS - 1}"
            self._put([*self._conflicts(here), *self._shifted(here), *self._judged(here)])

    def notice(self, notices: Iterable[Notice]) -> None:
        """Look for what is noticed of rows that have passed so far; a row is told of with all its reasons."""
        warning: list[Notice] = []
        breaches: list[Breach] = []
        for notice in notices:
            if self._severities.of(notice.rule, self._extract.name) is Severity.WARN:
                warning.append(notice)
            else:
                ids = self._database.rows(f"select row_id {self._noticed(notice)}")
                breaches += [Breach(row_id, notice.rule, notice.column, notice.other) for (row_id,) in ids]
        self._put(breaches)
        # Only rows that are loaded are warned of.
        for notice in warning:
            self._count(notice)

    def found(self) -> Found:
        """All that was found."""
        self._found.warnings = [
            Warned(
                self._extract.name,
                rule.name,
                self._writer.sentence(rule, column, other),
                warning.count,
                tuple(warning.examples),
            )
            for (rule, column, other), warning in self._warnings.items()
        ]
        self._found.stops = list(self._stops)
        return self._found

    def _conflicts(self, here: str) -> Iterator[Breach]:
        rows = self._database.rows(f"from memory.main.conflict_{self._extract.name} where {here} order by row_id")
        for row_id, numbers, sheets in rows:
            where = "; ".join(
                f"{f'blad {sheet} ' if sheet else ''}"
                + places([number for number, other in zip(numbers, sheets, strict=True) if other == sheet])
                for sheet in dict.fromkeys(sheets)
            )
            yield Breach(row_id, rules.CONFLICT, self._extract.key[0], rows=where)

    def _shifted(self, here: str) -> Iterator[Breach]:
        rows = self._database.rows(
            f"select row_id from {stage_table(self._extract)} semi join {typed_table(self._extract)} using (row_id)"
            f" where surplus is not null and {here}"
        )
        return (Breach(row_id, rules.SURPLUS, "") for (row_id,) in rows)

    def _judged(self, here: str) -> Iterator[Breach]:
        values = [f"cast({column.name} as timestamp) as {column.name}" for column in self._extract.of_kind(Kind.DATE)]
        values += [column.name for column in self._extract.of_kind(Kind.COUNT)]
        states = [state(name) for name in self._extract.names]
        batch = self._database.table(
            f"select row_id, {', '.join(values + states)} from {typed_table(self._extract)} where {here}"
        ).to_pandas()
        for failure in self._judge.failures(batch.set_index("row_id")):
            for row_id in failure.row_ids:
                yield Breach(row_id, failure.rule, failure.column, failure.other)

    def _put(self, breaches: list[Breach]) -> None:
        """Move the rows that break a rejecting rule to the quarantine; count those that only break warning ones."""
        breaches.sort(key=lambda breach: (breach.row_id, self._order.get(breach.column, -1), breach.rule.name))
        several: list[Breach] = []
        for breach in breaches:
            if len(several) >= _MOVED_FAULTS and breach.row_id != several[-1].row_id:
                self._move(several)
                several = []
            several.append(breach)
        self._move(several)

    def _move(self, breaches: Sequence[Breach]) -> None:
        rejecting = [breach for breach in breaches if self._rejects(breach)]
        rows = self._texts(rejecting)
        if not rows:
            self._warn(breaches)
            return
        rejected = pa.array(rows, pa.int64())
        self._database.append(rejected_table(self._extract), pa.table({"row_id": rejected}))
        rejections = [self._writer.rejection(breach, rows[breach.row_id]) for breach in rejecting]
        _store(self._database, rejections, [self._writer.content(rows[breach.row_id]) for breach in rejecting])
        room = _LISTED_FAULTS - len(self._found.rejections)
        self._found.rejections += rejections[:room]
        self._found.unlisted += max(len(rejections) - room, 0)
        # A row that is not loaded anyway has been told of already.
        self._warn([breach for breach in breaches if breach.row_id not in rows])

    def _rejects(self, breach: Breach) -> bool:
        severity = self._severities.of(breach.rule, self._extract.name)
        if severity is Severity.STOP:
            self._stops.setdefault(self._writer.sentence(breach.rule, breach.column, breach.other))
        is_needed = bool(breach.column) and self._extract[breach.column].required
        return severity is not Severity.WARN or (is_needed and self._judge.empties(breach.rule))

    def _texts(self, breaches: Iterable[Breach]) -> dict[int, dict[str, Any]]:
        """The rows as they were read, by id, and whether they are about somebody with a protected identity."""
        row_ids = list(dict.fromkeys(breach.row_id for breach in breaches))
        if not row_ids:
            return {}
        self._database.run("create or replace table memory.main.wanted (row_id bigint)")
        self._database.append("memory.main.wanted", pa.table({"row_id": pa.array(row_ids, pa.int64())}))
        found = self._database.table(
            f"select *, row_id in (select row_id from {PROTECTED_ROWS}) as is_protected"
            f" from {stage_table(self._extract)} semi join memory.main.wanted using (row_id) order by row_id"
        )
        return {row["row_id"]: row for row in found.to_pylist()}

    def _warn(self, breaches: Sequence[Breach]) -> None:
        by_rule: dict[tuple[Rule, str, str], list[Breach]] = {}
        for breach in breaches:
            by_rule.setdefault((breach.rule, breach.column, breach.other), []).append(breach)
        for what, several in by_rule.items():
            warning = self._warnings.setdefault(what, _Warning())
            warning.count += len(several)
            room = EXAMPLES - len(warning.examples)
            rows = self._texts(several[:room])
            warning.examples += [self._writer.record_key(row) for row in rows.values() if not row["is_protected"]]

    def _noticed(self, notice: Notice) -> str:
        return f"from {passed(self._extract)} as source where ({notice.condition})"

    def _count(self, notice: Notice) -> None:
        """The warning, if any row meets the condition, with the first cases (or the first of what is shown)."""
        count = self._database.value(f"select count(*) {self._noticed(notice)}")
        if count:
            told = [name for name in self._extract.key if not self._extract[name].secrecy]
            key = notice.shown or f"concat_ws(' / ', {', '.join(told)})"
            listed = "" if notice.shown else f" and row_id not in (select row_id from {PROTECTED_ROWS})"
            examples = self._database.rows(
                f"select distinct {key} as shown {self._noticed(notice)}{listed} order by shown limit {EXAMPLES}"
            )
            warning = self._warnings.setdefault((notice.rule, notice.column, notice.other), _Warning())
            warning.count += count
            warning.examples += [mask(example) for (example,) in examples]


def _note_conflicts(database: Database, extract: Extract) -> None:
    """Each row that contradicts others, with where they all stand; of very many only the first."""
    key = key_columns(extract)
    database.run(f"""
        create table memory.main.conflict_{extract.name} as
        with
        taken as (
            select k.*, s.row_number, s.sheet from {fate_table(extract)}
            inner join {key_table(extract)} as k using (row_id)
            inner join {stage_table(extract)} as s using (row_id)
            where fate = '{CONFLICT}'
        ),
        together as (
            select file_id, {key},
                list(row_number order by row_id)[:{_MOST_ROWS_IN_CONFLICT}] as numbers,
                list(sheet order by row_id)[:{_MOST_ROWS_IN_CONFLICT}] as sheets
            from taken group by file_id, {key}
        )
        select row_id, numbers, sheets from taken inner join together using (file_id, {key})
    """)


def _store(database: Database, rejections: Sequence[Rejection], contents: Sequence[str]) -> None:
    if not rejections:
        return
    columns = zip(*map(astuple, rejections), strict=True)
    types = [_TYPES.get(name, pa.string()) for name in _COLUMNS]
    table = {name: pa.array(values, type_) for name, values, type_ in zip(_COLUMNS, columns, types, strict=True)}
    database.append("quarantine", pa.table({**table, "content": pa.array(contents, pa.string())}))


class _Writer:
    """Words a breach: headings as they stand in the file, values as read, nobody's identity."""

    def __init__(self, extract: Extract, staged: Sequence[StagedFile], standard: Wording, today: date) -> None:
        self._extract = extract
        self._files: Mapping[int, StagedFile] = {file.file_id: file for file in staged}
        self._standard = standard
        self._limit = last_day(today).isoformat()
        self._told = [name for name in extract.key if not extract[name].secrecy]

    def rejection(self, breach: Breach, row: Mapping[str, Any]) -> Rejection:
        """The breach as it is told to the file's owner."""
        is_conflict = breach.rule is rules.CONFLICT
        columns = self._extract.key if is_conflict else (breach.column,)
        heading = " + ".join(self._heading(column, row) for column in columns if column)
        value = self.record_key(row) if is_conflict else self._value(breach.column, row)
        return Rejection(
            extract=self._extract.name,
            file=mask(self._files[row["file_id"]].source.name),
            sheet=mask(row["sheet"]),
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
            unit=mask(row["unit"] or "") if "unit" in self._extract.names else "",
            fault_id=self._fault_id(breach, row),
            protected=row["is_protected"],
        )

    def sentence(self, rule: Rule, column: str, other: str) -> str:
        """The breach told of many rows, with the contract's headings."""
        return rule.told_of_many.format(
            heading=self._standard.heading(column) if column else "",
            other_heading=self._standard.heading(other) if other else "",
            allowed=", ".join(self._extract[column].codes) if column else "",
            limit=self._limit,
            value="",
            other_value="",
            rows="",
        )

    def record_key(self, row: Mapping[str, Any]) -> str:
        """The row's key, for finding it in the case system; a rater's pseudonym would find nobody there."""
        return " / ".join(mask(row[name]) for name in self._told if row[name])

    def content(self, row: Mapping[str, Any]) -> str:
        """The whole row as JSON, with pseudonyms for identities."""
        cells = {
            name: row[name] if self._extract[name].secrecy else mask(row[name])
            for name in self._extract.names
            if row[name]
        }
        return json.dumps(cells, ensure_ascii=False)

    def _fault_id(self, breach: Breach, row: Mapping[str, Any]) -> str:
        """The same for the same fault of the same record, whatever file it comes in."""
        key = self.record_key(row)
        # A record without an id, or with one that may tell who it is, is known by all that stands in it.
        is_whole = MASK not in key and all(row[name] for name in self._extract.key if self._extract[name].required)
        # So are records that contradict each other.
        is_whole = is_whole and breach.rule is not rules.CONFLICT
        record = "\0".join(row[name] or "" for name in self._extract.key) if is_whole else self.content(row)
        parts = (self._extract.name, (row["source_system"] or "").lower(), record, breach.column, breach.rule.name)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    def _heading(self, column: str, row: Mapping[str, Any]) -> str:
        headings = self._files[row["file_id"]].sheets[row["sheet"]].headings
        return headings.get(column) or self._standard.heading(column)

    def _value(self, column: str, row: Mapping[str, Any]) -> str:
        text = (row[column] if column else "") or ""
        if column and self._extract[column].secrecy and text not in ("", *ERROR_VALUES, NOT_COMPUTED, MANGLED):
            return MASK
        shown = mask(text)
        return shown if len(shown) <= _LONGEST_VALUE else f"{shown[: _LONGEST_VALUE - 1]}…"
