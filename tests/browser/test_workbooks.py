"""The workbooks in a real spreadsheet program: they open, print without a fault, and keep every cell when saved."""

from __future__ import annotations

import subprocess
from pathlib import Path

import openpyxl
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


def _converted(file: Path, to: str) -> Path:
    """The file as the program saves it in another form, in a folder of its own."""
    office = require_program("soffice", "libreoffice")
    folder = file.parent / to
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", to, "--outdir", str(folder), str(file)]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=_PATIENCE)
    assert done.returncode == 0, done.stderr
    return folder / f"{file.stem}.{to}"


@pytest.mark.parametrize("write", [_committee, _quality], ids=["rapport", "datakvalitet"])
def test_opens_and_prints(tmp_path: Path, write):
    file = tmp_path / "bok.xlsx"
    write(file)
    assert _converted(file, "pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("write", [_committee, _quality], ids=["rapport", "datakvalitet"])
def test_opened_and_saved_again_every_cell_table_and_chart_is_there(tmp_path: Path, write):
    file = tmp_path / "bok.xlsx"
    write(file)
    given, saved = openpyxl.load_workbook(file), openpyxl.load_workbook(_converted(file, "xlsx"))
    assert saved.sheetnames == given.sheetnames
    for sheet in given:
        again = saved[sheet.title]
        assert [[_known(cell.value) for cell in row] for row in again[sheet.dimensions]] == [
            [_known(cell.value) for cell in row] for row in sheet[sheet.dimensions]
        ]
        assert {name.casefold() for name in again.tables} == {name.casefold() for name in sheet.tables}
        assert len(again._charts) == len(sheet._charts)


def _known(value: object) -> object:
    """A number in twelve digits: not every program keeps all fifteen."""
    return f"{value:.12g}" if isinstance(value, int | float) else value
