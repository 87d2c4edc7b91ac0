"""A committee's folder as the writers leave it, with hidden figures on every level, and its secrets."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.disclosure import PublicFigures
from pipeline.lastcheck import Kind, Secrets
from pipeline.model import Figure, Figures
from pipeline.model.comments import Comment, Comments, Paragraph, Span
from pipeline.publish import committee_html, committee_workbook, results
from pipeline.publish.report import Report
from tests.unit.publish import fakes

CASE, PERSON, TEXT = "bes-0000017", "0123456789abcdef0123456789abcdef", "Fadern har flyttat utomlands"


def hidden(figures: Figures) -> PublicFigures:
    """The figures with what the rule hides on its own, a month of the committee's and the smallest area hidden."""
    public = {key: _without(figure) if _is_hidden(figure) else figure for key, figure in figures.figures.items()}
    values = {field.name: getattr(figures, field.name) for field in fields(Figures)}
    made: PublicFigures = object.__new__(PublicFigures)
    Figures.__init__(made, **{**values, "figures": public, "changes": {}})
    return made


def _is_hidden(figure: Figure) -> bool:
    key = figure.key
    small = figure.denominator is not None and 0 < figure.denominator < 5
    month = figure.as_of == date(2026, 3, 31)
    return ((key.level > 1 or bool(key.breakdown)) and small) or month or key.category == "Funktionshinder"


def _without(figure: Figure) -> Figure:
    return Figure(figure.key, figure.as_of, target=figure.target, better=figure.better, suppressed=True)


class Few(dict[str, Kind]):
    """Ids that are known here."""

    longest = 2

    def among(self, words: Collection[str]) -> dict[str, Kind]:
        return {word: self[word] for word in words if word in self}


def secrets() -> Secrets:
    return Secrets(
        Few({CASE: Kind.CASE, PERSON: Kind.PERSON, "4711471": Kind.CASE}),
        phrases={tuple(TEXT.casefold().split()): Kind.TEXT},
        wholes={("ny", "bostad"): Kind.TEXT},
    )


def write(folder: Path, report: Report) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    committee_html.write(folder / "rapport.html", report)
    committee_workbook.write(folder / "rapport.xlsx", report)
    results.write_public(folder / "resultat.csv", report.figures, report.config)
    return folder


@pytest.fixture(scope="session")
def report() -> Report:
    figures = hidden(fakes.internal_figures())
    said = Comment((Paragraph((Span("Vi har läst akterna."),)),))
    made = fakes.report(figures=figures, comments=Comments(metrics={"plan_current": said}, summary=said))
    return replace(made, figures=figures)


@pytest.fixture(scope="session")
def written(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("written"), report)
