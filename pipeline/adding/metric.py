"""Writing the skeletons: a file that works as it stands, but for the words that only the analyst can write."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from pipeline import config_faults
from pipeline.errors import WrongUse
from pipeline.metrics import catalogue
from pipeline.places import ROOT

_SKELETON = Path(__file__).resolve().parent / "skeleton"
_METRIC = "metric.sql"
_CASE = "first_case"
_LONGEST = 63  # what databases and other tools take as a name


def create(metric_id: str, section: str | None = None, root: Path = ROOT) -> list[Path]:
    """Write `sql/metrics/<id>.sql` and `tests/metrics/<id>/first_case/`; returns the files, the metric's own first.

    The metric comes last in its section of the report. Raises WrongUse for an id that cannot be one or is taken, and
    for a section that the report does not have; then nothing is written.
    """
    file = root / "sql" / "metrics" / f"{metric_id}.sql"
    folder = root / "tests" / "metrics" / metric_id
    _demand_free(metric_id, file, folder)
    found = _section(section)
    words = {"id": metric_id, "section": found, "order": str(_next_order(file.parent, found))}
    made = [file]
    _write(file, Template(_text(_METRIC)).substitute(words))
    for skeleton in sorted(_SKELETON.iterdir()):
        if skeleton.is_file() and skeleton.name != _METRIC:
            made.append(folder / _CASE / skeleton.name)
            _write(made[-1], _text(skeleton.name))
    return made


def _demand_free(metric_id: str, file: Path, folder: Path) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", metric_id) or len(metric_id) > _LONGEST:
        raise WrongUse(
            f"{metric_id} kan inte vara ett måtts id. Skriv det med små bokstäver a–z, siffror och _, med en bokstav"
            f" först och högst {_LONGEST} tecken, till exempel sip_followed_up."
        )
    for place in (file, folder):
        if place.exists():
            raise WrongUse(f"{place} finns redan, så ingenting skrevs. Välj ett annat id, eller ändra i filen.")


def _section(asked: str | None) -> str:
    if asked is None:
        return catalogue.SECTIONS[1]
    spelt = {one.casefold(): one for one in catalogue.SECTIONS}
    if asked.casefold() not in spelt:
        near = config_faults.suggestion(asked, catalogue.SECTIONS)
        raise WrongUse(config_faults.sentence(f"--section {asked}: rapporten har inget sådant avsnitt. {near}"))
    return spelt[asked.casefold()]


def _next_order(folder: Path, section: str) -> int:
    return max(catalogue.places(folder).get(section, ()), default=0) + 1


def _text(name: str) -> str:
    return (_SKELETON / name).read_text(encoding="utf-8")


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
