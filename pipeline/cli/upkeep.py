"""Commands that look after what stands: reports, the database, the log, the key and the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.given import day_of, period_of, settings_of
from pipeline.cli.options import ConfigOption, ProcessedOption, RawOption, ReportsOption, TodayOption
from pipeline.errors import DataBelowLimits, WrongUse
from pipeline.privacy import mask


def verify(
    folder: Annotated[Path, typer.Argument(help="A published period, such as reports/2026T2 or reports/2026Q3/ivo.")],
    config: ConfigOption = None,
    raw: RawOption = None,
    processed: ProcessedOption = None,
) -> None:
    """Recompute a published period from its manifest, and say whether every figure still holds; changes nothing."""
    settings = settings_of(config, raw, processed)
    from pipeline import verification
    from pipeline.progress import Progress

    with Progress() as progress:
        found = verification.verify(folder, settings, progress)
    for sentence in found.sentences:
        typer.echo(mask(sentence))
    if not found.holds:
        raise typer.Exit(DataBelowLimits.exit_code)


def purge(
    before: Annotated[str, typer.Option("--before", help="Everything older than this period goes, such as 2023T1.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    config: ConfigOption = None,
    raw: RawOption = None,
    processed: ProcessedOption = None,
    reports: ReportsOption = None,
    today: TodayOption = None,
) -> None:
    """Take away rows, rejected rows and internal reports that are older than a period, and prove that they are gone."""
    period = period_of(before, "--before")
    settings, day = settings_of(config, raw, processed, reports), day_of(today)
    from pipeline import retention
    from pipeline.closing import show_purge
    from pipeline.progress import Progress

    with Progress() as progress:
        done = retention.purge(settings, period, day, progress, dry_run=dry_run)
    show_purge(done)


def rotate_key(config: ConfigOption = None, processed: ProcessedOption = None, today: TodayOption = None) -> None:
    """Change the key of the pseudonyms, and take away everything that was made with the old one."""
    settings, day = settings_of(config, processed=processed), day_of(today)
    from pipeline import retention
    from pipeline.closing import show_rotation

    retention.rotate(settings, day)
    show_rotation(settings)


def doctor(
    config: ConfigOption = None,
    raw: RawOption = None,
    processed: ProcessedOption = None,
    reports: ReportsOption = None,
) -> None:
    """Say what stands ready on this machine, and what is missing."""
    from pipeline.closing import show_checks
    from pipeline.doctor import examine

    checks = examine(settings_of(config, raw, processed, reports))
    show_checks(checks)
    if not all(check.ok for check in checks):
        raise typer.Exit(WrongUse.exit_code)


def copy(
    to: Annotated[Path, typer.Option("--to", help="The file to write, or a folder to write it in.")],
    config: ConfigOption = None,
    processed: ProcessedOption = None,
) -> None:
    """Copy the database for other tools (DBeaver, Power BI, Excel, Python, R), so that none of them locks it."""
    from pipeline import copying

    typer.echo(copying.copy(settings_of(config, processed=processed).paths.processed, to))
    typer.echo("Kopian innehåller enskilda ärenden. Ta bort den när den är använd. Så ansluter du: docs/connect.md")


def audit(
    last: Annotated[int, typer.Option("--last", min=1, help="How many of the newest lines to show.")] = 20,
    since: Annotated[str | None, typer.Option("--since", help="All lines from a day on, YYYY-MM-DD.")] = None,
    config: ConfigOption = None,
    processed: ProcessedOption = None,
) -> None:
    """Show the log of who asked what of the data, and when."""
    settings, day = settings_of(config, processed=processed), None if since is None else day_of(since, "--since")
    from pipeline import audit as log
    from pipeline.audit import terminal

    entries, damaged = log.read(settings.paths.processed, day)
    shown = entries if day else entries[-last:]
    terminal.show(shown, len(entries) - len(shown), damaged)
