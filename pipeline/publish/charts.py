"""Charts: plotly's only home. Figures become plain JSON for plotly.js, which is a packed text in the page.

Hidden figures and months with nothing to measure are gaps: no value of theirs is in the JSON or in a hover text.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from math import ceil, floor, log10
from pathlib import Path
from typing import Any

from pipeline.language import say
from pipeline.model import Break, Figure, Metric, Statistic
from pipeline.periods import Window
from pipeline.publish import forms, signals, system_changes, words
from pipeline.publish.packing import packed
from pipeline.publish.theme import theme

# No toolbar at all: the page has its own button for saving the picture. Nothing may be sent anywhere.
_CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "responsive": False,  # the page draws anew itself, for screen and for paper
}


def config() -> dict[str, Any]:
    """How the library is to behave, in the language spoken."""
    return {**_CONFIG, "locale": say("sv")}


_HEADROOM = 1.1
_ROOM_FOR_A_NAME = 0.08  # of the axis: lines closer than this have their names on either side
_LETTER_WIDTH = 0.6  # of the letters' size, on the safe side
_NAME_GAP = 6  # px between a line's end and its name
_TOP = 20  # px above the plot
_NAME_HEIGHT = 18  # px of a name above the plot
_TICKS = 4
_MONTHS_BETWEEN_TICKS = 4

Points = Sequence[tuple[Window, Figure]]
Drawn = tuple[
    str, dict[str, Any]
]  # what is drawn over the plot: among `shapes` or `annotations` of the layout, and how


def trend(metric: Metric, months: Points, parts: Points, now: Figure, breaks: Sequence[Break] = ()) -> dict[str, Any]:
    """Monthly points lightly joined, whole tertials as steps, the target dashed, the law's limit solid; both named.

    Behind them what chance does to the months, as a pale band; a month beyond chance is a filled square. Months that
    are too small for that have twelve of them together as a dotted line. A change of case system is a dashed line from
    the foot up, named above the plot.
    """
    statistic = Statistic(now.key.statistic)
    colours = theme()["chart"]["light"]
    chance, together = signals.band(metric, months, breaks), signals.rolling(metric, months)
    lines = sorted(reference_lines(metric, now), reverse=True)
    values = [*_levels(months, parts), *(at for at, _, _ in lines), *([chance.high] if chance else [])]
    look = layout(statistic, values, right_margin([name for _, name, _ in lines]))
    data = [
        _trace(
            x=[_middle(window).isoformat() for window, _ in months],
            y=[signals.value(point) for _, point in months],
            text=[_hover(metric, window, point) for window, point in months],
            mode="lines+markers",
            line={"color": colours["month"], "width": 1},
            marker=_markers(months, chance),
        )
    ]
    if parts:
        line = {"color": colours["ink"], "width": 3}
        data.append(_trace(**_steps(metric, parts), mode="lines", line=line, connectgaps=False))
    if together:
        data.append(
            _trace(
                x=[_middle(window).isoformat() for window, _ in together],
                y=[at for _, at in together],
                text=[_hover_together(window, at) for window, at in together],
                mode="lines",
                line={"color": colours["month"], "width": 2.5, "dash": "dot"},
            )
        )
    drawn = [*_band(chance, months), *_references(lines, look["yaxis"]["range"][1]), *_breaks(breaks, months)]
    look["margin"]["t"] += _NAME_HEIGHT * max(len(breaks) - 1, 0)
    for kind in ("shapes", "annotations"):
        if found := [one for name, one in drawn if name == kind]:
            look[kind] = found
    return {"data": data, "layout": look}


def _trace(**given: Any) -> dict[str, Any]:
    return {"type": "scatter", "hovertemplate": "%{text}<extra></extra>", **given}


def reference_lines(metric: Metric, now: Figure) -> list[tuple[float, str, bool]]:
    """The lines a chart is read against: where, what they are called, and whether it is the law's."""
    statistic = Statistic(now.key.statistic)
    lines: list[tuple[float, str, bool]] = []
    demanded = words.law_demands(metric, statistic)
    if demanded is not None:
        lines.append((demanded, say("lagkrav {demanded}", demanded=words.quantity(metric, statistic, demanded)), True))
    if metric.limit_days is not None and statistic.is_distribution:
        lines.append((float(metric.limit_days), metric.limit_name, False))
    if now.target is not None and now.target not in [at for at, _, _ in lines]:
        lines.append((now.target, say("mål {target}", target=words.quantity(metric, statistic, now.target)), False))
    return lines


