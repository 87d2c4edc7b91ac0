"""Cells → figures: rounding, intervals, and the grid that also holds what has no rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from math import floor
from typing import Any

from pipeline.config import Config
from pipeline.database import Database
from pipeline.metrics import breaks
from pipeline.metrics.aggregation import UNKNOWN, cells
from pipeline.metrics.organisation import Organisation, read_organisation
from pipeline.model import EXTRACT_NAMES, Figure, Figures, Key, Level, Metric, Statistic, swedish_order
from pipeline.periods import Period, Window
from pipeline.statistics import round_half_up, wilson

SHARE_DECIMALS = 6
OTHER_DECIMALS = 2
_READING_ORDER = {
    "gender": ("kvinna", "man", UNKNOWN),
    "age_group": ("0–6", "7–12", "13–17", "18–20", "21–64", "65–", UNKNOWN),
}

Cell = tuple[str, int, str, str, str]  # window_id, level, org, breakdown, category
Cells = Mapping[Cell, Mapping[str, Any]]
Headings = Mapping[str, Mapping[str, tuple[str, ...]]]


def measure(
    database: Database,
    metrics: Mapping[str, Metric],
    config: Config,
    period: Period,
    windows: Mapping[str, Window],
    headings: Headings,
    deliveries: Mapping[str, date],
) -> Figures:
    """Compute every metric's figures on the prepared tables; targets, status and changes come with judging.

    A metric whose extract or column was not delivered gives one empty figure a window and a reason in `missing`;
    `headings` (extract → column → its words, the first one said) names the columns for readers. `deliveries` says
    which day each extract was delivered.
    """
    delivered = _delivered(database)
    missing = {metric.metric_id: why for metric in metrics.values() if (why := _lacking(metric, delivered, headings))}
    measured = {
        metric_id: _read_cells(database, metric, delivered, config)
        for metric_id, metric in metrics.items()
        if metric_id not in missing
    }
    own = {window.window_id for window in windows.values() if window.series == "report"}
    organisation = read_organisation(database, config).with_seen(
        cell for rows in measured.values() for cell in rows if cell[0] in own
    )
    figures: dict[Key, Figure] = {}
    for metric_id, metric in metrics.items():
        if metric_id in missing:
            figures.update(_unmeasured(metric, organisation, windows))
        else:
            figures.update(_figures(metric, measured[metric_id], organisation, windows))
    return Figures(
        period=period,
        windows=windows,
        figures=figures,
        changes={},
        missing=missing,
        omitted=_omitted([m for m in metrics.values() if m.metric_id not in missing], delivered, headings),
        programmes=organisation.programmes_of_unit,
        known_to=_known_to(metrics, deliveries),
        breaks=breaks.find(database, metrics),
    )


def _known_to(metrics: Mapping[str, Metric], deliveries: Mapping[str, date]) -> dict[str, date]:
    days = {name: [deliveries[t] for t in metric.needs if t in deliveries] for name, metric in metrics.items()}
    return {name: min(delivered) for name, delivered in days.items() if delivered}


# --- what was delivered ---------------------------------------------------------------------------------------------


def _delivered(database: Database) -> dict[str, set[str]]:
    columns: dict[str, set[str]] = defaultdict(set)
    for extract, column in database.rows("select extract, column_name from delivered"):
        columns[extract].add(column)
    return columns


def _lacking(metric: Metric, delivered: Mapping[str, set[str]], headings: Headings) -> str:
    for table, columns in metric.needs.items():
        if not delivered.get(table):
            return f"Ingen fil med {EXTRACT_NAMES[table]} har levererats."
        for needed in columns:
            either = needed.split(" or ")
            if delivered[table].isdisjoint(either):
                named = " eller ".join(headings[table][column][0] for column in either)
                return f"Kolumnen {named} finns inte i någon levererad fil med {EXTRACT_NAMES[table]}."
    return ""


def _omitted(
    metrics: list[Metric], delivered: Mapping[str, set[str]], headings: Headings
) -> dict[str, tuple[str, ...]]:
    omitted = {}
    for metric in metrics:
        lacking = [(t, c) for t, columns in metric.refines.items() for c in columns if c not in delivered.get(t, ())]
        if lacking:
            omitted[metric.metric_id] = tuple(
                f"{headings[table][column][0]} ({EXTRACT_NAMES[table]})" for table, column in lacking
            )
    return omitted


def _read_cells(
    database: Database, metric: Metric, delivered: Mapping[str, set[str]], config: Config
) -> dict[Cell, Mapping[str, Any]]:
    breakdowns = [b for b in metric.breakdowns if _can_break_down(database, metric, b, delivered)]
    frame = cells(database, metric, breakdowns, config)
    rows: dict[Cell, Mapping[str, Any]] = {}
    for values in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
        record = dict(zip(frame.columns, values, strict=True))
        cell = (record["window_id"], int(record["level"]), record["org"], record["breakdown"], record["category"])
        if cell[1] == Level.COMMITTEE:
            cell = (cell[0], cell[1], config.committee.name, cell[3], cell[4])
        rows[cell] = record
    return rows


def _can_break_down(database: Database, metric: Metric, breakdown: str, delivered: Mapping[str, set[str]]) -> bool:
    """Area and gender always; what stands in a column only where a file of the rows' extract has it; else always.

    The rows' own extract is the first that a metric needs; the others are looked at where it has no such column.
    """
    if breakdown in ("area", "gender"):
        return True
    column = "birth_year" if breakdown == "age_group" else breakdown
    tables = dict.fromkeys((*metric.needs, *metric.refines))
    source = next((table for table in tables if column in database.columns(f"loaded.{table}")), None)
    return source is None or column in delivered.get(source, ())


# --- figures --------------------------------------------------------------------------------------------------------


def _unmeasured(
    metric: Metric, organisation: Organisation, windows: Mapping[str, Window]
) -> Iterator[tuple[Key, Figure]]:
    for window in windows.values():
        if window.series == "report" and _belongs(window, metric):
            key = Key(metric.metric_id, metric.judged, window.window_id, Level.COMMITTEE, organisation.committee)
            yield key, Figure(key, as_of=window.ends)


def _figures(
    metric: Metric, rows: Cells, organisation: Organisation, windows: Mapping[str, Window]
) -> Iterator[tuple[Key, Figure]]:
    for cell in _grid(metric, rows, organisation, windows):
        window_id, level, org, breakdown, category = cell
        row = rows.get(cell, {})
        for statistic in metric.statistics:
            key = Key(metric.metric_id, statistic, window_id, level, org, breakdown, category)
            yield key, _FIGURES[statistic](key, windows[window_id], row)


def _grid(metric: Metric, rows: Cells, organisation: Organisation, windows: Mapping[str, Window]) -> Iterator[Cell]:
    """All cells of a metric in reading order: those with rows, and those that must say that there are none."""
    own = {window_id for window_id, window in windows.items() if window.series == "report"}
    categories: dict[str, set[str]] = defaultdict(set)
    for window_id, level, _, breakdown, category in rows:
        if level == Level.COMMITTEE and breakdown and window_id in own:
            categories[breakdown].add(category)
    every = [("", "")] + [(b, c) for b in metric.breakdowns for c in _in_order(b, categories[b])]
    for window_id, window in windows.items():
        if _belongs(window, metric):
            for level in _levels(window):
                cuts = [cut for cut in every if window_id in own or _is_followed_over_time(level, cut[0])]
                yield from ((window_id, level, org, *cut) for org in organisation.names(level) for cut in cuts)


def _levels(window: Window) -> tuple[Level, ...]:
    """Trends are the committee's alone; see `aggregation.cells`."""
    return (Level.COMMITTEE,) if window.series in ("month", "part") else tuple(Level)


