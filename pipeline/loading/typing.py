"""Text → values, in the engine: days, codes, answers and counts, with a state for every cell (see schemas.judge)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import pyarrow as pa

from pipeline.database import Database
from pipeline.loading import days
from pipeline.loading.days import LAST_REAL_DAY
from pipeline.loading.error_values import is_error
from pipeline.loading.forms import Forms
from pipeline.loading.identities import MANGLED
from pipeline.loading.staging import StagedFile, stage_table
from pipeline.schemas.extract import ANSWERS, Column, Extract, Kind, Secrecy
from pipeline.schemas.judge import State, state
from pipeline.sources.wording import Wording, fold

_DIGITS = r"(\d{1,9}|\d{1,3}( \d{3}){1,2})"
# A separator before exactly three digits that end in a zero may part thousands: 2,000 and 12.500 are no numbers.
_WHOLE = rf"{_DIGITS}([.,]0{{1,2}})?"
_DECIMAL = rf"[-+−]?{_DIGITS}([.,](\d{{1,2}}|\d\d[1-9]|\d{{4,}}))?"
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


def typed_table(extract: Extract) -> str:
    """Where an extract's rows stand as values, with `<column>__state`; duplicates and superseded rows are not there."""
    return f"memory.main.typed_{extract.name}"


def type_rows(database: Database, extract: Extract, date_forms: Forms) -> None:
    """Make the extract's typed table; needs its tables of days and meanings."""
    read = "".join(f", {_value(column)} as {_read_as(column)}" for column in extract.columns if _read_as(column))
    states = "".join(f", {c.name}_day.state as {_day_state(c.name)}" for c in extract.of_kind(Kind.DATE))
    database.run(f"""
        create table {typed_table(extract)} as
        with read as (
            select s.*{read}{states} from {stage_table(extract)} as s
            {joined(extract, extract.names, date_forms)}
            where not exists (
                select 1 from memory.main.fate_{extract.name} as f where f.row_id = s.row_id and f.fate <> 'conflict'
            )
        )
        select row_id, file_id, {", ".join(map(_typed, extract.columns))} from read
    """)


def joined(extract: Extract, names: Collection[str], date_forms: Forms) -> str:
    """SQL that brings what days, codes and answers mean beside rows of the stage that are called `s`."""
    coded = (name for name in names if extract[name].kind in (Kind.CODE, Kind.YES_NO))
    meanings = (meaning_joined(extract, name, "s") for name in coded)
    return "\n".join((days.joined(extract, names, date_forms), *meanings))


def _meanings(extract: Extract) -> str:
    return f"memory.main.meaning_{extract.name}"


def meaning_joined(extract: Extract, column: str, alias: str) -> str:
    """SQL that brings a code's or an answer's meaning beside rows of the stage that are called `alias`.

    What a text means depends on the sheet that it stands in: on its profile, and on the column's other texts.
    """
    means = f"{column}_means"
    return (
        f"left join {_meanings(extract)} as {means} on {means}.column_name = '{column}'"
        f" and {means}.file_id = {alias}.file_id and {means}.sheet = {alias}.sheet and {means}.text = {alias}.{column}"
    )


def find_meanings(database: Database, extract: Extract, staged: Sequence[StagedFile]) -> None:
    """What every different text of the code and yes/no columns means; few, since such columns repeat themselves."""
    wordings = {(file.file_id, name): sheet.wording for file in staged for name, sheet in file.sheets.items()}
    codes = (
        (column.name, file_id, sheet, text, value)
        for column in extract.of_kind(Kind.CODE)
        for file_id, sheet, text, value in _codes(database, extract, column, wordings)
    )
    answers = (
        (column.name, file_id, sheet, text, value)
        for column in extract.of_kind(Kind.YES_NO)
        for file_id, sheet, text, value in _answers(database, extract, column, wordings)
    )
    found = [*codes, *answers]
    database.run(
        f"create table {_meanings(extract)}"
        " (column_name varchar, file_id integer, sheet varchar, text varchar, value varchar)"
    )
    rows = [dict(zip(_MEANING.names, row, strict=True)) for row in found]
    database.append(_meanings(extract), pa.Table.from_pylist(rows, _MEANING))


