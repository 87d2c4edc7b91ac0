"""The charts of days: bars of how long it took, and the falling line of what is not done yet. Plain JSON.

A bar beyond the limit is hatched, and every bar and point has its number beside it, so that neither colour nor an axis
is needed to read them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipeline.language import say
from pipeline.model import Metric, Statistic, spreads
from pipeline.publish import charts, forms
from pipeline.publish.theme import theme

if TYPE_CHECKING:
    from pipeline.publish.day_bands import Bar

_GAP = 0.14  # of a band's width, between two bars
_ROOM_ABOVE = 1.35  # of the highest bar, for its number and the limit's name
_ROOM_RIGHT = 1.06  # of the longest time, for the last point's number
_MARK_SIZE = 20
_NEAR_AXIS = 0.2
INSIDE = "inside"  # the name of what is written within the plot, where there is room on a phone too


def band_name(band: spreads.Band) -> str:
    """`31–60`; `över 180`."""
    return say("över {days}", days=band.first - 1) if band.last is None else band.name


def spread(metric: Metric, bars: Sequence[Bar]) -> dict[str, Any]:
    """Bars side by side, those of several bands so much wider; nothing where the number is hidden."""
    colours = theme()["chart"]["light"]
    shown = [bar for bar in bars if bar.number is not None]
    most = max((bar.number or 0 for bar in shown), default=1)
    beyond = [_is_beyond(bar, metric) for bar in shown]
    names = [band_name(bar.band) for bar in bars]
    trace = {
        "type": "bar",
        "x": [_middle(bar) for bar in shown],
        "y": [bar.number for bar in shown],
        "width": [round(bar.width - _GAP, 2) for bar in shown],
        "text": [forms.number(bar.number or 0) for bar in shown],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [_hover(metric, bar) for bar in shown],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {
            "color": [colours["target" if is_beyond else "month"] for is_beyond in beyond],
            "pattern": {
                "shape": ["/" if is_beyond else "" for is_beyond in beyond],
                "bgcolor": colours["paper"],
                "fgcolor": colours["target"],
                "size": 7,
                "solidity": 0.5,
            },
            "line": {"color": [colours["target" if is_beyond else "month"] for is_beyond in beyond], "width": 1},
        },
    }
    layout = charts.layout(Statistic.COUNT, [most], theme()["chart"]["narrow_right"])
    layout["xaxis"] = {
        **_plain_axis(layout["xaxis"]), "type": "linear", "range": [-0.1, bars[-1].first + bars[-1].width + 0.1],
        "tickvals": [_middle(bar) for bar in bars], "ticktext": names, "ticks": "", "tickangle": 0,
        "title": _title(say("dagar")),
    }  # fmt: skip
    # On a phone a name stands on two lines.
    layout["meta"] = {"narrow": [name.replace("–", "–<br>").replace(" ", "<br>") for name in names]}
    layout["yaxis"] = {**layout["yaxis"], "range": [0, most * _ROOM_ABOVE], "showgrid": False, "visible": False}
    layout["margin"] |= {"l": theme()["chart"]["narrow_right"], "b": 52}
    _draw_limit(layout, metric, _limit_edge(metric))
    layout["annotations"] += [_hidden_note(bar) for bar in bars if bar.number is None]
    return {"data": [trace], "layout": layout}


def course(metric: Metric, points: Sequence[tuple[int, float]]) -> dict[str, Any]:
    """The share that is not done yet, from all on the first day and down, with its per cent at each point."""
    colours = theme()["chart"]["light"]
    days, shares = [0, *(day for day, _ in points)], [1.0, *(share for _, share in points)]
    trace = {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": days,
        "y": shares,
        "text": ["", *(forms.percent(share) for share in shares[1:])],
        "textposition": [_beside_point(share, is_last=at == len(shares) - 1) for at, share in enumerate(shares)],
        "cliponaxis": False,
        "customdata": [_hover_left(day, share) for day, share in zip(days, shares, strict=True)],
        "hovertemplate": "%{customdata}<extra></extra>",
        "line": {"color": colours["month"], "width": 2.5},
        "marker": {"color": colours["paper"], "size": 8, "line": {"color": colours["month"], "width": 2}},
    }  # fmt: skip
    layout = charts.layout(Statistic.SHARE, [1.0], theme()["chart"]["narrow_right"])
    ticks = _readable([0, *spreads.edges(metric, Statistic.COHORT)])
    longest = ticks[-1]
    layout["xaxis"] = {
        **_plain_axis(layout["xaxis"]), "type": "linear", "range": [0, longest * _ROOM_RIGHT],
        "tickvals": ticks, "ticktext": list(map(forms.number, ticks)), "title": _title(say("dagar")),
    }  # fmt: skip
    layout["margin"] |= {"b": 52}
    _draw_limit(layout, metric, metric.bands_limit)
    return {"data": [trace], "layout": layout}


def _beside_point(share: float, *, is_last: bool) -> str:
    """Under the falling line, or over it where it is near the axis."""
    if share > _NEAR_AXIS:
        return "bottom left"
    return "top left" if is_last else "top center"


def _plain_axis(days: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in days.items() if name not in ("tickformat", "dtick", "tick0")}


def _title(text: str) -> dict[str, Any]:
    return {"text": text, "standoff": 6}


def _readable(days: Sequence[int]) -> list[int]:
    """The days that have room for their names: none that is close to the one after it."""
    span = days[-1] - days[0]
    kept: list[int] = []
    for day in reversed(days):
        if not kept or kept[-1] - day >= span * 0.1:
            kept.append(day)
    return kept[::-1]


def _middle(bar: Bar) -> float:
    return bar.first + bar.width / 2


def _is_beyond(bar: Bar, metric: Metric) -> bool:
    return metric.bands_limit is not None and bar.band.first > metric.bands_limit


def _limit_edge(metric: Metric) -> float | None:
    """Between which bands the limit is."""
    return None if metric.bands_limit is None else metric.bands.index(metric.bands_limit) + 1


def _draw_limit(layout: dict[str, Any], metric: Metric, at: float | None) -> None:
    layout.setdefault("annotations", [])
    if at is None or metric.bands_limit is None:
        return
    colour = theme()["chart"]["light"]["ink"]
    layout["shapes"] = [
        {
            "type": "line", "xref": "x", "x0": at, "x1": at, "yref": "paper", "y0": 0, "y1": 1,
            "line": {"color": colour, "width": 1.5, "dash": "dash"},
        }
    ]  # fmt: skip
    layout["annotations"].append(
        {
            "name": INSIDE, "xref": "x", "x": at, "xanchor": "right", "xshift": -5, "yref": "paper", "y": 1,
            "yanchor": "top", "showarrow": False, "borderpad": 0, "font": {"color": colour},
            "text": forms.counted(metric.bands_limit, "dag", "dagar"),
        }
    )  # fmt: skip


def _hidden_note(bar: Bar) -> dict[str, Any]:
    return {
        "name": INSIDE, "xref": "x", "x": _middle(bar), "xanchor": "center", "yref": "paper", "y": 0,
        "yanchor": "bottom", "showarrow": False, "borderpad": 2, "text": forms.HIDDEN,
        "font": {"color": theme()["chart"]["light"]["text"], "size": _MARK_SIZE},
    }  # fmt: skip


def _hover_left(day: int, share: float) -> str:
    days = forms.counted(day, "dag", "dagar")
    return say("Efter {days} återstår {share}", days=days, share=forms.percent(share))


def _hover(metric: Metric, bar: Bar) -> str:
    counted = forms.counted(bar.number or 0, *metric.noun)
    share = "" if bar.share is None else f" ({forms.percent(bar.share)})"
    return say("{days} dagar: {told}", days=band_name(bar.band), told=f"{counted}{share}")