def _is_followed_over_time(level: Level, breakdown: str) -> bool:
    return not breakdown or (level == Level.COMMITTEE and breakdown == "area")


def _in_order(breakdown: str, categories: set[str]) -> list[str]:
    order = _READING_ORDER.get(breakdown)
    return sorted(categories, key=order.index if order else swedish_order)


def _belongs(window: Window, metric: Metric) -> bool:
    return (window.kind != "stock") == metric.flow


def _share(key: Key, window: Window, row: Mapping[str, Any]) -> Figure:
    n, hits = int(row.get("n", 0)), int(row.get("hits") or 0)
    if not n:
        return Figure(key, window.ends, numerator=0, denominator=0)
    low, high = wilson(hits, n)
    return Figure(
        key,
        window.ends,
        numerator=hits,
        denominator=n,
        value=round_half_up(hits, n, SHARE_DECIMALS),
        ci_low=_rounded(low, SHARE_DECIMALS),
        ci_high=_rounded(high, SHARE_DECIMALS),
    )


def _count(column: str) -> Callable[[Key, Window, Mapping[str, Any]], Figure]:
    def figure(key: Key, window: Window, row: Mapping[str, Any]) -> Figure:
        count = int(row.get(column) or 0)
        return Figure(key, window.ends, denominator=count, value=count)

    return figure


def _mean(key: Key, window: Window, row: Mapping[str, Any]) -> Figure:
    n = int(row.get("n", 0))
    if not n:
        return Figure(key, window.ends, denominator=0)
    value = round_half_up(int(row["total"]), n, OTHER_DECIMALS)
    return Figure(key, window.ends, denominator=n, value=value, deviation=row["deviation"])


def _quantile(column: str) -> Callable[[Key, Window, Mapping[str, Any]], Figure]:
    def figure(key: Key, window: Window, row: Mapping[str, Any]) -> Figure:
        n = int(row.get("n", 0))
        return Figure(key, window.ends, denominator=n, value=_rounded(row[column], OTHER_DECIMALS) if n else None)

    return figure


def _longest(key: Key, window: Window, row: Mapping[str, Any]) -> Figure:
    longest = row.get("longest_wait")
    return Figure(
        key, window.ends, denominator=int(row.get("hits") or 0), value=None if longest is None else int(longest)
    )


def _rounded(value: float, decimals: int) -> float:
    return floor(value * 10**decimals + 0.5) / 10**decimals


_FIGURES: dict[Statistic, Callable[[Key, Window, Mapping[str, Any]], Figure]] = {
    Statistic.SHARE: _share,
    Statistic.COUNT: _count("n"),
    Statistic.MEAN: _mean,
    Statistic.MEDIAN: _quantile("median"),
    Statistic.P90: _quantile("p90"),
    Statistic.PERSONS: _count("persons"),
    Statistic.SPECIAL_REASONS: _count("special_reasons"),
    Statistic.LONGEST_WAIT: _longest,
}
