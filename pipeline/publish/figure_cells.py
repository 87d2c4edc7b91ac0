"""A figure as the workbook's cells: numbers where there are any, else the word for why not; headings with units."""

from __future__ import annotations

from dataclasses import replace

from pipeline.language import later, say
from pipeline.model import Figure, Figures, Metric, Statistic, Status
from pipeline.publish import forms, words
from pipeline.publish.forms import DASH, HIDDEN
from pipeline.publish.words import Mark
from pipeline.publish.workbook_cells import (
    COUNT,
    DAYS,
    EXACT,
    MUTED,
    POINTS,
    SHARE,
    SIGNED_COUNT,
    SIGNED_DAYS,
    Column,
    Entry,
    numbers,
)
from pipeline.publish.workbook_cells import color as theme_color

INTERVAL = later("Osäkerhet, 95 %, lägst (%)"), later("Osäkerhet, 95 %, högst (%)")
_NOT_NOISE = 4  # decimals of a difference; those after them are the arithmetic's own
SHAPES = {Mark.MET: "●", Mark.NEAR: "◆", Mark.NOT_MET: "■", Mark.NO_TARGET: "○", Mark.NONE: DASH}


def status(metric: Metric, figure: Figure) -> Entry:
    """The status word after its shape, in its colour."""
    return told(words.verdict(metric, figure))


def told(verdict: words.Verdict) -> Entry:
    """A status as it stands in a cell: the word after its shape, in its colour."""
    if verdict.word == HIDDEN:
        return _hidden()
    paint = theme_color("status", "light", verdict.mark.value)
    return Entry(f"{SHAPES[verdict.mark]} {verdict.word}", color=paint, bold=verdict.mark is not Mark.NONE)


def told_together(metric: Metric) -> list[Statistic]:
    """The statistics that share a table with the judged one: of the same kind and unit."""
    judged = metric.judged
    if judged is Statistic.SHARE:
        return [judged]
    if judged.is_count:
        return [judged, *(other for other in metric.statistics if other is Statistic.PERSONS)]
    return [s for s in metric.statistics if s.is_distribution and s not in (Statistic.LONGEST_WAIT, Statistic.VALUE)]


def columns(metric: Metric, *, with_aim: bool = True, with_change: bool) -> list[Column]:
    """The columns of a table of a metric's figures, after the one that names the rows.

    `with_aim` = what is to be reached, and the status; without, where nothing is to be reached.
    """
    unit, change_unit = units(metric)
    aim = {"higher": say("Mål, minst"), "lower": say("Mål, högst")}.get(metric.better, say("Mål"))
    if words.law_demands(metric, metric.judged) is not None:
        aim = say("Lagkrav")
    return [
        *(numbers(heading) for heading in measured_headings(metric)),
        *(map(numbers, INTERVAL) if metric.judged is Statistic.SHARE else []),
        *([numbers(f"{aim} ({unit})"), Column(say("Status"))] if with_aim else []),
        *(_change_columns(metric, change_unit) if with_change else []),
    ]


def _change_columns(metric: Metric, unit: str) -> list[Column]:
    earlier = [numbers(say("Året innan ({unit})", unit=unit))] if metric.judged.is_count else []
    return [*earlier, numbers(say("Förändring på ett år ({unit})", unit=unit)), Column(say("Vad förändringen betyder"))]


def measured_headings(metric: Metric) -> list[str]:
    """The headings of what is measured, with units."""
    unit, _ = units(metric)
    if metric.judged is Statistic.SHARE:
        return [say("n, täljare (antal)"), say("N, nämnare (antal)"), say("Andel ({unit})", unit=unit)]
    if metric.judged.is_count:
        rest = [forms.capital(words.STATISTICS[other]) for other in told_together(metric)[1:]]
        return [say("{name} (antal)", name=name) for name in (forms.capital(words.many(metric)), *rest)]
    return [say("Antal"), *(f"{forms.capital(words.STATISTICS[s])} ({unit})" for s in told_together(metric))]


def is_aimed_at(metric: Metric, figure: Figure) -> bool:
    """Whether a target or the law says what the figure is to reach."""
    return figure.target is not None or words.law_demands(metric, metric.judged) is not None


def cells(figures: Figures, metric: Metric, figure: Figure, *, with_aim: bool = True, with_change: bool) -> list[Entry]:
    """A figure's row, for `columns`."""
    edges = (figure.ci_low, figure.ci_high) if metric.judged is Statistic.SHARE else ()
    return [
        *measured(figures, metric, figure),
        *(amount(figure, edge, SHARE) for edge in edges),
        *([_aim(metric, figure), status(metric, figure)] if with_aim else []),
        *(_change(figures, metric, figure) if with_change else []),
    ]


