from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.model import Statistic
from pipeline.model.goals import Aim, Goals, Reference
from pipeline.publish import goals_section, goals_sheet
from pipeline.publish.forms import DASH, HIDDEN
from pipeline.publish.goals_section import Row, Tree
from pipeline.publish.words import Mark
from pipeline.publish.workbook import Book
from tests.unit.publish import fakes, goal_fakes
from tests.unit.publish.goal_fakes import aim, tree

NBSP = "\N{NO-BREAK SPACE}"


def part(goals: Goals) -> Tree:
    found = goals_section.section(goal_fakes.report(goals))
    assert found is not None
    return found


def rows(*aims: Aim) -> list[Row]:
    return [row for *_, row in part(tree(*aims)).rows()]


def row(given: Aim) -> Row:
    (found,) = rows(given)
    return found


def test_no_goals_no_part() -> None:
    assert goals_section.section(goal_fakes.report(Goals())) is None


def test_a_measure_has_its_target_outcome_and_status() -> None:
    found = row(aim(target=75))
    assert (found.title, found.anchor, found.whose) == ("Aktuella genomförandeplaner", "plan_current", "")
    assert found.target == f"minst 75{NBSP}%"
    assert found.outcome.endswith("%")
    assert f"{NBSP}av{NBSP}" in found.base
    assert found.verdict.mark in (Mark.MET, Mark.NEAR, Mark.NOT_MET)


def test_a_metric_without_data_says_so() -> None:
    found = row(aim("plan_in_force", 95))
    assert (found.target, found.outcome, found.verdict.word) == (f"minst 95{NBSP}%", DASH, "uppgift saknas")


def test_a_goal_for_a_small_unit_stays_hidden() -> None:
    found = row(aim("investigation_within_120_days", 90, unit=fakes.SMALL_UNIT))
    assert (found.outcome, found.base, found.verdict.word) == (HIDDEN, HIDDEN, HIDDEN)
    assert found.whose == fakes.SMALL_UNIT


def test_days_in_an_area_are_at_most_and_the_area_is_said_once() -> None:
    found = row(aim("investigation_days", 90, area="Barn och unga"))
    assert (found.title, found.whose) == ("Utredningstid: Barn och unga", "")
    assert found.target == f"högst 90{NBSP}dagar"


def test_a_metric_told_by_area_is_told_in_each() -> None:
    titles = [found.title for found in rows(aim("investigation_days", 90))]
    assert titles == ["Utredningstid: Barn och unga", "Utredningstid: Funktionshinder", "Utredningstid: Äldreomsorg"]


def test_what_the_law_demands_reads_so() -> None:
    found = row(aim("preassessment_within_14_days", 100))
    assert found.target == f"100{NBSP}%"
    assert found.verdict.word.startswith("lagkravet uppfyllt i ")


def test_a_target_that_is_not_the_one_judged_by_borrows_no_status() -> None:
    assert row(aim(target=74.9)).verdict.word == "bedöms mot ett annat mål"


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        (date(2026, 8, 30), f"gällde till och med 30{NBSP}augusti 2026"),
        (date(2026, 1, 1), f"gällde till och med 1{NBSP}januari 2026"),  # the second tertial is judged with the first
    ],
)
def test_a_goal_that_ended_within_the_judged_time_says_when_and_is_not_judged(ends: date, told: str) -> None:
    found = row(aim(target=75, valid_to=ends))
    assert (found.title, found.anchor, found.target) == (
        "Aktuella genomförandeplaner", "plan_current", f"minst 75{NBSP}%",
    )  # fmt: skip
    assert (found.outcome, found.verdict.mark, found.verdict.word) == (DASH, Mark.NONE, told)


def test_a_goal_that_holds_on_the_last_day_is_judged() -> None:
    assert row(aim(valid_to=date(2026, 8, 31))).outcome != DASH


def test_a_goal_that_ended_before_the_judged_time_is_gone() -> None:
    assert goals_section.section(goal_fakes.report(tree(aim(valid_to=date(2025, 12, 31))))) is None


def test_an_ended_goal_stands_at_its_place_beside_the_one_that_took_over() -> None:
    first, second = rows(aim(target=90, valid_to=date(2026, 6, 30)), aim(target=75, valid_from=date(2026, 7, 1)))
    assert (first.target, first.outcome) == (f"minst 90{NBSP}%", DASH)
    assert second.outcome != DASH


def test_a_faulty_goal_that_ended_says_its_fault() -> None:
    assert row(aim(target=101, fault="målet är över 100 %", valid_to=date(2026, 6, 30))).verdict.word == (
        "målet är över 100 %"
    )


def test_a_goal_that_does_not_hold_yet_says_from_when() -> None:
    found = row(aim(valid_from=date(2026, 9, 1)))
    assert (found.outcome, found.verdict.word) == (DASH, f"gäller från 1{NBSP}september 2026")
    assert row(aim(valid_from=date(2026, 8, 31))).outcome != DASH


def test_a_faulty_goal_says_why_it_is_not_judged() -> None:
    unknown = Aim("sjukfrånvaro", None, None, 5.5, fault="måttet är okänt")
    found = row(unknown)
    assert (found.title, found.anchor, found.target) == ("sjukfrånvaro", "", "5,5")
    assert found.verdict.word == "måttet är okänt"
    assert row(aim(target=101, fault="målet är över 100 %")).verdict.word == "målet är över 100 %"


