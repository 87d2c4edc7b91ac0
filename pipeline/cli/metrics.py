"""Commands of the catalogue of metrics: to look into it, and to add to it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline import config_faults
from pipeline.cli.given import settings_of
from pipeline.cli.options import ConfigOption, ProcessedOption
from pipeline.errors import WrongUse

if TYPE_CHECKING:
    from pipeline.config import Config


class CasesForm(StrEnum):
    """How the rows behind a figure are written."""

    TABLE = "table"
    CSV = "csv"


def metrics(
    metric: Annotated[str | None, typer.Argument(metavar="[ID]", help="A metric; all of them unless given.")] = None,
    cases: Annotated[bool, typer.Option("--cases", help="The rows behind its figure, and why each counts.")] = False,
    unit: Annotated[str | None, typer.Option("--unit", help="Of one unit; the whole committee unless given.")] = None,
    window: Annotated[
        str | None, typer.Option("--window", help="tertial, ytd, r12, stock …; the one that is judged unless given.")
    ] = None,
    format: Annotated[CasesForm, typer.Option("--format", help="How the rows are written.")] = CasesForm.TABLE,
    lineage: Annotated[
        Path | None,
        typer.Option("--lineage", help="Write a page (HTML) of where all metrics come from, to a file or folder."),
    ] = None,
    config: ConfigOption = None,
    processed: ProcessedOption = None,
) -> None:
    """Show the catalogue of metrics, one metric with its latest figures, or the rows behind a figure."""
    if not (metric and cases) and (unit or window or cases or format is not CasesForm.TABLE):
        raise WrongUse("--unit, --window och --format gäller raderna bakom ett mått: skriv måttets id och --cases.")
    settings = settings_of(config, processed=processed)
    if lineage is not None:
        _write_lineage(lineage, metric, settings)
        return
    from pipeline import explaining
    from pipeline.explaining import terminal
    from pipeline.metrics import catalogue

    known = catalogue.read()
    if metric and metric not in known:
        near = config_faults.suggestion(metric, known)
        raise WrongUse(config_faults.sentence(f"Måttet {metric} finns inte. {near}"))
    if metric and cases:
        with explaining.latest(settings.paths.processed) as last:
            found = explaining.behind(last, known[metric], settings, window, unit)
            what = ", ".join((metric, found.window.window_id, found.unit or "alla enheter"))
            from pipeline import audit

            audit.record(settings.paths.processed, "metrics --cases", what, len(found.rows))
            if format is CasesForm.CSV:
                terminal.print_cases_csv(found)
            else:
                terminal.show_cases(found, last)
        return
    with explaining.latest_if_any(settings.paths.processed) as maybe:
        if metric:
            terminal.show_metric(known[metric], maybe)
        else:
            terminal.show_catalogue(known, maybe)


def _write_lineage(to: Path, metric: str | None, settings: Config) -> None:
    if metric:
        raise WrongUse(f"--lineage gäller alla mått. Ta bort {metric}, eller --lineage.")
    from pipeline.lineage import library, web
    from pipeline.metrics import catalogue

    typer.echo(web.write(to, library.read(), catalogue.read(), settings))


def new_metric(
    metric: Annotated[str, typer.Argument(metavar="ID", help="Its id: a–z, digits and _.")],
    section: Annotated[
        str | None, typer.Option("--section", help="The report's section, such as Utredningar; that one unless given.")
    ] = None,
) -> None:
    """Write the skeleton of a metric, and of its first test, to be filled in; see docs/add-a-metric.md."""
    from pipeline import adding

    for file in adding.create(metric, section):
        typer.echo(file)
    typer.echo("Öppna den första filen och byt varje text som börjar med ÄNDRA. Så gör du: docs/add-a-metric.md")
