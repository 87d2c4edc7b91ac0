"""The section and the sheet *Jämförelser*, and where others' figures stand on the page."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.lastcheck import book
from pipeline.model.comparison import Comparisons, Mean, Party, Source
from pipeline.publish import committee_html, committee_workbook, comparison_section, comparison_sheet, others
from pipeline.publish.report import Report
from tests.unit.publish import comparison_fakes as fake
from tests.unit.publish import fakes
from tests.unit.publish.test_others import plain


@pytest.fixture(scope="module")
def report() -> Report:
    return fakes.report(comparisons=fake.comparisons())


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    return plain(committee_html.page(report))


@pytest.fixture(scope="module")
def tables(report: Report, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    file = tmp_path_factory.mktemp("book") / "rapport.xlsx"
    committee_workbook.write(file, report)
    return {table.name: [[plain(cell) for cell in row] for row in table.rows] for table in book.read(file).tables}


def test_national_indicators_discontinued_ones_links_groups_and_credits(report: Report) -> None:
    part = comparison_section.section(report)
    assert part is not None
    ((heading, (row,)),) = part.national
    assert (heading, row.title, row.year, row.source) == (
        "Rutiner", "Rutiner finns, andel (%)", "2025", "Öppna jämförelser",
    )  # fmt: skip
    assert [plain(text) for text in row.values] == ["81,3 %", "68 %", "71 %"]
    assert row.rank is not None
    assert row.course is not None
    assert part.means.startswith("Värdet för riket är ett vägt medelvärde")
    assert part.ended == (("Utredningstid, medelvärde (dagar) (U99003)", "2021", "Utredningstid"),)
    assert [anchor for anchor, _ in part.links] == [
        "investigation_within_120_days", "investigation_days", "plan_current",
    ]  # fmt: skip
    assert part.groups == (("Liknande kommuner, IFO", "A, B, C, D, E, F och G"),)
    assert [plain(text) for text in part.sources] == [
        "Källa: Kolada. Hämtat 5 september 2026. Rangerna är egen bearbetning av data från Kolada.",
        "Källa: Socialstyrelsen, Öppna jämförelser, 2023–2025. Inläst 5 september 2026.",
        "Källa: Ekvik, resultatfil för 2026T2, inläst 5 september 2026.",
        "Källa: Granstad, resultatfil för 2026T2, inläst 5 september 2026.",
        "Källa: Lindnäs, resultatfil för 2026T2, inläst 5 september 2026.",
    ]
    assert part.warnings == ("Ekviks fil saknar ett mått.",)


@pytest.mark.parametrize("known", [
    Comparisons(), Comparisons(warnings=("Inget är hämtat.",)),
    fake.known([fake.indicator(observations=())], national={"Rutiner": ((Source.KOLADA, fake.PLAN),)}),
    fake.known([], national={"Rutiner": ((Source.KOLADA, fake.PLAN),)}),
], ids=["nothing", "a warning", "without values", "never fetched"])  # fmt: skip
def test_nothing_to_compare_with_leaves_no_trace(known: Comparisons, tmp_path: Path) -> None:
    report = fakes.report(comparisons=known)
    assert comparison_section.section(report) is None
    page = committee_html.page(report)
    assert 'id="jamforelser"' not in page
    assert "beside-others" not in page.partition("</style>")[2]
    committee_workbook.write(tmp_path / "rapport.xlsx", report)
    names = {table.name for table in book.read(tmp_path / "rapport.xlsx").tables}
    assert not any(name.startswith("jamforelser") for name in names)


def test_others_stand_after_the_units_and_before_the_method(page: str) -> None:
    article = re.search(r'<article class="metric" aria-labelledby="plan_current">.*?</article>', page, re.DOTALL)
    assert article is not None
    marks = ["<h4>Enheter</h4>", "<h4>Kvinnor och män</h4>", '<div class="beside-others">', '<details class="method">']
    places = [article[0].index(mark) for mark in marks]
    assert places == sorted(places)
    assert "Källa: Kolada, 2023–2025." in article[0]
    assert fake.DIFFERENCE in article[0]


def test_the_refusal_stands_in_the_method_and_its_figures_nowhere(page: str) -> None:
    assert (
        f"<dt>Jämförs inte med</dt><dd>U99003 Utredningstid, medelvärde (dagar) (Kolada). {fake.REFUSAL}</dd>"
        in re.sub(r">\s+<", "><", page)
    )
    article = re.search(r'<article class="metric" aria-labelledby="investigation_days">.*?</article>', page, re.DOTALL)
    assert article is not None
    assert "Jämfört med andra: Utredningstid" not in article[0]
    assert "Jämfört med andra: Väntetid" in article[0]


def test_a_rank_has_neither_the_shape_nor_the_class_of_a_status(page: str) -> None:
    ranks = re.findall(r'<span class="(rank [^"]*)"><svg aria-hidden="true"><use href="#([^"]*)"', page)
    assert ranks
    assert all(shape.startswith("rank-") and "status" not in name for name, shape in ranks)
    words = re.findall(r'<span class="rank [^>]*>.*?<span>(.*?)</span>', page)
    assert {"bland den fjärdedel som har bäst värden"} <= set(words)


def test_the_contents_lead_to_the_section(page: str) -> None:
    assert '<li><a href="#jamforelser">Jämförelser</a></li>' in page


def test_the_sheet_has_the_same_figures_in_real_tables(tables: dict[str, list[list[str]]]) -> None:
    headings, *rows = tables[comparison_sheet.BESIDE]
    of_plans = [dict(zip(headings, row, strict=True)) for row in rows if row[0] == "Aktuella genomförandeplaner"]
    assert [row["Vem"] for row in of_plans][:2] == ["Vår siffra", "Exempelköping"]
    assert of_plans[1]["Alla"] == "0.8125"  # shown as 81,3 %
    rank = "▪▫▫▫ bland den fjärdedel som har bäst värden av 8 kommuner, den egna och de liknande"
    assert of_plans[1][headings[-1]] == rank
    assert of_plans[-1]["Kvinnor eller flickor"] == "0.73"
    exchanged = tables[comparison_sheet.EXCHANGED]
    assert [row[2] for row in exchanged[1:]] == ["Ekvik", "Exempelköping (vi)", "Granstad", "Lindnäs"]
    assert [row[3] for row in exchanged[1:]][-1] == "··"
    assert tables[comparison_sheet.NATIONAL][1][2:6] == ["0.8125", "0.68", "0.71", "2025"]
    assert tables[comparison_sheet.ENDED][1] == ["Utredningstid, medelvärde (dagar) (U99003)", "Utredningstid", "2021"]
    years = tables[comparison_sheet.YEARS]
    assert ["Kolada", "Aktuell plan, andel (%)", "Riket", "2024", "70", "%", "vägt medelvärde"] in years
    assert not any("Utredningstid" in row[1] for row in years)


def test_the_refusal_stands_among_the_definitions_of_the_workbook(tables: dict[str, list[list[str]]]) -> None:
    assert any(row[1] == "Jämförs inte med" and fake.REFUSAL in row[2] for row in tables["definitioner"])


def test_the_nearest_metric_is_one_that_is_compared_not_one_that_is_refused() -> None:
    ended = fake.indicator(fake.ENDED, "Utredningstid, medelvärde (dagar)", unit="dagar", discontinued=True)
    pairs = {
        "investigation_days": (fake.pair("investigation_days", fake.ENDED),),
        "investigation_within_120_days": (
            fake.pair("investigation_within_120_days", fake.ENDED, refused=fake.REFUSAL),
        ),
    }
    known = Comparisons(indicators={(Source.KOLADA, fake.ENDED): ended}, pairs=pairs)
    part = comparison_section.section(fakes.report(comparisons=known))
    assert part is not None
    assert part.ended[0][-1] == "Utredningstid"


def test_a_mean_that_we_made_is_told_where_it_stands_and_only_in_its_own_year() -> None:
    ours = replace(fake.COUNTY, mean=Mean.OURS)
    made = tuple(replace(one, party=ours) if (one.party, one.year) == (fake.COUNTY, 2023) else one
                 for one in fake.observations())  # fmt: skip
    latest = tuple(replace(one, party=ours) if one.party == fake.COUNTY else one for one in fake.observations())
    told = {}
    for name, seen in (("earlier", made), ("latest", latest)):
        found = fakes.report(comparisons=fake.known([fake.indicator(observations=seen)], [fake.pair()]))
        (beside,) = others.of_metric(fakes.metric("plan_current"), found)
        told[name] = next(row.made for row in beside.rows if row.name == "Exempellän"), plain(beside.source)
    assert told["earlier"][0] == "ovägt medelvärde"
    assert "Exempellän" not in told["earlier"][1]
    assert told["latest"][0] == "ovägt medelvärde, beräknat av oss"
    assert told["latest"][1].endswith("Rangen och medelvärdet för Exempellän är egen bearbetning av data från Kolada.")


def test_a_mean_that_we_made_is_told_in_the_section_only_where_it_stands() -> None:
    def note(party: Party) -> str:
        ours = replace(party, mean=Mean.OURS)
        seen = tuple(replace(one, party=ours) if one.party == party else one for one in fake.observations())
        known = fake.known([fake.indicator(observations=seen)], national={"Rutiner": ((Source.KOLADA, fake.PLAN),)})
        part = comparison_section.section(fakes.report(comparisons=known))
        assert part is not None
        return part.national[0][1][0].note

    assert note(fake.COUNTY) == ""
    assert note(fake.SIMILAR) == "Medelvärdet för liknande kommuner, IFO är egen bearbetning av data från Kolada."


def test_what_has_ended_is_not_said_to_be_beyond_comparison_for_the_years_that_it_had(page: str) -> None:
    assert "För senare år än det sista kan ingen kommun jämföra sig med dem." in page
    assert "längre jämföra sig" not in page


def test_ranks_of_files_alone_are_not_said_to_be_of_kolada() -> None:
    known = fake.known(
        [fake.indicator(better="")],
        [fake.pair()],
        deliveries=tuple(fake.delivery(name, 0.1 + at / 100) for at, name in enumerate("ABCDEFG")),
    )
    part = comparison_section.section(fakes.report(comparisons=known))
    assert part is not None
    assert part.ranks
    assert plain(part.sources[0]) == "Källa: Kolada. Hämtat 5 september 2026."


def test_what_all_ranks_are_of_is_said_once(report: Report, page: str) -> None:
    part = comparison_section.section(report)
    assert part is not None
    assert part.among == "av 8 kommuner, den egna och de liknande"
    section = page[page.index('<h2 id="jamforelser">') :]
    assert section.count(part.among) == 1


def test_every_kind_of_similar_municipalities_is_told_as_unweighted() -> None:
    elders = replace(fake.SIMILAR, code="G2", name="Liknande kommuner, LSS")
    seen = tuple(replace(one, party=elders) if one.party == fake.SIMILAR else one for one in fake.observations())
    two = [fake.indicator("U1"), fake.indicator("U2", observations=seen)]
    known = fake.known(two, national={"Rutiner": ((Source.KOLADA, "U1"), (Source.KOLADA, "U2"))})
    part = comparison_section.section(fakes.report(comparisons=known))
    assert part is not None
    assert "För liknande kommuner, IFO och liknande kommuner, LSS är det ovägt" in part.means
