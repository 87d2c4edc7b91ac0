from datetime import date

import pytest

from pipeline.config import Limits
from pipeline.management.controls import judge
from pipeline.model.management import Control, ControlOutcome, Finding
from tests.unit.management.system_rows import DAY, Row, control, read, register

MAJOR, MINOR, NONE, NOT_DONE = (
    ControlOutcome.MAJOR, ControlOutcome.MINOR, ControlOutcome.NONE, ControlOutcome.NOT_DONE
)  # fmt: skip


def only(*rows: Row) -> Control:
    (one,) = read(controls=rows).controls
    return one


@pytest.mark.parametrize(
    ("sampled", "deviating", "outcome"),
    [
        (100, 0, NONE), (100, 1, MINOR), (1000, 99, MINOR), (100, 10, MAJOR), (30, 3, MAJOR), (31, 3, MINOR),
        (1, 1, MAJOR), (0, 0, None), (None, None, None), (10, None, None), (None, 2, None),
    ],
)  # fmt: skip
def test_the_thresholds(sampled: int | None, deviating: int | None, outcome: ControlOutcome | None) -> None:
    assert judge(sampled, deviating, Limits()) is outcome


def test_the_thresholds_are_the_configurations() -> None:
    limits = Limits(control_minor_percent=5, control_major_percent=20)
    assert [judge(100, n, limits) for n in (5, 6, 19, 20)] == [NONE, MINOR, MINOR, MAJOR]
    assert judge(10, 0, Limits(control_minor_percent=0, control_major_percent=0)) is NONE
    assert judge(7, 1, Limits(control_minor_percent=0, control_major_percent=14.3)) is MINOR  # 14.2857…


def test_a_given_word_goes_before_the_numbers() -> None:
    one = only(control(sampled=100, deviating=50, outcome="mindre avvikelse"))
    assert (one.outcome, one.is_given, one.is_of_few) == (MINOR, True, False)


@pytest.mark.parametrize(("sampled", "few"), [(4, True), (5, False)])
def test_a_word_judged_on_few_is_marked(sampled: int, few: bool) -> None:
    one = only(control(sampled=sampled, deviating=0))
    assert (one.outcome, one.is_given, one.is_of_few) == (NONE, False, few)


def test_the_latest_row_of_the_year_up_to_the_last_day_counts() -> None:
    one = only(
        control(date(2026, 1, 1), outcome="stor avvikelse"),
        control(DAY, outcome="ingen avvikelse"),
        control(date(2026, 9, 1), outcome="stor avvikelse"),
    )
    assert (one.outcome, one.day, one.is_due) == (NONE, DAY, False)


def test_last_years_control_is_due_this_year_and_an_older_one_is_gone() -> None:
    one = only(control(date(2025, 1, 1), outcome="stor avvikelse", probability=2, consequence=3))
    assert (one.outcome, one.is_due, one.is_undone, one.day) == (None, True, True, date(2025, 1, 1))
    assert (one.probability, one.consequence) == (2, 3)
    assert read(controls=[control(date(2024, 12, 31))]).controls == ()


def test_not_carried_out_is_undone() -> None:
    assert only(control(outcome="ej utförd")).is_undone
    assert not only(control(outcome="stor avvikelse")).is_undone


def test_of_several_units_the_gravest_latest_counts() -> None:
    one = only(
        control(date(2026, 3, 1), unit="Norr", outcome="stor avvikelse"),
        control(date(2026, 5, 1), unit="norr", outcome="mindre avvikelse"),
        control(DAY, unit="Söder", outcome="ingen avvikelse"),
    )
    assert (one.outcome, one.day) == (MINOR, DAY)
    assert one.units == ("norr", "Söder")


def test_the_rating_is_the_latest_that_was_given_whole() -> None:
    one = only(
        control(date(2026, 3, 1), probability=4, consequence=4),
        control(date(2026, 5, 1), probability=3, consequence=2),
        control(DAY, probability=1),
    )
    assert (one.probability, one.consequence) == (3, 2)


def test_other_committees_units_are_left_out_and_what_names_no_unit_is_everybodys() -> None:
    found = read(
        areas=("Barn och unga",),
        units=[register("Norr", "Barn och unga"), register("Öst", "Äldreomsorg")],
        controls=[control(unit="Norr", risk="a"), control(unit="Öst", risk="b"), control(risk="c")],
    )
    assert [one.risk for one in found.controls] == ["a", "c"]


def test_texts_hold_no_personnummer() -> None:
    (found,) = only(control(analysis="Gäller 19990101-1234", action="Rättat")).findings
    assert "1999" not in found.analysis
    assert found.action == "Rättat"


def test_numbers_are_judged_on_all_rows_of_the_year() -> None:
    rows = [
        control(date(2025, 12, 31), sampled=100, deviating=100),
        control(date(2026, 1, 1), sampled=200, deviating=50),
        control(DAY, sampled=100, deviating=5),
        control(date(2026, 9, 1), sampled=100, deviating=100),
    ]
    one = only(*rows)
    assert (one.outcome, one.is_given, one.day) == (MAJOR, False, DAY)  # 55 of 300; the latest alone is 5 of 100
    assert only(*rows[2:]).outcome is MINOR


def test_numbers_of_all_the_units_are_judged_together() -> None:
    rows = [control(unit="Norr", sampled=10, deviating=1), control(unit="Söder", sampled=90, deviating=0)]
    assert only(*rows).outcome is MINOR  # the northern alone: large


def test_a_row_that_the_metric_does_not_count_is_not_judged_either() -> None:
    earlier = date(2026, 3, 1)
    assert only(control(earlier, sampled=100), control(sampled=10, deviating=1)).outcome is MAJOR
    without = only(control(earlier, sampled=100, outcome="ingen avvikelse"), control(sampled=10, deviating=1))
    assert without.outcome is MINOR  # "ingen avvikelse" without a number is none of a hundred


@pytest.mark.parametrize(("earlier", "few"), [(1, False), (0, True)])
def test_the_years_numbers_are_few_together(earlier: int, few: bool) -> None:
    one = only(control(date(2026, 3, 1), sampled=earlier, deviating=0), control(sampled=4, deviating=0))
    assert (one.is_of_few, one.findings[0].is_of_few) == (few, True)


def test_the_latest_rows_word_goes_before_the_years_numbers() -> None:
    earlier = control(date(2026, 3, 1), sampled=200, deviating=50)
    assert only(earlier, control(outcome="ingen avvikelse")).outcome is NONE


def test_one_units_word_does_not_hide_what_another_counted() -> None:
    said, counted = control(unit="Norr", outcome="ingen avvikelse"), control(unit="Söder", sampled=50, deviating=9)
    one = only(said, counted)
    assert (one.outcome, one.is_given) == (MAJOR, False)
    assert only(said, control(unit="Söder")).is_given


@pytest.mark.parametrize(("sampled", "few"), [(None, False), (0, False), (1, True), (4, True), (5, False)])
def test_what_was_written_of_few_is_marked_also_where_a_word_was_given(sampled: int | None, few: bool) -> None:
    one = only(control(unit="Norr", sampled=sampled, outcome="stor avvikelse", analysis="a", action="b"))
    assert one.findings == (Finding("Norr", "a", "b", few),)


def test_the_findings_are_each_units_latest() -> None:
    one = only(
        control(date(2026, 3, 1), unit="Norr", action="gammal"), control(unit="norr", action="ny"), control(action="x")
    )
    assert {(found.unit, found.action) for found in one.findings} == {("norr", "ny"), ("", "x")}
