"""What binds rows in bands of days: to the rows that they divide, to their sum of days, and to limits of other metrics.

A limit that is a band's last day tells the sum of the bands before it: the share within 120 days does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from pipeline.config import Disclosure
from pipeline.disclosure.quantities import Kind, Quantities
from pipeline.disclosure.tables import Cut, Layout, Table
from pipeline.model import Figure, Figures, Key, Metric, Statistic, spreads
from pipeline.suppression.problem import Flags, Floats, Ints

_BESIDE = 20.0


def add(found: Quantities, layout: Layout, table: Table, *, across_metrics: bool) -> None:
    """All of it, of a table of bands."""
    metric, statistic = table.metric, table.statistic
    whole = layout.tables.get((metric.metric_id, spreads.counted_with(statistic)))
    if whole is None:
        return
    for of in _told_by(table):
        parts = _rows(table, metric, statistic, of)
        total = _same_places(whole, Cut(metric.headline_by if of else "", of), table)
        found.add_up(found.of(Kind.TOTAL, total), found.of(Kind.TOTAL, parts), only_exact=True)
        if statistic is Statistic.BY_DAYS:
            _bind_days(found, metric, total, parts)
            if across_metrics:
                _join_limits(found, layout, table, of, parts)


def joined(
    figures: Figures, public: Figures, metrics: Mapping[str, Metric], rule: Disclosure
) -> Iterator[tuple[Key, Figure]]:
    """Hidden bands beside each other as one that is large enough to be shown: what the shown ones leave of the whole.

    Only where all that is hidden stands together, so that nothing is told that a reader could not take away himself.
    """
    for metric in (one for one in metrics.values() if one.bands):
        window = public.period.judged_flow_kind
        for whole in _wholes(public, metric, window):
            of = whole.key.category
            shown = public.spread(metric, Statistic.BY_DAYS, window, of)
            hidden = [number for number, figure in enumerate(shown) if figure.suppressed]
            true = [figures.spreads[figure.key] for figure in shown]
            if len(hidden) < 2 or hidden != list(range(hidden[0], hidden[-1] + 1)):
                continue
            if whole.suppressed or whole.denominator != sum(one.denominator or 0 for one in true):
                continue
            together = [true[number] for number in hidden]
            rows, protected = (int(sum(f(one) for one in together)) for f in (_rows_of, _protected_of))
            if rows >= (max(rule.smallest, rule.smallest_with_protected) if protected else rule.smallest):
                every = spreads.bands(metric, Statistic.BY_DAYS)
                band = every[hidden[0]].with_next(every[hidden[-1]])
                key = replace(true[0].key, category=spreads.category(of, band))
                yield key, Figure(key, true[0].as_of, denominator=rows, value=rows)


def _wholes(public: Figures, metric: Metric, window: str) -> list[Figure]:
    """The figures whose rows are divided in bands."""
    if metric.headline_by:
        return public.breakdown(metric, metric.headline_by, Statistic.MEAN, window)
    whole = public.get(metric, Statistic.MEAN, window)
    return [whole] if whole else []


def _rows_of(figure: Figure) -> float:
    return figure.denominator or 0


def _protected_of(figure: Figure) -> float:
    return figure.protected


def missed_less(layout: Layout, primary: Flags) -> Floats:
    """How much less a band is missed than other rows of its kind.

    A band beside one that must be hidden, since the two can be read as one; of a cohort the later one, since a curve
    ends where something is hidden.
    """
    less = np.zeros(len(layout))
    for table in layout.tables.values():
        if not table.statistic.is_spread:
            continue
        for of in _told_by(table):
            parts = _rows(table, table.metric, table.statistic, of)
            there = parts >= 0
            if table.statistic is Statistic.COHORT:
                less[parts[there]] = np.broadcast_to(np.arange(parts.shape[1]), parts.shape)[there]
                continue
            is_small: Flags = np.logical_and(there, primary[parts])
            beside: Flags = np.zeros(is_small.shape, dtype=np.bool_)
            beside[:, 1:] |= is_small[:, :-1]
            beside[:, :-1] |= is_small[:, 1:]
            less[parts[there & beside & (layout.total[parts] > 0)]] = _BESIDE
    return less


def _told_by(table: Table) -> Iterator[str]:
    """The categories whose rows are divided; of the whole the empty one."""
    crossed = (cut.category.rpartition(spreads.CROSS)[0] for cut in table.cuts)
    yield from dict.fromkeys(crossed)


def _rows(table: Table, metric: Metric, statistic: Statistic, of: str) -> Ints:
    """Windows and places × bands; −1 where there is none."""
    cuts = [Cut(spreads.breakdown(metric), name) for name in spreads.categories(metric, statistic, of)]
    nothing = np.full(table.rows.shape[:2], -1, dtype=np.int64)
    columns = [nothing if (rows := table.at(cut)) is None else rows for cut in cuts]
    return np.stack([one.reshape(-1) for one in columns], axis=1)


def _same_places(other: Table, cut: Cut, table: Table) -> Ints:
    """The rows of another table's cut in the windows and places of this one; windows of several names are one."""
    there = other.at(cut)
    found = np.full(table.rows.shape[:2], -1, dtype=np.int64)
    for number, days in enumerate(table.windows if there is not None else ()):
        for rows in (there[at] for at, one in enumerate(other.windows) if one == days):  # type: ignore[index]
            found[number] = np.where(found[number] < 0, rows, found[number])
    return found.reshape(-1)


def _bind_days(found: Quantities, metric: Metric, total: Ints, parts: Ints) -> None:
    """All days together are no fewer than each row's fewest."""
    firsts = [float(band.first) for band in spreads.bands(metric, Statistic.BY_DAYS)]
    together = np.column_stack([found.of(Kind.SUMMED, total), found.of(Kind.TOTAL, parts)])
    there = (together >= 0).all(axis=1)
    found.never_less_weighed(together[there], np.array([1.0, *(-first for first in firsts)]))


def _join_limits(found: Quantities, layout: Layout, table: Table, of: str, parts: Ints) -> None:
    """Numerators of shares of the same rows that are what the first bands hold together, or the last ones.

    Looked for in the figures: whoever adds a metric need not know its limit's band.
    """
    quantities = found.of(Kind.TOTAL, parts)
    is_whole = (quantities >= 0).all(axis=1, keepdims=True)
    sums = np.where(is_whole, np.where(quantities >= 0, found.values[quantities], 0.0), np.nan).cumsum(axis=1)
    for other in layout.tables.values():
        if not other.statistic.is_share or next(iter(other.metric.needs), "") != next(iter(table.metric.needs), ""):
            continue
        for cut in dict.fromkeys((Cut(table.metric.headline_by if of else "", of), Cut("", ""))):
            _join_limit(found, _same_places(other, cut, table), quantities, sums)


def _join_limit(found: Quantities, rows: Ints, quantities: Ints, sums: Floats) -> None:
    hits, all_rows = found.of(Kind.PART, rows), found.of(Kind.TOTAL, rows)
    for last in range(quantities.shape[1] - 1):
        there = np.flatnonzero((hits >= 0) & (all_rows >= 0) & ~np.isnan(sums[:, -1]))
        same = there[found.values[all_rows[there]] == sums[there, -1]]
        within = same[found.values[hits[same]] == sums[same, last]]
        beyond = same[found.values[hits[same]] == sums[same, -1] - sums[same, last]]
        found.add_up(hits[within], quantities[within, : last + 1], only_exact=True)
        found.add_up(hits[beyond], quantities[beyond, last + 1 :], only_exact=True)
