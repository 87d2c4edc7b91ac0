"""The command line: arguments in, exit code out; each command stands in a file beside."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli import asking, comparing, extracts, metrics, reporting, upkeep
from pipeline.errors import UserFault, WrongUse, told
from pipeline.privacy import mask

app = typer.Typer(
    name="tertial",
    help="Quality follow-up of a municipality's social services: from case system extracts to the committee's report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

# Millions of objects that lead nowhere in a circle make Python look for circles all the time: a tenth of a report's.
_NEW_OBJECTS_A_SEARCH = 50_000

# In the order of the help.
_COMMANDS: tuple[Callable[..., None], ...] = (
    reporting.report,
    reporting.check,
    reporting.ivo,
    asking.sql,
    asking.shell,
    metrics.metrics,
    metrics.new_metric,
    upkeep.verify,
    extracts.demo,
    extracts.inspect,
    upkeep.purge,
    upkeep.rotate_key,
    upkeep.doctor,
    upkeep.copy,
    upkeep.audit,
)
for _command in _COMMANDS:
    app.command()(_command)
app.add_typer(comparing.compare, name="compare")


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Run the command line; a user's fault is answered with its sentence and exit code, never a traceback."""
    gc.set_threshold(_NEW_OBJECTS_A_SEARCH)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A Windows console may lack a sign; a report must not stop for that.
            stream.reconfigure(errors="replace")
    try:
        app()
    except UserFault as fault:
        # A file, sheet or heading may be called after somebody.
        typer.echo(mask(str(fault)), err=True)
        sys.exit(fault.exit_code)
    except OSError as fault:
        # A full disk, a folder without permission, a workbook that is open in Excel: the analyst's to mend.
        typer.echo(mask(told(fault)), err=True)
        sys.exit(WrongUse.exit_code)
