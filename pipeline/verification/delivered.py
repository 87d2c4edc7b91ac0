"""The extracts that a report was made of, found by their content and laid out as they were then."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from pipeline import access, demo, privacy
from pipeline.config import Config
from pipeline.privacy import mask
from pipeline.publish import forms
from pipeline.sources import files
from pipeline.verification.published import Published


@dataclass(frozen=True)
class Found:
    """A configuration whose extracts are those of the report, or what hinders that (Swedish sentences)."""

    config: Config
    told: str
    faults: tuple[str, ...]


def gather(report: Published, config: Config, aside: Path) -> Found:
    """Lay the report's extracts out in the folder `aside`, with the key, so that nothing else need be written.

    They are links where the system allows, else copies; what else has been delivered since is not among them.
    """
    raw = config.paths.raw
    if report.demo:
        raw = aside / "invented"
        demo.write(raw, demo.Size.SMALL, demo.DEFAULT_SEED, report.today)
    known = _by_content(raw)
    faults = tuple(_missing(name, raw, report) for name, digest in report.inputs.items() if digest not in known)
    paths = {"raw": aside / "raw", "key": aside / "pseudonym.key"}
    if not faults:
        paths["raw"].mkdir()
        for name, digest in report.inputs.items():
            _lay_out(known[digest], paths["raw"], name, report.delivered.get(name))
        if config.paths.key.exists():
            with access.new_file(paths["key"]) as stream:
                stream.write(f"{privacy.read_key(config.paths.key).hex()}\n".encode("ascii"))
    where = f"finns i {raw}, oförändrade" if not report.demo else "skrevs på nytt och är desamma"
    told = f"Utdragen ({forms.counted(len(report.inputs), 'fil', 'filer')}) {where}."
    return Found(config.model_copy(update={"paths": config.paths.model_copy(update=paths)}), told, faults)


def _by_content(raw: Path) -> dict[str, Path]:
    if not raw.is_dir():
        return {}
    found = {}
    for file in sorted(raw.iterdir(), reverse=True):
        if file.is_file():
            with file.open("rb") as stream:
                found[hashlib.file_digest(stream, "sha256").hexdigest()] = file
    return found


def _missing(name: str, raw: Path, report: Published) -> str:
    if report.demo:
        return f"Demokommunens fil {name} blir en annan med den här versionen av programmet."
    if (raw / name).exists():
        return f"Utdraget {name} i {raw} är inte det som rapporten gjordes av: innehållet har ändrats."
    return f"Utdraget {name} finns inte i {raw}, inte heller under något annat namn. Lägg tillbaka filen."


def _lay_out(file: Path, folder: Path, name: str, delivered: date | None) -> None:
    """Give a file the name that it had, and the day of delivery where its name tells none."""
    place = folder / (file.name if mask(file.name) == name else name)
    if delivered is None or files.delivered(place.name, file.stat().st_mtime) == delivered:
        try:
            place.symlink_to(file.absolute())
        except OSError:  # Windows lets few make links
            shutil.copy2(file, place)
        return
    shutil.copyfile(file, place)
    noon = datetime.combine(delivered, time(12), UTC).timestamp()
    os.utime(place, (noon, noon))
