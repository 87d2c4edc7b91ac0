from dataclasses import fields, replace

import pytest

from pipeline.disclosure import protect
from pipeline.model import Figures
from pipeline.publish import sections
from tests.unit import builders
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


def test_units_are_ordered_by_value_and_hidden_ones_only_named() -> None:
    metric = fakes.metric()
    (units,) = [c for c in section(metric.metric_id).comparisons if c.title == "Enheter"]
    assert units.hidden == (fakes.SMALL_UNIT,)
    assert fakes.SMALL_UNIT not in [row.name for row in units.rows]
    shown = [int(row.outcome.split("\N{NO-BREAK SPACE}")[0]) for row in units.rows]
    assert shown == sorted(shown, reverse=True)
    assert len(shown) > 1
    assert units.note == "3 till hade inget att mäta."


@pytest.mark.parametrize(("units", "shown", "note"), [
    (24, 24, ""),
    (25, 24, "De 12 högsta och de 12 lägsta visas. Alla 25 finns i arbetsboken."),
])  # fmt: skip
def test_of_very_many_units_those_at_either_end_are_shown(units: int, shown: int, note: str) -> None:
    metric = builders.metric()
    found = [builders.share(builders.key(level=3, org=f"Enhet {at:02}"), 10 + at, 100) for at in range(units)]
    every = builders.figures(builders.share(builders.key(), 50, 100), *found)

    (comparison,) = sections.section(metric, every, builders.config()).comparisons

    assert len(comparison.rows) == shown
    assert comparison.note == note
    assert (comparison.rows[0].name, comparison.rows[-1].name) == (f"Enhet {units - 1}", "Enhet 00")
    assert comparison.reference == 50.0


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
    assert all(comparison.reference is None for comparison in told.comparisons)


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


def test_of_many_questions_the_lowest_and_the_highest_that_may_be_shown_are_told() -> None:
    answers = {"Hörd?": (38, 40), "Trygg?": (12, 40), "Säker?": (30, 40), "Fri?": (0, 3)}
    assert told_of(answers) == (
        "4 frågor redovisas. Lägst är ”Trygg?” (12 av 40, 30 %) och högst ”Hörd?” (38 av 40, 95 %)."
    )


def test_where_there_is_nothing_to_compare_only_the_number_is_told() -> None:
    assert told_of({"Hörd?": (38, 40), "Fri?": (0, 3)}) == "2 frågor redovisas."
    assert told_of({"Hörd?": (10, 40), "Trygg?": (5, 20)}) == "2 frågor redovisas."
    assert told_of({"Kö": (10, 40), "Tid": (15, 20)}, "measure") == "2 mått redovisas."


def told_of(answers: dict[str, tuple[int, int]], breakdown: str = "question") -> str:
    metric = builders.metric(headline_by=breakdown, breakdowns=(breakdown,))
    cells = [
        builders.share(builders.key(breakdown=breakdown, category=name), hits, rows)
        for name, (hits, rows) in answers.items()
    ]
    metrics = {metric.metric_id: metric, "anchor": builders.metric("anchor")}
    figures = protect(builders.figures(*cells), metrics, fakes.config())
    (story,) = sections.section(metric, figures, fakes.config()).stories
    return story.sentence.replace("\N{NO-BREAK SPACE}", " ")
