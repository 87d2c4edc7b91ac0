"""The chart of an indicator over years: our municipality, those like it, the county and the nation, each its own dash.

Plain JSON for the same library and the same look as the other charts. Our own figure is one mark of its own, and is
not there at all when it is hidden.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.language import later
from pipeline.model import Figure, Statistic
from pipeline.model.comparison import Indicator, Kind, Party
from pipeline.publish import charts, forms, words
from pipeline.publish.observed import PER_CENT, Observed, quantity
from pipeline.publish.theme import theme

OWN_NAME = later("vår siffra")
_SHORT = {
    Kind.NATION: later("riket"),
    Kind.COUNTY: later("länet"),
    Kind.SIMILAR: later("liknande kommuner"),
    Kind.GROUP: later("kommungruppen"),
}
# colour of the theme, dash, symbol, width
_LOOKS: dict[Kind, tuple[str, str, str, float]] = {
    Kind.OWN: ("month", "solid", "circle", 3),
    Kind.SIMILAR: ("similar", "dash", "square", 2),
    Kind.GROUP: ("text", "longdash", "x", 1.5),
    Kind.COUNTY: ("text", "dot", "triangle-up", 1.5),
    Kind.NATION: ("ink", "solid", "circle-open", 1.5),
}
_ROOM_FOR_A_NAME = 17  # px between the names beside the plot
_PLOT_SHARE = 0.78  # of the chart's height, without its margins
_MOST_TICKS = 6
_HUNDRED = 100


@dataclass(frozen=True)
class Line:
    """A party's values by year; None is a gap."""

    kind: Kind
    party: Party
    name: str
    short: str
    points: tuple[tuple[int, float | None], ...]


def lines(told: Observed) -> list[Line]:
    """One line a party that has any value for all, in the order of reading."""
    years = told.years
    made = (_line(party, [(year, told.amount(party, year)) for year in years]) for party in told.parties())
    return [line for line in made if any(amount is not None for _, amount in line.points)]


def own_point(indicator: Indicator, figure: Figure | None, year: int) -> tuple[int, float, str] | None:
    """Where our own public figure stands, in the indicator's unit: year, value and its words; None when hidden."""
    if figure is None or figure.suppressed or figure.value is None:
        return None
    is_share = Statistic(figure.key.statistic).is_share
    if is_share != (indicator.unit == PER_CENT):
        return None
    exact = words.exact_value(figure)
    shown = forms.percent(exact) if is_share else forms.number(exact, 1)
    return year, round(exact * _HUNDRED if is_share else exact, 4), shown


def points(told: Observed, own: tuple[int, float, str] | None) -> frozenset[tuple[int, float]]:
    """Every point that a chart of the indicator may have, as it is drawn."""
    scale = _scale(told.indicator)
    theirs = {(year, _drawn(amount, scale)) for one in lines(told) for year, amount in one.points if amount is not None}
    return frozenset(theirs | ({(own[0], _drawn(own[1], scale))} if own else set()))


def chart(indicator: Indicator, drawn: Sequence[Line], own: tuple[int, float, str] | None) -> dict[str, Any]:
    """The chart as plain JSON: a trace a line, our own figure last."""
    is_share, scale = indicator.unit == PER_CENT, _scale(indicator)
    levels = [amount / scale for line in drawn for _, amount in line.points if amount is not None]
    if own:
        levels.append(own[1] / scale)
    statistic = Statistic.SHARE if is_share and max(levels, default=0) <= 1 else Statistic.MEAN
    ends = _ends(drawn, scale)
    made = charts.layout(statistic, levels, charts.right_margin([name for _, name, _ in ends]))
    years = [year for line in drawn for year, _ in line.points] + ([own[0]] if own else [])
    made["xaxis"] = _year_axis(made["xaxis"], min(years), max(years))
    made["annotations"] = _names(ends, made["yaxis"]["range"])
    traces = [_trace(line, scale, indicator) for line in drawn]
    return {"data": [*traces, *([_own_trace(own, scale)] if own else [])], "layout": made}


def _scale(indicator: Indicator) -> float:
    """Per cent are drawn as shares, as in the other charts."""
    return _HUNDRED if indicator.unit == PER_CENT else 1


def _drawn(amount: float, scale: float) -> float:
    return round(amount / scale, 6)


def escape(text: str) -> str:
    """A text as the library takes it, which reads tags in it."""
    return html.escape(str(text), quote=False)


def _line(party: Party, points: list[tuple[int, float | None]]) -> Line:
    return Line(party.kind, party, party.name, _SHORT.get(party.kind, party.name), tuple(points))


def _trace(line: Line, scale: float, indicator: Indicator) -> dict[str, Any]:
    name, dash, symbol, width = _LOOKS[line.kind]
    colour = theme()["chart"]["light"][name]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [year for year, _ in line.points],
        "y": [None if amount is None else _drawn(amount, scale) for _, amount in line.points],
        "text": [
            "" if amount is None else escape(f"{line.name} {year}: {quantity(indicator, amount)}")
            for year, amount in line.points
        ],
        "line": {"color": colour, "width": width, "dash": dash},
        "marker": {"color": colour, "symbol": symbol, "size": 7},
        "connectgaps": False,
        "hovertemplate": "%{text}<extra></extra>",
    }


def _own_trace(own: tuple[int, float, str], scale: float) -> dict[str, Any]:
    colours = theme()["chart"]["light"]
    year, amount, shown = own
    marker = {"color": colours["paper"], "symbol": "diamond", "size": 13}
    return {
        "type": "scatter", "mode": "markers", "x": [year], "y": [_drawn(amount, scale)],
        "text": [f"{forms.capital(OWN_NAME)}: {shown}"], "meta": "own",
        "marker": {**marker, "line": {"color": colours["month"], "width": 2}},
        "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip


def _year_axis(days: dict[str, Any], first: int, last: int) -> dict[str, Any]:
    """The axis of days made one of whole years, the last one always named."""
    step = max(1, -(-(last - first + 1) // _MOST_TICKS))
    ticks = sorted(range(last, first - 1, -step))
    kept = {name: value for name, value in days.items() if name not in ("tickformat", "dtick", "tick0")}
    return {
        **kept, "type": "linear", "range": [first - 0.3, last + 0.3], "tickvals": ticks,
        "ticktext": list(map(str, ticks)),
    }  # fmt: skip


def _ends(drawn: Sequence[Line], scale: float) -> list[tuple[float, str, str]]:
    """Where each line ends, its name and colour, from the lowest up."""
    found = []
    for line in drawn:
        last = next((amount for _, amount in reversed(line.points) if amount is not None), None)
        if last is not None:
            found.append((_drawn(last, scale), line.short, theme()["chart"]["light"][_LOOKS[line.kind][0]]))
    return sorted(found)


def _names(ends: Sequence[tuple[float, str, str]], span: Sequence[float]) -> list[dict[str, Any]]:
    """The lines' names beside the plot, pushed apart upward so that none lies on another."""
    pixels = theme()["chart"]["height"] * _PLOT_SHARE / (span[1] - span[0])
    made, free_from = [], float("-inf")
    for at, name, colour in ends:
        place = max(at * pixels, free_from)
        free_from = place + _ROOM_FOR_A_NAME
        made.append(
            {
                "xref": "paper", "x": 1, "xanchor": "left", "xshift": 6, "yref": "y", "y": at,
                "yanchor": "middle", "yshift": round(place - at * pixels, 1), "showarrow": False, "borderpad": 0,
                "text": escape(name), "font": {"color": colour},
            }
        )  # fmt: skip
    return made
