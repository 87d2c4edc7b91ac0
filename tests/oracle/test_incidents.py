"""The oracle against cases worked out by hand: incidents, complaints and the overruns that are recorded as such."""

from __future__ import annotations

from pathlib import Path

import pytest

from .asking import INVESTIGATION, Ask, Record, everything, part, total
from .writing import write

INCIDENT = {"unit": "Enhet A", "kind": "avvikelse", "received": "2025-06-01"}


@pytest.mark.parametrize(
    ("received", "closed", "expected"),
    [
        ("2025-06-02", "", (0, 1)),  # 90 days
        ("2025-06-01", "", (1, 1)),  # 91 days
        ("2025-06-01", "2025-08-31", (0, 0)),
        ("2025-06-01", "2025-09-01", (1, 1)),
        ("2025-08-31", "", (0, 1)),
        ("2025-09-01", "", (0, 0)),
    ],
)
def test_incidents_open_over_90_days(ask: Ask, received: str, closed: str, expected: tuple[int, int]) -> None:
    row = INCIDENT | {"received": received, "closed": closed}
    assert part(ask("incident_open_over_90_days", window="stock", incidents=[row])) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"reported_to_ivo": "2025-08-31"}, (1, 1)),
        ({"reported_to_ivo": "2025-09-01"}, (0, 1)),
        ({}, (0, 1)),
        ({"reported_to_ivo": "2025-08-31", "serious": "nej"}, (0, 0)),
        ({"reported_to_ivo": "2025-08-31", "serious": ""}, (0, 0)),
        ({"reported_to_ivo": "2025-08-31", "kind": "lex Maria"}, (0, 0)),
        ({"reported_to_ivo": "2025-08-31", "kind": "Lex sarah"}, (1, 1)),
        ({"reported_to_ivo": "2025-08-31", "received": "2025-04-30"}, (0, 0)),
    ],
)
def test_lex_sarah(ask: Ask, change: Record, expected: tuple[int, int]) -> None:
    row = INCIDENT | {"kind": "lex Sarah", "serious": "ja"} | change
    assert part(ask("lex_sarah_reported_to_ivo", incidents=[row])) == expected


@pytest.mark.parametrize(
    ("closed", "change", "expected"),
    [
        ("2025-05-01", {}, (0, 0)),  # 120 days
        ("2025-05-02", {}, (1, 1)),
        ("2025-05-02", {"received": "2025-08-31"}, (1, 1)),
        ("2025-05-02", {"received": "2025-09-01"}, (0, 1)),
        ("2025-05-02", {"received": "2024-01-01"}, (1, 1)),
        ("2025-05-02", {"kind": "tillbud"}, (0, 1)),
        ("2025-05-02", {"investigation_id": "U2"}, (0, 1)),
        ("2025-05-02", {"investigation_id": ""}, (0, 1)),
        ("2025-05-02", {"source_system": "Ett annat"}, (1, 1)),
    ],
)
def test_recorded_overruns(ask: Ask, closed: str, change: Record, expected: tuple[int, int]) -> None:
    tables = {
        "investigations": [
            INVESTIGATION
            | {"investigation_id": "U1", "opened": "2025-01-01", "closed": closed, "source_system": "Systemet"}
        ],
        "incidents": [INCIDENT | {"investigation_id": "U1"} | change],
    }
    assert part(ask("investigation_overrun_recorded", **tables)) == expected


def test_incidents_and_feedback_by_what_they_are(tmp_path: Path) -> None:
    rows = [
        INCIDENT | {"severity": "4", "recurrence": "2", "external": "ja", "category": "Bemötande"},
        INCIDENT | {"severity": "4", "external": "nej", "category": "bemötande"},
        INCIDENT | {"kind": "synpunkt", "feedback": "klagomål", "category": "bemötande"},
        INCIDENT | {"kind": "synpunkt", "submitter": "anhörig", "received": "2025-04-30"},
        INCIDENT | {"received": "2025-09-01"},
    ]
    found = everything(tmp_path, "2025T2", incidents=rows)
    assert found[total("incidents", "tertial", "count")].value == 3
    assert found[total("incidents", "ytd", "count")].value == 4
    assert found[total("feedback", "tertial", "count")].value == 1

    def by(metric: str, breakdown: str) -> dict[str, object]:
        return {
            key[6]: row.value
            for key, row in found.items()
            if key[:6] == (metric, "count", "tertial", 1, "Socialnämnden", breakdown)
        }

    assert by("incidents", "severity_recurrence") == {"4 × 2": 1, "ej angivet": 2}
    assert by("incidents", "severity") == {"4": 2, "ej angivet": 1}
    assert by("incidents", "external") == {"ja": 1, "nej": 1, "ej angivet": 1}
    assert by("incidents", "category") == {"bemötande": 3, "ej angivet": 0}
    assert by("incidents", "kind") == {"avvikelse": 2, "synpunkt": 1}
    assert by("feedback", "feedback") == {"klagomål": 1, "ej angivet": 0}
    assert by("feedback", "submitter") == {"anhörig": 0, "ej angivet": 1}
    assert by("incidents", "gender") == {}


def test_an_id_is_unique_within_a_kind_of_file(tmp_path: Path) -> None:
    row = INCIDENT | {"incident_id": "1", "kind": "synpunkt"}
    for name in ("avvikelser", "synpunkter_1", "synpunkter_2"):
        write(tmp_path, "incidents", [row], name=name)
    assert everything(tmp_path, "2025T2")[total("incidents", "tertial", "count")].value == 2
