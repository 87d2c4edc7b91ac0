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
from pipeline import cases, comments, database, demo, disclosure, history, judging, loading, management, metrics
from pipeline import config as configuration
from pipeline.config import Config
from pipeline.database import Database
from pipeline.errors import DatabaseBusy, DataBelowLimits, WrongUse
from pipeline.metrics import catalogue, citations
from pipeline.model import EXTRACT_NAMES, Figures, Metric, Quality, RunInfo, Seen
from pipeline.model.cases import CouncilStatistics, Persons, Unexecuted, Watch
from pipeline.model.comments import Comments
from pipeline.model.goals import Goals
from pipeline.model.management import Management
from pipeline.model.revisions import Revisions
from pipeline.periods import Period, Window, last_tertial_ended
from pipeline.progress import Progress
from pipeline.publish import (
    committee_html,
    committee_workbook,
    faults,
    forms,
    ivo_council,
    ivo_words,
    ivo_workbook,
    manifest,
    marks,
    quality_html,
    quality_workbook,
    results,
    watch_workbook,
)
from pipeline.publish.folder import replacing
from pipeline.publish.report import Report
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


@dataclass(frozen=True)
class Content:
    """Everything that a report is made of, before small groups are hidden."""

    figures: Figures
    quality: Quality
    goals: Goals
    management: Management
    comments: Comments
    watched: Watch


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
        content = _content(db, request.today, config, period, definitions, quality, is_demo)
        metrics.store(db, content.figures, run)
        progress.step("Skyddar små grupper och skriver rapporten")
        folder = _folder(config, period, is_demo)
        public = _protected(content, definitions, config, run)
        _publish(folder, public, content, seen)
        _remember(config, quality, run)
        if not is_demo:
            history.keep(_history(config), public.figures, definitions, config, run, public.revisions)
    return Outcome(folder, content.quality, is_demo, content.figures, definitions)


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
        windows = metrics.prepare(db, config, period, today)
        goals = management.read_goals(db, config, definitions, period.ends)
        return _judged(db, config, period, definitions, quality, windows, goals)


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


def _comments(config: Config) -> Path:
    return config.paths.reports / "comments"


def _history(config: Config) -> Path:
    return config.paths.processed / "history"


def _content(
    db: Database,
    today: date,
    config: Config,
    period: Period,
    definitions: Mapping[str, Metric],
    quality: Quality,
    is_demo: bool,
) -> Content:
    """Everything that the extracts and the analyst say of the period, with every figure open."""
    windows = metrics.prepare(db, config, period, today)
    goals = management.read_goals(db, config, definitions, period.ends)
    system = management.read_system(db, config, period, definitions)
    said = Comments() if is_demo else comments.read(_comments(config), period, definitions, goals.names())
    figures = _judged(db, config, period, definitions, quality, windows, goals)
    watched = cases.watch(db, config, period, today, _deliveries(quality), citations.read())
    return Content(
        figures=_since_begun(figures, goals, definitions),
        quality=replace(quality, warnings=(*quality.warnings, *goals.faults, *system.faults)),
        goals=goals,
        management=system,
        comments=replace(said, measured=comments.measured(db, period)),
        watched=watched,
    )


def _judged(
    db: Database,
    config: Config,
    period: Period,
    definitions: Mapping[str, Metric],
    quality: Quality,
    windows: Mapping[str, Window],
    goals: Goals,
) -> Figures:
    headings = profiles.load().headings
    measured = metrics.measure(db, definitions, config, period, windows, headings, _deliveries(quality))
    return judging.judge(measured, definitions, config, management.targets(goals, definitions))


def _since_begun(figures: Figures, goals: Goals, definitions: Mapping[str, Metric]) -> Figures:
    """The same figures with what has changed since the activities that are meant to move them were begun."""
    changes = dict(figures.changes)
    for now, before in management.compared(goals, figures, definitions):
        metric, pair = definitions[now.metric], (figures.figures[now], figures.figures[before])
        covered = judging.is_comparable(figures, metric, now, before.window)
        found = judging.change(*pair, metric, figures.windows[before.window], covered)
        changes[now] = (*changes.get(now, ()), found)
    return replace(figures, changes=changes)


def _deliveries(quality: Quality) -> dict[str, date]:
    return {extract: account.delivered for extract, account in quality.totals().items()}