def step_level(window: Window, point: Figure) -> float | None:
    """Where a whole tertial's step stands: its own value; of a count the mean of its months, to go with theirs."""
    value = signals.value(point)
    if value is None or not Statistic(point.key.statistic).is_count:
        return value
    months = (window.ends.year - window.starts.year) * 12 + window.ends.month - window.starts.month + 1
    return round(value / months, 2)


def axis_end(values: Sequence[float]) -> float:
    """A round number at or just above the greatest value, for the end of an axis from 0."""
    most = max([*values, 1])
    step = _round_step(max(most / _TICKS, 1))
    return step * ceil(most / step)


@cache
def packed_library() -> str:
    """plotly.js, packed: one copy for the page, unpacked by the browser itself."""
    return packed(library())


@cache
def library() -> str:
    """plotly.js as it is delivered with plotly."""
    import plotly

    return (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text(encoding="utf-8")


def layout(statistic: Statistic, values: Sequence[float], right: int) -> dict[str, Any]:
    """How every chart over time looks: an axis of days, one of the statistic's values, `right` px beside the plot."""
    colours, kind = theme()["chart"]["light"], theme()["type"]
    axis = {"fixedrange": True, "zeroline": False, "color": colours["text"]}
    return {
        "font": {"family": kind["family"], "size": kind["chart_size"], "color": colours["text"]},
        "paper_bgcolor": colours["paper"],
        "plot_bgcolor": colours["paper"],
        "margin": {"l": 52, "r": right, "t": _TOP, "b": 44},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"font": {"family": kind["family"], "size": kind["chart_size"]}, "align": "left"},
        "dragmode": False,
        "xaxis": {
            **axis,
            "type": "date",
            "tickformat": "%b\n%Y",
            "dtick": f"M{_MONTHS_BETWEEN_TICKS}",
            "tick0": "2000-01-01",
            "ticks": "outside",
            "tickcolor": colours["rule"],
            "linecolor": colours["text"],
            "showline": True,
            "showgrid": False,
        },
        "yaxis": {**axis, "gridcolor": colours["rule"], **_scale(statistic, values)},
    }


def _scale(statistic: Statistic, values: Sequence[float]) -> dict[str, Any]:
    if statistic is Statistic.SHARE:
        ticks = [0.0, 0.25, 0.5, 0.75, 1.0]
        return {"range": [0, _HEADROOM], "tickvals": ticks, "ticktext": [forms.percent(tick) for tick in ticks]}
    if statistic is Statistic.ALPHA:
        ticks = [tick / 2 for tick in range(floor(2 * min([*values, 0])), 3)]
        return {"range": [ticks[0], _HEADROOM], "tickvals": ticks, "ticktext": [forms.number(t, 1) for t in ticks]}
    end = axis_end(values)
    step = _round_step(max(end / _TICKS, 1))
    ticks = [step * i for i in range(round(end / step) + 1)]
    return {"range": [0, end * _HEADROOM], "tickvals": ticks, "ticktext": [forms.number(tick, 1) for tick in ticks]}


def _round_step(step: float) -> float:
    size = 10 ** floor(log10(step))
    return float(next(size * nice for nice in (1, 2, 2.5, 5, 10) if size * nice >= step))


def right_margin(names: Sequence[str]) -> int:
    """Room beside the plot for the lines' names, where they cover no point; a narrow chart has them in its legend."""
    narrow = theme()["chart"]["narrow_right"]
    longest = max(map(len, names), default=0)
    return narrow + (_NAME_GAP + ceil(longest * _LETTER_WIDTH * theme()["type"]["chart_size"]) if longest else 0)


def _references(lines: Sequence[tuple[float, str, bool]], axis_end: float) -> Iterator[Drawn]:
    """The lines from the highest down, each with its name beyond its right end."""
    colours = theme()["chart"]["light"]
    anchors = _anchors([at for at, _, _ in lines], _ROOM_FOR_A_NAME * axis_end)
    for (at, name, is_law), anchor in zip(lines, anchors, strict=True):
        colour = colours["law" if is_law else "target"]
        line = {"color": colour, "width": 2, "dash": "solid" if is_law else "dash"}
        yield (
            "shapes",
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": at, "y1": at, "line": line},
        )
        yield "annotations", {
            "xref": "paper", "x": 1, "xanchor": "left", "xshift": _NAME_GAP, "yref": "y", "y": at, "yanchor": anchor,
            "text": name, "showarrow": False, "font": {"color": colour}, "borderpad": 0,
        }  # fmt: skip


