"""What the analyst is told when the last check has found something."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ProtectionFailed
from pipeline.lastcheck import Finding, Kind, stop_if_any
from tests.unit.publish import fakes


def test_nothing_found_stops_nothing_and_takes_an_old_report_away(tmp_path: Path) -> None:
    (tmp_path / "skydd.html").write_text("gammal")
    stop_if_any((), tmp_path, fakes.config(), fakes.run_info())
    assert list(tmp_path.iterdir()) == []


def test_a_finding_stops_with_its_place_and_a_report(tmp_path: Path) -> None:
    findings = (
        Finding("rapport.html", "avsnittet Planer, analytikerns kommentar", Kind.CASE),
        Finding("rapport.xlsx", "bladet Planer, cell B4", Kind.HIDDEN),
    )
    with pytest.raises(ProtectionFailed) as stopped:
        stop_if_any(findings, tmp_path / "check", fakes.config(), fakes.run_info())
    said = str(stopped.value)
    assert stopped.value.exit_code == 5
    assert "och på ett ställe till står ett id för ett ärende" in said
    assert "kommentar i mappen comments" in said
    page = (tmp_path / "check" / "skydd.html").read_text(encoding="utf-8")
    assert "Ta bort det ur kommentaren" in page
    assert "Bladet Planer, cell B4" in page
    assert "Felet är programmets" in page
