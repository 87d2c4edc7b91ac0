"""Public figures: made here alone, once nothing that is hidden in them can be found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, replace
from functools import partial
from typing import Any

import numpy as np

from pipeline.config import Config
from pipeline.disclosure import bands
from pipeline.disclosure.problems import problem_of
from pipeline.disclosure.readers import hidden_from_all
from pipeline.disclosure.tables import Layout, lay_out
from pipeline.model import Change, Figure, Figures, Key, Level, Metric
from pipeline.model.revisions import PublishedFigure
from pipeline.suppression import Answers
from pipeline.suppression.problem import Flags

_MADE_HERE = object()
# Breakdowns whose categories are the texts of cases: on few rows the text itself tells of somebody.
_TEXTS_OF_CASES = frozenset({"delay_reason"})


class PublicFigures(Figures):
    """Figures that may leave the house. Only `protect` and `overall` make them; committee writers take nothing else.

    A hidden figure keeps its key, target and day; everything that was measured is gone from it, and from every change
    that would tell it.
    """

    def __init__(self, *, made_by: object, **values: Any) -> None:
        if made_by is not _MADE_HERE:
            raise TypeError("public figures are made by disclosure.protect and overall alone")
        super().__init__(**values)


def protect(
    figures: Figures,
    metrics: Mapping[str, Metric],
    config: Config,
    earlier: Iterable[PublishedFigure] = (),
    answers: Answers | None = None,
) -> PublicFigures:
    """The figures with small groups hidden, and with as many more as it takes for none of them to be found.

    Hidden: in breakdowns and on levels 2 and 3 every row on 1 to `disclosure.smallest` − 1 rows, or on fewer than
    `disclosure.smallest_with_protected` when persons with protected identity are among them; measures of a distribution
    on few rows on every level, and what its metric does not publish on so few (`fewest`); a delivered whole value of
    that size. Shown: the committee's own shares and counts, and what they leave no choice about. Left out altogether:
    categories that are texts of single cases (`delay_reason`) where the committee has too few of them, since the key
    itself would tell. `earlier` is what was published before, hidden or shown; `answers` are what was found before, of
    parts of the problem, and are added to.

    Raises ProtectionFailed when something hidden can be found all the same.
    """
    layout = lay_out(figures, metrics, earlier)
    own = {window.window_id for window in figures.windows.values() if window.series == "report"}
    untold = _texts_of_few(layout, config.disclosure.smallest)
    known_by = partial(problem_of, layout, figures.programmes, config.disclosure, own, untold)
    hidden = hidden_from_all(known_by, layout, answers)
    public = made_public(figures, _keys(layout, hidden), _keys(layout, untold))
    return _with(public, spreads={**public.spreads, **dict(bands.joined(figures, public, metrics, config.disclosure))})


def _texts_of_few(layout: Layout, smallest: int) -> Flags:
    """The rows of categories that are texts standing in too few cases of the whole committee to be shown."""
    untold = np.zeros(len(layout), dtype=bool)
    for table in layout.tables.values():
        committee = [n for n, org in enumerate(layout.orgs) if org.level == Level.COMMITTEE]
        for cut, (breakdown, _) in enumerate(table.cuts):
            if breakdown in _TEXTS_OF_CASES:
                for window in range(len(table.windows)):
                    rows = table.rows[window, :, cut]
                    total = layout.total[rows[committee]]
                    if ((total > 0) & (total < smallest)).any():
                        untold[rows[rows >= 0]] = True
    return untold & ~layout.is_earlier


def _keys(layout: Layout, rows: Flags) -> set[Key]:
    return {key for row in np.flatnonzero(rows).tolist() for key in layout.keys[row]}


def made_public(figures: Figures, hidden: Collection[Key], untold: Collection[Key]) -> PublicFigures:
    """The figures without what is to be hidden, and without the keys that may not be told; for this room alone."""

    def shown(of: Mapping[Key, Figure]) -> dict[Key, Figure]:
        return {
            key: _without_measures(figure) if key in hidden else _plain(figure)
            for key, figure in of.items()
            if key not in untold
        }

    public = shown(figures.figures)
    values = {field.name: getattr(figures, field.name) for field in fields(Figures)}
    values |= {
        "figures": public,
        "spreads": shown(figures.spreads),
        "changes": _public_changes(figures, public),
    }
    return PublicFigures(made_by=_MADE_HERE, **values)


def _with(public: PublicFigures, **changes: Any) -> PublicFigures:
    values = {field.name: getattr(public, field.name) for field in fields(Figures)}
    return PublicFigures(made_by=_MADE_HERE, **(values | changes))


def _plain(figure: Figure) -> Figure:
    if figure.deviation is None and figure.exact is None and not figure.protected:
        return figure
    return replace(figure, deviation=None, exact=None, protected=0)


def _without_measures(figure: Figure) -> Figure:
    return Figure(figure.key, figure.as_of, target=figure.target, better=figure.better, suppressed=True)


def _public_changes(figures: Figures, public: Mapping[Key, Figure]) -> dict[Key, tuple[Change, ...]]:
    shown: dict[Key, tuple[Change, ...]] = {}
    for key, changes in figures.changes.items():
        if _is_shown(key, public):
            kept = tuple(
                replace(change, before=public[change.before.key])
                for change in changes
                if _is_shown(change.before.key, public)
            )
            if kept:
                shown[key] = kept
    return shown


def _is_shown(key: Key, public: Mapping[Key, Figure]) -> bool:
    return key in public and not public[key].suppressed
