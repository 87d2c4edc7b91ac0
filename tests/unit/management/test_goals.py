from dataclasses import replace
from datetime import date

import pytest

from pipeline.config import Target
from pipeline.judging import judge
from pipeline.management import goals
from pipeline.model import Statistic, Status
from pipeline.model.goals import Goals, Reference
from tests.unit import builders
from tests.unit.management.goal_rows import METRICS, activity, goal, read, register


def rules(found: Goals) -> list[str]:
    return [warned.rule for warned in found.faults]


def only(found: Goals) -> Target:
    (target,) = goals.targets(found, METRICS)
    return target


# --- the tree -------------------------------------------------------------------------------------------------------


def test_the_tree_stands_in_natural_order() -> None:
    rows = [
        goal(direction="Trygghet", effect="Snabbt", delivery="1:10"),
        goal("days", 45, direction="Trygghet", effect="Snabbt", delivery="1:2"),
        goal(direction="Delaktighet", effect="Hörd", delivery="2:1"),
        goal(direction="Trygghet", delivery="1:1"),
        goal(delivery="Utan tak"),
    ]
    tree = read(goals=rows).tree
    outline = [(d.text, [(e.text, [g.text for g in e.deliveries]) for e in d.effects]) for d in tree]
    assert outline == [
        ("Delaktighet", [("Hörd", ["2:1"])]),
        ("Trygghet", [("Snabbt", ["1:2", "1:10"]), ("", ["1:1"])]),
        ("", [("", ["Utan tak"])]),
    ]


def test_no_goals_are_no_tree() -> None:
    found = read()
    assert (found.tree, found.pursued, found.faults) == ((), (), ())
    assert goals.targets(found, METRICS) == ()


def test_only_the_committees_own_goals_and_activities() -> None:
    rows = [
        goal(delivery="Våra", area="barn och unga"),
        goal(delivery="Deras", area="Äldreomsorg"),
        goal(delivery="Vår enhets", unit="Norr"),
        goal(delivery="Deras enhets", unit="Öst"),
        goal(delivery="Allas"),
        goal(delivery="Okänd enhets", unit="Finns inte"),
        goal(delivery="Deras uppdrags", unit="Äldre"),
    ]
    units = [register("Norr", "Barn och unga"), register("Öst", "Äldreomsorg", "Äldre")]
    acts = [
        activity("genomfört", goal="Våra"),
        activity("genomfört", goal="Deras"),
        activity("genomfört", goal="Allas", text="Hos dem", unit="öst"),
        activity("genomfört", goal="Allas", text="Hos dem med", unit="äldre"),
        activity("genomfört", goal="Allas", text="Hos oss", unit="norr"),
        activity("genomfört", goal="Utan mått"),
    ]
    found = read(areas=("Barn och unga",), goals=rows, units=units, activities=acts)
    (direction,) = found.tree
    names = [delivery.text for delivery in direction.effects[0].deliveries]
    assert names == ["Allas", "Okänd enhets", "Vår enhets", "Våra"]
    pursued = [(one.goal, one.activities[0].text) for one in found.pursued]
    assert pursued == [("Allas", "Hos oss"), ("Utan mått", "Utbilda alla"), ("Våra", "Utbilda alla")]
    everything = read(goals=rows, units=units, activities=acts)
    assert len(list(everything.aims())) == 7
    assert len(everything.pursued) == 4


# --- targets --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metric", "word", "statistic"),
    [
        ("plan_current", "andel", "share"),
        ("plan_current", None, "share"),
        ("days", "medel", "mean"),
        ("days", "median", "median"),
        ("days", None, "mean"),
        ("referrals", "antal", "count"),
        ("rater_agreement", None, "alpha"),
        ("rater_agreement", "andel", "agreement"),
    ],
)
def test_the_words_of_the_extract_are_statistics(metric: str, word: str | None, statistic: str) -> None:
    better = "lägre" if metric in ("days", "referrals") else "högre"
    found = read(goals=[goal(metric, 1, statistic=word, better=better)])
    assert found.faults == ()
    assert only(found).statistic == statistic


