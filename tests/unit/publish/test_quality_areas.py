from pipeline.model.management import Management
from pipeline.publish import levels_section, quality_areas
from pipeline.publish.forms import DASH, HIDDEN
from pipeline.publish.words import Mark
from tests.unit import builders
from tests.unit.publish import management_fakes as fakes
from tests.unit.publish.management_fakes import NORTH, SOUTH, figure, report

NBSP = "\N{NO-BREAK SPACE}"


# --- quality areas --------------------------------------------------------------------------------------------------


def test_every_metric_stands_in_its_area_and_kind_with_its_status() -> None:
    found = quality_areas.part(report(Management(), figure("plan_current", (50, 100), "stock")))
    assert [row.area for row in found.rows[:2]] == ["Samverkan", "Delaktighet"]
    assert len(found.rows) == 6
    structure, process, result = found.rows[1].cells
    assert (structure, result) == ((), ())
    (one,) = process
    assert (one.anchor, one.verdict.mark) == ("plan_current", Mark.NOT_MET)


def test_an_area_of_the_municipalitys_own_comes_last() -> None:
    own = builders.metric("own", quality_area="tillgänglighet")
    assert quality_areas.part(report(own=own)).rows[-1].area == "Tillgänglighet"


def test_of_many_categories_the_gravest_is_told() -> None:
    def answered(category: str, hits: int) -> object:
        return figure("review_fulfilled", (hits, 100), breakdown="question", category=category)

    given = report(Management(), answered("A", 100), answered("B", 90))  # type: ignore[arg-type]
    assert quality_areas.standing(fakes.METRICS["review_fulfilled"], given).verdict.mark is Mark.NO_TARGET
    assert quality_areas.standing(fakes.METRICS["review_fulfilled"], report()).verdict.word == "inget att mäta"


def test_empty_cells_are_named_and_said_in_the_table() -> None:
    found = quality_areas.part(report())
    assert "samverkan (struktur, process och resultat)" in found.gaps
    assert "inget mäts" in fakes.page("_quality_areas.html.j2", quality_areas=found)


# --- levels ---------------------------------------------------------------------------------------------------------


def on_levels(*units: tuple[str, int, int]) -> list[object]:
    return [
        figure("plan_current", (160, 200), "stock"),
        figure("plan_current", (70, 100), "stock", level=2, org="Barn"),
        *(figure("plan_current", (hits, rows), "stock", level=3, org=unit) for unit, hits, rows in units),
    ]


def levels(*figures: object) -> levels_section.Levels:
    found = levels_section.part(report(Management(), *figures))  # type: ignore[arg-type]
    assert found is not None
    return found


def test_a_key_metric_stands_on_all_levels() -> None:
    (row,) = levels(*on_levels((NORTH, 30, 40), (SOUTH, 29, 40))).rows
    assert (row.committee.outcome, row.committee.verdict.mark) == (f"80{NBSP}%", Mark.MET)
    ((name, standing),) = row.programmes
    assert (name, standing.outcome, standing.verdict.mark) == ("Barn", f"70{NBSP}%", Mark.NEAR)
    assert (row.units, row.hidden_units) == (f"1{NBSP}av{NBSP}2", "")


def test_hidden_units_are_counted_apart_and_those_without_anything_not_at_all() -> None:
    (row,) = levels(*on_levels((NORTH, 30, 40), (SOUTH, 2, 3), ("Tom", 0, 0))).rows
    assert (row.units, row.hidden_units) == (f"1{NBSP}av{NBSP}1", f"1{NBSP}skyddad")


def test_where_all_units_are_hidden_none_is_counted() -> None:
    (row,) = levels(*on_levels((SOUTH, 2, 3))).rows
    assert row.units == DASH


def test_a_hidden_programme_stays_hidden_and_an_empty_one_is_left_out() -> None:
    figures = [
        figure("plan_current", (160, 200), "stock"),
        figure("plan_current", (2, 3), "stock", level=2, org="Barn"),
        figure("plan_current", (0, 0), "stock", level=2, org="Tomt"),
    ]
    (row,) = levels(*figures).rows
    assert [(name, standing.outcome) for name, standing in row.programmes] == [("Barn", HIDDEN)]
    assert '<i class="h">skyddad' in fakes.page("_levels.html.j2", levels=levels(*figures))


def test_without_levels_there_is_no_part() -> None:
    assert levels_section.part(report(Management(), figure("plan_current", (160, 200), "stock"))) is None
