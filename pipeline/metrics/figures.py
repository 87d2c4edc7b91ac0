"""Cells → figures: rounding, intervals, and the grid that also holds what has no rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from pipeline.config import Config
from pipeline.database import Database, explained
from pipeline.language import later, later_within
from pipeline.metrics import breaks, engines, observation, spreads
from pipeline.metrics.aggregation import Cell, Overview, Rows, is_cut
from pipeline.metrics.organisation import Organisation, read_organisation
from pipeline.metrics.placing import UNKNOWN
from pipeline.model import EXTRACT_NAMES, Figure, Figures, Key, Level, Metric, Statistic, swedish_order
from pipeline.model.figures import OTHER_DECIMALS, SHARE_DECIMALS
from pipeline.periods import Period, Window
from pipeline.statistics import round_half_up, wilson, wilson_of_finite

_DECIMALS_OF_DEVIATION = 9
_READING_ORDER = {
    "gender": ("kvinna", "man", UNKNOWN),
    "age_group": ("0–6", "7–12", "13–17", "18–20", "21–64", "65–", UNKNOWN),
}

# Breakdowns that are no column themselves, and the columns that they are made of.
_MADE_OF = {"age_group": ("birth_year",), "severity_recurrence": ("severity", "recurrence")}

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
    *,
    overview: Overview | None = None,
) -> Figures:
    """Compute every metric's figures on the prepared tables; targets, status and changes come with judging.

    A metric whose extract or column was not delivered gives one empty figure a window and a reason in `missing`;
    `headings` (extract → column → its words, the first one said) names the columns for readers. `deliveries` says
    which day each extract was delivered. `overview`: a report of many.
    """
    delivered = _delivered(database)
    missing = {metric.metric_id: why for metric in metrics.values() if (why := _lacking(metric, delivered, headings))}
    metrics = {metric_id: _told(metric, delivered) for metric_id, metric in metrics.items()}
    measured: dict[str, Cells] = {}
    banded: dict[Key, Figure] = {}
    countable = {metric_id: metric for metric_id, metric in metrics.items() if metric_id not in missing}
    with engines.counting(database, config, countable.values()) as engine:
        for metric_id, metric in countable.items():
            breakdowns = [b for b in metric.breakdowns if _can_break_down(database, metric, b, delivered)]
            with explained(f"sql/metrics/{metric_id}.sql: databasen kan inte köra satsen"):
                rows = Rows(engine, metric, breakdowns, overview)
                measured[metric_id] = _read_cells(rows, metric, config)
                banded.update(spreads.figures(rows, metric, config, windows, period))
    own = {window.window_id for window in windows.values() if window.series == "report"}
    organisation = read_organisation(database, config).with_seen(
        cell for rows in measured.values() for cell in rows if cell[0] in own
    )
    figures: dict[Key, Figure] = {}
    for metric_id, metric in metrics.items():
        if metric_id in missing:
            figures.update(_unmeasured(metric, organisation, windows))
        else:
            figures.update(_figures(metric, measured[metric_id], organisation, windows, overview=overview is not None))
    return Figures(
        period=period,
        windows=windows,
        figures=figures,
        changes={},
        missing=missing,
        omitted=_omitted([m for m in metrics.values() if m.metric_id not in missing], delivered, headings),
        programmes=organisation.programmes_of_unit,
        known_to=_known_to(metrics, deliveries),
        known_from=breaks.first_days(database, metrics),
        breaks=breaks.find(database, metrics),
        spreads=banded,
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
            return later(
                "Ingen fil med {extract} har levererats.", extract=later_within("extract", EXTRACT_NAMES[table])
            )
        for needed in columns:
            either = needed.split(" or ")
            if delivered[table].isdisjoint(either):
                return later(
                    "Kolumnen {headings} finns inte i någon levererad fil med {extract}.",
                    headings=" eller ".join(headings[table][column][0] for column in either),
                    extract=later_within("extract", EXTRACT_NAMES[table]),
                )
    return ""


def why_missing(database: Database, metric: Metric, headings: Headings) -> str:
    """Why a metric has no figures, in a Swedish sentence; empty where it has all that it needs."""
    return _lacking(metric, _delivered(database), headings)


def _omitted(
    metrics: list[Metric], delivered: Mapping[str, set[str]], headings: Headings
) -> dict[str, tuple[str, ...]]:
    omitted: dict[str, tuple[str, ...]] = {}
    for metric in metrics:
        lacking = [(t, c) for t, columns in metric.refines.items() for c in columns if c not in delivered.get(t, ())]
        if lacking:
            omitted[metric.metric_id] = tuple(
                later(
                    "{heading} ({extract})",
                    heading=headings[table][column][0],
                    extract=later_within("extract", EXTRACT_NAMES[table]),
                )
                for table, column in lacking
            )
    return omitted


def _read_cells(rows: Rows, metric: Metric, config: Config) -> Cells:
    found: dict[Cell, dict[str, Any]] = defaultdict(dict)

    def add(parts: Iterable[tuple[Cell, Mapping[str, Any]]]) -> None:
        for (window, level, org, breakdown, category), part in parts:
            name = config.committee.name if level == Level.COMMITTEE else org
            found[window, level, name, breakdown, category].update(part)

    add(rows.cells())
    if Statistic.KM_MEDIAN in metric.statistics:
        add(observation.survival(rows.observed()))
    if Statistic.ALPHA in metric.statistics:
        add(observation.agreement(rows.answers()))
    return found


def _can_break_down(database: Database, metric: Metric, breakdown: str, delivered: Mapping[str, set[str]]) -> bool:
    """Area and gender always; what stands in a column only where a file of the rows' extract has it; else always.

    The rows' own extract is the first that a metric needs; the others are looked at where it has no such column.
    """
    if breakdown in ("area", "gender"):
        return True
    tables = dict.fromkeys((*metric.needs, *metric.refines))
    for column in _MADE_OF.get(breakdown, (breakdown,)):
        source = next((table for table in tables if column in database.columns(f"loaded.{table}")), None)
        if source is not None and column not in delivered.get(source, ()):
            return False
    return True


def _told(metric: Metric, delivered: Mapping[str, set[str]]) -> Metric:
    """The metric without what stands beside it from a column that no file has: that is not delivered, and never 0."""
    columns = {column for names in metric.refines.values() for column in names}
    found = {column for table in metric.refines for column in delivered.get(table, ())}
    kept = tuple(one for one in metric.statistics if one.value not in columns or one.value in found)
    return replace(metric, statistics=kept)


# --- figures --------------------------------------------------------------------------------------------------------


def _unmeasured(
    metric: Metric, organisation: Organisation, windows: Mapping[str, Window]
) -> Iterator[tuple[Key, Figure]]:
    for window in windows.values():
        if window.series == "report" and _belongs(window, metric):
            key = Key(metric.metric_id, metric.judged, window.window_id, Level.COMMITTEE, organisation.committee)
            yield key, Figure(key, as_of=window.ends)


def _figures(
    metric: Metric, rows: Cells, organisation: Organisation, windows: Mapping[str, Window], *, overview: bool
) -> Iterator[tuple[Key, Figure]]:
    for cell in _grid(metric, rows, organisation, windows, overview=overview):
        window_id, level, org, breakdown, category = cell
        row = rows.get(cell, {})
        if metric.outcome and breakdown == metric.outcome:
            row = _part_of_total(row, rows.get((window_id, level, org, "", ""), {}))
        for statistic in metric.statistics:
            key = Key(metric.metric_id, statistic, window_id, level, org, breakdown, category)
            figure = _FIGURES[statistic](key, windows[window_id], row)
            yield key, replace(figure, protected=count) if (count := _protected(statistic, row)) else figure


def _protected(statistic: Statistic, row: Mapping[str, Any]) -> int:
    """The rows about persons with protected identity behind a figure, in the cohort where it is of that."""
    return int(row.get("observed_protected" if statistic is Statistic.KM_MEDIAN else "protected") or 0)


def _part_of_total(row: Mapping[str, Any], total: Mapping[str, Any]) -> Mapping[str, Any]:
    """A category of an outcome: its rows are the numerator, all rows of the cell's total the denominator."""
    return {**total, "hits": row.get("n", 0)}


