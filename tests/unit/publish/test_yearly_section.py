from datetime import date

from pipeline.model.goals import ActivityStatus, Goals, PursuedGoal
from pipeline.model.management import ControlOutcome, Finding, Management
from pipeline.periods import Period
from pipeline.publish import yearly_section
from pipeline.publish.yearly_section import Chapter
from tests.unit import builders
from tests.unit.publish import management_fakes as fakes
from tests.unit.publish.management_fakes import by_hand, control, figure, planned, report, requirement

NBSP = "\N{NO-BREAK SPACE}"


def chapters(*figures: object, management: Management | None = None, **more: object) -> dict[str, Chapter]:
    found = yearly_section.part(report(management or Management(), *figures, period="2026", **more))  # type: ignore[arg-type]
    assert found is not None
    return {chapter.title: chapter for chapter in found.chapters}


def test_only_the_years_report_has_it() -> None:
    assert yearly_section.part(report(period="2026T3")) is None
    assert yearly_section.page_title(Period.parse("2026T3")) == "Kvalitetsrapport"
    assert yearly_section.page_title(Period.parse("2026")) == "Kvalitetsberättelse"


def test_the_headings_are_those_of_the_regulation_also_when_nothing_was_delivered() -> None:
    found = chapters(missing=dict.fromkeys(fakes.METRICS, "Ingen fil."))
    assert list(found) == [
        "Processer, rutiner och samverkan", "Riskanalys", "Egenkontroller", "Avvikelser och klagomål", "Lex Sarah",
        "Sammanställning och analys", "Förbättringsarbete",
    ]  # fmt: skip
    assert found["Lex Sarah"].sentences == ("Uppgift saknas.",)
    assert found["Riskanalys"].sentences == ("Inga risker eller kontroller har levererats för året.",)


def test_risks_are_told_with_the_grave_ones_named() -> None:
    management = Management(
        (
            control("A", probability=4, consequence=4, outcome=ControlOutcome.MAJOR, findings=(written("Byt lås"),)),
            control("B", probability=1, consequence=1, outcome=ControlOutcome.NONE),
        )
    )
    found = chapters(management=management)
    assert f"1{NBSP}risk bedöms som hög." in found["Riskanalys"].sentences
    assert found["Riskanalys"].points == ("A: Stickprov visar stor avvikelse.",)
    assert found["Riskanalys"].links == (("internkontroll", "Internkontroll"),)
    assert "Åtgärd för risken ”A”: Byt lås" in found["Förbättringsarbete"].points


def test_an_action_after_a_control_of_few_is_not_told() -> None:
    few = figure("control_deviation", (1, 4), breakdown="control", category="A: Stickprov")
    found = chapters(few, management=Management((control("A", findings=(written("Samtal med Bo"),)),)))
    assert found["Förbättringsarbete"].points == ("Åtgärd för risken ”A” (skyddad)",)


def written(action: str) -> Finding:
    return Finding(action=action)


def test_processes_are_told_by_the_requirements_and_cooperation_by_its_figures() -> None:
    sip = fakes.builders.metric("sip_participation", title="Medverkan", noun=("plan", "planer"), verb="gjordes ihop")
    found = chapters(
        figure("sip_participation", (30, 40)),
        management=Management(requirements=(requirement(),)),
        sip_participation=sip,
    )["Processer, rutiner och samverkan"]
    assert found.sentences == (f"Kravmatrisen har 1{NBSP}krav. Inget av dem har någon lucka.",)
    assert found.points[0].startswith(f"30{NBSP}av{NBSP}40 planer")
    assert found.links == (("kravmatris", "Kravmatris"), ("sip_participation", "Medverkan"))
    without = chapters()["Processer, rutiner och samverkan"]
    assert (without.sentences, without.points) == (("Ingen kravmatris har levererats för året.",), ())


def test_incidents_are_told_by_kind_with_hidden_ones_last() -> None:
    kinds = [
        figure("incidents", n, breakdown="kind", category=kind)
        for kind, n in (("lex Sarah", 2), ("klagomål", 3), ("avvikelse", 30), ("synpunkt", 40))
    ]
    found = chapters(figure("incidents", 75), *kinds)
    assert f"75{NBSP}ärenden kom in." in found["Avvikelser och klagomål"].sentences
    told = "Ärenden efter typ: synpunkt 40, avvikelse 30, lex Sarah (skyddad), klagomål (skyddad)."
    assert told in found["Avvikelser och klagomål"].points
    assert found["Lex Sarah"].sentences == ("Rapporter enligt lex Sarah: antalet är för litet för att visas.",)


def test_lex_sarah_is_counted_in_words() -> None:
    def sarah(count: int) -> object:
        return figure("incidents", count, breakdown="kind", category="Lex Sarah")

    assert chapters(figure("incidents", 9), sarah(7))["Lex Sarah"].sentences[0].startswith(f"7{NBSP}rapporter enligt")
    assert chapters(figure("incidents", 9))["Lex Sarah"].sentences[0].startswith("Ingen rapport enligt lex Sarah")


def test_of_many_questions_the_lowest_three_are_told_and_never_hidden_ones() -> None:
    answers = [
        figure("review_fulfilled", (hits, rows), breakdown="question", category=question)
        for question, hits, rows in (("A", 90, 100), ("B", 50, 100), ("C", 60, 100), ("D", 70, 100), ("E", 0, 3))
    ]
    (told,) = chapters(*answers)["Egenkontroller"].points
    assert "”B” (50" in told
    assert "”D”" in told
    assert "”A”" not in told
    assert "”E”" not in told


def test_the_strongest_signals_are_those_of_the_first_screen() -> None:
    found = chapters(figure("plan_current", (10, 100), "stock"))["Sammanställning och analys"]
    assert found.points[0].startswith(f"Aktuella planer: 10{NBSP}av{NBSP}100 insatser")


def test_improvement_counts_goals_and_names_what_is_missing() -> None:
    done = PursuedGoal("1:1", (), ActivityStatus.DONE, is_judged=True)
    partly = PursuedGoal("1:2", (), ActivityStatus.PARTLY, is_judged=False)
    management = Management(plan=(planned(by_hand(), due=(date(2026, 4, 30),)),))
    found = chapters(management=management, goals=Goals(pursued=(done, partly)))["Förbättringsarbete"]
    assert found.sentences[0] == f"Av 2{NBSP}mål med aktiviteter är 1 genomfört och 1 delvis genomfört."
    assert found.points == ("Uppföljning som saknas: Aktuella planer, Norr (Ja-svar i granskningar)",)


def test_it_is_escaped() -> None:
    given = yearly_section.part(
        report(Management((control("<b>A", outcome=ControlOutcome.MAJOR),)), period="2026", x=builders.metric("x"))
    )
    text = fakes.page("_yearly.html.j2", yearly=given)
    assert "<b>A" not in text
    assert "&lt;b&gt;A: Stickprov" in text
