"""How long things took, and how many are not done yet: two charts with their tables, from protected bands of days.

What is hidden is no bar and no point. The curve ends before the first band that is hidden, since all that follows is
reckoned from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.language import later, say
from pipeline.model import Figure, Figures, Metric, Statistic, spreads
from pipeline.publish import day_charts, forms, words
from pipeline.statistics import life_table, round_half_up

SPREAD, COURSE = "-dagar", "-kvar"  # the ends of the charts' ids
_FEWEST_BARS = 2  # one alone is no comparison
_FEWEST_POINTS = 2  # besides the first; a curve of fewer is a line
_DECIMALS = 6
SPREAD_QUESTION = later("Hur fördelar sig antalet dagar?")
COURSE_QUESTION = later("Hur stor andel återstår efter så många dagar?")
MISSING_BARS = later("Stapeln saknas där antalet är för litet för att visas.")
CUT_COURSE = later("Kurvan slutar där antalet blir för litet för att visas.")
DAYS = later("Dagar")


@dataclass(frozen=True)
class Bar:
    """A band as it is shown: `number` of the rows that took so long, None where it is hidden."""

    band: spreads.Band
    first: int  # which band it is, and how many
    width: int
    number: int | None
    share: float | None


@dataclass(frozen=True)
class Picture:
    """A chart and the same numbers as rows of text."""

    chart_id: str
    title: str
    measure: str
    description: str
    sentence: str
    chart: dict[str, Any]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def pictures(metric: Metric, figure: Figure, figures: Figures, chart_id: str) -> tuple[Picture, ...]:
    """Those of a headline that there are numbers for."""
    found = (_spread(metric, figure, figures, chart_id), _course(metric, figure, figures, chart_id))
    return tuple(one for one in found if one is not None)


def bars(metric: Metric, figures: Figures, of: str) -> list[Bar]:
    """The bands in order, those that are hidden and shown together as one; none where fewer than two can be shown."""
    window = spreads.drawn_window(Statistic.BY_DAYS, figures.windows, figures.period)
    found = figures.spread(metric, Statistic.BY_DAYS, window, of)
    every = spreads.bands(metric, Statistic.BY_DAYS)
    if len(found) != len(every):
        return []
    total = _whole(metric, figures, window, of)
    made: list[Bar] = []
    at = 0
    while at < len(every):
        width, shown = next(
            (
                (end - at, joined)
                for end in range(len(every), at + 1, -1)
                if (joined := _joined(found[at], every[at].with_next(every[end - 1]), figures, of)) is not None
            ),
            (1, found[at]),
        )
        number = None if shown.suppressed else int(shown.denominator or 0)
        share = None if number is None or not total else round_half_up(number, total, _DECIMALS)
        made.append(Bar(every[at].with_next(every[at + width - 1]), at, width, number, share))
        at += width
    return made if sum(one.number is not None for one in made) >= _FEWEST_BARS else []


def points(metric: Metric, figures: Figures, of: str) -> list[tuple[int, float]]:
    """The last day of a band, and the share that is not done by then; as far as nothing is hidden, or none if short."""
    window = spreads.drawn_window(Statistic.COHORT, figures.windows, figures.period)
    found = figures.spread(metric, Statistic.COHORT, window, of)
    total = _whole(metric, figures, window, of, Statistic.KM_MEDIAN)
    counted: list[tuple[int, int]] = []
    for done, running in zip(found[::2], found[1::2], strict=True):
        if done.suppressed or running.suppressed:
            break
        counted.append((int(done.denominator or 0), int(running.denominator or 0)))
    if not found or not total:
        return []
    # Who is followed further than what is shown is at risk all the way there.
    further = int(total) - sum(map(sum, counted))
    left = life_table([*counted, (0, further)])[: len(counted)]
    days = [band.last for band in spreads.bands(metric, Statistic.COHORT)]
    made = [(day, round(share, 4)) for day, share in zip(days, left, strict=False) if day is not None]
    return made if len(made) >= _FEWEST_POINTS else []


def _joined(one: Figure, band: spreads.Band, figures: Figures, of: str) -> Figure | None:
    return figures.spreads.get(replace(one.key, category=spreads.category(of, band)))


def _whole(
    metric: Metric, figures: Figures, window: str, of: str, statistic: Statistic = Statistic.MEAN
) -> float | None:
    """How many rows are divided; None when that is hidden."""
    breakdown = metric.headline_by if of else ""
    whole = figures.get(metric, statistic, window, breakdown=breakdown, category=of)
    return None if whole is None or whole.suppressed else whole.denominator


# --- how long it took -----------------------------------------------------------------------------------------------


def _spread(metric: Metric, figure: Figure, figures: Figures, chart_id: str) -> Picture | None:
    of = figure.key.category
    drawn = bars(metric, figures, of)
    shown = [one for one in drawn if one.number is not None]
    if not shown:
        return None
    most = max(shown, key=lambda one: one.number or 0)
    is_part = len(shown) < len(drawn)
    return Picture(
        chart_id=f"{chart_id}{SPREAD}",
        title=f"{SPREAD_QUESTION} {of}".strip(),
        measure=spread_measure(metric, figures),
        description=say(
            "Flest är {name} dagar: {told}.", name=day_charts.band_name(most.band), told=_told(metric, most)
        ),
        sentence=beyond(metric, drawn),
        chart=day_charts.spread(metric, drawn),
        headings=(say(DAYS), say("Antal"), say("Andel")),
        rows=tuple((day_charts.band_name(one.band), _number(one), _share(one)) for one in drawn),
        note=MISSING_BARS if is_part else "",
    )


def spread_measure(metric: Metric, figures: Figures) -> str:
    """What the bars count, and of when."""
    window = figures.windows[spreads.drawn_window(Statistic.BY_DAYS, figures.windows, figures.period)]
    return say("Antal {many}, {window}", many=words.many(metric), window=forms.window(window))


def course_measure(figures: Figures) -> str:
    """What the curve shows, and of when."""
    window = figures.windows[spreads.drawn_window(Statistic.COHORT, figures.windows, figures.period)]
    return say("Beräknad andel, {window}, de som inte är klara inräknade", window=forms.window(window))


def is_cut(metric: Metric, found: Sequence[tuple[int, float]]) -> bool:
    """Whether the curve ends before its last day, since a number there is hidden."""
    return len(found) < len(spreads.edges(metric, Statistic.COHORT))


def limit_name(metric: Metric) -> str:
    """`120 dagar`; empty without a limit."""
    return "" if metric.bands_limit is None else forms.counted(metric.bands_limit, "dag", "dagar")


def beyond(metric: Metric, drawn: Sequence[Bar]) -> str:
    """`11 av 71 utredningar (15 %) tog längre tid än 120 dagar.`; empty where that cannot be told."""
    limit, total = metric.bands_limit, sum(one.number or 0 for one in drawn)
    beyond = [one for one in drawn if limit is not None and (one.band.last is None or one.band.last > limit)]
    is_told = all(one.number is not None and one.band.first > (limit or 0) for one in beyond)
    is_whole = all(one.number is not None for one in drawn)
    if limit is None or not is_told or not is_whole or not total:
        return ""
    number = sum(one.number or 0 for one in beyond)
    if not number:
        return say("Ingen av dem tog längre tid än {limit_name}.", limit_name=limit_name(metric))
    share = forms.percent(number / total)
    return say(
        "{number} ({share}) tog längre tid än {limit_name}.",
        number=forms.capital(forms.part_of(number, total)),
        share=share,
        limit_name=limit_name(metric),
    )


def _told(metric: Metric, one: Bar) -> str:
    counted = forms.counted(one.number or 0, *metric.noun)
    return counted if one.share is None else f"{counted} ({forms.percent(one.share)})"


def _number(one: Bar) -> str:
    return forms.HIDDEN if one.number is None else forms.number(one.number)


def _share(one: Bar) -> str:
    return forms.HIDDEN if one.number is None else forms.DASH if one.share is None else forms.percent(one.share)


# --- how many are not done yet --------------------------------------------------------------------------------------


def _course(metric: Metric, figure: Figure, figures: Figures, chart_id: str) -> Picture | None:
    of = figure.key.category
    found = points(metric, figures, of)
    if not found:
        return None
    told = [say("{share} efter {day} dagar", share=forms.percent(share), day=forms.number(day)) for day, share in found]
    return Picture(
        chart_id=f"{chart_id}{COURSE}",
        title=f"{COURSE_QUESTION} {of}".strip(),
        measure=course_measure(figures),
        description=say("Det återstår {told}.", told=forms.listed(told)),
        sentence="",
        chart=day_charts.course(metric, found),
        headings=(say("Efter"), say("Återstår")),
        rows=tuple((forms.counted(day, "dag", "dagar"), forms.percent(share)) for day, share in found),
        note=CUT_COURSE if is_cut(metric, found) else "",
    )
