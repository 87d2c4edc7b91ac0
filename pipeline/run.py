"""The story of a run, readable top to bottom: read → validate → load → measure → judge → protect → publish."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pipeline
from pipeline import config as configuration
from pipeline import database, demo, disclosure, history, judging, loading, metrics
from pipeline.config import Config
from pipeline.database import Database
from pipeline.errors import DatabaseBusy, DataBelowLimits, WrongUse
from pipeline.metrics import catalogue
from pipeline.model import EXTRACT_NAMES, Figures, Metric, Quality, RunInfo, Seen
from pipeline.periods import Period, last_tertial_ended
from pipeline.progress import Progress
from pipeline.publish import (
    committee_html,
    committee_workbook,
    faults,
    forms,
    manifest,
    marks,
    quality_html,
    quality_workbook,
    results,
)
from pipeline.publish.folder import replacing
from pipeline.sources import files, profiles


@dataclass(frozen=True)
class Request:
    """What a run was asked for. `raw_given`: the folder was named, so the demo municipality never steps in."""

    config: Config
    today: date
    period: Period | None = None
    raw_given: bool = False
    accept_rejects: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a run came to: where it was published and what the closing table tells."""

    folder: Path
    quality: Quality
    demo: bool
    figures: Figures | None = None
    metrics: Mapping[str, Metric] | None = None


def report(request: Request, progress: Progress) -> Outcome:
    """The whole way, from `data/raw` to a published period.

    Raises WrongUse for what must be mended first, DataBelowLimits when too many rows were rejected (the quality
    report is written to `reports/check`), DatabaseBusy when another run is under way.
    """
    definitions = catalogue.read()
    with _source(request, progress) as (config, is_demo), _only_run(config), _database(config, is_demo) as db:
        quality, period = _read(db, config, request, progress)
        run = _identity(request, quality, period, is_demo)
        seen = _compared(config, quality, request.today, is_demo)
        quality = _with_stops(config, quality, request.today, seen)
        _stop_below_limits(request, quality, run, definitions, seen)
        _stop_without_areas(db, config)
        if period is None:
            raise WrongUse(
                "Inga dagar då något kom in, inleddes eller beslutades kunde läsas in, så perioden kan inte bestämmas."
                " Ange den med --period, till exempel --period 2026T2, eller se över filerna."
            )
        progress.step("Räknar måtten")
        figures = _figures(db, request.today, config, period, definitions, quality)
        metrics.store(db, figures, run)
        progress.step("Skyddar små grupper och skriver rapporten")
        folder = _folder(config, period, is_demo)
        _publish(folder, figures, definitions, config, quality, run, seen)
        _remember(config, quality, run)
    return Outcome(folder, quality, is_demo, figures, definitions)


def check(request: Request, progress: Progress) -> Outcome:
    """Read and validate only; the quality report lands in `reports/check`."""
    definitions = catalogue.read()
    with _source(request, progress) as (config, is_demo), database.in_memory() as db:
        quality, period = _read(db, config, request, progress)
    run = _identity(request, quality, period, is_demo)
    seen = _compared(config, quality, request.today, is_demo)
    quality = _with_stops(config, quality, request.today, seen)
    folder = _write_check(request.config, quality, run, definitions, seen)
    # Another run that holds the database will do the same of the same files.
    with suppress(DatabaseBusy), _only_run(config):
        _remember(config, quality, run)
    return Outcome(folder, quality, is_demo)


def measure(raw: Path, config: Config, period: Period, today: date, only: Collection[str] | None = None) -> Figures:
    """Judged figures of the extracts in a folder, computed in memory; nothing is published or kept.

    `only` names the metrics to compute; all of them unless given.
    """
    definitions = {name: metric for name, metric in catalogue.read().items() if only is None or name in only}
    with database.in_memory() as db:
        quality = loading.load(db, config, today, raw)
        return _figures(db, today, config, period, definitions, quality)


def _read(db: Database, config: Config, request: Request, progress: Progress) -> tuple[Quality, Period | None]:
    """The state of the data, and the period asked for or else the last that the data reach the end of."""
    quality = loading.load(db, config, request.today, notify=progress.step)
    newest = loading.newest_day(db, request.today)
    period = request.period or (last_tertial_ended(newest) if newest else None)
    noticed = [*quality.warnings, *loading.unknown_areas(db, config)]
    if period is not None:
        noticed += [*loading.not_final(quality, period), *loading.outside_register(db, period)]
    apart = history.told_apart(quality.rejections)
    return replace(quality, warnings=tuple(noticed), rejections=apart), period


def _compared(config: Config, quality: Quality, today: date, is_demo: bool) -> Seen | None:
    """The deliveries against those before; nothing for the invented municipality, which has none."""
    if is_demo:
        return None
    return history.compare(_history(config), quality, today, loading.Severities(config, today).rejects)


def _with_stops(config: Config, quality: Quality, today: date, seen: Seen | None) -> Quality:
    """The state of the data with everything in it, and in what was seen before, that the configuration lets stop."""
    severities = loading.Severities(config, today)
    noticed = (*quality.warnings, *(seen.warnings if seen else ()))
    stops = (
        *loading.stopping.of_rows(quality, severities, today),
        *loading.stopping.of_notices(noticed, severities),
    )
    return replace(quality, stops=stops)