def _protected(content: Content, definitions: Mapping[str, Metric], config: Config, run: RunInfo) -> Report:
    """What may be published, and what of it differs from what was published before."""
    public = disclosure.protect(content.figures, definitions, config)
    return Report(
        figures=public,
        metrics=definitions,
        config=config,
        quality=content.quality,
        run=run,
        goals=content.goals,
        management=content.management,
        comments=content.comments,
        revisions=Revisions() if run.demo else history.revisions(_history(config), public, definitions, config, run),
    )


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
    said = "" if is_demo or period is None else comments.fingerprint(_comments(request.config), period)
    return RunInfo(
        run_id=manifest.run_id(quality.files, fingerprint, pipeline.__version__, request.today, period, said),
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


def _publish(folder: Path, public: Report, content: Content, seen: Seen | None) -> None:
    run, config, definitions = public.run, public.config, public.metrics
    mark = marks.DEMO_SUFFIX if run.demo else ""
    with replacing(folder, keep=_kept(folder, run)) as new:
        committee, internal = new / "committee", new / "internal"
        committee.mkdir()
        internal.mkdir()
        committee_html.write(committee / f"rapport{mark}.html", public)
        committee_workbook.write(committee / f"rapport{mark}.xlsx", public)
        results.write_public(committee / f"resultat{mark}.csv", public.figures, config)
        results.write_internal(internal / f"resultat{mark}.csv", content.figures, config)
        _write_quality(internal, content.quality, config, run, definitions, seen)
        watch_workbook.write(internal / "bevakning", content.watched, config, run, forms.period(content.figures.period))
        manifest.write(new, run, content.figures.period, definitions)
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


# --- the quarter's report on decisions not executed -----------------------------------------------------------------


_IVO = "ivo"
_UNEXECUTED = "decision_unexecuted_over_3_months"


@dataclass(frozen=True)
class IvoOutcome:
    """What the quarter's report came to: where it lies, and what the terminal tells of it."""

    folder: Path
    quality: Quality
    demo: bool
    sentences: tuple[str, ...]


def ivo(request: Request, progress: Progress, persons: Path | None = None) -> IvoOutcome:
    """The quarter's decisions not executed, for the supervisor, the auditors and the council: `reports/<quarter>/ivo`.

    `persons`: the analyst's list of personnummer, to write them out. Raises as `report` does; the database of the last
    report is left as it is.
    """
    period = request.period or cases.quarter_ended(request.today)
    cases.demand_ended_quarter(period, request.today)
    definitions = catalogue.read()
    with _source(request, progress) as (config, is_demo), _only_run(config), database.in_memory() as db:
        named = loading.read_persons(persons, config, request.today) if persons else None
        quality, _ = _read(db, config, replace(request, period=period), progress)
        run = _identity(request, quality, period, is_demo)
        seen = _compared(config, quality, request.today, is_demo)
        quality = _with_stops(config, quality, request.today, seen)
        _stop_below_limits(request, quality, run, definitions, seen)
        _stop_without_areas(db, config)
        progress.step("Tar fram besluten")
        metrics.prepare(db, config, period, request.today)
        found = cases.unexecuted(db, config, period, _deliveries(quality), citations.read())
    progress.step("Skriver rapporten")
    folder = _ivo_folder(config, period, is_demo)
    measured = {name: metric for name, metric in definitions.items() if name == _UNEXECUTED}
    _publish_ivo(folder, found, cases.council(found, config), named, config, run, measured)
    return IvoOutcome(folder, quality, is_demo, tuple(ivo_words.closing(found, named)))


def _ivo_folder(config: Config, period: Period, is_demo: bool) -> Path:
    """Where the quarter is reported; an invented municipality's never takes the place of a real one's."""
    folder = _folder(config, period, is_demo)
    if is_demo and (folder / _IVO / manifest.file_name(demo=False)).exists():
        folder = folder.with_name(folder.name + marks.DEMO_SUFFIX)
    return folder / _IVO


def _kept(folder: Path, run: RunInfo) -> tuple[str, ...]:
    """What a new report of a quarter leaves standing: its report on decisions, real beside real."""
    return (_IVO,) if (folder / _IVO / manifest.file_name(demo=run.demo)).exists() else ()


def _publish_ivo(
    folder: Path,
    found: Unexecuted,
    statistics: CouncilStatistics,
    persons: Persons | None,
    config: Config,
    run: RunInfo,
    measured: Mapping[str, Metric],
) -> None:
    mark = marks.DEMO_SUFFIX if run.demo else ""
    with replacing(folder) as new:
        secret = [new / f"revisorer{mark}.xlsx"]
        ivo_workbook.write_auditors(secret[0], found, config, run, persons)
        if found.rows:
            secret.append(new / f"individrapport{mark}.xlsx")
            ivo_workbook.write_supervisor(secret[1], found, config, run, persons)
        for file in secret:
            file.chmod(0o600)
        ivo_council.write_page(new / f"fullmäktige{mark}.html", statistics, config, run)
        ivo_council.write_workbook(new / f"fullmäktige{mark}.xlsx", statistics, config, run)
        manifest.write(new, run, found.period, measured)
    if not run.demo:
        beside = folder.parent.with_name(folder.parent.name + marks.DEMO_SUFFIX)
        shutil.rmtree(beside / _IVO, ignore_errors=True)
