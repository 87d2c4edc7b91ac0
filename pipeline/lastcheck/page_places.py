"""The hidden figures' places on the page: each row, sentence, chart and small drawing of theirs must tell no number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.lastcheck import day_places, others_places
from pipeline.lastcheck.entries import Hidden, unmarked
from pipeline.lastcheck.looking_up import UNITS, Names, aims, same
from pipeline.lastcheck.page_entries import entries
from pipeline.lastcheck.written_page import Beside, Cell, Page, Story, Table
from pipeline.model import Level, Metric
from pipeline.periods import Window
from pipeline.publish import others, words

_SUMMARY = "key"
_NUMBER_TYPES = (int, float)


class PagePlaces:
    """Goes through a page; what it yields are the places where a number stands instead of a hidden figure."""

    def __init__(self, page: Page, names: Names, referred: Hidden) -> None:
        self._page = page
        self._names = names
        self._referred = referred
        self._metrics = names.report.metrics

    def leaks(self) -> Iterator[str]:
        """The places, each as the analyst finds it."""
        for table in self._page.tables:
            headings = [cell.text for cell in table.rows[0]] if table.rows else []
            for row in table.body:
                if self._is_wrong_of_days(table, row) or (self._is_hidden(table, row) and _tells(row, headings)):
                    yield f"{table.place}: tabellraden ”{_told(row[0])}”"
        yield from self._in_summary()
        yield from (story.place for story in self._page.stories if self._is_told(story))
        yield from (f"{one.place}: {one.label}" for one in self._page.beside if self._is_told_beside(one))
        yield from unmarked(entries(self._page, self._names), self._referred)
        for chart_id, chart in self._page.charts.items():
            yield from self._in_chart(chart_id, chart)

    # --- tables ---

    def _is_wrong_of_days(self, table: Table, row: Sequence[Cell]) -> bool:
        metric = self._metrics.get(table.metric)
        if metric is None or day_places.KIND not in table.kinds:
            return False
        of, texts = self._told_by(metric, table.heading), [" ".join(cell.text.split()) for cell in row[1:]]
        return day_places.in_row(metric, of, row[0].text, texts, self._names.report.figures)

    def _told_by(self, metric: Metric, heading: str) -> str:
        """The category that a story's heading names; empty for the committee's own."""
        return (self._names.category(metric, metric.headline_by, heading) or "") if metric.headline_by else ""

    def _is_hidden(self, table: Table, row: Sequence[Cell]) -> bool:
        metric = self._metrics.get(table.metric)
        if metric is None:
            return False
        if "listing" in table.kinds:
            return self._listed(metric, row[0].text)
        if "facts" in table.kinds:
            window = self._names.window(metric, row[0].text)
            return window is not None and self._of_story(metric, table.heading, window)
        if "numbers" in table.kinds:
            window = self._names.time(metric, row[0].own)
            return window is not None and self._of_story(metric, table.heading, window)
        return "compare" in table.kinds and self._compared(metric, table.heading, row[0].text)

    def _of_story(self, metric: Metric, heading: str, window: Window | None) -> bool:
        """The committee's figure in a window, or under a heading of its own a category's."""
        window_id = window.window_id if window else None
        if not metric.headline_by:
            return self._names.is_hidden(metric, window_id)
        category = self._names.category(metric, metric.headline_by, heading)
        return category is not None and self._names.is_hidden(
            metric, window_id, breakdown=metric.headline_by, category=category
        )

    def _listed(self, metric: Metric, label: str) -> bool:
        category = self._names.category(metric, metric.headline_by, label)
        if category is not None:
            return self._names.is_hidden(metric, breakdown=metric.headline_by, category=category)
        of_units = self._names.report.figures.by_org(metric, Level.UNIT, breakdown=metric.headline_by)
        return any(
            self._names.is_hidden(metric, level=3, org=f.key.org, breakdown=metric.headline_by, category=f.key.category)
            for f in of_units
            if same(f"{f.key.category}: {f.key.org}") == same(label)
        )

    def _compared(self, metric: Metric, title: str, label: str) -> bool:
        programmes = self._names.report.config.committee.programme_label
        for level, name in ((Level.PROGRAMME, programmes), (Level.UNIT, UNITS)):
            if same(title) == same(name):
                return self._names.is_hidden(metric, level=level, org=label.strip())
        breakdown = self._names.breakdown(metric, title)
        category = self._names.category(metric, breakdown, label) if breakdown else None
        return category is not None and self._names.is_hidden(metric, breakdown=breakdown or "", category=category)

    # --- the summary ---

    def _in_summary(self) -> Iterator[str]:
        for table in self._page.tables:
            for row in table.body if _SUMMARY in table.kinds else ():
                metric = self._metrics.get(row[0].links[0].removeprefix("#")) if row[0].links else None
                if metric is None:
                    continue
                category = row[0].text.strip().removeprefix(f"{metric.title}: ")
                headings = [cell.text for cell in table.rows[0]]
                is_leak = self._of_story(metric, category, None) and _tells(row[:-1], headings)
                if is_leak or row[-1].points > self._shown_months(metric, category) + 1:
                    yield f"{table.place}: tabellraden ”{_told(row[0])}”"

    def _shown_months(self, metric: Metric, category: str) -> int:
        return sum(not self._of_story(metric, category, window) for window in self._names.windows(metric, "month"))

    # --- sentences and charts ---

    def _is_told(self, story: Story) -> bool:
        metric = self._metrics.get(story.metric)
        return metric is not None and self._of_story(metric, story.heading, None) and _has_number(story.sentence)

    def _is_told_beside(self, one: Beside) -> bool:
        metric = self._metrics.get(one.metric)
        if metric is None or not _has_number(one.text):
            return False
        known = (s for s in metric.statistics if same(words.STATISTICS.get(s, s.value)) == same(one.label))
        category = self._names.category(metric, metric.headline_by, one.heading) if metric.headline_by else ""
        where = {"breakdown": metric.headline_by, "category": category} if category else {}
        return any(self._names.is_hidden(metric, statistic=statistic, **where) for statistic in known)  # type: ignore[arg-type]

    def _in_chart(self, chart_id: str, chart: Any) -> Iterator[str]:
        metric_id, heading = self._page.drawn.get(chart_id, ("", ""))
        metric = self._metrics.get(metric_id)
        if metric is None:
            yield f"diagrammet {chart_id}, som inte står på sidan"
            return
        if chart_id.startswith(f"{metric_id}{others.CHART}"):
            yield from (
                f"diagrammet {chart_id}, {what}"
                for what in others_places.in_chart(chart, metric, heading, self._names.report)
            )
            return
        if day_places.is_of_days(chart_id):
            of = self._told_by(metric, heading)
            for what in day_places.in_chart(chart_id, chart, metric, of, self._names.report.figures):
                yield f"diagrammet {chart_id}, {what}"
            return
        months, parts = (
            [w for w in self._names.windows(metric, series) if self._of_story(metric, heading, w)]
            for series in ("month", "part")
        )
        for trace in chart.get("data", ()):
            is_months, is_rolling = "markers" in trace.get("mode", ""), trace.get("line", {}).get("dash") == "dot"
            hidden = months if is_months else [] if is_rolling else parts
            yield from (f"diagrammet {chart_id}, {day}" for day in _drawn_in_spite(trace, hidden, is_rolling, months))


def _drawn_in_spite(
    trace: dict[str, Any], hidden: Sequence[Window], is_rolling: bool, months: Sequence[Window]
) -> Iterator[str]:
    """The days of points that stand where a hidden figure would; of twelve months together, where one is hidden."""
    days, values, texts = (trace.get(name) for name in ("x", "y", "text"))
    if not all(isinstance(given, list) for given in (days, values, texts)):
        yield "punkter som inte kan läsas"
        return
    for day, value, text in zip(days or (), values or (), texts or (), strict=False):
        is_hidden = (
            any(_months_between(w, str(day)) in range(12) for w in months)
            if is_rolling
            else any(w.starts.isoformat() <= str(day) <= w.ends.isoformat() for w in hidden)
        )
        if is_hidden and (isinstance(value, _NUMBER_TYPES) or text):
            yield str(day)


def _months_between(window: Window, day: str) -> int:
    return (int(day[:4]) - window.ends.year) * 12 + int(day[5:7]) - window.ends.month


def _tells(row: Sequence[Cell], headings: Sequence[str]) -> bool:
    """Whether a row with a hidden figure tells something: a number, a drawing, or no hidden mark at all."""
    own = [cell for cell, heading in zip(row, headings, strict=False) if not same(heading).startswith(aims())][1:]
    has_number = any(_has_number(cell.text) or _has_number("".join(cell.styles)) for cell in own)
    return has_number or not any(cell.marks for cell in own)


def _told(cell: Cell) -> str:
    return " ".join(cell.own.split()) or " ".join(cell.text.split())


def _has_number(text: str) -> bool:
    return any(map(str.isdigit, text))