def _remember(config: Config, quality: Quality, run: RunInfo) -> None:
    if not run.demo:
        history.store(_history(config), quality, run.today, loading.Severities(config, run.today).rejects)


def _history(config: Config) -> Path:
    return config.paths.processed / "history"


def _figures(
    db: Database, today: date, config: Config, period: Period, definitions: Mapping[str, Metric], quality: Quality
) -> Figures:
    windows = metrics.prepare(db, config, period, today)
    deliveries = {extract: account.delivered for extract, account in quality.totals().items()}
    measured = metrics.measure(db, definitions, config, period, windows, profiles.load().headings, deliveries)
    return judging.judge(measured, definitions, config)


# --- before anything is read ----------------------------------------------------------------------------------------


@contextmanager
def _source(request: Request, progress: Progress) -> Iterator[tuple[Config, bool]]:
    """The configuration to run with, and whether it reads the invented municipality: only when nothing else is there.

    The invented municipality has a key of its own, gone after the run; the real one is made by the first real run.
    """
    config = request.config
    if request.raw_given or not files.is_empty(config.paths.raw):
        yield config, False
        return
    progress.step(f"{config.paths.raw} är tom: skriver den påhittade demokommunens filer")
    with TemporaryDirectory(prefix="demo-") as folder:
        raw, key = Path(folder) / "raw", Path(folder) / "pseudonym.key"
        demo.write(raw, demo.Size.SMALL, demo.DEFAULT_SEED, request.today)
        yield config.model_copy(update={"paths": config.paths.model_copy(update={"raw": raw, "key": key})}), True


@contextmanager
def _only_run(config: Config) -> Iterator[None]:
    from filelock import FileLock, Timeout

    config.paths.processed.mkdir(parents=True, exist_ok=True)
    lock = FileLock(config.paths.processed / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise DatabaseBusy(
            f"En annan körning håller databasen i {config.paths.processed}. Vänta tills den är klar och kör igen."
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _database(config: Config, is_demo: bool) -> Iterator[Database]:
    """A new database; the invented municipality never takes the place of a real one."""
    processed = config.paths.processed
    keep_real = is_demo and (processed / database.FILE_NAME).exists() and not metrics.is_demo(processed)
    with database.in_memory() if keep_real else database.build(processed) as db:
        yield db


def _folder(config: Config, period: Period, is_demo: bool) -> Path:
    """Where the period is published; beside a real report, never over it, when the municipality is invented."""
    folder = config.paths.reports / period.code
    beside = is_demo and (folder / manifest.file_name(demo=False)).exists()
    return folder.with_name(folder.name + marks.DEMO_SUFFIX) if beside else folder


def _identity(request: Request, quality: Quality, period: Period | None, is_demo: bool) -> RunInfo:
    fingerprint = configuration.fingerprint(request.config)
    return RunInfo(
        run_id=manifest.run_id(quality.files, fingerprint, pipeline.__version__, request.today, period),
        version=pipeline.__version__,
        today=request.today,
        demo=is_demo,
        config_sha256=fingerprint,
        inputs=quality.files,
    )


def _stop_below_limits(
    request: Request, quality: Quality, run: RunInfo, definitions: Mapping[str, Metric], seen: Seen | None
) -> None:
    limit = request.config.limits.rejected_percent
    above = () if request.accept_rejects else quality.above(limit)
    if not above and not quality.stops:
        return
    folder = _write_check(request.config, quality, run, definitions, seen)
    _remember(request.config, quality, run)
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


# --- publishing -----------------------------------------------------------------------------------------------------


def _publish(
    folder: Path,
    figures: Figures,
    definitions: Mapping[str, Metric],
    config: Config,
    quality: Quality,
    run: RunInfo,
    seen: Seen | None,
) -> None:
    public = disclosure.protect(figures, definitions, config)
    mark = marks.DEMO_SUFFIX if run.demo else ""
    with replacing(folder) as new:
        committee, internal = new / "committee", new / "internal"
        committee.mkdir()
        internal.mkdir()
        committee_html.write(committee / f"rapport{mark}.html", public, definitions, config, quality, run)
        committee_workbook.write(committee / f"rapport{mark}.xlsx", public, definitions, config, quality, run)
        results.write_public(committee / f"resultat{mark}.csv", public, config)
        results.write_internal(internal / f"resultat{mark}.csv", figures, config)
        _write_quality(internal, quality, config, run, definitions, seen)
        manifest.write(new, run, figures.period, definitions)
    if not run.demo:
        shutil.rmtree(folder.with_name(folder.name + marks.DEMO_SUFFIX), ignore_errors=True)


def _write_check(
    config: Config, quality: Quality, run: RunInfo, definitions: Mapping[str, Metric], seen: Seen | None
) -> Path:
    folder = config.paths.reports / "check"
    with replacing(folder) as new:
        _write_quality(new, quality, config, run, definitions, seen)
    return folder


def _write_quality(
    folder: Path,
    quality: Quality,
    config: Config,
    run: RunInfo,
    definitions: Mapping[str, Metric],
    seen: Seen | None,
) -> None:
    mark = marks.DEMO_SUFFIX if run.demo else ""
    quality_html.write(folder / f"datakvalitet{mark}.html", quality, config, run, definitions, seen)
    quality_workbook.write(folder / f"datakvalitet{mark}.xlsx", quality, config, run, definitions, seen)
