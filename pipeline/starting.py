"""What every run begins and ends with: its source, its lock, its database, the data read and held to the limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pipeline
from pipeline import comments, comparison, database, demo, history, loading, metrics, room, swapping
from pipeline import config as configuration
from pipeline.config import Config
from pipeline.database import Database
from pipeline.errors import DatabaseBusy, DataBelowLimits, WrongUse
from pipeline.model import EXTRACT_NAMES, Metric, Quality, RunInfo, Seen
from pipeline.periods import Period, last_tertial_ended
from pipeline.progress import Progress
from pipeline.publish import faults, forms, manifest, marks, quality_html, quality_workbook
from pipeline.publish.folder import ALL, replacing
from pipeline.sources import files

# How far below the database's and the reports' folder something is written aside.
_DEEPEST, _QUARTERS = 4, 1


@dataclass(frozen=True)
class Request:
    """What a run was asked for.

    `raw_given`: the folder was named, so the demo municipality never steps in. `today_given`: the day was named, and is
    not the computer's.
    """

    config: Config
    today: date
    period: Period | None = None
    raw_given: bool = False
    accept_rejects: bool = False
    pdf: bool = False
    today_given: bool = True


@dataclass(frozen=True)
class Extracts:
    """What was read: the state of the data, the period it is for, what identifies the run, what was seen before."""

    quality: Quality
    period: Period | None
    run: RunInfo
    seen: Seen | None


def is_invented(request: Request) -> bool:
    """Whether a run reads the invented municipality: only when nothing else is there."""
    return not request.raw_given and files.is_empty(request.config.paths.raw)


@contextmanager
def source(request: Request, progress: Progress) -> Iterator[tuple[Config, bool]]:
    """The configuration to run with, and whether it reads the invented municipality.

    The invented municipality has a key of its own, gone after the run; the real one is made by the first real run.
    """
    config = request.config
    if not is_invented(request):
        yield config, False
        return
    progress.step(f"{config.paths.raw} är tom: skriver den påhittade demokommunens filer")
    with TemporaryDirectory(prefix="demo-") as folder:
        raw, key = Path(folder) / "raw", Path(folder) / "pseudonym.key"
        demo.write(raw, demo.Size.SMALL, demo.DEFAULT_SEED, request.today)
        yield config.model_copy(update={"paths": config.paths.model_copy(update={"raw": raw, "key": key})}), True


@contextmanager
def only_run(config: Config) -> Iterator[None]:
    """Hold the database's lock for a run. Raises DatabaseBusy when another holds it."""
    from filelock import FileLock, Timeout

    database.prepare(config.paths.processed)
    lock = FileLock(config.paths.processed / ".lock", mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise DatabaseBusy(
            f"En annan körning håller databasen i {config.paths.processed}. Vänta tills den är klar och kör igen."
        ) from None
    try:
        # What a run that died has left: nobody else is at work here now.
        swapping.sweep(config.paths.processed, _DEEPEST, alone=True)
        swapping.sweep(config.paths.reports, _QUARTERS)
        swapping.sweep(config.paths.key.parent, 0)
        history.settle(history_folder(config), manifest.is_of)
        yield
    finally:
        lock.release()


@contextmanager
def new_database(config: Config, is_demo: bool) -> Iterator[tuple[Database, loading.Memory]]:
    """A new database, and what the last one was read from; what this one is read from is kept when it stands.

    The invented municipality never takes the place of a real one.
    """
    processed = config.paths.processed
    memory = loading.Memory(processed)
    if is_demo and (processed / database.FILE_NAME).exists() and not metrics.is_demo(processed):
        with database.in_memory() as db:
            yield db, memory
        return
    with database.build(processed) as db:
        yield db, memory
    memory.keep()


def read(
    db: Database,
    config: Config,
    request: Request,
    progress: Progress,
    is_demo: bool,
    memory: loading.Memory | None = None,
) -> Extracts:
    """Read and validate all extracts into `db`, and compare them with the deliveries before.

    What `memory` has of the very same extracts is not read again. Raises WrongUse where the disk has too little room,
    and where the computer's clock must be wrong.
    """
    room.demand(config.paths.raw, (config.paths.processed, config.paths.reports))
    if not (is_demo or request.today_given):
        _demand_clock(config, request.today)
    quality, period = _loaded(db, config, request, progress, memory)
    if not is_demo:
        came_back = loading.outlived.warnings(db, history.purged_before(history_folder(config)))
        quality = replace(quality, warnings=(*quality.warnings, *came_back))
    run = _identity(request, quality, period, is_demo)
    seen = _compared(config, quality, request.today, is_demo)
    return Extracts(_with_stops(config, quality, request.today, seen), period, run, seen)


def stop_if_unfit(
    db: Database, config: Config, request: Request, found: Extracts, definitions: Mapping[str, Metric]
) -> None:
    """Go no further when the data must not be published.

    Raises DataBelowLimits for too many rejected rows, or a fault that the configuration lets stop (the quality report
    is written to `reports/check`), and WrongUse when the committee's areas are none of the data's.
    """
    _stop_below_limits(request, found, definitions)
    _stop_without_areas(db, config)


def _demand_clock(config: Config, today: date) -> None:
    """What has been published later than today was published by a clock that was right, or else this one is."""
    latest = history.latest(history_folder(config))
    if latest is not None and latest > today:
        raise WrongUse(
            f"Datorns klocka säger {today.isoformat()}, men en rapport publicerades {latest.isoformat()}. Rätta"
            f" klockan och kör igen, eller ange dagen: --today {latest.isoformat()}."
        )


def _loaded(
    db: Database, config: Config, request: Request, progress: Progress, memory: loading.Memory | None
) -> tuple[Quality, Period | None]:
    """The state of the data, and the period asked for or else the last that the data reach the end of."""
    quality = loading.load(db, config, request.today, notify=progress.step, memory=memory)
    newest = loading.newest_day(db, request.today)
    period = request.period or (last_tertial_ended(newest) if newest else None)
    noticed = [*quality.warnings, *loading.not_flagged(db, quality), *loading.unknown_areas(db, config)]
    if period is not None:
        noticed += [*loading.not_final(quality, period), *loading.outside_register(db, period)]
    apart = history.told_apart(quality.rejections)
    return replace(quality, warnings=tuple(noticed), rejections=apart), period


def _compared(config: Config, quality: Quality, today: date, is_demo: bool) -> Seen | None:
    """The deliveries against those before; nothing for the invented municipality, which has none."""
    if is_demo:
        return None
    return history.compare(history_folder(config), quality, today, loading.Severities(config, today).rejects)


def _with_stops(config: Config, quality: Quality, today: date, seen: Seen | None) -> Quality:
    """The state of the data with everything in it, and in what was seen before, that the configuration lets stop."""
    severities = loading.Severities(config, today)
    noticed = (*quality.warnings, *(seen.warnings if seen else ()))
    stops = (
        *loading.stopping.of_rows(quality, severities, today),
        *loading.stopping.of_notices(noticed, severities),
    )
    return replace(quality, stops=stops)


def _stop_below_limits(request: Request, found: Extracts, definitions: Mapping[str, Metric]) -> None:
    quality = found.quality
    limit = request.config.limits.rejected_percent
    above = () if request.accept_rejects else quality.above(limit)
    if not above and not quality.stops:
        return
    folder = write_check(request.config, found, definitions)
    remember(request.config, found)
    if quality.stops:
        raise DataBelowLimits(_stopped(request, quality, folder))
    totals = quality.totals()
    shares = ", ".join(f"{EXTRACT_NAMES[extract]} {faults.rejected_share(totals[extract])}" for extract in above)
    raise DataBelowLimits(
        f"För många rader är underkända ({shares}; gränsen är {forms.number(limit, 1)} %)."
        f" Inget har publicerats. Se {folder} för vilka rader det gäller, rätta dem, eller kör med --accept-rejects."
    )


def _stopped(request: Request, quality: Quality, folder: Path) -> str:
    severities = loading.Severities(request.config, request.today)
    is_of_rows = any(severities.stops(one.rule, one.extract) for one in quality.rejections)
    where = f"Se {folder} för vilka rader det gäller." if is_of_rows else f"Mer står i {folder}."
    return (
        f"Inget har publicerats, eftersom config.toml låter detta stoppa körningen: {' '.join(quality.stops)} {where}"
    )


def _stop_without_areas(db: Database, config: Config) -> None:
    """An empty report would take the place of a good one for the sake of a misspelt area."""
    unknown = loading.unknown_areas(db, config)
    if unknown and len(unknown) == len(config.committee.areas):
        raise WrongUse(" ".join(warned.text for warned in unknown))


def _identity(request: Request, quality: Quality, period: Period | None, is_demo: bool) -> RunInfo:
    fingerprint = configuration.fingerprint(request.config)
    beside = "" if is_demo or period is None else _beside(request.config, period)
    return RunInfo(
        run_id=manifest.run_id(quality.files, fingerprint, pipeline.__version__, request.today, period, beside),
        version=pipeline.__version__,
        today=request.today,
        demo=is_demo,
        config_sha256=fingerprint,
        inputs=quality.files,
    )


def _beside(config: Config, period: Period) -> str:
    """What identifies all that a report tells besides its extracts; empty where there is nothing."""
    return comments.fingerprint(comments_folder(config), period) + comparison.fingerprint(history_folder(config))


def deliveries(quality: Quality) -> dict[str, date]:
    """Extract → the day it was delivered."""
    return {extract: account.delivered for extract, account in quality.totals().items()}


def remember(config: Config, found: Extracts) -> None:
    """Note the deliveries and their faults in the register; nothing of the invented municipality's."""
    today = found.run.today
    if not found.run.demo:
        history.store(history_folder(config), found.quality, today, loading.Severities(config, today).rejects)


def write_check(config: Config, found: Extracts, definitions: Mapping[str, Metric]) -> Path:
    """Write the quality report to `reports/check`, and return that folder."""
    folder = check_folder(config)
    with replacing(folder, secret=(ALL,)) as new:
        write_quality(new, config, found, definitions)
    return folder


def write_quality(folder: Path, config: Config, found: Extracts, definitions: Mapping[str, Metric]) -> None:
    """Write the quality report, as page and workbook, into a folder."""
    mark = marks.DEMO_SUFFIX if found.run.demo else ""
    given = found.quality, config, found.run, definitions, found.seen
    quality_html.write(folder / f"datakvalitet{mark}.html", *given)
    quality_workbook.write(folder / f"datakvalitet{mark}.xlsx", *given)


def period_folder(config: Config, period: Period, is_demo: bool) -> Path:
    """Where the period is published; beside a real report, never over it, when the municipality is invented."""
    folder = config.paths.reports / period.code
    beside = is_demo and (folder / manifest.file_name(demo=False)).exists()
    return folder.with_name(folder.name + marks.DEMO_SUFFIX) if beside else folder


def check_folder(config: Config) -> Path:
    """Where the quality report of `check` and of stopped runs lies."""
    return config.paths.reports / "check"


def comments_folder(config: Config) -> Path:
    """Where the analyst's comments lie."""
    return config.paths.reports / "comments"


def history_folder(config: Config) -> Path:
    """Where what cannot be rebuilt is kept."""
    return config.paths.processed / "history"