def test_a_target_carries_what_it_is_for_and_how_long_it_holds() -> None:
    rows = [goal(area="Barn och unga", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))]
    assert only(read(goals=rows)) == Target(
        metric="plan_current",
        statistic="share",
        value=90,
        area="Barn och unga",
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
    )


def test_a_unit_stands_in_its_area_already() -> None:
    target = only(read(goals=[goal(area="Barn och unga", unit="Norr")]))
    assert (target.unit, target.area) == ("Norr", "")


def test_a_direction_is_given_only_where_the_metric_has_none() -> None:
    assert only(read(goals=[goal(better="högre")])).better == ""
    assert only(read(goals=[goal("referrals", 100, better="lägre")])).better == "lower"


@pytest.mark.parametrize(
    ("row", "statistic"),
    [({"numerator": 3, "denominator": 4}, "share"), ({"value": 12}, "value"), ({"numerator": 3, "value": 1}, "value")],
)
def test_a_measure_is_a_share_or_a_value_as_it_was_delivered(row: dict[str, float], statistic: str) -> None:
    measured = [{"measure": "Nöjdhet", "unit": "Norr", "date": date(2026, 8, 1), **row}]
    target = only(read(goals=[goal("nöjdhet", 80, better="högre")], measurements=measured))
    assert (target.metric, target.category, target.statistic) == ("measure", "Nöjdhet", statistic)
    assert target.better == "higher"


# --- faults ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "rule", "says"),
    [
        (goal("plan_curent"), "goal_metric_unknown", "Menade du ”plan_current”?"),
        (goal("plan_current; days"), "goal_metric_unknown", "nämner flera mått"),
        (goal(statistic="median"), "goal_statistic_unsuitable", "redovisas inte som median"),
        (goal(target=100.5), "goal_target_outside", "är 100,5, men en andel anges i procent"),
        (goal("days", -1), "goal_target_outside", "kan inte vara under 0"),
        (goal(better="lägre"), "goal_direction_contrary", "för måttet är högre värden bättre"),
        (goal("referrals", 10), "goal_direction_missing", "saknar riktning"),
        (
            goal(valid_from=date(2026, 5, 1), valid_to=date(2026, 4, 30)),
            "goal_validity_reversed",
            "slutar gälla 2026-04-30, före dagen då det börjar gälla, 2026-05-01",
        ),
    ],
)
def test_a_faulty_goal_is_told_of_and_not_judged(row: dict[str, object], rule: str, says: str) -> None:
    found = read(goals=[row])
    assert rules(found) == [rule]
    assert says in found.faults[0].text
    assert found.faults[0].text.endswith((".", "?"))
    assert goals.targets(found, METRICS) == ()
    (aim,) = found.aims()
    assert aim.fault


@pytest.mark.parametrize("target", [0, 100])
def test_a_share_may_be_all_or_none(target: float) -> None:
    assert only(read(goals=[goal(target=target)])).value == target


def test_a_mean_may_be_above_a_hundred() -> None:
    assert only(read(goals=[goal("days", 110)])).value == 110


def test_a_day_of_validity_is_enough() -> None:
    assert only(read(goals=[goal(valid_from=date(2026, 5, 1), valid_to=date(2026, 5, 1))])).value == 90


@pytest.mark.parametrize(("ends", "faults"), [(date(2026, 4, 30), 0), (date(2026, 5, 1), 1)])
def test_two_targets_of_one_figure_overlap_from_their_first_common_day(ends: date, faults: int) -> None:
    found = read(goals=[goal(target=80, valid_to=ends), goal(target=90, valid_from=date(2026, 5, 1))])
    assert rules(found) == ["goal_targets_overlap"] * faults


