"""fullmäktige.html and .xlsx: the quarter's statistics for the council. Public: nothing but protected counts."""

from __future__ import annotations

from pathlib import Path

from pipeline.config import Config
from pipeline.model import RunInfo
from pipeline.model.cases import CouncilStatistics, CountTable
from pipeline.publish import forms, html, ivo_words
from pipeline.publish.workbook import Book
from pipeline.publish.workbook_cells import ALARM, COUNT, Column, Entry, numbers

_TEMPLATE = "council.html.j2"
_TITLE = "Ej verkställda beslut"
_WIDTHS = (64, 18)
COUNTED = "Beslut (antal)"
NOTHING_SHOWN = "Hur besluten fördelar sig visas inte, eftersom de är för få."
NOT_SHOWN = "Fördelningen visas inte, eftersom antalen är för små."


def write_page(file: Path, statistics: CouncilStatistics, config: Config, run: RunInfo) -> None:
    """Write the page: one file that asks nothing of the network."""
    text = html.render(
        _TEMPLATE,
        title=_TITLE,
        statistics=statistics,
        sentences=sentences(statistics),
        preliminary=preliminary(statistics),
        counted=COUNTED,
        not_shown=NOT_SHOWN,
        nothing_shown=NOTHING_SHOWN,
        what=ivo_words.WHAT,
        hidden_groups=hidden_groups(statistics),
        law=ivo_words.law(statistics.citations),
        period=forms.period(statistics.period),
        period_name=forms.period_name(statistics.period),
        config=config,
        run=run,
    )
    file.write_text(text, encoding="utf-8", newline="\n")


def write_workbook(file: Path, statistics: CouncilStatistics, config: Config, run: RunInfo) -> None:
    """Write the workbook: the page's numbers and words."""
    book = Book(f"{_TITLE} till fullmäktige", f"{_TITLE}, {forms.period_name(statistics.period)}", config, run)
    sheet = book.sheet("Statistik", _WIDTHS, forms.period_name(statistics.period))
    sheet.freeze(rows=2)
    sheet.title(f"{_TITLE}: {forms.inside(forms.period(statistics.period))}")
    if preliminary(statistics):
        sheet.lines(preliminary(statistics), color=ALARM, bold=True)
    for text in sentences(statistics):
        sheet.lines(text)
    if not statistics.is_divided and statistics.total:
        sheet.lines(NOTHING_SHOWN)
    for number, table in enumerate(statistics.tables if statistics.is_divided else (), start=1):
        sheet.blank()
        sheet.keep_together(len(table.rows) + 2)
        sheet.heading(table.title)
        if table.rows:
            sheet.table(f"tabell_{number}", [Column(table.heading), numbers(COUNTED)], _rows(table))
        else:
            sheet.lines(NOT_SHOWN)
    sheet.blank()
    sheet.heading("Så räknas besluten")
    for text in (*ivo_words.WHAT, hidden_groups(statistics), *ivo_words.law(statistics.citations)):
        sheet.lines(text)
    book.save(file)


def sentences(statistics: CouncilStatistics) -> list[str]:
    """The outcome in words, and how it was when the quarter began."""
    last = forms.day(statistics.period.ends)
    if not statistics.total:
        now = f"Inget beslut hade väntat mer än tre månader på att verkställas eller återupptas den {last}."
    else:
        count = forms.counted(statistics.total, "beslut", "beslut")
        now = f"Den {last} hade {count} väntat mer än tre månader på att verkställas eller återupptas."
    earlier = forms.counted(statistics.before, "beslut", "beslut") if statistics.before else "inget"
    return [now, f"När kvartalet började var det {earlier}."]


def preliminary(statistics: CouncilStatistics) -> str:
    """What must be said first when the extract does not reach the quarter's last day; else nothing."""
    if statistics.is_final:
        return ""
    return (
        f"Siffrorna är preliminära: utdraget med beslut är från {forms.day(statistics.delivered)}, men kvartalet slutar"
        f" {forms.day(statistics.period.ends)}."
    )


def hidden_groups(statistics: CouncilStatistics) -> str:
    """Which counts are hidden, and how they are written."""
    few = forms.span(1, statistics.smallest - 1)
    return (
        f"Antal på {few} visas inte, inte heller andra små antal där någon har skyddade personuppgifter, och inte så"
        f" många andra antal som behövs för att de inte ska gå att räkna ut. De skrivs {forms.HIDDEN}."
    )


def _rows(table: CountTable) -> list[list[Entry | str]]:
    return [[row.label, Entry(forms.HIDDEN) if row.count is None else Entry(row.count, COUNT)] for row in table.rows]
