"""The workbooks in a real spreadsheet program: they open, and print without a fault."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pipeline.publish import committee_workbook, quality_workbook
from tests.programs import require_program
from tests.unit.publish import comparison_fakes, fakes, quality_fakes

_PATIENCE = 120


def _committee(file: Path) -> None:
    committee_workbook.write(
        file, fakes.report(demo=True, quality=quality_fakes.quality(), comparisons=comparison_fakes.comparisons())
    )


def _quality(file: Path) -> None:
    quality_workbook.write(file, quality_fakes.quality(), fakes.config(), fakes.run_info(), fakes.metrics())


@pytest.mark.parametrize("write", [_committee, _quality], ids=["rapport", "datakvalitet"])
def test_opens_and_prints(tmp_path: Path, write):
    office = require_program("soffice", "libreoffice")
    file = tmp_path / "bok.xlsx"
    write(file)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=_PATIENCE)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "bok.pdf").read_bytes().startswith(b"%PDF")
