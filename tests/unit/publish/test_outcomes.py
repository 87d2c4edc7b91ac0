from dataclasses import replace

from pipeline.disclosure import PublicFigures, protect
from pipeline.model import Figure, Statistic
from pipeline.model.goals import Goals, Reference
from pipeline.model.references import Place, figure_of
from pipeline.publish import outcomes
from pipeline.publish.forms import DASH, HIDDEN
from pipeline.publish.words import Mark
from tests.unit import builders
from tests.unit.publish import fakes, goal_fakes

REPORT = goal_fakes.report(Goals())
MEASURE = builders.metric(
    "measure", title="Egna mått", statistics=(Statistic.SHARE, Statistic.VALUE), headline_by="measure"
)


def of_measure(*items: Figure) -> PublicFigures:
    metrics = {"measure": MEASURE, "anchor": builders.metric("anchor")}
    return protect(builders.figures(*items), metrics, builders.config())


def test_the_outcome_of_a_metric_is_what_its_section_tells() -> None:
    found = outcomes.outcome(Reference("plan_current"), REPORT)
    assert (found.title, found.anchor) == ("Aktuella genomförandeplaner", "plan_current")
    assert found.period == "31\N{NO-BREAK SPACE}augusti 2026"
    assert found.outcome.endswith("%")
    assert found.target == "minst 75\N{NO-BREAK SPACE}%"
    assert found.verdict.mark in (Mark.MET, Mark.NEAR, Mark.NOT_MET)
    assert found.change != DASH


def test_a_metric_without_data_says_so() -> None:
    found = outcomes.outcome(Reference("plan_in_force"), REPORT)
    assert (found.outcome, found.base, found.verdict.word) == (DASH, DASH, "uppgift saknas")


def test_a_metric_that_the_report_lacks_is_no_fault() -> None:
    found = outcomes.outcome(Reference("measure", "Nöjdhet"), REPORT)
    assert (found.title, found.anchor, found.verdict.word) == ("Nöjdhet", "", "uppgift saknas")


def test_a_total_that_would_mislead_is_never_told() -> None:
    found = outcomes.outcome(Reference("investigation_days"), REPORT)
    assert (found.outcome, found.verdict.word) == (DASH, outcomes.DIVIDED)
    each = outcomes.outcomes(Reference("investigation_days"), REPORT)
    assert [one.title for one in each] == [
        "Utredningstid: Barn och unga",
        "Utredningstid: Funktionshinder",
        "Utredningstid: Äldreomsorg",
    ]


def test_a_category_is_found_whatever_its_case() -> None:
    found = outcomes.outcome(Reference("investigation_days", "barn OCH unga"), REPORT)
    assert found.outcome.endswith("dagar")
    assert found.base.endswith("\N{NO-BREAK SPACE}st")


def test_what_is_hidden_in_its_section_is_hidden_here() -> None:
    place = Place(unit=fakes.SMALL_UNIT.upper())
    internal = figure_of(Reference("investigation_within_120_days"), fakes.metric(), fakes.internal_figures(), place)
    assert internal is not None
    assert internal.denominator in range(1, 5)
    found = outcomes.outcome(Reference("investigation_within_120_days"), REPORT, place)
    assert (found.outcome, found.base, found.verdict.word) == (HIDDEN, HIDDEN, HIDDEN)


def test_a_unit_and_an_area_have_outcomes_of_their_own() -> None:
    metric, reference = fakes.metric("plan_current"), Reference("plan_current")
    unit = figure_of(reference, metric, REPORT.figures, Place(unit="hemtjänsten öst"))
    area = figure_of(reference, metric, REPORT.figures, Place(area="äldreomsorg"))
    assert unit is not None
    assert unit.key.org == "Hemtjänsten Öst"
    assert area is not None
    assert (area.key.breakdown, area.key.category) == ("area", "Äldreomsorg")
    assert figure_of(reference, metric, REPORT.figures, Place(unit="Finns inte")) is None


def test_a_place_that_has_no_figure_has_nothing_to_measure() -> None:
    found = outcomes.outcome(Reference("plan_current"), REPORT, Place(unit="Finns inte"))
    assert (found.outcome, found.verdict.word) == (DASH, "inget att mäta")


def test_a_measure_stands_by_its_own_name_and_its_delivered_value() -> None:
    key = builders.key("measure", category="Svarstid", breakdown="measure")
    empty = builders.share(key, 0, 0)
    value = Figure(replace(key, statistic=Statistic.VALUE), empty.as_of, denominator=1, value=12.5)
    figures = of_measure(empty, value)
    reference = Reference("measure", "svarstid")
    assert outcomes.title(reference, MEASURE) == "svarstid"
    assert figure_of(reference, MEASURE, figures).key.statistic == Statistic.VALUE
    assert figure_of(reference, MEASURE, figures, Place(Statistic.SHARE)).key.statistic == Statistic.SHARE
