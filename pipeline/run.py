"""The story of a run, readable top to bottom: read → validate → load → measure → judge → protect → publish."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline import (
    cases,
    comments,
    comparison,
    database,
    disclosure,
    history,
    judging,
    language,
    lastcheck,
    loading,
    management,
    metrics,
    overview,
    starting,
)
from pipeline.config import Config, Engine
from pipeline.database import Database
from pipeline.demo import comparisons as invented
from pipeline.disclosure import remembered
from pipeline.errors import DatabaseBusy, WrongUse
from pipeline.metrics import catalogue, citations
from pipeline.model import Figures, Metric, Quality, RunInfo
from pipeline.model.cases import Watch
from pipeline.model.comments import Comments
from pipeline.model.comparison import Comparisons
from pipeline.model.goals import Goals
from pipeline.model.management import Management
from pipeline.model.revisions import Revisions
from pipeline.periods import Period, Window
from pipeline.progress import Progress
from pipeline.publish import (
    committee_html,
    committee_workbook,
    forms,
    manifest,
    marks,
    pdf,
    results,
    unit_page,
    watch_workbook,
)
from pipeline.publish.folder import replacing, replacing_file
from pipeline.publish.report import Report
from pipeline.sources import profiles
from pipeline.starting import Extracts, Request

# What a quarter's folder holds besides: its report on decisions, which a new report leaves standing.
_BESIDE = "ivo"


@dataclass(frozen=True)
class Outcome:
    """What a run came to: where it was published and what the closing table tells."""

    folder: Path
    quality: Quality
    demo: bool
    figures: Figures | None = None
    metrics: Mapping[str, Metric] | None = None
    public: disclosure.PublicFigures | None = None
    run: RunInfo | None = None


@dataclass(frozen=True)
class Content:
    """Everything that a report is made of, before small groups are hidden."""

    extracts: Extracts
    figures: Figures
    goals: Goals
    management: Management
    comments: Comments
    comparisons: Comparisons
    watched: Watch


def report(request: Request, progress: Progress) -> Outcome:
    """The whole way, from `data/raw` to a published period.

    Raises WrongUse for what must be mended first, DataBelowLimits when too many rows were rejected (the quality
    report is written to `reports/check`), DatabaseBusy when another run is under way, ProtectionFailed when something
    that must stay hidden could be found in what would be published.
    """
    definitions = catalogue.read()
    if request.pdf:
        pdf.demanded()
    with (
        starting.source(request, progress) as (config, is_demo),
        starting.only_run(config),
        starting.new_database(config, is_demo) as (db, memory),
    ):
        found = starting.read(db, config, request, progress, is_demo, memory)
        starting.stop_if_unfit(db, config, request, found, definitions)
        if found.period is None:
            raise WrongUse(
                "Inga dagar då något kom in, inleddes eller beslutades kunde läsas in, så perioden kan inte bestämmas."
                " Ange den med --period, till exempel --period 2026T2, eller se över filerna."
            )
        progress.step("Räknar måtten")
        content = _content(db, config, found, found.period, definitions)
        metrics.store(db, content.figures, definitions, found.run)
        metrics.create_views(db, definitions)
        progress.step("Skyddar små grupper och skriver rapporten")
        public = _protected(content, definitions, config)
        folder = starting.period_folder(config, found.period, is_demo)
        secrets = lastcheck.secrets(db, config)
        db.save()
        starting.remember(config, found)
        _publish(folder, public, content, secrets, with_pdf=request.pdf)
    return Outcome(
        folder, content.extracts.quality, is_demo, content.figures, definitions, public.figures, content.extracts.run
    )


def check(request: Request, progress: Progress) -> Outcome:
    """Read and validate only; the quality report lands in `reports/check`."""
    definitions = catalogue.read()
    with starting.source(request, progress) as (config, is_demo), database.in_memory() as db:
        found = starting.read(db, config, request, progress, is_demo)
    folder = starting.write_check(request.config, found, definitions)
    # Another run that holds the database will do the same of the same files.
    with suppress(DatabaseBusy), starting.only_run(config):
        starting.remember(config, found)
    return Outcome(folder, found.quality, is_demo)


def measure(raw: Path, config: Config, period: Period, today: date, only: Collection[str] | None = None) -> Figures:
    """Judged figures of the extracts in a folder, computed in memory; nothing is published or kept.

    `only` names the metrics to compute; all of them unless given.
    """
    definitions = {name: metric for name, metric in catalogue.read().items() if only is None or name in only}
    with database.in_memory() as db:
        quality = loading.load(db, config, today, raw)
        windows = metrics.prepare(db, config, period, today)
        goals = management.read_goals(db, config, definitions, period.ends)
        return _judged(db, config, (period, today), definitions, quality, windows, goals)


def recomputed(config: Config, period: Period, run: RunInfo) -> tuple[Figures, disclosure.PublicFigures]:
    """The figures of a run once more, all of them and as the committee got them; nothing is published or kept.

    They are counted on this computer, wherever they were then.

    `run` is the one that is repeated: its day, and its id, by which the history knows what had been published before.
    """
    here = config.model_copy(update={"engine": Engine()})
    figures = measure(config.paths.raw, here, period, run.today)
    earlier = () if run.demo else history.published(starting.history_folder(config), figures, run)
    answers = remembered.read(config.paths.processed)
    return figures, disclosure.protect(figures, catalogue.read(), config, earlier, answers)


def _content(
    db: Database, config: Config, found: Extracts, period: Period, definitions: Mapping[str, Metric]
) -> Content:
    """Everything that the extracts and the analyst say of the period, with every figure open."""
    quality, today, is_demo = found.quality, found.run.today, found.run.demo
    windows = metrics.prepare(db, config, period, today)
    goals = management.read_goals(db, config, definitions, period.ends)
    system = management.read_system(db, config, period, definitions)
    folder = starting.comments_folder(config)
    said = Comments() if is_demo else comments.read(folder, period, definitions, goals.names())
    figures = _judged(db, config, (period, today), definitions, quality, windows, goals)
    noticed = replace(quality, warnings=(*quality.warnings, *goals.faults, *system.faults))
    return Content(
        extracts=replace(found, quality=noticed),
        figures=_since_begun(figures, goals, definitions),
        goals=goals,
        management=system,
        comments=replace(said, measured=comments.measured(db, period)),
        comparisons=_compared_with(config, figures, definitions, is_demo),
        watched=cases.watch(db, config, period, today, starting.deliveries(quality), citations.read()),
    )


def _compared_with(config: Config, figures: Figures, definitions: Mapping[str, Metric], is_demo: bool) -> Comparisons:
    """What others have, under the names that the figures go by; nothing real beside an invented municipality."""
    if is_demo:
        return invented.comparisons(config.municipality.code, config.municipality.name, figures.period)
    found = comparison.read(starting.history_folder(config), config, definitions, figures.period)
    return comparison.spelt(found, figures.figures, config)


def _judged(
    db: Database,
    config: Config,
    asked: tuple[Period, date],
    definitions: Mapping[str, Metric],
    quality: Quality,
    windows: Mapping[str, Window],
    goals: Goals,
) -> Figures:
    (period, today), headings = asked, profiles.load().headings
    measured = metrics.measure(db, definitions, config, period, windows, headings, starting.deliveries(quality))
    return judging.judge(measured, definitions, config, management.targets(goals, definitions), today)


def _since_begun(figures: Figures, goals: Goals, definitions: Mapping[str, Metric]) -> Figures:
    """The same figures with what has changed since the activities that are meant to move them were begun."""
    changes = dict(figures.changes)
    for now, before in management.compared(goals, figures, definitions):
        metric, pair = definitions[now.metric], (figures.figures[now], figures.figures[before])
        covered = judging.is_comparable(figures, metric, now, before.window)
        found = judging.change(*pair, metric, figures.windows[before.window], covered)
        changes[now] = (*changes.get(now, ()), found)
    return replace(figures, changes=changes)


def _protected(content: Content, definitions: Mapping[str, Metric], config: Config) -> Report:
    """What may be published, and what of it differs from what was published before."""
    run, history_folder = content.extracts.run, starting.history_folder(config)
    earlier = () if run.demo else history.published(history_folder, content.figures, run)
    answers = remembered.read(config.paths.processed)
    public = disclosure.protect(content.figures, definitions, config, earlier, answers)
    if not run.demo:
        with suppress(OSError):  # the next run is slower without it, and else the same
            remembered.keep(config.paths.processed, answers)
    return Report(
        figures=public,
        metrics=definitions,
        config=config,
        quality=content.extracts.quality,
        run=run,
        goals=content.goals,
        management=content.management,
        comments=content.comments,
        comparisons=content.comparisons,
        revisions=Revisions() if run.demo else history.revisions(history_folder, public, definitions, config, run),
    )


def _publish(
    folder: Path, public: Report, content: Content, secrets: lastcheck.Secrets, *, with_pdf: bool = False
) -> None:
    run, config, definitions, period = public.run, public.config, public.metrics, content.figures.period
    mark = marks.DEMO_SUFFIX if run.demo else ""
    kept = _kept(folder, run)
    with (
        replacing_file(overview.file(config, demo=run.demo)) as index,
        _keeping(folder, public, content.figures),
        replacing(folder, keep=kept, secret=("internal", *kept)) as new,
    ):
        committee, internal = new / "committee", new / "internal"
        committee.mkdir()
        with language.speaking(config.report.language):
            committee_html.write(committee / f"rapport{mark}.html", public)
            committee_workbook.write(committee / f"rapport{mark}.xlsx", public)
            results.write_public(committee / f"resultat{mark}.csv", public.figures, config)
            if with_pdf:
                pdf.write(committee / f"rapport{mark}.pdf", committee / f"rapport{mark}.html", run.today)
            found = lastcheck.committee(committee, public, secrets)
        lastcheck.stop_if_any(found, starting.check_folder(config), config, run)
        results.write_internal(internal / f"resultat{mark}.csv", content.figures, config)
        starting.write_quality(internal, config, content.extracts, definitions)
        watch_workbook.write(internal / watch_workbook.FOLDER, content.watched, config, run, forms.period(period))
        unit_page.write(
            internal / unit_page.FOLDER, content.figures, public.figures, content.watched, definitions, config, run
        )
        manifest.write(new, run, period, definitions)
        overview.write(index, public, new, folder.name, secrets)
    if not run.demo:
        overview.file(config, demo=True).unlink(missing_ok=True)
        shutil.rmtree(folder.with_name(folder.name + marks.DEMO_SUFFIX), ignore_errors=True)


def _kept(folder: Path, run: RunInfo) -> tuple[str, ...]:
    """What a new report of a quarter leaves standing: its report on decisions, real beside real."""
    return (_BESIDE,) if (folder / _BESIDE / manifest.file_name(demo=run.demo)).exists() else ()


def _keeping(folder: Path, public: Report, internal: Figures) -> AbstractContextManager[None]:
    """The history's part of a publication; nothing of the invented municipality's."""
    if public.run.demo:
        return nullcontext()
    place, published = starting.history_folder(public.config), (folder, manifest.is_of)
    return history.keeping(
        place, public.figures, public.metrics, public.config, public.run, public.revisions, internal, published
    )
