"""datakvalitet.xlsx: the same as the page, with every rejected row, to sort and choose among. Internal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.config import Config
from pipeline.model import Metric, Quality, RunInfo, Seen
from pipeline.publish import advice, faults, forms, quality_words
from pipeline.publish.account_cells import row_cells, row_columns, share_cell, share_column
from pipeline.publish.faults import Listing, extract_name
from pipeline.publish.forms import DASH
from pipeline.publish.importance import Importance
from pipeline.publish.workbook import Book, Sheet
from pipeline.publish.workbook_cells import ALARM, COUNT, SHARE, Column, Entry, numbers

_MOST_ROWS_A_SHEET = 1_000_000
_MOST_DRESSED_ROWS = 5_000  # beyond this the rows are written plain, to stay small and quick
_OVERVIEW_WIDTHS = (26, *[15] * 6, 22)
_SINCE_WIDTHS = (30, 26, 14, 18, 14)
_FILE_WIDTHS = (36, 20, 12, 16, 16, *[13] * 5, 11, 46, 38, 34)
_COUNT_WIDTHS = (40, 24, 40, 30, 14)
_ROW_WIDTHS = (18, 24, 24, 24, 27, 11, 8, 14, 18, 16, 38, 40, 34, 18)
_IMPORTANCE_WIDTHS = (24, 34, 80)
_MOST_NAMED = 2  # metrics in a row's cell; a sheet of its own names all of them
_MENDED_WIDTHS = (24, 30, 30, 26, 40, 30, 22)
_WARNING_WIDTHS = (24, 76, 26, 12, 46, 44)
_LATE_WIDTHS = (22, 34, 28, 90)
_RULE_WIDTHS = (140,)
_ROW_HEADINGS = (
    "Utdrag", "Enhet", "Fel", "Regel", "Fil", "Blad", "Rad", "Ärende", "Rubrik", "Värde", "Varför",
    "Varför det spelar roll", "Att göra",
)  # fmt: skip
_SEEN_HEADING = "Sedd"


def write(
    file: Path,
    quality: Quality,
    config: Config,
    run: RunInfo,
    definitions: Mapping[str, Metric],
    seen: Seen | None = None,
) -> None:
    """Write the workbook: overview, files, counts by unit and rule, every rejected row, what is mended, warnings.

    `definitions` tell which metrics a fault matters for. `seen` is what the register of faults knows; without it
    nothing is said of earlier deliveries.
    """
    book = Book("Datakvalitet", f"Underkända rader och varningar, {config.municipality.name}", config, run)
    found = faults.listings(quality)
    _write_overview(_sheet(book, "Översikt", _OVERVIEW_WIDTHS), quality, config)
    if seen:
        _write_since(_sheet(book, "Sedan förra leveransen", _SINCE_WIDTHS), quality, seen)
    _write_counts(_sheet(book, "Fel per enhet", _COUNT_WIDTHS), found)
    _write_rows(book, found, Importance(definitions), seen)
    _write_importance(_sheet(book, "Berörda mått", _IMPORTANCE_WIDTHS), quality, Importance(definitions))
    if seen:
        _write_mended(_sheet(book, "Rättat", _MENDED_WIDTHS), seen)
    _write_warnings(_sheet(book, "Varningar", _WARNING_WIDTHS), quality, seen)
    _write_lateness(_sheet(book, "Sen registrering", _LATE_WIDTHS), quality)
    _write_exceptions(_sheet(book, "Undantag", _RULE_WIDTHS), quality)
    _write_files(_sheet(book, "Filer", _FILE_WIDTHS), quality)
    book.save(file)


def _sheet(book: Book, name: str, widths: Sequence[float]) -> Sheet:
    return book.sheet(name, widths, "Datakvalitet")


def _write_overview(sheet: Sheet, quality: Quality, config: Config) -> None:
    sheet.freeze(rows=2)
    sheet.title("Datakvalitet")
    limit = config.limits.rejected_percent
    above = quality.above(limit)
    sheet.lines("Endast för internt bruk: bladen nämner enskilda ärenden.", bold=True)
    for text in quality.stops:
        sheet.lines(f"Inställningarna låter det här stoppa körningen: {forms.with_days(text)}", color=ALARM, bold=True)
    if above:
        names = forms.listed([extract_name(extract) for extract in above])
        sheet.lines(f"Över gränsen {forms.number(limit, 1)} %: {names}.", color=ALARM, bold=True)
        sheet.lines(faults.STOPPED, color=ALARM, bold=True)
    sheet.lines(faults.EVERY_ROW)
    for text in (*quality_words.unlisted(quality), *quality_words.protected(quality)):
        sheet.lines(text, bold=True)
    sheet.blank()
    rows = [
        [
            extract_name(extract),
            *row_cells(total),
            share_cell(total),
            Entry("över gränsen", color=ALARM, bold=True) if extract in above else "inom gränsen",
        ]
        for extract, total in quality.totals().items()
    ]
    columns = [Column("Utdrag"), *row_columns(), share_column(), Column(f"Mot gränsen {forms.number(limit, 1)} %")]
    _table_or_nothing(sheet, "utdrag", columns, rows, "Inga filer lästes.")


def _write_since(sheet: Sheet, quality: Quality, seen: Seen) -> None:
    old = quality_words.is_old(seen)
    sheet.freeze(rows=4 if old else 3)
    sheet.title("Sedan förra leveransen")
    if old:
        sheet.lines(old, bold=True)
    columns = [
        Column("Utdrag"),
        Column("Förra leveransen"),
        *map(numbers, ("Nya fel", "Kvarstående fel", "Rättade fel")),
    ]
    rows = [
        [
            extract_name(one.extract),
            one.earlier,
            *(DASH if count is None else Entry(count, COUNT) for count in (one.new, one.again, one.mended)),
        ]
        for one in quality_words.since_last(quality, seen)
    ]
    _table_or_nothing(sheet, "sedan_forra", columns, rows, "Inga filer lästes.")


def _write_files(sheet: Sheet, quality: Quality) -> None:
    sheet.freeze(rows=3, columns=1)
    sheet.title("Filer")
    if quality.passed_over:
        names = ", ".join(quality.passed_over)
        sheet.lines(f"Filer som inte lästes, eftersom en profil säger att de inte ska det: {names}.")
    columns = [
        *map(Column, ("Fil", "Utdrag", "Levererad", "Teckenkodning", "Blad")),
        *row_columns(),
        *map(Column, ("Går ihop", "Så lästes filen", "Överhoppat, räknas inte som rader", "Kolumner som inte används")),
    ]
    rows = [
        [
            one.file,
            extract_name(one.extract),
            one.delivered.isoformat(),
            one.encoding or DASH,
            ", ".join(one.sheets) or DASH,
            *row_cells(one),
            "ja" if one.balanced else Entry("nej", color=ALARM, bold=True),
            "\n".join(one.notes) or DASH,
            "\n".join(one.skipped) or DASH,
            ", ".join(one.ignored_columns) or DASH,
        ]
        for one in quality.files
    ]
    _table_or_nothing(sheet, "filer", columns, rows, "Inga filer lästes.")


def _write_counts(sheet: Sheet, found: Sequence[Listing]) -> None:
    sheet.freeze(rows=3)
    sheet.title("Fel per enhet")
    columns = [*map(Column, ("Enhet", "Utdrag", "Fel", "Regel")), numbers("Antal fel")]
    counted = faults.counts(found)
    rows = [
        [unit, extract_name(extract), advice.of(rule).title, rule, Entry(count, COUNT)]
        for unit, extract, rule, count in counted
    ]
    _table_or_nothing(sheet, "fel_per_enhet", columns, rows, "Inga rader är underkända.")


def _write_rows(book: Book, found: Sequence[Listing], importance: Importance, seen: Seen | None) -> None:
    every = _rows(found, importance, seen)
    headings = (*_ROW_HEADINGS, _SEEN_HEADING) if seen else _ROW_HEADINGS
    number = 1
    while (rows := list(islice(every, _MOST_ROWS_A_SHEET))) or number == 1:
        name = "Underkända rader" if number == 1 else f"Underkända rader {number}"
        sheet = _sheet(book, name, _ROW_WIDTHS)
        sheet.freeze(rows=3)
        sheet.title(f"{name}, ett fel per rad")
        columns = [numbers(text) if text == "Rad" else Column(text) for text in headings]
        if len(rows) > _MOST_DRESSED_ROWS:
            sheet.long_table(f"underkanda_{number}", columns, rows)
        else:
            _table_or_nothing(sheet, f"underkanda_{number}", columns, rows, "Inga rader är underkända.")
        number += 1


def _rows(found: Sequence[Listing], importance: Importance, seen: Seen | None) -> Iterator[list[str | int]]:
    for listing in found:
        for one in listing.listed:
            row: list[str | int] = [
                extract_name(one.extract),
                faults.unit(one),
                listing.advice.title,
                one.rule,
                one.file,
                one.sheet,
                one.row,
                one.key,
                one.heading,
                one.value,
                one.reason,
                importance.of(one, _MOST_NAMED),
                listing.advice.cure,
            ]
            yield [*row, quality_words.first_seen(seen, one)] if seen else row


def _write_importance(sheet: Sheet, quality: Quality, importance: Importance) -> None:
    sheet.freeze(rows=3)
    sheet.title("Berörda mått: vad de underkända raderna saknas i, och vad de felaktiga uppgifterna avgör")
    columns = [Column("Utdrag"), Column("Rubrik"), Column("Mått")]
    rows = [[extract_name(extract), *rest] for extract, *rest in importance.table(quality.rejections)]
    _table_or_nothing(sheet, "berorda_matt", columns, rows, "Inga mått berörs.")


def _write_mended(sheet: Sheet, seen: Seen) -> None:
    said = [quality_words.GONE, *quality_words.protected_mended(seen)]
    sheet.freeze(rows=3 + len(said))
    sheet.title("Rättat sedan förra leveransen")
    for text in said:
        sheet.lines(text)
    columns = [Column(heading) for heading in ("Utdrag", "Enhet", "Ärende", "Rubrik", "Fel", "Regel", "Sedd sedan")]
    rows = [
        [
            extract_name(one.extract),
            faults.unit_name(one.unit),
            one.key or DASH,
            one.heading,
            advice.of(one.rule).title,
            one.rule,
            one.first_seen.isoformat(),
        ]
        for one in quality_words.listed_mended(seen)
    ]
    if len(rows) > _MOST_DRESSED_ROWS:
        sheet.long_table("rattat", columns, rows[:_MOST_ROWS_A_SHEET])
    else:
        _table_or_nothing(sheet, "rattat", columns, rows, "" if seen.mended else "Inga fel är rättade.")


def _write_warnings(sheet: Sheet, quality: Quality, seen: Seen | None) -> None:
    sheet.freeze(rows=3)
    sheet.title("Varningar: raderna är inlästa")
    columns = [
        Column("Utdrag"),
        Column("Vad"),
        Column("Regel"),
        numbers("Antal"),
        Column("Exempel"),
        Column("Att göra"),
    ]
    rows = [
        [
            extract_name(one.extract),
            faults.warning_text(one),
            one.rule,
            Entry(one.count, COUNT),
            ", ".join(one.examples) or DASH,
            advice.of(one.rule).cure,
        ]
        for one in quality_words.warnings(quality, seen)
    ]
    _table_or_nothing(sheet, "varningar", columns, rows, "Inga varningar.")


def _write_lateness(sheet: Sheet, quality: Quality) -> None:
    sheet.freeze(rows=2)
    sheet.title("Sen registrering: hur slutliga de senaste månaderna är")
    if not quality.lateness:
        sheet.lines("För få aktualiseringar har både dagen då de kom in och dagen då de registrerades.")
        return
    sheet.lines(quality_words.reckoned_from(quality))
    sheet.blank()
    columns = [
        Column("Månad"),
        numbers("Från månadens slut till leveransen (dagar)"),
        numbers("Brukar vara registrerat då (%)"),
        Column("I ord"),
    ]
    told = zip(quality.lateness, quality_words.lateness(quality), strict=True)
    rows = [
        [Entry(late.month), Entry(one.days, COUNT), Entry(one.share, SHARE), Entry(late.sentence)] for one, late in told
    ]
    sheet.table("sen_registrering", columns, rows)


def _write_exceptions(sheet: Sheet, quality: Quality) -> None:
    sheet.freeze(rows=2)
    sheet.title(quality_words.RULES_TITLE)
    for text in quality_words.exceptions(quality) or ["Inställningarna ändrar inga regler."]:
        sheet.lines(text)
        sheet.blank()


def _table_or_nothing(
    sheet: Sheet, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]], nothing: str
) -> None:
    if rows:
        sheet.table(name, columns, rows, filters=True)
    else:
        sheet.lines(nothing)
