"""All municipalities of a run as one report: what they come to together, and each beside the others."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pipeline
from pipeline import comments, database, disclosure, judging, language, lastcheck, loading, metrics, starting
from pipeline import config as configuration
from pipeline.config import Config, Together
from pipeline.disclosure import Parts
from pipeline.metrics import catalogue, gathering
from pipeline.metrics.gathering import Part
from pipeline.model import Figure, Figures, Key, Level, Metric, Quality, RunInfo, Warned
from pipeline.periods import Period
from pipeline.publish import committee_html, committee_workbook, manifest, results
from pipeline.publish.folder import replacing
from pipeline.publish.report import Report
from pipeline.sources import profiles
from pipeline.starting import Request

FOLDER = "riket"  # no municipality's code, and no period
_UNIT_OF_COMPARISON = "Kommun"


@dataclass(frozen=True)
class Published:
    """What is needed of a municipality's report of the period when all are put together."""

    part: Part
    quality: Quality
    run_id: str
    missing: Mapping[str, str]  # metric id → why it has no figures


def report(request: Request, period: Period, published: Sequence[Published], parts: Parts) -> Path:
    """Publish what the municipalities come to together, and return the folder; their databases are read and kept.

    `parts` holds what they have published. Figures are counted on the same rows as theirs; nothing is shown that
    cannot be worked out from what they show. The rows lie together in memory alone, and no cases are listed.
    """
    config = _config(request.config)
    definitions = {name: one for name, one in catalogue.read().items() if one.needs.keys() <= set(gathering.EXTRACTS)}
    run = _identity(request, config, period, published)
    with starting.only_run(config), database.in_memory() as db:
        loading.make_tables(db)
        municipalities = [one.part for one in published]
        gathering.gather_dated(db, municipalities)
        windows = metrics.prepare(db, config, period, request.today)
        gathering.gather_loaded(db, municipalities)
        gathering.gather_prepared(db, municipalities)
        deliveries = starting.deliveries(_quality(published))
        headings = profiles.load().headings
        overview = metrics.Overview(_lacking(published))
        counted = metrics.measure(db, definitions, config, period, windows, headings, deliveries, overview=overview)
        counted = replace(counted, spreads={}, figures=_without_missing(counted, published))
        figures = judging.judge(counted, definitions, config, (), request.today)
        secrets = lastcheck.secrets(db, config)
        public = disclosure.overall(figures, parts)
        content = Report(
            figures=public,
            metrics=definitions,
            config=config,
            quality=_noticed(_quality(published), definitions, published),
            run=run,
            comments=comments.read(starting.comments_folder(config), period, definitions, ()),
        )
        return _publish(content, figures, secrets)


def _config(common: Config) -> Config:
    """The common configuration, with the whole as level 1 and the municipalities as level 2, in a folder of its own."""
    paths = common.paths
    apart = paths.model_copy(update={"processed": paths.processed / FOLDER, "reports": paths.reports / FOLDER})
    committee = common.committee.model_copy(
        update={"name": common.municipality.name, "programme_label": _UNIT_OF_COMPARISON}
    )
    rule = Together(**common.disclosure.model_dump())
    return common.model_copy(update={"paths": apart, "committee": committee, "disclosure": rule})


def _identity(request: Request, config: Config, period: Period, published: Sequence[Published]) -> RunInfo:
    files, fingerprint = _quality(published).files, configuration.fingerprint(config)
    runs = hashlib.sha256(" ".join(one.run_id for one in published).encode()).hexdigest()
    beside = runs + comments.fingerprint(starting.comments_folder(config), period)
    run_id = manifest.run_id(files, fingerprint, pipeline.__version__, request.today, period, beside)
    return RunInfo(run_id, pipeline.__version__, request.today, False, fingerprint, files)


def _quality(published: Sequence[Published]) -> Quality:
    """The state of all the data that is counted: files under their municipality's code, no single row."""
    files = tuple(
        replace(file, file=f"{one.part.code}/{file.file}")
        for one in published
        for file in one.quality.files
        if file.extract in gathering.EXTRACTS
    )
    columns: dict[str, frozenset[str]] = {}
    for one in published:
        for extract in one.quality.columns.keys() & set(gathering.EXTRACTS):
            columns[extract] = columns.get(extract, frozenset()) | one.quality.columns[extract]
    return Quality(files=files, rejections=(), warnings=(), columns=columns)


def _noticed(quality: Quality, definitions: Mapping[str, Metric], published: Sequence[Published]) -> Quality:
    """The same with a warning for each metric that some municipalities lack what it takes for."""
    warnings = []
    for name, lacking in _lacking(published).items():
        if name in definitions:
            text = (
                f"{definitions[name].title} gäller {len(published) - len(lacking)} av {len(published)} kommuner."
                f" Uppgifterna som behövs har inte levererats av {', '.join(lacking)}."
            )
            extract = next(iter(definitions[name].needs))
            warnings.append(Warned(extract, "not_delivered_by_all", text, len(lacking)))
    return replace(quality, warnings=tuple(warnings))


def _without_missing(figures: Figures, published: Sequence[Published]) -> dict[Key, Figure]:
    """The figures, a municipality's own empty where it has not delivered what the metric needs: never 0."""
    lacking = _lacking(published)
    return {
        key: Figure(key, figure.as_of) if key.level == Level.PROGRAMME and key.org in lacking[key.metric] else figure
        for key, figure in figures.figures.items()
    }


def _lacking(published: Sequence[Published]) -> defaultdict[str, list[str]]:
    """Metric id → the municipalities that have not delivered what it needs."""
    lacking: defaultdict[str, list[str]] = defaultdict(list)
    for one in published:
        for metric in one.missing:
            lacking[metric].append(one.part.name)
    return lacking


def _publish(public: Report, internal: Figures, secrets: lastcheck.Secrets) -> Path:
    config, run = public.config, public.run
    folder = starting.period_folder(config, internal.period, is_demo=False)
    with replacing(folder, secret=("internal",)) as new:
        committee = new / "committee"
        committee.mkdir()
        with language.speaking(config.report.language):
            committee_html.write(committee / "rapport.html", public)
            committee_workbook.write(committee / "rapport.xlsx", public)
            results.write_public(committee / "resultat.csv", public.figures, config)
            found = lastcheck.committee(committee, public, secrets)
        lastcheck.stop_if_any(found, starting.check_folder(config), config, run)
        results.write_internal(new / "internal" / "resultat.csv", internal, config)
        manifest.write(new, run, internal.period, public.metrics)
    return folder
