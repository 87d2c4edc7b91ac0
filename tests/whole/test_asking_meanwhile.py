"""Eight ask while three reports are made: every question is answered, from one report at a time.

Three of them ask by the command line, as analysts do; five without the start of a process between, so that as many
questions as can be meet the moment when the database is exchanged. The reports are made in this process, of few rows,
and measure little: the others would only make all eight wait for the next exchange.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from pipeline import database
from pipeline.cli import app
from pipeline.metrics import catalogue
from tests.whole.test_runs import ROOT, TODAY, settle, tertial, write_extracts

BY_COMMAND, QUICK, REPORTS = 3, 5, 3
PAUSE = 0.5  # seconds between two questions of one reader, so that the reports get on
# What a run writes first (the loaded rows), in the middle (what they are counted as) and last (the run itself, and the
# views) must be of the same run: each delivery has one more faulty row than the one before.
QUESTION = """
select
    (select count(*) from loaded.investigations),
    (select count(*) from v_investigations),
    (select count(distinct row_number) from v_quarantine),
    (select denominator from v_figures where metric = 'investigations_opened' and window_id = 'r12' and level = 1
        and breakdown = ''),
    (select run_id from run_info)
"""
READER = f"""
import contextlib, io, json, sys, time
from pathlib import Path
from pipeline.questions.answering import Question, answer
from pipeline.questions.forms import Form

folder, told = Path(sys.argv[1]), []
while not (folder / "stop").exists():
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        answer(folder / "processed", Question({QUESTION!r}, form=Form.JSON))
    told += json.loads(written.getvalue())
    time.sleep({PAUSE})
print(json.dumps(told))
"""
MEASURED = ("investigations_opened", "investigation_within_120_days")
ROWS, OPENED = 40, 39  # one was opened after the report's period
Answers = list[tuple[object, ...]]


def test_eight_ask_while_three_reports_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured = {name: metric for name, metric in catalogue.read().items() if name in MEASURED}
    monkeypatch.setattr(catalogue, "read", lambda: measured)
    folder, stop = settle(tmp_path), Event()
    settings = (ROOT / "config.toml").read_text(encoding="utf-8").partition("[[targets]]")[0]  # of what is not measured
    (folder / "config.toml").write_text(settings, encoding="utf-8")
    runs = [made(folder)]
    with ThreadPoolExecutor(BY_COMMAND + QUICK) as pool:
        readers: list[Callable[[], Answers]] = [lambda: by_command(folder, stop)] * BY_COMMAND
        readers += [lambda: quick(folder)] * QUICK
        asking = [pool.submit(reader) for reader in readers]
        try:
            for number in range(1, REPORTS + 1):
                write_extracts(folder / "raw", faulty=number)
                runs.append(made(folder))
            stop.wait(4 * PAUSE)  # so that the last is seen
        finally:
            stop.set()
            (folder / "stop").touch()
        told = [one.result() for one in asking]
    assert len(set(runs)) == REPORTS + 1
    for answers in told:
        # Never back to an older report.
        order = [runs.index(str(its_run)) for *_, its_run in answers]
        assert answers
        assert order == sorted(order)
    seen = {row for answers in told for row in answers}
    for loaded, viewed, rejected, opened, its_run in seen:
        number = runs.index(str(its_run))
        assert (loaded, viewed, rejected, opened) == (ROWS - number, ROWS - number, number, OPENED - number)
    assert {its_run for *_, its_run in seen} >= {runs[0], runs[-1]}


def made(folder: Path) -> str:
    """A report from what lies there; its run."""
    places = [f"--{name}={folder / name}" for name in ("raw", "processed", "reports")]
    config = f"--config={folder / 'config.toml'}"
    app(["report", *places, config, f"--today={TODAY}", "--accept-rejects"], standalone_mode=False)
    with database.read_only(folder / "processed") as db:
        return str(db.value("select run_id from run_info"))


def by_command(folder: Path, stop: Event) -> Answers:
    """The answers that come of asking again and again."""
    told: Answers = []
    while not stop.is_set():
        done = tertial("sql", QUESTION, "--format=json", f"--processed={folder / 'processed'}")
        assert (done.returncode, done.stderr) == (0, "")
        told += [tuple(row.values()) for row in json.loads(done.stdout)]
        stop.wait(PAUSE)
    return told


def quick(folder: Path) -> Answers:
    """The same from one process that asks all of its questions."""
    done = subprocess.run(
        [sys.executable, "-c", READER, str(folder)], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [tuple(row.values()) for row in json.loads(done.stdout)]
