"""Text → values, in the engine: days, codes, answers and counts, with a state for every cell (see schemas.judge)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from pipeline.database import Database
from pipeline.loading.staging import stage_table
from pipeline.schemas.extract import Column, Extract, Kind
from pipeline.schemas.judge import State, state
from pipeline.sources.profiles import Profile, fold
from pipeline.sources.sheet import ERROR_VALUES, NOT_COMPUTED

_LAST_REAL_DAY = "2100-12-31"
_TIME = r"\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?( ?(Z|[+-]\d{2}:?\d{2}))?"
_WHOLE = r"\d{1,9}([.,]0+)?"
_ANSWERS = dict.fromkeys(("ja", "j", "1", "true"), "true") | dict.fromkeys(("nej", "n", "0", "false"), "false")
_MARK = "x"
_MEANING = pa.schema(
    {
        "column_name": pa.string(),
        "file_id": pa.int32(),
        "sheet": pa.string(),
        "text": pa.string(),
        "value": pa.string(),
    }
)
# In a column of crosses: where there is none, the answer is no.
_CROSSES = {_MARK: "true", "": "false"}


@dataclass(frozen=True)
class DateForm:
    """A way to write a day: so many characters, read with strptime's signs."""

    length: int
    signs: str


DATE_FORMS = (DateForm(10, "%Y-%m-%d"), DateForm(8, "%Y%m%d"))


def typed_table(extract: Extract) -> str:
    """Where an extract's rows stand as values, with `<column>__state`; duplicates and superseded rows are not there."""
    return f"memory.main.typed_{extract.name}"


def type_rows(database: Database, extract: Extract, profile: Profile) -> None:
    """Make the extract's typed table."""
    _make_meanings(database, extract, profile)
    meant = extract.of_kind(Kind.CODE, Kind.YES_NO)
    read = ", ".join(f"{_value(column)} as {_read_as(column)}" for column in extract.columns if _read_as(column))
    joins = "\n".join(
        f"left join {_meanings(extract)} as {column.name}_means on {_same_text(column)}" for column in meant
    )
    database.run(f"""
        create table {typed_table(extract)} as
        with read as (
            select s.*, {read} from {stage_table(extract)} as s {joins}
            where not exists (
                select 1 from memory.main.fate_{extract.name} as f where f.row_id = s.row_id and f.fate <> 'conflict'
            )
        )
        select row_id, file_id, {", ".join(_typed(column) for column in extract.columns)} from read
    """)


def day_or_text(name: str) -> str:
    """SQL for a day in its one form, an open end as nothing, and what is no day as it stands."""
    day = _day(name)
    return f"case when {day} > date '{_LAST_REAL_DAY}' then '' else coalesce(cast({day} as varchar), {name}, '') end"


def _meanings(extract: Extract) -> str:
    return f"memory.main.meaning_{extract.name}"


def _same_text(column: Column) -> str:
    """SQL for which meaning a cell has; an answer's depends on the sheet it stands in."""
    means = f"{column.name}_means"
    same = f"{means}.column_name = '{column.name}' and {means}.text = s.{column.name}"
    if column.kind is Kind.YES_NO:
        same += f" and {means}.file_id = s.file_id and {means}.sheet = s.sheet"
    return same


def _make_meanings(database: Database, extract: Extract, profile: Profile) -> None:
    """What every different text of the code and yes/no columns means; few, since such columns repeat themselves."""
    codes = (
        (column.name, None, None, text, value)
        for column in extract.of_kind(Kind.CODE)
        for text, value in _codes(database, extract, column, profile)
    )
    answers = (
        (column.name, file_id, sheet, text, value)
        for column in extract.of_kind(Kind.YES_NO)
        for file_id, sheet, text, value in _answers(database, extract, column)
    )
    found = [*codes, *answers]
    database.run(
        f"create table {_meanings(extract)}"
        " (column_name varchar, file_id integer, sheet varchar, text varchar, value varchar)"
    )
    rows = [dict(zip(_MEANING.names, row, strict=True)) for row in found]
    database.append(_meanings(extract), pa.Table.from_pylist(rows, _MEANING))


