"""What a command says when it is done: rows per extract, headline figures, and where the files are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline import quarter
from pipeline.config import Config
from pipeline.doctor import Check
from pipeline.model import EXTRACT_NAMES, Figures, Metric, Quality
from pipeline.municipalities import Told
from pipeline.publish import faults, forms, index, marks, summary, unit_page, watch_workbook, words
from pipeline.retention import Purge
from pipeline.run import Outcome

_ONE_A_UNIT = (watch_workbook.FOLDER, unit_page.FOLDER)


def show_report(outcome: Outcome) -> None:
    """Tell what a report was made of, its headline figures, and its files."""
    console = _console(outcome)
    _show_rows(console, outcome.quality)
    if outcome.figures and outcome.metrics:
        _show_headlines(console, outcome.figures, outcome.metrics)
    _show_files(console, outcome.folder, outcome.folder.parent / index.file_name(demo=outcome.demo))


def show_municipalities(told: Sequence[Told]) -> int:
    """Tell how it went for each municipality and for all together; the worst exit code."""
    table = Table(title="Kommuner", title_justify="left", box=None, pad_edge=False)
    for heading in ("Kod", "Kommun", "Rapport"):
        table.add_column(heading, overflow="fold")
    for one in told:
        table.add_row(one.code, one.name, one.fault or str(one.folder))
    Console(markup=False, highlight=False).print(table)
    return max(one.exit_code for one in told)


def show_ivo(outcome: quarter.Outcome) -> None:
    """Tell what the quarter's report says, when it is to be sent, and where the files are."""
    console = _console(outcome)
    _show_rows(console, outcome.quality)
    for sentence in outcome.sentences:
        console.print(sentence)
    _show_files(console, outcome.folder)


def show_check(outcome: Outcome, config: Config) -> None:
    """Tell what the extracts hold, and whether a report could be made of them."""
    console = _console(outcome)
    _show_rows(console, outcome.quality)
    for sentence in verdict(outcome.quality, config):
        console.print(sentence)
    _show_files(console, outcome.folder)


def verdict(quality: Quality, config: Config) -> list[str]:
    """Whether a report of these extracts would be published, and what hinders it, a sentence each."""
    limit = f"{forms.number(config.limits.rejected_percent, 1)} %"
    above = [EXTRACT_NAMES[extract] for extract in quality.above(config.limits.rejected_percent)]
    told = []
    if above:
        told.append(
            f"Fler underkända rader än gränsen {limit} i {', '.join(above)}: ingen rapport publiceras, om inte"
            " rapporten körs med --accept-rejects."
        )
    else:
        told.append(f"Andelen underkända rader är inom gränsen {limit} i alla utdrag.")
    if quality.stops:
        also = " Det gäller också med --accept-rejects." if above else ""
        told.append(f"Ingen rapport publiceras, eftersom config.toml låter detta stoppa körningen:{also}")
        told += [f"  {forms.with_days(text)}" for text in quality.stops]
    return told


def show_checks(checks: list[Check]) -> None:
    """Tell what `doctor` found, a line each."""
    table = Table(show_header=False, box=None)
    for check in checks:
        table.add_row("ok" if check.ok else "FEL", check.name, check.text)
    Console(markup=False, highlight=False).print(table)


def show_purge(purge: Purge) -> None:
    """Tell what was purged and what shows it, or what would be; what stays, and which extracts must be mended."""
    console = Console(markup=False, highlight=False)
    limit = forms.day(purge.before)
    if purge.parts:
        console.print(f"{'Gallrat' if purge.is_done else 'Skulle gallras'}: äldre än {limit}")
        console.print(_purge_table(purge))
    else:
        console.print(f"Inget är äldre än {limit}.")
    for sentence in purge.proofs:
        console.print(sentence)
    if purge.standing:
        kept = forms.listed([f"{EXTRACT_NAMES[name]} {forms.number(count)}" for name, count in purge.standing.items()])
        console.print(f"Öppna ärenden står kvar, fast inget i dem har hänt sedan dess: {kept}.")
    if purge.delivered:
        console.print(
            f"Utdragen ändras aldrig av programmet. De här filerna har rader från tiden före {limit}, som nästa rapport"
            " skulle läsa in igen. Ta bort filerna, eller byt ut dem mot utdrag utan raderna:"
        )
        for name, count in purge.delivered.items():
            console.print(f"  {name}: {forms.number(count)} rader", soft_wrap=True)
    if purge.unread:
        console.print(f"De här filerna gick inte att läsa; se efter själv: {', '.join(purge.unread)}", soft_wrap=True)
    if purge.is_done:
        console.print("Säkerhetskopior och utskrifter når programmet inte: gallra dem också.")


def _purge_table(purge: Purge) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("Vad")
    table.add_column("Antal", justify="right", no_wrap=True)
    for part in purge.parts:
        table.add_row(part.name, forms.number(part.count))
    return table


def show_rotation(config: Config) -> None:
    """Tell what a change of key means, and what is to be done next."""
    console = Console(markup=False, highlight=False)
    for sentence in (
        f"Nyckeln i {config.paths.key} är ny. Databasen och felregistret, som hade pseudonymer av den gamla, är borta.",
        "Kör nu: python -m pipeline report",
        "Spara en kopia av den nya nyckeln på ett säkert ställe, och förstör kopiorna av den gamla.",
    ):
        console.print(sentence, soft_wrap=True)


def _console(outcome: Outcome | quarter.Outcome) -> Console:
    console = Console(markup=False, highlight=False)
    if outcome.demo:
        console.print(marks.DEMO_SENTENCE)
    return console


def _show_rows(console: Console, quality: Quality) -> None:
    table = Table(title="Rader", title_justify="left")
    table.add_column("Utdrag")
    for heading in faults.ROW_HEADINGS:
        table.add_column(heading, justify="right")
    for extract, account in quality.totals().items():
        table.add_row(faults.extract_name(extract), *map(forms.number, faults.row_counts(account).values()))
    console.print(table)
    if quality.warnings:
        console.print(f"Varningar i datakvalitet: {len(quality.warnings)}")


def _show_headlines(console: Console, figures: Figures, metrics: Mapping[str, Metric]) -> None:
    # Without lines, so that the titles fit a terminal of 80 characters.
    table = Table(title=forms.period_name(figures.period), title_justify="left", box=None, pad_edge=False)
    table.add_column("Mått")
    table.add_column("Utfall", justify="right", no_wrap=True)
    table.add_column("Status")
    for headline in summary.key_headlines(figures, metrics):
        table.add_row(
            headline.title,
            words.outcome(headline.metric, headline.figure),
            words.verdict(headline.metric, headline.figure).word,
        )
    console.print(table)


def _show_files(console: Console, folder: Path, *beside: Path) -> None:
    """List the files; those of a folder that holds one a unit only by number, since there may be hundreds."""
    console.print("Filer:")
    for file in beside:
        console.print(f"  {file}", soft_wrap=True)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for file in (path for path in files if path.parent.name not in _ONE_A_UNIT):
        console.print(f"  {file}", soft_wrap=True)
    for place, count in Counter(path.parent for path in files if path.parent.name in _ONE_A_UNIT).items():
        console.print(f"  {place}: {forms.counted(count, 'fil', 'filer')}, en för varje enhet", soft_wrap=True)
