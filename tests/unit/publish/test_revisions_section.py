"""The section on changed figures: how many and why in words, each as it was and as it is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.model import Figure, Key, Level, Statistic, Status
from pipeline.model.revisions import Cause, Published, Revision, Revisions
from pipeline.periods import Period
from pipeline.publish import html, revisions_section
from pipeline.publish.report import Report
from pipeline.publish.workbook import Book
from tests.unit.publish import fakes

T1 = Published(date(2026, 5, 12), Period.parse("2026T1"))
LAST_YEAR = Published(date(2026, 2, 3), Period.parse("2025"))
WITHIN = "investigation_within_120_days"


def revision(
    then: tuple[int, int] | None,
    now: tuple[int, int] | None,
    cause: Cause = Cause.ROWS,
    since: Published = T1,
    **more: object,
) -> Revision:
    window = fakes.figures().windows["tertial_2026t1"]
    key = replace(Key(WITHIN, Statistic.SHARE, window.window_id, 1, fakes.COMMITTEE), **more)
    return Revision(window, _figure(key, then), _figure(key, now), since, cause)


def _figure(key: Key, measured: tuple[int, int] | None) -> Figure:
    ends = date(2026, 4, 30)
    if measured is None:
        return Figure(key, ends, status=Status.NO_DATA)
    hits, rows = measured
    if key.statistic == Statistic.SHARE:
        return Figure(key, ends, hits, rows, hits / rows if rows else None, status=Status.NO_TARGET)
    return Figure(key, ends, None, rows, hits, status=Status.NO_TARGET)


def report(*changed: Revision, compared: tuple[Published, ...] = (T1,)) -> Report:
    return Report(
        fakes.figures(), fakes.metrics(), fakes.config(), fakes.quality(), fakes.run_info(),
        revisions=Revisions(compared, changed),
    )  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def row(changed: Revision) -> revisions_section.RevisionRow:
    (only,) = revisions_section.section(report(changed)).rows
    return only


def page(of: Report) -> str:
    wrapped = '{% import "_parts.html.j2" as parts with context %}{% include "_revisions.html.j2" %}'
    template = html._environment().from_string(wrapped)
    return plain(template.render(revisions=revisions_section.section(of), run=of.run))


# --- sentences ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("compared", "sentence"),
    [
        ((), "Det finns ingen tidigare publicerad rapport att jämföra med."),
        ((T1,), "Inga siffror har ändrats sedan rapporten för tertial 1 2026 publicerades den 12 maj 2026."),
        (
            (replace(T1, day=date(2026, 6, 1)), T1),
            "Inga siffror har ändrats sedan rapporten för tertial 1 2026 senast publicerades.",
        ),
        (
            (T1, LAST_YEAR),
            "Inga siffror har ändrats sedan rapporterna för tertial 1 2026 och 2025 publicerades.",
        ),
    ],
)
def test_when_nothing_has_changed_one_sentence_says_so(compared: tuple[Published, ...], sentence: str):
    section = revisions_section.section(report(compared=compared))
    assert [plain(one) for one in section.sentences] == [sentence]
    assert (section.rows, section.explanation) == ((), "")


def test_the_causes_are_counted_for_each_report():
    late, defined = revision((30, 39), (31, 40)), revision((1, 9), (2, 9), Cause.DEFINITION)
    old = revision((5, 9), (6, 9), Cause.TARGET, LAST_YEAR)
    section = revisions_section.section(report(late, defined, late, old))
    assert [plain(one) for one in section.sentences] == [
        "3 siffror har ändrats sedan rapporten för tertial 1 2026 publicerades den 12 maj 2026: 1 för att måttets"
        " definition har ändrats, 2 för att rader har registrerats sent eller rättats.",
        "En siffra har ändrats sedan rapporten för 2025 publicerades den 3 februari 2026, för att målet har ändrats.",
    ]


@pytest.mark.parametrize(
    ("both", "rest", "told"),
    [
        (1, 0, " Den har också fått ett ändrat mål."),
        (2, 0, " Alla har också fått ett ändrat mål."),
        (1, 2, " En av dem har också fått ett ändrat mål."),
        (2, 1, " 2 av dem har också fått ett ändrat mål."),
        (0, 2, ""),
    ],
)
def test_those_with_another_target_too_are_counted(both: int, rest: int, told: str):
    late = revision((30, 39), (31, 40))
    found = report(*[retargeted()] * both, *[late] * rest)
    (sentence,) = (plain(one) for one in revisions_section.sentences(found.revisions))
    assert sentence.endswith(f"för att rader har registrerats sent eller rättats.{told}")


def test_every_cause_has_its_words():
    assert set(revisions_section.CAUSES) == set(Cause)


# --- rows -----------------------------------------------------------------------------------------------------------


def test_a_share_is_told_with_its_base_and_in_points():
    told = row(revision((30, 39), (31, 40)))
    assert (told.title, told.whom, plain(told.when)) == (
        "Barnutredningar avslutade inom 120 dagar", "Socialnämnden", "januari–april 2026",
    )  # fmt: skip
    assert [plain(one) for one in (told.before, told.now, told.difference)] == [
        "77 % (30 av 39)", "78 % (31 av 40)", "+0,6 procentenheter",
    ]  # fmt: skip
    assert told.cause == "Rader har registrerats sent eller rättats"


def test_two_shares_that_differ_never_look_alike():
    told = row(revision((770, 1000), (774, 1000)))
    assert [plain(told.before), plain(told.now)] == ["77 % (770 av 1 000)", "77,4 % (774 av 1 000)"]


def test_the_same_outcome_of_more_rows_is_said_to_be_the_same():
    told = row(revision((3, 6), (6, 12)))
    assert told.difference == "utfallet är detsamma"


@pytest.mark.parametrize(
    ("changes", "whom"),
    [
        ({"breakdown": "area", "category": "Barn och unga"}, "Barn och unga"),
        ({"breakdown": "gender", "category": "kvinna"}, "Flickor"),
        ({"breakdown": "age_group", "category": "0–6"}, "Ålder: 0–6"),
        ({"level": Level.UNIT, "org": "Utredning Norr"}, "Utredning Norr"),
        ({"level": 3, "org": "Utredning Norr", "breakdown": "gender", "category": "man"}, "Utredning Norr, pojkar"),
    ],
)
def test_who_it_is_of(changes: dict[str, object], whom: str):
    assert row(revision((30, 39), (31, 40), **changes)).whom == whom


def test_a_count_and_a_mean():
    count = row(revision((1400, 1400), (1402, 1402), metric="referrals", statistic=Statistic.COUNT))
    assert [plain(one) for one in (count.before, count.now, count.difference)] == ["1 400", "1 402", "+2"]
    mean = row(revision((97, 30), (99, 31), metric="investigation_days", statistic=Statistic.MEAN))
    assert [plain(one) for one in (mean.before, mean.now, mean.difference)] == [
        "97 dagar (30 st)", "99 dagar (31 st)", "+2 dagar",
    ]  # fmt: skip
    assert row(revision((9, 9), (8, 8), metric="referrals", statistic=Statistic.PERSONS)).title == (
        "Aktualiseringar, olika personer"
    )


def test_what_was_missing_is_told_as_missing():
    told = row(revision(None, (31, 40), Cause.NOW_MEASURED))
    assert (told.before, told.difference, told.cause) == ("uppgift saknas", "–", "Uppgiften saknades då")
    assert row(revision((31, 40), (0, 0))).now == "inget att mäta"


def test_a_changed_target_and_its_status():
    one = revision((30, 39), (30, 39), Cause.TARGET)
    before = replace(one.before, target=0.9, status=Status.NOT_MET)
    now = replace(one.now, target=0.7, status=Status.MET)
    told = row(replace(one, before=before, now=now))
    assert [plain(told.before), plain(told.now)] == ["mål minst 90 %", "mål minst 70 %"]
    assert told.status == "Status: från inte uppfyllt till målet uppfyllt."


def retargeted() -> Revision:
    one = revision((30, 39), (31, 40))
    before = replace(one.before, target=0.8, status=Status.NEAR)
    now = replace(one.now, target=0.7, status=Status.MET)
    return replace(one, before=before, now=now, has_other_target=True)


def test_a_target_that_changed_with_the_rows_is_told_too():
    told = row(retargeted())
    assert (plain(told.before), plain(told.now)) == ("77 % (30 av 39)", "78 % (31 av 40)")
    assert plain(told.cause) == (
        "Rader har registrerats sent eller rättats, och målet har ändrats från minst 80 % till minst 70 %"
    )
    new = retargeted()
    told = row(replace(new, before=replace(new.before, target=None)))
    assert plain(told.cause).endswith(", och målet minst 70 % är nytt")
    told = row(replace(new, now=replace(new.now, target=None)))
    assert plain(told.cause).endswith(", och målet minst 80 % gäller inte längre")
    assert "målet har ändrats från" in page(report(retargeted()))


def test_the_status_of_what_the_law_demands_is_told_by_its_figures():
    one = revision((30, 39), (39, 39), metric="preassessment_within_14_days")
    told = row(replace(one, before=replace(one.before, status=Status.NOT_MET), now=replace(one.now, status=Status.MET)))
    assert told.status == ""


# --- page and workbook ----------------------------------------------------------------------------------------------


def test_the_page_shows_the_largest_and_says_where_the_others_are():
    many = [revision((30, 39), (31, 40), org=f"Enhet {number}", level=3) for number in range(51)]
    text = page(report(*many))
    assert "Enhet 49" in text
    assert "Enhet 50" not in text
    assert "De 50 största ändringarna visas. Alla 51 finns i arbetsboken, i bladet Ändringar." in text
    assert len(text) < 60_000


def test_the_page_escapes_and_links():
    text = page(report(revision((30, 39), (31, 40), org="<b>&", level=3)))
    assert "&lt;b&gt;&amp;" in text
    assert f'<a href="#{WITHIN}">' in text
    assert not re.search(r"<table|<h3", page(report()))


def test_the_workbook_has_them_all_as_numbers(tmp_path: Path):
    of = report(*[revision((30, 39), (31, 40), org=f"Enhet {number}", level=3) for number in range(51)])
    book = Book("Titel", "Ämne", of.config, of.run)
    revisions_section.write_sheet(book.sheet(revisions_section.SHEET, revisions_section.SHEET_WIDTHS), of)
    book.save(tmp_path / "bok.xlsx")
    sheet = load_workbook(tmp_path / "bok.xlsx")[revisions_section.SHEET]
    (table,) = sheet.tables.values()
    assert table.name == "andringar"
    rows = list(sheet[table.ref])
    assert len(rows) == 52
    assert [cell.value for cell in rows[1]][3:9] == [30 / 39, 30, 39, 31 / 40, 31, 40]


def test_the_workbook_tells_both_causes(tmp_path: Path):
    of = report(retargeted())
    book = Book("Titel", "Ämne", of.config, of.run)
    revisions_section.write_sheet(book.sheet(revisions_section.SHEET, revisions_section.SHEET_WIDTHS), of)
    book.save(tmp_path / "bok.xlsx")
    sheet = load_workbook(tmp_path / "bok.xlsx")[revisions_section.SHEET]
    cells = [plain(str(cell.value)) for cell in list(sheet[sheet.tables["andringar"].ref])[1]]
    assert cells[9:11] == ["minst 80 %", "minst 70 %"]
    assert cells[12].endswith("rättats, och målet har ändrats från minst 80 % till minst 70 %")


def test_a_workbook_without_changes_has_the_sentence_alone(tmp_path: Path):
    of = report()
    book = Book("Titel", "Ämne", of.config, of.run)
    revisions_section.write_sheet(book.sheet(revisions_section.SHEET, revisions_section.SHEET_WIDTHS), of)
    book.save(tmp_path / "bok.xlsx")
    sheet = load_workbook(tmp_path / "bok.xlsx")[revisions_section.SHEET]
    assert not sheet.tables
    assert sheet["A3"].value.startswith("Inga siffror har ändrats")
