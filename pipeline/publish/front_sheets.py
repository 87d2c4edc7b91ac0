"""The workbook's first sheets: the cover, in short what the report says, and the contents with links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.language import later, say
from pipeline.model import Metric
from pipeline.publish import forms, quality_words, summary
from pipeline.publish.figure_cells import base, status, unit_of, value
from pipeline.publish.forms import DASH
from pipeline.publish.workbook import Sheet
from pipeline.publish.workbook_cells import ALARM, COUNT, Column, Entry, numbers

if TYPE_CHECKING:
    from pipeline.disclosure import PublicFigures
    from pipeline.publish.report import Report

COVER, CONTENTS = later("Omslag"), later("Innehåll")
METRIC, PART = later("Mått"), later("Del av måttet")
COVER_WIDTHS = (26, 100)
CONTENTS_WIDTHS = (40, 58, 46, 12, 12, 12, 14, 34)
_ABOUT = (
    later("Arbetsboken har samma siffror som den rapport och den resultatfil som ligger i samma mapp."),
    later(
        "Varje tabell har en rubrik och ett eget namn, som står i programmets namnruta. Inga rutor är"
        " sammanslagna, inga"
        " blad är dolda och det finns inga makron. Diagrammen ritas av siffror i boken och har en beskrivning i ord."
    ),
)
_SHARED = {
    COVER: later("vad rapporten gäller och i korthet vad den visar"),
    "Noter": later("vad tecken, förkortningar och rubriker betyder"),
    "Mål": later("målträdet med utfall och status"),
    "Aktiviteter": later("beslutade aktiviteter och siffrorna som de ska påverka"),
    "Synpunkter alla år": later("inkomna synpunkter, ett år i varje kolumn"),
    "Internkontroll": later("kontrollmoment, utfall och riskmatris"),
    "Kravmatris": later("krav, rutiner och senaste utfall"),
    "Uppföljningsplan": later("vad som skulle följas upp, och årets kalender"),
    "Jämförelser": later("andra kommuner och riket"),
    "Kommentarer": later("förvaltningens egna ord"),
    "Ändringar": later("siffror som har ändrats sedan förra rapporten"),
    "Definitioner": later("hur varje mått räknas, gränserna och hur mycket som är skyddat"),
    "Datakvalitet": later("vad som lästes in och vad som saknas"),
    "Diagramunderlag": later("siffrorna bakom diagrammen"),
}


def write_cover(sheet: Sheet, title: str, report: Report, next_sheets: Iterable[Sheet]) -> None:
    """Whose report it is and of when, what it says in three sentences, and where to go next."""
    figures, config, run = report.figures, report.config, report.run
    sheet.title(title)
    preliminary = quality_words.preliminary(report.quality, figures.period)
    if preliminary:
        sheet.lines(preliminary, color=ALARM, bold=True)
    facts = (
        (say("Kommun"), config.municipality.name),
        (say("Nämnd"), config.committee.name if len(config.sender) > 1 else ""),
        (say("Period"), forms.period(figures.period)),
        (say("Diarienummer"), config.report.reference),
        (say("Beslutsinstans"), config.report.decided_by),
        (say("Processägare"), config.report.process_owner),
        (say("Fastställd"), config.report.approved),
        (say("Frågor besvaras av"), config.report.contact),
        (say("Framställd"), forms.day(run.today)),
        (say("Körning"), say("{run_id}, program {version}", run_id=run.run_id, version=run.version)),
    )
    for name, told in facts:
        if told:
            sheet.append([Entry(name, bold=True), Entry(told)])
    _write_lines(sheet, say("I korthet"), summary.sentences(figures, report.metrics))
    _write_lines(sheet, say("Om arbetsboken"), _ABOUT)
    for one in next_sheets:
        sheet.append([Entry(one.name, link=one.cell(1, 1))])


def _write_lines(sheet: Sheet, heading: str, texts: Sequence[str]) -> None:
    sheet.blank()
    sheet.heading(heading)
    for text in texts:
        sheet.lines(text)


def write_contents(
    sheet: Sheet,
    figures: PublicFigures,
    sections: Mapping[str, list[Metric]],
    places: Mapping[str, str],
    sheets: Iterable[Sheet],
) -> None:
    """Two tables: the sheets with what is in them, and the metrics with their outcome; `places` are the metrics'."""
    sheet.freeze(rows=2)
    sheet.title(CONTENTS)
    sheet.heading(say("Bladen"))
    rows = [
        [Entry(one.name, link=one.cell(1, 1)), Entry(_holds(one, sections)), Entry(one.tables, COUNT)]
        for one in sheets
        if one is not sheet
    ]
    sheet.table(
        "blad", [Column(say("Blad")), Column(say("Vad bladet innehåller")), numbers(say("Tabeller (antal)"))], rows
    )
    outcomes = [row for name, found in sections.items() for row in _outcomes(name, found, figures, places)]
    if outcomes:
        sheet.blank()
        sheet.heading(say("Måtten och deras utfall"))
        columns = [
            Column(say("Avsnitt")), Column(METRIC), Column(PART), numbers(say("n, täljare (antal)")),
            numbers(say("N, nämnare (antal)")), numbers(say("Utfall")), Column(say("Mätenhet")), Column(say("Status")),
        ]  # fmt: skip
        sheet.table("innehall", columns, outcomes)


def _holds(sheet: Sheet, sections: Mapping[str, list[Metric]]) -> str:
    if sheet.full_name in sections:
        return say("{sections} mått, med tabeller och diagram", sections=forms.number(len(sections[sheet.full_name])))
    return _SHARED[sheet.full_name]


def _outcomes(
    section: str, metrics: Sequence[Metric], figures: PublicFigures, places: Mapping[str, str]
) -> Iterator[list[Entry]]:
    for metric in metrics:
        for headline in summary.headlines(metric, figures):
            figure = headline.figure
            yield [
                Entry(section),
                Entry(metric.title, link=places[metric.metric_id]),  # short, since links do not wrap everywhere
                Entry(figure.key.category or DASH),
                *base(figure),
                value(figure),
                Entry(unit_of(metric, figure)),
                status(metric, figure),
            ]
