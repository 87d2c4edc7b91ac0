from dataclasses import fields, replace

from pipeline.model import Figures
from pipeline.publish import sections
from tests.unit.publish import fakes


def section(metric_id: str, **changes: object) -> sections.MetricSection:
    return sections.section(fakes.metric(metric_id, **changes), fakes.figures(), fakes.config())


def test_facts_are_the_tertial_the_year_so_far_and_twelve_months_with_one_judged() -> None:
    facts = section("investigation_within_120_days").stories[0].facts
    assert [fact.when.replace("\N{NO-BREAK SPACE}", " ") for fact in facts] == [
        "Tertial 2",
        "I år hittills",
        "Senaste 12 månaderna",
    ]
    assert [fact.is_judged for fact in facts] == [False, True, False]


def test_a_stock_is_compared_with_last_year_and_with_the_last_tertial() -> None:
    (fact,) = section("plan_current").stories[0].facts
    assert [since.replace("\N{NO-BREAK SPACE}", " ") for since, _ in fact.changes] == [
        "31 augusti 2025",
        "30 april 2026",
    ]


def test_units_are_ordered_by_value_with_hidden_ones_last_and_undrawn() -> None:
    metric = fakes.metric()
    (units,) = [c for c in section(metric.metric_id).comparisons if c.title == "Enheter"]
    assert units.rows[-1].name == fakes.SMALL_UNIT
    assert units.rows[-1].outcome == "··"
    assert units.rows[-1].strip is None
    assert units.has_hidden
    shown = [int(row.outcome.split("\N{NO-BREAK SPACE}")[0]) for row in units.rows[:-1]]
    assert shown == sorted(shown, reverse=True)
    assert units.note == "3 till hade inget att mäta."


def test_what_has_one_category_is_left_out() -> None:
    titles = [comparison.title for comparison in section("investigation_within_120_days").comparisons]
    assert titles == ["Enheter", "Flickor och pojkar"]


def test_areas_come_first_then_the_organisation_then_gender() -> None:
    titles = [comparison.title for comparison in section("plan_current").comparisons]
    assert titles == ["Verksamhetsområde", "Verksamhetsuppdrag", "Enheter", "Kvinnor och män"]
    assert [comparison.title for comparison in section("plan_current").more] == ["Egen regi och privat", "Insats"]


def test_a_metric_told_by_area_has_no_line_for_all_areas_and_no_persons_mixed_over_areas() -> None:
    told = section("investigation_days", breakdowns=("area", "gender", "age_group", "kind"))
    assert [story.heading for story in told.stories] == ["Barn och unga", "Funktionshinder", "Äldreomsorg"]
    assert "Kvinnor och män" not in [comparison.title for comparison in told.comparisons]
    assert all(row.strip.reference is None for c in told.comparisons for row in c.rows if row.strip)


def test_a_metric_without_data_is_its_reason_and_its_method() -> None:
    told = section("plan_in_force")
    assert told.stories[0].sentence == "Uppgift saknas. Ingen fil med genomförandeplaner har levererats."
    assert told.stories[0].facts == ()
    assert told.stories[0].course is None
    assert told.comparisons == ()
    assert told.method


def test_hidden_measures_of_few_are_hidden_in_the_facts() -> None:
    figures = fakes.figures()
    hidden = {
        key: replace(figure, numerator=None, denominator=None, value=None, status=None, suppressed=True)
        if key.metric == "investigation_days"
        else figure
        for key, figure in figures.figures.items()
    }
    values = {one.name: getattr(figures, one.name) for one in fields(Figures)}
    changed = Figures(**(values | {"figures": hidden}))
    told = sections.section(fakes.metric("investigation_days"), changed, fakes.config())
    assert {fact.outcome for story in told.stories for fact in story.facts} == {"··"}
    assert {text for story in told.stories for _, text in story.beside} == {"··"}
    assert all(story.course is None for story in told.stories)


def test_the_law_is_cited_with_its_days_and_what_was_not_checked_says_so() -> None:
    items = dict(section("preassessment_within_14_days").method)
    first, second = (text.replace("\N{NO-BREAK SPACE}", " ") for text in items["Lagrum"])
    assert first == (
        "11 kap. 2 § socialtjänstlagen (2001:453) (till och med 30 juni 2025)."
        " Uppgiften är inte kontrollerad mot författningen."
    )
    assert second == "20 kap. 3 § socialtjänstlagen (2025:400) (från 1 juli 2025)."
    assert items["Måttets fil"] == ("sql/metrics/preassessment_within_14_days.sql",)
    assert items["Nyckeltal i Kolada"] == ("U33401",)


def test_headings_that_were_not_delivered_are_named() -> None:
    items = dict(section("investigation_within_120_days").method)
    assert items["Inte levererat"] == ("Utredningstyp (utredningar)",)
