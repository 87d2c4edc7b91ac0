"""The catalogue, a metric and its cases on the terminal, and cases as CSV."""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from pipeline import lineage
from pipeline.explaining.cases import Case, Cases
from pipeline.explaining.latest import Latest, Stored
from pipeline.explaining.reasons import Reasons
from pipeline.model import EXTRACT_NAMES, Metric, Statistic
from pipeline.publish import forms, marks, words


def show_catalogue(metrics: Mapping[str, Metric], last: Latest | None) -> None:
    """Every metric in a line: id, title, section of the report, kind, target where the last report has one."""
    table = Table(box=None, pad_edge=False)
    for heading in ("Id", "Titel", "Avsnitt", "Måttyp", "Mål"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "Id")
    for metric in metrics.values():
        figure = last.judged(metric, last.judged_window(metric)) if last else None
        table.add_row(metric.metric_id, metric.title, metric.section, metric.kind, _target(metric, figure))
    console = _console(last)
    console.print(table)
    console.print(f"{len(metrics)} mått. Mer om ett av dem: python -m pipeline metrics ID", soft_wrap=True)
    if last is None:
        console.print("Målen visas när en rapport har gjorts.")


def show_metric(metric: Metric, last: Latest | None) -> None:
    """One metric: definition, law, what it reads, its statement, and the committee's latest figures."""
    console = _console(last)
    console.print(f"{metric.title} ({metric.metric_id})")
    console.print(metric.question)
    told: dict[str, str] = {
        "Täljare": metric.numerator,
        "Nämnare": metric.denominator,
        "Enhet": metric.unit,
        "Måttyp": metric.kind,
        "Kvalitetsområde": metric.quality_area,
        "Avsnitt": metric.section,
        "Bättre": {"higher": "högre", "lower": "lägre"}.get(metric.better, "ingetdera"),
        "Uppdelningar": ", ".join(words.breakdown_title(metric, one).lower() for one in metric.breakdowns),
        "Nyckeltal": ", ".join(metric.kpis),
        "Ansvarig": metric.owner,
        "Fil": f"sql/metrics/{metric.metric_id}.sql",
    }
    table = Table(show_header=False, box=None, pad_edge=False)
    for name, text in told.items():
        if text:
            table.add_row(name, text)
    console.print(table)
    _heading(console, "Så räknar vi")
    for sentence in metric.choices:
        console.print(f"- {sentence}")
    _heading(console, "Lag")
    _show_law(console, metric)
    _heading(console, "Läser")
    _show_reads(console, metric)
    _heading(console, "SQL")
    console.print(metric.sql, soft_wrap=True)
    _heading(console, "Senaste siffror")
    _show_figures(console, metric, last)


def show_cases(cases: Cases, last: Latest) -> None:
    """The rows behind a figure as a table, and that they add up to it."""
    console, metric = _console(last), cases.metric
    where = cases.unit or last.committee()
    console.print(f"{metric.title} ({metric.metric_id}), {where}, {forms.window(cases.window)}", soft_wrap=True)
    if cases.missing:
        console.print(f"Uppgift saknas. {cases.missing}", soft_wrap=True)
        return
    if metric.numerator and metric.judged.is_share:
        console.print(f"Täljare: {metric.numerator}.", soft_wrap=True)
    console.print(f"Nämnare: {metric.denominator}.", soft_wrap=True)
    reasons = Reasons(cases)
    table = Table(box=None, pad_edge=False)
    table.add_column("Ärende", overflow="fold")
    table.add_column("Enhet", overflow="fold")
    table.add_column("Varför", overflow="fold", ratio=1)
    for case in cases.rows:
        table.add_row(case.case_id, case.unit, reasons.of(case))
    if cases.rows:
        console.print(table)
    for sentence in sums(cases):
        console.print(sentence, soft_wrap=True)


def print_cases_csv(cases: Cases) -> None:
    """The same rows as comma-separated values, each day in a column of its own; what they add up to goes to stderr."""
    counted = list(dict.fromkeys(name for case in cases.rows for name in case.counted))
    names = _column_names(cases)
    writer, reasons = csv.writer(sys.stdout, lineterminator="\n"), Reasons(cases)
    writer.writerow(["metric", "window", "case_id", "unit", *counted, *names, "why"])
    for case in cases.rows:
        values = [_plain(value) for value in (*(case.counted.get(name) for name in counted), *case.values)]
        writer.writerow([cases.metric.metric_id, cases.window.window_id, *_texts(case), *values, reasons.of(case)])
    for sentence in [f"Uppgift saknas. {cases.missing}"] if cases.missing else sums(cases):
        sys.stderr.write(f"{sentence}\n")


