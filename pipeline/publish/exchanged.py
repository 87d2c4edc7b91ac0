"""Our figures beside those that other municipalities have exchanged: dots, their median, and our place.

Like with like: the same metric, statistic, window and category, of the whole committee. Counts are not compared, since
municipalities are of different size. A hidden figure, ours or theirs, has its mark, no dot and no place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from pipeline import ranking
from pipeline.language import later, say
from pipeline.model import Figure, Level, Metric, Statistic
from pipeline.model.comparison import Delivery, Missing, Party
from pipeline.publish import charts, forms, ranks, results, sparklines, summary, words
from pipeline.publish.forms import DASH, HIDDEN
from pipeline.publish.ranks import Ranked
from pipeline.publish.sparklines import Strip

if TYPE_CHECKING:
    from pipeline.publish.report import Report

MOST_SHOWN = 6  # besides the one in the middle, or ours
HEADING = later("Andra kommuner samma period")
_LINE = later("Den lodräta linjen är de andras median.")
_SOURCE = later("Källa: kommunernas egna resultatfiler, se avsnittet Jämförelser.")

_Names = tuple[str, str, str, str, str]  # metric, statistic, window, breakdown, category
_Known = tuple[float | None, Missing | None]


@dataclass(frozen=True)
class Row:
    """A municipality: its name, what it has, and where its dot stands."""

    name: str
    is_own: bool
    outcome: str
    value: float | None
    strip: Strip | None


@dataclass(frozen=True)
class Exchanged:
    """A headline of ours among the others'; `reference` is where their median stands, in per cent of the axis."""

    heading: str
    median: str
    middle: float | None  # the same as a number
    is_share: bool
    place: str
    sentence: str
    rank: Ranked | None
    caption: str
    rows: tuple[Row, ...]
    shown: tuple[Row, ...]
    axis_end: str
    reference: float | None
    note: str


def of_metric(metric: Metric, report: Report) -> tuple[Exchanged, ...]:
    """One a headline that any other municipality has a row for; nothing for counts and for lists of local questions."""
    if metric.judged.is_count or summary.is_listed(metric) or not report.comparisons.deliveries:
        return ()
    known = [(one.party, _of(one, metric)) for one in _alphabetical(report.comparisons.deliveries)]
    found = summary.headlines(metric, report.figures)
    made = (_exchanged(metric, headline.figure, known, report) for headline in found)
    return tuple(one for one in made if one is not None)


def explained(several: Iterable[Exchanged]) -> str:
    """What is said once, below all of a metric's tables: what the line is, and where the figures are from."""
    line = f"{_LINE} " if any(one.reference is not None for one in several) else ""
    return f"{line}{_SOURCE}"


def heading(figure: Figure) -> str:
    """What the table of a headline is called: of a category with its name."""
    return f"{HEADING}: {figure.key.category}" if figure.key.category else HEADING


def own_name(municipality: str) -> str:
    """What our own row is called."""
    return say("{municipality} (vi)", municipality=municipality)


def _alphabetical(deliveries: Sequence[Delivery]) -> list[Delivery]:
    return sorted(deliveries, key=lambda one: one.party.name)


def _of(delivery: Delivery, metric: Metric) -> Mapping[_Names, _Known]:
    """The committee's own figures of a metric in a file; of two committees in one the first."""
    found: dict[_Names, _Known] = {}
    for key, known in delivery.figures.items():
        if key.metric == metric.metric_id and key.level == Level.COMMITTEE:
            found.setdefault((key.metric, key.statistic, key.window, key.breakdown, key.category), known)
    return found


