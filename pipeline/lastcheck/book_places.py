"""The hidden figures' places in the workbook: cells of tables, the rows behind the charts, and the charts' caches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.language import say
from pipeline.lastcheck import day_places
from pipeline.lastcheck.book import Book, Cache, Table
from pipeline.lastcheck.book_entries import entries
from pipeline.lastcheck.entries import Hidden, unmarked
from pipeline.lastcheck.looking_up import Names, aims, same
from pipeline.model import Level, Metric, Statistic, Status
from pipeline.publish import day_regions, forms, words

_LEVELS = {"niva2": Level.PROGRAMME, "niva3": Level.UNIT}
_OUTCOME, _MONTHS, _BESIDE, _BEHIND_CHARTS = "utfall", "manad", "dartill", "diagramunderlag"
_OF_DAYS = (day_regions.SPREAD, day_regions.COURSE)
_FIRST_MONTH = 3  # the column, from 0, in the rows behind the charts


class BookPlaces:
    """Goes through a workbook; what it yields are the places where a number stands instead of a hidden figure."""

    def __init__(self, book: Book, names: Names, referred: Hidden) -> None:
        self._book = book
        self._names = names
        self._referred = referred
        self._metrics = names.report.metrics
        self._by_length = sorted(self._metrics, key=len, reverse=True)

    def leaks(self) -> Iterator[str]:
        """The places, each as the analyst finds it."""
        for table in self._book.tables:
            if table.name == _BEHIND_CHARTS:
                yield from self._behind_charts(table)
                continue
            metric_id = next((one for one in self._by_length if table.name.startswith(f"{one}_")), None)
            if metric_id is not None:
                yield from self._of_metric(table, self._metrics[metric_id], table.name.removeprefix(f"{metric_id}_"))
        for cache in self._book.caches:
            yield from self._cached(cache)
        yield from unmarked(entries(self._book, self._names), self._referred)

    # --- tables ---

    def _of_metric(self, table: Table, metric: Metric, region: str) -> Iterator[str]:
        headings, *rows = table.rows
        for number, row in enumerate(rows, 1):
            if region in _OF_DAYS:
                yield from self._of_days(table, metric, number)
            elif region == _BESIDE:
                yield from self._beside(table, metric, number)
            elif region == _MONTHS and metric.headline_by:
                yield from self._months_by_category(table, metric, number)
            else:
                for column in self._hidden_columns(metric, region, row[0], headings):
                    # A month that the extracts do not cover has no figure to hide.
                    if row[column] not in (forms.HIDDEN, *((say(Status.NO_DATA.value),) if region == _MONTHS else ())):
                        yield table.place(number, column)

    def _hidden_columns(self, metric: Metric, region: str, label: str, headings: Sequence[str]) -> Iterator[int]:
        """The columns in which the row must hold the hidden mark: all that is measured, or one statistic's."""
        where = self._where(metric, region, label)
        if where is None:
            return
        is_hidden = self._names.is_hidden(metric, **where)  # type: ignore[arg-type]
        for column, heading in enumerate(headings):
            if column == 0 or same(heading).startswith((*aims(), same(say("Byte av system")))):
                continue
            beside = _statistic(metric, heading)
            if self._names.is_hidden(metric, statistic=beside, **where) if beside else is_hidden:  # type: ignore[arg-type]
                yield column

    def _where(self, metric: Metric, region: str, label: str) -> dict[str, object] | None:
        """Which figure a row tells, as `Names.is_hidden` is asked of it; None when it is none of ours."""
        if region == _MONTHS:
            window = self._names.time(metric, label)
            return None if window is None else {"window": window.window_id}
        if region == _OUTCOME:
            return self._outcome(metric, label)
        if region in _LEVELS:
            return self._organised(metric, _LEVELS[region], label)
        category = self._names.category(metric, region, label)
        return None if category is None else {"breakdown": region, "category": category}

    def _outcome(self, metric: Metric, label: str) -> dict[str, object] | None:
        if not metric.headline_by:
            window = self._names.window(metric, label)
            return None if window is None else {"window": window.window_id}
        name, _, when = label.rpartition(". ")
        window, category = self._names.window(metric, when), self._names.category(metric, metric.headline_by, name)
        if window is None or category is None:
            return None
        return {"window": window.window_id, "breakdown": metric.headline_by, "category": category}

    def _organised(self, metric: Metric, level: Level, label: str) -> dict[str, object]:
        found = self._names.report.figures.by_org(metric, level, breakdown=metric.headline_by)
        for figure in found:
            key = figure.key
            if key.category and label == f"{key.org}: {key.category}":
                return {"level": level, "org": key.org, "breakdown": key.breakdown, "category": key.category}
        return {"level": level, "org": label}

    def _beside(self, table: Table, metric: Metric, number: int) -> Iterator[str]:
        row, windows = table.rows[number], list(self._names.windows(metric, "report"))
        statistic = _statistic(metric, row[0])
        for column, window in enumerate(windows, 1):
            is_hidden = statistic is not None and self._names.is_hidden(metric, window.window_id, statistic=statistic)
            if is_hidden and column < len(row) and row[column] != forms.HIDDEN:
                yield table.place(number, column)

    def _of_days(self, table: Table, metric: Metric, number: int) -> Iterator[str]:
        """A band, or what was left after a day, of the whole or of the category that stands before it."""
        row, of = table.rows[number], ""
        if metric.headline_by:
            of, row = self._names.category(metric, metric.headline_by, row[0]) or row[0], row[1:]
        if day_places.in_book_row(metric, of, row[0], row[1:], self._names.report.figures):
            yield table.place(number, len(table.rows[number]) - len(row) + 1)

    def _months_by_category(self, table: Table, metric: Metric, number: int) -> Iterator[str]:
        row, window = table.rows[number], self._names.time(metric, table.rows[number][0])
        for column, heading in enumerate(table.rows[0]):
            category = self._names.category(metric, metric.headline_by, heading.rpartition(" (")[0])
            if window is None or category is None:
                continue
            where = {"breakdown": metric.headline_by, "category": category}
            if self._names.is_hidden(metric, window.window_id, **where) and _has_number(row[column]):  # type: ignore[arg-type]
                yield table.place(number, column)

    # --- charts ---

    def _behind_charts(self, table: Table) -> Iterator[str]:
        by_title = {str(metric.title): metric for metric in self._metrics.values()}
        months, *rows = table.rows
        for number, row in enumerate(rows, 1):
            metric = by_title.get(row[0])
            if metric is None:
                continue
            hidden = self._hidden_months(metric, row[1])
            for column in range(_FIRST_MONTH, len(row)):
                if months[column] in hidden and row[column]:
                    yield table.place(number, column)

    def _hidden_months(self, metric: Metric, line: str) -> set[str]:
        """`2026-08` for each month that the line must not be drawn in."""
        where: dict[str, str] = {}
        if metric.headline_by:
            category = self._names.category(metric, metric.headline_by, line)
            where = {"breakdown": metric.headline_by, "category": category or ""}
        if not where.get("category") and same(line) != same(say("Utfall")):
            return set()
        windows = self._names.windows(metric, "month")
        return {
            f"{window.ends:%Y-%m}"
            for window in windows
            if self._names.is_hidden(metric, window.window_id, **where)  # type: ignore[arg-type]
        }

    def _cached(self, cache: Cache) -> Iterator[str]:
        """A chart's points: each must be the number of its own cell, which has been held to its figure."""
        cells = self._book.referred(cache.cells) if cache.cells else None
        for point, text in cache.points.items():
            cell = cells[point] if cells is not None and point < len(cells) else None
            if cell is None or not cell[1] or float(cell[0]) != float(text):
                yield f"diagrammet {cache.part}, punkt {point + 1} av det som diagrammet har sparat"


def _statistic(metric: Metric, heading: str) -> Statistic | None:
    """The statistic beside the judged one that a column or row is headed by."""
    others = (statistic for statistic in metric.statistics if statistic is not metric.judged)
    named = [s for s in others if same(heading).startswith(f"{same(words.STATISTICS[s])} (")]
    return named[0] if named else None


def _has_number(text: str) -> bool:
    return any(map(str.isdigit, text))
