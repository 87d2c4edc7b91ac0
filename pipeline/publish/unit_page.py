"""enheter/<unit>.html: a unit's figures and its cases to act on, for its manager. Secret: case ids, open figures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Config
from pipeline.model import Figures, Metric, RunInfo, swedish_order
from pipeline.model.cases import Watch
from pipeline.publish import forms, html, marks, unit_cases, watch_words, watch_workbook, words
from pipeline.publish.safe_names import file_names
from pipeline.publish.unit_figures import UnitFigures

if TYPE_CHECKING:
    from pipeline.disclosure import PublicFigures

FOLDER = "enheter"
_TEMPLATE = "unit.html.j2"


def write(
    folder: Path,
    internal: Figures,
    public: PublicFigures,
    found: Watch,
    metrics: Mapping[str, Metric],
    config: Config,
    run: RunInfo,
) -> None:
    """Make the folder, readable by its owner alone, with a page for every unit that has figures or cases.

    A page holds what is secret of its own unit, and of all others nothing but what is public. The folder must be new:
    nothing that stands there is taken away.
    """
    folder.mkdir(mode=0o700)
    figures = UnitFigures(internal, public, metrics)
    units = sorted(figures.units() | set(watch_words.units(found)), key=swedish_order)
    ending = f"{marks.DEMO_SUFFIX if run.demo else ''}.html"
    books = watch_workbook.names(found, run)
    for unit, name in file_names(units, ending).items():
        file = folder / name
        text = page(unit, figures, found, books.get(unit, ""), internal, config, run)
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(text, encoding="utf-8", newline="\n")


def page(
    unit: str, figures: UnitFigures, found: Watch, book: str, internal: Figures, config: Config, run: RunInfo
) -> str:
    """The page of a unit; `book` is its workbook's name, empty where it has none."""
    return html.render(
        _TEMPLATE,
        unit=unit,
        programmes=sorted(internal.programmes.get(unit, ())),
        cases=unit_cases.sentences(unit, found),
        warnings=list(watch_words.warnings(unit, found)),
        demands=unit_cases.demands(unit, found),
        book=book,
        figures=figures.sentences(unit),
        sections=figures.sections(unit),
        columns=figures.columns(unit),
        judged_on=_judged_on(internal),
        year_before=internal.period.year - 1,
        status_words=words.LEGEND,
        period=forms.period(internal.period),
        period_name=forms.period_name(internal.period),
        config=config,
        run=run,
    )


def _judged_on(figures: Figures) -> str:
    """Which time the figures are of; the cases are of another day."""
    flow, stock = figures.windows[figures.period.judged_flow_kind], figures.windows["stock"]
    return f"Det som händer under en tid gäller {forms.window(flow)}, och läget {forms.window(stock)}."
