"""A metric's programmes, units and categories side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.config import Config
from pipeline.language import say
from pipeline.model import Figure, Figures, Level, Metric, Statistic
from pipeline.publish import charts, forms, sparklines, summary, words
from pipeline.publish.sparklines import Strip

MOST_SIDE_BY_SIDE = 24


@dataclass(frozen=True)
class Row:
    """A unit, programme or category in a comparison."""

    name: str
    base: str
    outcome: str
    interval: str
    strip: Strip | None


@dataclass(frozen=True)
class Comparison:
    """A table of rows side by side; `axis_end` is where the dots' axis from 0 ends, empty without dots.

    `reference` is the committee's own place on that axis, in per cent. `hidden` names the rows that may not be shown,
    where they are not rows of the table.
    """

    title: str
    caption: str
    first_column: str
    rows: tuple[Row, ...]
    axis_end: str
    note: str
    has_hidden: bool
    hidden: tuple[str, ...] = ()
    is_of_units: bool = False
    reference: float | None = None


def organisation(metric: Metric, figures: Figures, config: Config) -> list[Comparison]:
    """The programmes, where there are several, and the units."""
    label = config.committee.programme_label
    programmes = _ranked(metric, figures, Level.PROGRAMME, label, label)
    units = _ranked(metric, figures, Level.UNIT, say("Enheter"), say("Enhet"))
    several = [programmes] if programmes and len(programmes.rows) > 1 else []
    return [*several, *([units] if units else [])]


def _ranked(metric: Metric, figures: Figures, level: Level, title: str, first_column: str) -> Comparison | None:
    found = figures.by_org(metric, level)
    with_rows = [figure for figure in found if figure.suppressed or figure.denominator]
    if not with_rows:
        return None
    shown = [figure for figure in with_rows if not figure.suppressed]
    hidden = [figure.key.org for figure in with_rows if figure.suppressed]
    ordered = sorted(shown, key=lambda figure: -(figure.value or 0.0))
    of_all = None if metric.headline_by or metric.judged.is_count else figures.get(metric)
    most = _axis_end(metric, ordered)
    is_drawn = of_all is not None and of_all.value is not None and not of_all.suppressed
    empty = len(found) - len(with_rows)
    return Comparison(
        title=title,
        caption=f"{metric.title}: {forms.inside(title)}, {when(metric, figures)}",
        first_column=first_column,
        rows=tuple(_row(metric, figure, figure.key.org, most) for figure in _ends(ordered)),
        axis_end=words.quantity(metric, metric.judged, most),
        note=" ".join(filter(None, (_left_out(ordered), _nothing(empty)))),
        has_hidden=False,
        hidden=tuple(hidden),
        is_of_units=level is Level.UNIT,
        reference=sparklines.along(of_all.value or 0.0, most) if of_all is not None and is_drawn else None,
    )


def _ends(ordered: Sequence[Figure]) -> Sequence[Figure]:
    """All of them, or those at either end where they are more than anyone reads."""
    if len(ordered) <= MOST_SIDE_BY_SIDE:
        return ordered
    return [*ordered[: MOST_SIDE_BY_SIDE // 2], *ordered[-MOST_SIDE_BY_SIDE // 2 :]]


def _left_out(ordered: Sequence[Figure]) -> str:
    if len(ordered) <= MOST_SIDE_BY_SIDE:
        return ""
    half = MOST_SIDE_BY_SIDE // 2
    return say(
        "De {half} högsta och de {half} lägsta visas. Alla {ordered} finns i arbetsboken.",
        half=half,
        ordered=forms.number(len(ordered)),
    )


def _nothing(empty: int) -> str:
    return say("{empty} till hade inget att mäta.", empty=forms.number(empty)) if empty else ""


def breakdowns(metric: Metric, figures: Figures) -> dict[str, Comparison]:
    """By name; not the persons' where areas must not be mixed, and not what the headlines already are."""
    apart = (metric.headline_by, "gender", "age_group") if metric.headline_by else ()
    if summary.is_listed(metric):
        return {}
    named = {name: _breakdown(metric, figures, name) for name in metric.breakdowns if name not in apart}
    return {name: comparison for name, comparison in named.items() if comparison}


def _breakdown(metric: Metric, figures: Figures, name: str) -> Comparison | None:
    found = [f for f in figures.breakdown(metric, name) if f.suppressed or f.denominator]
    if len(found) < 2:
        return None
    title = words.breakdown_title(metric, name)
    return Comparison(
        title=title,
        caption=f"{metric.title}: {forms.inside(title)}, {when(metric, figures)}",
        first_column=say("Kön") if name == "gender" else words.BREAKDOWNS.get(name, title),
        rows=tuple(_row(metric, f, words.category(metric, name, f.key.category), 0.0) for f in found),
        axis_end="",
        note="",
        has_hidden=any(figure.suppressed for figure in found),
    )


def _row(metric: Metric, figure: Figure, name: str, most: float) -> Row:
    drawn = most > 0 and not figure.suppressed and figure.value is not None
    return Row(
        name=name,
        base=words.base(figure),
        outcome=words.outcome(metric, figure, after_base=True),
        interval=words.interval(figure),
        strip=sparklines.strip(figure.value or 0.0, figure.ci_low, figure.ci_high, most) if drawn else None,
    )


def _axis_end(metric: Metric, rows: Sequence[Figure]) -> float:
    if metric.judged is Statistic.SHARE:
        return 1.0
    return charts.axis_end([figure.value or 0.0 for figure in rows])


def when(metric: Metric, figures: Figures) -> str:
    """The judged window in words."""
    return forms.window(figures.windows[figures.judged_window(metric)])
