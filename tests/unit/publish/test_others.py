"""A figure of ours beside a national indicator: what is told, what differs, and what a hidden figure leaves out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from pipeline.model import Key
from pipeline.model.comparison import Comparisons, Kind, Mean, Missing, Observation, Party
from pipeline.publish import charts, comparison_section, others
from pipeline.publish.observed import means_differ
from pipeline.publish.others import Beside
from pipeline.publish.report import Report
from tests.unit.publish import comparison_fakes as fake
from tests.unit.publish import fakes


def report(known: Comparisons) -> Report:
    return fakes.report(comparisons=known)


def told(known: Comparisons, metric: str = "plan_current") -> tuple[Beside, ...]:
    return others.of_metric(fakes.metric(metric), report(known))


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def hiding(found: Report, *keys: Key) -> Report:
    """The report with figures hidden, as `disclosure` leaves them."""
    grid = {
        key: replace(figure, numerator=None, denominator=None, value=None, suppressed=True) if key in keys else figure
        for key, figure in found.figures.figures.items()
    }
    made = object.__new__(type(found.figures))
    made.__dict__.update({**found.figures.__dict__, "figures": grid})
    made.__dict__.pop("_keys", None)
    return replace(found, figures=made)


def test_the_latest_year_is_told_with_rank_source_and_every_difference() -> None:
    (one,) = told(fake.known([fake.indicator()], [fake.pair()]))
    assert one.heading == "Jämfört med andra: Aktuell plan, andel (%) (U99001)"
    sentence = "År 2025 hade Exempelköping 81,3 %, liknande kommuner, IFO 68 %, Exempellän 70 % och riket 71 %."
    assert plain(one.sentence) == sentence
    assert one.rank is not None
    assert (one.rank.word, one.rank.of) == (
        "bland den fjärdedel som har bäst värden",
        "av 8 kommuner, den egna och de liknande",
    )
    assert plain(one.source) == (
        "Källa: Kolada, 2023–2025. Hämtat 5 september 2026. Rangen är egen bearbetning av data från Kolada."
    )
    first, period, means = map(plain, one.differences)
    assert first == fake.DIFFERENCE
    assert period == "Vår siffra gäller 31 augusti 2026, de andras år 2025."
    assert means.startswith("Värdet för riket är ett vägt medelvärde")
    assert "liknande kommuner, IFO och Exempellän är det ovägt" in means


def test_our_own_figure_stands_first_with_its_base_and_the_others_say_how_they_are_made() -> None:
    (one,) = told(fake.known([fake.indicator()], [fake.pair()]))
    figure = fakes.figures().get(fakes.metric("plan_current"))
    assert figure is not None
    assert [row.name for row in one.rows] == [
        "Vår siffra", "Exempelköping", "Liknande kommuner, IFO", "Exempellän", "Riket",
    ]  # fmt: skip
    assert [row.is_own for row in one.rows] == [True, False, False, False, False]
    assert plain(one.rows[0].values[0]) == f"{round((figure.value or 0) * 100)} %"
    assert plain(one.rows[0].made) == f"{figure.numerator:g} av {figure.denominator:g}"
    assert [plain(row.made) for row in one.rows[1:]] == [
        "–", "ovägt medelvärde av 7 kommuner", "ovägt medelvärde", "vägt medelvärde",
    ]  # fmt: skip


@pytest.mark.parametrize(("means", "told"), [
    ((Mean.WEIGHTED, Mean.UNWEIGHTED), "Värdet för a är ett vägt medelvärde, där stora kommuner väger mer. För b"),
    ((Mean.UNKNOWN, Mean.UNWEIGHTED), "Källan säger inte hur medelvärdet för a är vägt. För b är det ovägt"),
    ((Mean.UNWEIGHTED, Mean.UNWEIGHTED), ""),
    ((Mean.WEIGHTED, Mean.UNKNOWN), ""),
    ((Mean.NONE, Mean.UNWEIGHTED), ""),
])  # fmt: skip
def test_means_made_in_different_ways_say_so(means: tuple[Mean, ...], told: str) -> None:
    parties = [Party(Kind.NATION, name, name, mean) for name, mean in zip("ab", means, strict=True)]
    said = means_differ(parties)
    assert said.startswith(told)
    assert bool(said) is bool(told)


def test_women_and_men_are_told_where_the_source_tells_them_apart() -> None:
    (one,) = told(fake.known([fake.indicator(observations=fake.observations(genders=True))], [fake.pair()]))
    assert one.columns == ("Alla", "Kvinnor", "Män")
    assert [plain(text) for text in one.rows[-1].values] == ["71 %", "73 %", "69 %"]
    assert [plain(text) for text in one.rows[1].values] == ["81,3 %", "uppgift saknas", "uppgift saknas"]


@pytest.mark.parametrize("missing", [Missing.SECRET, Missing.NOT_ANSWERED, Missing.REMOVED])
def test_a_missing_value_says_why_and_is_no_point(missing: Missing) -> None:
    gap = [one for one in fake.observations() if (one.party.kind, one.year) != (Kind.NATION, 2025)]
    found = fake.indicator(observations=(*gap, Observation(fake.NATION, 2025, "T", None, missing)))
    (one,) = told(fake.known([found], [fake.pair()]))
    assert one.rows[-1].values == (missing.value,)
    assert "riket" not in one.sentence
    assert one.years is not None
    nation = one.years.chart["data"][3]
    assert nation["y"] == [0.69, 0.7, None]
    assert nation["text"][2] == ""


def test_the_chart_has_every_line_our_own_mark_and_the_same_numbers_as_a_table() -> None:
    (one,) = told(fake.known([fake.indicator()], [fake.pair()]))
    assert one.years is not None
    figure = fakes.figures().get(fakes.metric("plan_current"))
    assert figure is not None
    own, similar, county, nation, ours = one.years.chart["data"]
    assert own["x"] == [2023, 2024, 2025]
    assert own["y"] == [0.7, 0.755, 0.8125]
    assert len({(line["line"]["dash"], line["marker"]["symbol"]) for line in (own, similar, county, nation)}) == 4
    assert ours["x"] == [2026]
    assert ours["y"] == [pytest.approx(figure.value, abs=1e-4)]
    assert one.years.years == ("2023", "2024", "2025", "2026")
    name, is_own, values = one.years.rows[0]
    assert (name, is_own, plain(values[-1])) == ("Vår siffra", True, f"{round((figure.value or 0) * 100)} %")
    assert [plain(text) for text in one.years.rows[1][2]] == ["70 %", "75,5 %", "81,3 %", "–"]
    assert one.years.chart["layout"]["yaxis"]["range"][0] == 0


def test_the_names_beside_the_lines_never_lie_on_each_other() -> None:
    (one,) = told(fake.known([fake.indicator()], [fake.pair()]))
    assert one.years is not None
    layout = one.years.chart["layout"]
    pixels = 234 / (layout["yaxis"]["range"][1] - layout["yaxis"]["range"][0])
    places = sorted(note["y"] * pixels + note["yshift"] for note in layout["annotations"])
    assert len(places) == 4
    assert all(above - below >= 16.5 for below, above in pairwise(places))


def test_one_year_alone_is_no_chart() -> None:
    only = tuple(one for one in fake.observations() if one.year == 2025)
    (one,) = told(fake.known([fake.indicator(observations=only)], [fake.pair()]))
    assert one.years is None
    assert len(one.rows) == 5


def test_a_hidden_figure_is_marked_and_stands_in_no_chart_or_text() -> None:
    metric = fakes.metric("plan_current")
    found = report(fake.known([fake.indicator()], [fake.pair()]))
    figure = found.figures.get(metric)
    assert figure is not None
    (one,) = others.of_metric(metric, hiding(found, figure.key))
    assert one.rows[0].values == ("··",)
    assert one.rows[0].made == "··"
    assert one.years is not None
    assert len(one.years.chart["data"]) == 4
    assert one.years.rows[0] == ("Vår siffra", True, ("–", "–", "–", "··"))
    assert "figure" not in [kind for kind, _ in one.years.keys]
    assert "vår siffra" not in one.years.description.casefold()


def test_what_is_told_by_area_has_no_total_beside_an_indicator() -> None:
    found = fake.indicator(fake.WAIT, "Väntetid, medelvärde (dagar)", unit="dagar", better="lower")
    (whole,) = told(fake.known([found], [fake.pair("investigation_days", fake.WAIT)]), "investigation_days")
    assert whole.rows[0].values == ("–",)
    of_area = fake.pair("investigation_days", fake.WAIT, breakdown="area", category="Barn och unga")
    (one,) = told(fake.known([found], [of_area]), "investigation_days")
    assert one.rows[0].name == "Vår siffra: Barn och unga"
    assert one.rows[0].values[0].endswith("dagar")
    assert plain(one.rows[1].values[0]) == "81,3 dagar"
    assert one.rank is not None
    assert one.rank.word.endswith("sämst värden")


def test_a_share_is_not_drawn_on_an_axis_of_days() -> None:
    found = fake.indicator(unit="dagar")
    (one,) = told(fake.known([found], [fake.pair()]))
    assert one.years is not None
    assert len(one.years.chart["data"]) == 4


def test_a_refused_pair_stands_nowhere_but_in_the_method() -> None:
    known = fake.known([fake.indicator()], [fake.pair(refused=fake.REFUSAL)])
    metric = fakes.metric("plan_current")
    assert comparison_section.of_metric(metric, report(known)) is None
    (text,) = comparison_section.refused(metric, known)
    assert text == f"U99001 Aktuell plan, andel (%) (Kolada). {fake.REFUSAL}"


@pytest.mark.parametrize("known", [
    Comparisons(),
    fake.known([], [fake.pair()]),
    fake.known([fake.indicator(observations=())], [fake.pair()]),
    fake.known([fake.indicator()], [fake.pair("referrals")]),
], ids=["nothing", "never fetched", "without values", "another metric's"])  # fmt: skip
def test_nothing_to_compare_with_is_left_out(known: Comparisons) -> None:
    assert told(known) == ()
    assert comparison_section.of_metric(fakes.metric("plan_current"), report(known)) is None


def test_a_discontinued_indicator_says_so_with_its_last_year() -> None:
    (one,) = told(
        fake.known([fake.indicator(discontinued=True, last_year=2025, note="Sista insamlingen.")], [fake.pair()])
    )
    assert one.notes == ("Nyckeltalet är nedlagt. Det sista året är 2025.", "Sista insamlingen.")


def test_the_axis_of_the_other_charts_is_of_days_still() -> None:
    assert charts.layout(fakes.metric("plan_current").judged, [0.5], 12)["xaxis"]["type"] == "date"
