"""docs/add-a-metric.md, followed step by step in a copy of the project: its commands, its files, its figure."""

from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.places import ROOT

DOC = (ROOT / "docs" / "add-a-metric.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`((?:sql|tests)/[\w./]+\.\w+)`")
METRIC, TITLE = "sip_followed_up", "Samordnade planer som följts upp"
# A report on these takes a third of the time of the invented municipality's: the others' extracts are not there.
PLANS = ["SIP-ID;Person-ID;Enhet;Upprättad;Uppföljd"] + [
    f"S{number};P{number};Mottagningen;{established};{followed_up}"
    for number, (established, followed_up) in enumerate(
        [("2024-06-01", "2025-02-01")] * 9 + [("2024-07-01", "2025-08-01")] * 6 + [("2025-08-31", "")] * 5
    )
]
OPENED = "Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Inledd\nU1;P1;Mottagningen;Barn och unga;2025-08-31\n"
COPIED = ("pipeline", "sql", "profiles", "tests", "config.toml", "pyproject.toml")


def steps() -> list[tuple[str, str, list[str]]]:
    """Each block of the page: its kind, its text, and the file named last before it."""
    return [(found["kind"], found["text"], NAMED.findall(DOC[: found.start()])[-1:]) for found in BLOCK.finditer(DOC)]


def ran(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    """A command of the page, in the copy, by this environment's Python instead of one that is built anew."""
    _, flag, module, *arguments = shlex.split(command)
    assert flag == "-m"
    if module == "pipeline.environment":
        given = [*arguments, "-n0", "-p", "no:cacheprovider"]
    else:
        given = ["-c", "from pipeline.cli import main; main()", *arguments]
    return subprocess.run(
        [sys.executable, *given], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
        timeout=600, env={**os.environ, "COLUMNS": "160", "PYTHONPATH": str(folder)},
    )  # fmt: skip


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, subprocess.CompletedProcess[str]]]:
    """The copy after every step of the page, and what its commands said."""
    folder = tmp_path_factory.mktemp("project")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "data"))
        else:
            shutil.copy(source, folder / name)
    for name in ("data/raw", "data/processed", "reports/comments"):
        (folder / name).mkdir(parents=True)
    (folder / "data/raw/sip_2025-09-05.csv").write_text("\n".join(PLANS) + "\n", encoding="utf-8")
    (folder / "data/raw/utredningar_2025-09-05.csv").write_text(OPENED, encoding="utf-8")  # tells the period
    said: dict[str, subprocess.CompletedProcess[str]] = {}
    for kind, text, named in steps():
        if kind:
            (folder / named[0]).write_text(text, encoding="utf-8")
            continue
        for command in text.splitlines():
            said[command] = ran(folder, command)
            if "new-metric" in command:
                said["too early"] = ran(folder, "python -m pipeline report")
        if "Ta bort mallens fil" in DOC and (folder / "tests/metrics" / METRIC).exists():
            (folder / "tests/metrics" / METRIC / "first_case" / "utredningar.csv").unlink(missing_ok=True)
    return folder, said


def test_the_page_has_the_steps_that_are_followed() -> None:
    commands = [text.strip() for kind, text, _ in steps() if not kind]
    assert [command.split()[2:4] for command in commands] == [
        ["pipeline", "new-metric"], ["pipeline.environment", "-m"], ["pipeline", "report"], ["pipeline", "metrics"],
    ]  # fmt: skip
    assert [named[0].rsplit("/", 1)[1] for kind, _, named in steps() if kind] == [
        f"{METRIC}.sql", "sip.csv", "case.toml", "expect.csv",
    ]  # fmt: skip


def test_every_command_of_the_page_does_what_it_says(followed) -> None:
    folder, said = followed
    early = said.pop("too early")
    assert early.returncode == 2
    assert f"{METRIC}.sql: title, question, numerator" in early.stderr
    for command, done in said.items():
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    tested = next(done.stdout for command, done in said.items() if "pytest" in command)
    assert re.search(r"\b2 passed\b", tested), tested  # the case, and that there is one
    cases = next(done.stdout for command, done in said.items() if "--cases" in command)
    assert "Räknas inte i täljaren: upprättad " in cases
    assert "Det är siffran i rapporten." in cases
    assert folder.is_dir()


def test_the_metric_stands_in_the_page_and_in_the_results(followed) -> None:
    folder, _ = followed
    (published,) = (folder / "reports").glob("*/committee")
    page = (published / "rapport.html").read_text(encoding="utf-8")
    assert f'id="{METRIC}"' in page
    assert TITLE in page
    with (published / "resultat.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["metric"] == METRIC]
    totals = {row["window"]: row for row in rows if row["level"] == "1" and not row["breakdown"]}
    assert set(totals) == {"tertial", "ytd", "r12"}
    assert (totals["r12"]["numerator"], totals["r12"]["denominator"]) == ("9", "15")
    plain = page.replace("\N{NO-BREAK SPACE}", " ")
    told = [f"{row['numerator']} av {row['denominator']} samordnad" for row in totals.values()]
    assert any(sentence in plain for sentence in told), told
