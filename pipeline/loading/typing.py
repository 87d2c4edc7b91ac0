"""Text → values, in the engine: days, codes, answers and counts, with a state for every cell (see schemas.judge)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from pipeline.database import Database
from pipeline.loading import forms
from pipeline.loading.forms import LAST_REAL_DAY, Form, Forms
from pipeline.loading.identities import MANGLED
from pipeline.loading.staging import StagedFile, stage_table
from pipeline.schemas.extract import ANSWERS, Column, Extract, Kind, Secrecy
from pipeline.schemas.judge import State, state
from pipeline.sources.sheet import ERROR_VALUES, NOT_COMPUTED
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
    """Make the extract's typed table; needs its form and meaning tables."""
    meant = extract.of_kind(Kind.CODE, Kind.YES_NO)
    read = ", ".join(
        f"{_value(column, date_forms)} as {_read_as(column)}" for column in extract.columns if _read_as(column)
    )
    joins = "\n".join(meaning_joined(extract, column.name, "s") for column in meant)
    odd = [column.name for column in extract.of_kind(Kind.DATE) if _has_odd_form(column.name, date_forms)]
    written = "".join(f", form.{name} as {name}__form" for name in odd)
    database.run(f"""
        create table {typed_table(extract)} as
        with read as (
            select s.*{written}{", " if read else ""}{read} from {stage_table(extract)} as s {joins}
            {forms.joined(extract, "s")}
            where not exists (
                select 1 from memory.main.fate_{extract.name} as f where f.row_id = s.row_id and f.fate <> 'conflict'
            )
        )
        select row_id, file_id, {", ".join(_typed(column, column.name in odd) for column in extract.columns)} from read
    """)


def day_or_text(name: str, date_forms: Forms, text: str = "") -> str:
    """SQL for a column's day in its one form, an open end as nothing, and what is no day as it stands."""
    text = text or name
    day = forms.day(text, name, date_forms)
    return f"case when {day} > date '{LAST_REAL_DAY}' then '' else coalesce(cast({day} as varchar), {text}, '') end"


def _has_odd_form(column: str, date_forms: Forms) -> bool:
    return any(column in found for found in date_forms.values())


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


def _value(column: Column, date_forms: Forms) -> str:
    text = f"s.{column.name}"
    match column.kind:
        case Kind.DATE:
            return forms.day(text, column.name, date_forms)
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


def _typed(column: Column, has_odd_form: bool) -> str:
    """A column's value and its state."""
    name, value = column.name, _read_as(column) or f"nullif({column.name}, '')"
    if column.kind is Kind.DATE:
        value = f"case when {value} <= date '{LAST_REAL_DAY}' then {value} end"
    if column.kind is Kind.TEXT:
        value = f"case when not ({_is_error(name)}) then {value} end"
    return f"{value} as {name}, {_state(column, has_odd_form)} as {state(name)}"


def _state(column: Column, has_odd_form: bool) -> str:
    name, read = column.name, _read_as(column)
    cases = [f"when {_is_error(name)} then {State.ERROR_VALUE:d}"]
    if column.secrecy is Secrecy.PERSON:
        cases.append(f"when {name} = '{MANGLED}' then {State.MANGLED:d}")
    if column.required:
        cases.append(f"when coalesce({name}, '') = '' then {State.MISSING:d}")
    if column.kind is Kind.DATE:
        cases += _form_states(name, read, has_odd_form)
    if read:
        cases.append(f"when {name} <> '' and {read} is null then {State.UNTYPED:d}")
    if column.required and column.kind is Kind.DATE:
        cases.append(f"when {read} > date '{LAST_REAL_DAY}' then {State.OPEN_END:d}")
    return f"cast(case {' '.join(cases)} else {State.FINE:d} end as utinyint)"


def _form_states(name: str, read: str, has_odd_form: bool) -> list[str]:
    """Days that the column's form cannot read, though they are written as days: why, by the form."""
    lost = f"when {read} is null and {name} <> ''"
    cases = []
    if has_odd_form:
        cases = [
            f"{lost} and {forms.is_year_last(name)} and {name}__form = '{form.name}' then {state:d}"
            for form, state in ((Form.UNCLEAR, State.UNCLEAR_ORDER), (Form.MIXED, State.MIXED_ORDER))
        ]
    own = f"coalesce({name}__form, '{Form.YEAR_FIRST.name}')" if has_odd_form else f"'{Form.YEAR_FIRST.name}'"
    return [*cases, f"{lost} and {forms.is_of_other_form(name, own)} then {State.OTHER_FORM:d}"]


def _is_error(name: str) -> str:
    values = ", ".join(f"'{value}'" for value in (*ERROR_VALUES, NOT_COMPUTED))
    return f"coalesce(starts_with({name}, '#') and {name} in ({values}), false)"
