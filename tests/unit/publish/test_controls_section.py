from datetime import date

import pytest

from pipeline.config import Limits
from pipeline.model.management import ControlOutcome, Finding, Management
from pipeline.publish import controls_section, incident_matrix
from pipeline.publish.controls_section import ControlsPart
from pipeline.publish.forms import DASH, HIDDEN
from pipeline.publish.incident_matrix import incidents
from pipeline.publish.risk_matrix import grade
from pipeline.publish.words import Mark
from tests.unit.publish import management_fakes as fakes
from tests.unit.publish.management_fakes import control, figure, report

NBSP = "\N{NO-BREAK SPACE}"


def part(*controls: object, **more: object) -> ControlsPart:
    found = controls_section.part(report(Management(tuple(controls)), *more.pop("figures", ())))  # type: ignore[arg-type, misc]
    assert found is not None
    return found


def deviations(hits: int, rows: int, category: str = "Fel belopp: Stickprov") -> object:
    return figure("control_deviation", (hits, rows), breakdown="control", category=category)


def test_no_controls_no_part() -> None:
    assert controls_section.part(report()) is None


def test_a_control_has_its_word_its_numbers_and_who_judged() -> None:
    (row,) = part(control(probability=3, consequence=4), figures=[deviations(7, 120)]).rows
    assert (row.verdict.mark, row.verdict.word) == (Mark.NEAR, "mindre avvikelse")
    assert row.judged_by == "angiven av kommunen"
    assert (row.base, row.share) == (f"7{NBSP}av{NBSP}120", f"6{NBSP}%")
    assert row.rating == f"hög (3{NBSP}×{NBSP}4)"


def test_the_figure_is_found_whatever_the_case() -> None:
    (row,) = part(control(), figures=[deviations(7, 120, "FEL BELOPP: stickprov")]).rows
    assert row.base == f"7{NBSP}av{NBSP}120"


@pytest.mark.parametrize("rows", [1, 4])
def test_a_given_word_is_told_where_the_numbers_are_hidden(rows: int) -> None:
    (row,) = part(control(), figures=[deviations(1, rows)]).rows
    assert (row.base, row.share) == (HIDDEN, HIDDEN)
    assert row.verdict.word == "mindre avvikelse"


def test_a_judged_word_is_hidden_with_the_numbers() -> None:
    found = part(control(is_given=False), figures=[deviations(1, 4)])
    assert found.rows[0].verdict.word == HIDDEN
    assert found.rows[0].judged_by == ""
    assert not any("mindre" in sentence for sentence in found.sentences)


WRITTEN = (Finding(analysis="Ett barn", action="Samtal"),)


@pytest.mark.parametrize("rows", [1, 4])
@pytest.mark.parametrize("is_given", [True, False])
def test_what_was_written_is_hidden_with_the_numbers(rows: int, is_given: bool) -> None:
    found = part(control(is_given=is_given, findings=WRITTEN), figures=[deviations(1, rows)])
    assert (found.rows[0].analysis, found.rows[0].action) == (HIDDEN, HIDDEN)
    text = fakes.page("_controls.html.j2", controls=found)
    assert "Samtal" not in text
    assert "Ett barn" not in text
    assert 'Åtgärd: <i class="h">skyddad</i>' in text


def test_what_was_written_is_shown_with_the_numbers_and_where_nothing_was_counted() -> None:
    for figures in ([deviations(1, 5)], []):
        (row,) = part(control(findings=WRITTEN), figures=figures).rows
        assert (row.analysis, row.action) == ("Ett barn", "Samtal")


def test_where_nothing_was_written_nothing_is_hidden() -> None:
    (row,) = part(control(findings=(Finding(action="Samtal"),)), figures=[deviations(1, 4)]).rows
    assert (row.analysis, row.action) == ("", HIDDEN)


def test_what_was_written_under_a_word_judged_on_few_is_hidden() -> None:
    (row,) = part(control(is_given=False, is_of_few=True, findings=WRITTEN)).rows
    assert (row.verdict.word, row.action) == (HIDDEN, HIDDEN)


def test_a_row_of_few_is_not_told_though_the_years_numbers_and_the_word_are() -> None:
    found = (Finding("Norr", "a", "b", is_of_few=True),)
    (row,) = part(control(findings=found), figures=[deviations(1, 40)]).rows
    assert (row.verdict.word, row.analysis, row.action) == ("mindre avvikelse", HIDDEN, HIDDEN)


def test_of_several_units_only_the_words_of_those_that_are_shown_are_printed() -> None:
    found = (Finding("norr", "a", "b"), Finding("Söder", "c", "d"), Finding("Öst", "", "d"))
    of_units = [
        figure("control_deviation", (1, rows), level=3, org=unit, breakdown="control", category="FEL belopp: Stickprov")
        for unit, rows in (("Norr", 4), ("Söder", 36))
    ]
    (row,) = part(control(findings=found), figures=[deviations(2, 40), *of_units]).rows
    assert (row.base, row.analysis, row.action) == (f"2{NBSP}av{NBSP}40", "c", "d")
    (row,) = part(control(findings=found[:1]), figures=[deviations(2, 40), *of_units]).rows
    assert (row.analysis, row.action) == (HIDDEN, HIDDEN)


