from datetime import date

from pipeline.model.goals import Reference
from pipeline.model.management import Management
from pipeline.model.references import Place
from pipeline.publish import requirements_section
from pipeline.publish.forms import DASH, HIDDEN
from pipeline.publish.requirements_section import RequirementsPart
from pipeline.publish.words import Mark
from tests.unit.publish import management_fakes as fakes
from tests.unit.publish.management_fakes import NORTH, SOUTH, figure, report, requirement

NBSP = "\N{NO-BREAK SPACE}"


def part(*requirements: object, **more: object) -> RequirementsPart:
    figures = more.pop("figures", ())
    found = requirements_section.part(report(Management(requirements=tuple(requirements)), *figures))  # type: ignore[arg-type, misc]
    assert found is not None
    return found


def test_no_requirements_no_part() -> None:
    assert requirements_section.part(report()) is None


def test_a_requirement_has_its_latest_outcome() -> None:
    found = part(requirement(), figures=[figure("plan_current", (80, 100), "stock")])
    (row,) = found.regulations[0].rows
    (outcome,) = row.outcomes
    assert (outcome.anchor, outcome.outcome, outcome.verdict.mark) == ("plan_current", f"80{NBSP}%", Mark.MET)
    assert [gap.word for gap in row.gaps] == ["inget saknas"]
    assert "Inget av dem har någon lucka" in found.sentences[0]


def test_gaps_are_counted_first_and_told_in_words() -> None:
    found = part(
        requirement(),
        requirement(requirement="B", routine="", method=""),
        requirement(requirement="C", next_revision=date(2026, 8, 30), references=(), regulation="Annan lag"),
    )
    assert f"3{NBSP}krav, och 2 av dem" in found.sentences[0]
    assert found.sentences[1].startswith(
        "1 saknar rutin, 1 har en rutin där översynen är försenad, 1 saknar uppföljningsmetod och 1 saknar mått."
    )
    rows = {row.requirement: row for regulation in found.regulations for row in regulation.rows}
    assert [gap.word for gap in rows["B"].gaps] == ["rutin saknas", "uppföljningsmetod saknas"]
    assert rows["C"].gaps[0] == requirements_section.Verdict(Mark.NOT_MET, "översyn försenad")
    assert [regulation.regulation for regulation in found.regulations] == ["Lagen", "Annan lag"]


def test_a_revision_that_nobody_has_planned_is_a_gap_and_is_counted() -> None:
    found = part(requirement(revised=None, next_revision=None), requirement(requirement="B", next_revision=None))
    one, other = found.regulations[0].rows
    assert (one.revised, [gap.word for gap in one.gaps]) == ("översyn inte planerad", ["översyn inte planerad"])
    assert (other.revised, [gap.word for gap in other.gaps]) == (
        f"sågs över 1{NBSP}januari 2026", ["översyn inte planerad"]
    )  # fmt: skip
    assert found.sentences[1].startswith("2 har en rutin utan planerad översyn. ")


def test_a_hidden_outcome_stays_hidden() -> None:
    one = requirement(references=(Reference("review_fulfilled", "Barn: Hörd?"),))
    hidden = figure("review_fulfilled", (1, 4), breakdown="question", category="Barn: Hörd?")
    (row,) = part(one, figures=[hidden]).regulations[0].rows
    assert (row.outcomes[0].outcome, row.outcomes[0].verdict.word) == (HIDDEN, HIDDEN)


def test_the_outcome_is_that_of_the_unit_or_area_that_the_requirement_is_for() -> None:
    figures = [
        figure("plan_current", (80, 100), "stock"),
        figure("plan_current", (30, 40), "stock", breakdown="area", category="Barn"),
        figure("plan_current", (5, 10), "stock", level=3, org=NORTH),
        figure("plan_current", (1, 3), "stock", level=3, org=SOUTH),
    ]
    places = [Place(area="barn"), Place(unit="norr"), Place(unit=SOUTH), Place(unit="Väst"), Place(area="Vuxna")]
    rows = part(*(requirement(place=place) for place in places), figures=figures).regulations[0].rows
    told = [(row.outcomes[0].outcome, row.outcomes[0].verdict.word) for row in rows]
    assert told[0][0] == f"75{NBSP}%"
    assert told[1][0].startswith(f"5{NBSP}av{NBSP}10")
    assert told[2:] == [(HIDDEN, HIDDEN), (DASH, "inget att mäta"), (DASH, "inget att mäta")]


def test_in_an_area_what_is_told_by_question_is_said_to_be_the_committees() -> None:
    one = requirement(references=(Reference("review_fulfilled", "Hörd?"),), place=Place(area="Barn"))
    asked = figure("review_fulfilled", (30, 40), breakdown="question", category="Hörd?")
    (row,) = part(one, figures=[asked]).regulations[0].rows
    assert row.outcomes[0].title == "Ja-svar i granskningar: Hörd? (hela nämnden)"
    alone = [asked, figure("review_fulfilled", (30, 40), breakdown="area", category="Barn")]
    (row,) = part(one, figures=alone).regulations[0].rows
    assert row.outcomes[0].title == "Ja-svar i granskningar: Hörd?"


def test_texts_are_escaped_and_unknown_metrics_told() -> None:
    text = fakes.page("_requirements.html.j2", requirements=part(requirement(routine="<i>x", unknown=("<u>y",))))
    assert "<i>x" not in text
    assert "<u>y" not in text
    assert "&lt;u&gt;y (okänt mått)" in text
