"""Any single fault in any cell of any extract, in any form of file, is found where it is, and touches no other row."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.schemas import EXTRACTS, rules
from pipeline.schemas.extract import Column, Extract, Kind, Secrecy
from pipeline.schemas.rules import Rule
from tests import writers
from tests.unit.loading.conftest import headings

DAY = date(2026, 3, 1)
FORMS = [
    (".csv", "utf-8", ";"),
    (".csv", "utf-8-sig", ","),
    (".csv", "cp1252", ";"),
    (".txt", "utf-16", "|"),
    (".tsv", "utf-8", "\t"),
    (".xlsx", "", ""),
    (".xlsm", "", ""),
    (".xls", "", ""),
    (".ods", "", ""),
]
FILE = {
    "units": "enheter",
    "referrals": "aktualiseringar",
    "investigations": "utredningar",
    "decisions": "beslut",
    "plans": "genomförandeplaner",
    "care_levels": "nivåbedömningar",
    "coordinated_plans": "sip",
    "incidents": "avvikelser",
    "reviews": "granskningar",
    "surveys": "enkäter",
    "vignettes": "vinjetter",
    "measurements": "mätvärden",
    "activities": "aktiviteter",
    "controls": "internkontroll",
    "followup_plan": "uppföljningsplan",
    "requirements": "kravmatris",
    "goals": "mål",
}


def sound(extract: Extract, column: Column, row: int) -> str:
    """A cell that breaks no rule; rows differ in their key, all days are the same and all counts one."""
    match column.kind:
        case Kind.CODE:
            return column.codes[row % len(column.codes)]
        case Kind.YES_NO:
            return ("ja", "nej")[row % 2]
        case Kind.DATE:
            return DAY.isoformat()
        case Kind.COUNT:
            return "1"
        case Kind.NUMBER:
            return "1,5"
        case _:
            return f"{column.name} {row}" if column.name in extract.key or column.secrecy else f"Något {column.name}"


def faults(column: Column) -> list[tuple[str, Rule]]:
    """Texts that break a rule in a column, and which."""
    found = [("#REF!", rules.ERROR_VALUE)]
    if column.required:
        found.append(("", rules.MISSING))
    match column.kind:
        case Kind.DATE:
            found += [("i går", rules.UNREADABLE_DATE), ("2026-02-29", rules.UNREADABLE_DATE)]
            found += [("1899-12-31", rules.TOO_EARLY), ("25/12/2025", rules.OTHER_FORM)]
            found += [] if column.future else [("2026-09-10", rules.TOO_LATE)]
            found += [("9999-12-31", rules.OPEN_END)] if column.required else []
        case Kind.CODE:
            found.append(("något annat", rules.UNKNOWN_CODE))
        case Kind.YES_NO:
            found.append(("kanske", rules.NOT_YES_NO))
        case Kind.COUNT:
            found += [("-1", rules.NOT_COUNT), ("1,5", rules.NOT_COUNT), ("ett", rules.NOT_COUNT)]
            found += [("5", rules.out_of_range(column.least, column.most))] if column.most else []
        case Kind.NUMBER:
            found += [("mycket", rules.NOT_NUMBER), ("1,5,5", rules.NOT_NUMBER)]
    if column.secrecy is Secrecy.PERSON:
        found.append(("1,9901E+11", rules.MANGLED_PERSON))
    return found


@st.composite
def spoilt(draw) -> tuple[Extract, list[list[str]], int, Column, str, Rule]:
    """An extract's rows, and the one cell that is to be spoilt with what, which breaks a rule."""
    extract = draw(st.sampled_from(list(EXTRACTS.values())))
    rows = [[sound(extract, column, row) for column in extract.columns] for row in range(draw(st.integers(1, 5)))]
    column = draw(st.sampled_from(extract.columns))
    text, rule = draw(st.sampled_from(faults(column)))
    if text == "25/12/2025" and len(rows) < 2:
        rows.append([sound(extract, other, len(rows)) for other in extract.columns])
    return extract, rows, draw(st.integers(0, len(rows) - 1)), column, text, rule


def load(raw, extract: Extract, rows: list[list[str]], form: tuple[str, str, str], titles: int):
    for path in raw.folder.iterdir():
        path.unlink()
    suffix, encoding, separator = form
    words = headings(extract.name)
    table = [*[["Rapport"]] * titles, [words[name] for name in extract.names], *rows]
    path = raw.folder / f"{FILE[extract.name]}{suffix}"
    writers.write(path, table, encoding=encoding or "utf-8", separator=separator or None)
    return raw.load()


def demand_whole(loaded) -> None:
    for account in loaded.quality.files:
        assert account.read == account.loaded + account.rejected + account.duplicates + account.superseded


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=spoilt(), form=st.sampled_from(FORMS), titles=st.integers(0, 3))
def test_a_fault_is_found_where_it_is_and_nowhere_else(raw, case, form, titles):
    extract, rows, place, column, text, rule = case
    without = load(raw, extract, [row for n, row in enumerate(rows) if n != place], form, titles)
    assert without.rejections == ()
    rows[place][extract.names.index(column.name)] = text
    loaded = load(raw, extract, rows, form, titles)
    orders = {order.rule.name for order in extract.orders}
    (rejection,) = (one for one in loaded.rejections if one.rule not in orders)
    assert {one.row for one in loaded.rejections} == {titles + 2 + place}
    assert (rejection.column, rejection.rule) == (column.name, rule.name)
    assert rejection.heading == headings(extract.name)[column.name]
    assert re.fullmatch(re.sub(r"\\{\w+\\}", ".*", re.escape(rule.reason)), rejection.reason)
    assert column.secrecy or text in rejection.reason
    assert loaded[extract.name] == without[extract.name]
    assert loaded.account(rejection.file).rejected == 1
    demand_whole(loaded)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), form=st.sampled_from(FORMS))
def test_a_wrong_order_is_found_where_it_is_and_nowhere_else(raw, data, form):
    extract = data.draw(st.sampled_from([extract for extract in EXTRACTS.values() if extract.orders]))
    order = data.draw(st.sampled_from([order for order in extract.orders if order.rule.severity == "reject"]))
    rows = [[sound(extract, column, row) for column in extract.columns] for row in range(3)]
    place = data.draw(st.integers(0, 2))
    rows[place][extract.names.index(order.column)] = "2" if order.counts else "2026-02-28"
    loaded = load(raw, extract, rows, form, 0)
    assert {(one.row, one.column) for one in loaded.rejections} >= {(place + 2, order.column)}
    assert {one.row for one in loaded.rejections} == {place + 2}
    assert order.rule.name in {one.rule for one in loaded.rejections}
    demand_whole(loaded)


@pytest.mark.parametrize("form", FORMS, ids=["-".join(form) for form in FORMS])
def test_sound_rows_of_all_extracts_come_in_whole_in_every_form(raw, form):
    suffix, encoding, separator = form
    for extract in EXTRACTS.values():
        rows = [[sound(extract, column, row) for column in extract.columns] for row in range(3)]
        path = raw.folder / f"{FILE[extract.name]}{suffix}"
        table = [["Rapport"], [headings(extract.name)[name] for name in extract.names], *rows]
        writers.write(path, table, encoding=encoding or "utf-8", separator=separator or None)
    loaded = raw.load()
    assert loaded.rejections == ()
    for extract in EXTRACTS.values():
        assert len(loaded[extract.name]) == 3
        for column in extract.of_kind(Kind.DATE):
            assert {row[column.name] for row in loaded[extract.name]} == {DAY}