def _grid(
    metric: Metric, rows: Cells, organisation: Organisation, windows: Mapping[str, Window], *, overview: bool
) -> Iterator[Cell]:
    """All cells of a metric in reading order: those with rows, and those that must say that there are none."""
    seen: dict[tuple[bool, str], set[str]] = defaultdict(set)
    for window_id, level, _, breakdown, category in rows:
        series = windows[window_id].series
        if level == Level.COMMITTEE and breakdown and series in ("report", "year"):
            seen[series == "year", breakdown].add(category)
    for window_id, window in windows.items():
        if not _belongs(window, metric):
            continue
        is_year = window.series == "year"
        every = [("", "")] + [(b, c) for b in metric.breakdowns for c in _in_order(b, seen[is_year, b])]
        for level in _levels(window):
            told = (cut for cut in every if _is_told(metric, window, level, cut[0]))
            cuts = [cut for cut in told if is_cut(level, cut[0], overview=overview)]
            yield from ((window_id, level, org, *cut) for org in organisation.names(level) for cut in cuts)


def _levels(window: Window) -> tuple[Level, ...]:
    """Trends are the committee's alone; see `aggregation`."""
    return (Level.COMMITTEE,) if window.series in ("month", "part") else tuple(Level)


def _is_told(metric: Metric, window: Window, level: Level, breakdown: str) -> bool:
    """Which cuts a window has: the period's own every one, all years' the committee's, others what is followed."""
    if window.series == "report" or not breakdown:
        return True
    followed = ("area", metric.headline_by) if window.series.startswith("last") else (metric.headline_by,)
    return level == Level.COMMITTEE and (window.series == "year" or breakdown in followed)


