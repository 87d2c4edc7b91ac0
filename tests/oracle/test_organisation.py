"""The oracle against cases worked out by hand: internal control, activities, measures; rows without a unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from .asking import Ask, Record, category, everything, part, total

CONTROL = {"risk": "Behörighet", "control": "Loggar", "unit": "Enhet A", "date": "2025-05-01"}
ACTIVITY = {"goal": "Kortare tid", "activity": "Rutin", "unit": "Enhet A", "date": "2025-05-01", "status": "genomfört"}
MEASURE = {"measure": "Platser", "unit": "Enhet A", "date": "2025-05-01"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"sampled": "76", "deviating": "9"}, (9, 76)),
        ({"sampled": "76", "outcome": "ingen avvikelse"}, (0, 76)),
        ({"sampled": "76", "outcome": "mindre avvikelse"}, (0, 0)),
        ({"sampled": "76"}, (0, 0)),
        ({"sampled": "0", "deviating": "0"}, (0, 0)),
        ({"deviating": "3", "outcome": "stor avvikelse"}, (0, 0)),
        ({"sampled": "76", "deviating": "9", "date": "2025-09-01"}, (0, 0)),
    ],
)
def test_control_deviation(ask: Ask, change: Record, expected: tuple[int, int]) -> None:
    assert part(ask("control_deviation", controls=[CONTROL | change])) == expected


def test_controls_are_summed_and_those_of_no_unit_are_the_committees(tmp_path: Path) -> None:
    units = [{"unit": "Enhet A", "programme": "Stöd", "area": "Vuxna"}]
    rows = [
        CONTROL | {"sampled": "76", "deviating": "9"},
        CONTROL | {"sampled": "24", "deviating": "3", "unit": "", "control": "LOGGAR"},
        CONTROL | {"sampled": "10", "deviating": "0", "unit": "", "risk": "Delegat"},
    ]
    found = everything(tmp_path, "2025T2", units=units, controls=rows)
    cells = {key[3:]: part(row) for key, row in found.items() if key[:3] == ("control_deviation", "share", "tertial")}
    assert {key: cells[key] for key in cells if key[0] == 1} == {
        (1, "Socialnämnden", "", ""): (12, 110),
        (1, "Socialnämnden", "area", "Vuxna"): (9, 76),
        (1, "Socialnämnden", "area", "okänt"): (3, 34),
        (1, "Socialnämnden", "control", "Behörighet: Loggar"): (12, 100),
        (1, "Socialnämnden", "control", "Delegat: Loggar"): (0, 10),
    }
    assert {key[:2]: cells[key] for key in cells if key[0] > 1 and not key[2]} == {
        (2, "Stöd"): (9, 76),
        (3, "Enhet A"): (9, 76),
    }


def test_of_an_activity_the_latest_row_of_the_window_counts(tmp_path: Path) -> None:
    rows = [
        ACTIVITY | {"status": "ej genomfört"},
        ACTIVITY | {"date": "2025-08-31"},
        ACTIVITY | {"date": "2025-09-01", "status": "ej genomfört"},
        ACTIVITY | {"unit": "", "activity": "Utbildning", "status": "delvis genomfört"},
        ACTIVITY | {"unit": "", "activity": "Granskning"},
        ACTIVITY | {"unit": "", "activity": "Granskning", "date": "2025-05-02", "status": "ej bedömt"},
    ]
    found = everything(tmp_path, "2025T2", activities=rows)
    assert part(found[total("activity_done", "tertial")]) == (1, 2)
    assert part(found[category("activity_done", "tertial", "goal", "Kortare tid")]) == (1, 2)
    assert part(found["activity_done", "share", "tertial", 3, "Enhet A", "", ""]) == (1, 1)


def test_measures_are_summed_or_stand_as_they_are(tmp_path: Path) -> None:
    rows = [
        MEASURE | {"numerator": "1,5", "denominator": "10"},
        MEASURE | {"numerator": "2", "denominator": "10", "date": "2025-06-01", "value": "8"},
        MEASURE | {"measure": "Kö", "value": "7", "date": "2025-06-01"},
        MEASURE | {"measure": "Kö", "value": "5"},
        MEASURE | {"measure": "Kö", "value": "4", "unit": "Enhet B"},
        MEASURE | {"measure": "Över", "numerator": "3", "denominator": "2"},
        MEASURE | {"measure": "Kö", "date": "2025-07-01"},
        MEASURE | {"measure": "Inget"},
    ]
    found = everything(tmp_path, "2025T2", measurements=rows)
    share = found[category("measure", "tertial", "measure", "Platser")]
    assert part(share) == (Fraction(7, 2), 20)
    assert share.value == Decimal("0.175")
    over = found[category("measure", "tertial", "measure", "Över")]
    assert (over.value, over.ci_low) == (Decimal("1.5"), None)
    queue = found[category("measure", "tertial", "measure", "Kö", "value")]
    assert (queue.denominator, queue.value) == (2, None)
    own = found["measure", "value", "tertial", 3, "Enhet A", "measure", "Kö"]
    assert (own.denominator, own.value) == (1, Decimal("7.00"))
    assert category("measure", "tertial", "measure", "Inget") not in found


def test_units_of_every_extract_have_their_rows_but_not_whom_a_plan_or_a_goal_is_for(tmp_path: Path) -> None:
    found = everything(
        tmp_path,
        "2025T2",
        followup_plan=[{"area": "Delaktighet", "unit": "Stab"}],
        requirements=[{"requirement": "Krav", "unit": "Juristerna"}, {"requirement": "Ett till", "unit": ""}],
        goals=[{"metric": "plan_current", "target": "90", "unit": "Planeringen"}],
        surveys=[{"unit": "Enhet A", "question": "Nöjd?", "date": "2020-01-01", "answered": "1", "positive": "1"}],
    )
    by_level = {key[3:5] for key in found if key[0] == "survey_positive" and key[3] > 1}
    assert by_level == {(3, "Enhet A")}