def _markers(months: Points, chance: signals.Band | None) -> dict[str, Any]:
    colours = theme()["chart"]["light"]
    beyond = {day for day, _ in chance.months} if chance else set()
    is_beyond = [window.ends in beyond for window, _ in months]
    if not any(is_beyond):
        return {"color": colours["paper"], "size": 7, "line": {"color": colours["month"], "width": 1.5}}
    return {
        "color": [colours["month"] if one else colours["paper"] for one in is_beyond],
        "symbol": ["square" if one else "circle" for one in is_beyond],
        "size": [10 if one else 7 for one in is_beyond],
        "line": {"color": colours["month"], "width": 1.5},
    }


def _band(chance: signals.Band | None, months: Points) -> Iterator[Drawn]:
    if chance is None:
        return
    yield "shapes", {
        "type": "rect", "layer": "below", "xref": "x", "x0": chance.since.isoformat(),
        "x1": months[-1][0].ends.isoformat(), "yref": "y", "y0": round(chance.low, 4), "y1": round(chance.high, 4),
        "line": {"width": 0}, "fillcolor": theme()["chart"]["light"]["band"],
    }  # fmt: skip


def _breaks(breaks: Sequence[Break], months: Points) -> Iterator[Drawn]:
    """Each change's line, and its name on a row of its own above the plot, on the side where there is room."""
    colour = theme()["chart"]["light"]["ink"]
    for row, one in enumerate(breaks):
        day, side = one.day.isoformat(), "right" if one.day > _middle_of(months) else "left"
        line = {"color": colour, "width": 1.5, "dash": "dash"}
        yield (
            "shapes",
            {"type": "line", "xref": "x", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": 1, "line": line},
        )
        yield "annotations", {
            "xref": "x", "x": day, "xanchor": side, "yref": "paper", "y": 1, "yanchor": "bottom",
            "yshift": _NAME_HEIGHT * row, "text": html.escape(system_changes.name(one), quote=False),
            "showarrow": False, "font": {"color": colour}, "borderpad": 0,
        }  # fmt: skip


def _middle_of(months: Points) -> date:
    first, last = months[0][0].ends, months[-1][0].ends
    return first + (last - first) / 2


def _anchors(levels: Sequence[float], room: float) -> list[str]:
    """What part of its name each line points at: the middle, or of two close lines' names the sides that are apart."""
    is_close = [above - below < room for above, below in pairwise(levels)]
    above, below = [False, *is_close], [*is_close, False]
    return ["top" if above[at] else "bottom" if below[at] else "middle" for at in range(len(levels))]


def _steps(metric: Metric, parts: Points) -> dict[str, list[Any]]:
    steps: dict[str, list[Any]] = {"x": [], "y": [], "text": []}
    for window, point in parts:
        level = step_level(window, point)
        # An empty point between the steps, so that no line leads from one tertial to the next.
        steps["x"] += [window.starts.isoformat(), window.ends.isoformat(), window.ends.isoformat()]
        steps["y"] += [level, level, None]
        steps["text"] += [_hover(metric, window, point)] * 2 + [""]
    return steps


def _hover(metric: Metric, window: Window, point: Figure) -> str:
    if signals.value(point) is None:
        return ""
    shown = words.outcome(metric, point)
    if point.key.statistic == Statistic.SHARE and "(" not in shown:
        shown = f"{shown} ({words.base(point)})"
    return f"{forms.window(window)}: {shown}"


def _hover_together(window: Window, share: float | None) -> str:
    return (
        ""
        if share is None
        else say("Tolv månader till och med {ends}: {share}", ends=forms.month(window.ends), share=forms.percent(share))
    )


def _levels(months: Points, parts: Points) -> list[float]:
    levels = [signals.value(point) for _, point in months] + [step_level(window, point) for window, point in parts]
    return [level for level in levels if level is not None]


def _middle(window: Window) -> date:
    return window.starts + timedelta(days=(window.ends - window.starts).days // 2)
