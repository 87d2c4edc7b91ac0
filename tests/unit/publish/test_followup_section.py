from datetime import date

import pytest

from pipeline.model import Level
from pipeline.model.management import Management, Measured, PlanItem
from pipeline.publish import followup_section
from pipeline.publish.followup import State, due_days, next_due
from pipeline.publish.followup_section import FollowUpPart
from tests.unit.publish import management_fakes as fakes
from tests.unit.publish.management_fakes import DAY, SOUTH, by_hand, drawn, figure, planned, report

NBSP = "\N{NO-BREAK SPACE}"
APRIL, DECEMBER = date(2026, 4, 30), date(2026, 12, 31)


def states(item: PlanItem, *figures: object, **more: object) -> list[State]:
    given = report(Management(plan=(item,)), *figures, **more)  # type: ignore[arg-type]
    return [due.state for due in due_days(item, given)]


def part(*items: PlanItem, **more: object) -> FollowUpPart:
    figures = more.pop("figures", ())
    found = followup_section.part(report(Management(plan=items), *figures, **more))  # type: ignore[arg-type, misc]
    assert found is not None
    return found


def of_unit(of: tuple[int, int], window: str = "stock", metric: str = "plan_current") -> object:
    return figure(metric, of, window, level=3, org=fakes.NORTH)


# --- what came ------------------------------------------------------------------------------------------------------


def test_what_is_drawn_has_come_when_it_was_delivered_on_the_due_day() -> None:
    figures = [of_unit((80, 100))]
    for delivered, last in ((DAY, State.DONE), (date(2026, 8, 30), State.MISSING)):
        found = states(planned(drawn()), *figures, known_to={"plan_current": delivered})
        assert found == [State.DONE, last, State.COMING]


def test_a_metric_without_its_extract_is_missing() -> None:
    found = states(planned(drawn()), missing={"plan_current": "Ingen fil."})
    assert found == [State.MISSING, State.MISSING, State.COMING]


def test_a_unit_with_nothing_to_measure_says_so() -> None:
    assert states(planned(drawn()), of_unit((0, 0))) == [State.DONE, State.NOTHING, State.COMING]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([date(2026, 1, 1)], [State.DONE, State.MISSING]),
        ([date(2025, 12, 31)], [State.MISSING, State.MISSING]),  # belongs to the due day before
        ([APRIL, date(2026, 5, 1)], [State.DONE, State.DONE]),
        ([date(2026, 5, 1)], [State.MISSING, State.DONE]),  # one alone belongs to the due day after it
        ([date(2026, 5, 1), DAY], [State.LATE, State.DONE]),
        ([], [State.MISSING, State.MISSING]),
    ],
)
def test_what_is_measured_by_hand_belongs_to_the_due_day_after_it(days: list[date], expected: list[State]) -> None:
    assert states(planned(by_hand(*days)))[:2] == expected


def test_late_is_after_the_due_day_where_the_next_has_not_come() -> None:
    item = planned(by_hand(date(2026, 7, 1)), due=(date(2025, 6, 30), date(2026, 6, 30), date(2027, 6, 30)))
    assert states(item) == [State.LATE]


def test_a_hidden_unit_tells_nothing() -> None:
    hidden = of_unit((1, 3), "ytd", "review_fulfilled")
    assert states(planned(by_hand()), hidden)[:2] == [State.PROTECTED, State.PROTECTED]
    elsewhere = figure("review_fulfilled", (1, 3), level=3, org=SOUTH)
    assert states(planned(by_hand()), elsewhere)[:2] == [State.MISSING, State.MISSING]


def test_without_a_metric_it_cannot_be_followed() -> None:
    assert states(planned()) == [State.UNFOLLOWED, State.UNFOLLOWED, State.COMING]


def test_of_several_metrics_the_missing_one_is_named() -> None:
    item = planned(drawn(), by_hand(APRIL))
    given = report(Management(plan=(item,)), of_unit((80, 100)))  # type: ignore[arg-type]
    assert [due.missing for due in due_days(item, given)] == [(), ("Ja-svar i granskningar",), ()]


def test_the_due_day_of_the_last_day_has_come_and_the_next_is_after_it() -> None:
    item = planned(drawn())
    assert next_due(item, report()) == DECEMBER
    assert next_due(planned(due=(APRIL,)), report()) is None


# --- the part -------------------------------------------------------------------------------------------------------


def test_no_plan_no_part() -> None:
    assert followup_section.part(report()) is None


def test_only_what_was_due_since_the_last_report_stands_first() -> None:
    found = part(planned(drawn(), level="individ"), planned(definition="I april", due=(APRIL,)), known_to={})
    (row,) = found.due
    assert (row.definition, row.days[0][0], row.next_due) == (
        "Aktuella planer", f"31{NBSP}augusti 2026", f"31{NBSP}december 2026"
    )  # fmt: skip
    assert f"2{NBSP}uppföljningar, varav 1 på individnivå." in found.sentences[0]
    assert found.sentences[1] == f"Under perioden skulle 1{NBSP}mätning göras: 1 är gjord."
    assert [row.definition for row in found.calendar] == ["Aktuella planer", "I april"]


def test_what_names_no_metric_says_so() -> None:
    found = part(planned())
    assert found.due[0].note == "Kopplas inte till något mått"
    assert found.sentences[1].endswith("1 kan inte följas, eftersom den inte kopplas till något mått.")


