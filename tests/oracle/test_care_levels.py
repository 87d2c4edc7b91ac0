"""The oracle against cases worked out by hand: care levels and SIP."""

from __future__ import annotations

from pathlib import Path

import pytest

from .asking import ASSESSMENT, IN_FORCE, Ask, Record, category, everything, part, total


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ({"assessed": "2024-01-01", "level": "1"}, (1, 1)),
        ({"assessed": "2024-01-01", "level": "2"}, (0, 1)),
        ({"assessed": "2025-06-01", "level": "3", "assessment_id": "a"}, (1, 1)),  # the same day, a smaller id
        ({"assessed": "2025-06-01", "level": "3", "assessment_id": "c"}, (1, 1)),  # then it is this one that is earlier
        ({"assessed": "2025-06-02", "level": "3", "assessment_id": "a"}, (1, 1)),
        ({"assessed": "2024-01-01", "level": "1", "service": "DAGLIG verksamhet"}, (1, 1)),
        ({"assessed": "2024-01-01", "level": "1", "service": "boendestöd"}, (0, 0)),
        ({"assessed": "2024-01-01", "level": "1", "person_id": "P2"}, (0, 0)),
    ],
)
def test_care_level_changed(ask: Ask, earlier: Record, expected: tuple[int, int]) -> None:
    row = ASSESSMENT | {"assessed": "2025-06-01", "assessment_id": "b"}
    assert part(ask("care_level_changed", care_levels=[row, ASSESSMENT | earlier])) == expected


def test_the_nearest_earlier_level_tells_the_direction_and_all_are_its_denominator(tmp_path: Path) -> None:
    levels = {"2023-05-01": 5, "2025-05-01": 3, "2025-06-01": 3, "2025-07-01": 4, "2025-08-31": 2, "2025-09-01": 9}
    rows = [ASSESSMENT | {"assessed": day, "level": level} for day, level in levels.items()]
    found = everything(tmp_path, "2025T2", care_levels=rows)
    assert part(found[total("care_level_changed", "tertial")]) == (3, 4)
    directions = {
        direction: part(found[category("care_level_changed", "tertial", "direction", direction)])
        for direction in ("höjd", "sänkt", "oförändrad")
    }
    assert directions == {"höjd": (1, 4), "sänkt": (2, 4), "oförändrad": (1, 4)}
    assert part(found[total("care_level_assessments", "ytd", "count")]) == (None, 4)


@pytest.mark.parametrize(
    ("assessed", "later", "expected"),
    [
        ("2025-05-31", {"assessed": "2025-08-31"}, (1, 1)),
        ("2025-05-31", {"assessed": "2025-09-01"}, (0, 1)),
        ("2025-06-01", {"assessed": "2025-06-02"}, (0, 0)),  # its three months end after the period
        ("2025-02-01", {"assessed": "2025-02-01", "assessment_id": "c"}, (1, 1)),
        ("2025-02-01", {"assessed": "2025-02-01", "assessment_id": "a"}, (0, 1)),
        ("2025-02-01", {"assessed": "2025-02-02", "assessment_id": "a"}, (1, 1)),
        ("2025-01-31", {"assessed": "2025-02-02"}, (0, 0)),  # its three months end on 30 April
        ("2025-02-28", {"assessed": "2025-05-28", "service": "boendestöd"}, (0, 1)),
    ],
)
def test_preliminary_levels(ask: Ask, assessed: str, later: Record, expected: tuple[int, int]) -> None:
    rows = [ASSESSMENT | {"assessed": assessed, "assessment_id": "b", "preliminary": "ja"}, ASSESSMENT | later]
    assert part(ask("care_level_preliminary_followed_up", care_levels=rows)) == expected


@pytest.mark.parametrize(
    ("decision", "assessment", "expected"),
    [
        ({}, {"assessed": "2024-09-01"}, (1, 1)),
        ({}, {"assessed": "2024-08-31"}, (0, 1)),
        ({}, {"assessed": "2025-08-31"}, (1, 1)),
        ({}, {"assessed": "2025-09-01"}, (0, 1)),
        ({}, {"assessed": "2025-08-31", "service": "Daglig Verksamhet"}, (1, 1)),
        ({}, {"assessed": "2025-08-31", "service": "Bostad med särskild service"}, (0, 1)),
        ({}, {"assessed": "2025-08-31", "person_id": "P2"}, (0, 1)),
        ({"service": "Boendestöd"}, {"assessed": "2025-08-31"}, (0, 0)),
        ({"service": "BOSTAD med särskild service"}, {"assessed": "2025-08-31"}, (0, 1)),
        ({"ended": "2025-08-31"}, {"assessed": "2025-08-31"}, (0, 0)),
    ],
)
def test_services_with_an_assessed_level(
    ask: Ask, decision: Record, assessment: Record, expected: tuple[int, int]
) -> None:
    tables = {
        "decisions": [IN_FORCE | {"service": "daglig verksamhet"} | decision],
        "care_levels": [ASSESSMENT | assessment],
    }
    assert part(ask("care_level_assessed", window="stock", **tables)) == expected


def test_answers_not_given_are_left_out(tmp_path: Path) -> None:
    answers = ("ja", "nej", "nej", "")
    found = everything(
        tmp_path,
        "2025T2",
        care_levels=[ASSESSMENT | {"assessed": "2025-05-01", "joint": answer} for answer in answers],
        coordinated_plans=[
            {"person_id": "P1", "unit": "Enhet A", "established": "2025-08-31", "participation": answer}
            for answer in answers
        ],
    )
    assert part(found[total("care_level_joint", "tertial")]) == (1, 3)
    assert part(found[total("sip_participation", "tertial")]) == (1, 3)
    assert part(found[total("sip_established", "tertial", "count")]) == (None, 4)


def test_an_assessment_stands_where_its_unit_does_in_the_register(tmp_path: Path) -> None:
    units = [{"unit": "Enhet A", "programme": "Stöd", "area": "Funktionsnedsättning"}]
    base = {"person_id": "P1", "established": "2025-06-01", "birth_year": "2007", "gender": "man"}
    plans = [base | {"unit": "enhet a"}, base | {"unit": "Enhet B"}]
    found = everything(tmp_path, "2025T2", units=units, coordinated_plans=plans)
    numbers = {key[3:]: row.value for key, row in found.items() if key[:3] == ("sip_established", "count", "tertial")}
    assert {key[:2]: number for key, number in numbers.items() if not key[2]} == {
        (1, "Socialnämnden"): 2,
        (2, "Stöd"): 1,
        (2, "okänt"): 1,
        (3, "Enhet A"): 1,
        (3, "Enhet B"): 1,
    }
    assert {key[2:]: number for key, number in numbers.items() if key[0] == 1 and key[2]} == {
        ("area", "Funktionsnedsättning"): 1,
        ("area", "okänt"): 1,
        ("gender", "man"): 2,
        ("age_group", "18–20"): 2,
    }
