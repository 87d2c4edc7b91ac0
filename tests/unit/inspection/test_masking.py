import pytest

from pipeline.inspection import cells, masking
from pipeline.privacy import MASK
from pipeline.schemas import EXTRACTS
from pipeline.schemas.extract import Column
from tests.unit.inspection.looking import PERSON

DECISIONS = EXTRACTS["decisions"]


def shown(column: Column | None, *texts: str, understood: bool = True) -> list[str]:
    show = masking.shower(column, cells.count(texts), lambda _: understood)
    return [show(text) for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        PERSON,
        "199001011239",
        "900101-1239",
        "gäller 19900101 1239",
        "070-1234567",
        "anna@example.org",
        "Anna Svensson",
        "Svensson, Anna",
        "Anna-Karin Öberg",
        "1 234 567",
    ],
)
def test_what_may_tell_who_somebody_is(text: str):
    assert masking.tells_identity(text)


@pytest.mark.parametrize("text", ["Bifallsbeslut", "delvis bifall", "B", "a) Yes", "9 § LSS", "Barn och unga", "12345"])
def test_what_tells_nobody(text: str):
    assert not masking.tells_identity(text)


def test_a_heading_with_a_number_is_no_heading():
    assert masking.heading("Besluts  datum") == "Besluts datum"
    assert masking.heading(PERSON) == MASK
    assert len(masking.heading("x" * 500)) == masking.LONGEST_SHOWN


def test_nothing_of_a_column_that_nobody_knows_is_shown():
    assert shown(None, "2026-01-01", "a", "") == [MASK, MASK, ""]


@pytest.mark.parametrize("name", ["person_id", "decision_id", "provider_unit", "birth_year", "delay_reason"])
def test_persons_ids_providers_and_free_text_are_hidden(name: str):
    assert shown(DECISIONS[name], "1990", "1990", "1990") == [MASK] * 3


def test_days_are_shown_but_not_what_else_stands_among_them():
    assert shown(DECISIONS["decided"], "2026-01-01", "se Anna", PERSON) == ["2026-01-01", MASK, MASK]


def test_codes_are_shown_when_they_are_understood():
    assert shown(DECISIONS["result"], "Bifall") == ["Bifall"]
    assert shown(DECISIONS["result"], "Anna", understood=False) == [MASK]
    assert shown(DECISIONS["result"], PERSON) == [MASK]


def test_units_are_shown_when_they_repeat_and_are_not_called_as_a_person():
    assert shown(DECISIONS["unit"], "Barn väst", "Barn väst", "Villa", "Anna Svensson", "Anna Svensson") == [
        "Barn väst", "Barn väst", MASK, MASK, MASK
    ]  # fmt: skip
