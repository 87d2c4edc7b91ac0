import pytest

from pipeline.disclosure import PublicFigures, protect
from pipeline.metrics import catalogue
from pipeline.model import Metric
from pipeline.publish import frequencies
from tests.unit import builders

LED = builders.metric("preassessment_led_to_investigation")
SERVICE = builders.metric("investigation_with_service")
RETURNED = builders.metric("not_returned_within_12_months")
EXECUTED = builders.metric("decision_executed_within_3_months")


def public(**shares: tuple[int, int]) -> PublicFigures:
    figures = [builders.share(builders.key(metric), *share) for metric, share in shares.items()]
    metrics = {name: builders.metric(name) for name in (*shares, "anchor")}
    return protect(builders.figures(*figures), metrics, builders.config())


def told(metric: Metric, hits: int, rows: int) -> str:
    return frequencies.sentence(metric, public(**{metric.metric_id: (hits, rows)}))


def test_a_share_is_told_as_so_many_of_a_hundred() -> None:
    assert told(LED, 42, 100) == "Av 100 anmälningar om barn som bedömdes ledde 42 till en utredning."


def test_the_rest_is_told_of_those_who_came_back() -> None:
    sentence = "Av 100 barnutredningar som avslutades utan insats följdes {} av en ny anmälan eller ansökan inom tolv"
    assert told(RETURNED, 82, 100) == sentence.format("18") + " månader."
    assert told(RETURNED, 100, 100) == sentence.format("ingen") + " månader."


@pytest.mark.parametrize(("rows", "is_told"), [(19, False), (20, True)])
def test_only_where_enough_stand_behind(rows: int, is_told: bool) -> None:
    assert bool(told(LED, 10, rows)) is is_told


@pytest.mark.parametrize(
    ("hits", "rows", "number"),
    [
        (0, 200, "ingen"),
        (1, 1000, "färre än 1"),
        (1, 200, "1"),  # half rounds up
        (29, 200, "15"),
        (199, 200, "fler än 99"),
        (1988, 2000, "99"),
        (200, 200, "alla"),
    ],
)
def test_whole_numbers_that_never_read_as_none_or_all(hits: int, rows: int, number: str) -> None:
    assert told(LED, hits, rows) == f"Av 100 anmälningar om barn som bedömdes ledde {number} till en utredning."


def test_none_is_written_in_the_gender_of_its_noun() -> None:
    assert told(EXECUTED, 0, 40) == "Av 100 beslut om stöd verkställdes inget inom tre månader."


def test_a_metric_without_words_or_figure_has_no_sentence() -> None:
    assert told(builders.metric("referrals"), 50, 100) == ""
    assert frequencies.sentence(LED, public()) == ""


def test_the_chain_is_one_sentence() -> None:
    both = public(preassessment_led_to_investigation=(42, 100), investigation_with_service=(61, 100))
    metrics = {one.metric_id: one for one in (LED, SERVICE)}
    assert frequencies.combined(both, metrics) == (
        "Av 100 anmälningar om barn som bedömdes ledde 42 till en utredning, och av 100 utredningar som fullföljdes"
        " ledde 61 till en insats."
    )
    few = public(preassessment_led_to_investigation=(4, 10), investigation_with_service=(61, 100))
    assert frequencies.combined(few, metrics) == "Av 100 utredningar som fullföljdes ledde 61 till en insats."
    assert frequencies.combined(public(), metrics) == ""
    assert frequencies.combined(both, {}) == ""


def test_every_wording_is_of_a_share_in_the_catalogue() -> None:
    metrics = catalogue.read()
    assert all(metrics[name].judged.is_share and not metrics[name].headline_by for name in frequencies.TOLD)