@pytest.mark.parametrize(
    ("hits", "rows", "share"), [(99, 1000, "9,9"), (10, 100, "10"), (101, 1000, "10,1"), (2, 1000, "0,2")]
)
def test_a_share_is_told_apart_from_the_limits(hits: int, rows: int, share: str) -> None:
    (row,) = part(control(), figures=[deviations(hits, rows)]).rows
    assert row.share == f"{share}{NBSP}%"


def test_a_word_judged_on_few_is_hidden_even_where_the_years_numbers_are_not() -> None:
    (row,) = part(control(is_given=False, is_of_few=True), figures=[deviations(1, 40)]).rows
    assert row.verdict.word == HIDDEN
    assert row.base == f"1{NBSP}av{NBSP}40"


def test_undone_ones_are_listed() -> None:
    found = part(
        control("A", outcome=ControlOutcome.NOT_DONE),
        control("B", outcome=None, is_due=True, day=date(2025, 8, 31)),
        control("C", outcome=None, is_given=False),
    )
    assert [row.verdict.word for row in found.rows] == ["ej utförd", "inte gjord i år", "uppgift saknas"]
    assert len(found.undone) == 2
    assert f"31{NBSP}augusti 2025" in found.undone[1]
    assert found.rows[0].base == DASH


def test_risks_are_numbered_from_the_gravest_and_stand_in_their_cell() -> None:
    found = part(
        control("A", probability=1, consequence=1),
        control("B", probability=4, consequence=4),
        control("b", control="Annan", probability=2, consequence=2),
        control("C"),
    )
    assert [(row.number, row.risk) for row in found.rows] == [(1, "B"), (1, "b"), (2, "A"), (3, "C")]
    assert found.matrix is not None
    cells = {(step, place): cell.text for step, row in found.matrix.rows for place, cell in enumerate(row, 1)}
    assert (cells[4, 4], cells[1, 1], cells[2, 2]) == ("1", "2", DASH)
    assert [step for step, _ in found.matrix.rows] == [4, 3, 2, 1]
    assert "risk 3" in found.matrix.notes[0]


def test_without_ratings_there_is_no_matrix() -> None:
    assert part(control()).matrix is None


@pytest.mark.parametrize(
    ("row", "column", "graded"), [(1, 3, "låg"), (2, 2, "medel"), (2, 4, "medel"), (3, 3, "hög"), (4, 4, "hög")]
)
def test_grades_by_product(row: int, column: int, graded: str) -> None:
    assert grade(row, column, Limits()) == graded


def test_grades_follow_the_configuration() -> None:
    limits = Limits(risk_medium_from=2, risk_high_from=3)
    assert [grade(1, column, limits) for column in (1, 2, 3)] == ["låg", "medel", "hög"]


def test_texts_are_escaped() -> None:
    found = part(control("<script>x</script>", probability=2, consequence=2, findings=(Finding("", "a & b", "<b>"),)))
    text = fakes.page("_controls.html.j2", controls=found)
    assert "<script>x" not in text
    assert "&lt;script&gt;x" in text
    assert "a &amp; b" in text


def test_hidden_numbers_are_read_out_as_protected() -> None:
    text = fakes.page("_controls.html.j2", controls=part(control(), figures=[deviations(1, 4)]))
    assert ">skyddad<" in text


# --- incidents ------------------------------------------------------------------------------------------------------


def placed(count: int, category: str) -> object:
    return figure("incidents", count, breakdown="severity_recurrence", category=category)


def test_incidents_stand_by_severity_and_recurrence() -> None:
    given = report(Management(), placed(12, "4 × 2"), placed(3, "1 × 1"), placed(9, "ej angivet"))  # type: ignore[arg-type]
    found = incidents(given)
    assert found is not None
    cells = {(step, place): cell.text for step, row in found.rows for place, cell in enumerate(row, 1)}
    assert (cells[4, 2], cells[1, 1], cells[2, 4]) == ("12", HIDDEN, "0")
    assert found.notes == ("Utan uppgift om allvarlighetsgrad eller risk: 9.",)
    text = fakes.page("_incidents.html.j2", incidents=incident_matrix.part(given))
    assert text.count(">skyddad<") == 1


def test_without_severity_or_without_the_extract_there_is_no_matrix() -> None:
    assert incidents(report(Management(), placed(9, "ej angivet"))) is None  # type: ignore[arg-type]
    given = report(Management(), placed(12, "4 × 2"), missing={"incidents": "Ingen fil."})  # type: ignore[arg-type]
    assert incidents(given) is None
