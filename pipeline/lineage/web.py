"""The same as docs/lineage.md as a web page to search in: one file that asks nothing of the network."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline import __version__
from pipeline.config import Config
from pipeline.errors import WrongUse
from pipeline.lineage import trails
from pipeline.lineage.library import Library
from pipeline.model import Metric
from pipeline.publish import html

_NAME = "fran-fil-till-rapport.html"
_TITLE = "Från fil till rapport"
_TEMPLATE, _SCRIPT = "lineage.html.j2", "lineage.js"


def write(to: Path, library: Library, metrics: Mapping[str, Metric], config: Config) -> Path:
    """Write the page to a file, or into a folder; returns the file.

    It tells how figures are made, and nothing of any case. Raises WrongUse where the place or the name will not do.
    """
    file = to / _NAME if to.is_dir() or not to.suffix else to
    if file.suffix.lower() not in (".html", ".htm"):
        raise WrongUse(f"--lineage {to}: sidan är en webbsida. Ange en mapp, eller ett filnamn som slutar på .html.")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page(library, metrics, config), encoding="utf-8", newline="\n")
    return file


def page(library: Library, metrics: Mapping[str, Metric], config: Config) -> str:
    """The page, of the metrics in the order of the report."""
    script = html.script(_SCRIPT)
    return html.render(
        _TEMPLATE,
        sections=trails.by_section(metrics),
        metrics=metrics,
        views=library.views,
        of_metric=lambda metric: trails.of_metric(library, metric),
        of_view=lambda view: trails.of_view(library, view.name),
        resting=list(trails.resting(library, metrics)),
        config=config,
        period_name=_TITLE,
        version=__version__,
        script=script,
        script_hash=html.source_hash(script),
    )
