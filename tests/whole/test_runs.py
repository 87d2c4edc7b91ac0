"""Whole runs from the command line: what is written, what is left alone, and what the analyst is told."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from pipeline import audit, database, demo
from pipeline.cli import app
from pipeline.metrics import catalogue

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2025-10-01"
PERSON = "19900101-1239"
# Besides these, a page for each unit, and a workbook for each that has cases to act on.
OUTPUTS = {
    "committee/rapport.html", "committee/rapport.xlsx", "committee/resultat.csv",
    "internal/resultat.csv", "internal/datakvalitet.html", "internal/datakvalitet.xlsx", "manifest.json",
}  # fmt: skip


def tertial(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "120", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def write_extracts(folder: Path, *, faulty: int = 0) -> None:
    """Forty child investigations: thirty closed within 120 days, nine later, one still open.

    Three of the thirty are a unit's own; the first `faulty` lack the day they were opened.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "enheter_2025-09-05.csv").write_text(
        "Enhet;Verksamhetsuppdrag;Verksamhetsområde\n"
        "Norr;Barn och familj;Barn och unga\nSöder;Barn och familj;Barn och unga\n",
        encoding="utf-8",
    )
    rows = ["Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Inledd;Avslutad;Kön"]
    for number in range(39):
        unit = "Söder" if number in (0, 1, 2) else "Norr"
        opened = "" if number < faulty else "2025-02-01"
        closed = "2025-05-20" if number < 30 else "2025-08-20"
        rows.append(f"U{number};{PERSON};{unit};Barn och unga;{opened};{closed};{'kvinna' if number % 2 else 'man'}")
    rows.append(f"U39;{PERSON};Norr;Barn och unga;2025-09-02;;kvinna")
    (folder / "utredningar_2025-09-05.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def report(folder: Path, *more: str, **environment: str) -> subprocess.CompletedProcess[str]:
    places = [f"--{name}={folder / name}" for name in ("raw", "processed", "reports")]
    return tertial("report", *places, f"--config={folder / 'config.toml'}", f"--today={TODAY}", *more, **environment)


def settle(folder: Path, **raw: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "config.toml", folder / "config.toml")
    write_extracts(folder / "raw", **raw)
    return folder


def fingerprints(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def outputs(folder: Path) -> set[str]:
    one_a_unit = ("internal/bevakning/", "internal/enheter/")
    return {name for name in fingerprints(folder) if not name.startswith(one_a_unit)}


def figures(file: Path) -> dict[tuple[str, ...], dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = ("metric", "statistic", "window", "level", "org", "breakdown", "category")
    return {tuple(row[name] for name in names): row for row in rows}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = settle(tmp_path_factory.mktemp("published"))
    return folder, report(folder, LC_ALL="C", TZ="UTC", PYTHONHASHSEED="1")


def test_a_run_writes_every_file_and_tells_what_it_read(
    published: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, run = published
    assert run.returncode == 0, run.stderr
    assert outputs(folder / "reports" / "2025T2") == OUTPUTS
    assert "Utredningar" in run.stdout
    assert "rapport.html" in run.stdout


def test_the_figures_are_those_of_the_rows(published: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    committee = published[0] / "reports" / "2025T2"
    total = ("investigation_within_120_days", "share", "tertial", "1", "Socialnämnden", "", "")
    unit = ("investigation_within_120_days", "share", "tertial", "3", "Söder", "", "")
    internal, public = (figures(committee / f"{name}/resultat.csv") for name in ("internal", "committee"))
    assert (internal[total]["numerator"], internal[total]["denominator"], internal[total]["value"]) == (
        "30", "39", "0.769231"
    )  # fmt: skip
    assert public[total] == internal[total]
    assert (internal[unit]["numerator"], internal[unit]["denominator"]) == ("3", "3")
    assert public[unit]["suppressed"] == "true"
    hidden = ("numerator", "denominator", "value", "ci_low", "ci_high", "status")
    assert [public[unit][name] for name in hidden] == [""] * 6
    assert set(internal) == set(public)
    absent = internal["plan_in_force", "share", "stock", "1", "Socialnämnden", "", ""]
    assert (absent["denominator"], absent["status"]) == ("", "uppgift saknas")


def test_each_unit_has_a_page_of_its_own_that_its_owner_alone_can_read(
    published: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder = published[0] / "reports" / "2025T2" / "internal" / "enheter"
    assert {file.name for file in folder.iterdir()} == {"Norr.html", "Söder.html"}
    for path in (folder, *folder.iterdir()):
        assert path.stat().st_mode & 0o077 == 0
    south = (folder / "Söder.html").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert "3 av 3 (100 %)" in south
    assert "Norr" not in south


def test_the_page_of_all_reports_tells_the_period_and_links_to_what_the_committee_got(
    published: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, run = published
    page = (folder / "reports" / "index.html").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert "Tertial 2 2025" in page
    for name in re.findall(r'href="([^"#]+)"', page):
        assert (folder / "reports" / name).is_file()
    assert 'href="2025T2/committee/rapport.html"' in page
    assert "index.html" in run.stdout


def test_the_manifest_tells_inputs_and_outputs(published: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder = published[0] / "reports" / "2025T2"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    rows = {one["extract"]: (one["read"], one["loaded"], one["rejected"]) for one in manifest["inputs"]}
    assert rows == {"units": (2, 2, 0), "investigations": (40, 40, 0)}
    written = fingerprints(folder)
    written.pop("manifest.json")
    assert manifest["outputs"] == written


def test_the_same_run_elsewhere_gives_the_same_bytes(
    published: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    other = settle(tmp_path / "en annan mapp å")
    assert report(other, LC_ALL="C.UTF-8", TZ="Asia/Tokyo", PYTHONHASHSEED="2").returncode == 0
    here, there = (fingerprints(folder / "reports" / "2025T2") for folder in (published[0], other))
    assert here == there


def test_no_person_stands_in_anything_that_is_written(
    published: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, run = published
    forms = [form.encode() for form in (PERSON, PERSON.replace("-", ""), PERSON[2:], PERSON[2:].replace("-", ""))]
    written = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "raw" not in path.parts}
    for path in folder.rglob("*.xlsx"):
        with zipfile.ZipFile(path) as parts:
            written |= {path / name: parts.read(name) for name in parts.namelist()}
    assert folder / "processed" / "kvalitet.duckdb" in written
    texts = [*written.values(), run.stdout.encode(), run.stderr.encode()]
    assert not [form for form in forms if any(form in text for text in texts)]


def unlogged(processed: Path) -> dict[str, str]:
    """Every file but the log, to which each question adds a line."""
    return {name: value for name, value in fingerprints(processed).items() if not name.startswith("history/audit/")}


def test_questions_are_answered_and_change_nothing(published: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    processed = published[0] / "processed"
    before, noted = unlogged(processed), audit.read(processed)[0]
    asked = tertial("sql", "select count(*) as n from investigations", "--format=csv", f"--processed={processed}")
    assert (asked.returncode, asked.stdout) == (0, "n\n40\n")
    forbidden = (
        "delete from investigations",
        "create table x (a int)",
        "select * from read_csv('/etc/passwd')",
        f"copy investigations to '{processed / 'ut.csv'}'",
        f"attach '{processed / 'annan.duckdb'}'",
    )
    for query in forbidden:
        refused = tertial("sql", query, f"--processed={processed}")
        assert refused.returncode == 2, query
        assert "Traceback" not in refused.stderr
        assert len(refused.stderr.strip().splitlines()) == 1
    assert unlogged(processed) == before
    after = audit.read(processed)[0]
    assert after[: len(noted)] == noted
    assert [(one.what, one.rows) for one in after[len(noted) :]] == [
        ("select count(*) as n from investigations", 1), *((query, None) for query in forbidden)
    ]  # fmt: skip


def test_a_fault_leaves_the_published_report_and_database_alone(tmp_path: Path) -> None:
    folder = settle(tmp_path)
    assert report(folder).returncode == 0
    before = fingerprints(folder / "reports") | fingerprints(folder / "processed")
    before = {name: value for name, value in before.items() if not name.startswith("history/")}
    raw = folder / "raw"

    for name, content, said in (
        ("utredningar_ny.csv", "Utrednings-ID;Person-ID;Enhet;Verksamhetsområde\nU1;1;Norr;Barn och unga\n", "Inledd"),
        ("utredningar_ny.xlsx", "inte ett kalkylark", "utredningar_ny.xlsx"),
        ("okänt.csv", "a;b\n1;2\n", "okänt.csv"),
    ):
        (raw / name).write_text(content, encoding="utf-8")
        run = report(folder)
        assert (run.returncode, said in run.stderr, "Traceback" in run.stderr) == (2, True, False), run.stderr
        (raw / name).unlink()

    write_extracts(raw, faulty=3)  # 3 of 40 is 7.5 %
    run = report(folder)
    assert run.returncode == 3, run.stderr
    # What is remembered of the stopped delivery is no part of what was published.
    after = fingerprints(folder / "processed") | fingerprints(folder / "reports")
    assert {name: value for name, value in after.items() if not name.startswith(("check/", "history/"))} == before
    assert {path.name for path in (folder / "reports" / "check").iterdir()} == {
        "datakvalitet.html", "datakvalitet.xlsx"
    }  # fmt: skip

    write_extracts(raw, faulty=2)  # 2 of 40 is 5 %, the limit itself
    assert report(folder).returncode == 0
    write_extracts(raw, faulty=3)
    assert report(folder, "--accept-rejects").returncode == 0


def test_wrong_use_is_answered_in_a_sentence(tmp_path: Path) -> None:
    folder = settle(tmp_path)
    settings = (folder / "config.toml").read_text(encoding="utf-8")
    for arguments, said in (
        ([f"--raw={folder / 'rwa'}"], "rwa"),
        (["--period=2025T4"], "2025T4"),
        (["--today=i går"], "i går"),
    ):
        run = report(folder, *arguments)
        assert (run.returncode, said in run.stderr, "Traceback" in run.stderr) == (2, True, False), run.stderr
    (folder / "en fil").write_text("", encoding="utf-8")
    for place in ("processed", "reports"):
        run = report(folder, f"--{place}={folder / 'en fil'}")
        assert (run.returncode, "en fil" in run.stderr, "Traceback" in run.stderr) == (2, True, False), run.stderr
    (folder / "config.toml").write_text(settings.replace("areas = []", 'areas = ["Barn och ungdom"]'), encoding="utf-8")
    run = report(folder)
    assert (run.returncode, "närmast är Barn och unga" in run.stderr) == (2, True), run.stderr
    (folder / "config.toml").write_text(settings.replace("child_areas", "child_area"), encoding="utf-8")
    run = report(folder)
    assert (run.returncode, "child_areas" in run.stderr) == (2, True)
    assert not (folder / "reports").exists()


def test_data_that_cannot_be_dated_are_told_of_before_the_period_is(tmp_path: Path) -> None:
    folder = settle(tmp_path)
    shutil.rmtree(folder / "raw")
    (folder / "raw").mkdir()
    heading = "Beslut-ID;Person-ID;Enhet;Verksamhetsområde;Lag;Insats;Beslutsdatum;Beslut\n"
    rows = "".join(f"B{n};{n};Norr;Äldreomsorg;SoL;hemtjänst;31/08/2025x;bifall\n" for n in range(9))
    (folder / "raw" / "beslut.csv").write_text(heading + rows, encoding="utf-8")
    run = report(folder)
    assert (run.returncode, "beslut 100" in run.stderr) == (3, True), run.stderr
    assert (folder / "reports" / "check" / "datakvalitet.html").is_file()
    places = [f"--{name}={folder / name}" for name in ("raw", "reports")]
    check = tertial("check", *places, f"--config={folder / 'config.toml'}", f"--today={TODAY}")
    assert (check.returncode, "ingen rapport" in check.stdout) == (0, True), check.stderr


def test_a_second_run_waits_its_turn(tmp_path: Path) -> None:
    folder = settle(tmp_path)
    (folder / "processed").mkdir()
    with FileLock(folder / "processed" / ".lock"):
        run = report(folder)
    assert run.returncode == 4
    assert not (folder / "reports").exists()


def test_the_invented_municipality_has_something_of_every_metric(swedish_demo: Path) -> None:
    with database.read_only(swedish_demo / "data" / "processed") as db:
        alive = {metric for (metric,) in db.rows("select distinct metric from figures where denominator > 0")}
    assert alive == set(catalogue.read()), "a metric that nothing is measured by"


def in_this_process(config: Path) -> None:
    app(["report", f"--config={config}", f"--today={TODAY}"], standalone_mode=False)


def test_an_empty_folder_gives_the_invented_municipality_and_a_real_run_replaces_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The invented municipality delivers little here; what all of it gives is held by the tests of `swedish_demo`."""
    write = demo.write

    def little(out: Path, *how: Any) -> None:
        for file in write(out, *how):
            if not file.name.startswith(("enheter", "utredningar")):
                file.unlink()

    monkeypatch.setattr(demo, "write", little)
    folder = settle(tmp_path)
    raw = folder / "raw"
    own = folder / "own.toml"
    settings = (folder / "config.toml").read_text(encoding="utf-8").replace("data/", "")
    # The extracts are of one area; the invented municipality's others would only take time.
    settings = settings.replace("areas = []", 'areas = ["Barn och unga"]')
    own.write_text(settings, encoding="utf-8", newline="\n")
    shutil.rmtree(raw)
    raw.mkdir()
    (raw / ".gitkeep").touch()
    in_this_process(own)
    published = folder / "reports" / "2025T2"
    assert len(outputs(published)) == len(OUTPUTS)
    assert all("-DEMODATA." in name for name in fingerprints(published))
    assert "DEMODATA" in next(published.glob("committee/*.html")).read_text(encoding="utf-8")
    assert {path.name for path in (folder / "reports").iterdir()} == {"2025T2", "index-DEMODATA.html"}

    write_extracts(raw)
    in_this_process(own)
    assert outputs(published) == OUTPUTS
    assert {path.name for path in (folder / "reports").iterdir()} == {"2025T2", "index.html"}
    index = (folder / "reports" / "index.html").read_bytes()
    real = fingerprints(published) | fingerprints(folder / "processed")

    shutil.rmtree(raw)
    raw.mkdir()
    in_this_process(own)
    assert fingerprints(published) | fingerprints(folder / "processed") == real
    assert (folder / "reports" / "2025T2-DEMODATA").is_dir()
    assert (folder / "reports" / "index.html").read_bytes() == index

    write_extracts(raw)
    in_this_process(own)
    assert {path.name for path in (folder / "reports").iterdir()} == {"2025T2", "index.html"}
