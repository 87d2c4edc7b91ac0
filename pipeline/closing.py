"""What a command says when it is done: rows per extract, headline figures, and where the files are."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline.config import Config
from pipeline.doctor import Check
from pipeline.model import EXTRACT_NAMES, Figures, Metric, Quality
from pipeline.publish import forms, words
from pipeline.run import Outcome


def show_report(outcome: Outcome) -> None:
    """Tell what a report was made of, its headline figures, and its files."""
    console = _console(outcome)
    _show_rows(console, outcome.quality)
    if outcome.figures and outcome.metrics:
        _show_headlines(console, outcome.figures, list(outcome.metrics.values()))
    _show_files(console, outcome.folder)


def show_check(outcome: Outcome, config: Config) -> None:
    """Tell what the extracts hold, and whether a report could be made of them."""
    console = _console(outcome)
    _show_rows(console, outcome.quality)
    console.print(f"Högst {config.limits.rejected_percent:g} % av raderna i ett utdrag får vara underkända.")
    _show_files(console, outcome.folder)


def show_checks(checks: list[Check]) -> None:
    """Tell what `doctor` found, a line each."""
    table = Table(show_header=False, box=None)
    for check in checks:
        table.add_row("ok" if check.ok else "FEL", check.name, check.text)
    Console(markup=False, highlight=False).print(table)


def _console(outcome: Outcome) -> Console:
    console = Console(markup=False, highlight=False)
    if outcome.demo:
        console.print("DEMODATA: kommunen och alla uppgifter är påhittade.")
    return console


def _show_rows(console: Console, quality: Quality) -> None:
    table = Table(title="Rader", title_justify="left")
    table.add_column("Utdrag")
    for name in ("lästa", "inlästa", "underkända", "dubbletter", "ersatta"):
        table.add_column(name, justify="right")
    for extract, account in quality.totals().items():
        counts = (account.read, account.loaded, account.rejected, account.duplicates, account.superseded)
        table.add_row(EXTRACT_NAMES[extract].capitalize(), *(forms.number(count) for count in counts))
    console.print(table)
    if quality.warnings:
        console.print(f"Varningar: {len(quality.warnings)}. De står i datakvalitet.")


def _show_headlines(console: Console, figures: Figures, metrics: list[Metric]) -> None:
    # Without lines, so that the titles fit a terminal of 80 characters.
    table = Table(title=f"Nyckeltal {figures.period.code}", title_justify="left", box=None, pad_edge=False)
    table.add_column("Mått")
    for name in ("Utfall", "Mål"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("")
    for metric in metrics:
        figure = figures.get(metric)
        if figure is not None and figure.target is not None:
            table.add_row(
                metric.title,
                words.outcome(metric, figure),
                words.target(metric, figure),
                figure.status or "",
            )
    console.print(table)


def _show_files(console: Console, folder: Path) -> None:
    console.print("Filer:")
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        console.print(f"  {file}", soft_wrap=True)
