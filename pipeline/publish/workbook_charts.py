"""Native line charts for the workbooks: series refer to cells, and carry the same values for viewers that only draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumFmt,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

from pipeline.language import say
from pipeline.publish.workbook_cells import COUNT, FONT, INK, MUTED, RULE, color
from pipeline.publish.workbook_cells import number_format as written

# Okabe–Ito: told apart in greyscale by the markers' shapes.
_COLORS = (color("chart", "light", "month"), "D55E00", "009E73", "CC79A7", "E69F00", "56B4E9")
_MARKERS: tuple[Literal["circle", "diamond", "square", "triangle", "x", "plus"], ...] = (
    "circle", "diamond", "square", "triangle", "x", "plus",
)  # fmt: skip
_POINT = 12_700  # a typographic point in the drawing's unit
_HUNDREDTHS = 100
_UPRIGHT = -5_400_000


Limit = Literal["", "target", "law"]


@dataclass(frozen=True)
class Line:
    """One series. `cells` and `name_cell` are where the values and the name stand; None = no point.

    `limit` is empty for measured values; a "target" is drawn dashed and a "law" solid, both without markers.
    """

    name: str
    name_cell: str
    cells: str
    values: Sequence[float | None]
    limit: Limit = ""


def line_chart(
    title: str,
    unit: str,
    months: tuple[Sequence[str], str],
    lines: Sequence[Line],
    *,
    is_share: bool,
    number_format: str,
) -> LineChart:
    """Months along the foot (their names and cells), the unit up the side: shares from 0 to 100 %, the rest from 0."""
    chart = LineChart()
    chart.title = _title(title, _letters(12, INK, bold=True))
    chart.display_blanks = "gap"
    number_format = written(number_format)
    chart.series = [_series(number, line, months, number_format) for number, line in enumerate(lines)]
    chart.legend = Legend(legendPos="b", txPr=_text(9, INK)) if len(lines) > 1 else None
    _set_axes(chart, (say("Månad"), unit), number_format, is_share=is_share)
    chart.x_axis.txPr = _text(8, INK, _UPRIGHT)
    return chart


def bar_chart(
    title: str,
    axes: tuple[str, str],
    bars: tuple[Sequence[str], str],
    values: tuple[Sequence[int], str],
) -> BarChart:
    """Bars side by side with their numbers above; `axes` along and up, the bars' names and values with their cells."""
    chart = BarChart()
    chart.title = _title(title, _letters(10, INK, bold=True))
    chart.gapWidth = 30
    (names, names_cells), (numbers, cells) = bars, values
    cache = NumData(
        formatCode=COUNT, ptCount=len(numbers), pt=[NumVal(idx=n, v=repr(v)) for n, v in enumerate(numbers)]
    )
    names_cache = StrData(ptCount=len(names), pt=[StrVal(idx=n, v=str(name)) for n, name in enumerate(names)])
    series = Series(
        idx=0,
        order=0,
        cat=AxDataSource(strRef=StrRef(f=names_cells, strCache=names_cache)),
        val=NumDataSource(numRef=NumRef(f=cells, numCache=cache)),
    )
    series.graphicalProperties = GraphicalProperties(solidFill=_COLORS[0])
    series.dLbls = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False, dLblPos="outEnd"
    )
    chart.series = [series]
    chart.legend = None
    _set_axes(chart, axes, COUNT, is_share=False)
    return chart


def _series(number: int, line: Line, months: tuple[Sequence[str], str], number_format: str) -> Series:
    names, names_cells = months
    points = [NumVal(idx=at, v=repr(value)) for at, value in enumerate(line.values) if value is not None]
    cache = NumData(formatCode=number_format, ptCount=len(line.values), pt=points)
    months_cache = StrData(ptCount=len(names), pt=[StrVal(idx=at, v=name) for at, name in enumerate(names)])
    series = Series(
        idx=number,
        order=number,
        tx=SeriesLabel(
            strRef=StrRef(f=line.name_cell, strCache=StrData(ptCount=1, pt=[StrVal(idx=0, v=str(line.name))]))
        ),
        cat=AxDataSource(strRef=StrRef(f=names_cells, strCache=months_cache)),
        val=NumDataSource(numRef=NumRef(f=line.cells, numCache=cache)),
    )
    series.smooth = False
    _draw(series, line, number)
    return series


def _draw(series: Series, line: Line, number: int) -> None:
    if line.limit:
        paint = color("chart", "light", line.limit)
        series.graphicalProperties = _stroke(paint, 1.5, dashed=line.limit == "target")
        series.marker = Marker(symbol="none")
        return
    paint, symbol = _COLORS[number % len(_COLORS)], _MARKERS[number % len(_MARKERS)]
    series.graphicalProperties = _stroke(paint, 1.75)
    filled = GraphicalProperties(solidFill=paint, ln=LineProperties(solidFill=paint))
    series.marker = Marker(symbol=symbol, size=6, spPr=filled)


def _set_axes(chart: LineChart | BarChart, titles: tuple[str, str], number_format: str, *, is_share: bool) -> None:
    across, up = chart.x_axis, chart.y_axis
    across.delete = up.delete = False
    across.tickLblPos = "low"
    across.title, up.title = (_title(text, _letters(9, MUTED)) for text in titles)
    across.txPr, up.txPr = _text(9, INK), _text(9, INK)
    across.graphicalProperties = up.graphicalProperties = _stroke(MUTED, 0.75)
    up.majorGridlines = ChartLines(spPr=_stroke(RULE, 0.5))
    up.numFmt = NumFmt(formatCode=number_format, sourceLinked=False)
    up.scaling.min = 0
    if is_share:
        up.scaling.max, up.majorUnit = 1, 0.2


def _stroke(paint: str, points: float, *, dashed: bool = False) -> GraphicalProperties:
    style: Literal["dash", "solid"] = "dash" if dashed else "solid"
    return GraphicalProperties(ln=LineProperties(w=int(points * _POINT), solidFill=paint, prstDash=style))


def _title(text: str, letters: CharacterProperties) -> Title:
    run = RegularTextRun(rPr=letters, t=str(text))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=letters), r=[run])
    return Title(tx=Text(rich=RichText(bodyPr=RichTextProperties(), p=[paragraph])), overlay=False)


def _letters(size: int, paint: str, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=size * _HUNDREDTHS, b=bold, solidFill=paint, latin=Font(typeface=FONT))


def _text(size: int, paint: str, rotation: int | None = None) -> RichText:
    letters = _letters(size, paint)
    return RichText(
        bodyPr=RichTextProperties(rot=rotation),
        p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)],
    )
