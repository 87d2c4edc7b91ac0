"""Commands for files as case systems write them: an invented municipality's, and one that nobody has described."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.given import day_of, settings_of
from pipeline.cli.options import ConfigOption, TodayOption
from pipeline.demo.sizes import Size


def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder to write the files to.")],
    size: Annotated[Size, typer.Option("--size", help="How large the municipality is.")] = Size.SMALL,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Another seed gives another municipality.")] = None,
    today: TodayOption = None,
) -> None:
    """Write an invented municipality's extracts, messy as real ones."""
    from pipeline import demo as invented
    from pipeline.progress import Progress

    with Progress() as progress:
        progress.step("Skriver demokommunens filer")
        files = invented.write(out, size, invented.DEFAULT_SEED if seed is None else seed, day_of(today))
    for file in files:
        typer.echo(file)


def inspect(
    file: Annotated[Path, typer.Argument(help="An export that the pipeline has not read before.")],
    extract: Annotated[
        str | None, typer.Option("--extract", help="What it holds, such as utredningar; guessed unless given.")
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", help="Name of the profile to save; from the file's name unless given.")
    ] = None,
    save: Annotated[bool, typer.Option("--save", help="Write the proposal to the folder of profiles.")] = False,
    config: ConfigOption = None,
) -> None:
    """Show what a new export looks like, personal data hidden, and propose a profile that reads it."""
    settings = settings_of(config)
    from pipeline import inspection
    from pipeline.inspection import terminal

    terminal.show(inspection.inspect(file, settings, extract=extract, profile=profile, save=save))
