import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.config import Committee, Disclosure, Limits, Municipality
from pipeline.disclosure import PublicFigures
from pipeline.model import Status
from pipeline.periods import Period
from pipeline.publish import committee_html, html, quality_words, terms
from tests.answers import protect
from tests.unit.publish import fakes, quality_fakes

MOST_BYTES = 3_000_000


def page(*, demo: bool = False, figures: PublicFigures | None = None) -> str:
    config = fakes.config(reference="SN 2026/123", contact="kvalitet@exempelkoping.se")
    public = figures or fakes.figures()
    return committee_html.page(fakes.report(demo, figures=public, config=config))


@pytest.fixture(scope="module")
def built() -> str:
    return page()


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a":
            self.links.append(str(given["href"]))
        self.addresses += [str(given[name]) for name in ("src", "srcset", "action", "data", "poster") if name in given]


def outline(text: str) -> _Outline:
    parsed = _Outline()
    parsed.feed(text)
    return parsed


def test_the_same_figures_give_the_same_bytes() -> None:
    assert page() == page()


def test_write_leaves_the_page_in_utf8_with_plain_line_ends(tmp_path: Path, built: str) -> None:
    file = tmp_path / "rapport.html"
    config = fakes.config(reference="SN 2026/123", contact="kvalitet@exempelkoping.se")
    committee_html.write(file, fakes.report(config=config))
    assert file.read_bytes() == built.encode("utf-8")
    assert len(file.read_bytes()) < MOST_BYTES


def test_nothing_is_fetched_and_only_our_own_scripts_run(built: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', built)
    assert policy
    allowed = unescape(policy[1])
    assert allowed.startswith("default-src 'none'; script-src 'sha256-")
    assert html.source_hash(html.script("charts.js")) in allowed
    assert "unsafe-eval" not in allowed
    assert "http" not in allowed
    assert outline(built).addresses == []
    assert all(link.startswith("#") for link in outline(built).links)


def test_no_chart_can_be_sent_anywhere(built: str) -> None:
    assert "sendChartToCloud" not in built
    assert '"showSendToCloud":false' in built
    assert '"plotlyServerURL":""' in built


def test_headings_form_an_unbroken_outline_with_unique_anchors(built: str) -> None:
    found = outline(built)
    assert found.headings.count("h1") == 1
    depths = [int(heading[1]) for heading in found.headings]
    assert all(after - before <= 1 for before, after in pairwise(depths))
    assert len(found.ids) == len(set(found.ids))
    assert {link[1:] for link in found.links} <= set(found.ids)


def test_every_metric_has_its_section_and_every_chart_its_numbers(built: str) -> None:
    for metric_id in fakes.metrics():
        assert f'<h3 id="{metric_id}">' in built
    assert built.count('class="chart"') == built.count("Diagrammets siffror") > 0


def test_a_hidden_units_numbers_are_nowhere_in_the_page() -> None:
    """The small unit's rows are given numbers that occur nowhere else, so that a leak of any of them is seen."""
    internal = fakes.internal_figures()
    marked = {
        key: replace(figure, numerator=3, denominator=4, value=0.754321, ci_low=0.219871, ci_high=0.968731)
        if key.org == fakes.SMALL_UNIT and figure.denominator
        else figure
        for key, figure in internal.figures.items()
    }
    public = protect(replace(internal, figures=marked), fakes.metrics(), fakes.config())
    assert any(figure.suppressed for figure in public.figures.values())
    text = page(figures=public)
    assert f'Visas inte, för att små grupper inte ska röjas: <span class="who">{fakes.SMALL_UNIT}</span>.' in text
    assert f'<th scope="row">{fakes.SMALL_UNIT}</th>' not in text
    for secret in ("754321", "75,4", "219871", "968731", "22–97"):
        assert secret not in text


def test_the_mean_over_all_areas_is_never_printed() -> None:
    internal = fakes.internal_figures()
    marked = {
        key: replace(figure, value=777.77)
        if key.metric == "investigation_days" and key.level == 1 and key.breakdown != "area"
        else figure
        for key, figure in internal.figures.items()
    }
    text = page(figures=protect(replace(internal, figures=marked), fakes.metrics(), fakes.config()))
    assert "777,8" not in text
    assert "777.77" not in text


def test_rows_of_single_cases_stay_out(built: str) -> None:
    assert "UTR-HEMLIG" not in built
    assert "2026-02-31" not in built


def test_demodata_is_said_on_the_page_in_its_sections_its_title_and_on_paper() -> None:
    text = page(demo=True)
    assert "<title>DEMODATA" in text
    assert text.count("DEMODATA</span>") >= len(re.findall(r'<h2 id="(?!innehallsforteckning)', text))
    assert '@top-right { content: "DEMODATA"' in text
    assert "DEMODATA" not in page()


def test_what_identifies_the_run_stands_in_the_page(built: str) -> None:
    run = fakes.run_info()
    for text in (run.run_id, run.version, run.config_sha256, *(account.sha256 for account in run.inputs)):
        assert text in built


def test_data_delivered_before_the_period_ended_is_not_final(built: str) -> None:
    text = re.sub(r"<[^>]+>", "", built).replace("\N{NO-BREAK SPACE}", " ")
    told = "Utredningar: Utdraget med utredningar är från 28 augusti 2026, före periodens sista dag 31 augusti 2026."
    assert told in text
    assert text.count("före periodens sista dag") == 1
    assert "1 gång" not in text
    assert "Enheten finns inte i enhetsregistret. (12 gånger)" in text


def said(**changes: object) -> str:
    config = fakes.config(**changes)  # type: ignore[arg-type]
    text = committee_html.page(fakes.report(config=config))
    return re.sub(r"<[^>]+>", "", text).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("extract", "day", "said"), [("plans", 30, True), ("plans", 31, False), ("units", 30, False)])
