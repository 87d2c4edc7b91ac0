from pipeline.model.management import Management
from pipeline.publish import feedback_years
from pipeline.publish.feedback_years import FeedbackYears
from pipeline.publish.forms import HIDDEN
from tests.unit.publish import management_fakes as fakes
from tests.unit.publish.management_fakes import NORTH, SOUTH, figure, report


def part(*figures: object, **more: object) -> FeedbackYears | None:
    return feedback_years.part(report(Management(), *figures, first_year=2024, **more))  # type: ignore[arg-type]


def counts(year: int, count: int, **place: object) -> object:
    return figure("feedback", count, f"year_{year}", **place)


TOTALS = (counts(2024, 24), counts(2025, 14), counts(2026, 32))


def test_every_year_is_a_column_and_the_unfinished_one_says_so() -> None:
    found = part(*TOTALS)
    assert found is not None
    assert found.years == ("2024", "2025", "2026 till 31\N{NO-BREAK SPACE}augusti")
    assert [table.rows[0] for table in found.tables] == [("Samtliga", ("24", "14", "32"))] * 3


def test_a_whole_year_is_only_its_number() -> None:
    found = part(*TOTALS, period="2026")
    assert found is not None
    assert found.years == ("2024", "2025", "2026")


def test_units_with_anything_in_some_year_stand_by_name() -> None:
    units = [counts(year, n, level=3, org=org) for org, year, n in ((SOUTH, 2024, 9), (NORTH, 2025, 0), ("Ö", 2026, 8))]
    found = part(*TOTALS, *units)
    assert found is not None
    assert found.tables[0].rows[1:] == (("Söder", ("9", "0", "0")), ("Ö", ("0", "0", "8")))


def test_small_numbers_stay_hidden() -> None:
    units = [counts(2024, 20, level=3, org=NORTH), counts(2025, 4, level=3, org=NORTH)]
    kinds = [
        counts(2024, 1, breakdown="feedback", category="beröm"),
        counts(2025, 5, breakdown="feedback", category="beröm"),
    ]
    found = part(*TOTALS, *units, *kinds)
    assert found is not None
    assert found.tables[0].rows[1] == ("Norr", ("20", HIDDEN, "0"))
    assert found.tables[1].rows[1] == ("Beröm", (HIDDEN, "5", "0"))
    assert '<i class="h">skyddad' in fakes.page("_feedback_years.html.j2", feedback_years=found)


def test_without_feedback_there_is_no_part() -> None:
    assert part(counts(2024, 0), counts(2025, 0)) is None
    assert part(*TOTALS, missing={"feedback": "Ingen fil."}) is None
    assert feedback_years.part(report()) is None
