"""Numbers as text: which formats make days of them, and which days they make."""

from __future__ import annotations

import pytest

from pipeline.sources.numbers import Form, Zeros, form, form_of_code, text_of, text_of_iso, text_of_written


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", Form.NUMBER),
        ("0.00E+00", Form.NUMBER),
        ('# ##0 "dagar"', Form.NUMBER),
        ("# ##0\\ \\d", Form.NUMBER),
        ("[Red]0;0", Form.NUMBER),
        ('0;"dd"', Form.NUMBER),
        ("yyyy\\-mm\\-dd", Form.DAY),
        ("[$-41D]d mmmm yyyy;@", Form.DAY),
        ("h:mm AM/PM", Form.DAY),
        ("[h]:mm:ss", Form.ELAPSED),
        ("[mm]:ss", Form.ELAPSED),
        ("0%", Form.PERCENT),
        ("#,##0.0\\ %;[Red]-0.0\\ %", Form.PERCENT),
        ('0"%"', Form.NUMBER),  # only a sign beside the number
        ("0\\%", Form.NUMBER),
        ("00000", Zeros(5)),
        ("00;@", Zeros(2)),
        ("0", Form.NUMBER),
        ("00.0", Form.NUMBER),
        ("#00", Form.NUMBER),
        ("000000\\-0000", Form.NUMBER),
        ("0" * 31, Form.NUMBER),
    ],
)
def test_the_form_of_a_format_code(code, expected):
    assert form_of_code(code) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "NUMBER"), (9, "PERCENT"), (10, "PERCENT"), (13, "NUMBER"), (14, "DAY"), (22, "DAY"), (46, "ELAPSED")],
)
def test_formats_that_every_workbook_has(number, expected):
    assert form(number, {}) is Form[expected]


def test_a_workbooks_own_format_goes_before():
    assert form(14, {14: "0"}) is Form.NUMBER


@pytest.mark.parametrize(
    ("value", "is_1904", "expected"),
    [
        (46024.0, False, "2026-01-02"),
        (44562.0, True, "2026-01-02"),
        (46024.4375, False, "2026-01-02 10:30:00"),
        (46024 + 1 / 3, False, "2026-01-02 08:00:00"),
        (0.4375, False, "10:30:00"),
        (0.999999999, False, "23:59:59.999000"),
        (46144.999999999985, False, "2026-05-02 23:59:59.999000"),  # 23:59:59.999999, as it is written
        (46144.999999999985 - 1462, True, "2026-05-02 23:59:59.999000"),
        (46144.9999999954, False, "2026-05-02 23:59:59.999000"),  # less than half a thousandth of a second before
        (46144.999999999996, False, "2026-05-03"),  # noise
        (29000.999999999996, False, "1979-05-26"),
        (46144.500000004, False, "2026-05-02 12:00:00"),
        (1.0, False, "1900-01-01"),
        (59.0, False, "1900-02-28"),
        (60.0, False, "60"),  # 29 February 1900 never was
        (61.0, False, "1900-03-01"),
        (2958465.0, False, "9999-12-31"),
        (2958466.0, False, "2958466"),
        (2957003.0, True, "9999-12-31"),
        (2957004.0, True, "2957004"),
        (2958465.999999999, False, "9999-12-31 23:59:59.999000"),
        (-1.0, False, "-1"),
    ],
)
def test_days(value, is_1904, expected):
    assert text_of(value, Form.DAY, is_1904=is_1904) == expected


@pytest.mark.parametrize(("value", "expected"), [(1.5, "1 day, 12:00:00"), (0.25, "6:00:00"), (1e300, str(int(1e300)))])
def test_lengths_of_time(value, expected):
    assert text_of(value, Form.ELAPSED) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.9, "90"),
        (0.35, "35"),
        (0.285, "28.5"),
        (0.07, "7"),
        (0.1 + 0.2, "30"),
        (1.0, "100"),
        (0.0, "0"),
        (-0.125, "-12.5"),
        (1 / 3, "33.3333333333333"),
        (1e308, str(int(1e308))),
    ],
)
def test_shares_in_per_cent(value, expected):
    assert text_of(value, Form.PERCENT) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(1.0, "00001"), (0.0, "00000"), (123456.0, "123456"), (1.5, "1.5"), (-1.0, "-1")]
)
def test_numbers_with_zeros_before_them(value, expected):
    assert text_of(value, Zeros(5)) == expected


@pytest.mark.parametrize(
    ("written", "form", "expected"),
    [("1", Form.PERCENT, "100"), ("0.28499999999999998", Form.PERCENT, "28.5"), ("1", Zeros(3), "001"),
     ("46144.99999999999", Form.DAY, "2026-05-02 23:59:59.999000"), ("46144.999999999993", Form.DAY, "2026-05-03"),
     ("46145", Form.DAY, "2026-05-03"), ("90 %", Form.PERCENT, "90 %"),
     ("inf", Form.PERCENT, "inf"), ("x", Zeros(3), "x")],
)  # fmt: skip
def test_written_numbers_with_a_format(written, form, expected):
    assert text_of_written(written, form) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("199901011234", "199901011234"),
        ("0", "0"),
        ("007", "7"),
        ("1.9901E+11", "199010000000"),
        ("0.1", "0.1"),
        ("-3", "-3"),
        ("1e400", "1e400"),
        ("nan", "nan"),
        ("1_000", "1_000"),
        ("٣", "3"),
        ("x", "x"),
    ],
)
def test_numbers_as_they_are_written(written, expected):
    assert text_of_written(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-01-02", "2026-01-02"),
        ("2026-01-02T00:00:00", "2026-01-02"),
        ("2026-01-02T10:30:00.000", "2026-01-02 10:30:00"),
        ("2026-01-02T10:30:00Z", "2026-01-02 10:30:00"),
        ("igår", "igår"),
    ],
)
def test_days_as_iso_8601(written, expected):
    assert text_of_iso(written) == expected
