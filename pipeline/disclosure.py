"""The one road from internal figures to what the committee gets: small groups are hidden here and nowhere else.

A hidden figure keeps its key, target and day; everything that was measured is gone from it, and from every change that
would tell it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from pipeline.config import STRICT_SMALLEST_FOR_ALL_OR_NONE, Config, Disclosure
from pipeline.model import Change, Figure, Figures, Key, Level, Metric, Statistic

_MADE_HERE = object()
_BESIDE = frozenset({Statistic.PERSONS, Statistic.SPECIAL_REASONS, Statistic.LONGEST_WAIT})
# Breakdowns whose categories are the texts of cases: on few rows the text itself tells of somebody.
_TEXTS_OF_CASES = frozenset({"delay_reason"})


class PublicFigures(Figures):
    """Figures that may leave the house. Only `protect` can make them; committee writers take nothing else."""

    def __init__(self, *, made_by: object, **values: Any) -> None:
        if made_by is not _MADE_HERE:
            raise TypeError("public figures are made by disclosure.protect alone")
        super().__init__(**values)


def protect(figures: Figures, metrics: Mapping[str, Metric], config: Config) -> PublicFigures:
    """The figures with small groups hidden.

    Hidden: in breakdowns and on levels 2 and 3 every row on 1 to `disclosure.smallest` − 1 rows; measures of a
    distribution on fewer than that on every level, and what its metric does not publish on so few rows (`fewest`). A
    value that was delivered as it is stands on no rows that we know of: a whole one of that size may be a number of
    people, and is hidden in their place. Shown: the committee's own shares and counts, and what by
    construction equals one of them. Left out altogether: categories that are texts of single cases (`delay_reason`)
    where the committee has too few of them, since the key itself would tell.
    """
    hidden = _hidden_keys(figures, metrics, config)
    public = {
        key: _without_measures(figure)
        if key in hidden or _too_few(figure, metrics[key.metric], config.disclosure)
        else _plain(figure)
        for key, figure in figures.figures.items()
        if not _is_text_of_few(key, figures, hidden)
    }
    values = {field.name: getattr(figures, field.name) for field in fields(Figures)}
    values |= {"figures": public, "changes": _public_changes(figures, public)}
    return PublicFigures(made_by=_MADE_HERE, **values)


def _hidden_keys(figures: Figures, metrics: Mapping[str, Metric], config: Config) -> set[Key]:
    structure = _Structure.of(figures, metrics, config)
    hidden: set[Key] = set()
    # Totals before breakdowns and higher levels first, since a row that mirrors another follows it; what stands
    # beside a cell's own statistic last, since it is hidden with it.
    for key in sorted(figures.figures, key=lambda k: (bool(k.breakdown), k.level, k.statistic in _BESIDE)):
        if not _may_hide(key):
            continue
        beside_hidden = key.statistic in _BESIDE and replace(key, statistic=metrics[key.metric].judged) in hidden
        if beside_hidden or _is_small(figures.figures[key], config.disclosure):
            mirrored = structure.mirrored(key)
            if mirrored is None or mirrored in hidden or not _is_same(key, mirrored, figures):
                hidden.add(key)
    return hidden


def _is_same(key: Key, mirrored: Key, figures: Figures) -> bool:
    """Whether the two rows are in fact one: in an earlier window a unit may have stood elsewhere."""
    one, other = figures.figures[key], figures.figures.get(mirrored)
    return other is not None and (one.numerator, one.denominator) == (other.numerator, other.denominator)


def _is_text_of_few(key: Key, figures: Figures, hidden: set[Key]) -> bool:
    """Whether the row's own name is a text that stands in too few cases of the whole committee to be shown."""
    return key.breakdown in _TEXTS_OF_CASES and replace(key, level=Level.COMMITTEE, org=figures.committee) in hidden


def _may_hide(key: Key) -> bool:
    return key.level != Level.COMMITTEE or bool(key.breakdown)


def _is_small(figure: Figure, rule: Disclosure) -> bool:
    if figure.denominator is None or Statistic(figure.key.statistic) is Statistic.LONGEST_WAIT:
        return False
    if Statistic(figure.key.statistic) is Statistic.VALUE:
        return figure.value in range(1, rule.smallest)
    if 0 < figure.denominator < rule.smallest:
        return True
    if rule.rule != "strict" or figure.numerator is None or not figure.denominator:
        return False
    rest = figure.denominator - figure.numerator
    all_or_none = rest == 0 or figure.numerator == 0
    return (
        0 < figure.numerator < rule.smallest
        or 0 < rest < rule.smallest
        or (all_or_none and figure.denominator < STRICT_SMALLEST_FOR_ALL_OR_NONE)
    )


@dataclass(frozen=True)
class _Structure:
    """Which rows equal another by construction, whatever the data say."""

    committee: str
    only_programme: str | None
    programme_of_lone_unit: Mapping[str, str]  # unit → the programme whose only unit it is
    metrics_of_one_area: frozenset[str]

    @classmethod
    def of(cls, figures: Figures, metrics: Mapping[str, Metric], config: Config) -> _Structure:
        units: dict[str, list[str]] = {}
        for unit, programmes in figures.programmes.items():
            for programme in programmes:
                units.setdefault(programme, []).append(unit)
        lone = {names[0]: programme for programme, names in units.items() if len(names) == 1}
        one_area = len(config.limits.child_areas) == 1
        return cls(
            committee=figures.committee,
            only_programme=next(iter(units)) if len(units) == 1 else None,
            programme_of_lone_unit={u: p for u, p in lone.items() if len(figures.programmes[u]) == 1},
            metrics_of_one_area=frozenset(m.metric_id for m in metrics.values() if m.child_scope and one_area),
        )

    def mirrored(self, key: Key) -> Key | None:
        """The row that this one equals; None when it stands for a group of its own."""
        if key.breakdown == "area" and key.metric in self.metrics_of_one_area:
            return replace(key, breakdown="", category="")
        if key.breakdown:
            return None
        if key.level == Level.PROGRAMME and key.org == self.only_programme:
            return replace(key, level=Level.COMMITTEE, org=self.committee)
        if key.level == Level.UNIT and key.org in self.programme_of_lone_unit:
            return replace(key, level=Level.PROGRAMME, org=self.programme_of_lone_unit[key.org])
        return None


def _too_few(figure: Figure, metric: Metric, rule: Disclosure) -> bool:
    """Whether it is hidden wherever it stands, the committee's own total too."""
    statistic = Statistic(figure.key.statistic)
    if figure.denominator is None or statistic is Statistic.VALUE:
        return False
    fewest = max(metric.fewest, rule.smallest if statistic.is_distribution else 0)
    return 0 < figure.denominator < fewest


def _plain(figure: Figure) -> Figure:
    return replace(figure, deviation=None, exact=None)


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
