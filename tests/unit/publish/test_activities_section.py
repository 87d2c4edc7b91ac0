from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.model import Direction
from pipeline.model.goals import Activity, ActivityStatus, Goals, Reference
from pipeline.publish import activities_section, activities_sheet
from pipeline.publish.activities_section import Activities, Moved
from pipeline.publish.forms import DASH, HIDDEN
from pipeline.publish.words import Mark
from pipeline.publish.workbook import Book
from tests.unit.publish import fakes, goal_fakes
from tests.unit.publish.goal_fakes import activity, pursued

NBSP = "\N{NO-BREAK SPACE}"
PLAN, DAYS = Reference("plan_current"), Reference("investigation_days")
DONE, PARTLY, NOT_DONE, NOT_JUDGED = (
    ActivityStatus.DONE,
    ActivityStatus.PARTLY,
    ActivityStatus.NOT_DONE,
    ActivityStatus.NOT_JUDGED,
)


def part(goals: Goals) -> Activities:
    found = activities_section.section(goal_fakes.report(goals))
    assert found is not None
    return found


def moved(*references: Reference, since: date = date(2026, 2, 10)) -> list[Moved]:
    (decision,) = part(pursued(activity(DONE, *references, since=since))).decisions
    return list(decision.moved)


# --- by goal --------------------------------------------------------------------------------------------------------


def test_no_activities_no_part() -> None:
    assert activities_section.section(goal_fakes.report(Goals())) is None


@pytest.mark.parametrize(
    ("status", "mark", "word"),
    [
        (DONE, Mark.MET, "genomfört"),
        (PARTLY, Mark.NEAR, "delvis genomfört"),
        (NOT_DONE, Mark.NOT_MET, "ej genomfört"),
        (NOT_JUDGED, Mark.NONE, "ej bedömt"),
    ],
)
def test_a_status_is_a_word_and_a_shape(status: ActivityStatus, mark: Mark, word: str) -> None:
    (goal,) = part(pursued(activity(status), status=status)).goals
    assert (goal.verdict.mark, goal.verdict.word) == (mark, word)
    assert goal.rows[0].verdict == goal.verdict


@pytest.mark.parametrize(("judged", "how"), [(True, "bedömt av kommunen"), (False, "beräknat utifrån aktiviteterna")])
def test_who_gave_the_goal_its_status_is_told(judged: bool, how: str) -> None:
    assert part(pursued(activity(), judged=judged)).goals[0].how == how


def test_an_activity_tells_when_it_is_due_and_that_it_is_late() -> None:
    late = activity(PARTLY, due=date(2026, 6, 30), is_late=True)
    (row,) = part(pursued(late)).goals[0].rows
    assert (row.due, row.is_late) == (f"30{NBSP}juni 2026", True)
    assert part(pursued(activity(responsible=""))).goals[0].rows[0].responsible == DASH


@pytest.mark.parametrize(
    ("activities", "summary"),
    [
        ([activity(DONE)], "Den enda aktiviteten är genomförd."),
        ([activity(NOT_JUDGED, is_late=True)], "Den enda aktiviteten är ej bedömd och försenad."),
        ([activity(DONE), activity(PARTLY)], f"Av 2 aktiviteter är 1{NBSP}genomförd."),
        (
            [activity(DONE), activity(DONE), activity(PARTLY, is_late=True), activity(NOT_DONE, is_late=True)],
            f"Av 4 aktiviteter är 2{NBSP}genomförda och 2{NBSP}försenade.",
        ),
    ],
)
def test_the_summary_counts_done_and_late(activities: list[Activity], summary: str) -> None:
    assert part(pursued(*activities)).summary == summary


# --- from decision to figure ----------------------------------------------------------------------------------------


def test_a_figure_before_and_now() -> None:
    (found,) = moved(PLAN)
    assert (found.title, found.anchor) == ("Aktuella genomförandeplaner", "plan_current")
    assert (found.then_when, found.now_when) == (f"31{NBSP}januari 2026", f"31{NBSP}augusti 2026")
    assert found.then.endswith("%")
    assert found.now.endswith("%")


def test_a_flow_is_compared_with_a_whole_tertial_before() -> None:
    (found,) = moved(Reference("investigation_within_120_days"))
    assert (found.then_when, found.now_when) == ("september–december 2025", "maj–augusti 2026")


def test_a_change_is_called_better_only_when_it_is_certain() -> None:
    (found,) = moved(Reference("investigation_within_120_days"))
    assert found.change.startswith(Direction.NOT_CERTAIN.value)
    assert Direction.BETTER.value not in found.change


def test_before_the_first_figure_there_is_none() -> None:
    (found,) = moved(PLAN, since=date(2020, 1, 1))
    assert (found.then_when, found.then, found.change) == ("", DASH, "")
    assert found.now_when == f"31{NBSP}augusti 2026"


