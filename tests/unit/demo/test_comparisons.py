"""What the invented municipality is compared with: everything that a report can show, and nothing real."""

from __future__ import annotations

import pytest

from pipeline.demo.comparisons import comparisons
from pipeline.metrics import catalogue
from pipeline.model import Statistic
from pipeline.model.comparison import Kind, Missing, Source
from pipeline.periods import Period


def test_is_the_same_every_time_and_follows_the_period() -> None:
    first, again = (comparisons("9999", "Exempelköping", Period.parse("2026T2")) for _ in range(2))
    assert first == again
    later = comparisons("9999", "Exempelköping", Period.parse("2027T2"))
    year = max(one.year for found in later.indicators.values() for one in found.observations)
    assert year == 2026


@pytest.mark.parametrize("period", ["2026T2", "2026", "2026Q3", "2026H1"])
def test_every_figure_is_of_a_metric_that_there_is(period: str) -> None:
    found, metrics = comparisons("9999", "Exempelköping", Period.parse(period)), catalogue.read()
    assert set(found.pairs) <= set(metrics)
    for delivery in found.deliveries:
        assert delivery.period == period
        for key in delivery.figures:
            metric = metrics[key.metric]
            assert Statistic(key.statistic) is metric.judged
            assert key.breakdown == metric.headline_by


def test_shows_everything_that_a_comparison_can_be() -> None:
    found = comparisons("9999", "Exempelköping", Period.parse("2026T2"))
    pairs = [pair for several in found.pairs.values() for pair in several]
    assert {pair.source for pair in pairs} == {Source.KOLADA, Source.OPPNA_JAMFORELSER}
    assert any(pair.refused for pair in pairs)
    assert any(one.discontinued and one.last_year for one in found.indicators.values())
    assert all(pair.differences or pair.refused for pair in pairs)
    hidden = [known for one in found.deliveries for known in one.figures.values() if known[1] is Missing.HIDDEN]
    assert hidden
    assert all(value is None for value, _ in hidden)
    assert len(found.national) == 2


def test_nothing_real_is_in_it() -> None:
    found = comparisons("9999", "Exempelköping", Period.parse("2026T2"))
    for indicator in found.indicators.values():
        assert "påhittad" in indicator.title.casefold() or "påhittat" in indicator.title.casefold()
        assert indicator.indicator_id.startswith(("X", "Påhittad"))
        parties = {one.party for one in indicator.observations}
        assert all(one.code.startswith("X") for one in parties if one.kind is not Kind.OWN)
        many = [one.name.casefold() for one in parties if one.kind not in (Kind.OWN, Kind.MUNICIPALITY)]
        assert all("påhitta" in name for name in many)


def test_shares_stay_shares() -> None:
    found = comparisons("9999", "Exempelköping", Period.parse("2026T2"))
    for indicator in found.indicators.values():
        values = [one.value for one in indicator.observations if one.value is not None]
        assert min(values) >= 0
        assert indicator.unit != "%" or max(values) <= 100
    for delivery in found.deliveries:
        for key, (value, _) in delivery.figures.items():
            assert value is None or key.statistic != "share" or 0 <= value <= 1