def sums(cases: Cases) -> list[str]:
    """How the rows add up to the figure, in words; how many are not listed, and never which."""
    metric, listed = cases.metric, len(cases.rows)
    told = [f"Rader som visas: {forms.number(listed)}."]
    if cases.left_out:
        told.append(
            "Rader om personer med skyddade personuppgifter, som räknas men inte visas:"
            f" {forms.number(cases.left_out)}. Tillsammans {forms.number(listed + cases.left_out)}."
        )
    told.append(f"Raderna ger {_amount(metric, cases.numerator, cases.denominator)}.")
    if cases.figure is None:
        told.append("Rapporten har ingen siffra att jämföra med.")
    elif cases.agrees:
        told.append("Det är siffran i rapporten.")
    else:
        of_report = _amount(metric, cases.figure.numerator, cases.figure.denominator or 0)
        told.append(
            f"Rapporten har {of_report}: måttets fil eller inställningarna har ändrats sedan den gjordes. Gör om den"
            " med: python -m pipeline report"
        )
    return told


def _amount(metric: Metric, numerator: float | None, denominator: float) -> str:
    base = forms.number(denominator, 2)
    if numerator is None:
        noun = metric.noun[0] if denominator == 1 else metric.noun[1]
        return f"{base} {noun}"
    share = f" ({forms.percent(numerator / denominator)})" if denominator else ""
    return f"{forms.number(numerator, 2)} av {base}{share}"


def _show_law(console: Console, metric: Metric) -> None:
    for rule in metric.law:
        console.print(f"- {rule.about}")
        for cited in rule.cited:
            since = f"från {cited.valid_from}" if cited.valid_from else ""
            until = f"till {cited.valid_to}" if cited.valid_to else ""
            console.print(f"  {cited.text} {' '.join(filter(None, (since, until)))}".rstrip())


def _show_reads(console: Console, metric: Metric) -> None:
    library = lineage.read()
    read = library.read_by(metric.sql, f"sql/metrics/{metric.metric_id}.sql")
    for relation, columns in read.items():
        console.print(f"- {relation}: {', '.join(sorted(columns))}")
    console.print("Bakom dem, i utdragen:")
    for extract, delivered in library.extracts_behind(read).items():
        console.print(f"- {EXTRACT_NAMES[extract]}: {', '.join(delivered)}")


def _show_figures(console: Console, metric: Metric, last: Latest | None) -> None:
    if last is None:
        console.print("Ingen rapport har gjorts. Kör först: python -m pipeline report")
        return
    why = last.missing(metric)
    if why:
        console.print(f"Uppgift saknas. {why}")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("Fönster", "Avser", "Statistik", "Utfall", "Antal", "Mål", "Status"):
        table.add_column(heading, no_wrap=heading == "Fönster")
    for one in last.figures(metric):
        statistic = Statistic(one.statistic)
        value = "" if one.value is None else words.quantity(metric, statistic, one.value)
        of = "" if one.denominator is None else forms.number(one.denominator)
        if one.numerator is not None:
            of = f"{forms.number(one.numerator)} av {of}"
        is_judged = statistic is metric.judged
        table.add_row(
            one.window.window_id, forms.window(one.window), one.statistic, value, of,
            _target(metric, one), one.status if is_judged else "",
        )  # fmt: skip
    console.print(table)
    console.print(f"Raderna bakom: python -m pipeline metrics {metric.metric_id} --cases", soft_wrap=True)


def _target(metric: Metric, figure: Stored | None) -> str:
    if figure is None or figure.target is None:
        return ""
    return words.quantity(metric, Statistic(figure.statistic), figure.target)


def _heading(console: Console, text: str) -> None:
    console.print()
    console.print(text.upper())


def _console(last: Latest | None) -> Console:
    console = Console(markup=False, highlight=False)
    if last is not None and last.demo:
        console.print(marks.DEMO_SENTENCE, soft_wrap=True)
    return console


def _column_names(cases: Cases) -> list[str]:
    """The added columns under the names that the tables give them; the relation's too where two share one."""
    names = [one.origin.column for one in cases.shown]
    return [one.origin.column if names.count(one.origin.column) == 1 else "_".join(one.origin) for one in cases.shown]


def _texts(case: Case) -> Sequence[str]:
    """Id and unit; text that a spreadsheet would take for a formula stays text."""
    return [f"'{text}" if text.startswith(("=", "+", "-", "@")) else text for text in (case.case_id, case.unit)]


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return "" if value is None else value
