"""Commands that read the extracts: the period's report, the check of the data, the quarter's report on decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.given import judged, request_of
from pipeline.cli.noting import noted
from pipeline.cli.options import (
    ConfigOption,
    PeriodOption,
    ProcessedOption,
    RawOption,
    ReportsOption,
    TodayOption,
)


def report(
    period: PeriodOption = None,
    config: ConfigOption = None,
    raw: RawOption = None,
    processed: ProcessedOption = None,
    reports: ReportsOption = None,
    today: TodayOption = None,
    accept_rejects: Annotated[
        bool, typer.Option("--accept-rejects", help="Publish although too many rows were rejected.")
    ] = False,
    pdf: Annotated[
        bool,
        typer.Option("--pdf", help="Print the committee's report as a tagged PDF too (by Chromium, Chrome or Edge)."),
    ] = False,
    municipality: Annotated[
        str | None,
        typer.Option("--municipality", help="A code, of those with a folder of extracts; all: each, and all as one."),
    ] = None,
) -> None:
    """Make the period's report: read, validate, load, measure, judge, protect, publish."""
    request = request_of(config, raw, processed, reports, period, today, accept_rejects=accept_rejects, pdf=pdf)
    from pipeline import municipalities, run
    from pipeline.closing import show_municipalities, show_report
    from pipeline.progress import Progress

    if municipality == municipalities.ALL:
        with Progress() as progress:
            told_of = list(municipalities.report(request, config, judged(), progress, noted))
        raise typer.Exit(show_municipalities(told_of))
    if municipality:
        request = municipalities.request_of(request, municipality, config, judged())
    else:
        municipalities.demand_one(request.config.paths.raw)
    with Progress() as progress, noted(request, "report") as read:
        outcome = run.report(request, progress)
        read.append(outcome.quality)
    show_report(outcome)


def check(
    period: PeriodOption = None,
    config: ConfigOption = None,
    raw: RawOption = None,
    processed: ProcessedOption = None,
    reports: ReportsOption = None,
    today: TodayOption = None,
) -> None:
    """Read and validate only; writes reports/check/datakvalitet.html and .xlsx."""
    request = request_of(config, raw, processed, reports, period, today)
    from pipeline import run
    from pipeline.closing import show_check
    from pipeline.progress import Progress

    with Progress() as progress:
        outcome = run.check(request, progress)
    show_check(outcome, request.config)


def ivo(
    period: Annotated[
        str | None, typer.Option("--period", help="The quarter, such as 2026Q3; the last that ended unless given.")
    ] = None,
    config: ConfigOption = None,
    raw: RawOption = None,
    processed: ProcessedOption = None,
    reports: ReportsOption = None,
    today: TodayOption = None,
    persons: Annotated[
        Path | None,
        typer.Option("--persons", help="A list of personnummer (and names), to write them out instead of case ids."),
    ] = None,
    accept_rejects: Annotated[
        bool, typer.Option("--accept-rejects", help="Write the report although too many rows were rejected.")
    ] = False,
) -> None:
    """Report a quarter's decisions that are not executed, to the supervisor (IVO), the auditors and the council."""
    request = request_of(config, raw, processed, reports, period, today, accept_rejects=accept_rejects)
    from pipeline import quarter
    from pipeline.closing import show_ivo
    from pipeline.progress import Progress

    with Progress() as progress, noted(request, "ivo", "med personnummer" if persons else "") as read:
        outcome = quarter.report(request, progress, persons)
        read.append(outcome.quality)
    show_ivo(outcome)