def test_units_that_stand_alike_share_a_row_with_an_outcome_each() -> None:
    figures = [of_unit((80, 100)), figure("plan_current", (30, 60), "stock", level=3, org=SOUTH)]
    (row,) = part(planned(drawn()), planned(drawn(), unit=SOUTH), figures=figures).due
    assert row.units == "Norr och Söder"
    assert row.came[0].outcomes == (("Norr", f"80{NBSP}%"), ("Söder", f"50{NBSP}%"))


def test_units_that_differ_stand_apart() -> None:
    given = [planned(by_hand(DAY)), planned(by_hand(), unit=SOUTH)]
    assert [row.units for row in part(*given).due] == ["Norr", "Söder"]


def test_a_hidden_outcome_stays_hidden() -> None:
    text = fakes.page("_followup.html.j2", followup=part(planned(drawn()), figures=[of_unit((1, 3))]))
    assert ">skyddad<" in text
    assert f"1{NBSP}av{NBSP}3" not in text


def test_the_committees_figures_follow_what_stands_for_all_units() -> None:
    item = planned(drawn(), unit="Alla enheter", scope=Level.COMMITTEE)
    (row,) = part(item, figures=[figure("plan_current", (90, 120), "stock")]).due
    assert row.came[0].outcomes == (("", f"75{NBSP}%"),)


def test_a_programmes_own_figure_follows_what_stands_for_it() -> None:
    own = figure("plan_current", (30, 60), "stock", level=2, org="Barn")
    item = planned(drawn(), unit="barn", scope=Level.PROGRAMME)
    (row,) = part(item, figures=[figure("plan_current", (90, 120), "stock"), own]).due
    assert row.came[0].outcomes == (("", f"50{NBSP}%"),)


def test_programmes_that_are_told_by_different_categories_say_which() -> None:
    asked = [("Barn", "Besök", (40, 80)), ("Vuxna", "Telefon", (60, 80))]
    figures = [
        figure("review_fulfilled", of, level=level, org=org, breakdown="question", category=category)
        for programme, category, of in asked
        for level, org in ((1, fakes.builders.COMMITTEE), (2, programme))
    ]
    items = [planned(by_hand(DAY), unit=programme, scope=Level.PROGRAMME) for programme, _, _ in asked]
    (row,) = part(*items, figures=figures).due
    assert row.came[0].title == fakes.METRICS["review_fulfilled"].title
    assert row.came[0].outcomes == (("Barn", f"50{NBSP}% (Besök)"), ("Vuxna", f"75{NBSP}% (Telefon)"))


def test_at_a_unit_no_total_over_questions_is_told() -> None:
    asked = [
        figure("review_fulfilled", (40, 80), level=level, org=org, breakdown="question", category=question)
        for level, org in ((1, fakes.builders.COMMITTEE), (3, fakes.NORTH))
        for question in ("Besök", "Telefon")
    ]
    total = figure("review_fulfilled", (80, 160), level=3, org=fakes.NORTH)
    (row,) = part(planned(by_hand(DAY)), figures=[*asked, total]).due
    assert row.came[0].outcomes == (("", "redovisas var för sig"),)


def test_an_older_outcome_is_not_told_of_what_is_missing() -> None:
    figures = [
        of_unit((80, 100)),
        *(figure("review_fulfilled", (40, 80), level=level, org=org, breakdown="question", category="Besök")
          for level, org in ((1, fakes.builders.COMMITTEE), (3, fakes.NORTH))),
    ]  # fmt: skip
    (row,) = part(planned(drawn(), by_hand(APRIL)), figures=figures).due
    assert (row.missing, [one.title for one in row.came]) == (("Ja-svar i granskningar",), ["Aktuella planer"])
    for item, period in ((by_hand(DAY), "2026T2"), (by_hand(APRIL), "2026")):  # in April it came, within the year
        (row,) = part(planned(drawn(), item), figures=figures, period=period).due
        assert [one.title for one in row.came] == ["Aktuella planer", "Ja-svar i granskningar: Besök"]


def test_several_units_stand_in_a_list() -> None:
    figures = [of_unit((80, 100)), figure("plan_current", (30, 60), "stock", level=3, org=SOUTH)]
    text = fakes.page(
        "_followup.html.j2", followup=part(planned(drawn()), planned(drawn(), unit=SOUTH), figures=figures)
    )
    assert f"<li>Norr: 80{NBSP}%</li><li>Söder: 50{NBSP}%</li>" in text


def test_the_calendar_has_a_word_in_every_month_that_is_due() -> None:
    (row,) = part(planned(by_hand(APRIL))).calendar
    words = {month: [verdict.word for _, verdict in days] for month, days in enumerate(row.months, 1) if days}
    assert words == {4: ["gjord"], 8: ["saknas"], 12: ["kommer"]}
    assert [short for short, _ in part(planned()).months][:4] == ["jan", "feb", "mar", "apr"]


def test_what_cannot_be_read_is_told_and_escaped() -> None:
    found = part(planned(schedule="<i>löpande", unread=("löpande",), due=()))
    assert "Ingen av dem skulle göras under perioden." in found.sentences
    text = fakes.page("_followup.html.j2", followup=found)
    assert "”&lt;i&gt;löpande”" in text


def test_a_measure_that_the_catalogue_lacks_is_missing() -> None:
    unknown = Measured(fakes.Reference("hittepå"))
    assert states(planned(unknown))[:2] == [State.MISSING, State.MISSING]
