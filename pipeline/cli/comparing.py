"""Commands that bring in what the figures are compared with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.given import day_of, settings_of
from pipeline.cli.options import ConfigOption, ProcessedOption, TodayOption

compare = typer.Typer(
    help="Fetch or import what the figures are compared with: Kolada, Öppna jämförelser, other municipalities.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@compare.command(name="fetch")
def compare_fetch(config: ConfigOption = None, processed: ProcessedOption = None, today: TodayOption = None) -> None:
    """Fetch national indicators from Kolada; a fetch that was broken off goes on where it was, the same day."""
    settings, day = settings_of(config, processed=processed), day_of(today)
    from pipeline import comparing
    from pipeline.progress import Progress

    with Progress() as progress:
        sentences = comparing.fetch(settings, day, progress)
    for sentence in sentences:
        typer.echo(sentence)


@compare.command(name="import")
def compare_import(
    file: Annotated[
        Path,
        typer.Argument(
            help="JSON saved from Kolada, a workbook of Öppna jämförelser, or a municipality's resultat.csv."
        ),
    ],
    config: ConfigOption = None,
    processed: ProcessedOption = None,
    today: TodayOption = None,
) -> None:
    """Check a file that others have made and keep it, so that the next report compares with it."""
    settings, day = settings_of(config, processed=processed), day_of(today)
    from pipeline import comparing

    for sentence in comparing.bring_in(file, settings, day):
        typer.echo(sentence)