def test_the_summary_counts_what_is_reached() -> None:
    missing, unknown = aim("plan_in_force", 95), Aim("x", None, None, 5, fault="måttet är okänt")
    assert part(tree(missing)).summary == "Det enda mätbara målet går inte att bedöma."
    assert part(tree(missing, unknown)).summary == "Inget av 2 mätbara mål går att bedöma."
    found = part(tree(aim("investigation_within_120_days", 90), missing)).summary
    assert found == f"Av 2 mätbara mål är 1{NBSP}inte uppfyllt. 1{NBSP}går inte att bedöma."


def test_another_statistic_than_the_judged_one() -> None:
    median = aim("investigation_days", 90, area="Barn och unga", statistic=Statistic.MEDIAN)
    assert row(median).outcome != row(aim("investigation_days", 90, area="Barn och unga")).outcome


# --- as a page and a sheet ------------------------------------------------------------------------------------------

HOSTILE = '<b>Mål</b> & "citat"'


def test_the_page_has_every_goal_and_escapes_what_was_delivered() -> None:
    goals = tree(aim(), delivery=HOSTILE, effect=HOSTILE, direction=HOSTILE)
    text = goal_fakes.page("_goals.html.j2", goals=part(goals))
    assert "<b>Mål</b>" not in text
    assert text.count("&lt;b&gt;Mål&lt;/b&gt; &amp; &#34;citat&#34;") == 4
    assert '<a href="#plan_current">Aktuella genomförandeplaner</a>' in text
    assert 'class="status' in text


def test_a_goal_without_known_metric_links_nowhere() -> None:
    text = goal_fakes.page("_goals.html.j2", goals=part(tree(Aim("x", None, None, 5, fault="måttet är okänt"))))
    assert "<a " not in text
    assert "måttet är okänt" in text


def test_the_page_and_the_sheet_have_a_goal_that_ended(tmp_path: Path) -> None:
    found = part(tree(aim(valid_to=date(2026, 8, 30))))
    told = f"gällde till och med 30{NBSP}augusti 2026"
    assert told in goal_fakes.page("_goals.html.j2", goals=found)
    book = Book("Rapport", "Test", fakes.config(), fakes.run_info())
    goals_sheet.write(book.sheet(goals_sheet.NAME, goals_sheet.WIDTHS), found)
    book.save(tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["Mål"]
    line = list(sheet[sheet.tables["mal"].ref])[1]
    assert [line[at].value for at in (5, 6, 7, 12)] == ["minst", 0.75, DASH, f"{DASH} {told}"]


def test_hidden_figures_stand_in_neither() -> None:
    found = part(tree(aim("investigation_within_120_days", 90, unit=fakes.SMALL_UNIT)))
    assert ">skyddad<" in goal_fakes.page("_goals.html.j2", goals=found)


def test_the_sheet_is_a_table_and_text_is_no_formula(tmp_path: Path) -> None:
    goals = tree(
        aim(), aim("investigation_within_120_days", 90, unit=fakes.SMALL_UNIT), delivery="=1+1", direction="@mål"
    )
    book = Book("Rapport", "Test", fakes.config(), fakes.run_info())
    goals_sheet.write(book.sheet(goals_sheet.NAME, goals_sheet.WIDTHS), part(goals))
    book.save(tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["Mål"]
    headings, *found = sheet[sheet.tables["mal"].ref]
    assert [cell.value for cell in headings][:4] == ["Inriktningsmål", "Effektmål", "Leveransmål", "Mått"]
    assert len(headings) == len(goals_sheet.WIDTHS)
    assert [(line[0].value, line[2].value, line[2].data_type) for line in found] == [("@mål", "=1+1", "s")] * 2
    assert [found[1][at].value for at in (7, 10, 11, 12)] == [HIDDEN] * 4


def test_the_sheet_has_numbers_that_can_be_reckoned_with(tmp_path: Path) -> None:
    goals = tree(aim(), aim("investigation_days", 90, area="Barn och unga"), aim("plan_in_force", 100))
    book = Book("Rapport", "Test", fakes.config(), fakes.run_info())
    goals_sheet.write(book.sheet(goals_sheet.NAME, goals_sheet.WIDTHS), part(goals))
    book.save(tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["Mål"]
    share, days, missing = list(sheet[sheet.tables["mal"].ref])[1:]
    figure = row(aim()).figure
    assert figure is not None
    assert [share[at].value for at in (5, 6, 7, 8, 10, 11)] == [
        "minst", 0.75, pytest.approx(figure.value, abs=1e-6), "%", figure.numerator, figure.denominator,
    ]  # fmt: skip
    assert share[6].number_format == share[7].number_format == "0 %"
    assert [days[at].value for at in (5, 6, 8)] == ["högst", 90, "dagar"]
    assert isinstance(days[7].value, float)
    assert [missing[at].value for at in (5, 6, 7)] == [DASH, 1, DASH]


def test_a_reference_that_the_report_lacks_is_no_fault() -> None:
    found = row(aim("measure", 5, reference=Reference("measure", "Nöjdhet"), named="Nöjdhet"))
    assert (found.title, found.verdict.word) == ("Nöjdhet", "uppgift saknas")
