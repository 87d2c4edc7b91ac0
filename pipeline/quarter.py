"""The quarter's report on decisions not executed: to the supervisor (IVO), the auditors and the council."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import cases, database, lastcheck, loading, metrics, starting
from pipeline.config import Config
from pipeline.metrics import catalogue, citations
from pipeline.model import Metric, Quality, RunInfo
from pipeline.model.cases import CouncilStatistics, Persons, Unexecuted
from pipeline.periods import Period
from pipeline.progress import Progress
from pipeline.publish import ivo_council, ivo_words, ivo_workbook, manifest, marks
from pipeline.publish.folder import ALL, replacing
from pipeline.starting import Request

FOLDER = "ivo"
_UNEXECUTED = "decision_unexecuted_over_3_months"


@dataclass(frozen=True)
class Outcome:
    """What the quarter's report came to: where it lies, and what the terminal tells of it."""

    folder: Path
    quality: Quality
    demo: bool
    sentences: tuple[str, ...]


def report(request: Request, progress: Progress, persons: Path | None = None) -> Outcome:
    """The quarter's decisions not executed, for the supervisor, the auditors and the council: `reports/<quarter>/ivo`.

    `persons`: the analyst's list of personnummer, to write them out. Raises as `run.report` does; the database of the
    last report is left as it is.
    """
    period = request.period or cases.quarter_ended(request.today)
    cases.demand_ended_quarter(period, request.today)
    definitions = catalogue.read()
    with (
        starting.source(request, progress) as (config, is_demo),
        starting.only_run(config),
        database.in_memory() as db,
    ):
        named = loading.read_persons(persons, config, request.today) if persons else None
        read = starting.read(db, config, replace(request, period=period), progress, is_demo)
        starting.stop_if_unfit(db, config, request, read, definitions)
        progress.step("Tar fram besluten")
        metrics.prepare(db, config, period, request.today)
        found = cases.unexecuted(db, config, period, starting.deliveries(read.quality), citations.read())
        secrets = lastcheck.secrets(db, config)
        progress.step("Skriver rapporten")
        folder = _folder(config, period, is_demo)
        measured = {name: metric for name, metric in definitions.items() if name == _UNEXECUTED}
        _publish(folder, found, cases.council(found, config), named, config, read.run, measured, secrets)
    return Outcome(folder, read.quality, is_demo, tuple(ivo_words.closing(found, named)))


def _folder(config: Config, period: Period, is_demo: bool) -> Path:
    """Where the quarter is reported; an invented municipality's never takes the place of a real one's."""
    folder = starting.period_folder(config, period, is_demo)
    if is_demo and (folder / FOLDER / manifest.file_name(demo=False)).exists():
        folder = folder.with_name(folder.name + marks.DEMO_SUFFIX)
    return folder / FOLDER


def _publish(
    folder: Path,
    found: Unexecuted,
    statistics: CouncilStatistics,
    persons: Persons | None,
    config: Config,
    run: RunInfo,
    measured: Mapping[str, Metric],
    secrets: lastcheck.Secrets,
) -> None:
    with replacing(folder, secret=(ALL,)) as new:
        _write(new, found, statistics, persons, config, run)
        lastcheck.stop_if_any(lastcheck.council(new, statistics, secrets), starting.check_folder(config), config, run)
        manifest.write(new, run, found.period, measured, with_persons=persons is not None)
    if not run.demo:
        beside = folder.parent.with_name(folder.parent.name + marks.DEMO_SUFFIX)
        shutil.rmtree(beside / FOLDER, ignore_errors=True)


def write_again(folder: Path, config: Config, period: Period, run: RunInfo) -> None:
    """Write the files of a run once more, into a folder; nothing is published or kept, and no persons written out."""
    with database.in_memory() as db:
        quality = loading.load(db, config, run.today)
        metrics.prepare(db, config, period, run.today)
        found = cases.unexecuted(db, config, period, starting.deliveries(quality), citations.read())
    _write(folder, found, cases.council(found, config), None, config, run)


def _write(
    folder: Path,
    found: Unexecuted,
    statistics: CouncilStatistics,
    persons: Persons | None,
    config: Config,
    run: RunInfo,
) -> None:
    mark = marks.DEMO_SUFFIX if run.demo else ""
    ivo_workbook.write_auditors(folder / f"revisorer{mark}.xlsx", found, config, run, persons)
    if found.rows:
        ivo_workbook.write_supervisor(folder / f"individrapport{mark}.xlsx", found, config, run, persons)
    ivo_council.write_page(folder / f"fullmäktige{mark}.html", statistics, config, run)
    ivo_council.write_workbook(folder / f"fullmäktige{mark}.xlsx", statistics, config, run)
