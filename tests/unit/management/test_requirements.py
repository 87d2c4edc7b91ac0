from datetime import date

import pytest

from pipeline.model.goals import Reference
from pipeline.model.management import Gap, Requirement
from pipeline.model.references import EVERYWHERE, Place
from tests.unit.management.system_rows import DAY, Row, read, register, requirement


def only(**more: object) -> Requirement:
    (one,) = read(requirements=[requirement(**more)]).requirements
    return one


def test_a_whole_one_has_no_gap() -> None:
    one = only()
    assert one.gaps(DAY) == ()
    assert one.references == (Reference("plan_current"),)


@pytest.mark.parametrize(
    ("column", "gap"),
    [
        ("method", Gap.NO_METHOD),
        ("responsible", Gap.NO_RESPONSIBLE),
        ("metrics", Gap.NO_METRIC),
        ("routine", Gap.NO_ROUTINE),
    ],
)
def test_what_is_missing_is_a_gap(column: str, gap: Gap) -> None:
    assert only(**{column: None}).gaps(DAY) == (gap,)


@pytest.mark.parametrize(
    ("planned", "revised", "late"),
    [
        (date(2026, 8, 31), None, False),  # the day itself
        (date(2026, 8, 30), None, True),
        (date(2026, 8, 30), date(2026, 8, 29), True),
        (date(2026, 8, 30), date(2026, 8, 30), False),  # looked over on its day
        (date(2026, 8, 30), date(2026, 9, 1), True),  # has not happened yet
        (None, date(2020, 1, 1), False),
    ],
)
def test_a_routine_past_its_day_is_late(planned: date | None, revised: date | None, late: bool) -> None:
    gaps = only(next_revision=planned, revised=revised).gaps(DAY)
    assert (Gap.LATE_REVISION in gaps) is late


@pytest.mark.parametrize("revised", [None, date(2026, 1, 1)])
def test_a_routine_that_nobody_has_planned_to_look_over_is_a_gap(revised: date | None) -> None:
    assert only(next_revision=None, revised=revised).gaps(DAY) == (Gap.NO_REVISION,)
    assert only(next_revision=None, revised=revised, routine=None).gaps(DAY) == (Gap.NO_ROUTINE,)


def test_without_a_routine_nothing_is_late() -> None:
    assert only(routine=None, next_revision=date(2020, 1, 1)).gaps(DAY) == (Gap.NO_ROUTINE,)


def test_an_unknown_metric_is_a_gap_and_is_told() -> None:
    found = read(requirements=[requirement(metrics="plan_currant")])
    (one,) = found.requirements
    assert (one.gaps(DAY), one.unknown) == ((Gap.NO_METRIC,), ("plan_currant",))
    (warned,) = found.faults
    assert "plan_currant" in warned.text
    assert "plan_current" in warned.text  # what may have been meant


def test_they_stand_by_regulation_in_swedish_order() -> None:
    rows = [requirement(text, regulation=act) for act, text in (("Öppna lagen", "a"), ("Alagen", "ö"), ("Alagen", "b"))]
    found = read(requirements=rows).requirements
    assert [(one.regulation, one.requirement) for one in found] == [
        ("Alagen", "b"), ("Alagen", "ö"), ("Öppna lagen", "a")
    ]  # fmt: skip


def test_the_committees_own_are_those_of_its_units_and_areas_and_of_all_areas() -> None:
    rows: list[Row] = [
        requirement("unit", unit="Norr"),
        requirement("other unit", unit="Öst"),
        requirement("area", area="BARN OCH UNGA"),
        requirement("other area", area="Äldreomsorg"),
        requirement("all", area="Alla områden"),
        requirement("none"),
        requirement("other programme", unit="Äldre"),
    ]
    units = [register("Norr", "Barn och unga"), register("Öst", "Äldreomsorg", "Äldre")]
    found = read(areas=("Barn och unga",), units=units, requirements=rows).requirements
    assert {one.requirement for one in found} == {"unit", "area", "all", "none"}


@pytest.mark.parametrize(
    ("area", "unit", "place"),
    [
        ("", "", EVERYWHERE),
        ("barn och unga", "", Place(area="barn och unga")),
        ("Alla områden", "", EVERYWHERE),
        ("Barn och unga", "norr", Place(unit="norr")),  # a unit is the narrower
        ("", "Familjestöd", Place(programme="Familjestöd")),
        ("Barn och unga", "Alla enheter", Place(area="Barn och unga")),
    ],
)
def test_its_figures_are_those_of_whom_it_is_for(area: str, unit: str, place: Place) -> None:
    units = [register("Norr", "Barn och unga", "Familjestöd")]
    (one,) = read(units=units, requirements=[requirement(area=area or None, unit=unit or None)]).requirements
    assert one.place == place
