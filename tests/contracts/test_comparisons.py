"""`sql/comparisons.toml` and the metrics' headers name the same pairs, of figures that the metrics have."""

from __future__ import annotations

import pytest

from pipeline.comparison import pairs
from pipeline.metrics import catalogue
from pipeline.model.comparison import Pair, Source

METRICS = catalogue.read()
PAIRS = pairs.load().pairs
# Discontinued for years to come; the report tells of them with their last year.
ENDED = {
    "U33401", "U33402", "U35400", "U35401", "U31402", "U31403", "U31463", "U31462", "U28414", "U28417", "U28418",
    "U28419",
}  # fmt: skip


@pytest.mark.parametrize("name", METRICS)
def test_a_metrics_header_names_the_indicators_of_its_pairs(name: str):
    paired = [one.indicator_id for one in PAIRS if one.metric == name and one.source == Source.KOLADA]
    assert sorted(METRICS[name].kpis) == sorted(paired)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.metric}-{pair.indicator_id}")
def test_a_pair_is_of_a_figure_that_the_metric_has(pair: Pair):
    metric = METRICS[pair.metric]
    assert pair.statistic in metric.statistics
    assert pair.breakdown in ("", *metric.breakdowns)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.metric}-{pair.indicator_id}")
def test_a_pair_says_what_differs_or_why_it_must_not_be_compared_in_whole_sentences(pair: Pair):
    said = (*pair.differences, *([pair.refused] if pair.refused else []))
    assert said
    assert [sentence for sentence in said if not sentence.endswith(".") or not sentence[:1].isupper()] == []
    # What differs in when it was measured goes before all else.
    assert pair.refused or any("mäter" in one or "mäts" in one or "enkät" in one for one in pair.differences)


def test_a_metric_and_its_indicator_agree_on_what_is_better():
    wanted = {(one.source, one.indicator_id): one for one in pairs.load().wanted}
    disagreeing = [
        pair
        for pair in PAIRS
        if not pair.refused and wanted[pair.source, pair.indicator_id].better != METRICS[pair.metric].better
    ]
    assert disagreeing == []


def test_every_indicator_of_time_that_has_ended_is_known():
    assert {one.indicator_id for one in pairs.load().of(Source.KOLADA)} >= ENDED


def test_a_share_is_never_set_beside_a_number_of_days():
    in_days = {"U33401", "U33402", "U35400", "U35401", "U31402", "U31403", "U28414", "U28417", "U28418", "U28419"}
    beside = [one for one in PAIRS if one.indicator_id in in_days and one.statistic == "share"]
    assert beside
    assert all(one.refused for one in beside)
