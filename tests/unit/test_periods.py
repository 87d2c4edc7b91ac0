"""Periods and windows: every boundary that a figure hangs on."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.periods import Period, Window, last_tertial_ended, tertial_of, windows, year_back


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("2026T1", date(2026, 1, 1), date(2026, 4, 30)),
        ("2026T2", date(2026, 5, 1), date(2026, 8, 31)),
        ("2026T3", date(2026, 9, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2024Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2026Q3", date(2026, 7, 1), date(2026, 9, 30)),
    ],
)
def test_a_period_has_its_first_and_last_day(text: str, starts: date, ends: date) -> None:
    period = Period.parse(text)
    assert (period.starts, period.ends, period.code) == (starts, ends, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026T0",
        "2026T4",
        "2026H3",
        "2026Q5",
        "26T2",
        "2026T",
        "2026X1",
        "2026T22",
        "0000",
        "0001T1",
        "1949",
        "2101T1",
        "9999",
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="^" + text + "$"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 8, 30), "2026T1"),
        (date(2026, 8, 31), "2026T2"),
        (date(2026, 9, 1), "2026T2"),
        (date(2026, 12, 31), "2026T3"),
        (date(2027, 1, 1), "2026T3"),
        (date(2027, 4, 29), "2026T3"),
        (date(2027, 4, 30), "2027T1"),
    ],
)
def test_the_last_tertial_that_ended(day: date, code: str) -> None:
    assert last_tertial_ended(day).code == code


def test_a_day_belongs_to_one_tertial() -> None:
    assert [tertial_of(date(2026, month, 1)).number for month in range(1, 13)] == [1] * 4 + [2] * 4 + [3] * 4


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2024, 2, 29), date(2023, 2, 28)),
        (date(2025, 2, 28), date(2024, 2, 29)),
        (date(2024, 2, 28), date(2023, 2, 28)),
        (date(2025, 8, 31), date(2024, 8, 31)),
        (date(2025, 3, 1), date(2024, 3, 1)),
    ],
)
def test_a_year_back_keeps_month_ends(day: date, before: date) -> None:
    assert year_back(day) == before


def _report(code: str) -> dict[str, tuple[date, date]]:
    return {w.window_id: (w.starts, w.ends) for w in windows(Period.parse(code)) if w.series == "report"}


def test_the_windows_of_a_tertial() -> None:
    assert _report("2026T2") == {
        "tertial": (date(2026, 5, 1), date(2026, 8, 31)),
        "ytd": (date(2026, 1, 1), date(2026, 8, 31)),
        "r12": (date(2025, 9, 1), date(2026, 8, 31)),
        "stock": (date(2026, 8, 31), date(2026, 8, 31)),
    }


@pytest.mark.parametrize(("code", "kinds"), [("2026", ["ytd"]), ("2026H1", ["half"]), ("2026Q3", ["quarter"])])
def test_other_periods_have_one_flow_window_and_the_stock(code: str, kinds: list[str]) -> None:
    assert list(_report(code)) == [*kinds, "stock"]


def test_earlier_windows_stand_beside_the_periods_own() -> None:
    by_id = {window.window_id: window for window in windows(Period.parse("2024T1"))}
    assert by_id["tertial_last_year"].ends == date(2023, 4, 30)
    assert by_id["stock_last_tertial"].ends == date(2023, 12, 31)
    assert by_id["r12"].starts == date(2023, 5, 1)
    months = [window for window in by_id.values() if window.series == "month" and window.kind == "month"]
    assert len(months) == 24
    assert (months[0].starts, months[-1].ends) == (date(2022, 5, 1), date(2024, 4, 30))
    assert by_id["month_2024_02"].ends == date(2024, 2, 29)
    parts = [window.starts for window in by_id.values() if window.series == "part"]
    assert parts == [date(y, m, 1) for y, m in ((2022, 5), (2022, 9), (2023, 1), (2023, 5), (2023, 9), (2024, 1))]


def test_every_window_has_an_id_of_its_own() -> None:
    ids = [window.window_id for window in windows(Period.parse("2026T3"))]
    assert len(ids) == len(set(ids))


def test_the_year_so_far_is_judged_in_the_second_tertial_and_the_year() -> None:
    kinds = {code: Period.parse(code).judged_flow_kind for code in ("2026T1", "2026T2", "2026T3", "2026", "2026Q1")}
    assert kinds == {"2026T1": "tertial", "2026T2": "ytd", "2026T3": "tertial", "2026": "ytd", "2026Q1": "quarter"}


def test_a_window_moved_back_a_year_in_a_leap_year() -> None:
    window = Window("month_2025_02", "month", "month", date(2025, 2, 1), date(2025, 2, 28))
    assert (window.prior_starts, window.prior_ends) == (date(2024, 2, 1), date(2024, 2, 29))
