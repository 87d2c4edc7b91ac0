"""The hidden figures' places on the page of all reports: each must hold the mark, and every row must be known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.lastcheck.looking_up import same
from pipeline.lastcheck.written_page import Cell, Page
from pipeline.model import Metric
from pipeline.model.issues import Issue
from pipeline.publish import forms, index, issues_over_time, summary

Shown = Mapping[tuple[str, str], bool]  # period and figure, as they are printed → whether it may be told


class IndexPlaces:
    """Goes through the page; what it yields are the places where something stands that no report has shown."""

    def __init__(self, issues: Sequence[Issue], metrics: Mapping[str, Metric]) -> None:
        self._shown: Shown = {
            (same(issues_over_time.period_name(one.period)), same(headline.title)): not headline.figure.suppressed
            for one in issues
            for metric in metrics.values()
            for headline in summary.headlines(metric, one.figures)
        }

    def leaks(self, page: Page) -> Iterator[str]:
        """The places, each as the analyst finds it."""
        for table in page.tables:
            if index.HEAT in table.kinds or index.MOVED in table.kinds:
                for row in table.body:
                    title = " ".join(row[0].text.split())
                    for cell in row[1:]:
                        if not self._is_fit(cell, title):
                            yield f"{table.place}: tabellraden ”{title}”, {cell.label}"

    def _is_fit(self, cell: Cell, title: str) -> bool:
        text = "".join(cell.text.split())
        if cell.label == issues_over_time.WAY:
            return not any(map(str.isdigit, text))
        place = (same(cell.label), same(title))
        if place not in self._shown:
            return text == forms.DASH and not cell.marks
        return self._shown[place] or (cell.marks > 0 and not any(map(str.isdigit, text)))
