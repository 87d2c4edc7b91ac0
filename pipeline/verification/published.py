"""A published folder as its manifest tells it, and whether its files are still those."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import quarter
from pipeline.errors import WrongUse
from pipeline.periods import Period
from pipeline.publish import forms, manifest

# What the file managers of some systems leave in every folder that is looked at.
_OF_SYSTEMS = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Published:
    """A manifest. `inputs`: the delivered files by name, each with its hash, and `delivered` with its day."""

    folder: Path
    run_id: str
    version: str
    period: Period
    today: date
    demo: bool
    config_sha256: str
    inputs: dict[str, str]
    delivered: dict[str, date]
    metrics: dict[str, str]
    outputs: dict[str, str]
    with_persons: bool

    @property
    def is_quarters(self) -> bool:
        """Whether it is a quarter's report on decisions, and not a period's."""
        return self.folder.name == quarter.FOLDER

    @property
    def title(self) -> str:
        """What the report is called."""
        name = forms.capital(forms.period_name(self.period))
        return f"Ej verkställda beslut, {name}" if self.is_quarters else name


def read(folder: Path) -> Published:
    """The manifest in a folder. Raises WrongUse where there is none, or none that can be read."""
    folder = folder.absolute()
    file = next((one for demo in (False, True) if (one := folder / manifest.file_name(demo=demo)).is_file()), None)
    if file is None:
        raise WrongUse(
            f"{folder} är ingen publicerad rapport: där finns ingen manifest.json. Ange en periods mapp, till exempel"
            " reports/2026T2, eller reports/2026Q3/ivo."
        )
    try:
        found = _published(folder, json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise WrongUse(
            f"{file} kan inte läsas som ett manifest. Återställ mappen från en säkerhetskopia, eller gör om rapporten."
        ) from None
    if any("/" in name for name in found.inputs):
        raise WrongUse(
            f"{folder} är flera kommuners rapport tillsammans och räknas inte om för sig. Kontrollera varje kommuns"
            " rapport, till exempel reports/0180/2026T2 med --config municipalities/0180.toml."
        )
    return found


def _published(folder: Path, told: dict[str, Any]) -> Published:
    return Published(
        folder=folder,
        run_id=str(told["run_id"]),
        version=str(told["program_version"]),
        period=Period.parse(told["period"]),
        today=date.fromisoformat(told["today"]),
        demo=bool(told["demo"]),
        config_sha256=str(told["config_sha256"]),
        inputs={one["file"]: one["sha256"] for one in told["inputs"]},
        delivered={name: date.fromisoformat(day) for name, day in told.get("delivered", {}).items()},
        metrics=dict(told["metrics"]),
        outputs=dict(told["outputs"]),
        with_persons=bool(told.get("persons")),
    )


def changed(report: Published) -> tuple[list[str], list[str]]:
    """The files that are not as they were written, and those that do not belong to the report, a sentence each."""
    return list(_faults(report)), list(_notes(report))


def _faults(report: Published) -> Iterator[str]:
    for name, noted in sorted(report.outputs.items()):
        file = report.folder / name
        try:
            with file.open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != noted:
                    yield f"Filen {name} är ändrad sedan rapporten gjordes."
        except FileNotFoundError:
            yield f"Filen {name} saknas."
        except OSError:
            yield f"Filen {name} kan inte läsas. Kontrollera din behörighet."


def _notes(report: Published) -> Iterator[str]:
    own = {*report.outputs, manifest.file_name(demo=report.demo)}
    for file in sorted(report.folder.rglob("*")):
        name = file.relative_to(report.folder)
        is_beside = name.parts[0] == quarter.FOLDER or name.name.lower() in _OF_SYSTEMS or name.name.startswith(".")
        if file.is_file() and name.as_posix() not in own and not is_beside:
            yield f"Filen {name.as_posix()} hör inte till rapporten; den har lagts dit efteråt."
