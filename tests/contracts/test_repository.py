"""What may never be committed, and what must not stand in any file."""

import re
import subprocess
from pathlib import Path

import pytest

from pipeline.places import ROOT
from tests.programs import require_program

NEVER_COMMITTED = [
    "data/raw/beslut.csv",
    "data/raw/2026/utredningar.xlsx",
    "data/processed/kvalitet.duckdb",
    "data/processed/history/figures.parquet",
    "data/pseudonym.key",
    "other.key",
    "reports/2026T2/committee/rapport.html",
    "reports/2026T2/internal/resultat.csv",
    "reports/check/datakvalitet.xlsx",
    "reports/comments/2026T2.md",
    "reports/index.html",
    "build/demo/beslut.csv",
    "build/databas/kvalitet.duckdb",
    ".venv/bin/python",
    ".venv.lock",
]
# Written in parts, so that this file does not hold what it looks for.
_REGISTRIES = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "debian" + ".org", "--index" + "-url ")
_MACHINE_PATH = re.compile(r"(?<![\w.])/(?:ho" + r"me|ro" + r"ot|wo" + r"rk|Us" + r"ers)/\w|\b[A-Z]:\\\\?Us" + r"ers\b")


def git(*arguments: str, code: int = 0) -> list[str]:
    """Lines that git prints; the test is skipped where the project is no clone."""
    program = require_program("git")
    if not (ROOT / ".git").exists():
        pytest.skip("this folder is not a clone")
    done = subprocess.run([program, *arguments], check=False, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == code, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Name → text of every file that is or would be committed."""
    names = git("-c", "core.quotepath=off", "ls-files", "--cached", "--others", "--exclude-standard")
    files = {name: ROOT / name for name in names}
    return {name: _text(file) for name, file in files.items() if file.is_file()}


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8", errors="replace")


@pytest.mark.parametrize("name", NEVER_COMMITTED)
def test_data_reports_and_the_key_are_ignored(name: str):
    assert git("check-ignore", "--no-index", name) == [name]


@pytest.mark.parametrize("name", ["data/raw/.gitkeep", "reports/comments/.gitkeep", "config.toml", "requirements.lock"])
def test_what_a_clone_needs_is_kept(name: str):
    assert git("check-ignore", "--no-index", name, code=1) == []


def test_no_file_names_a_package_registry(texts):
    assert [(name, registry) for name, text in texts.items() for registry in _REGISTRIES if registry in text] == []


def test_what_installs_holds_no_address_at_all(texts):
    installing = [name for name in texts if name in ("Makefile", "requirements.lock", "pyproject.toml", ".ci/run")]
    assert len(installing) == 4
    assert [name for name in installing if "://" in texts[name]] == []


def test_no_file_holds_a_path_of_one_machine(texts):
    assert [(name, found[0]) for name, text in texts.items() if (found := _MACHINE_PATH.search(text))] == []


def test_every_locked_library_has_hashes(texts):
    entries = re.split(r"\n(?=\S)", texts["requirements.lock"].strip())
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
