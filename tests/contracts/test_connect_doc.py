"""docs/connect.md: its Python and its questions run on a copy, as its reader runs them."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipeline import config, copying, database, loading, metrics
from pipeline.metrics import catalogue
from pipeline.model import RunInfo
from pipeline.places import ROOT
from tests.unit import builders

DOC = (ROOT / "docs" / "connect.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", DOC, re.MULTILINE | re.DOTALL)
CASE = ROOT / "tests" / "metrics" / "decision_days_from_application" / "decided_in_the_window"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a database that a run would leave."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "raw").mkdir()
    for file in CASE.glob("*.csv"):
        if file.name != "expect.csv":
            shutil.copy(file, folder / "raw")
    settings = builders.config(paths=config.Paths(raw=folder / "raw", key=folder / "pseudonym.key"))
    with database.build(folder / "processed") as db:
        loading.load(db, settings, date(2026, 12, 1))
        metrics.prepare(db, settings, builders.PERIOD, date(2026, 12, 1))
        run = RunInfo("run", "1.0", date(2026, 12, 1), demo=False, config_sha256="")
        metrics.store(db, builders.figures(), catalogue.read(), run)
        metrics.create_views(db, catalogue.read())
    return copying.copy(folder / "processed", folder / "mine" / database.FILE_NAME)


def test_the_python_of_the_page_runs_on_the_copy(copied: Path) -> None:
    (code,) = [text for kind, text in BLOCKS if kind == "python"]
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nprint(list(enheter.columns))"],
        cwd=copied.parent, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['org', 'value']"


def test_every_question_of_the_page_can_be_asked(copied: Path) -> None:
    asked = set(re.findall(r'"((?:select|from) [^"]+)"', DOC)) | set(re.findall(r"`(select [^`]+)`", DOC))
    assert len(asked) >= 5
    with duckdb.connect(str(copied), read_only=True) as other:
        for question in asked:
            other.execute(question).fetchall()
        named = set(re.findall(r"`(protected_\w+|figures|referrals|investigations|decisions|plans)`", DOC))
        for table in named:
            other.execute(f"select * from {table}").fetchall()


def test_the_command_of_the_page_exists_as_it_is_written() -> None:
    (command,) = [text.strip() for kind, text in BLOCKS if not kind and " copy " in text]
    assert shlex.split(command)[:5] == ["python", "-m", "pipeline", "copy", "--to"]


def test_the_versions_that_were_tried_are_those_in_use() -> None:
    assert f"duckdb {duckdb.__version__}" in DOC
    pandas = __import__("pandas").__version__
    assert f"pandas {'.'.join(pandas.split('.')[:2])}" in DOC
