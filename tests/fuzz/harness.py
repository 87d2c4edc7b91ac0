"""One run: a damaged file is read to its end or refused with one sentence; nothing else may happen."""

from __future__ import annotations

import random
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline import database, loading
from pipeline.config import Config, Reading
from pipeline.errors import UserFault, WrongUse
from pipeline.schemas import EXTRACTS
from pipeline.sources import SourceFile, files, open_source, profiles, read
from pipeline.sources.wording import Wording
from tests.fuzz.mutations import mutated
from tests.fuzz.seeds import TODAY

SECONDS = 20
_ONE_LOADED_IN = 40
_LINE_END = re.compile("\r\n|\r|\n")
_CODECS = {
    "UTF-8": "utf-8",
    "UTF-8 med BOM": "utf-8-sig",
    "UTF-16": "utf-16",
    "UTF-16 utan BOM": "utf-16",
    "Windows-1252": "cp1252",
}
_LIMITS = Reading()
_PERSON = re.compile(r"\b(?:19|20)?\d{6}[-+]?\d{4}\b")


class Fallen(AssertionError):
    """A run ended as none may."""


class _Late(BaseException):
    """The time is out; no `except Exception` may swallow it."""


@dataclass(frozen=True)
class Seed:
    """A whole file, and how its extract is worded."""

    path: Path
    content: bytes
    extract: str
    wording: Wording


def seeds(paths: list[Path]) -> list[Seed]:
    """The files with what reading them asks for."""
    standard = profiles.load()
    found = []
    for path in paths:
        (file,) = (file for file in files.find(path.parent, _patterns()) if file.path == path)
        extract = EXTRACTS[file.extract]
        wording = standard.wording(extract.name, extract.names, extract.required)
        found.append(Seed(path, path.read_bytes(), file.extract, wording))
    return found


def run(number: int, seed: int, known: list[Seed], folder: Path) -> bool:
    """Damage a file, read it and say whether it could be read. Raises Fallen for anything but reading and refusal."""
    chance = random.Random(f"{seed} {number}")
    chosen, other = chance.choice(known), chance.choice(known)
    path = folder / chosen.path.name
    path.write_bytes(mutated(chance, chosen.content, other.content))
    try:
        with _in_time():
            return _load(path) if chance.randrange(_ONE_LOADED_IN) == 0 else _read(path, chosen)
    except (Exception, _Late) as fault:  # whatever it is, that is what is sought
        raise Fallen(f"run {number} of seed {seed}, {chosen.path.name}: {fault!r}") from fault
    finally:
        path.unlink(missing_ok=True)


def _patterns() -> dict[str, tuple[str, ...]]:
    return Config.model_validate(_CONFIG).files


_CONFIG = {
    "municipality": {"name": "Exempelköping", "code": "9999"},
    "committee": {"name": "Socialnämnden"},
}


def _read(path: Path, seed: Seed) -> bool:
    stat = path.stat()
    file = SourceFile(path, seed.extract, "x", TODAY, "", stat.st_size, stat.st_mtime_ns)
    try:
        reading = read(file, [seed.wording], _LIMITS)
        for table in reading.tables:
            for batch in table.batches:
                sizes = {len(texts) for texts in batch.columns.values()}
                assert sizes <= {len(batch.numbers)}, "columns of different lengths"
            table.prove_whole()
    except WrongUse as refused:
        _demand_one_sentence(str(refused), file.name)
        return False
    if reading.encoding in _CODECS:
        _demand_every_line(file, seed, reading.encoding)
    return True


def _demand_one_sentence(text: str, name: str) -> None:
    assert text.endswith("."), text
    assert name in text, text
    assert text.isprintable(), text
    assert len(text) < 1_000, text
    assert not _PERSON.search(text), text


def _demand_every_line(file: SourceFile, seed: Seed, encoding: str) -> None:
    """The lines of the rows' cells are the lines of the file, counted without any reader of tables."""
    codec = _CODECS[encoding]
    content = file.path.read_bytes()
    if encoding == "UTF-16 utan BOM":
        codec = "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
    text = content.decode(codec)
    lines = len(_LINE_END.findall(text)) + (not text.endswith(("\r", "\n")) if text else 0)
    source = open_source(file, seed.wording.score, _LIMITS)
    found = len([note for note in source.notes if note.startswith("första raden")])
    for sheet in source.sheets:
        found += sum(1 + sum(len(_LINE_END.findall(cell)) for cell in cells) for _, cells in sheet.rows)
    assert found == lines, f"{lines} lines, {found} read"


def _load(path: Path) -> bool:
    folder = path.parent / "raw"
    folder.mkdir(exist_ok=True)
    moved = path.replace(folder / path.name)
    config = Config.model_validate({**_CONFIG, "paths": {"key": path.parent / "fuzz.key"}})
    try:
        with database.in_memory() as db:
            quality = loading.load(db, config, TODAY, folder)
        for account in quality.files:
            told = account.loaded + account.rejected + account.duplicates + account.superseded
            assert account.read == told, account
    except UserFault:
        return False
    finally:
        moved.unlink()
    return True


@contextmanager
def _in_time() -> Iterator[None]:
    """Stop what takes too long; where there are no alarms, the one who waits has to."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(*_: object) -> None:
        raise _Late(f"over {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
