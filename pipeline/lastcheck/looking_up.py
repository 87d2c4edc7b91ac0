"""Which figure a row of a table tells, by the names that readers see: metric, window, organisation and category."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pipeline.language import later, say
from pipeline.model import Figure, Level, Metric, Statistic
from pipeline.periods import Window
from pipeline.publish import forms, outcomes, words

if TYPE_CHECKING:
    from pipeline.publish.report import Report

UNITS = later("Enheter")


def same(text: str) -> str:
    """A label as labels are compared: small letters, every run of blanks one space."""
    return " ".join(str(text).casefold().split())


def aims() -> tuple[str, ...]:
    """What the headings of columns that tell what is to be reached begin with: no figure of ours."""
    return same(say("Mål")), same(say("Lagkrav"))


class Names:
    """Finds a metric's figures by labels; knows which of a metric's own statistics stand together in a row."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._figures = report.figures
        self._windows = list(report.figures.windows.values())
        self._own = {flow: _own(self._windows, flow) for flow in (True, False)}
        self._times = {flow: _times(self._windows, flow) for flow in (True, False)}
        self._categories: dict[tuple[str, str], dict[str, str]] = {}
        self._titles = {same(metric.title): name for name, metric in report.metrics.items()}

    def metric_id(self, title: str) -> str:
        """The metric that a title is of: its own, or its own with a category; what is none's is a measure's name."""
        wanted = same(title)
        whole = self._titles.get(wanted)
        starts = (name for one, name in self._titles.items() if wanted.startswith((f"{one}: ", f"{one} (")))
        return whole or next(starts, outcomes.MEASURE)

    def windows(self, metric: Metric, *series: str) -> Iterator[Window]:
        """The metric's windows of some series."""
        return (w for w in self._windows if w.series in series and (w.kind != "stock") == metric.flow)

    def is_hidden(
        self,
        metric: Metric,
        window: str | None = None,
        *,
        level: int = Level.COMMITTEE,
        org: str | None = None,
        breakdown: str = "",
        category: str = "",
        statistic: Statistic | None = None,
    ) -> bool:
        """Whether the figure is hidden; of a measure that is delivered as a value, that value."""
        place = {"level": level, "org": org, "breakdown": breakdown, "category": category}
        figure = self._found(metric, statistic, window, place)
        is_empty = figure is None or not (figure.suppressed or figure.denominator)
        if statistic is None and Statistic.VALUE in metric.statistics and is_empty:
            figure = self._found(metric, Statistic.VALUE, window, place)
        return figure is not None and figure.suppressed

    def _found(
        self, metric: Metric, statistic: Statistic | None, window: str | None, place: Mapping[str, object]
    ) -> Figure | None:
        return self._figures.get(metric, statistic, window, **place)  # type: ignore[arg-type]

    def category(self, metric: Metric, breakdown: str, label: str) -> str | None:
        """The category that is printed so; None when it is no category of that breakdown."""
        if (metric.metric_id, breakdown) not in self._categories:
            found = [figure.key.category for figure in self._figures.breakdown(metric, breakdown)]
            printed = {same(words.category(metric, breakdown, one)): one for one in found}
            self._categories[metric.metric_id, breakdown] = printed | {same(one): one for one in found}
        return self._categories[metric.metric_id, breakdown].get(same(label))

    def breakdown(self, metric: Metric, title: str) -> str | None:
        """The breakdown whose table is titled so."""
        wanted = same(title)
        return next((b for b in metric.breakdowns if same(words.breakdown_title(metric, b)) == wanted), None)

    def window(self, metric: Metric, label: str) -> Window | None:
        """The report's own window that a row is headed by: its name, or its name and its days."""
        return self._own[metric.flow].get(_letters(label))

    def time(self, metric: Metric, label: str) -> Window | None:
        """The month, day or tertial of a course that a row is headed by."""
        return self._times[metric.flow].get(_letters(label))


def _own(windows: Iterable[Window], flow: bool) -> dict[str, Window]:
    found: dict[str, Window] = {}
    for window in windows:
        if window.series == "report" and (window.kind != "stock") == flow:
            name, days = forms.window_label(window), forms.window(window)
            found |= {_letters(name): window, _letters(f"{name}{days}"): window}
    return found


def _times(windows: Iterable[Window], flow: bool) -> dict[str, Window]:
    found: dict[str, Window] = {}
    for window in windows:
        if (window.kind != "stock") != flow:
            continue
        if window.series == "month":
            found |= {_letters(forms.month(window.ends)): window, _letters(forms.day(window.ends)): window}
        elif window.series == "part":
            found[_letters(f"{forms.window_label(window)} {window.ends.year}")] = window
    return found


def _letters(label: str) -> str:
    """A label without its blanks and parentheses, which page and workbook set differently."""
    return "".join(character for character in label.casefold() if not character.isspace() and character not in "()")