def _change(figures: Figures, metric: Metric, figure: Figure) -> list[Entry]:
    change = words.change_since_last_year(figures, figure)
    difference = change.difference if change else None
    scale = 100 if Statistic(figure.key.statistic).is_share else 1
    earlier = [amount(figure, change.before.value if change else None, COUNT)] if metric.judged.is_count else []
    return [
        *earlier,
        amount(figure, None if difference is None else round(difference * scale, _NOT_NOISE), _change_format(figure)),
        _text(figure, words.change_in_words(metric, figure, change)),
    ]


def _aim(metric: Metric, figure: Figure) -> Entry:
    demanded = words.law_demands(metric, metric.judged)
    aim = figure.target if demanded is None else demanded
    return Entry(DASH, color=MUTED) if aim is None else Entry(aim, format_of(Statistic(figure.key.statistic), aim))


def measured(figures: Figures, metric: Metric, figure: Figure) -> list[Entry]:
    """What is measured, for `measured_headings`."""
    if metric.judged is Statistic.SHARE:
        as_value = figure.key.statistic == Statistic.VALUE
        base = (None, None) if as_value else (figure.numerator, figure.denominator)
        return [*(amount(figure, number, _whole_or_not(number)) for number in base), value(figure)]
    beside = [figures.figures.get(replace(figure.key, statistic=s)) for s in told_together(metric)]
    told = [value(other) for other in beside]
    return told if metric.judged.is_count else [amount(figure, figure.denominator, COUNT), *told]


def value(figure: Figure | None) -> Entry:
    """The figure's value, with the decimals it needs, or the word for why there is none."""
    if figure is None or figure.value is None:
        word = words.NOTHING if figure is not None and figure.denominator == 0 else DASH
        return amount(figure, None, "", word)
    exact = words.exact_value(figure)
    return amount(figure, exact, format_of(Statistic(figure.key.statistic), exact, figure.target))


def amount(figure: Figure | None, number: float | None, number_format: str, otherwise: str = DASH) -> Entry:
    """A number, or the word for why there is none."""
    if figure is not None and figure.suppressed:
        return _hidden()
    if figure is None or figure.denominator is None:
        return Entry(later(Status.NO_DATA.value), color=MUTED)
    return Entry(otherwise, color=MUTED) if number is None else Entry(number, number_format)


def _whole_or_not(number: float | None) -> str:
    return COUNT if number is None or number == int(number) else EXACT


def _text(figure: Figure, text: str) -> Entry:
    return _hidden() if figure.suppressed else Entry(text)


def _hidden() -> Entry:
    return Entry(HIDDEN, color=MUTED, bold=True)


def format_of(statistic: Statistic, shown: float, target: float | None = None) -> str:
    """The number format of a statistic's value; a share gets the decimals that set it apart from its target."""
    if statistic.is_share:
        decimals = forms.percent_decimals(shown, () if target is None else (target,))
        return SHARE.replace("0", "0." + "0" * decimals) if decimals else SHARE
    if statistic.is_count or statistic is Statistic.LONGEST_WAIT:
        return COUNT
    return EXACT if words.decimals(statistic) > 1 else DAYS


def _change_format(figure: Figure) -> str:
    statistic = Statistic(figure.key.statistic)
    if statistic.is_share:
        return POINTS
    return SIGNED_COUNT if statistic.is_count else SIGNED_DAYS


def base(figure: Figure) -> tuple[Entry, Entry]:
    """N and N: both of a share, the number of rows of a distribution, none of a count, which is its own base."""
    statistic = Statistic(figure.key.statistic)
    if statistic.is_count or statistic is Statistic.VALUE:
        return amount(figure, None, ""), amount(figure, None, "")
    n = figure.numerator if statistic.is_share else None
    return amount(figure, n, _whole_or_not(n)), amount(figure, figure.denominator, _whole_or_not(figure.denominator))


def unit_of(metric: Metric, figure: Figure) -> str:
    """The unit of a figure, where figures of several units stand in one column."""
    if Statistic.VALUE in metric.statistics:
        return say("värde") if figure.key.statistic == Statistic.VALUE else "%"
    return units(metric)[0]


def units(metric: Metric) -> tuple[str, str]:
    """The unit of the judged statistic, and of a change in it."""
    if Statistic.VALUE in metric.statistics:
        return say("% eller värde"), say("procentenheter eller värde")
    if metric.judged is Statistic.SHARE:
        return "%", say("procentenheter")
    unit: str = later("antal") if metric.judged.is_count else metric.unit
    return unit, unit
