"""Other municipalities' result files beside ours: dots, median and place, and nothing where either is hidden."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model.comparison import Comparisons, Delivery
from pipeline.publish import exchanged
from pipeline.publish.exchanged import Exchanged
from tests.unit.publish import comparison_fakes as fake
from tests.unit.publish import fakes
from tests.unit.publish.test_others import hiding, plain

METRIC = "investigation_within_120_days"


def told(*deliveries: Delivery, metric: str = METRIC) -> tuple[Exchanged, ...]:
    return exchanged.of_metric(fakes.metric(metric), fakes.report(comparisons=Comparisons(deliveries=deliveries)))


def test_each_has_a_dot_the_others_median_a_line_and_ours_a_place() -> None:
    (one,) = told(fake.delivery("Ekvik", 0.9), fake.delivery("Granstad", 0.5), fake.delivery("Lindnäs", 0.6))
    own = fakes.figures().get(fakes.metric(METRIC))
    assert own is not None
    assert 0.6 < (own.value or 0) < 0.9
    assert [row.name for row in one.rows] == ["Ekvik", "Exempelköping (vi)", "Lindnäs", "Granstad"]
    assert [row.strip.dot for row in one.rows if row.strip][::3] == [90.0, 50.0]
    assert one.reference == 60.0
    assert plain(one.median) == "60 %"
    sentence = "Medianen för de 3 andra kommunerna är 60 %. Exempelköping är på plats 2 av 4 kommuner, där 1 är bäst."
    assert plain(one.sentence) == sentence
    assert one.rank is None


def test_eight_municipalities_have_a_rank() -> None:
    (one,) = told(*(fake.delivery(name, 0.1 + at / 100) for at, name in enumerate("ABCDEFG")))
    assert one.rank is not None
    assert plain(f"{one.rank.word} {one.rank.of}") == "bland den fjärdedel som har bäst värden av 8 kommuner"


def test_what_another_has_hidden_is_marked_and_counts_in_nothing() -> None:
    (one,) = told(fake.delivery("Ekvik", 0.9), fake.delivery("Granstad", None))
    assert (one.rows[-1].name, one.rows[-1].outcome, one.rows[-1].strip) == ("Granstad", "··", None)
    assert one.reference == 90.0
    assert plain(one.sentence).startswith(
        "En annan kommun har lämnat ett värde, 90 %. Exempelköping är på plats 2 av 2 kommuner"
    )


def test_our_hidden_figure_has_no_dot_and_no_place() -> None:
    metric = fakes.metric(METRIC)
    known = Comparisons(deliveries=(fake.delivery("Ekvik", 0.9), fake.delivery("Granstad", 0.5)))
    found = fakes.report(comparisons=known)
    figure = found.figures.get(metric)
    assert figure is not None
    (one,) = exchanged.of_metric(metric, hiding(found, figure.key))
    ours = one.rows[-1]
    assert (ours.name, ours.outcome, ours.value, ours.strip) == ("Exempelköping (vi)", "··", None, None)
    assert one.place == ""
    assert "plats" not in one.sentence
    assert one.rank is None
    assert plain(one.median) == "70 %"


@pytest.mark.parametrize("other", [
    fake.delivery("Ekvik", 0.9, window="r12"),
    fake.delivery("Ekvik", 0.9, metric="plan_current"),
    fake.delivery("Ekvik", 0.9, statistic="mean"),
    fake.delivery("Ekvik", 0.9, breakdown="gender", category="kvinna"),
], ids=["window", "metric", "statistic", "category"])  # fmt: skip
def test_only_like_is_set_beside_like(other: Delivery) -> None:
    assert told(other) == ()


def test_counts_are_not_compared() -> None:
    other = fake.delivery("Ekvik", 120, metric="referrals", statistic="count")
    assert told(other, metric="referrals") == ()


def test_what_is_told_by_area_is_compared_by_area() -> None:
    other = fake.delivery("Ekvik", 80, "investigation_days", statistic="mean", breakdown="area", category="Äldreomsorg")
    (one,) = told(other, metric="investigation_days")
    assert one.heading == "Andra kommuner samma period: Äldreomsorg"
    assert one.rows[0].outcome.endswith("dagar")


def test_of_very_many_those_at_either_end_and_ours_are_shown() -> None:
    many = [fake.delivery(f"Kommun {at:02}", 0.5 + at / 100) for at in range(40)]
    (one,) = told(*many)
    assert len(one.rows) == 41
    assert len(one.shown) in (6, 7)
    assert any(row.is_own for row in one.shown)
    assert plain(one.note).endswith("Alla 41 kommuner finns i arbetsboken.")


def test_those_that_are_few_are_all_shown() -> None:
    (one,) = told(*(fake.delivery(f"Kommun {at}", 0.5 + at / 100) for at in range(6)))
    assert len(one.rows) == len(one.shown) == 7
    assert one.note == ""


def test_two_committees_of_one_municipality_are_not_two_municipalities() -> None:
    first = fake.delivery("Eslöv, Barnnämnden", 0.9)
    second = fake.delivery("Eslöv, Vårdnämnden", 0.5)
    second = replace(second, party=replace(second.party, code=first.party.code))
    more = [fake.delivery(name, 0.1 + at / 100) for at, name in enumerate("ABCDE")]
    (one,) = told(first, second, *more)
    assert plain(one.sentence).startswith("Medianen för de 7 andra nämnderna är")
    assert "av 8 nämnder, där 1 är bäst." in plain(one.sentence)
    assert one.rank is not None
    assert plain(one.rank.of) == "av 8 nämnder"
    assert "kommuner" not in plain(one.sentence)


def test_shared_places_say_so() -> None:
    own = fakes.figures().get(fakes.metric(METRIC))
    assert own is not None
    assert own.numerator is not None
    (one,) = told(fake.delivery("Ekvik", own.numerator / (own.denominator or 1)), fake.delivery("Granstad", 0.1))
    assert plain(one.place) == "1 (delad) av 3"


def test_the_same_share_is_the_same_place() -> None:
    """Their file has six decimals; ours is the same file's number, not the quotient behind it."""
    metric = fakes.metric(METRIC)
    found = fakes.report(comparisons=Comparisons(deliveries=(fake.delivery("Ekvik", 0.666667),)))
    figure = found.figures.get(metric)
    assert figure is not None
    two_thirds = replace(figure, numerator=2000, denominator=3000, value=0.666667)
    made = object.__new__(type(found.figures))
    grid = {**found.figures.figures, figure.key: two_thirds}
    made.__dict__.update({**found.figures.__dict__, "figures": grid})
    (one,) = exchanged.of_metric(metric, replace(found, figures=made))
    assert plain(one.place) == "1 (delad) av 2"
