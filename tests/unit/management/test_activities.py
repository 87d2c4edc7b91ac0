from datetime import date, timedelta

import pytest

from pipeline.management import activities
from pipeline.model.goals import ActivityStatus, PursuedGoal, Reference
from tests.unit import builders
from tests.unit.management.goal_rows import DAY, METRICS, activity, read

DAY_BEFORE = DAY - timedelta(days=1)

DONE, PARTLY, NOT_DONE, NOT_JUDGED = "genomfört", "delvis genomfört", "ej genomfört", "ej bedömt"


def pursued(*rows: dict[str, object]) -> PursuedGoal:
    (goal,) = read(activities=rows).pursued
    return goal


# --- an activity ----------------------------------------------------------------------------------------------------


def test_the_latest_row_that_has_happened_counts() -> None:
    goal = pursued(
        activity(NOT_DONE, date=date(2025, 12, 31), comment="Börjar"),
        activity(PARTLY, date=DAY, comment="Pågår"),
        activity(DONE, date=date(2026, 9, 1), comment="Klart"),
    )
    (one,) = goal.activities
    assert (one.status, one.comment, one.since, one.dated) == (PARTLY, "Pågår", date(2025, 12, 31), DAY)
    assert goal.status == PARTLY


def test_what_lies_ahead_is_not_there_yet() -> None:
    assert read(activities=[activity(DONE, date=date(2026, 9, 1))]).pursued == ()


def test_a_goal_that_was_judged_later_is_not_judged_yet() -> None:
    later = activity(DONE, date=date(2026, 9, 1), goal_status=DONE)
    goal = pursued(activity(PARTLY, date=date(2026, 4, 30)), later)
    assert (goal.status, goal.is_judged) == (PARTLY, False)


@pytest.mark.parametrize(
    ("due", "status", "late"),
    [
        (date(2026, 9, 1), PARTLY, False),
        (DAY, PARTLY, False),
        (DAY_BEFORE, PARTLY, True),
        (DAY_BEFORE, NOT_JUDGED, True),
        (DAY_BEFORE, DONE, False),
        (None, NOT_DONE, False),
    ],
)
def test_late_from_the_day_after_it_is_due(due: date | None, status: str, late: bool) -> None:
    assert pursued(activity(status, due=due)).activities[0].is_late is late


def test_what_the_latest_row_leaves_out_an_earlier_one_tells_but_comments_are_of_their_day() -> None:
    goal = pursued(
        activity(PARTLY, date=date(2026, 4, 30), responsible="Chefen", due=DAY, metrics="days", comment="Gammalt"),
        activity(DONE),
    )
    (one,) = goal.activities
    assert (one.responsible, one.due, one.references, one.comment) == ("Chefen", DAY, (Reference("days"),), "")


def test_units_have_activities_of_their_own() -> None:
    goal = pursued(activity(DONE, unit="Norr"), activity(NOT_DONE, unit="Söder"), activity(PARTLY))
    assert [(one.unit, one.status) for one in goal.activities] == [("", PARTLY), ("Norr", DONE), ("Söder", NOT_DONE)]


def test_an_unknown_metric_is_told_of() -> None:
    found = read(activities=[activity(DONE, metrics="plan_current; plan_forced; sjukfrånvaro")])
    (one,) = found.pursued[0].activities
    assert one.references == (Reference("plan_current"),)
    assert one.unknown == ("plan_forced", "sjukfrånvaro")
    assert [warned.rule for warned in found.faults] == ["activity_metric_unknown"] * 2
    assert "”sjukfrånvaro” finns inte bland måtten" in found.faults[1].text


def test_no_personnummer_reaches_the_report() -> None:
    row = activity(DONE, text="Ring 990101-1234", comment="19990101-1234 är klar", responsible="990101+1234")
    assert "990101" not in repr(read(activities=[row]))


# --- a goal ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "goal"),
    [
        ([DONE, DONE], DONE),
        ([DONE, NOT_JUDGED], DONE),
        ([DONE, NOT_DONE], PARTLY),
        ([DONE, PARTLY], PARTLY),
        ([PARTLY, PARTLY], PARTLY),
        ([PARTLY, NOT_DONE], PARTLY),
        ([NOT_DONE, NOT_DONE], NOT_DONE),
        ([NOT_DONE, NOT_JUDGED], NOT_DONE),
        ([NOT_JUDGED, NOT_JUDGED], NOT_JUDGED),
        ([], NOT_JUDGED),
    ],
)
def test_a_goals_status_by_its_activities(statuses: list[str], goal: str) -> None:
    assert activities.of_goal(map(ActivityStatus, statuses)) == goal


def test_ovanaker_2017_goal_1_6_is_partly_done() -> None:
    rows = [activity(status, text=str(n)) for n, status in enumerate([PARTLY] * 3 + [NOT_DONE] * 2)]
    goal = pursued(*rows)
    assert (goal.status, goal.is_judged) == (PARTLY, False)


def test_ovanaker_2017_goal_1_8_is_judged_done_by_the_municipality() -> None:
    statuses = [DONE] * 7 + [PARTLY, NOT_DONE]
    rows = [activity(status, text=str(n), goal_status=None if n else DONE) for n, status in enumerate(statuses)]
    goal = pursued(*rows)
    assert (goal.status, goal.is_judged) == (DONE, True)


def test_the_latest_judgement_of_the_goal_holds_also_when_later_rows_say_nothing() -> None:
    goal = pursued(
        activity(DONE, date=date(2025, 8, 31), goal_status=DONE),
        activity(DONE, date=date(2025, 12, 31), goal_status=PARTLY),
        activity(DONE),
    )
    assert (goal.status, goal.is_judged) == (PARTLY, True)


def test_judgements_that_disagree_are_told_of_and_the_lowest_holds() -> None:
    found = read(activities=[activity(DONE, goal_status=DONE), activity(DONE, text="Annat", goal_status=PARTLY)])
    assert found.pursued[0].status == PARTLY
    (warned,) = found.faults
    assert warned.rule == "goal_judged_apart"
    assert "(delvis genomfört och genomfört)" in warned.text


def test_goals_stand_in_natural_order() -> None:
    rows = [activity(DONE, goal=name) for name in ("1:10", "1:2", "1:1")]
    assert [one.goal for one in read(activities=rows).pursued] == ["1:1", "1:2", "1:10"]


# --- which figures to compare ---------------------------------------------------------------------------------------


def test_the_figures_before_an_activity_and_now_are_compared_once() -> None:
    now = builders.share(builders.key("plan_current", window="tertial"), 80, 100)
    before = builders.in_window(builders.share(now.key, 60, 100), "tertial_2025t3")
    rows = [
        activity(DONE, text=text, metrics="plan_current, days", date=date(2026, 1, day))
        for text, day in (("En", 1), ("Två", 31))
    ]
    figures = builders.figures(now, before)
    assert activities.compared(read(activities=rows), figures, METRICS) == ((now.key, before.key),)