def _texts(database: Database, extract: Extract, column: Column) -> list[tuple[int, str, str]]:
    return database.rows(
        f"select distinct file_id, sheet, {column.name} from {stage_table(extract)} where {column.name} is not null"
    )


def _codes(
    database: Database, extract: Extract, column: Column, wordings: Mapping[tuple[int, str], Wording]
) -> Iterator[tuple[int, str, str, str]]:
    for file_id, sheet, text in _texts(database, extract, column):
        known = wordings[file_id, sheet].meanings(column.name, column.codes)
        if fold(text) in known:
            yield file_id, sheet, text, known[fold(text)]


def _answers(
    database: Database, extract: Extract, column: Column, wordings: Mapping[tuple[int, str], Wording]
) -> Iterator[tuple[int, str, str, str]]:
    """What each text means in each sheet: an older file may have crosses where a newer says ja and nej.

    A sheet without any answer goes by the others: all of them crosses, its blank cells mean no.
    """
    rows = _texts(database, extract, column)
    said: dict[tuple[int, str], set[str]] = {}
    for file_id, sheet, text in rows:
        said.setdefault((file_id, sheet), set()).update({fold(text) or text} - {""})
    by_any = set[str]().union(*said.values())
    for file_id, sheet, text in rows:
        own = wordings[file_id, sheet].meanings(column.name, ANSWERS)
        known = _CROSSES if (said[file_id, sheet] or by_any) == {_MARK} else _ANSWERS
        folded = fold(text) or text
        answer = known.get(fold(own.get(folded, text)) or text)
        if answer is not None:
            yield file_id, sheet, text, answer


def _read_as(column: Column) -> str:
    """The name of a column's value before its state is known; text needs none."""
    return "" if column.kind is Kind.TEXT else f"{column.name}__read"


def _value(column: Column) -> str:
    text = f"s.{column.name}"
    match column.kind:
        case Kind.DATE:
            return f"{column.name}_day.day"
        case Kind.COUNT:
            return f"case when regexp_full_match({text}, '{_WHOLE}') then cast({_number(text)} as integer) end"
        case Kind.NUMBER:
            return f"case when regexp_full_match({text}, '{_DECIMAL}') then {_number(text)} end"
        case Kind.YES_NO:
            return f"cast({column.name}_means.value as boolean)"
        case _:
            return f"{column.name}_means.value"


def _number(text: str) -> str:
    return f"cast(replace(replace(replace({text}, ' ', ''), ',', '.'), '−', '-') as double)"


def _day_state(name: str) -> str:
    return f"{name}__day"


def _typed(column: Column) -> str:
    """A column's value and its state."""
    name, value = column.name, _read_as(column) or f"nullif({column.name}, '')"
    if column.kind is Kind.DATE:
        value = f"case when {value} <= date '{LAST_REAL_DAY}' then {value} end"
    if column.kind is Kind.TEXT:
        value = f"case when not ({is_error(name)}) then {value} end"
    found = _state_of_day(column) if column.kind is Kind.DATE else _state(column)
    return f"{value} as {name}, cast({found} as utinyint) as {state(name)}"


def _state(column: Column) -> str:
    name, read = column.name, _read_as(column)
    cases = [f"when {is_error(name)} then {State.ERROR_VALUE:d}"]
    if column.secrecy is Secrecy.PERSON:
        cases.append(f"when {name} = '{MANGLED}' then {State.MANGLED:d}")
    if column.required:
        cases.append(f"when coalesce({name}, '') = '' then {State.MISSING:d}")
    if read:
        cases.append(f"when {name} <> '' and {read} is null then {State.UNTYPED:d}")
    return f"case {' '.join(cases)} else {State.FINE:d} end"


def _state_of_day(column: Column) -> str:
    """What the table of days says of the text, which is nothing of a blank cell."""
    told = _day_state(column.name)
    if not column.required:
        return f"coalesce({told}, {State.FINE:d})"
    is_open = f"{_read_as(column)} > date '{LAST_REAL_DAY}'"
    return f"case when {is_open} then {State.OPEN_END:d} else coalesce({told}, {State.MISSING:d}) end"
