"""The log: whole lines only, by many at once, never rebuilt, never with a personnummer; without it no answer."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import audit
from pipeline.audit import storage, writing
from pipeline.errors import WrongUse
from pipeline.places import ROOT

WRITERS, LINES = 6, 40
_WRITER = """
import sys
from pathlib import Path
from pipeline import audit
from pipeline.audit import writing
writing.FULL = 4000
for number in range({lines}):
    audit.record(Path(sys.argv[1]), "sql", f"{{sys.argv[2]}}:{{number}} " + "x" * 200, number)
"""


def raw_lines(processed: Path) -> list[bytes]:
    return b"".join(file.read_bytes() for file in storage.files(storage.folder(processed))).splitlines(keepends=True)


def test_a_line_says_who_when_what_and_how_many(tmp_path: Path) -> None:
    before = datetime.now().astimezone().replace(microsecond=0)
    audit.record(tmp_path, "metrics --cases", "plan_current, Norr", 12)
    (entry,), damaged = audit.read(tmp_path)
    assert (entry.user, entry.command, entry.what, entry.rows) == (
        writing.user(), "metrics --cases", "plan_current, Norr", 12,
    )  # fmt: skip
    assert before <= entry.at <= datetime.now().astimezone()
    assert entry.at.utcoffset() is not None
    assert damaged == 0


@pytest.mark.skipif(os.name == "nt", reason="the account is another's to tell")
def test_the_environment_does_not_say_who(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "någon-annan")
    audit.record(tmp_path, "sql", "select 1", 1)
    assert audit.read(tmp_path)[0][0].user not in ("", "någon-annan")


def test_no_personnummer_and_no_pseudonym_reaches_the_file(tmp_path: Path) -> None:
    audit.record(tmp_path, "sql", f"select 1 where a = '19900101-1239' and b = '{'0a' * 16}' and c = 'U-17'", None)
    (line,) = raw_lines(tmp_path)
    assert b"1239" not in line
    assert b"0a0a" not in line
    assert b"U-17" in line


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_user_alone_can_read_it(tmp_path: Path) -> None:
    audit.record(tmp_path, "sql", "select 1", 1)
    place = audit.folder(tmp_path)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in place.iterdir()} == {0o600}


def test_a_question_on_many_lines_is_one_line(tmp_path: Path) -> None:
    audit.record(tmp_path, "sql", "select\n  'å'\r\nfrom t", 3)
    assert len(raw_lines(tmp_path)) == 1
    assert audit.read(tmp_path)[0][0].what == "select\n  'å'\r\nfrom t"


def test_many_processes_at_once_lose_no_line_and_cut_none_short(tmp_path: Path) -> None:
    """Also while full files are closed: each closes at about 4,000 characters here."""
    code = _WRITER.format(lines=LINES)
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(writer)], cwd=ROOT, stderr=subprocess.PIPE)
        for writer in range(WRITERS)
    ]
    for one in running:
        _, said = one.communicate(timeout=120)
        assert one.returncode == 0, said
    entries, damaged = audit.read(tmp_path)
    assert damaged == 0
    expected = {(str(writer), number) for writer in range(WRITERS) for number in range(LINES)}
    assert sorted((entry.what.split(":")[0], entry.rows) for entry in entries) == sorted(expected)
    assert len(storage.files(audit.folder(tmp_path))) > 5


def test_what_a_machine_that_stopped_left_half_written_harms_no_other_line(tmp_path: Path) -> None:
    audit.record(tmp_path, "sql", "select 1", 1)
    with (audit.folder(tmp_path) / storage.OPEN).open("ab") as stream:
        stream.write(b'{"at": "2026-')
    audit.record(tmp_path, "sql", "select 2", 1)
    entries, damaged = audit.read(tmp_path)
    assert [entry.what for entry in entries] == ["select 1", "select 2"]
    assert damaged == 1


def test_a_full_disk_leaves_no_half_line_and_stops_the_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit.record(tmp_path, "sql", "select 1", 1)
    whole, write = raw_lines(tmp_path), os.write
    monkeypatch.setattr(os, "write", lambda descriptor, line: write(descriptor, line[:9]))
    with pytest.raises(WrongUse, match="Utan logg lämnas inga uppgifter ut"):
        audit.record(tmp_path, "sql", "select 2", 1)
    monkeypatch.undo()
    assert raw_lines(tmp_path) == whole


def test_a_disk_that_cannot_be_written_stops_the_answer(tmp_path: Path) -> None:
    (tmp_path / "history").write_text("a file stands where the folder should be", encoding="utf-8")
    for act in (lambda: audit.record(tmp_path, "sql", "select 1", 1), lambda: audit.demand_writable(tmp_path)):
        with pytest.raises(WrongUse, match="kan inte skrivas"):
            act()


def test_to_ask_whether_it_can_be_written_writes_no_line(tmp_path: Path) -> None:
    audit.demand_writable(tmp_path)
    assert audit.read(tmp_path) == ([], 0)


def test_lines_from_a_day_on(tmp_path: Path) -> None:
    audit.record(tmp_path, "sql", "select 1", 1)
    assert len(audit.read(tmp_path, date.today())[0]) == 1
    assert audit.read(tmp_path, date.today() + timedelta(days=1)) == ([], 0)


def test_what_is_older_than_a_day_goes_and_nothing_else(tmp_path: Path) -> None:
    place = audit.folder(tmp_path)
    audit.record(tmp_path, "sql", "new", 1)
    old = {"at": "2022-12-31T23:59:59+01:00", "user": "a", "command": "sql", "what": "old", "rows": 1}
    kept = {**old, "at": "2023-01-01T00:00:00+01:00", "what": "kept"}
    written = "".join(json.dumps(one) + "\n" for one in (old, kept, old))
    (place / "audit-0001.jsonl").write_text(written + "damaged\n", encoding="utf-8")
    limit = date(2023, 1, 1)
    assert audit.past(tmp_path, limit) == 2
    audit.forget(tmp_path, limit)
    assert audit.past(tmp_path, limit) == 0
    entries, damaged = audit.read(tmp_path)
    assert [entry.what for entry in entries] == ["kept", "new"]
    assert damaged == 1
    assert b"old" not in b"".join(raw_lines(tmp_path))