@pytest.mark.parametrize(
    "other",
    [goal(target=95, unit="Norr"), goal(target=95, area="Äldreomsorg"), goal("within_120", 95), goal(target=90)],
)
def test_other_figures_and_equal_targets_do_not_overlap(other: dict[str, object]) -> None:
    assert read(goals=[goal(target=90), {**other, "delivery": "Ett annat"}]).faults == ()


@pytest.mark.parametrize(
    ("metric", "first", "second", "used"),
    [
        ("plan_current", (80, date(2025, 1, 1)), (70, date(2026, 1, 1)), 70),
        ("plan_current", (70, date(2026, 1, 1)), (80, None), 70),
        ("plan_current", (80, None), (90, None), 90),
        ("days", (80, None), (90, None), 80),
    ],
)
def test_of_two_at_once_the_latest_holds_and_then_the_harder(
    metric: str, first: tuple[float, date | None], second: tuple[float, date | None], used: float
) -> None:
    rows = [goal(metric, value, valid_from=since, delivery=str(value)) for value, since in (first, second)]
    found = read(goals=rows)
    assert rules(found) == ["goal_targets_overlap"]
    assert goals.targets(found, METRICS)[0].value == used
    statistic = METRICS[metric].judged
    figure = builders.mean(builders.key(metric, statistic=statistic), 50, 10)
    if statistic is Statistic.SHARE:
        figure = builders.share(builders.key(metric), 5, 10)
    metrics = {"share": builders.metric(), "anchor": builders.metric("anchor"), **METRICS}
    judged = judge(builders.figures(figure), metrics, builders.config(), goals.targets(found, METRICS))
    target = judged.figures[figure.key].target
    assert target == pytest.approx(used / 100 if statistic is Statistic.SHARE else used)


def test_the_goal_tree_goes_before_the_configuration() -> None:
    figure = builders.share(builders.key("plan_current"), 85, 100)
    config = builders.config(targets=(Target(metric="plan_current", value=80),))
    metrics = {"anchor": builders.metric("anchor"), **METRICS}
    found = read(goals=[goal(target=90)])
    before = judge(builders.figures(figure), metrics, config).figures[figure.key]
    after = judge(builders.figures(figure), metrics, config, goals.targets(found, METRICS)).figures[figure.key]
    assert (before.status, after.status) == (Status.MET, Status.NEAR)
    assert after.target == 0.9


def test_the_same_fault_is_said_once() -> None:
    found = read(goals=[goal("planer", delivery="1"), goal("planer", 95, delivery="2", unit="Norr")])
    (warned,) = found.faults
    assert (warned.count, warned.examples) == (2, ("1", "2"))


def test_no_personnummer_reaches_the_report() -> None:
    found = read(goals=[goal("mått 19990101-1234", delivery="Plan för 990101-1234")])
    assert "990101" not in repr(found)


# --- activities of a goal -------------------------------------------------------------------------------------------


def test_an_activitys_figures_are_in_the_areas_of_its_goal() -> None:
    acts = [activity("genomfört", goal="Klart", metrics="days, plan_current")]
    rows = [goal("days", 110, delivery="Klart", area="Barn och unga")]
    (pursued,) = read(goals=rows, activities=acts).pursued
    assert pursued.activities[0].references == (Reference("days", "Barn och unga"), Reference("plan_current"))
    everywhere = [*rows, goal("days", 90, delivery="Klart")]
    (pursued,) = read(goals=everywhere, activities=acts).pursued
    assert pursued.activities[0].references == (Reference("days"), Reference("plan_current"))


def test_an_ended_aim_has_ended_the_day_after_its_last() -> None:
    (aim,) = read(goals=[goal(valid_from=date(2026, 1, 1), valid_to=date(2026, 8, 31))]).aims()
    assert not aim.has_ended(date(2026, 8, 31))
    assert aim.has_ended(date(2026, 9, 1))
    assert not aim.starts_after(date(2026, 1, 1))
    assert aim.starts_after(date(2025, 12, 31))
    assert not replace(aim, valid_to=None).has_ended(date(2100, 1, 1))