def _codes(database: Database, extract: Extract, column: Column, profile: Profile) -> Iterator[tuple[str, str]]:
    known = profile.meanings(extract.name, column.name, column.codes)
    rows = database.rows(f"select distinct {column.name} from {stage_table(extract)} where {column.name} is not null")
    return ((text, known[fold(text)]) for (text,) in rows if fold(text) in known)


def _answers(database: Database, extract: Extract, column: Column) -> Iterator[tuple[int, str, str, str]]:
    """What each text means in each sheet: an older file may have crosses where a newer says ja and nej.

    A sheet without any answer goes by the others: all of them crosses, its blank cells mean no.
    """
    rows = database.rows(
        f"select distinct file_id, sheet, {column.name} from {stage_table(extract)} where {column.name} is not null"
    )
    said: dict[tuple[int, str], set[str]] = {}
    for file_id, sheet, text in rows:
        said.setdefault((file_id, sheet), set()).update({fold(text)} - {""})
    by_any = set[str]().union(*said.values())
    for file_id, sheet, text in rows:
        known = _CROSSES if (said[file_id, sheet] or by_any) == {_MARK} else _ANSWERS
        if fold(text) in known:
            yield file_id, sheet, text, known[fold(text)]


def _read_as(column: Column) -> str:
    """The name of a column's value before its state is known; text needs none."""
    return "" if column.kind is Kind.TEXT else f"{column.name}__read"


def _value(column: Column) -> str:
    text = f"s.{column.name}"
    match column.kind:
        case Kind.DATE:
            return _day(text)
        case Kind.COUNT:
            whole = f"regexp_full_match({text}, '{_WHOLE}')"
            return f"case when {whole} then cast(cast(replace({text}, ',', '.') as double) as integer) end"
        case Kind.YES_NO:
            return f"cast({column.name}_means.value as boolean)"
        case _:
            return f"{column.name}_means.value"


def _day(text: str) -> str:
    """SQL for a text as a day, its time of day cut off; null for what is none."""
    whole = [f"when length({text}) = {form.length} then {_strptime(text, form)}" for form in DATE_FORMS]
    with_time = [
        f"when length({text}) > {form.length} and regexp_full_match({text}, '.{{{form.length}}}[ T]{_TIME}')"
        f" then {_strptime(f'left({text}, {form.length})', form)}"
        for form in DATE_FORMS
    ]
    return f"cast(case {' '.join(whole + with_time)} end as date)"


def _strptime(text: str, form: DateForm) -> str:
    return f"try_strptime({text}, '{form.signs}')"


def _typed(column: Column) -> str:
    """A column's value and its state."""
    name, value = column.name, _read_as(column) or f"nullif({column.name}, '')"
    if column.kind is Kind.DATE:
        value = f"case when {value} <= date '{_LAST_REAL_DAY}' then {value} end"
    if column.kind is Kind.TEXT:
        value = f"case when not ({_is_error(name)}) then {value} end"
    return f"{value} as {name}, {_state(column)} as {state(name)}"


def _state(column: Column) -> str:
    name, read = column.name, _read_as(column)
    cases = [f"when {_is_error(name)} then {State.ERROR_VALUE:d}"]
    if column.required:
        cases.append(f"when coalesce({name}, '') = '' then {State.MISSING:d}")
    if read:
        cases.append(f"when {name} <> '' and {read} is null then {State.UNTYPED:d}")
    if column.required and column.kind is Kind.DATE:
        cases.append(f"when {read} > date '{_LAST_REAL_DAY}' then {State.OPEN_END:d}")
    return f"cast(case {' '.join(cases)} else {State.FINE:d} end as utinyint)"


def _is_error(name: str) -> str:
    values = ", ".join(f"'{value}'" for value in (*ERROR_VALUES, NOT_COMPUTED))
    return f"coalesce(starts_with({name}, '#') and {name} in ({values}), false)"
