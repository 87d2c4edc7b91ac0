"""What a run is cut off in: a municipality's folders before it, and as they are when nothing has disturbed it."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline import audit, database
from pipeline.disclosure import remembered
from pipeline.history import shelf, storage
from pipeline.loading import memory
from pipeline.places import ROOT
from tests.faults.serving import Server

PERIOD = "2025T2"
_LOG = f"processed/{audit.FOLDER.as_posix()}/"
# What the next run may remember: bound to one database, and written only where it can be.
_REMEMBERED = tuple(f"processed/{name}/" for name in (memory.FOLDER, remembered.FOLDER))
_KEPT = ("reports", "processed", "data")
_KEY = "pseudonym.key"
_FIRST, _THEN = "2025-09-20", "2025-10-01"


@dataclass(frozen=True)
class State:
    """What stands in a municipality's folders: files by path and hash, the database by what it answers."""

    files: dict[str, str]
    figures: str

    def of(self, prefix: str) -> dict[str, str]:
        """The files whose paths begin so."""
        return {path: digest for path, digest in self.files.items() if path.startswith(prefix)}


def state(base: Path) -> State:
    """What stands in the folders, with everything that begins with a full stop but the lock."""
    found = [path for name in _KEPT for path in sorted((base / name).rglob("*"))]
    files = {
        path.relative_to(base).as_posix(): _content(path)
        for path in found
        if path.name not in (".lock", database.FILE_NAME)
    }
    return State(files, figures(base))


def figures(base: Path) -> str:
    """A hash of everything that the database holds; empty where there is none. Raises WrongUse for a damaged one."""
    if not (base / "processed" / database.FILE_NAME).exists():
        return ""
    with database.read_only(base / "processed") as db:
        tables = [name for (name,) in db.rows("select table_name from duckdb_tables() order by all")]
        held = {name: db.rows(f"select * from {name} order by all") for name in tables if name in ("figures", "units")}
        counts = db.rows("select schema_name, table_name, estimated_size from duckdb_tables() order by all")
    return hashlib.sha256(repr((held, counts)).encode()).hexdigest()


def _content(file: Path) -> str:
    if file.is_dir():
        return "folder"
    if file.name == _KEY:  # made by chance in each first run
        return f"a key of {len(bytes.fromhex(file.read_text('ascii')))} bytes"
    return hashlib.sha256(file.read_bytes()).hexdigest()


class Scene:
    """Folders to run in, again and again from the same beginning."""

    def __init__(self, home: Path, server: Server, *, published: bool) -> None:
        """Make the beginning: with an earlier report of the same period `published`, or with nothing but extracts."""
        self.base, self._template, self._server = home / "base", home / "template", server
        self._template.mkdir(parents=True)
        settings = (ROOT / "config.toml").read_text(encoding="utf-8").partition("[[targets]]")[0]
        places = {
            "data/raw": "raw",
            "data/processed": "processed",
            "reports": "reports",
            f"data/{_KEY}": f"data/{_KEY}",
        }
        for name, place in places.items():
            settings = settings.replace(f'"{name}"', json.dumps(str(self.base / place)))
        (self._template / "config.toml").write_text(settings, encoding="utf-8")
        self.before = State({}, "")
        _deliver(self._template / "raw", "2025-09-05", late=9 if published else 4)
        if published:
            self.begin()
            code, said = self.run(today=_FIRST)
            assert code == 0, said
            self.before = state(self.base)
            shutil.rmtree(self._template)
            shutil.copytree(self.base, self._template)
            shutil.rmtree(self._template / "raw")
            _deliver(self._template / "raw", "2025-09-25", late=4)
        self.begin()
        self._first_key = self._key()
        self._noted = audit.read(self.base / "processed")[0]
        code, said = self.run()
        assert code == 0, said
        self.counted = server.counted
        self.after = state(self.base)

    def begin(self) -> None:
        """Put everything back as it was."""
        shutil.rmtree(self.base, ignore_errors=True)
        shutil.copytree(self._template, self.base)

    def run(self, kind: int = -1, at: int = 0, error: int = 0, today: str = _THEN) -> tuple[int, str]:
        """Make the report; what it ended with and said. `at` a call of a kind it is cut off, or given an error."""
        arguments = ["report", f"--config={self.base / 'config.toml'}", f"--today={today}", f"--period={PERIOD}"]
        arguments.append(f"--raw={self.base / 'raw'}")
        return self._server.run(arguments, self.base, kind, at, error)

    def faults(self) -> list[str]:
        """What is not whole in the folders now: the old report or the new one must be there, to the last byte."""
        try:
            now = state(self.base)
            storage.read(self.base / "processed" / "history")
            for one in shelf.read(self.base / "processed" / "history"):
                shelf.figures(self.base / "processed" / "history", one)
                shelf.hidden(self.base / "processed" / "history", one)
        except Exception as fault:  # noqa: BLE001  (whatever it is, it is told)
            return [f"cannot be read: {fault}"]
        told = [] if self._key() == self._first_key else ["the key is another one"]
        # A key that was just made may have its second name still, until the next run.
        whole = {"report": f"reports/{PERIOD}", "index": "reports/index.html", "key": f"data/{_KEY}"}
        for what, prefix in whole.items():
            if now.of(prefix) not in (self.before.of(prefix), self.after.of(prefix)):
                told.append(f"the {what} is neither the old one nor the new one")
        if now.figures not in (self.before.figures, self.after.figures):
            told.append("the database is neither the old one nor the new one")
        kept = self.before.of("processed/history/published")
        if kept.items() - now.files.items():
            told.append("the history has lost a publication")
        entries, damaged = audit.read(self.base / "processed")
        if damaged or entries[: len(self._noted)] != self._noted:
            told.append("the log has lost a line, or has half a one")
        return told

    def _key(self) -> bytes:
        """The key, where there was one from the beginning."""
        return (self.base / "data" / _KEY).read_bytes() if self.before.files else b""

    def differences(self) -> list[str]:
        """In what the folders differ from those of a run that nothing has disturbed."""
        now = state(self.base)
        # The log has a line for every run, the one that was cut off too.
        names = sorted(name for name in {*now.files, *self.after.files} if not name.startswith((_LOG, *_REMEMBERED)))
        told = [name for name in names if now.files.get(name) != self.after.files.get(name)]
        return told + ([] if now.figures == self.after.figures else ["the database"])


def _deliver(folder: Path, day: str, *, late: int) -> None:
    """Forty investigations of two units, some of them late, and one row that is rejected."""
    folder.mkdir(parents=True)
    (folder / f"enheter_{day}.csv").write_text(
        "Enhet;Verksamhetsuppdrag;Verksamhetsområde\nNorr;Barn;Barn och unga\nSöder;Barn;Barn och unga\n", "utf-8"
    )
    rows = ["Utrednings-ID;Person-ID;Enhet;Verksamhetsområde;Inledd;Avslutad;Kön"]
    for number in range(40):
        unit, closed = "Söder" if number < 3 else "Norr", "2025-08-20" if number < late else "2025-05-20"
        rows.append(f"U{number};p{number};{unit};Barn och unga;2025-02-01;{closed};{'kvinna' if number % 2 else 'man'}")
    rows.append("U40;p40;Norr;Barn och unga;2025-09-02;;man")
    rows.append(f"U41;p41;Norr;Barn och unga;2025-05-02;2025-0{3 if late > 4 else 4}-01;man")
    (folder / f"utredningar_{day}.csv").write_text("\n".join(rows) + "\n", "utf-8")