def _exchanged(
    metric: Metric, figure: Figure, known: Sequence[tuple[Party, Mapping[_Names, _Known]]], report: Report
) -> Exchanged | None:
    key = figure.key
    place = (key.metric, key.statistic, key.window, key.breakdown, key.category)
    others = [(party, of[place]) for party, of in known if place in of]
    many = _many(party for party, _ in others)
    if not any(value is not None or missing is Missing.HIDDEN for _, (value, missing) in others):
        return None
    values = [value for _, (value, _) in others if value is not None]
    own = _own(figure)
    most = _axis_end(metric, [*values, *([own] if own is not None else [])])
    theirs = [_row(metric, party.name, value, missing, most) for party, (value, missing) in others]
    ours = Row(own_name(report.config.municipality.name), True, words.outcome(metric, figure), own, _strip(own, most))
    rows = sorted([ours, *theirs], key=lambda row: (row.value is None, -(row.value or 0.0)))
    middle = median(values) if values else None
    told = (_median(metric, middle, len(values), many), _placed(metric, values, own, many, report))
    return Exchanged(
        heading=heading(figure),
        middle=middle,
        is_share=metric.judged.is_share,
        median=DASH if middle is None else words.quantity(metric, metric.judged, middle),
        place=_place(metric, values, own),
        sentence=" ".join(filter(None, told)),
        rank=ranks.ranked(values, own, metric.better, many),
        caption=say(
            "{metric}: andra kommuner, {windows}",
            metric=metric.title,
            windows=forms.window(report.figures.windows[key.window]),
        ),
        rows=tuple(rows),
        shown=tuple(_ends(rows)),
        axis_end=words.quantity(metric, metric.judged, most),
        reference=None if middle is None else sparklines.along(middle, most),
        note=_note(rows, many),
    )


def _many(others: Iterable[Party]) -> str:
    """What the others are: municipalities, but committees where any municipality has more than one among them."""
    codes = [party.code for party in others]
    return later("kommuner") if len(set(codes)) == len(codes) else later("nämnder")


def _own(figure: Figure) -> float | None:
    """Our own value as our own file says it: the others' are rounded alike, so that equal ones are equal."""
    if figure.suppressed or figure.value is None:
        return None
    return float(results.number(figure.value, figure.key.statistic))


def _axis_end(metric: Metric, values: Sequence[float]) -> float:
    return 1.0 if metric.judged is Statistic.SHARE else charts.axis_end(values)


def _row(metric: Metric, name: str, value: float | None, missing: Missing | None, most: float) -> Row:
    if value is None:
        outcome = HIDDEN if missing is Missing.HIDDEN else say((missing or Missing.NONE).value)
        return Row(name, False, outcome, None, None)
    return Row(name, False, words.quantity(metric, metric.judged, value), value, _strip(value, most))


def _strip(value: float | None, most: float) -> Strip | None:
    return None if value is None else sparklines.strip(value, None, None, most)


def _median(metric: Metric, middle: float | None, number: int, many: str) -> str:
    if middle is None:
        return ""
    text = words.quantity(metric, metric.judged, middle)
    if number == 1:
        return say("En annan kommun har lämnat ett värde, {text}.", text=text)
    others = {"kommuner": later("kommunerna"), "nämnder": later("nämnderna")}[many]
    return say(
        "Medianen för de {number} andra {others} är {text}.", number=forms.number(number), others=others, text=text
    )


def _place(metric: Metric, values: Sequence[float], own: float | None) -> str:
    """`2 av 5`, `2 (delad) av 5`; empty where there is none."""
    if own is None or not values:
        return ""
    place, of = forms.number(ranking.place(values, own, metric.better)), forms.number(len(values) + 1)
    if own in values:
        return say("{place} (delad) av {of}", place=place, of=of)
    return say("{place} av {of}", place=place, of=of)


def _placed(metric: Metric, values: Sequence[float], own: float | None, many: str, report: Report) -> str:
    place, first = _place(metric, values, own), say("bäst") if metric.better else say("högst")
    return (
        say(
            "{name} är på plats {place} {many}, där 1 är {first}.",
            name=report.config.municipality.name,
            place=place,
            many=many,
            first=first,
        )
        if place
        else ""
    )


def _ends(rows: Sequence[Row]) -> Iterator[Row]:
    """All of them, or of many those at either end and ours."""
    half = MOST_SHOWN // 2 if len(rows) > MOST_SHOWN + 1 else len(rows)
    return (row for n, row in enumerate(rows) if row.is_own or n < half or n >= len(rows) - half)


def _note(rows: Sequence[Row], many: str) -> str:
    return (
        say("Alla {rows} {many} finns i arbetsboken.", rows=forms.number(len(rows)), many=many)
        if len(rows) > MOST_SHOWN + 1
        else ""
    )
