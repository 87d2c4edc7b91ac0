"""Commands that ask the database of the last report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.given import settings_of
from pipeline.cli.options import ConfigOption, ProcessedOption, ProtectOption
from pipeline.errors import WrongUse
from pipeline.questions.forms import Form

_INTERRUPTED = 130  # what shells expect of a command that was broken off


def sql(
    query: Annotated[str | None, typer.Argument(help="A SELECT on the database of the last report.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="A file with the SELECT.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="A saved question of sql/queries.")] = None,
    param: Annotated[list[str] | None, typer.Option("--param", help="name=value, for $name in the question.")] = None,
    format: Annotated[
        Form | None, typer.Option("--format", help="How the answer is written; by the file's name unless given.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="A file for the answer; you alone can read it.")] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, help="The most rows to give (default: 1000 on screen, a million in a file)."),
    ] = None,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds that it may take.")] = 60,
    list_saved: Annotated[bool, typer.Option("--list", help="List the saved questions.")] = False,
    protect: ProtectOption = False,
    config: ConfigOption = None,
    processed: ProcessedOption = None,
) -> None:
    """Ask the database a question; nothing can be changed by it."""
    from pipeline.questions import answering, bounds, noted, place

    if list_saved:
        answering.show_saved()
        return
    text, values = answering.question(query, file, name, answering.parameters(param or []))
    folder = place.database_folder(config, processed)
    if out is not None:
        place.demand_outside(out, settings_of(config).paths)
    rule = settings_of(config).disclosure if protect else None
    asked = answering.Question(text, values, format, out, limit, timeout, rule)
    try:
        what = answering.named(text, name, values) + (" --protect" if protect else "")
        with bounds.bounded(timeout), noted.asked(folder, "sql", what) as rows:
            answered = answering.answer(folder, asked)
            rows.append(answered.rows)
    except KeyboardInterrupt:
        typer.echo("Frågan avbröts.", err=True)
        raise typer.Exit(_INTERRUPTED) from None
    for sentence in answered.sentences:
        typer.echo(sentence, err=True)


def shell(
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds that a question may take.")] = 60,
    protect: ProtectOption = False,
    config: ConfigOption = None,
    processed: ProcessedOption = None,
) -> None:
    """Ask the database at a prompt, one question after the other; nothing can be changed by it."""
    from pipeline.questions import place
    from pipeline.questions.shell import session

    rule = settings_of(config).disclosure if protect else None
    if not session.run(place.database_folder(config, processed), timeout, rule):
        raise typer.Exit(WrongUse.exit_code)
