"""How days are written: one form a column, told by the column, never guessed."""

from __future__ import annotations

from datetime import date, timedelta

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.unit.loading.conftest import headings

DAYS = [date(2026, 1, 13), date(2026, 2, 3), date(2025, 12, 31), date(2024, 2, 29)]


def written(days, form):
    return [day.strftime(form) for day in days]


def received(raw, texts):
    raw.rows("referrals", *({"referral_id": f"A{n}", "received": text} for n, text in enumerate(texts)))
    return raw.load()


def serial(day):
    return str((day - date(1899, 12, 30)).days)


@pytest.mark.parametrize(
    "form",
    ["%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%y%m%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m/%d/%Y"],
)
@pytest.mark.parametrize("time", ["", " 00:00", " 13:45:10", " 13.45"])
def test_a_column_in_one_form_is_read(raw, form, time):
    loaded = received(raw, [f"{text}{time}" for text in written(DAYS, form)])
    assert [row["received"] for row in loaded["referrals"]] == DAYS
    assert loaded.rejections == ()


def test_serial_numbers_of_excel_are_days(raw):
    loaded = received(raw, [serial(day) for day in DAYS[:-1]] + [f"{serial(DAYS[-1])},75"])
    assert [row["received"] for row in loaded["referrals"]] == DAYS


def test_serial_numbers_are_counted_from_1904_where_the_workbook_says_so(raw):
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    words = headings("investigations")
    names = ["investigation_id", "person_id", "unit", "area", "opened"]
    book.active.append([words[name] for name in names])
    book.active.append(["U1", "k1", "Väst", "BoU", 44000])
    book.save(raw.folder / "utredningar.xlsx")
    loaded = raw.load()
    assert [row["opened"] for row in loaded["investigations"]] == [date(2024, 6, 19)]


def test_the_form_is_told(raw):
    notes = received(raw, written(DAYS, "%d/%m/%Y")).account("aktualiseringar.csv").notes
    assert notes == ("Inkommen: datumen lästes som DD/MM/ÅÅÅÅ",)


def test_what_can_be_read_in_one_way_only_needs_no_note_and_may_be_mixed(raw):
    loaded = received(raw, ["2026-01-13", "20260203", "2026/02/04 10:00"])
    assert [row["received"] for row in loaded["referrals"]] == [date(2026, 1, 13), date(2026, 2, 3), date(2026, 2, 4)]
    assert loaded.account("aktualiseringar.csv").notes == ()


def test_day_and_month_in_an_order_that_nothing_tells_are_not_read(raw):
    loaded = received(raw, ["03/04/2026", "05/06/2026"])
    assert loaded["referrals"] == []
    assert {one.rule for one in loaded.rejections} == {"unclear_date"}
    assert loaded.reasons[0] == (
        "Inkommen (03/04/2026) kan läsas på två sätt: inget datum i kolumnen visar om dagen eller månaden står först."
    )


def test_day_and_month_in_both_orders_are_not_read(raw):
    loaded = received(raw, ["25/12/2025", "12/25/2025", "03/04/2026"])
    assert loaded["referrals"] == []
    assert {one.rule for one in loaded.rejections} == {"mixed_date"}
    assert loaded.reasons[2] == (
        "Inkommen (03/04/2026) kan läsas på två sätt: kolumnen har både datum med dagen först och med månaden först."
    )


def test_a_day_that_excel_took_for_another_is_not_read_among_days_left_as_text(raw):
    """A workbook that knows another order turns 03/04 into a real day and leaves 25/12 as text."""
    loaded = received(raw, ["25/12/2025", "24/12/2025", "2026-04-03"])
    assert [row["received"] for row in loaded["referrals"]] == [date(2025, 12, 25), date(2025, 12, 24)]
    assert [(one.row, one.rule) for one in loaded.rejections] == [(4, "other_date_form")]


@pytest.mark.parametrize("odd", ["25/12/2025", "251225", "46000"])
def test_a_single_day_in_another_form_is_told_of_and_no_other_row_touched(raw, odd):
    loaded = received(raw, ["2026-01-13", odd, "2026-02-03"])
    assert [(one.row, one.rule, one.value) for one in loaded.rejections] == [(3, "other_date_form", odd)]
    assert loaded.reasons == [
        f"Inkommen ({odd}) är skrivet på ett annat sätt än kolumnens övriga datum, så det går inte att läsa säkert."
    ]
    assert len(loaded["referrals"]) == 2


