"""The page of all published reports: gathered from what stands, written, and held to the last check."""

from __future__ import annotations

from pathlib import Path

from pipeline import history, lastcheck, starting
from pipeline.config import Config
from pipeline.model.issues import Issue, issue
from pipeline.publish import index, standing
from pipeline.publish.report import Report


def file(config: Config, *, demo: bool) -> Path:
    """Where the page lies."""
    return config.paths.reports / index.file_name(demo=demo)


def write(place: Path, public: Report, folder: Path, name: str, secrets: lastcheck.Secrets) -> None:
    """Write the page with a report in `folder` that is about to stand under a name, among those that do.

    Real reports are told by the history, invented ones by their own files: the two never stand on the same page.
    Raises ProtectionFailed when something in it may not be told, and WrongUse when the history is damaged.
    """
    config, run, metrics = public.config, public.run, public.metrics
    stands = standing.standing(config.paths.reports, demo=run.demo)
    new = _issue(public)
    if run.demo:
        others = standing.invented_issues(config.paths.reports)
    else:
        runs = {period: one.run_id for period, one in stands.items()}
        others = history.issues(starting.history_folder(config), runs)
    issues = (*(one for one in others if one.period != new.period), new)
    reports = config.paths.reports
    files = {period: standing.files(reports / one.folder, one.folder) for period, one in stands.items()}
    index.write(place, issues, {**files, new.period: standing.files(folder, name)}, metrics, config, run)
    found = lastcheck.overview(place, issues, metrics, secrets)
    lastcheck.stop_if_any(found, starting.check_folder(config), config, run)


def _issue(public: Report) -> Issue:
    definitions = {name: metric.sha256 for name, metric in public.metrics.items()}
    return issue(public.run.today, public.figures.period, public.run.run_id, public.figures.figures, definitions)
