"""The quarter's report from the command line: what is written, who can be told by it, and what it leaves alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline import config, quarter
from pipeline.errors import WrongUse
from pipeline.periods import Period
from pipeline.progress import Progress
from pipeline.starting import Request

ROOT = Path(__file__).resolve().parents[2]
ADA, BO = "19900101-1239", "19500101-T123"
HEADINGS = (
    "Beslut-ID", "Person-ID", "Enhet", "Verksamhetsområde", "Lag", "Insats", "Beslutsdatum", "Beslut",
    "Verkställighetsdatum", "Kön", "Skyddade personuppgifter",
)  # fmt: skip
DECISIONS = f"""\
{";".join(HEADINGS)}
BES-1;{ADA};Bistånd;Äldreomsorg;SoL;Hemtjänst;2026-06-01;bifall;;kvinna;nej
BES-2;{BO};Bistånd;Äldreomsorg;SoL;Hemtjänst;2026-02-01;bifall;2026-08-01;man;nej
BES-3;900202-2386;Bistånd;Äldreomsorg;LSS;Korttidsvistelse;2026-01-01;bifall;;man;ja
BES-4;{ADA};Bistånd;Äldreomsorg;SoL;Hemtjänst;2026-07-15;bifall;;kvinna;nej
"""


def ivo(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    places = [f"--{name}={folder / name}" for name in ("processed", "reports")]
    return subprocess.run(
        [
            sys.executable, "-m", "pipeline", "ivo", f"--config={folder / 'config.toml'}", "--today=2026-10-20",
            *places, *more,
        ],
        cwd=ROOT, env={**os.environ, "COLUMNS": "120"}, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def settle(folder: Path) -> Path:
    (folder / "raw").mkdir(parents=True)
    shutil.copy(ROOT / "config.toml", folder / "config.toml")
    return folder


def words(file: Path) -> str:
    sheets = openpyxl.load_workbook(file).worksheets
    return "\n".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row if cell)


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = settle(tmp_path_factory.mktemp("ivo"))
    (folder / "raw" / "beslut_2026-10-05.csv").write_text(DECISIONS, encoding="utf-8")
    (folder / "personer.csv").write_text(f"Personnummer;Namn\n{ADA};Ada Ek\n{BO};Bo Ek\n", encoding="utf-8")
    done = ivo(folder, "--period=2026Q3", f"--raw={folder / 'raw'}", f"--persons={folder / 'personer.csv'}")
    assert done.returncode == 0, done.stderr
    return folder, done


def test_a_quarter_gives_its_three_forms(reported: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, done = reported
    out = folder / "reports" / "2026Q3" / "ivo"
    assert {file.name for file in out.iterdir()} == {
        "individrapport.xlsx", "revisorer.xlsx", "fullmäktige.html", "fullmäktige.xlsx", "manifest.json",
    }  # fmt: skip
    individual, auditors = words(out / "individrapport.xlsx"), words(out / "revisorer.xlsx")
    assert [ADA in individual, BO in individual, "BES-3" in individual, "BES-4" in individual] == [
        True,
        True,
        True,
        False,
    ]
    assert [ADA in auditors, "BES-3" in auditors] == [True, False]
    assert "2\xa0beslut hade väntat mer än tre månader" in done.stdout.replace("\n", " ")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["period"], [one["file"] for one in manifest["inputs"]]) == ("2026Q3", ["beslut_2026-10-05.csv"])
    for name in ("individrapport.xlsx", "revisorer.xlsx"):
        assert (out / name).stat().st_mode & 0o077 == 0


def test_nobody_is_told_but_where_they_must_be(reported: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, done = reported
    secret = {"individrapport.xlsx", "revisorer.xlsx"}
    written = {path: path.read_bytes() for path in (folder / "reports").rglob("*") if path.is_file()}
    for path in list(written):
        if path.suffix == ".xlsx" and path.name not in secret:
            with zipfile.ZipFile(path) as parts:
                written |= {path / name: parts.read(name) for name in parts.namelist()}
    public = [text for path, text in written.items() if not secret.intersection(path.parts)]
    texts = [*public, done.stdout.encode(), done.stderr.encode()]
    forms = [form.encode() for form in (ADA, ADA[2:], ADA.replace("-", ""), BO, "Ada Ek", "900202-2386")]
    assert not [form for form in forms if any(form in text for text in texts)]
    # The council learns no case, nor what the one protected waits for.
    assert not [word for word in (b"BES-1", b"BES-3", b"Korttidsvistelse") if any(word in text for text in public)]
    assert "2386" not in words(folder / "reports" / "2026Q3" / "ivo" / "individrapport.xlsx")


def asked(folder: Path, code: str, *, raw: Path | None = None) -> Request:
    places = {name: folder / name for name in ("processed", "reports")}
    settings = config.with_paths(config.load(folder / "config.toml"), raw=raw or folder / "raw", **places)
    return Request(settings, date(2026, 10, 20), Period.parse(code), raw_given=raw is not None)


def test_a_fault_leaves_the_quarters_report_alone(reported: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder = reported[0]
    before = {path: path.read_bytes() for path in (folder / "reports").rglob("*") if path.is_file()}
    with pytest.raises(WrongUse, match=r"ingen\.csv"):
        quarter.report(asked(folder, "2026Q3", raw=folder / "raw"), Progress(quiet=True), folder / "ingen.csv")
    assert {path: path.read_bytes() for path in (folder / "reports").rglob("*") if path.is_file()} == before


def test_an_empty_folder_gives_the_invented_municipality_marked_as_such(tmp_path: Path) -> None:
    folder = settle(tmp_path)
    real = folder / "reports" / "2026Q2" / "ivo"
    real.mkdir(parents=True)
    (real / "manifest.json").write_text("{}", encoding="utf-8")
    outcome = quarter.report(asked(folder, "2026Q2"), Progress(quiet=True))
    assert [file.name for file in real.iterdir()] == ["manifest.json"]
    out = folder / "reports" / "2026Q2-DEMODATA" / "ivo"
    assert (outcome.folder, outcome.demo) == (out, True)
    assert {file.name for file in out.iterdir()} == {
        "individrapport-DEMODATA.xlsx", "revisorer-DEMODATA.xlsx", "fullmäktige-DEMODATA.html",
        "fullmäktige-DEMODATA.xlsx", "manifest-DEMODATA.json",
    }  # fmt: skip
    assert "DEMODATA" in words(out / "individrapport-DEMODATA.xlsx")
    assert "DEMODATA" in (out / "fullmäktige-DEMODATA.html").read_text(encoding="utf-8")