def test_a_preliminary_report_says_so_before_anything_else(extract: str, day: int, said: bool) -> None:
    account = replace(fakes.quality().files[0], extract=extract, delivered=date(2026, 8, day))
    text = quality_words.preliminary(replace(fakes.quality(), files=(account,)), Period.parse("2026T2"))
    assert bool(text) is said
    assert not said or f"från {day}\N{NO-BREAK SPACE}augusti 2026" in text


def test_numbers_of_one_are_in_the_singular() -> None:
    text = said(limits=Limits(near_points=1), disclosure=Disclosure(smallest=2))
    assert "Högst 1 procentenhet från målet" in text
    assert "Grupper på 1 visas inte" in text
    assert "Grupper på 1–4 visas inte" in said()


def test_the_proposal_names_the_period_inside_its_sentence() -> None:
    assert "lägger kvalitetsrapporten för tertial 2 2026, maj–augusti, till handlingarna." in said()


def test_the_limits_that_the_definitions_refer_to_are_told() -> None:
    text = said(limits=Limits(plan_grace_days=1, plan_exempt_services=()))
    for label, value in terms.limits(fakes.config()):
        assert label in text, value
    assert "1 dag\n" in text


def test_every_status_word_is_explained(built: str) -> None:
    words_told = built[built.index("Statusord</h3>") :]
    assert all(status.value in words_told for status in Status)


def test_names_from_configuration_and_data_cannot_become_markup() -> None:
    evil = '<script>alert("x")</script>'
    config = fakes.config().model_copy(
        update={"municipality": Municipality(name=evil, code="9999"), "committee": Committee(name=evil)}
    )
    text = committee_html.page(fakes.report(config=config))
    assert "<script>alert" not in text


def test_cover_fields_that_are_empty_are_left_out(built: str) -> None:
    assert "SN 2026/123" in built
    assert "Processägare" not in built


def test_exceptions_from_the_rules_stand_with_the_data_quality() -> None:
    milder = quality_fakes.severity(rule="too_late", extract="investigations")
    state = replace(fakes.quality(), severities=(milder,))
    told = committee_html.page(fakes.report(quality=state))
    section = told.split('id="datakvalitet"')[1].split("</section>")[0]
    assert "Datum i framtiden i utredningar: ger bara en varning i stället för att underkänna raden" in section
    assert "Skäl: Koderna ses över tillsammans med leverantören." in section
    assert "Undantag från reglerna" not in page()
