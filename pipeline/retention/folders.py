"""Reports' folders that are older than a day: what is secret in them goes, what the committee and council got stays."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline import quarter, starting
from pipeline.config import Config
from pipeline.periods import Period
from pipeline.publish.marks import DEMO_SUFFIX

_INTERNAL = "internal"
_SECRET_OF_QUARTER = ("individrapport*", "revisorer*")
# What a run that was cut off leaves in the folder of reports.
_UNFINISHED = (".*.new-*", ".*.old-*")


@dataclass(frozen=True)
class Place:
    """A folder that goes whole, or files of one that stays; `name` tells it from the folder of reports on."""

    name: str
    files: tuple[Path, ...]
    whole: Path | None = None


def past(config: Config, before: date) -> list[Place]:
    """Internal folders and secret files of periods that ended before a day, and what can be made anew at any time."""
    reports = config.paths.reports
    periods = sorted(folder for folder in reports.glob("[0-9]*") if _ended_before(folder, before))
    found = [
        *(_whole(folder / _INTERNAL, reports) for folder in periods),
        *(_secret(folder / quarter.FOLDER, reports) for folder in periods),
        _whole(starting.check_folder(config), reports),
        *(_whole(folder, reports) for folder in _unfinished(reports)),
    ]
    return [place for place in found if place.files]


def remove(places: Iterable[Place]) -> None:
    """Take them away."""
    for place in places:
        for path in (place.whole,) if place.whole else place.files:
            delete(path)


def delete(path: Path) -> None:
    """Take a file away, or a folder with all that it holds."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _ended_before(folder: Path, before: date) -> bool:
    try:
        return Period.parse(folder.name.removesuffix(DEMO_SUFFIX)).ends < before
    except ValueError:
        return False


def _whole(folder: Path, reports: Path) -> Place:
    return Place(_told(folder, reports), tuple(_files(folder)), folder)


def _secret(folder: Path, reports: Path) -> Place:
    files = tuple(file for pattern in _SECRET_OF_QUARTER for file in sorted(folder.glob(pattern)))
    return Place(_told(folder, reports), files)


def _told(folder: Path, reports: Path) -> str:
    return folder.relative_to(reports.parent).as_posix()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _unfinished(reports: Path) -> list[Path]:
    return sorted({path for pattern in _UNFINISHED for path in (*reports.glob(pattern), *reports.glob(f"*/{pattern}"))})
