"""`compare` from the command line: fetched from a server, given up and gone on with, and used by the next report."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.comparison.stub import NACKA, Stub, serving, value
from tests.whole.test_runs import ROOT, fingerprints, report, settle, tertial

TODAY = "2026-04-20"
NO_PROXY = {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}  # whatever this machine goes through otherwise


@pytest.fixture
def server() -> Iterator[Stub]:
    with serving() as stub:
        yield stub


@pytest.fixture
def folder(server: Stub, tmp_path: Path) -> Path:
    """A municipality that fetches from the server."""
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    text = text.replace('code = "9999"', f'code = "{NACKA}"').replace("https://api.kolada.se/v3/", server.address)
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    return tmp_path


def compare(folder: Path, *arguments: str, **environment: str) -> tuple[int, str, str]:
    places = [f"--config={folder / 'config.toml'}", f"--processed={folder / 'processed'}", f"--today={TODAY}"]
    run = tertial("compare", *arguments, *places, **NO_PROXY, **environment)
    return run.returncode, run.stdout, run.stderr


def kept(folder: Path) -> Path:
    return folder / "processed" / "history" / "comparisons" / "kolada"


def test_a_fetch_tells_what_came_and_keeps_it(folder, server):
    code, out, errors = compare(folder, "fetch")
    assert code == 0, errors
    first, *rest = out.splitlines()
    assert re.fullmatch(r"Hämtade \d+ värden för 5 nyckeltal, år 2021–2026\. Källa: Kolada\.", first)
    assert rest[0] == "2 av dem har upphört i Kolada: U33401, U33402. De visas med sitt sista år."
    assert "Hämtar värden från Kolada (1 av " in errors
    assert {file.name for file in kept(folder).iterdir()} == {
        "kpis.csv", "places.csv", "groups.csv", "values.csv.gz", "fetched.csv", "SHA256SUMS",
    }  # fmt: skip


def test_a_municipality_that_is_invented_cannot_fetch(folder):
    text = (folder / "config.toml").read_text(encoding="utf-8")
    (folder / "config.toml").write_text(text.replace(f'code = "{NACKA}"', 'code = "9999"'), encoding="utf-8")
    code, out, errors = compare(folder, "fetch")
    assert (code, out) == (2, "")
    assert errors.splitlines()[-1].startswith("Kommunkoden 9999 finns inte i Kolada.")


def test_giving_up_is_one_sentence_and_the_next_try_goes_on(folder, server):
    server.fault = lambda path, _, right: (404, {}, b"") if "/data/" in path else right
    code, out, errors = compare(folder, "fetch")
    assert (code, out) == (2, "")
    assert "Traceback" not in errors
    assert re.fullmatch(
        r"Kolada svarade 404 på /v3/data/kpi/\S+…, så hämtningen avbröts\. .* kör python -m pipeline compare fetch igen"
        r" i dag så fortsätter hämtningen\. Rapporter görs så länge med det som hämtades tidigare\.",
        errors.splitlines()[-1],
    )
    assert not kept(folder).exists()
    server.fault, before = None, len(server.asked)
    code, _, errors = compare(folder, "fetch")
    assert code == 0, errors
    assert all("/data/" in path for path in server.asked[before:])


def test_a_saved_answer_does_without_any_network(folder):
    (folder / "svar.json").write_text(json.dumps({"values": [value("U28129", NACKA, 2025, 74.5)]}), encoding="utf-8")
    code, out, errors = compare(folder, "import", str(folder / "svar.json"), HTTPS_PROXY="http://127.0.0.1:9")
    assert (code, out) == (0, "svar.json från Kolada: 1 värde.\n"), errors


def test_a_rebuild_leaves_what_was_fetched_and_only_another_fetch_makes_another_report(folder, server):
    compare(folder, "fetch")
    before = fingerprints(kept(folder))
    config = (folder / "config.toml").read_text(encoding="utf-8")
    settle(folder)
    (folder / "config.toml").write_text(config, encoding="utf-8")
    runs = []
    for _ in range(2):
        done = report(folder)
        assert done.returncode == 0, done.stderr
        runs.append(json.loads((folder / "reports" / "2025T2" / "manifest.json").read_text(encoding="utf-8"))["run_id"])
    assert fingerprints(kept(folder)) == before
    shutil.rmtree(kept(folder))
    done = report(folder)
    assert done.returncode == 0, done.stderr
    alone = json.loads((folder / "reports" / "2025T2" / "manifest.json").read_text(encoding="utf-8"))["run_id"]
    assert runs[0] == runs[1] != alone
