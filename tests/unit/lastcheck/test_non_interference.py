"""What is hidden has no say in what is published: other values of hidden figures give the same files, byte for byte."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.disclosure import protect, readers
from pipeline.model import Figure, Figures, Key, Statistic
from pipeline.suppression import Problem, choose
from pipeline.suppression.problem import Flags
from tests.unit.lastcheck.conftest import write
from tests.unit.publish import fakes


def other(figures: Figures, hidden: set[Key]) -> Figures:
    """The figures with other values wherever they are hidden, on as many rows as before."""
    return replace(
        figures, figures={key: _other(one) if key in hidden else one for key, one in figures.figures.items()}
    )


def _other(figure: Figure) -> Figure:
    if not figure.denominator or figure.value is None or Statistic(figure.key.statistic).is_count:
        return figure
    hits = None if figure.numerator is None else _other_hits(figure.numerator, figure.denominator)
    return replace(figure, numerator=hits, value=figure.value * 0.75, ci_low=0.01, ci_high=0.02, deviation=9.0)


def _other_hits(hits: float, rows: float) -> float:
    """One more or fewer, but neither none nor all: what no row or every row does may need more to be hidden."""
    return hits - 1 if hits > 1 else hits + 1 if hits + 1 < rows else hits


def parts(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.iterdir()):
        yield file.name, hashlib.sha256(file.read_bytes()).hexdigest()
    with zipfile.ZipFile(folder / "rapport.xlsx") as archive:
        yield from ((name, hashlib.sha256(archive.read(name)).hexdigest()) for name in archive.namelist())


def test_hidden_values_leave_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is hidden besides the small groups depends on how large they are: here it is the same both times.
    chosen: list[Flags] = []

    def choose_once(problem: Problem, poor: Flags, **_: object) -> Flags:
        chosen.append(chosen[0] if chosen else choose(problem, poor))
        return chosen[0]

    monkeypatch.setattr(readers, "choose", choose_once)
    figures = fakes.internal_figures()
    public = protect(figures, fakes.metrics(), fakes.config())
    hidden = {key for key, figure in public.figures.items() if figure.suppressed}
    changed = other(figures, hidden)
    monkeypatch.setattr(readers, "found_out", lambda *_: set())
    again = protect(changed, fakes.metrics(), fakes.config())
    assert len(chosen) == 2
    assert sum(figures.figures[key] != changed.figures[key] for key in hidden) > len(hidden) // 4 > 0
    assert {key for key, figure in again.figures.items() if figure.suppressed} == hidden
    first, second = (
        write(tmp_path / name, fakes.report(figures=one)) for name, one in (("first", public), ("second", again))
    )
    assert dict(parts(first)) == dict(parts(second))