def test_a_day_that_no_form_has_is_unreadable(raw):
    loaded = received(raw, ["13/01/2026", "31/02/2026", "i går"])
    assert [(one.row, one.rule) for one in loaded.rejections] == [(3, "unreadable_date"), (4, "unreadable_date")]


@pytest.mark.parametrize("forever", ["9999-12-31", "99991231", "31/12/9999"])
def test_an_open_end_is_none_in_any_form(raw, forever):
    raw.rows(
        "investigations",
        {"investigation_id": "1", "closed": "13/01/2026", "opened": "01/01/2026"},
        {"investigation_id": "2", "closed": forever, "opened": "31/01/2026"},
    )
    loaded = raw.load()
    assert loaded.rejections == ()
    assert [row["closed"] for row in loaded["investigations"]] == [date(2026, 1, 13), None]


@pytest.mark.parametrize(
    "closed", [["31/12/9999"], ["31/12/9999", "01/06/2026", "05/06/2026"], ["2026-06-01", "31/12/9999"]]
)
def test_an_open_end_with_the_year_last_rejects_nothing(raw, closed):
    raw.rows(
        "investigations",
        *({"investigation_id": f"{n}", "opened": "2026-01-01", "closed": text} for n, text in enumerate(closed)),
    )
    assert raw.load().rejections == ()


def test_a_profile_is_not_believed_against_what_the_column_proves(raw, tmp_path):
    (tmp_path / "p.toml").write_text('[files]\nreferrals = ["akt*"]\n[dates]\norder = "day first"\n', encoding="utf-8")
    paths = raw.config.paths.model_copy(update={"profiles": tmp_path})
    raw.config = raw.config.model_copy(update={"paths": paths})
    loaded = received(raw, ["04/25/2026", "01/03/2026", "02/03/2026"])
    assert {one.rule for one in loaded.rejections} == {"mixed_date"}
    loaded = received(raw, ["25/04/2026", "26/04/2026", "04/25/2026", "01/03/2026"])
    assert [(one.row, one.rule) for one in loaded.rejections] == [(4, "unreadable_date")]


def test_each_column_and_file_has_a_form_of_its_own(raw):
    raw.rows("investigations", {"investigation_id": "1", "opened": "260113", "closed": "2026-02-03"})
    raw.rows(
        "investigations",
        {"investigation_id": "2", "opened": "2026-01-14", "closed": "28/02/2026"},
        file="utredningar_b.csv",
    )
    loaded = raw.load()
    assert [(row["opened"], row["closed"]) for row in loaded["investigations"]] == [
        (date(2026, 1, 13), date(2026, 2, 3)),
        (date(2026, 1, 14), date(2026, 2, 28)),
    ]


def test_the_same_key_and_day_in_two_forms_is_one_row_newer(raw):
    """A key that holds a day is compared by the day, not by how it is written."""
    unit = {"unit": "Väst", "programme": "Vuxen", "area": "Vuxna"}
    raw.rows("units", {**unit, "valid_from": "2026-01-13"}, file="enheter_1.csv")
    raw.rows("units", {**unit, "valid_from": "13/01/2026"}, file="enheter_2.csv")
    loaded = raw.load()
    assert [row["valid_from"] for row in loaded["units"]] == [date(2026, 1, 13)]
    assert loaded.account("enheter_1.csv").superseded == 1


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.dates(date(2000, 1, 1), date(2026, 9, 8)), min_size=1, max_size=8, unique=True), data=st.data())
def test_any_days_come_back_or_are_told_of(raw, days, data):
    """Written in a form, days are read as themselves, or, where the form does not tell, every one is rejected."""
    form = data.draw(st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%y%m%d", "%d/%m/%Y", "%m/%d/%Y"]))
    loaded = received(raw, written(days, form))
    rules = {one.rule for one in loaded.rejections}
    if rules:
        assert form.endswith("%Y")
        assert rules == {"unclear_date"}
        assert all(day.day <= 12 for day in days)
        assert loaded["referrals"] == []
    else:
        assert [row["received"] for row in loaded["referrals"]] == days


def test_tomorrow_is_read_and_the_day_after_is_not(raw):
    today = date(2026, 9, 8)
    loaded = received(raw, [serial(today + timedelta(days=1)), serial(today + timedelta(days=2))])
    assert [one.rule for one in loaded.rejections] == ["too_late"]
