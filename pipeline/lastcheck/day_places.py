"""Bands of days on page and in workbook: no number where a band is hidden, and none that public figures do not give.

What may stand there is reckoned here from the public figures; what charts and tables made of them is not trusted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.model import Key, Level, Metric, Statistic, spreads
from pipeline.publish import day_bands, day_charts, forms
from pipeline.statistics import life_table, round_half_up

if TYPE_CHECKING:
    from pipeline.disclosure import PublicFigures

KIND = "bands"
_NUMBER_TYPES = (int, float)
_DECIMALS = 6  # of a share in the workbook


def is_of_days(chart_id: str) -> bool:
    """Whether a chart is of bands of days."""
    return chart_id.endswith((day_bands.SPREAD, day_bands.COURSE))


def in_row(metric: Metric, of: str, label: str, texts: Sequence[str], figures: PublicFigures) -> bool:
    """Whether a table's row has a number that is not the public one of that time."""
    numbers = [_plain(text) for text in texts if any(map(str.isdigit, text))]
    told = [_plain(text) for text in _told(metric, of, figures).get(_plain(label), [])]
    return bool(numbers) and numbers != told


def in_book_row(metric: Metric, of: str, label: str, texts: Sequence[str], figures: PublicFigures) -> bool:
    """The same of a row of a workbook's table, where numbers stand as they are and not as they are read."""
    numbers = [text for text in texts if any(map(str.isdigit, text))]
    told = _exact(metric, of, figures).get(label, [])
    try:
        return bool(numbers) and list(map(float, numbers)) != told
    except ValueError:
        return True


def _exact(metric: Metric, of: str, figures: PublicFigures) -> dict[str, list[float]]:
    """The numbers of each row by its band, or by the day that it is after."""
    found: dict[str, list[float]] = {}
    whole = _whole(metric, Statistic.BY_DAYS, of, figures)
    for band, number in _shown(metric, of, figures).items():
        of_all = [round_half_up(number, whole, _DECIMALS)] if whole else []
        found[day_charts.band_name(band)] = [number, *of_all]
    for day, share in _left(metric, of, figures):
        found[str(day)] = [share]
    return found


def in_chart(chart_id: str, chart: Any, metric: Metric, of: str, figures: PublicFigures) -> Iterator[str]:
    """The bars and points that are no public figure's, and every text of theirs that is another's."""
    told = _told(metric, of, figures)
    words = {text for texts in told.values() for text in texts} | {""}
    is_course = chart_id.endswith(day_bands.COURSE)
    known = set(_points(metric, of, figures) if is_course else _bars(metric, of, figures))
    for trace in chart.get("data", ()):
        given = [trace.get(name) for name in ("x", "y", "text", "customdata")]
        if not all(isinstance(one, list) and len(one) == len(given[0] or ()) for one in given):
            yield "punkter som inte kan läsas"
            continue
        for at, value, text, hover in zip(*given, strict=True):
            is_known = (at, value) in known and text in words
            if not is_known or not isinstance(value, _NUMBER_TYPES) or not _is_of_value(hover, text, is_course):
                yield str(at)
    limit = day_bands.limit_name(metric)
    for note in chart.get("layout", {}).get("annotations", ()):
        if note.get("text") not in (limit, forms.HIDDEN):
            yield "en text i diagrammet"


def _is_of_value(hover: Any, text: str, is_course: bool) -> bool:
    """What is shown when a point is touched says the point's own number."""
    return isinstance(hover, str) and (text in hover if text else is_course)


def _plain(text: str) -> str:
    """A text as texts are compared: every run of blanks one space."""
    return " ".join(text.split())


def _told(metric: Metric, of: str, figures: PublicFigures) -> dict[str, list[str]]:
    """The numbers of each row by its label: of bands that are shown how many and what share, of days what is left."""
    found: dict[str, list[str]] = {}
    whole = _whole(metric, Statistic.BY_DAYS, of, figures)
    for band, number in _shown(metric, of, figures).items():
        found[day_charts.band_name(band)] = [forms.number(number), *([forms.percent(number / whole)] if whole else [])]
    for day, share in _left(metric, of, figures):
        found[_plain(forms.counted(day, "dag", "dagar"))] = [forms.percent(share)]
    return found


def _shown(metric: Metric, of: str, figures: PublicFigures) -> dict[spreads.Band, float]:
    """The public number of each band, and of each run of them that is shown as one."""
    window = spreads.drawn_window(Statistic.BY_DAYS, figures.windows, figures.period)
    every = spreads.bands(metric, Statistic.BY_DAYS)
    runs = [one.with_next(other) for at, one in enumerate(every) for other in every[at:]]
    found = {}
    for run in runs:
        key = _key(metric, Statistic.BY_DAYS, window, spreads.category(of, run), figures)
        figure = figures.spreads.get(key)
        if figure is not None and not figure.suppressed:
            found[run] = figure.denominator or 0
    return found


def _key(metric: Metric, statistic: Statistic, window: str, category: str, figures: PublicFigures) -> Key:
    place = (Level.COMMITTEE, figures.committee, spreads.breakdown(metric))
    return Key(metric.metric_id, statistic, window, *place, category)


def _bars(metric: Metric, of: str, figures: PublicFigures) -> Iterator[tuple[float, float]]:
    """Where the bars may stand, and how high: between the places of their first and last days."""
    every = spreads.bands(metric, Statistic.BY_DAYS)
    firsts, lasts = [band.first for band in every], [band.last for band in every]
    for band, number in _shown(metric, of, figures).items():
        yield (firsts.index(band.first) + lasts.index(band.last) + 1) / 2, number


def _left(metric: Metric, of: str, figures: PublicFigures) -> Iterator[tuple[int, float]]:
    """What is left after each band, as far as no number before it is hidden."""
    window = spreads.drawn_window(Statistic.COHORT, figures.windows, figures.period)
    whole = _whole(metric, Statistic.COHORT, of, figures)
    counted: list[tuple[int, int]] = []
    for band in spreads.bands(metric, Statistic.COHORT):
        names = (spreads.category(of, band, state) for state in spreads.states(Statistic.COHORT))
        both = [figures.spreads.get(_key(metric, Statistic.COHORT, window, name, figures)) for name in names]
        if not whole or band.last is None or any(one is None or one.suppressed for one in both):
            return
        counted.append((int(both[0].denominator or 0), int(both[1].denominator or 0)))  # type: ignore[union-attr]
        rest = int(whole) - sum(map(sum, counted))
        yield band.last, round(life_table([*counted, (0, rest)])[len(counted) - 1], 4)


def _whole(metric: Metric, statistic: Statistic, of: str, figures: PublicFigures) -> float | None:
    window = spreads.drawn_window(statistic, figures.windows, figures.period)
    breakdown = metric.headline_by if of else ""
    whole = figures.get(metric, spreads.counted_with(statistic), window, breakdown=breakdown, category=of)
    return None if whole is None or whole.suppressed else whole.denominator


def _points(metric: Metric, of: str, figures: PublicFigures) -> Iterator[tuple[float, float]]:
    yield 0, 1.0
    yield from _left(metric, of, figures)
