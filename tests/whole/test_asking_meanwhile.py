"""Eight ask while three reports are made: every question is answered, from one report at a time."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from pipeline import database
from tests.whole.test_runs import ROOT, report, settle, write_extracts

READERS, REPORTS = 8, 3
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
print("ready", flush=True)
while not (folder / "stop").exists():
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        answer(folder / "processed", Question({QUESTION!r}, form=Form.JSON))
    (row,) = json.loads(written.getvalue())
    told.append(list(row.values()))
    time.sleep(1)
print(json.dumps(told))
"""
ROWS, OPENED = 40, 39  # one was opened after the report's period


def test_eight_ask_while_three_reports_are_made(tmp_path: Path) -> None:
    folder = settle(tmp_path)
    first = report(folder)
    assert first.returncode == 0, first.stderr
    runs = [run_of(folder)]
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(folder)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        )
        for _ in range(READERS)
    ]  # fmt: skip
    for one in readers:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for number in range(1, REPORTS + 1):
        write_extracts(folder / "raw", faulty=number)
        made = report(folder, "--accept-rejects")
        assert made.returncode == 0, made.stderr
        runs.append(run_of(folder))
    time.sleep(2)  # so that somebody sees the last
    (folder / "stop").touch()
    told = [one.communicate(timeout=120) for one in readers]
    assert [(one.returncode, faults) for one, (_, faults) in zip(readers, told, strict=True)] == [(0, "")] * READERS
    assert len(set(runs)) == REPORTS + 1
    seen = set()
    for out, _ in told:
        answers = [tuple(row) for row in json.loads(out)]
        assert answers
        # Never back to an older report.
        order = [runs.index(run) for *_, run in answers]
        assert order == sorted(order)
        seen |= set(answers)
    for loaded, viewed, rejected, opened, run in seen:
        number = runs.index(run)
        assert (loaded, viewed, rejected, opened) == (ROWS - number, ROWS - number, number, OPENED - number)
    assert {run for *_, run in seen} >= {runs[0], runs[-1]}


def run_of(folder: Path) -> str:
    with database.read_only(folder / "processed") as db:
        return str(db.value("select run_id from run_info"))
