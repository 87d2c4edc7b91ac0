"""One run for many municipalities: a report each, and one of them all together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import config as configuration
from pipeline import nation, run
from pipeline.config import Judged, laying
from pipeline.disclosure import Parts
from pipeline.errors import UserFault, WrongUse, told
from pipeline.metrics.gathering import Part
from pipeline.model import Quality
from pipeline.periods import Period
from pipeline.places import CONFIG_FILE
from pipeline.privacy import mask
from pipeline.progress import Progress
from pipeline.publish import manifest
from pipeline.starting import Request

ALL = "all"
_FEWEST = 2  # municipalities that a report of them together is made of
# One name for the log's part of a run: entered around it, and given what was read.
Noting = Callable[[Request, str], AbstractContextManager[list[Quality]]]


@dataclass(frozen=True)
class Told:
    """How it went for one of them: where its report is, or why there is none, and the exit code."""

    code: str
    name: str
    folder: Path | None = None
    fault: str = ""
    exit_code: int = 0


def codes(raw: Path) -> list[str]:
    """The codes of the municipalities that have a folder of extracts."""
    try:
        return sorted(path.name for path in raw.iterdir() if laying.is_code(path.name) and path.is_dir())
    except OSError:
        return []


def demand_one(raw: Path) -> None:
    """Raise WrongUse when the extracts lie in municipalities' folders, and none was asked for."""
    several = codes(raw)
    if several and not any(path.is_file() and not path.name.startswith(".") for path in raw.iterdir()):
        raise WrongUse(
            f"Mappen {raw} har en mapp för varje kommun ({', '.join(several[:3])}{' …' if several[3:] else ''}). Ange"
            f" vilken med --municipality {several[0]}, eller alla med --municipality {ALL}."
        )


def request_of(common: Request, code: str, file: Path | None, judged: Judged | None = None) -> Request:
    """The request for one municipality: its own settings over the common ones, its own folders below theirs, its key.

    `file` is the common configuration. Raises WrongUse where the municipality has no extracts or no settings.
    """
    paths = common.config.paths
    if not (paths.raw / code).is_dir():
        there = ", ".join(codes(paths.raw)) or "inga"
        raise WrongUse(f"Kommunen {code} har ingen mapp i {paths.raw}. Kommuner som har en: {there}.")
    base = file or CONFIG_FILE
    own = configuration.paths_of(paths, code)
    settings = configuration.load(laying.own_file(base, code), judged, base)
    if (own.reports / manifest.file_name(demo=False)).exists():
        raise WrongUse(
            f"{own.reports} är en rapport för året {code}, så kommunen {code} kan inte ha sina rapporter där. Ange"
            " en annan mapp med --reports, eller reports under [paths] i config.toml."
        )
    return replace(common, config=settings.model_copy(update={"paths": own}), raw_given=True)


def report(
    common: Request, file: Path | None, judged: Judged | None, progress: Progress, noted: Noting
) -> Iterator[Told]:
    """Make every municipality's report, and last that of them all; a fault in one does not stop the others.

    All together are those whose report is of the latest period: the one asked for, or the last in anybody's extracts.
    Raises WrongUse where no municipality has a folder, or two have the same name.
    """
    gathered: dict[Period, tuple[list[nation.Published], Parts]] = {}
    for code, asked in _requests(common, file, judged).items():
        progress.step(f"Kommunen {code}")
        if not isinstance(asked, Request):
            yield _stopped(code, "", asked)
            continue
        name = asked.config.municipality.name
        try:
            with noted(asked, "report") as read:
                outcome = run.report(asked, progress)
                read.append(outcome.quality)
        except (UserFault, OSError) as fault:
            yield _stopped(code, name, fault)
            continue
        yield Told(code, name, outcome.folder)
        if outcome.figures and outcome.public and outcome.run:
            published, parts = gathered.setdefault(outcome.figures.period, ([], Parts()))
            part = Part(code, name, asked.config.paths.processed)
            missing = dict(outcome.figures.missing)
            published.append(nation.Published(part, outcome.quality, outcome.run.run_id, missing))
            parts.add(name, outcome.public)
    yield _together(common, gathered, progress)


def _requests(common: Request, file: Path | None, judged: Judged | None) -> dict[str, Request | UserFault]:
    """Code → what is asked for, or why it cannot be."""
    raw = common.config.paths.raw
    found: dict[str, Request | UserFault] = {}
    names: dict[str, str] = {}
    for code in codes(raw):
        try:
            asked = found[code] = request_of(common, code, file, judged)
        except UserFault as fault:
            found[code] = fault
            continue
        name = asked.config.municipality.name
        if names.setdefault(name, code) != code:
            raise WrongUse(
                f"Kommunerna {names[name]} och {code} heter båda {name}. Rätta name i mappen {laying.FOLDER}."
            )
    if not found:
        raise WrongUse(
            f"Mappen {raw} har inga kommuner. Lägg varje kommuns utdrag i en mapp som heter som kommunens kod, till"
            f" exempel {raw / '0180'}."
        )
    return found


def _together(
    common: Request, gathered: Mapping[Period, tuple[list[nation.Published], Parts]], progress: Progress
) -> Told:
    """The report of them all, of the latest period that some have one of."""
    name = common.config.municipality.name
    period = common.period or max(gathered, key=lambda one: one.ends, default=None)
    published, parts = gathered.get(period, ([], Parts())) if period else ([], Parts())
    if period is None or len(published) < _FEWEST:
        return Told("", name, fault="Ingen gemensam rapport: färre än två kommuner har en rapport av samma period.")
    progress.step(f"{name}: {len(published)} kommuner tillsammans")
    try:
        return Told("", name, nation.report(common, period, published, parts))
    except (UserFault, OSError) as fault:
        return _stopped("", name, fault)


def _stopped(code: str, name: str, fault: UserFault | OSError) -> Told:
    sentence = str(fault) if isinstance(fault, UserFault) else told(fault)
    return Told(code, name, None, mask(sentence), getattr(fault, "exit_code", WrongUse.exit_code))
