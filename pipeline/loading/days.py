"""Text → day, in the engine: each different text of an extract's days is read once for each form that it stands in.

Days are a few thousand however many the rows are, and many columns share them.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.database import Database
from pipeline.loading.error_values import is_error
from pipeline.loading.forms import (
    FOREVER,
    SERIAL,
    SHORT,
    SHORT_YEAR_LAST,
    YEAR_FIRST,
    YEAR_LAST,
    Form,
    Forms,
    day_part,
    form_table,
)
from pipeline.loading.staging import stage_table
from pipeline.schemas.extract import Extract, Kind
from pipeline.schemas.judge import State

LAST_REAL_DAY = "2100-12-31"
_FOREVER_YEAR_LAST = "31_12_9999"
_YEAR_LAST_NAME = "YEAR_LAST"
_TOGETHER = r"\d{8}"


def read(database: Database, extract: Extract, date_forms: Forms) -> None:
    """Make the extract's table of days; needs its form table.

    A row for each different text in each form: `day`, its time of day cut off, null for what is none in that form, and
    `state`, which says why, as if the column were not required.
    """
    names = [column.name for column in extract.of_kind(Kind.DATE)]
    if not names:
        return
    texts = " union all ".join(
        f"select {_form(name, date_forms)} as form, s.{name} as text from {stage_table(extract)} as s"
        f" {_form_joined(extract, [name], date_forms)}"
        for name in names
    )
    used = dict.fromkeys(form for found in date_forms.values() for form in found.values())
    readings = " ".join(f"when '{form.name}' then {_READINGS[form]}" for form in used)
    in_form = f"case form {readings} else year_first end" if used else "year_first"
    database.run(f"""
        create table {_table(extract)} as
        with
        texts as (select distinct form, text from ({texts}) where text <> ''),
        parts as (select form, text, {day_part("text")} as part from texts),
        years_first as (select *, {_YEAR_FIRST} as year_first from parts),
        days as (
            select *, cast(case
                when text like '{FOREVER}' and year_first is not null then year_first else {in_form}
            end as date) as day
            from years_first
        )
        select form, text, day, case when day is null then {_UNREAD} else {State.FINE:d} end as state from days
    """)


def joined(extract: Extract, names: Iterable[str], date_forms: Forms) -> str:
    """SQL that brings the days of those columns that hold some beside rows of the stage that are called `s`.

    A column's `day` and `state` are then in `<column>_day`; a blank cell has neither.
    """
    days = [name for name in names if extract[name].kind is Kind.DATE]
    each = (
        f"left join {_table(extract)} as {name}_day"
        f" on {name}_day.text = s.{name} and {name}_day.form = {_form(name, date_forms)}"
        for name in days
    )
    return "\n".join((_form_joined(extract, days, date_forms), *each))


def day_or_text(name: str) -> str:
    """SQL for a column's day in its one form, an open end as nothing, and what is no day as it stands."""
    day = f"{name}_day.day"
    text = f"coalesce(cast({day} as varchar), s.{name}, '')"
    return f"case when {day} > date '{LAST_REAL_DAY}' then '' else {text} end"


def _table(extract: Extract) -> str:
    return f"memory.main.day_{extract.name}"


def _is_odd(name: str, date_forms: Forms) -> bool:
    return any(name in found for found in date_forms.values())


def _form(name: str, date_forms: Forms) -> str:
    """SQL for the name of a column's form in a row's file and sheet."""
    plain = f"'{Form.YEAR_FIRST.name}'"
    return f"coalesce(form.{name}, {plain})" if _is_odd(name, date_forms) else plain


def _form_joined(extract: Extract, names: Iterable[str], date_forms: Forms) -> str:
    """SQL that brings the form table beside rows, where some file has another form than year first."""
    if not any(_is_odd(name, date_forms) for name in names):
        return ""
    return f"left join {form_table(extract)} as form on form.file_id = s.file_id and form.sheet = s.sheet"


def _shaped(pattern: str) -> str:
    return f"regexp_full_match(part, '{pattern}')"


def _year_last(pattern: str, signs: str) -> str:
    return f"case when {_shaped(pattern)} then try_strptime(translate(part, '.-', '//'), '{signs}') end"


def _serial(zero: str) -> str:
    whole = "cast(floor(cast(replace(text, ',', '.') as double)) as integer)"
    return f"case when regexp_full_match(text, '{SERIAL}') then date '{zero}' + {whole} end"


# The plain form goes first: it is what nearly all days look like, and told without a pattern.
_YEAR_FIRST = f"""case
    when length(text) = 10 and substr(text, 5, 1) = '-' then try_strptime(text, '%Y-%m-%d')
    when text like '{_FOREVER_YEAR_LAST}' then date '9999-12-31'
    when {_shaped(_TOGETHER)} then try_strptime(part, '%Y%m%d')
    when {_shaped(YEAR_FIRST)} then try_strptime(translate(part, '/.', '--'), '%Y-%m-%d')
end"""
_READINGS: dict[Form, str] = {
    Form.YEAR_FIRST: "year_first",
    Form.SHORT: f"case when {_shaped(SHORT)} then try_strptime(part, '%y%m%d') end",
    Form.DAY_FIRST: _year_last(YEAR_LAST, "%d/%m/%Y"),
    Form.MONTH_FIRST: _year_last(YEAR_LAST, "%m/%d/%Y"),
    # The day and the month may have one digit, the year has two.
    Form.SHORT_DAY_FIRST: _year_last(SHORT_YEAR_LAST, "%d/%m/%y"),
    Form.SHORT_MONTH_FIRST: _year_last(SHORT_YEAR_LAST, "%m/%d/%y"),
    Form.SERIAL: _serial("1899-12-30"),
    Form.SERIAL_1904: _serial("1904-01-01"),
    Form.UNCLEAR: "null",
    Form.MIXED: "null",
}
_YEARS_LAST = ", ".join(f"'{form.name}'" for form in Form if form.is_year_last)
# Why a text is no day in its form, though it may be written as one.
_UNREAD = f"""case
    when {is_error("text")} then {State.ERROR_VALUE:d}
    when {_shaped(YEAR_LAST)} and form = '{Form.UNCLEAR.name}' then {State.UNCLEAR_ORDER:d}
    when {_shaped(YEAR_LAST)} and form = '{Form.MIXED.name}' then {State.MIXED_ORDER:d}
    when case
        when {_shaped(YEAR_FIRST)} then '{Form.YEAR_FIRST.name}'
        when {_shaped(YEAR_LAST)} then '{_YEAR_LAST_NAME}'
        when {_shaped(SHORT)} then '{Form.SHORT.name}'
        when {_shaped(SERIAL)} then '{Form.SERIAL.name}'
    end <> case
        when form in ({_YEARS_LAST}) then '{_YEAR_LAST_NAME}'
        when form = '{Form.SERIAL_1904.name}' then '{Form.SERIAL.name}'
        else form
    end then {State.OTHER_FORM:d}
    else {State.UNTYPED:d}
end"""
