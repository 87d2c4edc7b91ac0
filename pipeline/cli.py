"""The command line: arguments in, exit code out."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline import __version__, config_faults
from pipeline.demo.sizes import Size
from pipeline.errors import DataBelowLimits, UserFault, WrongUse, told
from pipeline.periods import FIRST_YEAR, LAST_YEAR, Period
from pipeline.privacy import mask
from pipeline.questions.forms import Form

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.model import Quality
    from pipeline.starting import Request

app = typer.Typer(
    name="tertial",
    help="Quality follow-up of a municipality's social services: from case system extracts to the committee's report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

compare = typer.Typer(
    help="Fetch or import what the figures are compared with: Kolada, Öppna jämförelser, other municipalities.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(compare, name="compare")

# Millions of objects that lead nowhere in a circle make Python look for circles all the time: a tenth of a report's.
_NEW_OBJECTS_A_SEARCH = 50_000
_INTERRUPTED = 130  # what shells expect of a command that was broken off

ConfigOption = Annotated[Path | None, typer.Option("--config", help="Configuration file (default: config.toml).")]
RawOption = Annotated[Path | None, typer.Option("--raw", help="Folder with the extracts.")]
ProcessedOption = Annotated[Path | None, typer.Option("--processed", help="Folder of the database.")]
ReportsOption = Annotated[Path | None, typer.Option("--reports", help="Folder of the finished reports.")]
PeriodOption = Annotated[
    str | None, typer.Option("--period", help="2026T2, 2026, 2026H1 or 2026Q3; the last whole tertial unless given.")
]
TodayOption = Annotated[str | None, typer.Option("--today", help="The day to count as today, YYYY-MM-DD.")]

ProtectOption = Annotated[
    bool, typer.Option("--protect", help="Hide small groups, for answers that will leave the house.")
]


class CasesForm(StrEnum):
    """How the rows behind a figure are written."""

    TABLE = "table"
    CSV = "csv"


@app.command()
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
    request = _request(config, raw, processed, reports, period, today, accept_rejects=accept_rejects, pdf=pdf)
    from pipeline import municipalities, run
    from pipeline.closing import show_municipalities, show_report
    from pipeline.progress import Progress

    if municipality == municipalities.ALL:
        with Progress() as progress:
            told_of = list(municipalities.report(request, config, _judged(), progress, _noted))
        raise typer.Exit(show_municipalities(told_of))
    if municipality:
        request = municipalities.request_of(request, municipality, config, _judged())
    else:
        municipalities.demand_one(request.config.paths.raw)
    with Progress() as progress, _noted(request, "report") as read:
        outcome = run.report(request, progress)
        read.append(outcome.quality)
    show_report(outcome)


@app.command()
def check(
    period: PeriodOption = None,
    config: ConfigOption = None,
    raw: RawOption = None,
    processed: ProcessedOption = None,
    reports: ReportsOption = None,
    today: TodayOption = None,
) -> None:
    """Read and validate only; writes reports/check/datakvalitet.html and .xlsx."""
    request = _request(config, raw, processed, reports, period, today)
    from pipeline import run
    from pipeline.closing import show_check
    from pipeline.progress import Progress

    with Progress() as progress:
        outcome = run.check(request, progress)
    show_check(outcome, request.config)


@app.command()
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
    request = _request(config, raw, processed, reports, period, today, accept_rejects=accept_rejects)
    from pipeline import quarter
    from pipeline.closing import show_ivo
    from pipeline.progress import Progress

    with Progress() as progress, _noted(request, "ivo", "med personnummer" if persons else "") as read:
        outcome = quarter.report(request, progress, persons)
        read.append(outcome.quality)
    show_ivo(outcome)


@app.command()
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
        place.demand_outside(out, _config(config).paths)
    rule = _config(config).disclosure if protect else None
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


@app.command()
def shell(
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds that a question may take.")] = 60,
    protect: ProtectOption = False,
    config: ConfigOption = None,
    processed: ProcessedOption = None,
) -> None:
    """Ask the database at a prompt, one question after the other; nothing can be changed by it."""
    from pipeline.questions import place
    from pipeline.questions.shell import session

    rule = _config(config).disclosure if protect else None
    if not session.run(place.database_folder(config, processed), timeout, rule):
        raise typer.Exit(WrongUse.exit_code)


@app.command()
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
    settings = _config(config, processed=processed)
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


@app.command(name="new-metric")
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


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(help="A published period, such as reports/2026T2 or reports/2026Q3/ivo.")],
    config: ConfigOption = None,
    raw: RawOption = None,
    processed: ProcessedOption = None,
) -> None:
    """Recompute a published period from its manifest, and say whether every figure still holds; changes nothing."""
    settings = _config(config, raw, processed)
    from pipeline import verification
    from pipeline.progress import Progress

    with Progress() as progress:
        found = verification.verify(folder, settings, progress)
    for sentence in found.sentences:
        typer.echo(mask(sentence))
    if not found.holds:
        raise typer.Exit(DataBelowLimits.exit_code)


@app.command()
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
        files = invented.write(out, size, invented.DEFAULT_SEED if seed is None else seed, _day(today))
    for file in files:
        typer.echo(file)


@app.command()
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
    settings = _config(config)
    from pipeline import inspection
    from pipeline.inspection import terminal

    terminal.show(inspection.inspect(file, settings, extract=extract, profile=profile, save=save))


@compare.command(name="fetch")
def compare_fetch(config: ConfigOption = None, processed: ProcessedOption = None, today: TodayOption = None) -> None:
    """Fetch national indicators from Kolada; a fetch that was broken off goes on where it was, the same day."""
    settings, day = _config(config, processed=processed), _day(today)
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
    settings, day = _config(config, processed=processed), _day(today)
    from pipeline import comparing

    for sentence in comparing.bring_in(file, settings, day):
        typer.echo(sentence)


@app.command()
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
    period = _period(before, "--before")
    settings, day = _config(config, raw, processed, reports), _day(today)
    from pipeline import retention
    from pipeline.closing import show_purge
    from pipeline.progress import Progress

    with Progress() as progress:
        done = retention.purge(settings, period, day, progress, dry_run=dry_run)
    show_purge(done)


@app.command(name="rotate-key")
def rotate_key(config: ConfigOption = None, processed: ProcessedOption = None, today: TodayOption = None) -> None:
    """Change the key of the pseudonyms, and take away everything that was made with the old one."""
    settings, day = _config(config, processed=processed), _day(today)
    from pipeline import retention
    from pipeline.closing import show_rotation

    retention.rotate(settings, day)
    show_rotation(settings)


@app.command()
def doctor(
    config: ConfigOption = None,
    raw: RawOption = None,
    processed: ProcessedOption = None,
    reports: ReportsOption = None,
) -> None:
    """Say what stands ready on this machine, and what is missing."""
    from pipeline.closing import show_checks
    from pipeline.doctor import examine

    checks = examine(_config(config, raw, processed, reports))
    show_checks(checks)
    if not all(check.ok for check in checks):
        raise typer.Exit(WrongUse.exit_code)


@app.command()
def copy(
    to: Annotated[Path, typer.Option("--to", help="The file to write, or a folder to write it in.")],
    config: ConfigOption = None,
    processed: ProcessedOption = None,
) -> None:
    """Copy the database for other tools (DBeaver, Power BI, Excel, Python, R), so that none of them locks it."""
    from pipeline import copying

    typer.echo(copying.copy(_config(config, processed=processed).paths.processed, to))
    typer.echo("Kopian innehåller enskilda ärenden. Ta bort den när den är använd. Så ansluter du: docs/connect.md")


@app.command()
def audit(
    last: Annotated[int, typer.Option("--last", min=1, help="How many of the newest lines to show.")] = 20,
    since: Annotated[str | None, typer.Option("--since", help="All lines from a day on, YYYY-MM-DD.")] = None,
    config: ConfigOption = None,
    processed: ProcessedOption = None,
) -> None:
    """Show the log of who asked what of the data, and when."""
    settings, day = _config(config, processed=processed), None if since is None else _day(since, "--since")
    from pipeline import audit as log
    from pipeline.audit import terminal

    entries, damaged = log.read(settings.paths.processed, day)
    shown = entries if day else entries[-last:]
    terminal.show(shown, len(entries) - len(shown), damaged)


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


@contextmanager
def _noted(request: Request, command: str, beside: str = "") -> Iterator[list[Quality]]:
    """Note a run in the log when it is over, also when it stopped; nothing of the invented municipality's.

    What is appended to the list is the state of the data that the run read. A run that cannot be noted does not begin.
    """
    from pipeline import audit, database, starting

    processed = request.config.paths.processed
    read: list[Quality] = []
    if starting.is_invented(request):
        yield read
        return
    database.prepare(processed)
    audit.demand_writable(processed)
    what = [request.period.code if request.period else "", beside]
    try:
        yield read
    except UserFault as fault:
        what.append(f"stannade med kod {fault.exit_code}")
        raise
    except BaseException:
        what.append("avbröts")
        raise
    finally:
        rows = sum(account.loaded for account in read[0].totals().values()) if read else None
        audit.record(processed, command, ", ".join(filter(None, what)), rows)


def _request(
    config: Path | None,
    raw: Path | None,
    processed: Path | None,
    reports: Path | None,
    period: str | None,
    today: str | None,
    **more: Any,
) -> Request:
    wanted_period, day = _period(period) if period is not None else None, _day(today)
    settings = _config(config, raw, processed, reports, _judged())
    from pipeline.starting import Request

    given = {"raw_given": raw is not None, "today_given": today is not None}
    return Request(settings, day, wanted_period, **given, **more)


def _judged() -> dict[str, str]:
    from pipeline.metrics import catalogue

    return {name: one.judged for name, one in catalogue.read().items()}


def _config(
    file: Path | None,
    raw: Path | None = None,
    processed: Path | None = None,
    reports: Path | None = None,
    judged: Mapping[str, str] | None = None,
) -> Config:
    from pipeline import config

    return config.with_paths(config.load(file, judged), raw=raw, processed=processed, reports=reports)


def _period(text: str, option: str = "--period") -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        raise WrongUse(
            f"{option} {text}: ingen period. Skriv till exempel 2026T2 (tertial), 2026 (år), 2026H1 (halvår) eller"
            " 2026Q3 (kvartal)."
        ) from None


def _day(text: str | None, option: str = "--today") -> date:
    if text is None:
        return date.today()
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        day = date.min
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise WrongUse(
            f"{option} {text}: inget datum mellan {FIRST_YEAR} och {LAST_YEAR}. Skriv till exempel 2026-08-31."
        )
    return day
