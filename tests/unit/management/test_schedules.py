from datetime import date

import pytest

from pipeline.management.schedules import Moment, parse

TERTIALS = ["04-30", "08-31", "12-31"]
QUARTERS = ["03-31", "06-30", "09-30", "12-31"]
HALVES = ["06-30", "12-31"]
MONTHS = [
    "01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31",
]  # fmt: skip


def due(text: str, year: int = 2026) -> list[str]:
    schedule = parse(text)
    assert schedule.unread == (), text
    return [f"{day:%m-%d}" for day in schedule.due(year)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("T1, T2, T3", TERTIALS),
        ("T2, årsbokslut", ["08-31", "12-31"]),
        ("mars, september", ["03-31", "09-30"]),
        ("var tredje månad", QUARTERS),
        ("varje månad", MONTHS),
        ("kvartal 1", ["03-31"]),
        ("kvartal 1–4", QUARTERS),
        ("kvartal 1-4", QUARTERS),
        ("kvartal 2, 3 och 4", ["06-30", "09-30", "12-31"]),
        ("Q1, Q4", ["03-31", "12-31"]),
        ("halvår", HALVES),
        ("halvår 1", ["06-30"]),
        ("varje halvår", HALVES),
        ("varje tertial", TERTIALS),
        ("varje kvartal", QUARTERS),
        ("årligen", ["12-31"]),
        ("delårsrapport", ["08-31"]),
    ],
)
def test_the_words_of_the_contract(text: str, days: list[str]) -> None:
    assert due(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Oktober och vid årsbokslut.", ["10-31", "12-31"]),
        ("Halvårsvis första mars samt första september.", ["03-01", "09-01"]),
        ("September – november", ["11-30"]),
        ("T2 och vid årsbokslutet.", ["08-31", "12-31"]),
        ("Varje tertial och årsbokslut.", TERTIALS),
        ("Juni och december.", HALVES),
        ("Varje tertial: april, augusti och december.", TERTIALS),
        ("Tertialrapport två", ["08-31"]),
    ],
)
def test_as_municipalities_write_it(text: str, days: list[str]) -> None:
    assert due(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("t1,T2 ,  t3", TERTIALS),
        ("T1\N{NO-BREAK SPACE}och T2", ["04-30", "08-31"]),
        ("T1/T2/T3", TERTIALS),
        ("T1; T3", ["04-30", "12-31"]),
        ("T1\nT3", ["04-30", "12-31"]),
        ("T1–T3", TERTIALS),
        ("tertial 1 och 3", ["04-30", "12-31"]),
        ("andra tertialet", ["08-31"]),
        ("tertialvis", TERTIALS),
        ("MARS", ["03-31"]),
        ("sept., okt", ["09-30", "10-31"]),
        ("månadsvis", MONTHS),
        ("varannan månad", ["02-28", "04-30", "06-30", "08-31", "10-31", "12-31"]),
        ("var 3:e månad", QUARTERS),
        ("var sjätte månad", HALVES),
        ("kvartalsvis", QUARTERS),
        ("en gång per år", ["12-31"]),
        ("1 gång/år", ["12-31"]),
        ("årsredovisningen", ["12-31"]),
        ("varje år", ["12-31"]),
        ("minst 1 gång/år", ["12-31"]),
        ("Minst en gång om året.", ["12-31"]),
        ("minst en gång per halvår", HALVES),
        ("minst en gång per kvartal", QUARTERS),
        ("minst 1 gång / tertial", TERTIALS),
        ("minst 1 ggr per månad", MONTHS),
        ("minst årligen", ["12-31"]),
        ("minst var tredje månad", QUARTERS),
        ("minst en gång varje år: oktober", ["10-31"]),
        ("helårsbokslut", ["12-31"]),
        ("delårsbokslutet", ["08-31"]),
        ("15 mars", ["03-15"]),
        ("den 15 mars", ["03-15"]),
        ("15/3", ["03-15"]),
        ("mars och mars", ["03-31"]),
        ("varje månad, T1", MONTHS),
        ("a\N{COMBINING RING ABOVE}rligen", ["12-31"]),
    ],
)
def test_other_spellings(text: str, days: list[str]) -> None:
    assert due(text) == days


@pytest.mark.parametrize(
    "text",
    ["löpande", "vid behov", "T4", "T0", "kvartal 5", "H3", "var femte månad", "30 februari", "31 april", "13/13",
     "vartannat år", "tre gånger per år", "minst två gånger per år", "minst mars", "minst", "fortlöpande", "per",
     "mars 20266", "2026-02-30", "T3–T1", "0 mars"],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_not_guessed(text: str) -> None:
    schedule = parse(text)
    assert schedule.moments == ()
    assert len(schedule.unread) == 1


def test_what_can_be_read_beside_what_cannot_stands() -> None:
    schedule = parse("T2, när det passar")
    assert schedule.due(2026) == (date(2026, 8, 31),)
    assert schedule.unread == ("när det passar",)


@pytest.mark.parametrize("text", ["", " ", ",", "."])
def test_nothing_is_nothing(text: str) -> None:
    assert parse(text).moments == parse(text).unread == ()


@pytest.mark.parametrize(("year", "day"), [(2024, 29), (2026, 28), (2100, 28), (2000, 29)])
def test_february_ends_with_its_year(year: int, day: int) -> None:
    assert parse("februari").due(year) == (date(year, 2, day),)
    assert parse("29 februari").due(year) == (date(year, 2, day),)
    assert parse("28 februari").due(year) == (date(year, 2, 28),)


def test_a_day_of_one_year_comes_in_no_other() -> None:
    schedule = parse("2026-03-15, mars 2027")
    assert schedule.due(2026) == (date(2026, 3, 15),)
    assert schedule.due(2027) == (date(2027, 3, 31),)
    assert schedule.due(2028) == ()
    assert Moment(3, 15, 2026).on(2025) is None


def test_the_due_days_around_a_day() -> None:
    schedule = parse("T2")
    assert schedule.due_before(date(2026, 8, 31)) == date(2025, 8, 31)
    assert schedule.due_before(date(2026, 9, 1)) == date(2026, 8, 31)
    assert schedule.due_after(date(2026, 8, 30)) == date(2026, 8, 31)
    assert schedule.due_after(date(2026, 8, 31)) == date(2027, 8, 31)
    assert parse("löpande").due_after(date(2026, 1, 1)) is None
