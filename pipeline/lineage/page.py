"""docs/lineage.md: from the files to the report, metric by metric, and what rests on each column of the extracts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pipeline.config import DEFAULT_FILES, ROOT
from pipeline.lineage.library import Library
from pipeline.model import EXTRACT_NAMES, Metric
from pipeline.sources import profiles

FILE = ROOT / "docs" / "lineage.md"
_INTRODUCTION = """# Från fil till rapport

Varifrån varje mått kommer: fil → kolumn i utdraget → tabell → mått → avsnitt i rapporten. Sidan görs ur SQL-filerna av
`make lineage` och ändras inte för hand. Kolumnerna är alla som måttet vilar på, också de som avgör vilka rader som
ingår och vilken grupp en rad hör till. Kolumnernas namn i databasen står inom parentes; vad de betyder står i
[ordlistan](glossary.md). Frågan bakom ett mått, och de ärenden som ligger bakom en siffra, visas av
`python -m pipeline metrics`.
"""
_WINDOWS = "windows"


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
    section = ""
    for metric in metrics.values():
        if metric.section != section:
            section = metric.section
            yield f"\n### {section}\n"
        read = library.read_by(metric.sql, f"sql/metrics/{metric.metric_id}.sql")
        yield f"#### {metric.title}\n"
        yield f"`sql/metrics/{metric.metric_id}.sql` → avsnittet *{section}*, `#{metric.metric_id}`. {_through(read)}\n"
        yield from _table(library, read)


def _views(library: Library) -> Iterator[str]:
    if not library.views:
        return
    yield "## Vyerna\n"
    for view in library.views:
        read = {view.name: set(view.columns)}
        yield f"### `{view.name}`\n"
        yield f"{view.words.get('', '')}\n"
        yield from _table(library, read)


def _through(read: Mapping[str, set[str]]) -> str:
    tables = [f"`{name}`" for name in read if not name.endswith(_WINDOWS)]
    return f"Läser {', '.join(tables)}."


def _table(library: Library, read: Mapping[str, set[str]]) -> Iterator[str]:
    yield "| fil | utdrag | kolumner |"
    yield "|---|---|---|"
    for extract, columns in library.extracts_behind(read).items():
        files = ", ".join(f"`{pattern}`" for pattern in DEFAULT_FILES[extract])
        told = ", ".join(f"{_heading(extract, column)} (`{column}`)" for column in columns)
        yield f"| {files} | {EXTRACT_NAMES[extract]} | {told} |"
    settings = library.settings_behind(read)
    if settings:
        yield f"| `config.toml` | inställningar under `[limits]` | {', '.join(f'`{name}`' for name in settings)} |"
    yield ""


def _columns(library: Library, metrics: Mapping[str, Metric]) -> Iterator[str]:
    resting: dict[tuple[str, str], list[str]] = defaultdict(list)
    for metric in metrics.values():
        read = library.read_by(metric.sql, f"sql/metrics/{metric.metric_id}.sql")
        for extract, columns in library.extracts_behind(read).items():
            for column in columns:
                resting[extract, column].append(metric.metric_id)
    for extract in EXTRACT_NAMES:
        relation = library.relations.get(f"loaded.{extract}")
        if relation is None:
            continue
        yield f"### {EXTRACT_NAMES[extract].capitalize()}\n"
        yield "| kolumn | mått |"
        yield "|---|---|"
        for column in relation.columns:
            told = ", ".join(f"`{name}`" for name in resting[extract, column])
            yield f"| {_heading(extract, column)} (`{column}`) | {told or 'inget mått'} |"
        yield ""


def _heading(extract: str, column: str) -> str:
    headings = profiles.load().headings
    return (headings[extract].get(column) or headings["common"][column])[0]
