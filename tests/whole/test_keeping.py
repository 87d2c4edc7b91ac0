"""Who can read what after whole runs, where a run refuses to write, and what is left when data are purged."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import audit, database, places
from tests.programs import require_program

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2025-10-01"
OLD, NEW = "19900101-1239", "19850505-1237"
HEADING = "Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Inledd;Avslutad;Kön"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


def tertial(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, with a umask that takes nothing away."""
    places = [f"--{name}={folder / name}" for name in ("raw", "processed", "reports")]
    given = places if arguments[0] not in ("rotate-key", "audit") else [f"--processed={folder / 'processed'}"]
    given += [f"--config={folder / 'config.toml'}", *([f"--today={TODAY}"] if arguments[0] != "audit" else [])]
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments, *given],
        cwd=ROOT, env={**os.environ, "COLUMNS": "200"}, capture_output=True, text=True, encoding="utf-8", check=False,
        umask=0,
    )  # fmt: skip


def deliver(folder: Path, *rows: str) -> None:
    (folder / "raw").mkdir(exist_ok=True)
    text = "\n".join((HEADING, *rows, ""))
    (folder / "raw" / "utredningar_2025-09-05.csv").write_text(text, encoding="utf-8")


def settle(folder: Path) -> Path:
    shutil.copy(ROOT / "config.toml", folder / "config.toml")
    old = [f"GAMMAL{n};{OLD};Norr;Barn och unga;2022-02-01;2022-05-20;man" for n in range(5)]
    new = [f"NY{n};{NEW};Norr;Barn och unga;2025-05-01;2025-06-20;man" for n in range(5)]
    rejected = f"GAMMALFEL;{OLD};Norr;Barn och unga;2022-02-01;2022-01-20;man"
    deliver(folder, *old, *new, *[f"FYLL{n};{NEW};Norr;Barn och unga;2025-05-01;2025-06-20;man" for n in range(20)],
            rejected)  # fmt: skip
    return folder


def modes(folder: Path) -> set[tuple[str, int]]:
    """Whether each is a folder or a file, and its rights."""
    every = (folder, *folder.rglob("*"))
    return {("folder" if path.is_dir() else "file", stat.S_IMODE(path.stat().st_mode)) for path in every}


ALONE = {("folder", 0o700), ("file", 0o600)}


def test_a_database_that_git_would_take_along_is_not_written(tmp_path: Path) -> None:
    subprocess.run([require_program("git"), "init", "-q", str(tmp_path)], check=True)
    settle(tmp_path)
    done = tertial(tmp_path, "report")
    assert done.returncode == 2
    assert "kvalitet.duckdb ligger i en mapp som git håller reda på" in done.stderr
    assert not (tmp_path / "data" / "pseudonym.key").exists()
    assert not (tmp_path / "processed" / database.FILE_NAME).exists()


def test_what_is_secret_is_closed_then_purged_with_proof_then_has_a_new_key(tmp_path: Path) -> None:
    folder = settle(tmp_path)
    made = tertial(folder, "report", "--period=2025T2")
    assert made.returncode == 0, made.stderr
    assert modes(folder / "processed") == ALONE
    assert modes(folder / "data") == ALONE
    assert modes(folder / "reports" / "2025T2" / "internal") == ALONE
    assert modes(folder / "reports" / "2025T2" / "committee") == {("folder", 0o777), ("file", 0o666)}

    shutil.copytree(folder / "reports" / "2025T2", folder / "reports" / "2022T2")
    file = folder / "processed" / database.FILE_NAME
    history = folder / "processed" / places.SHELL_HISTORY
    history.write_text("select 1 where investigation_id = 'GAMMAL1'", encoding="utf-8")
    history.chmod(0o600)

    asked = tertial(folder, "purge", "--before", "2023T1", "--dry-run")
    assert asked.returncode == 0, asked.stderr
    assert "Skulle gallras: äldre än 1\N{NO-BREAK SPACE}januari 2023" in asked.stdout
    assert (folder / "reports" / "2022T2" / "internal").exists()
    assert history.exists()

    done = tertial(folder, "purge", "--before", "2023T1")
    assert done.returncode == 0, done.stderr
    table = {line.rsplit(maxsplit=1)[0].strip(): line.split()[-1] for line in done.stdout.splitlines() if line.strip()}
    assert table["rader om utredningar"] == "5"
    assert table["underkända rader"] == "1"
    assert "0 rader, 0 fel och 0 filer hittades" in done.stdout
    assert "utredningar_2025-09-05.csv: 6 rader" in done.stdout
    assert b"GAMMAL" not in file.read_bytes()
    assert not history.exists()
    assert b"NY1" in file.read_bytes()
    assert not (folder / "reports" / "2022T2" / "internal").exists()
    assert (folder / "reports" / "2022T2" / "committee" / "rapport.html").exists()
    assert modes(folder / "processed") == ALONE

    again = tertial(folder, "check")
    assert "gallrats till. De är nu inlästa igen." in (folder / "reports" / "check" / "datakvalitet.html").read_text(
        encoding="utf-8"
    ), again.stderr

    key = (folder / "data" / "pseudonym.key").read_bytes()
    rotated = tertial(folder, "rotate-key")
    assert rotated.returncode == 0, rotated.stderr
    assert "python -m pipeline report" in rotated.stdout
    assert (folder / "data" / "pseudonym.key").read_bytes() != key
    assert not file.exists()

    told = tertial(folder, "audit")
    assert told.returncode == 0, told.stderr
    assert re.search(rf"{audit.read(folder / 'processed')[0][0].user} +report +30 +2025T2", told.stdout)


def test_runs_are_noted_also_those_that_stopped_and_never_the_invented_municipality(tmp_path: Path) -> None:
    folder = settle(tmp_path)
    bad = [f"FEL{n};{OLD};Norr;Barn och unga;2022-02-01;2022-01-20;man" for n in range(20)]
    deliver(folder, *bad)
    assert tertial(folder, "report", "--period=2025T2").returncode == 3
    assert tertial(folder, "ivo", "--period=2025Q2").returncode == 3
    noted = [(one.command, one.what) for one in audit.read(folder / "processed")[0]]
    assert noted == [("report", "2025T2, stannade med kod 3"), ("ivo", "2025Q2, stannade med kod 3")]


def test_a_run_that_cannot_be_noted_does_not_begin(tmp_path: Path) -> None:
    folder = settle(tmp_path)
    (folder / "processed").mkdir()
    (folder / "processed" / "history").write_text("not a folder", encoding="utf-8")
    stopped = tertial(folder, "report", "--period=2025T2")
    assert stopped.returncode == 2
    assert "Utan logg lämnas inga uppgifter ut" in stopped.stderr
    assert not (folder / "reports").exists()
