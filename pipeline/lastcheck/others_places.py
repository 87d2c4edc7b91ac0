"""The charts of others' values: every point must be one of theirs, or our own figure where that is public."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from pipeline.lastcheck.looking_up import same
from pipeline.model import Metric
from pipeline.model.comparison import Pair
from pipeline.publish import others, others_chart
from pipeline.publish.observed import Observed
from pipeline.publish.others_chart import escape

if TYPE_CHECKING:
    from pipeline.publish.report import Report

Point = tuple[float, float]
_NUMBER_TYPES = (int, float)


def in_chart(chart: Any, metric: Metric, heading: str, report: Report) -> Iterator[str]:
    """What in a chart is nobody's: a point, a text without a point, a name that no line has or ends beside."""
    found = _found(metric, heading, report)
    if found is None:
        yield "vars nyckeltal rapporten inte har"
        return
    pair, told = found
    figure = others.own_figure(pair, metric, report.figures)
    own = others_chart.own_point(told.indicator, figure, report.figures.period.year)
    points = others_chart.points(told, own)
    for trace in chart.get("data", ()):
        yield from _in_trace(trace, points)
    heights, names = {height for _, height in points}, {escape(one.short) for one in others_chart.lines(told)}
    layout = chart.get("layout", {})
    for note in layout.get("annotations", ()):
        if note.get("y") not in heights or note.get("text") not in names:
            yield "ett namn bredvid linjerna"
    if layout.get("shapes"):
        yield "en linje som inte är någons"


def _found(metric: Metric, heading: str, report: Report) -> tuple[Pair, Observed] | None:
    """The pair that stands under a heading."""
    known = others.pairs(metric.metric_id, report.comparisons)
    return next((one for one in known if same(others.heading(one[1].indicator)) == same(heading)), None)


def _in_trace(trace: dict[str, Any], points: Collection[Point]) -> Iterator[str]:
    years, values, texts = (trace.get(name) for name in ("x", "y", "text"))
    if not all(isinstance(given, list) for given in (years, values, texts)):
        yield "punkter som inte kan läsas"
        return
    for year, value, text in zip(years or (), values or (), texts or (), strict=False):
        is_known = (year, value) in points if isinstance(value, _NUMBER_TYPES) else not text
        if not is_known:
            yield str(year)
