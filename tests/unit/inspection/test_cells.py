import pytest

from pipeline.inspection import cells
from pipeline.inspection.cells import FEW
from pipeline.inspection.days import DayForm, day_shape


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2026-08-31", DayForm.YEAR_FIRST),
        ("20260831", DayForm.YEAR_FIRST),
        ("2026/08/31 14:05", DayForm.YEAR_FIRST),
        ("2026-08-31T14:05:00.000Z", DayForm.YEAR_FIRST),
        ("260831", DayForm.SHORT),
        ("31/08/2026", DayForm.UNCLEAR),
        ("8.31.2026", DayForm.UNCLEAR),
        ("31/08/26", DayForm.SHORT_UNCLEAR),
        ("8.31.26", DayForm.SHORT_UNCLEAR),
        ("31/31/26", None),
        ("46265", DayForm.SERIAL),
        ("2026-02-30", None),
        ("31/31/2026", None),
        ("2026-13-01", None),
        ("1234567", None),
        ("hej", None),
        ("", None),
    ],
)
def test_the_shape_of_a_day(text: str, form: DayForm | None):
    assert day_shape(text) is form


@pytest.mark.parametrize(
    ("texts", "form"),
    [
        (["01/02/2026", "13/02/2026"], DayForm.DAY_FIRST),
        (["01/02/2026", "02/13/2026"], DayForm.MONTH_FIRST),
        (["01/02/2026", "12/12/2026"], DayForm.UNCLEAR),
        (["13/02/2026", "02/13/2026"], DayForm.MIXED),
        (["2026-01-02", "2026-01-03", "260104"], DayForm.YEAR_FIRST),
        (["01/02/26", "13/02/26"], DayForm.SHORT_DAY_FIRST),
        (["01/02/26", "02/13/26"], DayForm.SHORT_MONTH_FIRST),
        (["01/02/26", "12/12/26"], DayForm.SHORT_UNCLEAR),
        (["13/02/26", "02/13/26"], DayForm.SHORT_UNCLEAR),
        (["25-01-31", "26-02-28"], DayForm.SHORT_UNCLEAR),  # years first, or the 25th of January 2031
        (["", " "], None),
    ],
)
def test_the_days_tell_their_form_and_order(texts: list[str], form: DayForm | None):
    assert cells.count(texts).day_form() is form


def test_blank_cells_and_faults_of_a_spreadsheet_are_not_filled():
    counted = cells.count(["a", "", " \xa0", "#N/A", "a"])
    assert (counted.rows, counted.filled, dict(counted.texts)) == (5, 2, {"a": 2})


def test_shares_are_of_the_filled_cells():
    assert cells.count(["ja", "", "Nej", "kanske", "J"]).answers == 0.75
    assert cells.count(["1", "2,0", "-1", "x"]).counts == 0.5
    assert cells.count([]).days == 0.0


def test_few_texts_are_such_as_repeat_themselves():
    assert cells.count([f"kod {number}" for number in range(FEW)] * 2).has_few
    assert not cells.count([f"kod {number}" for number in range(FEW + 1)] * 2).has_few
    assert not cells.count([f"namn {number}" for number in range(13)]).has_few


def test_a_key_is_different_in_every_row():
    assert cells.count(["1", "2"]).is_unique
    assert not cells.count(["1", ""]).is_unique
    assert not cells.count(["1", "1"]).is_unique
