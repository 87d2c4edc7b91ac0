"""docs/lineage.md: from the files to the report, metric by metric, and what rests on each column of the extracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.lineage import trails
from pipeline.lineage.library import Library
from pipeline.lineage.trails import Read, Trail
from pipeline.model import Metric
from pipeline.places import ROOT

FILE = ROOT / "docs" / "lineage.md"
_INTRODUCTION = """# Från fil till rapport

Varifrån varje mått kommer: fil → kolumn i utdraget → tabell → mått → avsnitt i rapporten. Sidan görs ur SQL-filerna av
`make lineage` och ändras inte för hand. Kolumnerna är alla som måttet vilar på, också de som avgör vilka rader som
ingår och vilken grupp en rad hör till. Kolumnernas namn i databasen står inom parentes; vad de betyder står i
[ordlistan](glossary.md). Frågan bakom ett mått, och de ärenden som ligger bakom en siffra, visas av
`python -m pipeline metrics`. Samma sak som en webbsida att söka i: `python -m pipeline metrics --lineage build`.
"""


def text(library: Library, metrics: Mapping[str, Metric]) -> str:
    """The whole page, of the metrics in the order of the report."""
    return "\n".join(
        [
            _INTRODUCTION,
            "## Måtten",
            *_metrics(library, metrics),
            *_views(library),
            "## Vad som vilar på varje kolumn",
            "",
            "Saknas en kolumn i alla levererade filer går dessa mått inte att räkna, eller räknas utan den.",
            "",
            *_columns(library, metrics),
        ]
    )


def _metrics(library: Library, metrics: Mapping[str, Metric]) -> Iterator[str]:
    for section, those in trails.by_section(metrics).items():
        yield f"\n### {section}\n"
        for metric in those:
            trail = trails.of_metric(library, metric)
            through = f"Läser {_coded(trail.tables)}."
            yield f"#### {metric.title}\n"
            yield f"`sql/metrics/{metric.metric_id}.sql` → avsnittet *{section}*, `#{metric.metric_id}`. {through}\n"
            yield from _table(trail)


def _views(library: Library) -> Iterator[str]:
    if not library.views:
        return
    yield "## Vyerna\n"
    for view in library.views:
        yield f"### `{view.name}`\n"
        yield f"{view.words.get('', '')}\n"
        yield from _table(trails.of_view(library, view.name))


def _table(trail: Trail) -> Iterator[str]:
    yield "| fil | utdrag | kolumner |"
    yield "|---|---|---|"
    for source in trail.sources:
        yield f"| {_coded(source.files)} | {source.extract} | {', '.join(map(_column, source.columns))} |"
    if trail.settings:
        yield f"| `config.toml` | inställningar under `[limits]` | {_coded(trail.settings)} |"
    yield ""


def _columns(library: Library, metrics: Mapping[str, Metric]) -> Iterator[str]:
    for one in trails.resting(library, metrics):
        yield f"### {one.extract.capitalize()}\n"
        yield "| kolumn | mått |"
        yield "|---|---|"
        for column, resting in one.columns:
            yield f"| {_column(column)} | {_coded(resting) or 'inget mått'} |"
        yield ""


def _column(column: Read) -> str:
    return f"{column.heading} (`{column.name}`)"


def _coded(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
