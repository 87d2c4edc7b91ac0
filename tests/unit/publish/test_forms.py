from datetime import date

import pytest

from pipeline.periods import Period, Window, windows
from pipeline.publish import forms

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (1400, 0, f"1{NBSP}400"),
        (0, 0, "0"),
        (-2, 0, f"{MINUS}2"),
        (3.94, 1, "3,9"),
        (3.95, 1, "4"),
        (97.0, 1, "97"),
        (2.5, 0, "3"),
        (0.285 * 100, 1, "28,5"),
        (-0.04, 1, "0"),
        (1234567.89, 1, f"1{NBSP}234{NBSP}567,9"),
    ],
)
def test_numbers_are_swedish_and_rounded_half_up(value: float, decimals: int, written: str) -> None:
    assert forms.number(value, decimals) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.7404, "74"),
        (0.745, "75"),
        (0.0, "0"),
        (1.0, "100"),
        (0.004, "0,4"),
        (0.996, "99,6"),
        (0.9996, "99,96"),
        (0.99951, "99,95"),
    ],
)
def test_a_share_never_reads_as_none_or_all_when_it_is_neither(share: float, written: str) -> None:
    assert forms.percent(share) == f"{written}{NBSP}%"


def test_a_share_just_below_its_target_does_not_look_as_if_it_had_reached_it() -> None:
    assert forms.percent(0.896, [0.9]) == f"89,6{NBSP}%"
    assert forms.percent(0.9, [0.9]) == f"90{NBSP}%"
    assert forms.percent(0.88, [0.9]) == f"88{NBSP}%"


@pytest.mark.parametrize(
    ("difference", "written"),
    [
        (0.083, f"+8,3{NBSP}procentenheter"),
        (-0.01, f"{MINUS}1{NBSP}procentenhet"),
        (0.01, f"+1{NBSP}procentenhet"),
        (0.0, f"0{NBSP}procentenheter"),
    ],
)
def test_differences_between_shares_are_percentage_points(difference: float, written: str) -> None:
    assert forms.points(difference) == written


def test_relative_change_has_a_sign() -> None:
    assert forms.signed_percent(1400 / 1178 - 1) == f"+18,8{NBSP}%"
    assert forms.signed_percent(-0.05) == f"{MINUS}5{NBSP}%"


def test_one_and_many() -> None:
    assert forms.counted(1, "utredning", "utredningar") == f"1{NBSP}utredning"
    assert forms.counted(1400, "utredning", "utredningar") == f"1{NBSP}400{NBSP}utredningar"
    assert forms.part_of(97, 1131) == f"97{NBSP}av{NBSP}1{NBSP}131"


@pytest.mark.parametrize(
    ("code", "written", "name"),
    [
        ("2026T2", f"Tertial{NBSP}2{NBSP}2026, maj–augusti", f"Tertial{NBSP}2{NBSP}2026"),
        ("2026Q3", f"Kvartal{NBSP}3{NBSP}2026, juli–september", f"Kvartal{NBSP}3{NBSP}2026"),
        ("2026H1", f"Halvår{NBSP}1{NBSP}2026, januari–juni", f"Halvår{NBSP}1{NBSP}2026"),
        ("2026", f"Helåret{NBSP}2026", "2026"),
    ],
)
def test_periods_in_words(code: str, written: str, name: str) -> None:
    assert forms.period(Period.parse(code)) == written
    assert forms.period_name(Period.parse(code)) == name


def test_windows_in_words() -> None:
    named = {window.window_id: window for window in windows(Period.parse("2026T2"))}
    assert forms.window(named["tertial"]) == "maj–augusti 2026"
    assert forms.window(named["r12"]) == "september 2025–augusti 2026"
    assert forms.window(named["stock"]) == f"31{NBSP}augusti 2026"
    assert forms.window(named["month_2026_02"]) == "februari 2026"
    assert [forms.window_label(named[key]) for key in ("tertial", "ytd", "r12", "stock")] == [
        f"Tertial{NBSP}2",
        "I år hittills",
        "Senaste 12 månaderna",
        "Läget",
    ]
    assert forms.earlier(named["tertial_last_year"]) == "samma tertial 2025"
    assert forms.earlier(named["ytd_last_year"]) == "samma period 2025"
    assert forms.earlier(named["stock_last_tertial"]) == f"30{NBSP}april 2026"


def test_a_whole_year_so_far_is_the_whole_year() -> None:
    year = Window("ytd", "report", "ytd", date(2026, 1, 1), date(2026, 12, 31))
    assert forms.window_label(year) == "Helåret"


@pytest.mark.parametrize(
    ("items", "most", "written"),
    [
        ([], None, ""),
        (["a"], None, "a"),
        (["a", "b"], 2, "a och b"),
        (["a", "b", "c"], None, "a, b och c"),
        (["a", "b", "c"], 2, f"a, b och 1{NBSP}till"),
    ],
)
def test_lists_in_sentences(items: list[str], most: int | None, written: str) -> None:
    assert forms.listed(items, most) == written


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Utredningstid", "utredningstid"),
        ("SIP med delaktighet", "SIP med delaktighet"),
        ("SoL-beslut", "SoL-beslut"),
        ("Beslut enligt LSS", "beslut enligt LSS"),
        ("", ""),
    ],
)
def test_titles_inside_sentences_keep_abbreviations(title: str, inside: str) -> None:
    assert forms.inside(title) == inside
    assert forms.capital(inside) == title


def test_periods_inside_sentences_have_their_months_between_commas() -> None:
    assert forms.period_inside(Period.parse("2026T2")) == f"tertial{NBSP}2{NBSP}2026, maj–augusti,"
    assert forms.period_inside(Period.parse("2026H1")) == f"halvår{NBSP}1{NBSP}2026, januari–juni,"
    assert forms.period_inside(Period.parse("2026")) == f"helåret{NBSP}2026"


@pytest.mark.parametrize(
    ("amount", "noun"), [(0, "dagar"), (1, "dag"), (-1, "dag"), (1.04, "dag"), (1.05, "dagar"), (1.4, "dagar")]
)
def test_one_day_is_singular(amount: float, noun: str) -> None:
    assert forms.days(amount, forms.number(amount, 1)).endswith(f"{NBSP}{noun}")


def test_a_span_of_one_is_a_number() -> None:
    assert (forms.span(1, 1), forms.span(1, 4)) == ("1", "1–4")


def test_days_in_texts_are_written_out_where_they_are_days() -> None:
    told = f"från 28{NBSP}augusti 2026, före 31{NBSP}augusti 2026."
    assert forms.with_days("från 2026-08-28, före 2026-08-31.") == told
    assert forms.with_days("2026-02-31 och U-2026-08-311") == "2026-02-31 och U-2026-08-311"