def test_a_metric_without_data_has_no_figure_at_all() -> None:
    (found,) = moved(Reference("plan_in_force"))
    assert (found.then_when, found.now_when, found.now, found.change) == ("", "", DASH, "")


def test_a_total_that_would_mislead_is_told_by_area() -> None:
    assert [one.title for one in moved(DAYS)] == [
        "Utredningstid: Barn och unga",
        "Utredningstid: Funktionshinder",
        "Utredningstid: Äldreomsorg",
    ]


def test_activities_begun_together_for_the_same_figures_are_told_together() -> None:
    activities = [
        activity(DONE, PLAN, text="Utbilda"),
        activity(PARTLY, PLAN, text="Granska"),
        activity(DONE, PLAN, text="Senare", since=date(2026, 5, 1)),
        activity(DONE, text="Utan siffra"),
    ]
    decisions = part(pursued(*activities)).decisions
    assert [[done.text for done in one.done] for one in decisions] == [["Utbilda", "Granska"], ["Senare"]]
    assert decisions[0].since == f"10{NBSP}februari 2026"


def test_a_metric_that_the_report_lacks_is_passed_over() -> None:
    assert moved(Reference("measure", "Nöjdhet")) == []


def test_goals_stand_as_in_the_tree_and_others_after_them() -> None:
    tree = goal_fakes.tree(goal_fakes.aim(), direction="Öppenhet", effect="Trygghet", delivery="Planer").tree
    named = ("1:2", "Annat", "planer", "Trygghet", "öppenhet")
    goals = Goals(tree, tuple(pursued(activity(DONE, PLAN), goal=name).pursued[0] for name in named))
    found = part(goals)
    assert [goal.text for goal in found.goals] == ["öppenhet", "Trygghet", "planer", "1:2", "Annat"]
    assert [one.goal for one in found.decisions] == [goal.text for goal in found.goals]


def test_a_day_that_all_are_followed_from_is_told_once() -> None:
    since = "följs sedan"
    alike = part(pursued(activity(DONE, PLAN), activity(DONE, DAYS)))
    assert alike.since == f"10{NBSP}februari 2026"
    assert goal_fakes.page("_activities.html.j2", activities=alike).count(since) == 1
    apart = part(pursued(activity(DONE, PLAN), activity(DONE, PLAN, since=date(2026, 5, 1))))
    assert apart.since == ""
    assert goal_fakes.page("_activities.html.j2", activities=apart).count(since) == 2


# --- as a page and a sheet ------------------------------------------------------------------------------------------

HOSTILE = "<script>alert(1)</script>"


def test_the_page_escapes_what_was_delivered() -> None:
    one = activity(DONE, PLAN, text=HOSTILE, comment=HOSTILE, responsible=HOSTILE, unit=HOSTILE)
    text = goal_fakes.page("_activities.html.j2", activities=part(pursued(one, goal=HOSTILE)))
    assert "<script" not in text
    assert text.count("&lt;script&gt;") == 9
    assert "Från beslut till siffra" in text


def test_the_page_leaves_out_the_figures_where_no_activity_names_any() -> None:
    text = goal_fakes.page("_activities.html.j2", activities=part(pursued(activity(is_late=True))))
    assert "Från beslut till siffra" not in text
    assert "försenad" in text


def test_a_hidden_figure_stays_hidden_and_its_change_untold() -> None:
    found = activities_section.section(hidden_now())
    assert found is not None
    (figure,) = found.decisions[0].moved
    assert figure.now == HIDDEN
    assert figure.change == ""
    assert ">skyddad<" in goal_fakes.page("_activities.html.j2", activities=found)


def hidden_now() -> goal_fakes.Report:
    """A report where the days of investigations in one area have become too few to show."""
    return goal_fakes.report(pursued(activity(DONE, Reference("investigation_days", "Funktionshinder"))), smallest=40)


def test_the_sheet_has_both_tables_and_text_is_no_formula(tmp_path: Path) -> None:
    goals = pursued(activity(DONE, PLAN, text="=2+2", comment="+46 70"), goal="@mål")
    book = Book("Rapport", "Test", fakes.config(), fakes.run_info())
    activities_sheet.write(book.sheet(activities_sheet.NAME, activities_sheet.WIDTHS), part(goals))
    book.save(tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["Aktiviteter"]
    _, row = sheet[sheet.tables["aktiviteter"].ref]
    assert [row[0].value, row[1].value, row[1].data_type] == ["@mål", "=2+2", "s"]
    assert row[5].value == "● genomfört"
    _, row = sheet[sheet.tables["beslut_till_siffra"].ref]
    assert row[3].value == "Aktuella genomförandeplaner"
    assert len(row) == len(activities_sheet.WIDTHS)
