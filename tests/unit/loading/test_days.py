"""Text → day in the engine, form by form: the first and last days of what can be read, and what is no day."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline import database
from pipeline.loading import days
from pipeline.loading.forms import Form, form_table
from pipeline.loading.staging import stage_table
from pipeline.schemas.extract import Extract, day
from pipeline.schemas.judge import State

VISITS = Extract("visits", "besöken", (day("made"), day("planned")), ("made",))
NAMES = ("made", "planned")
FOREVER = date(9999, 12, 31)
Read = tuple[date | None, State | None]


def read_both(texts: tuple[str | None, str | None], forms: tuple[Form, Form]) -> tuple[Read, Read]:
    """What the two cells of a row are read as, each in its column's form; a blank cell has no state."""
    columns = ", ".join(f"{name} varchar" for name in NAMES)
    odd = {name: form for name, form in zip(NAMES, forms, strict=True) if form is not Form.YEAR_FIRST}
    found = {(0, ""): odd} if odd else {}
    with database.in_memory() as db:
        db.run(f"create table {stage_table(VISITS)} (file_id integer, sheet varchar, {columns})")
        db.run(f"create table {form_table(VISITS)} (file_id integer, sheet varchar, {columns})")
        values = dict(zip(NAMES, texts, strict=True))
        db.run(f"insert into {stage_table(VISITS)} values (0, '', $made, $planned)", values)
        if odd:
            names = {name: odd[name].name if name in odd else None for name in NAMES}
            db.run(f"insert into {form_table(VISITS)} values (0, '', $made, $planned)", names)
        days.read(db, VISITS, found)
        told = ", ".join(f"{name}_day.day, {name}_day.state" for name in NAMES)
        (row,) = db.rows(f"select {told} from {stage_table(VISITS)} as s {days.joined(VISITS, NAMES, found)}")
    made, made_state, planned, planned_state = row
    return (made, made_state), (planned, planned_state)


def read(text: str | None, form: Form = Form.YEAR_FIRST) -> Read:
    """What a text is read as in a column of a form."""
    return read_both((text, None), (form, Form.YEAR_FIRST))[0]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (Form.YEAR_FIRST, "2024-02-29", date(2024, 2, 29)),
        (Form.YEAR_FIRST, "2000-02-29", date(2000, 2, 29)),  # a leap year of a century
        (Form.YEAR_FIRST, "2026-8-1", date(2026, 8, 1)),
        (Form.YEAR_FIRST, "2026/08/31", date(2026, 8, 31)),
        (Form.YEAR_FIRST, "20260831", date(2026, 8, 31)),
        (Form.YEAR_FIRST, "1899-12-31", date(1899, 12, 31)),  # a day, that the rules refuse
        (Form.YEAR_FIRST, "9999-12-31", FOREVER),
        (Form.SHORT, "240229", date(2024, 2, 29)),
        (Form.SHORT, "681231", date(2068, 12, 31)),
        (Form.SHORT, "690101", date(1969, 1, 1)),
        (Form.DAY_FIRST, "29/02/2024", date(2024, 2, 29)),
        (Form.DAY_FIRST, "3.4.2026", date(2026, 4, 3)),
        (Form.MONTH_FIRST, "3-4-2026", date(2026, 3, 4)),
        (Form.SHORT_DAY_FIRST, "31/12/68", date(2068, 12, 31)),
        (Form.SHORT_MONTH_FIRST, "1/2/69", date(1969, 1, 2)),
        (Form.SERIAL, "10000", date(1927, 5, 18)),
        (Form.SERIAL, "45351", date(2024, 2, 29)),
        (Form.SERIAL, "2958465", FOREVER),
        (Form.SERIAL_1904, "10000", date(1931, 5, 19)),
        (Form.SERIAL_1904, "43889", date(2024, 2, 29)),
    ],
)
def test_a_text_is_read_in_the_form_of_its_column(form: Form, text: str, expected: date):
    assert read(text, form) == (expected, State.FINE)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (Form.YEAR_FIRST, "2026-08-31 23:59:59"),
        (Form.YEAR_FIRST, "2026-08-31T23:59:59.999Z"),
        (Form.YEAR_FIRST, "2026-08-31T23:59+02:00"),
        (Form.YEAR_FIRST, "20260831 11:59 PM"),
        (Form.SHORT, "260831 23.59"),
        (Form.DAY_FIRST, "31/08/2026 23:59"),
        (Form.SERIAL, "46265.99999"),
        (Form.SERIAL, "46265,5"),
        (Form.SERIAL_1904, "44803.99999"),
    ],
)
def test_the_time_of_day_is_cut_off(form: Form, text: str):
    assert read(text, form) == (date(2026, 8, 31), State.FINE)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (Form.YEAR_FIRST, "2023-02-29"),
        (Form.YEAR_FIRST, "1900-02-29"),  # no leap year, though Excel has the day
        (Form.YEAR_FIRST, "2026-04-31"),
        (Form.YEAR_FIRST, "2026-13-01"),
        (Form.YEAR_FIRST, "2026-00-10"),
        (Form.YEAR_FIRST, "20260230"),
        (Form.YEAR_FIRST, "2026-08-31 i går"),
        (Form.YEAR_FIRST, "2026-08"),
        (Form.SHORT, "230229"),
        (Form.DAY_FIRST, "29/02/2023"),
        (Form.MONTH_FIRST, "13/01/2026"),
        (Form.SERIAL, "9999"),  # such a small number may be a year
        (Form.SERIAL, "1000000"),
    ],
)
def test_what_no_calendar_has_is_no_day(form: Form, text: str):
    assert read(text, form) == (None, State.UNTYPED)


@pytest.mark.parametrize("form", [Form.SHORT, Form.DAY_FIRST, Form.MONTH_FIRST, Form.SERIAL, Form.UNCLEAR, Form.MIXED])
@pytest.mark.parametrize("text", ["9999-12-31", "99991231", "9999-12-31 00:00"])
def test_an_open_end_is_one_in_every_form(form: Form, text: str):
    assert read(text, form) == (FOREVER, State.FINE)


@pytest.mark.parametrize(
    ("form", "text", "state"),
    [
        (Form.SHORT, "2026-08-31", State.OTHER_FORM),
        (Form.YEAR_FIRST, "31/08/2026", State.OTHER_FORM),
        (Form.YEAR_FIRST, "260831", State.OTHER_FORM),
        (Form.YEAR_FIRST, "46265", State.OTHER_FORM),
        (Form.DAY_FIRST, "46265", State.OTHER_FORM),
        (Form.UNCLEAR, "03/04/2026", State.UNCLEAR_ORDER),
        (Form.MIXED, "03/04/2026", State.MIXED_ORDER),
        (Form.YEAR_FIRST, "#VALUE!", State.ERROR_VALUE),
    ],
)
def test_why_a_text_is_not_read_is_told(form: Form, text: str, state: State):
    assert read(text, form) == (None, state)


@pytest.mark.parametrize("blank", ["", None])
def test_a_blank_cell_has_neither_day_nor_state(blank: str | None):
    assert read(blank) == (None, None)


def test_the_same_text_is_read_in_the_form_of_each_column():
    made, planned = read_both(("03/04/2026", "03/04/2026"), (Form.DAY_FIRST, Form.MONTH_FIRST))
    assert (made, planned) == ((date(2026, 4, 3), State.FINE), (date(2026, 3, 4), State.FINE))
