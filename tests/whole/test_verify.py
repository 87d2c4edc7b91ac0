"""`verify` from the command line: what holds, what does not, and what is told of it; nothing is changed by looking."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.whole.test_ivo import DECISIONS, ivo
from tests.whole.test_runs import ROOT, report, settle, tertial

PERIOD = "reports/2025T2"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = settle(tmp_path_factory.mktemp("made"))
    run = report(folder)
    assert run.returncode == 0, run.stderr
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy"


def verify(folder: Path, place: str = PERIOD) -> tuple[int, str]:
    places = [f"--{name}={folder / name}" for name in ("raw", "processed")]
    run = tertial("verify", str(folder / place), *places, f"--config={folder / 'config.toml'}")
    assert "Traceback" not in run.stderr
    return run.returncode, run.stdout.replace("\N{NO-BREAK SPACE}", " ") + (run.stderr if run.returncode == 2 else "")


def everything(folder: Path) -> dict[str, tuple[int, int, int]]:
    stats = {path.as_posix(): path.lstat() for path in folder.rglob("*")}
    return {name: (one.st_mtime_ns, one.st_mode, one.st_size) for name, one in stats.items()}


def rewrite(file: Path, changed: dict[str, str], **where: str) -> dict[str, str]:
    """Change cells of the one row that is so; what the row was."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    (row,) = [one for one in rows if all(one[name] == value for name, value in where.items())]
    before = dict(row)
    row |= changed
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return before


TOTAL = {"metric": "investigation_within_120_days", "window": "tertial", "level": "1", "breakdown": ""}


def test_what_was_published_holds_and_nothing_is_changed_by_looking(folder: Path) -> None:
    # Files that have other names by now, and other files beside them, are no hindrance.
    (folder / "raw" / "utredningar_2025-09-05.csv").rename(folder / "raw" / "utredningar_gamla.csv")
    (folder / "raw" / "utredningar_2026-01-05.csv").write_text("Utrednings-ID\n", encoding="utf-8")
    before = everything(folder)
    code, said = verify(folder)
    assert (code, said.splitlines()[-1]) == (0, "Rapporten stämmer."), said
    assert "Program, inställningar och definitioner är desamma." in said
    assert "committee/resultat.csv: alla 501 rader stämmer." in said
    assert everything(folder) == before


def test_the_key_may_be_gone(folder: Path) -> None:
    (folder / "data" / "pseudonym.key").unlink()
    before = everything(folder)
    assert verify(folder)[0] == 0
    assert everything(folder) == before


def test_a_figure_that_was_changed_afterwards_is_named(folder: Path) -> None:
    for part in ("committee", "internal"):
        rewrite(folder / PERIOD / part / "resultat.csv", {"numerator": "38", "value": "0.974359"}, **TOTAL)
    code, said = verify(folder)
    assert code == 3
    assert "Filen committee/resultat.csv är ändrad sedan rapporten gjordes." in said
    called = "investigation_within_120_days · share · tertial · 1 · Socialnämnden: "
    assert called + "numerator 38 → 30, value 0.974359 → 0.769231" in said
    assert called + "skiljer sig i numerator och value" in said
    assert said.count("1 rad stämmer inte") == 2


def test_what_is_hidden_is_never_told(folder: Path) -> None:
    unit = {**TOTAL, "level": "3", "org": "Söder"}
    hidden = rewrite(folder / PERIOD / "internal" / "resultat.csv", {"numerator": "2", "value": "0.666667"}, **unit)
    shown = {"numerator": "3", "denominator": "3", "value": "1.000000", "suppressed": "false"}
    rewrite(folder / PERIOD / "committee" / "resultat.csv", shown, **unit)
    assert hidden["denominator"] == "3"
    code, said = verify(folder)
    assert code == 3
    called = "investigation_within_120_days · share · tertial · 3 · Söder: "
    assert called + "skiljer sig i numerator och value" in said
    assert called + "är skyddad nu men visades då" in said
    assert "→" not in said


def test_an_extract_that_is_gone_or_changed_leaves_nothing_to_recompute(folder: Path) -> None:
    (folder / "raw" / "enheter_2025-09-05.csv").unlink()
    with (folder / "raw" / "utredningar_2025-09-05.csv").open("a", encoding="utf-8") as stream:
        stream.write("U99;19900101-1239;Norr;Barn och unga;2025-09-02;;kvinna\n")
    code, said = verify(folder)
    assert code == 3
    assert f"Utdraget enheter_2025-09-05.csv finns inte i {folder / 'raw'}" in said
    assert "Utdraget utredningar_2025-09-05.csv i" in said
    assert "innehållet har ändrats" in said
    assert "kan därför inte räknas om" in said


def test_the_day_of_a_file_without_one_in_its_name_is_that_of_then(tmp_path: Path) -> None:
    folder = settle(tmp_path)
    file = (folder / "raw" / "utredningar_2025-09-05.csv").rename(folder / "raw" / "utredningar.csv")
    os.utime(file, (1_757_073_600, 1_757_073_600))  # noon on 5 September 2025
    assert report(folder).returncode == 0
    os.utime(file, (1_750_000_000, 1_750_000_000))
    code, said = verify(folder)
    assert code == 0, said


def test_other_definitions_and_versions_are_told_of(folder: Path) -> None:
    manifest = folder / PERIOD / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8"))
    told |= {"program_version": "0.0.9", "config_sha256": "0" * 64}
    told["metrics"] |= {"referrals": "0" * 64, "a_metric_of_old": "0" * 64}
    manifest.write_text(json.dumps(told), encoding="utf-8")
    (folder / PERIOD / "committee" / "anteckningar.txt").write_text("", encoding="utf-8")
    code, said = verify(folder)
    assert code == 0, said
    assert "version 0.0.9" in said
    assert "Inställningarna är andra än då" in said
    assert "Måtten har ändrad definition (SQL): referrals." in said
    assert "Måtten finns inte längre: a_metric_of_old." in said
    assert "committee/anteckningar.txt hör inte till rapporten" in said


def test_what_is_no_report_is_told_in_a_sentence(folder: Path) -> None:
    code, said = verify(folder, "reports")
    assert (code, "är ingen publicerad rapport" in said) == (2, True)
    (folder / PERIOD / "manifest.json").write_text("{}", encoding="utf-8")
    code, said = verify(folder)
    assert (code, "kan inte läsas som ett manifest" in said) == (2, True)


@pytest.mark.parametrize("with_persons", [False, True])
def test_a_quarters_report_is_written_again_and_compared(tmp_path: Path, with_persons: bool) -> None:
    (tmp_path / "raw").mkdir()
    shutil.copy(ROOT / "config.toml", tmp_path / "config.toml")
    (tmp_path / "raw" / "beslut_2026-10-05.csv").write_text(DECISIONS, encoding="utf-8")
    (tmp_path / "personer.csv").write_text("Personnummer\n19900101-1239\n", encoding="utf-8")
    more = [f"--persons={tmp_path / 'personer.csv'}"] if with_persons else []
    run: subprocess.CompletedProcess[str] = ivo(tmp_path, f"--raw={tmp_path / 'raw'}", *more)
    assert run.returncode == 0, run.stderr
    code, said = verify(tmp_path, "reports/2026Q3/ivo")
    assert code == 0, said
    assert "fullmäktige.html blir likadan när den räknas om." in said
    assert ("revisorer.xlsx gjordes med en egen lista över personer" in said) is with_persons