def _in_order(breakdown: str, categories: set[str]) -> list[str]:
    order = _READING_ORDER.get(breakdown)
    return sorted(categories, key=order.index if order else swedish_order)


def _belongs(window: Window, metric: Metric) -> bool:
    return (window.kind != "stock") == metric.flow and (window.series != "year" or metric.yearly)


def _share(key: Key, window: Window, row: Mapping[str, Any]) -> Figure:
    n, hits = _whole(row.get("n")), _whole(row.get("hits"))
    if not n:
        return Figure(key, window.ends, numerator=hits, denominator=0)
    low, high = _interval(hits, n, row.get("population"))
    return Figure(
        key,
        window.ends,
        numerator=hits,
        denominator=n,
        value=round_half_up(hits, n, SHARE_DECIMALS),
        ci_low=low,
        ci_high=high,
    )


def _interval(hits: float, n: float, population: float | None) -> tuple[float | None, float | None]:
    """None for what is no part of a whole: measures may hold a ratio above 1."""
    if hits > n:
        return None, None
    low, high = wilson(hits, n) if population is None else wilson_of_finite(hits, n, round(population))
    return _rounded(low, SHARE_DECIMALS), _rounded(high, SHARE_DECIMALS)


def _whole(number: float | None) -> float:
    """A sum as a whole number where it is one."""
    return 0 if number is None else int(number) if number == int(number) else float(number)


def _count(column: str) -> Callable[[Key, Window, Mapping[str, Any]], Figure]:
    def figure(key: Key, window: Window, row: Mapping[str, Any]) -> Figure:
        count = int(row.get(column) or 0)
        return Figure(key, window.ends, denominator=count, value=count)

    return figure


def _mean(key: Key, window: Window, row: Mapping[str, Any]) -> Figure:
    n = _whole(row.get("n"))
    if not n:
        return Figure(key, window.ends, denominator=0)
    value = round_half_up(row["total"], n, OTHER_DECIMALS)
    exact = row["total"] / n
    # The engine adds up in any order, so the last digits differ from run to run.
    deviation = None if row.get("deviation") is None else round(row["deviation"], _DECIMALS_OF_DEVIATION)
    return Figure(key, window.ends, denominator=n, value=value, exact=exact, deviation=deviation)


def _quantile(column: str, behind: str = "n") -> Callable[[Key, Window, Mapping[str, Any]], Figure]:
    def figure(key: Key, window: Window, row: Mapping[str, Any]) -> Figure:
        n, value = int(row.get(behind) or 0), row.get(column)
        return Figure(key, window.ends, denominator=n, value=None if value is None else _rounded(value, OTHER_DECIMALS))

    return figure


def _alpha(key: Key, window: Window, row: Mapping[str, Any]) -> Figure:
    alpha: Fraction | None = row.get("alpha")
    value = None if alpha is None else round_half_up(alpha.numerator, alpha.denominator, OTHER_DECIMALS)
    return Figure(key, window.ends, denominator=row.get("pairs", 0), value=value)


def _agreement(key: Key, window: Window, row: Mapping[str, Any]) -> Figure:
    """Without an interval: pairs of the same raters are no independent rows."""
    pairs, agreeing = row.get("pairs", 0), row.get("agreeing", 0)
    value = round_half_up(agreeing, pairs, SHARE_DECIMALS) if pairs else None
    return Figure(key, window.ends, numerator=agreeing, denominator=pairs, value=value)


def _delivered_value(key: Key, window: Window, row: Mapping[str, Any]) -> Figure:
    """A figure that came as it is: only where it stands alone, since nothing says how several would be put together."""
    given = int(row.get("values_given") or 0)
    value = round_half_up(row["value"], 1, OTHER_DECIMALS) if given == 1 == row["rows"] else None
    return Figure(key, window.ends, denominator=given, value=value)


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
    Statistic.KM_MEDIAN: _quantile("km_median", "observed"),
    Statistic.ALPHA: _alpha,
    Statistic.AGREEMENT: _agreement,
    Statistic.VALUE: _delivered_value,
    Statistic.PERSONS: _count("persons"),
    Statistic.SPECIAL_REASONS: _count("special_reasons"),
    Statistic.LONGEST_WAIT: _longest,
}
